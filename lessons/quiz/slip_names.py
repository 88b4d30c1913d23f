"""Slips named in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.wording import sentence

MOST_NAMED = 5
"""A sentence names no more slips than these."""


def either(hypotheses: Sequence[tuple[str, ...]]) -> str:
    """Several slips in one clause; if there are many, the first five and how many more there are.

    >>> either([("padding-once",), ("one-forgotten",)])
    'Padding counted once, or the + 1 forgotten'
    """
    names = [" and ".join(SLIPS[id].name for id in slips) for slips in hypotheses]
    more = len(names) - MOST_NAMED
    beside = [f"one of {more} more" if more > 1 else "one more"] if more > 0 else []
    return sentence(", or ".join([*names[:MOST_NAMED], *beside]))

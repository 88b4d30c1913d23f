"""Which slips a level's questions give a chance to show."""

from __future__ import annotations

from functools import lru_cache

from lessons.quiz.question import Level
from lessons.quiz.registry import FAMILIES, generate
from lessons.quiz.revealing import shown_slips

SAMPLE = 3
"""Questions of a level that are looked at."""


@lru_cache(maxsize=256)
def slips_shown_by(family: str, number: int) -> frozenset[str]:
    """The slips that some of a level's questions tell from the right answer.

    >>> sorted(slips_shown_by("output_size", 1) & {"kernel-ignored", "padding-once"})
    ['kernel-ignored']

    Kept: three questions of a level take 20 ms to draw, and every choice asks for many levels.
    """
    level: Level = FAMILIES[family].levels[number - 1]
    drawn = (shown_slips(generate(family, number, seed)) for seed in range(SAMPLE))
    return frozenset(level.reveals).union(*drawn)


BESIDE: dict[str, tuple[tuple[str, int], ...]] = {"border": (("pooling_value", 4),)}
"""Levels that give slips of a skill a chance to show, though it is another that they are about."""

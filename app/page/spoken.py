"""What a class reads of a longer text; whoever speaks says the rest."""

from __future__ import annotations

import re

TWO_LINES = 190
"""Characters that stand on two lines of the presenter view."""

_BETWEEN_SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z0-9])")


def leading(text: str, most: int = TWO_LINES) -> str:
    """Its first sentences, as many as there is room for; at least one.

    >>> leading("A corner is used once. The middle is used nine times.", 30)
    'A corner is used once.'
    >>> leading("One. Two.")
    'One. Two.'
    """
    first, *others = _BETWEEN_SENTENCES.split(text)
    for sentence in others:
        if len(first) + 1 + len(sentence) > most:
            break
        first = f"{first} {sentence}"
    return first

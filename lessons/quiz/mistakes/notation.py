"""How factors and negative numbers are written in a line of arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.quiz.compare import written
from lessons.quiz.question import Number


def product(numbers: Sequence[int]) -> str:
    """Factors joined by ×; ones are left out unless nothing else is there.

    >>> product([16, 1, 3, 3]), product([1, 1])
    ('16 × 3 × 3', '1')
    """
    return " × ".join(str(n) for n in numbers if n != 1) or "1"


def signed(number: Number) -> str:
    """A number as it stands in a sum: a negative one in brackets.

    >>> signed(3), signed(-3)
    ('3', '(−3)')
    """
    text = written(number)
    return f"({text})" if text.startswith("−") else text

"""Numbers as files want them."""

from __future__ import annotations

from fractions import Fraction

from lessons.quiz.compare import TOLERANCE
from lessons.quiz.question import Number


def plain_number(answer: Number | str, decimals: int = 4) -> str:
    """A number with a point and an ASCII minus, as files want it.

    >>> plain_number(-12345), plain_number(Fraction(5, 3)), plain_number(Fraction(2))
    ('-12345', '1.6667', '2')
    """
    if not isinstance(answer, Fraction):
        return str(answer)
    return f"{float(answer):.{decimals}f}".rstrip("0").rstrip(".")


def tolerance_of(answer: Number | str) -> str:
    """None for whole numbers; for others half a unit of the second decimal."""
    return "0" if isinstance(answer, int) else str(float(TOLERANCE))

"""A predicted number as people type it."""

from __future__ import annotations

import re

from kernels.reading import NotationError, read_sum
from lessons.quiz.parse import read_number

_AROUND = re.compile(r"^\s*=\s*|\s*(?:%|(?<=\d)\s[a-z]+)?\s*\.?\s*$", re.IGNORECASE)
_SUM = re.compile(r"[\d)]\s*[-+*/·÷:=(−–]\s*[-+(−–]*\s*[\d.,]|\d\s*[x×]\s*[\d(].*[-+−]")
"""A sum, not a lone size such as 3x3."""
CLOSE = 0.005
"""How near a rounded number has to come."""


def read_prediction(text: str) -> float | str:
    """Read one number, or the sum that makes it, or say how to write it.

    >>> read_prediction("3,072"), read_prediction("0,2"), read_prediction("51/255")
    (3072.0, 0.2, 0.2)
    >>> read_prediction("= 12"), read_prediction("97.5 %"), read_prediction("27 products.")
    (12.0, 97.5, 27.0)
    >>> read_prediction("=3*1 + 2*0"), read_prediction("7+5 = 12")
    (3.0, 12.0)
    >>> read_prediction("7+5 = 11")
    '7+5 is 12, but 11 stands behind the sign of equality.'
    >>> read_prediction("two")
    'Write a number with digits only, such as 28.'
    """
    bare = _AROUND.sub("", text)
    number = read_number(bare)
    if not isinstance(number, str):
        return float(number)
    if not _SUM.search(bare):
        return number
    try:
        return float(read_sum(bare))
    except (NotationError, OverflowError) as fault:
        return str(fault)


def is_close(number: float, answer: float) -> bool:
    """Whether a typed number is the right one, rounded or not.

    >>> is_close(99.18, 99.18), is_close(0.06, 0.0625), is_close(3.25, 3)
    (True, True, False)
    """
    return abs(number - answer) < CLOSE

"""How the text of a link is read: its numbers, and what a sentence quotes of it.

Anybody can write a link, so a number is ASCII digits of a length that cannot hurt, and a quotation
is short and stands on one line.
"""

from __future__ import annotations

import math
import re

MOST_DIGITS = 9
"""Digits of a whole number that a link may have; any array would be too large long before."""

_DECIMAL = re.compile(r"[-+]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:e[-+]?[0-9]{1,3})?",
                      re.IGNORECASE)  # fmt: skip


def whole_number(text: str, digits: int = MOST_DIGITS) -> int | None:
    """Read a whole number, or None: only ASCII digits count, and only so many of them.

    >>> whole_number("12"), whole_number("-3"), whole_number("①"), whole_number("٣")
    (12, -3, None, None)
    >>> whole_number("1" + 400 * "0") is None
    True
    """
    return int(text) if re.fullmatch(rf"-?[0-9]{{1,{digits}}}", text) else None


def decimal_number(text: str) -> float | None:
    """Read a number with or without a fraction, or None; there is no infinity and no NaN.

    >>> decimal_number("-0.5"), decimal_number("1e3"), decimal_number("nan"), decimal_number("1_0")
    (-0.5, 1000.0, None, None)
    """
    value = float(text) if _DECIMAL.fullmatch(text) else math.inf
    return value if math.isfinite(value) else None


def whole_pair(text: str) -> tuple[int, int] | None:
    """Read two whole numbers such as 3x2, or one for both axes; None for anything else.

    >>> whole_pair("3x2"), whole_pair("3"), whole_pair("3x2x1")
    ((3, 2), (3, 3), None)
    """
    numbers = [whole_number(part) for part in text.split("x")]
    first, last = numbers[0], numbers[-1]
    if first is None or last is None or len(numbers) > 2:
        return None
    return first, last


def padding_ends(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Read cells (before, after) of both axes, such as 0.1x2.2 or 1x1, or of one for both.

    >>> padding_ends("0.1x2"), padding_ends("1"), padding_ends("valid"), padding_ends("same")
    (((0, 1), (2, 2)), ((1, 1), (1, 1)), ((0, 0), (0, 0)), None)
    """
    if text == "valid":
        return (0, 0), (0, 0)
    axes = [whole_pair(axis.replace(".", "x", 1)) for axis in text.split("x")]
    rows, columns = axes[0], axes[-1]
    if rows is None or columns is None or len(axes) > 2:
        return None
    return rows, columns


def whole_numbers(text: str, count: int) -> tuple[int, ...] | None:
    """Read so many whole numbers such as 3x3x3, or one for all; None for anything else.

    >>> whole_numbers("3x2x2", 3), whole_numbers("3", 3), whole_numbers("3x2", 3)
    ((3, 2, 2), (3, 3, 3), None)
    """
    parts = text.split("x")
    numbers = [number for part in parts if (number := whole_number(part)) is not None]
    if len(numbers) != len(parts) or len(parts) not in (1, count):
        return None
    return tuple(numbers) if len(numbers) == count else tuple(numbers * count)


def ends_of_axes(text: str, count: int) -> tuple[tuple[int, int], ...] | None:
    """Read cells (before, after) of so many axes, such as 0.1x2.2, or of one for all.

    >>> ends_of_axes("2.3x1", 2), ends_of_axes("1", 3), ends_of_axes("same", 2)
    (((2, 3), (1, 1)), ((1, 1), (1, 1), (1, 1)), None)
    """
    parts = text.split("x")
    pairs = [pair for part in parts if (pair := whole_pair(part.replace(".", "x", 1))) is not None]
    if len(pairs) != len(parts) or len(parts) not in (1, count):
        return None
    return tuple(pairs) if len(pairs) == count else tuple(pairs * count)


def quoted(text: str, most: int = 20) -> str:
    """Quote somebody's text within a sentence: on one line, without its end where it is long.

    >>> quoted("3\\nx"), quoted("9" * 50)
    ('“3 x”', '“99999999999999999999…”')

    Characters that print nothing, or turn the direction of the text after them, are left out.
    """
    text = "".join(c if c.isprintable() else " " * c.isspace() for c in text[: 40 * most])
    return f"“{text[:most]}…”" if len(text) > most else f"“{text}”"

"""One number as people write it: signs, fractions, exponents, decimal commas and thousands."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from functools import lru_cache

from kernels.reading.characters import plain_text
from kernels.reading.faults import (
    LARGEST_NUMBER,
    AmbiguousError,
    Exact,
    NotationError,
    no_number,
    quoted,
    too_large,
)

LONGEST_NUMBER = 60
MOST_SIZE = 10**300

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_C_SUFFIX = re.compile(r"(?<=\d|\.)f$", re.IGNORECASE)
_MAYBE_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}", re.ASCII)
_THOUSANDS = re.compile(
    r"[-+]?[1-9]\d{0,2}((,\d{3}){2,}(\.\d*)?|(,\d{3})+\.\d*|([' _])\d{3}(\5\d{3})*(\.\d*)?)",
    re.ASCII,
)
_DECIMAL_COMMA = re.compile(r"[-+]?\d*,\d+(e[-+]?\d{1,3})?", re.ASCII | re.IGNORECASE)


def read_number(text: str, *, largest: float = LARGEST_NUMBER, thousands: bool = False) -> Exact:
    """Read the one number of a box, exactly.

    >>> read_number("\\u2212 2,5"), read_number("1/9")
    (Fraction(-5, 2), Fraction(1, 9))
    >>> read_number("1,234")
    Traceback (most recent call last):
    kernels.reading.faults.AmbiguousError: “1,234” can mean 1.234 (a decimal comma) or 1234 \
    (thousands); write the one you mean.
    >>> read_number("1,234", thousands=True), read_number("1 234", thousands=True)
    (1234, 1234)

    thousands : whether thousands may be set apart, and a comma that can do so does. Raises
        NotationError with one sentence.
    """
    plain = plain_text(text[: 2 * LONGEST_NUMBER]).strip()
    if not plain:
        raise NotationError("There is no number; write for example -1, 0.5 or 1/9.")
    if len(plain) > LONGEST_NUMBER:
        raise NotationError(f"Write one number of at most {LONGEST_NUMBER} characters.")
    if not re.fullmatch(r"[-+]? ?[^-+\sf][^f]*", plain, re.IGNORECASE):
        raise no_number(plain)  # 1.0f is how C writes a cell, not how people write a number
    plain = re.sub(r"^([-+]) ", r"\1", plain)
    parts = [_written_plainly(part, thousands) for part in re.split(r"\s*/\s*", plain)]
    return exact("/".join(parts), largest=largest)


def _written_plainly(word: str, thousands: bool) -> str:
    """A numeral without separators of thousands and with a decimal point."""
    if _MAYBE_THOUSANDS.fullmatch(word):
        pointed, whole = word.replace(",", "."), word.replace(",", "")
        if not thousands:
            raise AmbiguousError(word, [(pointed, "a decimal comma"), (whole, "thousands")])
        return whole
    if thousands and _THOUSANDS.fullmatch(word):
        return re.sub(r"[,' _]", "", word)
    if _DECIMAL_COMMA.fullmatch(word):
        return word.replace(",", ".")
    return word


def is_number(word: str) -> bool:
    """Whether a word without spaces is a number or a fraction, with decimal points if any.

    >>> is_number("-1.5e3"), is_number("1/9"), is_number("1,5"), is_number("3px")
    (True, True, False, False)
    """
    top, slash, bottom = word.partition("/")
    top, bottom = _C_SUFFIX.sub("", top), _C_SUFFIX.sub("", bottom)
    return bool(_NUMBER.fullmatch(top) and (not slash or _NUMBER.fullmatch(bottom)))


def exact(word: str, line: int = 0, *, largest: float = LARGEST_NUMBER) -> Exact:
    """The value of a number or fraction with decimal points, or NotationError.

    >>> exact("-3"), exact("0.1"), exact("1.5/3")
    (-3, Fraction(1, 10), Fraction(1, 2))
    """
    value, size = _value(word)
    if value is not None and size <= largest:
        return value
    if value is None:
        raise no_number(word, line)
    if math.isnan(size):
        raise NotationError(f"{quoted(word, line)} divides by zero; write for example 1/9.")
    raise too_large(word, line, largest)


@lru_cache(maxsize=8192)
def _value(word: str) -> tuple[Exact | None, float]:
    """The value and its magnitude: None for what is not a number, nan where it divides by zero.

    Kept, because the cells of one matrix, and of its next reading, are much the same.
    """
    if not is_number(word):
        return None, math.inf
    top, slash, bottom = (_C_SUFFIX.sub("", part) for part in word.partition("/"))
    parts = [float(part) for part in (top, bottom) if part]
    if slash and parts[1] == 0:
        return 0, math.nan
    if any(map(math.isinf, parts)):
        return 0, math.inf
    value = Fraction(_whole_or_fraction(top))
    if slash:
        value /= _whole_or_fraction(bottom)
    size = math.inf if abs(value) > MOST_SIZE else abs(float(value))
    return (value.numerator if value.denominator == 1 else value), size


def _whole_or_fraction(numeral: str) -> Exact:
    if len(numeral) > LONGEST_NUMBER:  # exact enough, and Python reads no longer whole numbers
        return Fraction(float(numeral))
    return int(numeral) if numeral.isdecimal() else Fraction(numeral)


def is_decimal_comma(word: str) -> bool:
    """Whether a word is a number whose commas, if any, part decimals.

    >>> is_decimal_comma("0,5"), is_decimal_comma("1"), is_decimal_comma("1,2,3")
    (True, True, False)
    """
    parts = word.split("/")
    if "." in word:
        return False
    return len(parts) <= 2 and all(
        _DECIMAL_COMMA.fullmatch(part) or _NUMBER.fullmatch(part) for part in parts
    )


def is_thousands(word: str) -> bool:
    """Whether the comma of a word can part thousands."""
    return bool(_MAYBE_THOUSANDS.fullmatch(word))

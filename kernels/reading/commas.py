"""Rows of words, told apart by spaces and commas: which comma parts numbers, which one decimals.

Every role that commas can have is tried on the whole text. One that works is taken; where several
do, the text is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kernels.reading.faults import AmbiguousError, NotationError, no_number, quoted
from kernels.reading.numerals import is_decimal_comma, is_number, is_thousands

Line = tuple[int, str]
"""A row of text and the number of its line; 0 where the text has one line only."""

Words = list[list[str]]

_EMPTY = re.compile(r",[ \t]*,|^[ \t]*,")
_SEPARATOR = re.compile(r"[ \t]*,[ \t]*|[ \t]+")
_SPACED = re.compile(r",[ \t]+|[ \t]+,?[ \t]*")
_LEADING_ZEROS = re.compile(r"0\d")


def words_of(lines: Sequence[Line], one_row: bool = False, whole: bool = False) -> Words:
    """Part rows of text into words that are numbers with decimal points.

    >>> words_of([(0, "0,1 1 0,2 0,1")]), words_of([(0, "1,0,-1")])
    ([['0.1', '1', '0.2', '0.1']], [['1', '0', '-1']])
    >>> words_of([(0, "1,2")])
    Traceback (most recent call last):
    kernels.reading.faults.AmbiguousError: “1,2” can mean 1.2 (a decimal comma) or 1 2 (a comma \
between numbers); write the one you mean.

    one_row : whether the box holds one row, so that rows below each other are no reading
    whole : whether it holds whole numbers, so that decimals are none
    """
    lines = [(line, text.strip().removesuffix(",").rstrip()) for line, text in lines]
    for line, text in lines:
        if _EMPTY.search(text):
            raise NotationError(
                f"There is an empty place beside a comma{f' in line {line}' if line else ''}; "
                "write 0, or leave the comma out."
            )
    tight = any(re.search(r"[^\s,],[^\s,]", text) for _, text in lines)
    parted = [_SEPARATOR.split(text) for _, text in lines]
    if not tight:
        return parted
    spaces = any(re.search(r"[^\s,][ \t]+[^\s,]", text) for _, text in lines)
    spaced_commas = any(re.search(r",[ \t]|[ \t],", text) for _, text in lines)
    kept = [_SPACED.split(text) for _, text in lines]
    readings: dict[str, Words] = {}
    flat = [word for row in kept for word in row]
    if not whole and all(map(is_decimal_comma, flat)):
        readings["a decimal comma"] = _replaced(kept, ".")
    with_comma = [word for word in flat if "," in word]
    if all(map(is_thousands, with_comma)) and all(
        is_number(word) for word in flat if "," not in word
    ):
        readings["thousands"] = _replaced(kept, "")
    if (spaced_commas or not spaces) and _can_part(parted, one_row):
        readings["a comma between numbers"] = parted
    if len(readings) == 1:
        return next(iter(readings.values()))
    line = next(n for n, row in zip((n for n, _ in lines), kept, strict=True) if _tight(row))
    word = next(word for row in kept for word in row if "," in word)
    if readings:
        written = {"a decimal comma": ".", "thousands": "", "a comma between numbers": " "}
        raise AmbiguousError(
            word, [(word.replace(",", written[role]), role) for role in readings], line
        )
    bad = [(n, word) for n, row in _numbered(lines, parted) for word in row if not is_number(word)]
    if bad:
        raise no_number(bad[0][1], bad[0][0])
    if spaces:
        raise NotationError(
            f"{quoted(word, line)} mixes commas and spaces between numbers; use one of them, and "
            "put each row on a line of its own."
        )
    return parted  # of unequal rows: what is wrong with them is said where rows are compared


def _tight(row: Sequence[str]) -> bool:
    return any("," in word for word in row)


def _numbered(lines: Sequence[Line], rows: Words) -> list[tuple[int, list[str]]]:
    return [(n, row) for (n, _), row in zip(lines, rows, strict=True)]


def _replaced(rows: Words, mark: str) -> Words:
    return [[word.replace(",", mark) for word in row] for row in rows]


def _can_part(rows: Words, one_row: bool) -> bool:
    """Whether these words are a table of numbers; nobody writes 05 for 5."""
    alike = len({len(row) for row in rows}) == 1 and not (one_row and len(rows) > 1)
    words = [word for row in rows for word in row]
    return alike and all(
        is_number(word) and not _LEADING_ZEROS.match(word.lstrip("+-")) for word in words
    )

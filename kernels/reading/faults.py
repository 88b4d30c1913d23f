"""What is said of typed text that gives no numbers, or more than one reading of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

LARGEST_NUMBER = 1e6
"""Largest magnitude that is read, so that sums of products stay exact for whole numbers: 4 planes
of 7 x 7 products are at most 196e12, less than 2 ** 53."""

NO_NUMBERS = "There are no numbers; type rows such as 1 2 3, one row a line."


class NotationError(ValueError):
    """A text that is not a matrix; the message says where and how to write it."""


class AmbiguousError(NotationError):
    """A text with more than one reading; `readings` holds each as it would be typed."""

    def __init__(self, word: str, readings: Sequence[tuple[str, str]], line: int = 0):
        """word: what was typed; readings: each as it would be typed, and what it then is."""
        self.readings = tuple(text for text, _ in readings)
        listed = " or ".join(f"{text} ({meaning})" for text, meaning in readings)
        super().__init__(f"{quoted(word, line)} can mean {listed}; write the one you mean.")


def quoted(word: str, line: int = 0) -> str:
    """A word as a sentence shows it, with its line where there are several (counted from 1)."""
    shown = " ".join(word[:20].split()) + ("…" if len(word) > 20 else "")
    return f"“{shown}”" + (f" in line {line}" if line else "")


def no_number(word: str, line: int = 0) -> NotationError:
    place = f" (line {line})" if line else ""
    return NotationError(
        f"{quoted(word)} is not a number{place}; write for example -1, 0.5 or 1/9."
    )


def too_large(word: str, line: int = 0, largest: float = LARGEST_NUMBER) -> NotationError:
    return NotationError(f"{quoted(word, line)} is too large; use numbers up to {largest:,.0f}.")


def check_rows(rows: Sequence[Sequence[object]]) -> None:
    """Raise NotationError if the rows are not all of one length."""
    for n, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise NotationError(
                f"Row {n} has {len(row)} number{'s' if len(row) != 1 else ''} but row 0, the "
                f"first, has {len(rows[0])}; give every row the same."
            )


Exact = int | Fraction

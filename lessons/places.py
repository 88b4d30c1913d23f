"""A cell by its place, in words.

Rows and columns count from 0, as in code and in the formulas. People count from 1: a question says
so, and the corner is named.
"""

from __future__ import annotations

from collections.abc import Sequence


def coordinates(place: Sequence[int]) -> str:
    """A place alone: a label, the name of a file's item.

    >>> coordinates((0, 2))
    'row 0, column 2'
    """
    row, column = place
    return f"row {row}, column {column}"


def place_words(place: Sequence[int]) -> str:
    """A place in a sentence.

    >>> place_words((0, 2)), place_words((0, 0))
    ('row 0, column 2', 'row 0, column 0 (top left)')
    """
    return f"{coordinates(place)}{'' if any(place) else ' (top left)'}"


def asked_place(place: Sequence[int], grid: str) -> str:
    """A place in a question, which says how to count.

    >>> asked_place((0, 2), "output")
    'row 0, column 2 of the output (counted from 0)'
    >>> asked_place((0, 0), "output")
    'row 0, column 0 of the output (counted from 0: the top left)'
    """
    corner = "" if any(place) else ": the top left"
    return f"{coordinates(place)} of the {grid} (counted from 0{corner})"

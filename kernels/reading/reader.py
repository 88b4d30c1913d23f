"""Typed and pasted numbers: the one reader of every box and every link.

A text is brought to plain characters, what stands around the numbers (a name, a LaTeX environment,
a size such as `3x3:`) is taken off, and the rest is read by its brackets or, without any, by its
lines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from kernels.reading.brackets import read_brackets
from kernels.reading.calls import flattened
from kernels.reading.characters import plain_text, thin_thousands
from kernels.reading.faults import (
    LARGEST_NUMBER,
    NO_NUMBERS,
    AmbiguousError,
    Exact,
    NotationError,
    check_rows,
    too_large,
)
from kernels.reading.loose import read_loose
from kernels.reading.numerals import exact

LONGEST_TEXT = 60_000
"""Characters of typed numbers that are read; 4 x 4 kernels of 7 x 7 or 4 planes of 16 x 16 fit."""

SMALLEST_SQUARE = 9
"""From so many numbers on, a kernel that is written on one line is taken for a square."""

_NAME = re.compile(
    r"\s*(?:>>>|>|In \[\d+\]:|Out\[\d+\][:=]|julia>)?\s*"
    r"(?:(?:const|static|let|var|local|float|double|int|auto)\s+)*"
    r"(?:\\?[^\W\d][\w.]*(?:\{\w*\})?(?:\s*\[\d*\])*\s*(?:<-|:=|=(?!=))|=)"
)
_TENSOR = re.compile(r"\s*<tf\.Tensor:.*?numpy=(.*)>\s*", re.DOTALL)
_SIZED = re.compile(r"\s*(\d{1,3})(?:\s*[x×]\s*(\d{1,3}))?(?:[-+]\d+[-+]\d+)?\s*:")
_JULIA = re.compile(r"\s*(\d{1,3})×(\d{1,3})\s+[^\W\d][^\n]*:\s*\n")
_PRINTED = re.compile(
    r"\s*(, , \d+|\[,\d+\]|\[\d+\][ \t]+[-+.\d]|[^\W\d][\w.]*\(:,\s*:,\s*\d+\)\s*=)"
)
_LATEX = re.compile(
    r"(?:\\left\s*[\[(|.]\s*)?\\begin\s*\{(?P<name>[a-zA-Z]*matrix|array)\*?\}(?:\s*\{[lcr|\s]*\})?"
    r"(?P<body>.*?)\\end\s*\{(?P=name)\*?\}(?:\s*\\right\s*[\])|.])?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Numbers:
    """What was read: numbers in an array's order, its shape, and a factor for all of them.

    Attributes
    ----------
    values : the numbers as written, exactly
    shape : at least (rows, columns); (planes, rows, columns) or more where they were given
    factor : what every number is to be multiplied by, such as 1/9
    notes : sentences on what was taken one way and could be meant in another
    """

    values: tuple[Exact, ...]
    shape: tuple[int, ...]
    factor: Fraction = Fraction(1)
    notes: tuple[str, ...] = ()

    @property
    def planes(self) -> tuple[int, int, int]:
        """The shape as (planes, rows, columns)."""
        return math.prod(self.shape[:-2]), self.shape[-2], self.shape[-1]

    @property
    def exact(self) -> tuple[Exact, ...]:
        """The numbers with the factor multiplied in."""
        if self.factor == 1:
            return self.values
        return tuple(_whole(value * self.factor) for value in self.values)

    @property
    def array(self) -> np.ndarray:
        """The numbers as float64, (planes, rows, columns)."""
        return _floats(self.exact, self.planes)

    @property
    def written(self) -> np.ndarray:
        """The numbers before the factor, as float64, (planes, rows, columns)."""
        return _floats(self.values, self.planes)


def _whole(value: Exact) -> Exact:
    return value.numerator if value.denominator == 1 else value


def _floats(values: tuple[Exact, ...], shape: tuple[int, ...]) -> np.ndarray:
    return np.array([float(value) for value in values], dtype=np.float64).reshape(shape)


def read_numbers(
    text: str,
    *,
    one_row: bool = False,
    whole: bool = False,
    ask: bool = False,
    square_from: int | None = None,
) -> Numbers:
    """Read typed or pasted numbers.

    >>> read_numbers("1 2\\n3 4").array.tolist()
    [[[1.0, 2.0], [3.0, 4.0]]]
    >>> read_numbers("[1 0 -1; 2 0 -2; 1 0 -1]").shape
    (3, 3)
    >>> read_numbers("np.array([[1, 2], [3, 4]], np.float32) / 16").factor
    Fraction(1, 16)
    >>> read_numbers("0,5\\t1,5").array.tolist(), read_numbers("1, 5").array.tolist()
    ([[[0.5, 1.5]]], [[[1.0, 5.0]]])
    >>> read_numbers("1 2\\n3")
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: Row 1 has 1 number but row 0, the first, has 2; give \
every row the same.

    Parameters
    ----------
    text : numbers in any of the notations of Python, NumPy, PyTorch, MATLAB, Octave, Julia, R, C,
        LaTeX, Mathematica, ImageMagick, Markdown and spreadsheets
    one_row : whether the box holds one row; a column is then read as one
    whole : whether the box holds whole numbers, so that no comma is a decimal one
    ask : whether to ask back even where one reading is much the likelier one
    square_from : a list on one line, of so many numbers or more, is a square where it can be

    Raises NotationError with one sentence; its kind AmbiguousError where a text has two readings.
    """
    if len(text) > LONGEST_TEXT:
        raise NotationError(
            f"The text has {len(text)} characters; at most {LONGEST_TEXT} are read."
        )
    plain = plain_text(text)
    if not re.search(r"[^\s_~,;|\[\](){}]", plain):
        raise NotationError(NO_NUMBERS)
    if (thin := thin_thousands(text)) and re.search(r"[ \t,;|&]", text):
        shown = " ".join(thin.split())
        readings = [(shown.replace(" ", ""), "thousands"), (shown, "two numbers")]
        raise AmbiguousError(shown, readings)
    found = _read(_without(_NAME, plain), one_row=one_row, whole=whole, ask=ask)
    if square_from is not None and found.listed:
        found = _squared(found, square_from)
    shape, notes = _shape_of(found.of), found.notes
    if one_row and math.prod(shape) != max(shape):
        raise NotationError(
            f"There are {shape[-2]} rows of {shape[-1]} numbers; this box takes one row."
        )
    shape = (1, math.prod(shape)) if one_row else shape
    numbers = Numbers(tuple(flattened(found.of)), shape, found.factor, tuple(notes))
    if numbers.factor != 1:
        largest = max(map(abs, map(Fraction, numbers.exact)))
        if largest > LARGEST_NUMBER:
            raise too_large(f"{float(largest):g}")
    return numbers


@dataclass(frozen=True)
class _Found:
    """Nested lists of numbers; `listed` where they are one list without a layout of its own."""

    of: list | Exact
    factor: Fraction = Fraction(1)
    notes: tuple[str, ...] = ()
    listed: bool = False


def _read(text: str, **roles: bool) -> _Found:
    if tensor := _TENSOR.fullmatch(text):
        text = tensor[1]
    if sized := _JULIA.match(text):
        found = _read_lines(_without(_JULIA, text))
        return _checked(found, (int(sized[1]), int(sized[2])))
    if sized := _SIZED.match(text):
        return _read_sized(text[sized.end() :], int(sized[1]), int(sized[2] or sized[1]))
    if re.search(r"\\begin|\\\\|&", text):
        return _read_latex(text)
    if re.search(r"[\[({]", text) and not _PRINTED.match(text):
        return _read_brackets(text)
    return _read_lines(text, **roles)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """Take off what a pattern finds at the beginning; the numbers of the lines stay."""
    match = pattern.match(text)
    return "\n" * match[0].count("\n") + text[match.end() :] if match else text


def _read_lines(text: str, **roles: bool) -> _Found:
    loose = read_loose(text, **roles)
    planes = loose.planes
    listed = len(planes) == len(planes[0]) == 1
    of = planes[0] if len(planes) == 1 else planes
    return _Found(of, loose.factor, tuple(loose.notes), listed)


def _read_brackets(text: str, held: Sequence[list] = ()) -> _Found:
    if "..." in text:
        # MATLAB goes on in the next line after three points; elsewhere numbers were left out.
        text, left_out = re.sub(r"\.\.\.[^\n,;\[\](){}]*(?=\n)", " ", text), "..."
        if left_out in text:
            raise NotationError("“...” leaves numbers out; paste all of them.")
    value = read_brackets(text, held)
    return _Found(value.of, value.factor, (), value.listed)


def _read_sized(text: str, columns: int, rows: int) -> _Found:
    """ImageMagick's `3x3: 1,2,1 ...`: its size is width x height, as for its pictures."""
    if re.search(r"[\[({;]", text):
        raise NotationError("After a size such as 3x3: only numbers may stand, without brackets.")
    words = [word for word in re.split(r"[\s,]+", text) if word]
    numbers = [exact(word) for word in words]
    if len(numbers) != rows * columns or not numbers:
        raise NotationError(
            f"{columns}x{rows}: needs {rows * columns} numbers but {len(numbers)} "
            f"follow{'s' if len(numbers) == 1 else ''}; give as many as the size says."
        )
    notes: tuple[str, ...] = ()
    if rows != columns:
        notes = (
            f"{columns}x{rows}: was read as ImageMagick means it, width x height: {rows} "
            f"row{'s' if rows > 1 else ''} of {columns}.",
        )
    return _Found([numbers[n * columns : (n + 1) * columns] for n in range(rows)], notes=notes)


def _read_latex(text: str) -> _Found:
    """A LaTeX matrix, or rows of `1 & 2 \\\\` without their environment."""
    if not _LATEX.search(text):
        if "\\begin" in text:
            raise NotationError("The LaTeX matrix does not end; copy it up to its \\end{...}.")
        return _read_lines(_latex_rows(text))
    held: list[Any] = []

    def hold(match: re.Match[str]) -> str:
        found = _read_lines(_latex_rows(match["body"]))
        held.append(found.of)
        return f" ⟦{len(held) - 1}⟧ "

    around = _latex_plain(_LATEX.sub(hold, text), "({}/{})")
    return _read_brackets(_without(_NAME, around), held)


def _latex_rows(body: str) -> str:
    body = re.sub(r"\\hline\b", " ", body.replace("{,}", ","))
    rows = re.split(r"\\\\(?:\[[^\]\n]*\])?|\\cr\b", body)
    return "\n".join(
        "\t".join(" ".join(_latex_plain(cell, "{}/{}").split()) for cell in row.split("&"))
        for row in rows
        if row.strip()
    )


def _latex_plain(text: str, fraction: str) -> str:
    text = re.sub(
        r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}",
        lambda match: fraction.format(match[1].strip(), match[2].strip()),
        text,
    )
    text = re.sub(r"\\(cdot|times|ast)\b", "*", text)
    text = re.sub(r"\\(phantom\s*\{[^{}]*\}|q?quad\b|displaystyle\b|left\b|right\b)", " ", text)
    return re.sub(r"\\[,;:! ]|\\[\[\]()](?!\[)|\$|~", " ", text)


def _checked(found: _Found, asked: tuple[int, int]) -> _Found:
    shape = _shape_of(found.of)
    if shape != asked:
        raise NotationError(
            f"The heading says {asked[0]} × {asked[1]} but {shape[-2]} × {shape[-1]} numbers "
            "follow; copy all of them."
        )
    return found


def _squared(found: _Found, least: int) -> _Found:
    """A kernel's numbers on one line, as many as a square has, are the square's rows."""
    numbers = flattened(found.of)
    side = math.isqrt(len(numbers))
    if len(numbers) < least or side * side != len(numbers):
        return found
    note = (
        f"{len(numbers)} numbers on one line were read as {side} × {side}; write [[ and ]] around "
        "them for one row."
    )
    rows = [numbers[n * side : (n + 1) * side] for n in range(side)]
    return _Found(rows, found.factor, (*found.notes, note))


def _shape_of(of: list | Exact) -> tuple[int, ...]:
    """The shape of nested lists; NotationError if they are not rectangular."""
    if not isinstance(of, list):
        return (1, 1)
    if not any(isinstance(item, list) for item in of):
        return (1, len(of))
    if not all(isinstance(item, list) for item in of):
        raise NotationError("Some numbers have brackets of their own and some not; give all alike.")
    if not any(isinstance(item, list) for row in of for item in row):
        check_rows(of)
        return (len(of), len(of[0]))
    shapes = [_shape_of(item) for item in of]
    for n, shape in enumerate(shapes):
        if shape != shapes[0]:
            raise NotationError(
                f"Plane {n} is {_times(shape)} but plane 0 is {_times(shapes[0])}; give every "
                "plane the same size."
            )
    return (len(of), *shapes[0])


def _times(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))

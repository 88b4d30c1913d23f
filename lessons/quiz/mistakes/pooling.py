"""How one pooled number is worked out, or all of them, and the slips in it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from lessons.quiz.compare import written
from lessons.quiz.mistakes.notation import signed
from lessons.quiz.mistakes.slip import ASKED, REASONED, Slip, changed_where
from lessons.quiz.question import Matrix, Number, Value

Pair = tuple[int, int]


class PoolWorking(NamedTuple):
    """The window of one pooled number, or of each (place None), and what is taken of it.

    >>> PoolWorking(((1, 2), (3, 4)), "max", (2, 2), (2, 2)).value()
    ((4,),)
    """

    x: Matrix
    kind: str
    kernel: Pair
    stride: Pair
    padding: Pair = (0, 0)
    count_padding: bool = True
    place: Pair | None = None
    take: str = ""
    divide_by: str = ""
    zeros: bool = False
    shift: int = 0
    swapped: bool = False

    def value(self) -> Value | None:
        rows, columns = (
            (size + 2 * p - k) // s + 1
            for size, p, k, s in zip(
                (len(self.x), len(self.x[0])), self.padding, self.kernel, self.stride, strict=True
            )
        )
        if self.place is not None:
            row, column = self.first_place()
            return self._number(row, column) if row < rows and column < columns else None
        numbers = tuple(tuple(self._number(r, c) for c in range(columns)) for r in range(rows))
        return tuple(zip(*numbers, strict=True)) if self.swapped else numbers

    def first_place(self) -> Pair:
        """Where the window of the number asked about stands, of a whole output the first one's."""
        row, column = self.place or (0, 0)
        if self.swapped:
            row, column = column, row
        return row + self.shift, column + self.shift

    def divisor(self, cells: tuple[Number, ...]) -> int:
        """What a mean is divided by."""
        whole = self.divide_by or ("window" if self.count_padding else "cells")
        return self.kernel[0] * self.kernel[1] if whole == "window" else len(cells)

    def cells(self, row: int, column: int) -> tuple[Number, ...]:
        """The input's numbers under a window; zeros for the padding only where they are wrong."""
        top = row * self.stride[0] - self.padding[0]
        left = column * self.stride[1] - self.padding[1]
        found: list[Number] = []
        for r in range(top, top + self.kernel[0]):
            for c in range(left, left + self.kernel[1]):
                if 0 <= r < len(self.x) and 0 <= c < len(self.x[0]):
                    found.append(self.x[r][c])
                elif self.zeros:
                    found.append(0)
        return tuple(found)

    def _number(self, row: int, column: int) -> Number:
        cells, take = self.cells(row, column), self.take or self.kind
        if take in _PICKS:
            return _PICKS[take](cells)
        total = sum(cells)
        if take == "sum":
            return total
        mean = Fraction(total) / self.divisor(cells)
        return int(mean) if mean.denominator == 1 else mean

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        cells = self.cells(*self.first_place())
        take = self.take or self.kind
        if take == "middle":
            return written(_PICKS[take](cells))
        if take in _PICKS:
            return f"{take}({', '.join(map(written, cells))})"
        total = " + ".join(map(signed, cells))
        return total if take == "sum" else f"({total}) / {self.divisor(cells)}"


_PICKS: dict[str, Callable[[tuple[Number, ...]], Number]] = {
    "max": max,
    "min": min,
    "median": lambda cells: sorted(cells)[len(cells) // 2],
    "middle": lambda cells: cells[len(cells) // 2],
}
"""What is taken of a window as it is: the median of an odd number of cells; the middle cell."""


def _slip(id, name, say, point, step, prior, condition, **changes) -> Slip:
    return Slip(
        id, name, say, point, step, prior, {PoolWorking: changed_where(condition, **changes)}
    )


def _average(w):
    return w.kind == "avg"


def _padded(w):
    return any(w.padding)


POOLING_SLIPS = (
    _slip(
        "average-for-max",
        "average taken instead of the largest",
        "Max pooling keeps the largest number of the window.",
        "pooling",
        "take",
        REASONED,
        lambda w: w.kind == "max",
        take="avg",
    ),
    _slip(
        "max-for-average",
        "largest taken instead of the average",
        "Average pooling adds the window's numbers and divides by how many there are.",
        "pooling",
        "take",
        REASONED,
        _average,
        take="max",
    ),
    _slip(
        "min-for-max",
        "smallest taken instead of the largest",
        "Max pooling keeps the largest: among negative numbers, the one nearest to 0.",
        "pooling",
        "take",
        REASONED,
        lambda w: w.kind == "max",
        take="min",
    ),
    _slip(
        "max-for-min",
        "largest taken instead of the smallest",
        "Min pooling keeps the smallest number of the window.",
        "pooling",
        "take",
        REASONED,
        lambda w: w.kind == "min",
        take="max",
    ),
    _slip(
        "average-for-min",
        "average taken instead of the smallest",
        "Min pooling keeps one number of the window, the smallest.",
        "pooling",
        "take",
        REASONED,
        lambda w: w.kind == "min",
        take="avg",
    ),
    _slip(
        "average-for-median",
        "average taken instead of the median",
        "The median is the number in the middle once the window's numbers are sorted.",
        "pooling",
        "take",
        REASONED,
        lambda w: w.kind == "median",
        take="avg",
    ),
    _slip(
        "median-unsorted",
        "middle cell taken without sorting",
        "Sort the window's numbers first; the median is the one in the middle then.",
        "pooling",
        "take",
        REASONED,
        lambda w: w.kind == "median",
        take="middle",
    ),
    _slip(
        "divisor-forgotten",
        "sum not divided",
        "An average is the sum divided by the number of cells.",
        "pooling",
        "take",
        REASONED,
        _average,
        take="sum",
    ),
    _slip(
        "divided-by-cells-present",
        "padding left out of the divisor",
        "Here the padding counts (count_include_pad): divide by every cell of the window.",
        "border",
        "divisor",
        ASKED,
        lambda w: _average(w) and _padded(w) and w.count_padding,
        divide_by="cells",
    ),
    _slip(
        "divided-by-window",
        "padding counted in the divisor",
        "Here only cells of the input count: divide by how many of them the window covers.",
        "border",
        "divisor",
        ASKED,
        lambda w: _average(w) and _padded(w) and not w.count_padding,
        divide_by="window",
    ),
    _slip(
        "max-pads-with-zero",
        "padding counted as 0 in max pooling",
        "Max pooling pads with minus infinity: padding never wins, not even against negatives.",
        "border",
        "edge",
        REASONED,
        lambda w: w.kind == "max" and _padded(w),
        zeros=True,
    ),
    _slip(
        "pool-counted-from-one",
        "counted from 1",
        "Rows and columns are counted from 0: the first window has number 0.",
        "window",
        "start",
        REASONED,
        lambda w: w.place is not None and min(w.place) > 0,
        shift=-1,
    ),
    _slip(
        "pool-window-late",
        "first window left out",
        "Output number 0 belongs to the very first window.",
        "window",
        "start",
        REASONED,
        lambda w: w.place is not None,
        shift=1,
    ),
    _slip(
        "pool-moved-by-one",
        "window moved by 1",
        "The window moves by the stride.",
        "window",
        "stride",
        REASONED,
        lambda w: max(w.stride) > 1,
        stride=(1, 1),
    ),
    _slip(
        "pool-moved-by-window",
        "window moved by its own size",
        "A stride is given: windows may overlap.",
        "window",
        "stride",
        REASONED,
        lambda w: w.stride != w.kernel,
        stride=lambda w: w.kernel,
    ),
    _slip(
        "pool-padding-not-drawn",
        "window placed on the unpadded input",
        "With padding the first window starts outside the input.",
        "window",
        "padding",
        REASONED,
        _padded,
        padding=(0, 0),
    ),
    _slip(
        "pool-rows-and-columns-exchanged",
        "row and column exchanged",
        "The row comes first: (row, column), counted from the top left.",
        "axes",
        "axes",
        REASONED,
        lambda w: w.place is None or w.place[0] != w.place[1],
        swapped=True,
    ),
)

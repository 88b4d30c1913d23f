"""How one output number of a convolution is worked out, or the whole output, and the slips in it.

The number is the sum of window times kernel, cell by cell, over all channels, plus the bias.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from lessons.quiz.mistakes.notation import signed
from lessons.quiz.mistakes.slip import ASKED, REASONED, Slip, changed_where
from lessons.quiz.question import Matrix, Number, Value

Pair = tuple[int, int]


class ValueWorking(NamedTuple):
    """The window of one output number, or of each (place None), and what is done with it.

    >>> nine = ((0, 1, 2), (3, 4, 5), (6, 7, 8))
    >>> ValueWorking((nine,), (((0, 1), (2, 3)),), place=(0, 1)).value()
    25
    """

    x: tuple[Matrix, ...]
    w: tuple[Matrix, ...]  # as multiplied
    bias: Number = 0
    stride: Pair = (1, 1)
    before: Pair = (0, 0)
    after: Pair = (0, 0)
    dilation: Pair = (1, 1)
    place: Pair | None = None
    flip: bool = False  # whether the kernel as written was turned
    relu: bool = False
    turned: bool = False
    mirrored: bool = False
    product: str = "cells"
    edge: str = "zeros"
    channels: str = "all"
    biases: int = 1
    shift: int = 0
    swapped: bool = False
    spread: bool = True
    scaled: bool = False
    cut: str = "end"

    def value(self) -> Value | None:
        if self.place is not None:
            row, column = self.first_place()
            rows, columns = self._counts()
            return self._number(row, column) if row < rows and column < columns else None
        rows, columns = self._counts()
        shift = self.shift
        numbers = tuple(
            tuple(self._number(r, c) for c in range(shift, columns)) for r in range(shift, rows)
        )
        if not numbers or not numbers[0]:
            return None
        return tuple(zip(*numbers, strict=True)) if self.swapped else numbers

    def origin(self, row: int, column: int) -> Pair:
        """First cell of the window of an output number, in input coordinates."""
        return (
            row * self.stride[0] - self.before[0],
            column * self.stride[1] - self.before[1],
        )

    def _counts(self) -> Pair:
        sizes, kernel = (len(self.x[0]), len(self.x[0][0])), (len(self.w[0]), len(self.w[0][0]))
        rows, columns = (
            (sizes[n] + self.before[n] + self.after[n] - self.dilation[n] * (kernel[n] - 1) - 1)
            // self.stride[n]
            + 1
            for n in (0, 1)
        )
        return rows, columns

    def window(self, row: int, column: int, channel: int = 0) -> Matrix:
        """The numbers under the kernel, as this working reads them."""
        top, left = self.origin(row, column)
        dilation = self.dilation if self.spread else (1, 1)
        rows, columns = len(self.w[0]), len(self.w[0][0])
        return tuple(
            tuple(
                cell_of(self.x[channel], top + i * dilation[0], left + j * dilation[1], self.edge)
                for j in range(columns)
            )
            for i in range(rows)
        )

    def kernel(self, channel: int = 0) -> Matrix:
        """The kernel as this working multiplies it."""
        rows = self.w[channel]
        if self.turned:
            rows = tuple(row[::-1] for row in rows[::-1])
        return tuple(zip(*rows, strict=True)) if self.mirrored else rows

    def first_place(self) -> Pair:
        """Where the window of the number asked about stands, of a whole output the first one's."""
        row, column = self.place or (0, 0)
        if self.swapped:
            row, column = column, row
        return row + self.shift, column + self.shift

    def products(self, row: int, column: int, channel: int) -> Iterator[Number]:
        """What is added up of one channel."""
        window, kernel = self.window(row, column, channel), self.kernel(channel)
        if self.product == "matrix":
            yield from _matrix_product(window, kernel)
            return
        for numbers, weights in zip(window, kernel, strict=True):
            for number, weight in zip(numbers, weights, strict=True):
                product: Number = number * weight
                yield -product if self.product == "unsigned" and product < 0 else product

    def weights_sum(self) -> Number:
        """What all the weights come to."""
        return sum(sum(row) for plane in self.w for row in plane)

    def _number(self, row: int, column: int) -> Number:
        channels = range(1 if self.channels == "first" else len(self.w))
        products = (n for channel in channels for n in self.products(row, column, channel))
        if self.cut == "products":
            products = (max(product, 0) for product in products)
        total = sum(products)
        if self.scaled:
            total = Fraction(total) / self.weights_sum()
        total += self.biases * self.bias
        if self.relu and self.cut != "never":
            total = max(total, 0)
        return total if isinstance(total, int) or total.denominator > 1 else int(total)

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        row, column = self.first_place()
        products = []
        for channel in range(1 if self.channels == "first" else len(self.w)):
            window, kernel = self.window(row, column, channel), self.kernel(channel)
            if self.product == "matrix":
                products += [signed(n) for n in self.products(row, column, channel)]
                continue
            for numbers, weights in zip(window, kernel, strict=True):
                for number, weight in zip(numbers, weights, strict=True):
                    if self.product == "unsigned":
                        number, weight = abs(number), abs(weight)
                    if self.cut == "products" and number * weight < 0:
                        products.append("0")
                    else:
                        products.append(f"{signed(number)} × {signed(weight)}")
        text = " + ".join(products)
        if self.scaled:
            text = f"({text}) / {signed(self.weights_sum())}"
        if self.bias and self.biases:
            text += f" + {f'{self.biases} × ' if self.biases > 1 else ''}{signed(self.bias)}"
        return f"max(0, {text})" if self.relu and self.cut != "never" else text


def cell_of(plane: Matrix, row: int, column: int, edge: str) -> Number:
    """A cell of a plane that goes on beyond its edge in zeros, ones or copies of the edge."""
    height, width = len(plane), len(plane[0])
    if 0 <= row < height and 0 <= column < width:
        return plane[row][column]
    if edge == "copies":
        return plane[min(max(row, 0), height - 1)][min(max(column, 0), width - 1)]
    return 1 if edge == "ones" else 0


def _matrix_product(window: Matrix, kernel: Matrix) -> Iterator[Number]:
    columns = tuple(zip(*kernel, strict=True))
    for row in window:
        for column in columns:
            yield sum(a * b for a, b in zip(row, column, strict=True))


def _slip(id, name, say, point, step, prior, condition, **changes) -> Slip:
    return Slip(
        id, name, say, point, step, prior, {ValueWorking: changed_where(condition, **changes)}
    )


def _square(w):
    return len(w.w[0]) == len(w.w[0][0]) > 1


def _padded(w):
    return any(w.before) or any(w.after)


def _strided(w):
    return max(w.stride) > 1


VALUE_SLIPS = (
    _slip(
        "kernel-flipped",
        "kernel flipped",
        "In deep learning the kernel is used as it is: do not turn it.",
        "flip",
        "kernel",
        ASKED,
        lambda w: not w.flip,
        turned=True,
    ),
    _slip(
        "kernel-not-flipped",
        "kernel not flipped",
        "True convolution turns the kernel by 180° before multiplying.",
        "flip",
        "kernel",
        ASKED,
        lambda w: w.flip,
        turned=True,
    ),
    _slip(
        "kernel-transposed",
        "kernel read by columns",
        "Row meets row: multiply each cell with the weight at the same row and column.",
        "products",
        "kernel",
        REASONED,
        _square,
        mirrored=True,
    ),
    _slip(
        "matrix-product",
        "matrix product taken",
        "Multiply cell by cell and add up: this is not a matrix product.",
        "products",
        "product",
        REASONED,
        _square,
        product="matrix",
    ),
    _slip(
        "signs-dropped",
        "minus signs dropped",
        "A negative weight subtracts: keep the sign of every product.",
        "products",
        "product",
        REASONED,
        lambda w: any(n < 0 for planes in (w.x, w.w) for p in planes for row in p for n in row),
        product="unsigned",
    ),
    _slip(
        "edge-replicated",
        "border filled with copies",
        "Zero padding puts zeros around the input, not copies of its edge.",
        "border",
        "edge",
        REASONED,
        _padded,
        edge="copies",
    ),
    _slip(
        "edge-ones",
        "border filled with ones",
        "Zero padding puts zeros around the input.",
        "border",
        "edge",
        REASONED,
        _padded,
        edge="ones",
    ),
    _slip(
        "padding-not-drawn",
        "window placed on the unpadded input",
        "With padding the first window starts outside the input, p cells before it.",
        "window",
        "start",
        REASONED,
        _padded,
        before=(0, 0),
        after=(0, 0),
    ),
    _slip(
        "window-counted-from-one",
        "counted from 1",
        "Rows and columns are counted from 0: the first window has number 0.",
        "window",
        "start",
        REASONED,
        lambda w: w.place is not None and min(w.place) > 0,
        shift=-1,
    ),
    _slip(
        "window-started-late",
        "first window left out",
        "Output number 0 belongs to the very first window, not to the one a stride later.",
        "window",
        "start",
        REASONED,
        lambda w: True,
        shift=1,
    ),
    _slip(
        "stride-not-moved",
        "window moved by 1",
        "The window moves by the stride: its row starts at row × stride − padding.",
        "window",
        "stride",
        REASONED,
        _strided,
        stride=(1, 1),
    ),
    _slip(
        "rows-and-columns-exchanged",
        "row and column exchanged",
        "The row comes first: (row, column), counted from the top left.",
        "axes",
        "axes",
        REASONED,
        lambda w: w.place is None or w.place[0] != w.place[1],
        swapped=True,
    ),
    _slip(
        "taps-not-spread",
        "dilated taps read side by side",
        "With dilation d the taps lie d cells apart: skip d − 1 cells between them.",
        "dilation",
        "taps",
        REASONED,
        lambda w: max(w.dilation) > 1,
        spread=False,
    ),
    _slip(
        "channels-not-summed",
        "only one channel counted",
        "The products of all input channels are added to one number.",
        "channel-sum",
        "channels",
        ASKED,
        lambda w: len(w.w) > 1,
        channels="first",
    ),
    _slip(
        "bias-not-added",
        "bias not added",
        "Add the bias once, after all the products.",
        "bias",
        "bias",
        REASONED,
        lambda w: w.bias != 0,
        biases=0,
    ),
    _slip(
        "bias-for-each-channel",
        "bias added for every channel",
        "An output channel has one bias: add it once, after all the channels.",
        "bias",
        "bias",
        REASONED,
        lambda w: w.bias != 0 and len(w.w) > 1,
        biases=lambda w: len(w.w),
    ),
    _slip(
        "kernel-normalised",
        "divided by the kernel's sum",
        "The kernel is used as it is: do not divide by its sum.",
        "products",
        "scale",
        REASONED,
        lambda w: sum(sum(row) for plane in w.w for row in plane) not in (0, 1),
        scaled=True,
    ),
    _slip(
        "relu-first",
        "ReLU taken before the sum",
        "ReLU comes last: add up everything, then replace a negative sum by 0.",
        "relu",
        "relu",
        REASONED,
        lambda w: w.relu,
        cut="products",
    ),
    _slip(
        "relu-forgotten",
        "ReLU forgotten",
        "ReLU turns a negative sum into 0.",
        "relu",
        "relu",
        REASONED,
        lambda w: w.relu,
        cut="never",
    ),
)

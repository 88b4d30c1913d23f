"""The numbers of a weight tensor's shape, and the slips in them."""

from __future__ import annotations

from typing import NamedTuple

from lessons.quiz.mistakes.slip import ASKED, REASONED, Change, Slip, changed_where


class TensorWorking(NamedTuple):
    """One number of the shape (C_out, C_in / g, k_h, k_w).

    >>> TensorWorking(1, 6, 16, 2, (3, 5)).value(), TensorWorking(3, 6, 16, 2, (3, 5)).value()
    (3, 5)
    """

    place: int
    before: int
    after: int
    groups: int
    kernel: tuple[int, int]
    instead: int = 0

    def value(self) -> int:
        shape = (self.after, self.before // self.groups, *self.kernel)
        return self.instead or shape[self.place]

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        divided = self.place == 1 and self.groups > 1 and not self.instead
        return f"{self.before} / {self.groups}" if divided else str(self.value())


def _slip(id, name, say, point, step, prior, change: Change) -> Slip:
    return Slip(id, name, say, point, step, prior, {TensorWorking: change})


TENSOR_SLIPS = (
    _slip(
        "tensor-ends-exchanged",
        "input and output channels exchanged",
        "A convolution's weights begin with the kernels: output channels first, then input ones.",
        "weights",
        "order",
        ASKED,
        changed_where(
            lambda w: w.place < 2,
            instead=lambda w: (w.before // w.groups, w.after)[w.place],
        ),
    ),
    _slip(
        "tensor-slices-forgotten",
        "kernels taken as flat",
        "A kernel has a slice for every input channel that it reads.",
        "weights",
        "depth",
        REASONED,
        changed_where(lambda w: w.place == 1 and w.before > w.groups, instead=1),
    ),
    _slip(
        "tensor-groups-ignored",
        "all input channels in every kernel",
        "With g groups a kernel reads only C/g of the input channels.",
        "groups",
        "depth",
        ASKED,
        changed_where(lambda w: w.place == 1 and w.groups > 1, instead=lambda w: w.before),
    ),
    _slip(
        "tensor-sides-exchanged",
        "rows and columns of the kernel exchanged",
        "Rows come before columns: a 3 × 5 kernel is 3 high and 5 wide.",
        "axes",
        "sides",
        REASONED,
        changed_where(
            lambda w: w.place > 1 and w.kernel[0] != w.kernel[1],
            instead=lambda w: w.kernel[3 - w.place],
        ),
    ),
)

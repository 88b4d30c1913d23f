"""What the Sizes page draws to scale: along each axis the input, its padding and its windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernels.layers.geometry import AXIS_NAMES, Axis
from kernels.layers.transposed import TransposedAxis
from lessons.views.sizes import SizesView


@dataclass(frozen=True)
class Extent:
    """One axis, in cells.

    Windows stand on the padded input of a convolution or pooling. On a transposed convolution's
    output, before it is cropped, stand the copies of the kernel.

    Attributes
    ----------
    name : 'height', 'width' or 'depth'
    before, inside, after : padding, input, padding; or cropped cells, output, cropped cells
    starts : where the first, the second and the last window begin, counted from the first cell of
        all; fewer where there are fewer
    reach : cells from a window's first to its last
    taps : cells of them that it reads
    left : cells at the end that no window reaches
    over : cells by which the last window hangs over the end
    other : the output's size; for a transposed convolution the input's
    """

    name: str
    before: int
    inside: int
    after: int
    starts: tuple[int, ...]
    reach: int
    taps: int
    left: int
    over: int
    other: int


def extents(view: SizesView) -> tuple[Extent, ...]:
    """Every axis of the layer on show, from the first on.

    >>> from lessons.views.sizes import settle_sizes
    >>> rows, columns = extents(settle_sizes({})[0])
    >>> rows.before, rows.inside, rows.starts, rows.reach, rows.left, rows.other
    (3, 224, (0, 2, 222), 7, 1, 112)
    """
    axes: Sequence[Axis | TransposedAxis] = view.layer.axes(view.size)
    return tuple(
        _scattered(axis, name) if isinstance(axis, TransposedAxis) else _gathered(axis, name)
        for axis, name in zip(axes, AXIS_NAMES[view.rank], strict=True)
    )


def _gathered(axis: Axis, name: str) -> Extent:
    return Extent(
        name,
        axis.before,
        axis.input,
        axis.after,
        _starts(axis.output, axis.stride),
        axis.effective_kernel,
        axis.kernel,
        axis.leftover,
        axis.overhang,
        axis.output,
    )


def _scattered(axis: TransposedAxis, name: str) -> Extent:
    end = axis.before + axis.output
    return Extent(
        name,
        axis.before,
        axis.output,
        max(axis.uncropped - end, 0),
        _starts(axis.input, axis.stride),
        axis.effective_kernel,
        axis.kernel,
        max(end - axis.uncropped, 0),
        0,
        axis.input,
    )


def _starts(count: int, stride: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys((0, min(1, count - 1) * stride, (count - 1) * stride)))

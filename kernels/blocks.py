"""A picture-sized result cut into blocks, and the cells of the input that one block reads.

`do`, here and where blocks are computed, is NumPy, or the `Later` that takes down what it is to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from kernels.geometry import Axis
from kernels.threads import scratch


class Block(NamedTuple):
    """Output cells that are computed at once: some channel groups of some images, rows, columns.

    The rows are `rows.step` apart, and the columns `columns.step`: the dilation of the kernel. The
    input cells that they read are as far apart, and neighbours among those are neighbours for the
    kernel.
    """

    images: slice
    groups: slice
    rows: slice
    columns: slice
    shape: tuple[int, int, int, int]  # how many of each

    def channels(self, each: int) -> slice:
        """The channels of its groups, of which every group has so many."""
        return slice(self.groups.start * each, self.groups.stop * each)


def block_of(images: slice, groups: slice, rows: slice, columns: slice) -> Block:
    """Count what a block holds.

    >>> block_of(slice(0, 1), slice(0, 2), slice(1, 9, 3), slice(0, 5, 1)).shape
    (1, 2, 3, 5)
    """
    places = images, groups, rows, columns
    return Block(*places, tuple(len(range(p.start, p.stop, p.step or 1)) for p in places))


@lru_cache(256)
def cut(
    shape: Sequence[int],
    groups: int,
    most: Sequence[int],
    fewest: int = 1,
    tile: int = 1,
    apart: Sequence[int] = (1, 1),
) -> tuple[Block, ...]:
    """Cut a batch of output maps (images, rows, columns) into blocks.

    >>> [block.rows for block in cut((1, 8, 9), 1, most=(1, 1, 8, 9), fewest=3, tile=2)]
    [slice(0, 4, 1), slice(4, 8, 1)]
    >>> [block.rows for block in cut((1, 5, 9), 1, most=(1, 1, 8, 9), apart=(2, 1))]
    [slice(0, 5, 2), slice(1, 4, 2)]

    most : images, groups, rows and columns of a block at most.
    fewest : where there would be fewer blocks than this, they get fewer rows.
    tile : the rows of a block are a multiple of it, but for the last block's.
    apart : how far apart the rows and the columns of a block are.
    """
    images, rows, columns = shape
    some_images, some_groups = parts(images, most[0]), parts(groups, most[1])
    phases = [(n, m) for n in range(min(apart[0], rows)) for m in range(min(apart[1], columns))]
    fewest = -(-fewest // max(len(some_images) * len(some_groups) * len(phases), 1))
    return tuple(
        block_of(image_part, group_part, row_part, column_part)
        for image_part in some_images
        for group_part in some_groups
        for first_row, first_column in phases
        for row_part in _spread(first_row, rows, apart[0], most[2], fewest, tile)
        for column_part in _spread(first_column, columns, apart[1], most[3])
    )


def parts(total: int, most: int, fewest: int = 1, tile: int = 1) -> list[slice]:
    """Cut a length into nearly equal parts, multiples of `tile` but for the last.

    >>> parts(10, 4, tile=2)
    [slice(0, 4, None), slice(4, 8, None), slice(8, 10, None)]
    >>> parts(0, 4)
    []
    """
    count = max(-(-total // max(most, 1)), min(fewest, total), 1)
    step = max(-(-total // count), 1)
    step += -step % tile
    return [slice(start, min(start + step, total)) for start in range(0, total, step)]


def _spread(
    first: int, total: int, apart: int, most: int, fewest: int = 1, tile: int = 1
) -> list[slice]:
    """Cut the places first, first + apart, ... below `total` into parts of at most `most`."""
    places = range(first, total, apart)
    return [
        slice(places[part.start], places[part.stop - 1] + 1, apart)
        for part in parts(len(places), most, fewest, tile)
    ]


def tap_steps(axes: Sequence[Axis], block: Block) -> tuple[int, int]:
    """How many cells apart the taps of a window are, among the cells that a block reads.

    >>> block = block_of(slice(0, 1), slice(0, 1), slice(0, 4, 2), slice(0, 3, 1))
    >>> tap_steps([Axis(input=9, kernel=3, dilation=2)] * 2, block)
    (1, 2)
    """
    rows, columns = axes
    return rows.dilation // block.rows.step, columns.dilation // block.columns.step


def window_reach(axes: Sequence[Axis], block: Block) -> tuple[int, int]:
    """How many rows and columns of cells a block's windows read.

    >>> block = block_of(slice(0, 1), slice(0, 1), slice(0, 4, 2), slice(0, 3, 1))
    >>> window_reach([Axis(input=9, kernel=3, dilation=2)] * 2, block)
    (4, 7)
    """
    rows, columns = axes
    down, across = tap_steps(axes, block)
    _, _, height, width = block.shape
    return (
        (height - 1) * rows.stride + down * (rows.kernel - 1) + 1,
        (width - 1) * columns.stride + across * (columns.kernel - 1) + 1,
    )


def input_cells(
    x: np.ndarray, axes: Sequence[Axis], block: Block, reach: Sequence[int], do: Any = np
) -> np.ndarray:
    """The cells from where a block's first window starts: (rows, C, columns, images).

    >>> x = np.arange(4.0).reshape(1, 1, 2, 2)
    >>> axes = [Axis(input=2, kernel=3, before=1, after=1)] * 2
    >>> block = block_of(slice(0, 1), slice(0, 1), slice(0, 1, 1), slice(0, 2, 1))
    >>> input_cells(x, axes, block, reach=(3, 4))[:, 0, :, 0]
    array([[0., 0., 0., 0.],
           [0., 0., 1., 0.],
           [0., 2., 3., 0.]])

    x : the block's channels of all images. reach : how many rows and columns, as far apart as the
        block's. Cells outside the input are zero. Images come last, so that small maps of many
        images make long lines.
    """
    images, (rows, columns) = x[block.images], axes
    first = (
        block.rows.start * rows.stride - rows.before,
        block.columns.start * columns.stride - columns.before,
    )
    shape = (reach[0], x.shape[1], reach[1], len(images))
    cells = scratch("cells", shape, x.dtype, beside=images)
    gather(cells.transpose(3, 1, 0, 2), images, first, (block.rows.step, block.columns.step), do)
    return cells


def gather(
    target: np.ndarray,
    source: np.ndarray,
    first: Sequence[int],
    step: Sequence[int] = (1, 1),
    do: Any = np,
) -> None:
    """Copy rows and columns that may lie outside the source, where there are zeros.

    >>> target = np.empty((2, 3))
    >>> gather(target, np.arange(4.0).reshape(2, 2), first=(1, -1))
    >>> target
    array([[0., 2., 3.],
           [0., 0., 0.]])

    target[..., i, j] becomes source[..., first[0] + i * step[0], first[1] + j * step[1]].
    """
    inside, cells = [], []
    for axis, start, stride in zip((-2, -1), first, step, strict=True):
        count, size = target.shape[axis], source.shape[axis]
        low = min(max(-(start // stride), 0), count)
        high = max(min(-((start - size) // stride), count), low)
        inside.append(slice(low, high))
        cells.append(slice(start + low * stride, max(start + high * stride, 0), stride))
        along = target.swapaxes(axis, -1)
        if low > 0:
            do.copyto(along[..., :low], 0)
        if high < count:
            do.copyto(along[..., high:], 0)
    do.copyto(target[(..., *inside)], source[(..., *cells)])


def write(
    values: np.ndarray,
    bias: np.ndarray | None,
    out: np.ndarray,
    block: Block,
    kernels: int,
    do: Any = np,
) -> None:
    """Write a block's values (channels, rows, columns, images) to their place in `out`.

    bias : one number for each channel of `out`, to be added, or None. kernels : channels of a
        group.
    """
    channels = block.channels(kernels)
    target = out[block.images, channels, block.rows, block.columns].transpose(1, 2, 3, 0)
    values = values.reshape(target.shape)
    if bias is None:
        do.copyto(target, values)
    else:
        do.add(values, bias[channels, np.newaxis, np.newaxis, np.newaxis], out=target)


def surely_finite(values: np.ndarray) -> bool:
    """Whether the sum of squares of a contiguous array is finite: so are then the numbers.

    >>> surely_finite(np.array([1.0, 2.0])), surely_finite(np.array([1.0, -np.inf]))
    (True, False)
    """
    line = values.reshape(-1)
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(line @ line))

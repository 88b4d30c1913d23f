"""A picture-sized result cut into blocks, and the cells of the input that one block reads.

`do`, here and where blocks are computed, is NumPy by another name: its functions are called now, or
taken down to be called later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from kernels.engine.threads import NOW, Later
from kernels.layers.geometry import Axis

SMALL = 10**6
"""Multiplications of a product that OpenBLAS takes for small."""

FEW_BYTES = 2**19
"""So much memory is cleared before NumPy can be called twice by two threads."""


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

    def count(part: slice) -> int:
        return len(range(part.start, part.stop, part.step or 1))

    shape = count(images), count(groups), count(rows), count(columns)
    return Block(images, groups, rows, columns, shape)


@lru_cache(64)  # 40 us each, a tenth of a batch through LeNet's second layer
def cut(
    shape: Sequence[int],
    groups: int,
    most: Sequence[int],
    fewest: int = 1,
    tile: int = 1,
    apart: Sequence[int] = (1, 1),
    share: float = 0.5,
) -> tuple[Block, ...]:
    """Cut a batch of output maps (images, rows, columns) into blocks.

    >>> [block.rows for block in cut((1, 8, 9), 1, most=(1, 1, 8, 9), fewest=3, tile=2)]
    [slice(0, 4, 1), slice(4, 8, 1)]
    >>> [block.rows for block in cut((1, 5, 9), 1, most=(1, 1, 8, 9), apart=(2, 1))]
    [slice(0, 5, 2), slice(1, 4, 2)]

    most : images, groups, rows and columns of a block at most.
    fewest : rows are cut so that the number of blocks is a multiple of this where that can be.
    tile : the rows of a block are a multiple of it, but for the last block's.
    apart : how far apart the rows and the columns of a block are.
    share : how much of the rows the first of two blocks has.
    """
    images, rows, columns = shape
    some_images, some_groups = parts(images, most[0]), parts(groups, most[1])
    phases = [(n, m) for n in range(min(apart[0], rows)) for m in range(min(apart[1], columns))]
    if (len(some_images) * len(some_groups) * len(phases)) % fewest == 0:
        fewest = 1
    return tuple(
        block_of(image_part, group_part, row_part, column_part)
        for image_part in some_images
        for group_part in some_groups
        for first_row, first_column in phases
        for row_part in _spread(first_row, rows, apart[0], most[2], fewest, tile, share)
        for column_part in _spread(first_column, columns, apart[1], most[3])
    )


def parts(total: int, most: int, fewest: int = 1, tile: int = 1, share: float = 0.5) -> list[slice]:
    """Cut a length into nearly equal parts, multiples of `tile` but for the last.

    Their number is a multiple of `fewest` where that can be. share : the first one's if two were
    asked for.

    >>> parts(10, 4, tile=2)
    [slice(0, 4, None), slice(4, 8, None), slice(8, 10, None)]
    >>> parts(0, 4)
    []
    """
    count = max(-(-total // max(most, 1)), 1)
    count = min(-(-count // fewest) * fewest, max(total, 1))  # as many for each thread
    step = max(-(-total // count), 1)
    if count == fewest == 2:
        step = min(max(round(total * share), step), total - 1)
    step += -step % tile
    return [slice(start, min(start + step, total)) for start in range(0, total, step)]


def _spread(
    first: int,
    total: int,
    apart: int,
    most: int,
    fewest: int = 1,
    tile: int = 1,
    share: float = 0.5,
) -> list[slice]:
    """Cut the places first, first + apart, ... below `total` into parts of at most `most`."""
    places = range(first, total, apart)
    return [
        slice(places[part.start], places[part.stop - 1] + 1, apart)
        for part in parts(len(places), most, fewest, tile, share)
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


def block_start(axes: Sequence[Axis], block: Block) -> tuple[int, int]:
    """The row and column of the input where a block's first window starts; negative in padding."""
    rows, columns = axes
    return (
        block.rows.start * rows.stride - rows.before,
        block.columns.start * columns.stride - columns.before,
    )


def input_cells(
    x: np.ndarray,
    axes: Sequence[Axis],
    block: Block,
    reach: Sequence[int],
    do: Later = NOW,
    images_last: bool = True,
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
        block's. Cells outside the input are zero. images_last : as neighbours in memory, so that
        small maps of many images make long lines.
    """
    images, (first_row, first_column) = x[block.images], block_start(axes, block)
    shape = (x.shape[1], *reach, len(images))
    order = (1, 0, 2, 3)
    if not images_last:
        shape, order = (*shape[:2], shape[3], shape[2]), (1, 0, 3, 2)
    cells = do.scratch("cells", shape, x.dtype, beside=images).transpose(order)
    rows, from_rows = overlap(first_row, block.rows.step, reach[0], x.shape[2])
    columns, from_columns = overlap(first_column, block.columns.step, reach[1], x.shape[3])
    if cells.nbytes > FEW_BYTES:
        clear_outside(cells, 0, rows, do)
        clear_outside(cells, 2, columns, do)
    elif cells[rows, :, columns].size < cells.size:  # one call, not one a side
        do.copyto(cells, 0)
    source = images[:, :, from_rows, from_columns]
    do.copyto(cells[rows, :, columns], source.transpose(2, 1, 3, 0))
    return cells


def overlap(first: int, step: int, count: int, size: int) -> tuple[slice, slice]:
    """Which of the places first, first + step, ... lie on an axis of so many cells.

    >>> overlap(first=-1, step=2, count=4, size=5)
    (slice(1, 3, None), slice(1, 5, 2))

    Returns the slice of the places, by their number, and the slice of the axis.
    """
    low = min(max(-(first // step), 0), count)
    high = max(min(-((first - size) // step), count), low)
    return slice(low, high), slice(first + low * step, max(first + high * step, 0), step)


def clear_outside(target: np.ndarray, axis: int, inside: slice, do: Later = NOW) -> None:
    """Write zeros before and after a slice of one axis.

    >>> row = np.ones(4)
    >>> clear_outside(row, 0, slice(1, 3))
    >>> row
    array([0., 1., 1., 0.])
    """
    along = (slice(None),) * axis
    if inside.start > 0:
        do.copyto(target[(*along, slice(0, inside.start))], 0)
    if inside.stop < target.shape[axis]:
        do.copyto(target[(*along, slice(inside.stop, None))], 0)


def write(
    values: np.ndarray,
    bias: np.ndarray | None,
    out: np.ndarray,
    block: Block,
    kernels: int,
    do: Later = NOW,
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


def small_parts(rows: int, others: int) -> int:
    """Into how many equal parts to cut a left-hand factor, so that BLAS takes each for small.

    Small ones are multiplied without being copied to another order first, which is up to a third
    faster. Where the parts would be too flat for that to be true, there is one.

    >>> small_parts(64, 64 * 400), small_parts(128, 576 * 400)
    (2, 1)

    others : cells of the right-hand factor.
    """
    for count in (1, 2, 4):
        if rows % count == 0 and rows // count >= 16 and rows // count * others <= SMALL:
            return count
    return 1


def surely_finite(values: np.ndarray) -> bool:
    """Whether the sums of squares are finite that the last two axes have: so are then the numbers.

    >>> surely_finite(np.array([[1.0, 2.0]])), surely_finite(np.array([[1.0, -np.inf]]))
    (True, False)
    """
    lines = values.reshape(*values.shape[:-2], 1, -1)
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(lines @ lines.swapaxes(-1, -2)).all())

"""A picture-sized result cut into blocks, and the cells of the input that one block reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.geometry import Axis
from kernels.threads import scratch

FEWEST_BLOCKS = 4
"""Blocks that a result is cut into if it can be, so that two threads end at about the same time."""


class Block(NamedTuple):
    """Output cells that are computed at once: some channel groups of some images, rows, columns.

    The rows are `rows.step` apart, the dilation of the kernel: then they read input rows that are
    as far apart, and neighbours among those are neighbours for the kernel.
    """

    images: slice
    groups: slice
    rows: slice
    columns: slice

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """How many images, groups, rows and columns."""
        return tuple(len(range(p.start, p.stop, p.step or 1)) for p in self)


def cut(
    shape: Sequence[int],
    groups: int,
    most: Sequence[int],
    tile: int = 1,
    apart: Sequence[int] = (1, 1),
) -> list[Block]:
    """Cut a batch of output maps (images, rows, columns) into blocks.

    >>> [(b.rows, b.columns) for b in cut((1, 8, 9), 1, most=(1, 1, 4, 9), tile=2)]
    [(slice(0, 2, 1), slice(0, 9, 1)), (slice(2, 4, 1), slice(0, 9, 1)), \
(slice(4, 6, 1), slice(0, 9, 1)), (slice(6, 8, 1), slice(0, 9, 1))]

    most : images, groups, rows and columns of a block at most; it gets fewer rows where there
        would not be enough blocks for two threads.
    tile : the rows of a block are a multiple of it, but for the last block's.
    apart : how far apart the rows and the columns of a block are.
    """
    images, rows, columns = shape
    some_images, some_groups = parts(images, most[0]), parts(groups, most[1])
    phases = [(n, m) for n in range(min(apart[0], rows)) for m in range(min(apart[1], columns))]
    fewest = -(-FEWEST_BLOCKS // (len(some_images) * len(some_groups) * len(phases)))
    return [
        Block(image_part, group_part, row_part, column_part)
        for image_part in some_images
        for group_part in some_groups
        for first_row, first_column in phases
        for row_part in _spread(first_row, rows, apart[0], most[2], tile, fewest)
        for column_part in _spread(first_column, columns, apart[1], most[3])
    ]


def _spread(
    first: int, total: int, apart: int, most: int, tile: int = 1, fewest: int = 1
) -> list[slice]:
    """Every so-manieth place from the first on, cut into parts of at most `most` places."""
    places = range(first, total, apart)
    return [
        slice(places[part.start], places[part.stop - 1] + 1, apart)
        for part in parts(len(places), most, tile, fewest)
    ]


def parts(total: int, most: int, tile: int = 1, fewest: int = 1) -> list[slice]:
    """Cut a length into nearly equal parts, multiples of `tile` but for the last.

    >>> parts(10, 4, tile=2)
    [slice(0, 4, None), slice(4, 8, None), slice(8, 10, None)]
    """
    count = max(-(-total // max(most, 1)), min(fewest, total), 1)
    step = max(-(-total // count), 1)
    step += -step % tile
    return [slice(start, min(start + step, total)) for start in range(0, total, step)]


def input_cells(
    x: np.ndarray, axes: Sequence[Axis], block: Block, reach: Sequence[int]
) -> np.ndarray:
    """The cells from where a block's first window starts: (rows, C, columns, images).

    >>> x = np.arange(4.0).reshape(1, 1, 2, 2)
    >>> axes = [Axis(input=2, kernel=3, before=1, after=1)] * 2
    >>> block = Block(slice(0, 1), slice(0, 1), slice(0, 1, 1), slice(0, 2, 1))
    >>> input_cells(x, axes, block, reach=(3, 4))[:, 0, :, 0]
    array([[0., 0., 0., 0.],
           [0., 0., 1., 0.],
           [0., 2., 3., 0.]])

    x : the block's images and channels. reach : how many rows and columns, as far apart as the
        block's. Cells outside the input are zero. Images come last, so that small maps of many
        images make long lines.
    """
    parts = (block.rows, block.columns)
    first = [p.start * axis.stride - axis.before for p, axis in zip(parts, axes, strict=True)]
    cells = scratch("cells", (reach[0], x.shape[1], reach[1], len(x)), x.dtype, beside=x)
    gather(cells.transpose(3, 1, 0, 2), x, first, [part.step for part in parts])
    return cells


def gather(
    target: np.ndarray,
    source: np.ndarray,
    first: Sequence[int],
    step: Sequence[int] = (1, 1),
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
        outside = target.swapaxes(axis, -1)
        if low > 0:
            outside[..., :low] = 0
        if high < count:
            outside[..., high:] = 0
    target[(..., *inside)] = source[(..., *cells)]


def shifted_lines(
    cells: np.ndarray, columns: Axis, width: int, groups: int = 1
) -> np.ndarray:
    """Copy the cells once for each column of the kernel, shifted to where that column reads.

    >>> cells = np.arange(4.0).reshape(1, 1, 4, 1)
    >>> shifted_lines(cells, Axis(input=4, kernel=2), 3)[0, 0, :, 0, :, 0]
    array([[0., 1., 2.],
           [1., 2., 3.]])

    Returns (groups, rows, kernel columns, channels / groups, width, images) in this thread's
    scratch: the lines that a kernel at one output row reads follow one another in memory, and so
    do those of the next output row, further on by some lines.
    """
    rows, channels, _, images = cells.shape
    lines = scratch(
        "lines",
        (groups, rows, columns.kernel, channels // groups, width, images),
        cells.dtype,
        beside=cells,
    )
    cells = cells.reshape(rows, groups, channels // groups, -1, images).swapaxes(0, 1)
    for n in range(columns.kernel):
        start = n * columns.dilation
        stop = start + (width - 1) * columns.stride + 1
        lines[:, :, n] = cells[..., start : stop : columns.stride, :]
    return lines

"""A picture times a kernel that is a column times a row: first down the rows, then along them.

Both are matrix products. Down: a band of rows is a small matrix, the column in each of its rows
shifted by one, times the rows of the picture as they stand. Along: tiles of 16 results are the
cells that they read, as they stand in every row, times such a matrix of the other direction.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.engine.filter_blocks import Piece, line_pitch, mend, pieces
from kernels.engine.threads import Later, fewest_blocks, share_out
from kernels.layers.geometry import Axis

BAND, TILE = 4, 16
"""Rows and columns of the result that one product makes."""

BLOCK_BYTES = 3 * 2**19
"""Scratch for the rows of a block between the two directions: it should stay in the cache."""

PRODUCT = 10**6
"""Multiplications of a product at most: beyond it BLAS goes another way, which is slower here."""

RANK_ONE = 1e-6
"""What a column times a row may leave over of a kernel, as a fraction."""


def separated(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Write a kernel as a column times a row, or return None where that cannot be.

    >>> column, row = separated(np.array([[1.0, 2], [2, 4], [1, 2]]))
    >>> column, row
    (array([2., 4., 2.]), array([0.5, 1. ]))
    >>> separated(np.eye(2)) is None
    True

    The column and the row that cross at the kernel's largest number are tried. In a kernel of rank
    one any two would do; the largest number keeps the rounding small.
    """
    i, j = np.unravel_index(np.abs(kernel).argmax(), kernel.shape)
    if kernel[i, j] == 0:
        return kernel[:, 0].copy(), kernel[0].copy()
    column, row = kernel[:, j].astype(float), kernel[i] / kernel[i, j].astype(float)
    left = np.linalg.norm(kernel - np.outer(column, row))
    if not left <= RANK_ONE * np.linalg.norm(kernel):
        return None
    return column.astype(kernel.dtype), row.astype(kernel.dtype)


def shifts(line: np.ndarray, count: int, stride: int) -> np.ndarray:
    """Rows of a matrix that hold a line, each shifted by one stride more.

    >>> shifts(np.array([1.0, 2.0]), count=3, stride=1)
    array([[1., 2., 0., 0.],
           [0., 1., 2., 0.],
           [0., 0., 1., 2.]])
    """
    matrix = np.zeros((count, (count - 1) * stride + len(line)), line.dtype)
    for n in range(count):
        matrix[n, n * stride : n * stride + len(line)] = line
    return matrix


def filter_separably(
    planes: np.ndarray,
    kernel: np.ndarray,
    axes: Sequence[Axis],
    out: np.ndarray,
    seconds: float = 0.0,
    factors: tuple[np.ndarray, np.ndarray] | None = None,
) -> None:
    """Write the planes times the kernel to `out`.

    >>> out = np.empty((1, 2, 1))
    >>> axes = Axis(input=3, kernel=2), Axis(input=2, kernel=2)
    >>> filter_separably(np.arange(6.0).reshape(1, 3, 2), np.ones((2, 2)), axes, out)
    >>> out.ravel()
    array([ 6., 14.])

    planes : (C, H, W). kernel : (kh, kw), for which `separated` finds factors. out : (C, H_out,
    W_out). All contiguous and of one type. seconds : about how long it will take, to decide on
    threads.
    """
    axes = rows, columns = tuple(axes)
    found = factors or separated(kernel)
    assert found is not None, "the kernel is not a column times a row"
    down, along = found
    band, tile = min(BAND, rows.output), min(TILE, columns.output)
    left = shifts(down, band, rows.stride)
    right = shifts(along, tile, columns.stride).T.copy()
    pitch = line_pitch(columns.input, out.itemsize)
    high = max(BLOCK_BYTES // (pitch * out.itemsize) // band * band, band)
    wide = max(PRODUCT // left.size, TILE)

    def work(piece: Piece, do: Later) -> None:
        plane, target = planes[piece.plane], out[piece]
        start, height = piece.rows.start * rows.stride, piece.size[0]
        between = do.scratch("between", (height, pitch), out.dtype, beside=plane)
        for first in range(0, columns.input, wide):
            strip = slice(first, min(first + wide, columns.input))
            _go_down(left, plane[start:, strip], rows.stride, between[:, strip], do)
        _go_along(between, right, columns.stride, target, do)
        # A cell that is not finite shows in every row of the bands that read it.
        do.call(mend, target[::band], plane, kernel, axes, piece, target)

    cut = out.shape, high, columns.output, fewest_blocks(seconds), band
    share_out(work, pieces(*cut), seconds)


def _go_down(
    left: np.ndarray, cells: np.ndarray, stride: int, target: np.ndarray, do: Later
) -> None:
    """Write the column's sums of every row of the target."""
    band, reach = left.shape
    (height, width), (row_step, cell_step) = target.shape, cells.strides
    # Whole bands, then what is left of a last one.
    whole = height // band * band
    for first, count, some in ((0, height // band, band), (whole, 1, height - whole)):
        if count * some == 0:
            continue
        taps = reach - (band - some) * stride
        bands = as_strided(
            cells[first * stride :],
            (count, taps, width),
            (some * stride * row_step, row_step, cell_step),
        )
        part = target[first : first + count * some].reshape(count, some, width)
        do.matmul(left[:some, :taps], bands, out=part)


def _go_along(
    cells: np.ndarray, right: np.ndarray, stride: int, target: np.ndarray, do: Later
) -> None:
    """Write the row's sums: tiles from the left, and one that ends where the result ends."""
    reach, tile = right.shape
    (height, width), (row_step, cell_step) = target.shape, cells.strides
    for first, count in ((0, width // tile), (width - tile, 1 if width % tile else 0)):
        if count == 0:
            continue
        tiles = as_strided(
            cells[:, first * stride :],
            (count, height, reach),
            (tile * stride * cell_step, row_step, cell_step),
        )
        part = target[:, first : first + count * tile].reshape(height, count, tile)
        do.matmul(tiles, right, out=part.swapaxes(0, 1))

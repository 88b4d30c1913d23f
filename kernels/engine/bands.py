"""Convolution as overlapping matrix products: the engine for large maps.

The textbook way (im2col) copies the input kh * kw times. Here only the kw shifts along a row are
copied, in the order row, shift, channel, column. The kh * kw * C lines that one output row needs
then follow one another in memory, and those of the next output row start one input row later. So
the factors of all output rows' products are overlapping views of the same copies.

Where a group has a single kernel, a product of one row would leave BLAS idle. There a *band* of
several output rows is made at once, by a matrix whose rows are the kernel, each shifted down by one
output row:

    k k k . .
    . k k k .       (a kernel of 3 rows, a band of 3 output rows, one column)
    . . k k k

BLAS multiplies the zeros too, and is still faster.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.engine.blocks import (
    SMALL,
    Block,
    block_start,
    cut,
    input_cells,
    tap_steps,
    window_reach,
    write,
)
from kernels.engine.columns import mend
from kernels.engine.threads import NOW, Later, fewest_blocks, first_share, share_out
from kernels.layers.geometry import Axis

BAND = 4
"""Output rows of a band."""

BLOCK_BYTES = 4 * 2**20
"""Scratch for the shifted copies and the products of one block: it should stay in the cache."""

NARROW, WIDE = 896, 1792
"""Cells of a line: maps narrower than the one are taken several at a time, wider ones than the
other in parts."""

NARROWEST = 128
"""Cells that a line has at least where there are very many channels, which makes scratch large."""

TURNED = 24
"""Columns below which a line has all images of one column together: for longer runs to copy."""


def convolve_in_bands(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[Axis],
    groups: int,
    out: np.ndarray,
    seconds: float = 0.0,
) -> None:
    """Write the convolution of a batch to `out`; padding cells are zero.

    seconds : about how long it will take, to decide on threads.
    """
    rows, columns = axes
    channels, kernels = w.shape[1], len(w) // groups
    band = band_height(axes, kernels)
    matrices = band_matrices(w, groups, rows.stride, band)[:, np.newaxis]

    def work(block: Block, do: Later) -> None:
        images, some, height, width = block.shape
        lines = shifted_lines(x[:, block.channels(channels)], axes, block, do)
        group_step, row_step, _, line_step, *_ = lines.strides
        target = out[block.images, block.channels(kernels), block.rows, block.columns]
        # One image's lines are the output's: the products are written where they belong.
        direct = images == 1
        shape = (some, kernels, height, width * images)
        products = target if direct else do.scratch("products", shape, x.dtype)
        products = products.reshape(shape)
        # Whole bands, then what is left of a last one.
        whole = height // band * band
        for first, count, high in ((0, height // band, band), (whole, 1, height - whole)):
            if count * high == 0:
                continue
            reach = ((high - 1) * rows.stride + rows.kernel) * columns.kernel * channels
            factors = np.ndarray(
                (some, count, reach, width * images),
                x.dtype,
                lines,
                first * rows.stride * row_step,
                (group_step, high * rows.stride * row_step, line_step, x.itemsize),
            )
            part = products[:, :, first : first + count * high]
            part = part.reshape(some, kernels, count, high, -1).swapaxes(1, 2)
            # The rows of a product: of `kernels` and `high` one is 1, so that this is a view.
            part = part[:, :, 0] if kernels == 1 else part[:, :, :, 0]
            do.matmul(matrices[block.groups, :, : kernels * high, :reach], factors, out=part)
        if not direct:
            values = products.reshape(some * kernels, height, -1)
            write(line_cells(values, block), bias, out, block, kernels, do)
        elif bias is not None:
            do.add(target, bias[block.channels(kernels), np.newaxis, np.newaxis], out=target)
        if band > 1:
            # A zero of a band may have met an infinite cell that its window does not read.
            do.call(mend, target, x, w, bias, axes, groups, out, block)

    blocks = _blocks(w, axes, groups, len(x), band, seconds)
    share_out(work, blocks, seconds)


def band_height(axes: Sequence[Axis], kernels: int) -> int:
    """How many output rows are made at once where a group has so many kernels."""
    return min(BAND, axes[0].output) if kernels == 1 else 1


def band_matrices(w: np.ndarray, groups: int, stride: int, band: int) -> np.ndarray:
    """The left-hand factors: (groups, band * kernels, lines that a band of output rows reads).

    >>> w = np.array([1.0, 2.0]).reshape(1, 1, 2, 1)
    >>> band_matrices(w, groups=1, stride=1, band=3)[0]
    array([[1., 2., 0., 0.],
           [0., 1., 2., 0.],
           [0., 0., 1., 2.]])
    """
    kernels, channels, height, width = len(w) // groups, *w.shape[1:]
    w = w.reshape(groups, kernels, channels, height, width).transpose(0, 1, 3, 4, 2)
    if band == 1:
        return w.reshape(groups, kernels, -1)
    rows = (band - 1) * stride + height
    matrices = np.zeros((groups, band, kernels, rows, width, channels), w.dtype)
    for n in range(band):
        matrices[:, n, :, n * stride : n * stride + height] = w
    return matrices.reshape(groups, band * kernels, -1)


def shifted_lines(x: np.ndarray, axes: Sequence[Axis], block: Block, do: Later = NOW) -> np.ndarray:
    """Copy the cells that a block reads once for each column of the kernel, shifted.

    >>> from kernels.engine.blocks import block_of
    >>> x = np.arange(4.0).reshape(1, 1, 1, 4)
    >>> axes = Axis(input=1, kernel=1), Axis(input=4, kernel=2, before=1)
    >>> block = block_of(slice(0, 1), slice(0, 1), slice(0, 1, 1), slice(0, 4, 1))
    >>> shifted_lines(x, axes, block)[0, 0, :, 0]
    array([[0., 0., 1., 2.],
           [0., 1., 2., 3.]])

    x : the block's channels of all images. Returns (groups, rows, kernel columns, channels of a
    group, cells of a line).
    """
    images, groups, _, width = block.shape
    reach, step = window_reach(axes, block), tap_steps(axes, block)[1]
    (row, column), channels = block_start(axes, block), x.shape[1] // groups
    stop = row + (reach[0] - 1) * block.rows.step, column + reach[1] - 1
    if min(row, column) >= 0 and stop[0] < x.shape[2] and stop[1] < x.shape[3] and images == 1:
        rows = slice(row, stop[0] + 1, block.rows.step)
        cells = x[block.images, :, rows, column:].transpose(2, 1, 3, 0)
    else:
        cells = input_cells(x, axes, block, reach, do, images_last=width < TURNED)
    down, channel, across, image = cells.strides
    windows = as_strided(
        cells,
        (groups, reach[0], axes[1].kernel, channels, width, images),
        (channels * channel, down, step * across, channel, axes[1].stride * across, image),
    )
    shape = (*windows.shape[:4], width * images)
    lines = do.scratch("lines", shape, x.dtype, beside=x)
    do.copyto(line_cells(lines, block), windows)
    return lines


def line_cells(lines: np.ndarray, block: Block) -> np.ndarray:
    """See the cells of a block's lines as (..., columns, images), in whichever order they are."""
    images, _, _, width = block.shape
    if width < TURNED:
        return lines.reshape(*lines.shape[:-1], width, images)
    return lines.reshape(*lines.shape[:-1], images, width).swapaxes(-1, -2)


def _blocks(
    w: np.ndarray, axes: Sequence[Axis], groups: int, images: int, band: int, seconds: float
) -> Sequence[Block]:
    """Cut the result so that the scratch of a block is about BLOCK_BYTES."""
    rows, columns = axes
    wide = min(max(BLOCK_BYTES // w[0].nbytes, NARROWEST), WIDE, columns.output)
    small = SMALL // (w[0].size * len(w) // groups * band)
    together = min(max(min(NARROW, small) // wide, 1), images)
    line_bytes = wide * together * w.itemsize
    in_bytes, out_bytes = w[0, :, 0].size * line_bytes, len(w) // groups * line_bytes
    fit = (BLOCK_BYTES - in_bytes * rows.kernel) // (in_bytes * rows.stride + out_bytes)
    high = min(max(fit, band), rows.output)
    reach = (high - 1) * rows.stride + rows.kernel
    some = max(BLOCK_BYTES // (in_bytes * reach + out_bytes * high), 1)
    return cut(
        (images, rows.output, columns.output),
        groups,
        (together, some, high, wide),
        fewest_blocks(seconds),
        band,
        (rows.dilation, 1),
        first_share(seconds),
    )

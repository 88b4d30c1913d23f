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

from kernels.engine.blocks import (
    Block,
    block_start,
    clear_outside,
    cut,
    overlap,
    surely_finite,
    tap_steps,
    window_reach,
    write,
)
from kernels.engine.columns import convolve_block
from kernels.engine.threads import NOW, Later, fewest_blocks, share_out
from kernels.geometry import Axis

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
        products = do.scratch("products", (some, kernels, height, width * images), x.dtype)
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
            part = part.reshape(some, count, kernels * high, -1)
            do.matmul(matrices[block.groups, :, : kernels * high, :reach], factors, out=part)
        values = products.reshape(some * kernels, height, -1)
        write(line_cells(values, block), bias, out, block, kernels, do)
        if band > 1:
            do.call(mend, products, block)

    def mend(products: np.ndarray, block: Block) -> None:
        """A zero of a band may have met an infinite cell that its window does not read."""
        if not surely_finite(products):
            convolve_block(x, w, bias, axes, groups, out, block)

    share_out(work, _blocks(w, axes, groups, len(x), band, seconds), seconds)


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
    height, step = window_reach(axes, block)[0], tap_steps(axes, block)[1]
    first_row, first_column = block_start(axes, block)
    inside, rows = overlap(first_row, block.rows.step, height, x.shape[2])
    cells = x[block.images, :, rows].transpose(2, 1, 3, 0)
    if images > 1 and width < TURNED:
        turned = do.scratch("turned", cells.shape, x.dtype, beside=x)
        do.copyto(turned, cells)
        cells = turned
    channels = x.shape[1] // groups
    cells = cells.reshape(len(cells), groups, channels, *cells.shape[2:]).swapaxes(0, 1)
    shape = (groups, height, axes[1].kernel, channels, width * images)
    lines = do.scratch("lines", shape, x.dtype, beside=x)
    clear_outside(lines, 1, inside, do)
    for n in range(axes[1].kernel):
        line = line_cells(lines[:, inside, n], block)
        first = first_column + n * step
        places, columns = overlap(first, axes[1].stride, width, x.shape[3])
        clear_outside(line, 3, places, do)
        do.copyto(line[..., places, :], cells[..., columns, :])
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
    together = min(max(NARROW // wide, 1), images)
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
    )

"""Convolution as overlapping matrix products: the engine for large maps.

The textbook way (im2col) copies the input kh * kw times. Here only the kw shifts along a row are
copied, in the order row, shift, channel, column. The kh * kw * C lines that one output row needs
then follow one another in memory, and those of the next output row start one input row later. So
the factors of all output rows' products are overlapping views of the same copies.

Where a group has a single kernel, a product with one row would leave BLAS idle. There a *band* of
several output rows is made at once, by a matrix whose rows are the kernel, each shifted down by one
output row:

    k k k . .
    . k k k .       (kernel of 3 rows, a band of 3 output rows, one column)
    . . k k k

BLAS multiplies the zeros too, and is still faster.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.blocks import Block, cut, input_cells, shifted_lines
from kernels.geometry import Axis
from kernels.threads import scratch, share_out

BAND = 8
"""Output rows of a band."""

BLOCK_BYTES = 2 * 2**20
"""Scratch for the shifted copies and the products of one block, to stay in the second-level cache."""

WIDTH = 448
"""Cells of a line at which BLAS runs at full speed; narrower maps are taken several at a time."""


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
    band = min(BAND, rows.output) if kernels == 1 else 1
    matrices = band_matrices(w, groups, rows.stride, band)[:, np.newaxis]

    def work(block: Block) -> None:
        images, some, height, width = block.shape
        mine = slice(block.groups.start * channels, block.groups.stop * channels)
        lines = shifted_lines(
            input_cells(x[block.images, mine], axes, block, ((height-1)*rows.stride+rows.kernel, (width-1)*columns.stride+columns.effective_kernel)), columns, width, some
        )
        mine = slice(block.groups.start * kernels, block.groups.stop * kernels)
        target = out[block.images, mine, block.rows, block.columns]
        # To (groups, rows, kernels, columns, images), the order of the products.
        target = target.reshape(images, some, kernels, height, width).transpose(1, 3, 2, 4, 0)
        products = scratch("products", target.shape, x.dtype)
        whole = height // band * band
        for first, last, high in ((0, whole, band), (whole, height, height - whole)):
            if first < last:
                reach = ((high - 1) * rows.stride + rows.kernel) * columns.kernel * channels
                factors = np.ndarray(
                    (some, (last - first) // high, reach, width * images),
                    x.dtype,
                    lines,
                    first * rows.stride * lines.strides[1],
                    (lines.strides[0], lines.strides[1] * rows.stride * high, lines.strides[3], x.itemsize),
                )
                np.matmul(
                    matrices[block.groups, :, : high * kernels, :reach],
                    factors,
                    out=products[:, first:last].reshape(
                        some, (last - first) // high, high * kernels, width * images
                    ),
                )
        if bias is None:
            target[...] = products
        else:
            np.add(products, bias[mine].reshape(some, 1, kernels, 1, 1), out=target)

    blocks = cut(
        (len(x), rows.output, columns.output),
        groups,
        _most(w, axes, groups, len(x)),
        band,
        (rows.dilation, 1),
    )
    share_out(work, blocks, seconds)


def _most(
    w: np.ndarray, axes: Sequence[Axis], groups: int, images: int
) -> tuple[int, int, int, int]:
    """Images, groups, rows and columns of a block, for its copies to fit in the cache."""
    rows, columns = axes
    wide = min(columns.output, 4 * WIDTH)
    together = min(max(WIDTH // wide, 1), images)
    line_bytes = wide * together * w.itemsize
    in_bytes, out_bytes = w[0, :, 0].size * line_bytes, len(w) // groups * line_bytes
    fit = (BLOCK_BYTES - in_bytes * rows.kernel) // (in_bytes * rows.stride + out_bytes)
    high = min(max(fit, 2 * rows.kernel), rows.output)
    reach = (high - 1) * rows.stride + rows.kernel
    return together, max(BLOCK_BYTES // (in_bytes * reach + out_bytes * high), 1), high, wide

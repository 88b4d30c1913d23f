"""Convolution by im2col: every window becomes a column of one matrix, and one product does it all.

The way for what the other ways are not made for: narrow maps, large strides, tiny pictures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.engine.blocks import Block, cut, input_cells, tap_steps, window_reach, write
from kernels.engine.threads import NOW, Later, fewest_blocks, share_out
from kernels.geometry import Axis

BLOCK_BYTES = 2 * 2**20
"""Scratch for the columns and the products of one block: it should stay in the cache."""

WIDTH = 200
"""Columns below which a product does not run at full speed, however much scratch they take."""


def convolve_by_columns(
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
    size = (len(x), axes[0].output, axes[1].output)
    most = max(BLOCK_BYTES // ((w[0].size + len(w) // groups) * x.itemsize), WIDTH)
    maps = max(most // (size[1] * size[2]), 1)
    some = min(maps, groups)
    blocks = cut(
        size,
        groups,
        (maps // some, some, most // size[2], most),
        fewest_blocks(seconds),
        apart=(axes[0].dilation, 1),
    )

    def work(block: Block, do: Later) -> None:
        convolve_block(x, w, bias, axes, groups, out, block, do)

    share_out(work, blocks, seconds)


def convolve_block(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[Axis],
    groups: int,
    out: np.ndarray,
    block: Block,
    do: Later = NOW,
) -> None:
    """Write one block of a convolution to `out`."""
    rows, columns = axes
    channels, kernels = w.shape[1], len(w) // groups
    images, some, height, width = block.shape
    cells = input_cells(x[:, block.channels(channels)], axes, block, window_reach(axes, block), do)
    down, channel, across, image = cells.strides
    steps = tap_steps(axes, block)
    # A window is a view of the cells; so are all of them, one tap of every window in a line.
    windows = as_strided(
        cells,
        (some * channels, rows.kernel, columns.kernel, height, width, images),
        (
            channel,
            down * steps[0],
            across * steps[1],
            down * rows.stride,
            across * columns.stride,
            image,
        ),
    )
    matrix = do.scratch("columns", windows.shape, x.dtype)
    do.copyto(matrix, windows)
    products = do.scratch("products", (some, kernels, height * width * images), x.dtype)
    weights = w[block.channels(kernels)].reshape(some, kernels, -1)
    do.matmul(weights, matrix.reshape(some, weights.shape[2], -1), out=products)
    write(products, bias, out, block, kernels, do)


def convolve_pointwise(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[Axis],
    groups: int,
    out: np.ndarray,
    seconds: float = 0.0,
) -> None:
    """Write a 1 x 1 convolution to `out`: at every place, a matrix times the channels there.

    Nothing needs to be copied: the input is the right-hand factor as it stands.
    """
    kernels = len(w) // groups
    area = out.shape[2] * out.shape[3]
    weights = w.reshape(groups, kernels, -1)
    places = x.reshape(len(x), groups, -1, area)
    flat = out.reshape(len(x), len(w), 1, area)

    def work(block: Block, do: Later) -> None:
        images, some, _, width = block.shape
        products = do.scratch("products", (images, some, kernels, width), x.dtype)
        factors = places[block.images, block.groups, :, block.columns]
        do.matmul(weights[block.groups], factors, out=products)
        write(products.transpose(1, 2, 3, 0), bias, flat, block, kernels, do)

    blocks = cut((len(x), 1, area), groups, (1, groups, 1, 8 * WIDTH))
    share_out(work, blocks, seconds)

"""Convolution by im2col: every window becomes a column of one matrix, and one product does it all.

The way for what the other ways are not made for: narrow maps, large strides, tiny pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.engine.blocks import (
    Block,
    cut,
    input_cells,
    surely_finite,
    tap_steps,
    window_reach,
    write,
)
from kernels.engine.threads import NOW, Later, fewest_blocks, first_share, share_out
from kernels.layers.geometry import Axis

BLOCK_BYTES = 4 * 2**20
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
        share=first_share(seconds),
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


def mend(values: np.ndarray, *layer: Any) -> None:
    """Compute a block plainly, with the arguments of `convolve_block`, if values are not finite."""
    if not surely_finite(values):
        convolve_block(*layer)


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

    The input is the right-hand factor as it stands, and the product the output. Where the input is
    smaller than the output, a bias is one more weight, of a line of ones: to copy the input to
    beside them is quicker than to add to the output another time.
    """
    channels, kernels = w.shape[1], len(w) // groups
    area = out.shape[2] * out.shape[3]
    as_weight = bias is not None and channels < kernels
    weights = with_bias(w, bias if as_weight else None, groups)
    places = x.reshape(len(x), groups, -1, area)
    flat = out.reshape(len(x), groups, kernels, area)

    def work(block: Block, do: Later) -> None:
        some = (block.images, block.groups, slice(None), block.rows)
        factors, target = places[some], flat[some]
        if as_weight:
            shape = (*factors.shape[:2], channels + 1, factors.shape[3])
            factors = do.scratch("factors", shape, x.dtype, beside=x)
            do.copyto(factors[:, :, :-1], places[some])
            do.copyto(factors[:, :, -1], 1)
        do.matmul(weights[block.groups], factors, out=target)
        if bias is not None and not as_weight:
            shared = bias[block.channels(kernels)].reshape(-1, kernels, 1)
            do.add(target, shared, out=target)

    blocks = cut(
        (len(x), area, 1),
        groups,
        (1, groups, 8 * WIDTH, 1),
        fewest_blocks(seconds),
        16,
        share=first_share(seconds),
    )
    share_out(work, blocks, seconds)


def with_bias(w: np.ndarray, bias: np.ndarray | None, groups: int) -> np.ndarray:
    """The kernels as the rows of a matrix (groups, kernels, taps), and the bias one more tap.

    >>> with_bias(np.ones((2, 1, 1, 2)), np.array([3.0, 4.0]), groups=1)
    array([[[1., 1., 3.],
            [1., 1., 4.]]])
    """
    rows = w.reshape(len(w), -1)
    if bias is not None:
        rows = np.concatenate([rows, bias[:, np.newaxis]], axis=1)
    return rows.reshape(groups, len(w) // groups, -1)

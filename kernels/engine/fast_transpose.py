"""Two-dimensional transposed convolution at full speed, by what its strides make of it.

`kernels.ops.conv_transpose` says what it is and can compute any of them plainly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kernels.engine.blocks import Block, cut
from kernels.engine.fast_conv import PRODUCT, WRITTEN, fast_convolve2d
from kernels.engine.threads import Later, fewest_blocks, share_out
from kernels.layers.geometry import Axis
from kernels.layers.transposed import TransposedAxis

PLACES = 3200
"""Input cells of a block: BLAS runs at full speed with half as many, but then blocks are many."""


def fast_conv_transpose2d(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[TransposedAxis],
    groups: int,
    out: np.ndarray,
) -> bool:
    """Write the transposed convolution of a batch to `out`, if there is a fast way for it.

    >>> x, w = np.array([[[[1.0, 2.0]]]]), np.array([[[[1.0, 10.0]]]])
    >>> axes = TransposedAxis(input=1, kernel=1), TransposedAxis(input=2, kernel=2, stride=2)
    >>> out = np.empty((1, 1, 1, 4))
    >>> fast_conv_transpose2d(x, w, None, axes, 1, out), out[0, 0]
    (True, array([[ 1., 10.,  2., 20.]]))

    Parameters
    ----------
    x : (N, C, H, W); it and all other arrays are of one type, float32 or float64.
    w : (C, K / groups, kh, kw).
    bias : (K,) or None.
    axes : where the kernels land along rows and columns.
    out : (N, K, H_out, W_out), not overlapping `x`.

    Returns whether there is one; if not, nothing was written.
    """
    if all(axis.stride == 1 for axis in axes):
        _convolve_back(x, w, bias, axes, groups, out)
    elif out.flags.c_contiguous and all(_tiles_output(axis) for axis in axes):
        _interleave(x, w, bias, groups, out)
    else:
        return False
    return True


def _tiles_output(axis: TransposedAxis) -> bool:
    """Whether the kernels' copies lie side by side and cover the output, every cell once."""
    return (
        axis.stride == axis.kernel
        and axis.before == 0
        and (axis.dilation == 1 or axis.kernel == 1)
        and axis.output == axis.input * axis.kernel
    )


def _convolve_back(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[TransposedAxis],
    groups: int,
    out: np.ndarray,
) -> None:
    """At stride 1, each output cell sums a window of the input under the kernel turned round."""
    channels, kernels, height, width = len(w) // groups, *w.shape[1:]
    turned = w.reshape(groups, channels, kernels, height, width)[..., ::-1, ::-1].swapaxes(1, 2)
    turned = np.ascontiguousarray(turned).reshape(-1, channels, height, width)
    windows, kept = [], []
    for axis in axes:
        before = axis.effective_kernel - 1 - axis.before
        after = axis.output - axis.input + axis.effective_kernel - 1 - before
        # Where more is cropped from the output than one cell spreads over, cells are not needed.
        kept.append(slice(max(-before, 0), axis.input - max(-after, 0)))
        size = len(range(*kept[-1].indices(axis.input)))
        windows.append(Axis(size, axis.kernel, 1, max(before, 0), max(after, 0), axis.dilation))
    x = x[:, :, kept[0], kept[1]]
    if 0 in x.shape[2:]:
        # Everything but output_padding is cropped: no input cell reaches the output.
        out[...] = 0 if bias is None else bias.reshape(-1, 1, 1)
        return
    fast_convolve2d(x, turned, bias, windows, groups, out)


def _interleave(
    x: np.ndarray, w: np.ndarray, bias: np.ndarray | None, groups: int, out: np.ndarray
) -> None:
    """At a stride of the kernel's size, each output cell is one product: they only need sorting.

    One matrix product gives all of them, kernel cell by kernel cell; each kernel cell's picture is
    then written to every stride-th row and column of the output.
    """
    images, channels, height, width = x.shape
    kernels, down, across = w.shape[1:]
    # (K / groups * kernel cells, C / groups) of each group.
    matrices = np.ascontiguousarray(w.reshape(groups, channels // groups, -1).swapaxes(1, 2))
    places = x.reshape(images, groups, channels // groups, height * width)
    seconds = 1e-9 * out.size * (PRODUCT * channels // groups + 2 * WRITTEN) * x.itemsize / 4

    def work(block: Block, do: Later) -> None:
        _, some, rows, _ = block.shape
        first, last = block.rows.start, block.rows.stop
        products = do.scratch("products", (some, kernels * down * across, rows * width), x.dtype)
        factors = places[block.images.start, block.groups, :, first * width : last * width]
        do.matmul(matrices[block.groups], factors, out=products)
        channel = block.channels(kernels)
        products = products.reshape(some * kernels, down, across, rows, width)
        if bias is not None:
            shared = bias[channel, np.newaxis, np.newaxis, np.newaxis, np.newaxis]
            do.add(products, shared, out=products)
        target = out[block.images.start, channel, first * down : last * down]
        # (K, rows, kernel rows, columns, kernel columns), one kernel column at a time.
        target = target.reshape(some * kernels, rows, down, width, across)
        for column in range(across):
            do.copyto(target[..., column], products[:, :, column].swapaxes(1, 2))

    most = (1, groups, max(PLACES // width, 1), width)
    share_out(work, cut((images, height, width), groups, most, fewest_blocks(seconds)), seconds)

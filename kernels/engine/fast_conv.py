"""Two-dimensional convolution at full speed: several ways to the same numbers, and which to take.

`kernels.ops.conv` says what a convolution is and can compute any of them plainly. The ways here
take pictures with nothing but zeros around them. Each is the fastest somewhere: `costs` counts
where.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from kernels.engine.bands import band_height, convolve_in_bands
from kernels.engine.columns import convolve_by_columns, convolve_pointwise
from kernels.engine.small_conv import SmallConvolution
from kernels.engine.threads import worth_sharing
from kernels.engine.winograd import winograd
from kernels.layers.geometry import Axis

Convolution = Callable[[np.ndarray, np.ndarray, "np.ndarray | None", np.ndarray], None]

# The crossovers: nanoseconds on one thread for float32 (twice as many for float64). They are
# measured; only their ratios matter, and those are much the same on every machine.
START = {"small": 0, "pointwise": 3e4, "columns": 4e4, "bands": 6e4, "winograd": 1e5}
SMALL = 2**18  # cells of scratch, beyond which "small" is not thought of
PICTURE = 5e3  # one picture of a batch, where they are taken one by one
PRODUCT = 0.0175  # a multiplication with its addition, in a large matrix product
COPIED = 0.26  # a cell copied to a matrix of columns
COPIED_APART = 0.55  # the same where a stride leaves out cells between
SHIFTED = 0.37  # a cell copied to shifted lines
SHIFTED_APART = 1.5  # the same where a stride leaves out cells between
SUMMED = 14.0  # the 16 sums of a tile, for one channel in or out
KERNEL_SUMMED = 30.0  # the 16 sums of one channel of one kernel, which one thread makes
WRITTEN = 0.2  # an output cell
GAINED = 1.6  # times that two threads are faster than one


def fast_convolve2d(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[Axis],
    groups: int,
    out: np.ndarray,
) -> None:
    """Write the convolution of a batch to `out`, the fastest way.

    >>> x, w = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 3, 3))
    >>> out = np.empty((1, 1, 3, 3))
    >>> fast_convolve2d(x, w, None, [Axis(input=3, kernel=3, before=1, after=1)] * 2, 1, out)
    >>> out[0, 0, 0]
    array([ 8., 15., 12.])

    Parameters
    ----------
    x : (N, C, H, W); it and all other arrays are of one type, float32 or float64.
    w : (K, C / groups, kh, kw).
    bias : (K,) or None.
    axes : where the windows stand along rows and columns; padding cells are zero.
    out : (N, K, H_out, W_out), not overlapping `x`.
    """
    fast_convolution(x.shape, w.shape, axes, groups, x.dtype)(x, w, bias, out)


def fast_convolution(
    input_shape: Sequence[int],
    weight_shape: Sequence[int],
    axes: Sequence[Axis],
    groups: int,
    dtype: Any,
    way: str | None = None,
) -> Convolution:
    """Choose the way for arrays of these shapes: a function of x, w, bias and out.

    way : take this one, whatever it costs.
    """
    if 0 in input_shape:
        return lambda x, w, bias, out: None
    cost = costs(input_shape, weight_shape, axes, groups, dtype)
    way = way or fastest(cost)
    if way == "small":
        return SmallConvolution(input_shape[1], weight_shape[0], groups, axes, dtype)
    ways = {
        "pointwise": convolve_pointwise,
        "columns": convolve_by_columns,
        "bands": convolve_in_bands,
        "winograd": winograd,
    }

    seconds = cost.get(way, 0.0) * 1e-9

    def convolve(x: np.ndarray, w: np.ndarray, bias: np.ndarray | None, out: np.ndarray) -> None:
        target = out if out.flags.c_contiguous else np.empty(out.shape, out.dtype)
        ways[way](x, w, bias, axes, groups, target, seconds)
        if target is not out:
            out[...] = target

    return convolve


def fastest(cost: dict[str, float]) -> str:
    """Name the way that is done first, on two threads where it uses them.

    >>> fastest({"small": 9e3, "columns": 5e4}), fastest({"columns": 3e6, "bands": 2e6})
    ('small', 'bands')
    """

    def elapsed(way: str) -> float:
        shared = way != "small" and worth_sharing(cost[way] * 1e-9)
        return cost[way] / GAINED if shared else cost[way]

    return min(cost, key=elapsed)


def costs(
    input_shape: Sequence[int],
    weight_shape: Sequence[int],
    axes: Sequence[Axis],
    groups: int,
    dtype: Any = np.float32,
) -> dict[str, float]:
    """Predict how many nanoseconds each way takes on one thread; ways that cannot are left out.

    >>> axes = [Axis(input=224, kernel=3, before=1, after=1)] * 2
    >>> colours = costs((1, 3, 224, 224), (64, 3, 3, 3), axes, groups=1)
    >>> features = costs((1, 64, 224, 224), (64, 64, 3, 3), axes, groups=1)
    >>> fastest(colours), fastest(features)
    ('bands', 'winograd')
    """
    rows, columns = axes
    images, channels = input_shape[:2]
    kernels, depth, *kernel = weight_shape
    each, taps = kernels // groups, math.prod(kernel)
    area = rows.output * columns.output
    unstrided = rows.stride == columns.stride == 1
    multiplications = images * area * kernels * depth * taps

    def products(count: float, high: int, wide: int) -> float:
        """Multiply matrices so many rows high by lines so wide: BLAS likes neither to be small."""
        return PRODUCT * count * (1 + 4 / high) * (1 + 8 / wide)

    written = WRITTEN * images * kernels * area
    found = {
        "columns": products(multiplications, each, 200)
        + (COPIED if unstrided else COPIED_APART) * images * channels * taps * area
        + written
    }
    # "small" makes a column for every place of the padded picture, and all of them at once.
    places = rows.padded * columns.padded if unstrided else area
    if (channels * taps + kernels) * places <= SMALL:
        found["small"] = (
            images * PICTURE
            + products(multiplications * places / area, each, places)
            + COPIED * images * channels * taps * places
            + written
        )
    band = band_height(axes, each)
    waste = ((band - 1) * rows.stride + rows.kernel) / rows.kernel  # zeros multiplied as well
    found["bands"] = (
        products(multiplications * waste, each * band, columns.output * min(images, 4))
        + (SHIFTED if columns.stride == 1 else SHIFTED_APART)
        * (images * channels * columns.kernel * rows.padded * columns.output)
        + written
    )
    if taps == 1 and unstrided and rows.padded == rows.input and columns.padded == columns.input:
        found["pointwise"] = images * PICTURE + products(multiplications, each, area) + written
    square = rows.stride * columns.stride
    threefold = all(2 * axis.stride < axis.kernel <= 3 * axis.stride for axis in axes)
    if threefold and np.dtype(dtype) == np.float32 and min(each, depth * square) >= 32:
        tiles = images * math.prod(-(-axis.output // 2) for axis in axes)
        found["winograd"] = (
            products(16 * tiles * kernels * depth * square, each, 400)
            + SUMMED * tiles * (channels * square + kernels)
            + KERNEL_SUMMED * kernels * depth * square
            + START["winograd"] * (rows.dilation * columns.dilation - 1)  # more and smaller blocks
        )
    doubled = np.dtype(dtype).itemsize / 4
    return {way: START[way] + doubled * cost for way, cost in found.items()}

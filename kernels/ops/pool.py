"""Pooling: one number for each window of each channel, whichever kind, over 1 to 3 axes.

What a kind makes of a window stands in its row of `kernels.layers.pool_kinds`. The functions with a
kind's name have torch's arguments and order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kernels.engine.fast_pool import fast_pool2d, has_fast_way
from kernels.engine.plan import pooling_spec
from kernels.layers.geometry import Axis
from kernels.layers.pool_kinds import POOL_KINDS, PoolKind
from kernels.layers.spec import PoolSpec
from kernels.ops.conv import windows_view
from kernels.ops.padding import pad_input
from kernels.ops.pool_windows import (
    cells_present,
    combine_windows,
    pooling_arrays,
    window_divisors,
    window_size,
    winner_indices,
)

SCRATCH_BYTES = 4 * 2**20
"""Scratch for the windows of one block of output rows, where a kind needs whole windows."""


def pool_layer(input: Any, layer: PoolSpec, *, out: np.ndarray | None = None) -> np.ndarray:
    """Pool maps by a layer, of any kind and of 1 to 3 axes.

    >>> x = np.arange(9.0).reshape(1, 3, 3)
    >>> pool_layer(x, PoolSpec(2, 1)).tolist(), pool_layer(x, PoolSpec(2, 1, kind="avg")).tolist()
    ([[[4.0, 5.0], [7.0, 8.0]]], [[[2.0, 3.0], [5.0, 6.0]]])
    >>> pool_layer([[3, 4, 6, -8]], PoolSpec((2,), kind="lp", norm_type=2))
    array([[ 5., 10.]])

    Parameters
    ----------
    input : (C, *size) or (N, C, *size), with as many axes for the size as the layer has
    layer : what to pool by
    out : array of the result's shape and type to write to

    Raises ShapeError.
    """
    kind = POOL_KINDS[layer.kind]
    x, axes, result, batch = pooling_arrays(layer, input, out)
    counting = (layer.count_include_pad, layer.divisor_override) if kind.takes_divisor else None
    if kind.combine is None:
        _reduce_windows(kind, pad_input(x, axes, "constant", kind.absent), axes, batch)
    elif kind.term is kind.finish is None and has_fast_way(axes, batch):
        fast_pool2d(kind.combine, x, axes, batch, counting)
    else:
        terms = kind.terms(pad_input(x, axes, "constant", kind.absent), layer.norm_type)
        combine_windows(kind.combine, terms, axes, batch)
        if counting is not None or kind.finish is not None:
            divisors = window_divisors(axes, *counting).astype(batch.dtype) if counting else 1
            batch[...] = kind.finished(batch, divisors, layer.norm_type)
    return result


def max_pool(
    rank: int,
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
    *,
    out: np.ndarray | None = None,
) -> Any:
    """Keep the largest number of each window of inputs of `rank` axes.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size); padding is minus infinity, so it never wins.
    kernel_size, stride, padding, dilation : a whole number or one an axis; stride defaults to
        kernel_size; padding at most kernel_size // 2 per side, dilation not counted, also as
        (before, after) pairs.
    ceil_mode : a last window may hang over the end, unless it would start in the padding there.
    return_indices : also return where in its plane (row * W + column) each winner stands; the
        first one where several tie, -1 for a window over padding alone.
    out : array of the result's shape and type to write to.

    Returns (N, C, *output), without N if the input had none, or that and an int64 array of
    the same shape. Raises ShapeError. Source: torch.nn.functional.
    """
    layer = pooling_spec(window_size(kernel_size, rank), stride, padding, dilation, ceil_mode)
    if not return_indices:
        return pool_layer(input, layer, out=out)
    x, axes, result, batch = pooling_arrays(layer, input, out)
    padded = pad_input(x, axes, "constant", -np.inf)
    combine_windows(np.maximum, padded, axes, batch)
    return result, winner_indices(padded, batch, axes).reshape(result.shape)


def min_pool(
    rank: int,
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Keep the smallest number of each window of inputs of `rank` axes.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size); padding is infinity, so it never wins.
    kernel_size, stride, padding, dilation, ceil_mode, out : as in max_pool.

    Returns (N, C, *output), without N if the input had none. Raises ShapeError. torch has no
    such function; it is minus the max pooling of minus the input.
    """
    window = window_size(kernel_size, rank)
    layer = pooling_spec(window, stride, padding, dilation, ceil_mode, True, None, "min")
    return pool_layer(input, layer, out=out)


def median_pool(
    rank: int,
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Take the median of each window of inputs of `rank` axes: half its numbers are smaller.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size).
    kernel_size, stride, padding, dilation, ceil_mode, out : as in max_pool.

    Of an even number of cells it is the mean of the two in the middle. Padding cells are absent: a
    corner's median is that of the cells present. A window over padding alone, or over something
    that is not a number, gives NaN. Returns (N, C, *output), without N if the input had none.
    Raises ShapeError. torch has no such function.
    """
    window = window_size(kernel_size, rank)
    layer = pooling_spec(window, stride, padding, dilation, ceil_mode, True, None, "median")
    return pool_layer(input, layer, out=out)


def avg_pool(
    rank: int,
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    dilation: Any = 1,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Take the mean of each window of inputs of `rank` axes.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size); padding is zero.
    kernel_size, stride, padding, ceil_mode, out : as in max_pool.
    count_include_pad : whether padding cells count in the divisor; cells beyond the padding, over
        which ceil_mode lets a window hang, never do.
    divisor_override : divide by this number instead.
    dilation : as in max_pool; ours, torch has none here.

    Returns (N, C, *output), without N if the input had none. Raises ShapeError. Source:
    torch.nn.functional.
    """
    window, counting = window_size(kernel_size, rank), (count_include_pad, divisor_override)
    layer = pooling_spec(window, stride, padding, dilation, ceil_mode, *counting, "avg")
    return pool_layer(input, layer, out=out)


def lp_pool(
    rank: int,
    input: Any,
    norm_type: float,
    kernel_size: Any,
    stride: Any = None,
    ceil_mode: bool = False,
    padding: Any = 0,
    dilation: Any = 1,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Take the p-norm of each window of inputs of `rank` axes: the root of the sum of p-th powers.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size).
    norm_type : the power p, a number above 0: 1 sums, 2 is the length, and the larger p, the
        nearer to the largest number.
    kernel_size, stride, ceil_mode, out : as in max_pool.
    padding, dilation : as in max_pool; ours, torch has neither here.

    The sum is of |x| ** p over the cells present. torch leaves out the | |, so that its odd powers
    of negative numbers cancel or give NaN; and where ceil_mode clips a window, torch multiplies the
    mean of the cells present by the number of cells of a whole window, which counts too much.
    Returns (N, C, *output), without N if the input had none. Raises ShapeError. Source:
    torch.nn.functional; ONNX LpPool.
    """
    window = window_size(kernel_size, rank)
    layer = pooling_spec(window, stride, padding, dilation, ceil_mode, True, None, "lp", norm_type)
    return pool_layer(input, layer, out=out)


def _reduce_windows(
    kind: PoolKind, padded: np.ndarray, axes: Sequence[Axis], batch: np.ndarray
) -> None:
    """Write what a kind makes of whole windows, one block of output rows at a time."""
    windows, present = windows_view(padded, axes), cells_present(axes)
    taps = math.prod(axis.kernel for axis in axes)
    rows = max(SCRATCH_BYTES // (present[0].size * taps * padded.itemsize), 1)
    assert kind.reduce is not None
    for n, channel in np.ndindex(*padded.shape[:2]):
        for first in range(0, len(present), rows):
            some = slice(first, first + rows)
            cells = windows[n, channel, some].reshape(*present[some].shape, taps)
            batch[n, channel, some] = kind.reduce(cells, present[some])

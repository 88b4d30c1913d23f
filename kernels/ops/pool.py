"""Max and average pooling: one number for each window of each channel, torch's semantics."""

from __future__ import annotations

from typing import Any

import numpy as np

from kernels.engine.fast_pool import fast_pool2d, has_fast_way
from kernels.engine.plan import pooling_spec
from kernels.layers.spec import PoolSpec
from kernels.ops.padding import pad_input
from kernels.ops.pool_windows import (
    combine_windows,
    pooling_arrays,
    window_divisors,
    window_size,
    winner_indices,
)


def max_pool1d(
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
    """Keep the largest number of each window of one-dimensional inputs.

    >>> max_pool1d([[3, 1, 4, 1, 5, 9]], 2)
    array([[3., 4., 9.]])
    >>> max_pool1d([[3, 1, 4, 1, 5, 9]], 3, stride=2, padding=1, return_indices=True)
    (array([[3., 4., 9.]]), array([[0, 2, 5]]))

    input: (N, C, L) or (C, L). All else as in max_pool2d; indices are places along L. Source:
    torch.nn.functional.max_pool1d.
    """
    return _max_pool(
        1, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, out
    )


def max_pool2d(
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
    """Keep the largest number of each window.

    >>> picture = [[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]]
    >>> max_pool2d(picture, 2)
    array([[[6., 8.],
            [3., 4.]]])
    >>> max_pool2d(-np.ones((1, 3, 3)), 3, stride=2, padding=1)[0, 0]
    array([-1., -1.])

    Parameters
    ----------
    input : (N, C, H, W) or (C, H, W); padding is minus infinity, so it never wins.
    kernel_size, stride, padding, dilation : a whole number or one an axis; stride defaults to
        kernel_size; padding at most kernel_size // 2 per side, dilation not counted, also as
        (before, after) pairs.
    ceil_mode : a last window may hang over the end, unless it would start in the padding there.
    return_indices : also return where in its plane (row * W + column) each winner stands; the
        first one where several tie, -1 for a window over padding alone.
    out : array of the result's shape and type to write to.

    Returns (N, C, H_out, W_out), or that and an int64 array of the same shape. Raises ShapeError.
    Source: torch.nn.functional.max_pool2d.
    """
    return _max_pool(
        2, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, out
    )


def max_pool3d(
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
    """Keep the largest number of each window of three-dimensional inputs.

    >>> max_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
    array([21., 53.])

    input: (N, C, D, H, W) or (C, D, H, W). All else as in max_pool2d; indices are places in the
    volume, (depth * H + row) * W + column. Source: torch.nn.functional.max_pool3d.
    """
    return _max_pool(
        3, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, out
    )


def _max_pool(
    rank: int,
    input: Any,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    ceil_mode: bool,
    return_indices: bool,
    out: np.ndarray | None,
) -> Any:
    spec = pooling_spec(window_size(kernel_size, rank), stride, padding, dilation, ceil_mode)
    x, axes, result, batch = pooling_arrays(spec, input, out)
    if not return_indices and has_fast_way(axes, batch):
        fast_pool2d(np.maximum, x, axes, batch)
        return result
    padded = pad_input(x, axes, "constant", -np.inf)
    combine_windows(np.maximum, padded, axes, batch)
    if not return_indices:
        return result
    return result, winner_indices(padded, batch, axes).reshape(result.shape)


def avg_pool1d(
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
    """Take the mean of each window of one-dimensional inputs.

    >>> avg_pool1d([[3, 1, 4, 1, 5, 9]], 2)
    array([[2. , 2.5, 7. ]])

    input: (N, C, L) or (C, L). All else as in avg_pool2d; divisor_override and dilation are ours,
    torch has neither here. Source: torch.nn.functional.avg_pool1d.
    """
    spec = pooling_spec(
        window_size(kernel_size, 1),
        stride,
        padding,
        dilation,
        ceil_mode,
        count_include_pad,
        divisor_override,
        "avg",
    )
    return _avg_pool(spec, input, out)


def avg_pool2d(
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
    """Take the mean of each window.

    >>> avg_pool2d([[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]], 2)
    array([[[3.25, 5.25],
            [2.  , 2.  ]]])
    >>> corner = np.array([[[1.0, 2.0], [3.0, 4.0]]])
    >>> round(float(avg_pool2d(corner, 3, 1, 1)[0, 0, 0]), 3)
    1.111
    >>> float(avg_pool2d(corner, 3, 1, 1, count_include_pad=False)[0, 0, 0])
    2.5

    Parameters
    ----------
    input : (N, C, H, W) or (C, H, W); padding is zero.
    kernel_size, stride, padding, ceil_mode, out : as in max_pool2d.
    count_include_pad : whether padding cells count in the divisor; cells beyond the padding, over
        which ceil_mode lets a window hang, never do.
    divisor_override : divide by this number instead.
    dilation : as in max_pool2d; ours, torch has none here.

    Returns (N, C, H_out, W_out). Raises ShapeError. Source: torch.nn.functional.avg_pool2d.
    """
    spec = pooling_spec(
        window_size(kernel_size, 2),
        stride,
        padding,
        dilation,
        ceil_mode,
        count_include_pad,
        divisor_override,
        "avg",
    )
    return _avg_pool(spec, input, out)


def avg_pool3d(
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
    """Take the mean of each window of three-dimensional inputs.

    >>> avg_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
    array([10.5, 42.5])

    input: (N, C, D, H, W) or (C, D, H, W). All else as in avg_pool2d. Source:
    torch.nn.functional.avg_pool3d.
    """
    spec = pooling_spec(
        window_size(kernel_size, 3),
        stride,
        padding,
        dilation,
        ceil_mode,
        count_include_pad,
        divisor_override,
        "avg",
    )
    return _avg_pool(spec, input, out)


def _avg_pool(spec: PoolSpec, input: Any, out: np.ndarray | None) -> np.ndarray:
    x, axes, result, batch = pooling_arrays(spec, input, out)
    counting = spec.count_include_pad, spec.divisor_override
    if has_fast_way(axes, batch):
        fast_pool2d(np.add, x, axes, batch, counting)
        return result
    combine_windows(np.add, pad_input(x, axes), axes, batch)
    result /= window_divisors(axes, *counting).astype(result.dtype)
    return result

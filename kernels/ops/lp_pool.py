"""Lp pooling: the p-norm of each window."""

from __future__ import annotations

from typing import Any

import numpy as np

from kernels.layers.spec import PoolSpec
from kernels.ops.padding import pad_input
from kernels.ops.pool_windows import combine_windows, pooling_arrays, window_size


def lp_pool1d(
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
    """Take the p-norm of each window of one-dimensional inputs.

    >>> lp_pool1d([[3, 4, 6, -8]], norm_type=2, kernel_size=2)
    array([[ 5., 10.]])

    input: (N, C, L) or (C, L). All else as in lp_pool2d. Source: torch.nn.functional.lp_pool1d.
    """
    return _lp_pool(1, input, norm_type, kernel_size, stride, ceil_mode, padding, dilation, out)


def lp_pool2d(
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
    """Take the p-norm of each window: the p-th root of the sum of its numbers' p-th powers.

    >>> lp_pool2d([[[3, 4, -6], [0, 0, 8]]], norm_type=2, kernel_size=(2, 1))
    array([[[ 3.,  4., 10.]]])
    >>> lp_pool2d([[[3, 4, -6], [0, 0, 8]]], norm_type=1, kernel_size=2, ceil_mode=True)
    array([[[ 7., 14.]]])

    Parameters
    ----------
    input : (N, C, H, W) or (C, H, W).
    norm_type : the power p, a number above 0: 1 sums, 2 is the length, and the larger p, the
        nearer to the largest number.
    kernel_size, stride, ceil_mode, out : as in max_pool2d.
    padding, dilation : as in max_pool2d; ours, torch has neither here.

    The sum is of |x| ** p over the cells present. torch leaves out the | |, so that its odd powers
    of negative numbers cancel or give NaN; and where ceil_mode clips a window, torch multiplies the
    mean of the cells present by the number of cells of a whole window, which counts too much.
    Returns (N, C, H_out, W_out). Raises ShapeError. Source: torch.nn.functional.lp_pool2d; ONNX
    LpPool.
    """
    return _lp_pool(2, input, norm_type, kernel_size, stride, ceil_mode, padding, dilation, out)


def lp_pool3d(
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
    """Take the p-norm of each window of three-dimensional inputs.

    >>> lp_pool3d(np.ones((1, 4, 4, 4)), norm_type=3, kernel_size=2)[0, 0]
    array([[2., 2.],
           [2., 2.]])

    input: (N, C, D, H, W) or (C, D, H, W). All else as in lp_pool2d. Source:
    torch.nn.functional.lp_pool3d.
    """
    return _lp_pool(3, input, norm_type, kernel_size, stride, ceil_mode, padding, dilation, out)


def _lp_pool(
    rank: int,
    input: Any,
    norm_type: float,
    kernel_size: Any,
    stride: Any,
    ceil_mode: bool,
    padding: Any,
    dilation: Any,
    out: np.ndarray | None,
) -> np.ndarray:
    window = window_size(kernel_size, rank)
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, kind="lp", norm_type=norm_type)
    x, axes, result, batch = pooling_arrays(spec, input, out)
    powers = np.abs(x) ** spec.norm_type
    combine_windows(np.add, pad_input(powers, axes), axes, batch)
    result **= 1 / spec.norm_type
    return result

"""Min and median pooling: the other places in the order of a window's numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from kernels.layers.spec import PoolSpec
from kernels.ops.conv import windows_view
from kernels.ops.padding import pad_input
from kernels.ops.pool_windows import cells_present, combine_windows, pooling_arrays, window_size

SCRATCH_BYTES = 4 * 2**20
"""Scratch that the windows of one block of output rows are sorted in."""


def min_pool1d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Keep the smallest number of each window of one-dimensional inputs.

    >>> min_pool1d([[3, 1, 4, 1, 5, 9]], 2)
    array([[1., 1., 5.]])

    input: (N, C, L) or (C, L). All else as in min_pool2d.
    """
    window = window_size(kernel_size, 1)
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, kind="min")
    return _min_pool(spec, input, out)


def min_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Keep the smallest number of each window.

    >>> picture = [[[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]]
    >>> min_pool2d(picture, 2)
    array([[[1., 2.],
            [1., 0.]]])
    >>> min_pool2d(np.ones((1, 3, 3)), 3, stride=2, padding=1)[0, 0]
    array([1., 1.])

    input: (N, C, H, W) or (C, H, W); padding is infinity, so it never wins. kernel_size, stride,
    padding, dilation, ceil_mode, out: as in max_pool2d. Returns (N, C, H_out, W_out). Raises
    ShapeError. torch has no such function; it is -max_pool2d(-input, ...).
    """
    window = window_size(kernel_size, 2)
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, kind="min")
    return _min_pool(spec, input, out)


def min_pool3d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Keep the smallest number of each window of three-dimensional inputs.

    >>> min_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
    array([ 0., 32.])

    input: (N, C, D, H, W) or (C, D, H, W). All else as in min_pool2d.
    """
    window = window_size(kernel_size, 3)
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, kind="min")
    return _min_pool(spec, input, out)


def median_pool1d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Take the median of each window of one-dimensional inputs.

    >>> median_pool1d([[3, 1, 4, 1, 5, 9]], 3)
    array([[3., 5.]])

    input: (N, C, L) or (C, L). All else as in median_pool2d.
    """
    window = window_size(kernel_size, 1)
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, kind="median")
    return _median_pool(spec, input, out)


def median_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Take the median of each window: half its numbers are smaller, half are larger.

    >>> speck = [[[1, 1, 1, 2], [1, 99, 2, 2], [1, 2, 2, 2]]]
    >>> median_pool2d(speck, 3, stride=1)
    array([[[1., 2.]]])
    >>> median_pool2d([[[1, 2], [4, 99]]], 2)
    array([[[3.]]])
    >>> median_pool2d(speck, 3, stride=1, padding=1)[0, 0]
    array([1., 1., 2., 2.])

    input: (N, C, H, W) or (C, H, W). kernel_size, stride, padding, dilation, ceil_mode, out: as in
    max_pool2d. Of an even number of cells it is the mean of the two in the middle. Padding cells
    are absent: a corner's median is that of the cells present. A window over padding alone, or
    over something that is not a number, gives NaN. Returns (N, C, H_out, W_out). Raises
    ShapeError. torch has no such function.
    """
    window = window_size(kernel_size, 2)
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, kind="median")
    return _median_pool(spec, input, out)


def median_pool3d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Take the median of each window of three-dimensional inputs.

    >>> median_pool3d(np.arange(64).reshape(1, 4, 4, 4), 2)[0, :, 0, 0]
    array([10.5, 42.5])

    input: (N, C, D, H, W) or (C, D, H, W). All else as in median_pool2d.
    """
    window = window_size(kernel_size, 3)
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, kind="median")
    return _median_pool(spec, input, out)


def _min_pool(spec: PoolSpec, input: Any, out: np.ndarray | None) -> np.ndarray:
    x, axes, result, batch = pooling_arrays(spec, input, out)
    combine_windows(np.minimum, pad_input(x, axes, "constant", np.inf), axes, batch)
    return result


def _median_pool(spec: PoolSpec, input: Any, out: np.ndarray | None) -> np.ndarray:
    x, axes, result, batch = pooling_arrays(spec, input, out)
    windows = windows_view(pad_input(x, axes, "constant", np.inf), axes)
    present = cells_present(axes)
    taps = math.prod(spec.kernel_size)
    rows = max(SCRATCH_BYTES // (present[0].size * taps * x.itemsize), 1)
    for n, channel in np.ndindex(*x.shape[:2]):
        for first in range(0, len(present), rows):
            some = slice(first, first + rows)
            cells = windows[n, channel, some].reshape(*present[some].shape, taps)
            batch[n, channel, some] = _middle(cells, present[some])
    return result


def _middle(cells: np.ndarray, present: np.ndarray) -> np.ndarray:
    """The median of each line of cells; those that are absent hold infinity.

    >>> _middle(np.array([[3.0, np.inf, 1, 2], [np.inf, 4, 1, np.inf]]), np.array([3, 2]))
    array([2. , 2.5])
    """
    ordered = np.sort(cells, axis=-1)  # absent cells behind the numbers, and NaN behind them
    low, high = (
        np.take_along_axis(ordered, place[..., np.newaxis], axis=-1)[..., 0]
        for place in (np.maximum(present - 1, 0) // 2, present // 2)
    )
    with np.errstate(invalid="ignore"):  # of infinity and minus infinity there is no mean
        middle = np.where(low == high, low, low / 2 + high / 2)
    middle[np.isnan(ordered[..., -1]) | (present == 0)] = np.nan
    return middle

"""Pooling: one number for each window of each channel, torch.nn.functional's semantics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kernels.geometry import Axis
from kernels.padding import as_batch, pad_input
from kernels.spec import PoolSpec


def max_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
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
        kernel_size; padding at most kernel_size // 2 per side, also as (before, after) pairs.
    ceil_mode : a last window may hang over the end.
    return_indices : also return where in its plane (row * W + column) each winner stands; the
        first one where several tie.

    Returns (N, C, H_out, W_out), or that and an int64 array of the same shape. Raises ShapeError.
    Source: torch.nn.functional.max_pool2d.
    """
    spec = PoolSpec(_square(kernel_size), stride, padding, dilation, ceil_mode, kind="max")
    x, added_batch = as_batch(input, 2)
    axes = spec.axes(x.shape[2:])
    padded = pad_input(x, axes, "constant", -np.inf)
    result = _reduce(np.maximum, padded, axes)
    indices = _winner_indices(padded, result, axes) if return_indices else None
    if added_batch:
        result, indices = result[0], None if indices is None else indices[0]
    return (result, indices) if return_indices else result


def avg_pool2d(
    input: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
    dilation: Any = 1,
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
    kernel_size, stride, padding, dilation, ceil_mode : as in max_pool2d; dilation is ours, torch
        has none here.
    count_include_pad : whether padding cells count in the divisor; cells beyond the padding, over
        which ceil_mode lets a window hang, never do.
    divisor_override : divide by this number instead.

    Returns (N, C, H_out, W_out). Raises ShapeError. Source: torch.nn.functional.avg_pool2d.
    """
    spec = PoolSpec(
        _square(kernel_size),
        stride,
        padding,
        dilation,
        ceil_mode,
        count_include_pad,
        divisor_override,
        kind="avg",
    )
    x, added_batch = as_batch(input, 2)
    axes = spec.axes(x.shape[2:])
    result = _reduce(np.add, pad_input(x, axes), axes)
    divisors = window_divisors(axes, count_include_pad, divisor_override)
    result /= divisors.astype(result.dtype)
    return result[0] if added_batch else result


def window_divisors(
    axes: Sequence[Axis], count_include_pad: bool = True, divisor_override: int | None = None
) -> np.ndarray:
    """Say by which number average pooling divides each window.

    >>> corner = [Axis(input=2, kernel=3, before=1, after=1)] * 2
    >>> window_divisors(corner).tolist(), window_divisors(corner, count_include_pad=False).tolist()
    ([[9, 9], [9, 9]], [[4, 4], [4, 4]])

    Returns whole numbers of the output's size.
    """
    if divisor_override is not None:
        return np.full([axis.output for axis in axes], divisor_override)
    divisors = np.ones((), dtype=int)
    for axis in axes:
        first = 0 if count_include_pad else axis.before
        last = axis.padded if count_include_pad else axis.before + axis.input
        counts = [sum(first <= t < last for t in axis.taps(n)) for n in range(axis.output)]
        divisors = np.multiply.outer(divisors, np.maximum(counts, 1))
    return divisors


def tap_views(padded: np.ndarray, axes: Sequence[Axis]) -> Iterator[np.ndarray]:
    """Yield, for each cell of the window in reading order, that cell of every window at once.

    >>> row = np.arange(5.0)
    >>> [view.tolist() for view in tap_views(row, [Axis(input=5, kernel=2, stride=2)])]
    [[0.0, 2.0], [1.0, 3.0]]
    """
    for tap in np.ndindex(*(axis.kernel for axis in axes)):
        starts = [t * axis.dilation for t, axis in zip(tap, axes, strict=True)]
        cells = tuple(
            slice(start, start + (axis.output - 1) * axis.stride + 1, axis.stride)
            for start, axis in zip(starts, axes, strict=True)
        )
        yield padded[(..., *cells)]


def _reduce(combine: np.ufunc, padded: np.ndarray, axes: Sequence[Axis]) -> np.ndarray:
    """Combine the cells of every window, one cell of all windows at a time."""
    views = tap_views(padded, axes)
    result = next(views).copy()
    for view in views:
        combine(result, view, out=result)
    return result


def _winner_indices(padded: np.ndarray, winners: np.ndarray, axes: Sequence[Axis]) -> np.ndarray:
    """Where in its unpadded plane each window's first winning cell stands (NaN wins)."""
    rows, columns = axes
    plane_rows = np.arange(rows.padded + rows.overhang) - rows.before
    plane_columns = np.arange(columns.padded + columns.overhang) - columns.before
    plane = plane_rows[:, None] * columns.input + plane_columns
    inside = (plane_rows >= 0)[:, None] & (plane_rows < rows.input)[:, None]
    inside = inside & (plane_columns >= 0) & (plane_columns < columns.input)
    indices = np.full(winners.shape, -1, dtype=np.int64)
    cells = zip(
        tap_views(padded, axes), tap_views(plane, axes), tap_views(inside, axes), strict=True
    )
    for value, place, real in cells:
        wins = real & ((value == winners) | np.isnan(value)) & (indices < 0)
        np.copyto(indices, place, where=wins)
    return indices


def _square(kernel_size: Any) -> Any:
    """A lone number as a square window."""
    return kernel_size if isinstance(kernel_size, (tuple, list)) else (kernel_size,) * 2

"""The gradients of max and average pooling: which input cells share in each output number."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from kernels.layers.geometry import Axis
from kernels.layers.spec import PoolSpec
from kernels.ops.conv_backward import output_gradient
from kernels.ops.padding import as_batch, fold_padding, pad_input, result_array
from kernels.ops.pool_windows import (
    combine_windows,
    tap_views,
    window_divisors,
    window_size,
    winner_indices,
)


def max_pool_backward(
    rank: int,
    input: Any,
    grad_output: Any,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Find the gradient of max pooling over `rank` axes: all of it goes to the winners.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size), as the pooling had it.
    grad_output : the gradient of the result, of the result's shape.
    kernel_size, stride, padding, dilation, ceil_mode : as in max_pool.
    out : array of the input's shape and the gradient's type to write to.

    Returns the gradient, of the input's shape. The first of several equal numbers is the winner; a
    window over padding alone has none. Raises ShapeError.
    """
    spec = PoolSpec(window_size(kernel_size, rank), stride, padding, dilation, ceil_mode)
    x, axes, g, result, batch = _arrays(spec, input, grad_output, out)
    padded = pad_input(x, axes, "constant", -np.inf)
    winners = np.empty(g.shape, x.dtype)
    combine_windows(np.maximum, padded, axes, winners)
    planes, cells = math.prod(x.shape[:2]), math.prod(x.shape[2:])
    places = winner_indices(padded, winners, axes).reshape(planes, math.prod(g.shape[2:]))
    # One cell more than the plane has: -1, the place of no winner, is that one.
    grad = np.zeros((planes, cells + 1), g.dtype)
    np.add.at(grad, (np.arange(planes)[:, np.newaxis], places), g.reshape(places.shape))
    batch[...] = grad[:, :-1].reshape(batch.shape)
    return result


def avg_pool_backward(
    rank: int,
    input: Any,
    grad_output: Any,
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
    """Find the gradient of average pooling over `rank` axes: each cell gets its share.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size), as the pooling had it; only its shape and type count.
    grad_output : the gradient of the result, of the result's shape.
    kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override, dilation : as in
        avg_pool.
    out : array of the input's shape and the gradient's type to write to.

    Returns the gradient, of the input's shape. Raises ShapeError.
    """
    window = window_size(kernel_size, rank)
    counting = count_include_pad, divisor_override
    spec = PoolSpec(window, stride, padding, dilation, ceil_mode, *counting, kind="avg")
    _, axes, g, result, batch = _arrays(spec, input, grad_output, out)
    divisors = window_divisors(axes, spec.count_include_pad, spec.divisor_override)
    share = g / divisors.astype(g.dtype)
    shape = (*batch.shape[:2], *(axis.padded + axis.overhang for axis in axes))
    grad = batch if shape == batch.shape else np.empty(shape, g.dtype)
    grad[...] = 0
    for cells in tap_views(grad, axes):
        cells += share
    if grad is not batch:
        batch[...] = fold_padding(grad, axes)
    return result


def _arrays(
    spec: PoolSpec, input: Any, grad_output: Any, out: np.ndarray | None
) -> tuple[np.ndarray, tuple[Axis, ...], np.ndarray, np.ndarray, np.ndarray]:
    """Input and output gradient as (N, C, *size), the input's axes, the result, and the same result
    seen as (N, C, *size).
    """
    x, added_batch = as_batch(input, spec.rank)
    axes = spec.axes(x.shape[2:])
    g = output_gradient(grad_output, (*x.shape[:2], *(a.output for a in axes)), added_batch)
    g = g.astype(np.result_type(x, g), copy=False)
    result = result_array(out, x.shape[1:] if added_batch else x.shape, g.dtype)
    return x, axes, g, result, result.reshape(x.shape)

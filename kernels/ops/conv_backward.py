"""The gradients of a convolution: how its result follows from input, weight and bias, turned round.

With y the result and L any number computed from it, `grad_output` is dL/dy, and the gradients are
dL/dinput, dL/dweight and dL/dbias.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kernels.engine.fast_transpose import fast_conv_transpose2d
from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.transposed import TransposedAxis
from kernels.ops.conv import spec_of_arrays
from kernels.ops.conv_transpose import scatter_products
from kernels.ops.padding import (
    apart_from,
    as_batch,
    as_float,
    fold_padding,
    pad_input,
    result_array,
)
from kernels.ops.pool_windows import tap_views

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray]


def convolve_backward(
    rank: int,
    input: Any,
    weight: Any,
    grad_output: Any,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
    padding_value: float = 0.0,
    out: np.ndarray | None = None,
) -> Gradients:
    """Find the gradients of a convolution over `rank` axes: for its input, weight and bias.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size), as the convolution had it.
    weight : (K, C / groups, *kernel).
    grad_output : the gradient of the result, of the result's shape.
    stride, padding, dilation, groups, padding_mode, padding_value : as the convolution had them.
    out : array of the input's shape and the gradients' type to write grad_input to, the one of the
        three that is as large as a picture.

    Returns (grad_input, grad_weight, grad_bias), of the shapes of input and weight and (K,). Raises
    ShapeError. grad_input is the transposed convolution of grad_output; what reached a padding cell
    goes back to the cell that it was copied from. Source: torch.nn.grad.
    """
    x, added_batch = as_batch(input, rank)
    w = as_float(weight, "weight")
    if w.ndim != rank + 2:
        raise ShapeError(
            f"weight has {w.ndim} axes, shape {w.shape}, but a {rank}-D convolution takes "
            f"{rank + 2} (out_channels, in_channels / groups, kernel size)."
        )
    spec = spec_of_arrays(
        x, w, True, stride, padding, dilation, groups, padding_mode, padding_value
    )
    axes = spec.axes(x.shape[2:])
    shape = (len(x), spec.out_channels, *(axis.output for axis in axes))
    g = output_gradient(grad_output, shape, added_batch)
    dtype = np.result_type(x, w, g)
    x, w, g = (apart_from(out, array.astype(dtype, copy=False)) for array in (x, w, g))
    result = result_array(out, x.shape[1:] if added_batch else x.shape, dtype)
    grad_input = result[np.newaxis] if added_batch else result
    padded = pad_input(x, axes, padding_mode, padding_value)
    if not PADDING_MODES[padding_mode].copies:
        _spread(g, w, [_turned(axis) for axis in axes], groups, grad_input)
    else:
        whole = np.empty(padded.shape, dtype)
        _spread(g, w, [_turned(axis, cropped=False) for axis in axes], groups, whole)
        grad_input[...] = fold_padding(whole, axes, padding_mode)
    return result, _grad_weight(padded, g, axes, groups, w.shape), g.sum((0, *range(2, g.ndim)))


def _spread(
    g: np.ndarray,
    w: np.ndarray,
    axes: Sequence[TransposedAxis],
    groups: int,
    grad_input: np.ndarray,
) -> None:
    """Write the transposed convolution of a result's gradient."""
    if g.ndim == 4 and fast_conv_transpose2d(g, w, None, axes, groups, grad_input):
        return
    grad_input[...] = 0
    scatter_products(g, w, axes, groups, grad_input)


def output_gradient(grad_output: Any, shape: tuple[int, ...], added_batch: bool) -> np.ndarray:
    """Read the gradient of a result of this shape, given without the batch axis if it was added.

    >>> output_gradient([[1, 2]], (1, 1, 2), added_batch=True)
    array([[[1., 2.]]])
    """
    g = as_float(grad_output, "grad_output")
    expected = shape[1:] if added_batch else shape
    if g.shape != expected:
        raise ShapeError(
            f"grad_output has shape {g.shape} but the result has {expected}; give one number for "
            "each of the result's."
        )
    return g.reshape(shape)


def _turned(axis: Axis, cropped: bool = True) -> TransposedAxis:
    """The way back from an axis's output to all of its input, unread cells included.

    cropped : to the input alone, without its padding.
    """
    return TransposedAxis(
        input=axis.output,
        kernel=axis.kernel,
        stride=axis.stride,
        before=axis.before if cropped else 0,
        after=axis.after if cropped else 0,
        dilation=axis.dilation,
        output_padding=axis.leftover,
    )


def _grad_weight(
    padded: np.ndarray, g: np.ndarray, axes: Sequence[Axis], groups: int, shape: tuple[int, ...]
) -> np.ndarray:
    """Sum, for each weight, input cell times output gradient over all pairs that it joined."""
    channels, kernels, windows = shape[1], shape[0] // groups, math.prod(g.shape[2:])
    g = g.reshape(len(g), groups, kernels, windows)
    result = np.zeros((groups, kernels, channels, *shape[2:]), g.dtype)
    for tap, cells in zip(np.ndindex(*shape[2:]), tap_views(padded, axes), strict=True):
        cells = cells.reshape(len(g), groups, channels, windows)
        result[(..., *tap)] = (g @ cells.swapaxes(-1, -2)).sum(axis=0)
    return result.reshape(shape)

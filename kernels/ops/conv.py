"""Convolution as deep learning means it: cross-correlation, torch.nn.functional's semantics."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.engine.plan import plan_convolution, spec_of_shapes
from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.spec import ConvSpec
from kernels.ops.padding import apart_from, as_batch, as_float, pad_input, result_array

SCRATCH_BYTES = 16 * 2**20
"""Largest scratch that the windows of one block of output rows are copied to."""


def convolve(
    rank: int,
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
    padding_value: float = 0.0,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Slide kernels over inputs of `rank` axes and sum the products under each window.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size). float32 and float64 keep their type; whole numbers are
        computed exactly as float64.
    weight : (K, C / groups, *kernel), multiplied as it stands: no flip.
    bias : (K,) or None.
    stride, dilation : a whole number or one an axis.
    padding : cells per side: a whole number, one an axis, (before, after) pairs, or 'valid',
        'same', 'full', 'same_upper', 'same_lower'.
    groups : channel groups that do not mix.
    padding_mode : a name in PADDING_MODES; 'constant' takes padding_value.
    out : array of the result's shape and type to write to.

    Returns (N, K, *output), without N if the input had none. Raises ShapeError with the
    numbers for every setting that no layer can have. Source: torch.nn.functional.
    """
    x, added_batch = as_batch(input, rank)
    w = as_float(weight, "weight")
    if w.ndim != rank + 2:
        raise ShapeError(
            f"weight has {w.ndim} axes, shape {w.shape}, but a {rank}-D convolution takes "
            f"{rank + 2} (out_channels, in_channels / groups, kernel size)."
        )
    b = None if bias is None else as_float(bias, "bias")
    dtype = np.result_type(x, w) if b is None else np.result_type(x, w, b)
    plan = plan_convolution(
        x.shape,
        w.shape,
        dtype,
        b is not None,
        stride,
        padding,
        dilation,
        groups,
        padding_mode,
        padding_value,
    )
    if b is not None and b.shape != w.shape[:1]:
        raise ShapeError(
            f"bias has shape {b.shape} but there is one number for each of the {len(w)} output "
            f"channels; use shape ({len(w)},)."
        )
    x, w = apart_from(out, x.astype(dtype, copy=False)), w.astype(dtype, copy=False)
    b = None if b is None else b.astype(dtype, copy=False)
    if plan.pads:
        x = pad_input(x, plan.axes, padding_mode, padding_value)
    shape = plan.output_shape
    result = result_array(out, shape[1:] if added_batch else shape, dtype)
    compute = plan.fast or partial(slide, axes=plan.axes, groups=plan.spec.groups)
    compute(x, w, b, result[np.newaxis] if added_batch else result)
    return result


def spec_of_arrays(
    x: np.ndarray,
    w: np.ndarray,
    bias: bool,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
    padding_mode: str,
    padding_value: float,
) -> ConvSpec:
    """Describe the layer that these arrays and settings make, or raise ShapeError."""
    shapes = x.shape, w.shape
    return spec_of_shapes(
        *shapes, bias, stride, padding, dilation, groups, padding_mode, padding_value
    )


def windows_view(padded: np.ndarray, axes: Sequence[Axis]) -> np.ndarray:
    """View every window of a padded array without copying: (N, C, *output, *kernel).

    >>> windows_view(np.arange(5.0).reshape(1, 1, 5), [Axis(input=5, kernel=3, stride=2)])[0, 0]
    array([[0., 1., 2.],
           [2., 3., 4.]])
    """
    lead, steps = padded.shape[: -len(axes)], padded.strides[-len(axes) :]
    return as_strided(
        padded,
        (*lead, *(axis.output for axis in axes), *(axis.kernel for axis in axes)),
        (
            *padded.strides[: -len(axes)],
            *(step * axis.stride for step, axis in zip(steps, axes, strict=True)),
            *(step * axis.dilation for step, axis in zip(steps, axes, strict=True)),
        ),
        writeable=False,
    )


def slide(
    padded: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    result: np.ndarray,
    axes: Sequence[Axis],
    groups: int = 1,
) -> None:
    """Write the convolution of a padded batch to `result`, one block of the output at a time.

    The plain way, for any number of axes and any settings: `kernels.engine.fast_conv` is faster
    where it can, and must give the same numbers.

    Each block's windows are copied to the columns of a matrix (im2col), so that one matrix product
    gives every output channel of every window in the block.
    """
    rank, kernels = len(axes), len(w) // groups
    channels = padded.shape[1] // groups
    taps = math.prod(axis.kernel for axis in axes)
    # (N, C, *output, *kernel) -> (N, C, *kernel, *output): a window becomes a column.
    order = (0, 1, *range(2 + rank, 2 + 2 * rank), *range(2, 2 + rank))
    windows = windows_view(padded, axes).transpose(order)
    # A window takes its column of the matrix, and one number for each kernel of the product.
    most = SCRATCH_BYTES // ((channels * taps + kernels) * padded.itemsize)
    blocks = list(_blocks(tuple(axis.output for axis in axes), max(most, 1)))
    for n in range(len(padded)):
        for g in range(groups):
            matrix = w[g * kernels : (g + 1) * kernels].reshape(kernels, -1)
            group = windows[n, g * channels : (g + 1) * channels]
            target = result[n, g * kernels : (g + 1) * kernels]
            for block in blocks:
                part = target[(slice(None), *block)]
                # Nothing keeps the columns, or two blocks of them would be there at once.
                windows_there: Any = (..., *block)
                product = matrix @ group[windows_there].reshape(channels * taps, -1)
                part[...] = product.reshape(part.shape)
                del product
    if bias is not None:
        result += bias.reshape(-1, *(1,) * rank)


def _blocks(sizes: tuple[int, ...], most: int) -> Iterator[tuple[slice, ...]]:
    """Cut an output into blocks of at most `most` cells: whole rows where one fits, else parts.

    >>> list(_blocks((3, 4), most=8))
    [(slice(0, 2, None), slice(0, 4, None)), (slice(2, 4, None), slice(0, 4, None))]
    """
    row = math.prod(sizes[1:])
    step = max(most // row, 1)
    for first in range(0, sizes[0], step):
        if row <= most:
            yield (slice(first, first + step), *(slice(0, n) for n in sizes[1:]))
        else:
            yield from ((slice(first, first + 1), *rest) for rest in _blocks(sizes[1:], most))

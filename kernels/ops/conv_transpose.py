"""Transposed convolution: each input cell adds its copy of the kernel to the output.

It is the way back of a convolution's gradient to its input, and the transpose of its matrix, not
its inverse: the sizes come back, the numbers do not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kernels.engine.fast_transpose import fast_conv_transpose2d
from kernels.errors import ShapeError, raise_faults, whole_number_fault
from kernels.layers.spec import ConvTransposeSpec
from kernels.layers.transposed import TransposedAxis
from kernels.ops.padding import apart_from, as_batch, as_float, result_array

BLOCK_BYTES = 2 * 2**20
"""Scratch for the products of one block of input rows, to stay in the second-level cache."""


def transpose_convolve(
    rank: int,
    input: Any,
    weight: Any,
    bias: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
    *,
    out: np.ndarray | None = None,
) -> np.ndarray:
    """Lay a copy of the kernel, weighted, at each cell of inputs of `rank` axes and add them up.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size). float32 and float64 keep their type; whole numbers are
        computed exactly as float64.
    weight : (C, K / groups, *kernel): input channels first, the other way round than in a
        convolution.
    bias : (K,) or None.
    stride : cells between the copies: a whole number or one an axis.
    padding : cells cropped from the output's ends: a whole number, one an axis, or (before, after)
        pairs.
    output_padding : cells more at the output's end; less than the larger of stride and dilation.
    groups : channel groups that do not mix.
    dilation : cells between the kernel's own cells.
    out : array of the result's shape and type to write to.

    Returns (N, K, *output), without N if the input had none. Raises ShapeError with the
    numbers for every setting that no layer can have. Source: torch.nn.functional.
    """
    x, added_batch = as_batch(input, rank)
    w = as_float(weight, "weight")
    if w.ndim != rank + 2:
        raise ShapeError(
            f"weight has {w.ndim} axes, shape {w.shape}, but a {rank}-D transposed convolution "
            f"takes {rank + 2} (in_channels, out_channels / groups, kernel size)."
        )
    raise_faults(fault for fault in [whole_number_fault("groups", groups, 1)] if fault)
    spec = ConvTransposeSpec(
        in_channels=x.shape[1],
        out_channels=w.shape[1] * groups,
        kernel_size=w.shape[2:],
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        groups=groups,
        bias=bias is not None,
        dilation=dilation,
    )
    if len(w) != x.shape[1]:
        raise ShapeError(
            f"weight is for {len(w)} input channels but the input has {x.shape[1]}; use a weight "
            f"of shape {spec.weight_shape}."
        )
    axes = spec.axes(x.shape[2:])
    b = None if bias is None else as_float(bias, "bias")
    if b is not None and b.shape != (spec.out_channels,):
        raise ShapeError(
            f"bias has shape {b.shape} but there is one number for each of the "
            f"{spec.out_channels} output channels; use shape ({spec.out_channels},)."
        )
    dtype = np.result_type(x, w) if b is None else np.result_type(x, w, b)
    shape = (len(x), spec.out_channels, *(axis.output for axis in axes))
    x, w = apart_from(out, x.astype(dtype, copy=False)), w.astype(dtype, copy=False)
    b = None if b is None else b.astype(dtype, copy=False)
    result = result_array(out, shape[1:] if added_batch else shape, dtype)
    batch = result[np.newaxis] if added_batch else result
    if rank == 2 and fast_conv_transpose2d(x, w, b, axes, groups, batch):
        return result
    batch[...] = 0 if b is None else b.reshape(-1, *(1,) * rank)
    scatter_products(x, w, axes, groups, batch)
    return result


def scatter_products(
    x: np.ndarray,
    w: np.ndarray,
    axes: Sequence[TransposedAxis],
    groups: int,
    result: np.ndarray,
) -> None:
    """Add every input cell's copy of the kernel, weighted by the cell, to `result`.

    >>> result = np.zeros((1, 1, 4))
    >>> axes = [TransposedAxis(input=2, kernel=3)]
    >>> scatter_products(np.array([[[1.0, 10]]]), np.array([[[1.0, 2, 3]]]), axes, 1, result)
    >>> result
    array([[[ 1., 12., 23., 30.]]])

    One matrix product gives the products of a block of input rows with all kernel cells. Those of
    one kernel cell then land in the output `stride` cells apart: one strided addition.
    """
    taps = list(np.ndindex(*(axis.kernel for axis in axes)))
    size, channels = [axis.input for axis in axes], w.shape[1]
    # (C, K / groups, *kernel) -> (groups, taps * K / groups, C / groups)
    turned = w.reshape(groups, -1, channels, len(taps)).transpose(0, 3, 2, 1)
    matrices = turned.reshape(groups, len(taps) * channels, -1)
    row_bytes = len(taps) * channels * groups * math.prod(size[1:]) * x.itemsize
    rows = max(BLOCK_BYTES // row_bytes, 1)
    x = x.reshape(len(x), groups, len(w) // groups, *size)
    result = result.reshape(len(x), groups, channels, *(axis.output for axis in axes))
    for image, target in zip(x, result, strict=True):
        for first in range(0, size[0], rows):
            block = image[:, :, first : first + rows]
            products = matrices @ block.reshape(*block.shape[:2], -1)
            products = products.reshape(groups, len(taps), channels, *block.shape[2:])
            for n, tap in enumerate(taps):
                landings = [
                    _landing(axis, cell, start, count)
                    for axis, cell, start, count in zip(
                        axes, tap, (first, 0, 0), block.shape[2:], strict=False
                    )
                ]
                cells, places = zip(*landings, strict=True)
                target[(..., *places)] += products[:, n][(..., *cells)]


def _landing(axis: TransposedAxis, tap: int, first: int, count: int) -> tuple[slice, slice]:
    """Which of `count` input cells from `first` on reach the output by one tap, and where.

    >>> _landing(TransposedAxis(input=3, kernel=3, stride=2, before=1), tap=0, first=0, count=3)
    (slice(1, 3, None), slice(1, 4, 2))
    """
    start = tap * axis.dilation - axis.before + first * axis.stride
    low = min(max(-(start // axis.stride), 0), count)
    high = max(min((axis.output - 1 - start) // axis.stride + 1, count), low)
    place = start + low * axis.stride
    end = max(place + (high - low - 1) * axis.stride + 1, 0)
    return slice(low, high), slice(place, end, axis.stride)

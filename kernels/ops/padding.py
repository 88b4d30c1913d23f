"""Arrays made ready for sliding: float type, batch axis, padding, and the array for the result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.padding_modes import padding_mode as mode_of


def as_float(array: Any, name: str = "input") -> np.ndarray:
    """Bring numbers to the type that is computed in: float32 stays, whole numbers become float64.

    >>> as_float([1, 2]).dtype, as_float(np.float32([1])).dtype
    (dtype('float64'), dtype('float32'))
    """
    try:
        array = np.asarray(array)
    except ValueError as error:
        raise ShapeError(
            f"{name} is not an array of numbers ({error}); give every row the same length."
        ) from None
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.dtype == np.float32 or array.dtype == np.float64:
        return array
    if array.dtype == np.float16:
        return array.astype(np.float32)
    if array.dtype.kind in "biu":
        return array.astype(np.float64)
    raise ShapeError(
        f"{name} has the type {array.dtype} but must hold real numbers; use float64, float32 or "
        "whole numbers."
    )


def as_batch(input: Any, rank: int) -> tuple[np.ndarray, bool]:
    """Return the input as (N, C, *size) and whether the batch axis had to be added."""
    array = as_float(input)
    if array.ndim == rank + 1:
        return array[np.newaxis], True
    if array.ndim != rank + 2:
        raise ShapeError(
            f"input has {array.ndim} axes, shape {array.shape}, but a {rank}-D layer takes "
            f"{rank + 1} (channels and size) or {rank + 2} (batch, channels and size); add or "
            "drop axes, for example input[None]."
        )
    return array, False


def pad_input(
    array: np.ndarray,
    axes: Sequence[Axis],
    padding_mode: str = "zeros",
    padding_value: float = 0.0,
) -> np.ndarray:
    """Pad the last axes of an array as `axes` say, overhanging cells of ceil_mode included.

    >>> row = np.arange(3.0)
    >>> pad_input(row, [Axis(input=3, kernel=3, before=1, after=2)], "reflect")
    array([1., 0., 1., 2., 1., 0.])

    Returns the array itself where there is nothing to pad. 'zeros' and 'constant' fill with
    padding_value; the other modes copy cells of the input, as torch.nn.functional.pad does.
    """
    pairs = [(axis.before, axis.after + axis.overhang) for axis in axes]
    if not any(map(any, pairs)):
        return array
    width = [(0, 0)] * (array.ndim - len(pairs)) + pairs
    shape = tuple(n + before + after for n, (before, after) in zip(array.shape, width, strict=True))
    try:
        mode = mode_of(padding_mode)
        if mode.copies:
            return np.pad(array, width, mode=mode.numpy)
        padded = np.full(shape, padding_value, dtype=array.dtype)
    except (MemoryError, ValueError):
        raise ShapeError(
            f"The padded input would have the shape {shape}, more than the memory holds; use less "
            "padding."
        ) from None
    inner = tuple(slice(b, b + n) for n, (b, _) in zip(array.shape, width, strict=True))
    padded[inner] = array
    return padded


def fold_padding(
    padded: np.ndarray, axes: Sequence[Axis], padding_mode: str = "zeros"
) -> np.ndarray:
    """Add what reached each cell of a padded array to the input cell that it was copied from.

    >>> fold_padding(np.array([1.0, 10, 100, 1000]), [Axis(input=2, kernel=3, before=1, after=1)])
    array([ 10., 100.])
    >>> row = Axis(input=2, kernel=3, before=1, after=1)
    >>> fold_padding(np.array([1.0, 10, 100, 1000]), [row], "replicate")
    array([  11., 1100.])

    The transpose of pad_input: the way back of a gradient. Cells of 'zeros' and 'constant' were
    copied from nowhere, so what reached them is lost. Overhanging cells of ceil_mode included.
    """
    mode = mode_of(padding_mode)
    for place, axis in enumerate(axes, start=-len(axes)):
        lines = np.moveaxis(padded, place, 0)
        folded = lines[axis.before : axis.before + axis.input]
        if mode.copies and axis.before + axis.after:
            folded = folded.copy()
            for cell in (*range(axis.before), *range(axis.before + axis.input, axis.padded)):
                folded[mode.source(cell - axis.before, axis.input)] += lines[cell]
        padded = np.moveaxis(folded, 0, place)
    return padded


def result_array(out: np.ndarray | None, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    """Return the array that a result is written to: `out` if it suits, a new one if it is None.

    >>> result_array(None, (2, 3), np.float32).shape
    (2, 3)
    """
    dtype = np.dtype(dtype)
    if out is None:
        try:
            return np.empty(shape, dtype)
        except (MemoryError, ValueError):
            raise ShapeError(
                f"The result would have the shape {shape}, more than the memory holds; use a "
                "smaller one."
            ) from None
    if not isinstance(out, np.ndarray) or not out.flags.writeable:
        raise ShapeError(
            f"out must be an array that can be written to; use np.empty({shape}, np.{dtype})."
        )
    if out.shape != shape or out.dtype != dtype:
        raise ShapeError(
            f"out has shape {out.shape} and type {out.dtype} but the result has {shape} and "
            f"{dtype}; use np.empty({shape}, np.{dtype})."
        )
    return out


def apart_from(out: np.ndarray | None, array: np.ndarray) -> np.ndarray:
    """Return an array that writing to `out` cannot change: itself, or a copy if they may overlap.

    >>> array = np.zeros(4)
    >>> apart_from(None, array) is array, apart_from(array[1:], array) is array
    (True, False)
    """
    overlap = isinstance(out, np.ndarray) and np.may_share_memory(out, array)
    return array.copy() if overlap else array

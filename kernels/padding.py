"""Arrays made ready for sliding: their float type, their batch axis, their padding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kernels.errors import ShapeError
from kernels.geometry import Axis

_NUMPY_MODE = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def as_float(array: Any, name: str = "input") -> np.ndarray:
    """Bring numbers to the type that is computed in: float32 stays, whole numbers become float64.

    >>> as_float([1, 2]).dtype, as_float(np.float32([1])).dtype
    (dtype('float64'), dtype('float32'))
    """
    try:
        array = np.asarray(array)
    except ValueError as error:
        raise ShapeError(
            f"{name} is no array of numbers ({error}); give every row the same length."
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
        if padding_mode in _NUMPY_MODE:
            return np.pad(array, width, mode=_NUMPY_MODE[padding_mode])
        padded = np.full(shape, padding_value, dtype=array.dtype)
    except (MemoryError, ValueError):
        raise ShapeError(
            f"The padded input would have the shape {shape}, more than the memory holds; use less "
            "padding."
        ) from None
    inner = tuple(slice(b, b + n) for n, (b, _) in zip(array.shape, width, strict=True))
    padded[inner] = array
    return padded

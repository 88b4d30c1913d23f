"""The pinned place: which window it stands for, its pixels, and what the layer gives there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.components.loupe import Pin
from kernels import Axis, conv2d
from kernels.padding import pad_input


def output_index(place: int, axis: Axis) -> int:
    """The result's pixel whose window is centred nearest to a pixel of the original.

    >>> sobel = Axis(input=8, kernel=3, before=1, after=1)
    >>> [output_index(place, sobel) for place in (0, 3, 7)]
    [0, 3, 7]

    Halfway between two of them, as with even kernels and strides, it is the first; beyond the last
    window it is the last.

    >>> [output_index(place, Axis(input=8, kernel=2, stride=2)) for place in range(8)]
    [0, 0, 1, 1, 2, 2, 3, 3]
    """
    # How far the place lies after the middle of the first window, in halves of a pixel.
    doubled = 2 * (place + axis.before) - (axis.effective_kernel - 1)
    nearest = -((axis.stride - doubled) // (2 * axis.stride))
    return min(max(nearest, 0), axis.output - 1)


def pin_at(
    row: int,
    column: int,
    planes: np.ndarray,
    axes: Sequence[Axis],
    padding_mode: str,
    padding_value: float,
    weights: np.ndarray,
    *,
    offset: float = 0.0,
    sums_over: bool = False,
) -> Pin:
    """Compute the layer at one place of a picture.

    >>> step = np.array([[[0, 0, 90, 90]]], dtype=np.uint8)
    >>> along = (Axis(input=1, kernel=1), Axis(input=4, kernel=3, before=1, after=1))
    >>> pin = pin_at(0, 1, step, along, "zeros", 0, np.array([[-1.0, 0, 1]]))
    >>> pin.index, pin.window.tolist(), pin.values
    ((0, 1), [[[0, 0, 90]]], (90.0,))

    Parameters
    ----------
    row, column : a pixel of the original
    planes : (P, H, W) uint8, the original
    axes, padding_mode, padding_value : the layer along rows and columns, and how it is padded
    weights : (kh, kw) for every plane, or (P, kh, kw): what the pixels are multiplied by, divided
        already
    offset : added to every result
    sums_over : whether the planes are added up
    """
    index = tuple(output_index(at, axis) for at, axis in zip((row, column), axes, strict=True))
    rows, columns = (_sources(at, axis, padding_mode) for at, axis in zip(index, axes, strict=True))
    window = planes[:, rows[:, None], columns]
    constant = (rows < 0)[:, None] | (columns < 0)
    window = np.where(constant, np.uint8(padding_value), window)
    per_plane = np.broadcast_to(weights, window.shape).astype(np.float32)
    if sums_over:
        result = conv2d(window.astype(np.float32), per_plane[None])
    else:
        result = conv2d(window.astype(np.float32), per_plane[:, None], groups=len(window))
    return Pin(row, column, index, window, tuple((result.ravel() + offset).tolist()))


def _sources(index: int, axis: Axis, padding_mode: str) -> np.ndarray:
    """The pixels along one axis that a window's taps meet, -1 where the padding is a constant."""
    padded = pad_input(np.arange(axis.input), [axis], padding_mode, -1)
    start = index * axis.stride
    return padded[start : start + axis.effective_kernel : axis.dilation]

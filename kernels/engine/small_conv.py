"""Convolution of a tiny picture, where finding out what to do would take longer than doing it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from kernels.layers.geometry import Axis


class SmallConvolution:
    """A convolution of one size, with everything worked out beforehand but the numbers.

    >>> axes = (Axis(input=3, kernel=2, before=1), Axis(input=3, kernel=2))
    >>> convolve = SmallConvolution(channels=1, kernels=1, groups=1, axes=axes, dtype=float)
    >>> out = np.empty((1, 1, 3, 2))
    >>> convolve(np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2)), None, out)
    >>> out[0, 0]
    array([[ 1.,  3.],
           [ 8., 12.],
           [20., 24.]])

    Every window becomes a column of one matrix (im2col). At column stride 1 there is a column for
    every place of the padded picture in reading order, also for those at the end of a row, where a
    window would run on into the next one: copying long lines and leaving out those columns of the
    product is quicker than copying many short lines.
    """

    def __init__(
        self, channels: int, kernels: int, groups: int, axes: Sequence[Axis], dtype: type
    ) -> None:
        rows, columns = axes
        item = np.dtype(dtype).itemsize
        self.dtype = dtype
        self.groups, self.kernels = groups, kernels
        self.padded = (channels, rows.padded, columns.padded)
        self.inner = tuple(slice(axis.before, axis.before + axis.input) for axis in axes)
        self.has_padding = any(axis.before or axis.after for axis in axes)
        line = columns.padded * item
        if columns.stride == 1 and rows.stride == 1:
            pitch = columns.padded
            places: tuple[int, ...] = ((rows.output - 1) * pitch + columns.output,)
            steps: tuple[int, ...] = (item,)
        else:
            pitch = columns.output
            places = (rows.output, pitch)
            steps = (line * rows.stride, item * columns.stride)
        self.windows = (channels, rows.kernel, columns.kernel, *places)
        self.steps = (
            rows.padded * line,
            line * rows.dilation,
            item * columns.dilation,
            *steps,
        )
        self.count = math.prod(places)
        self.outputs = (kernels, rows.output, columns.output)
        self.output_steps = (self.count * item, pitch * item, item)

    def __call__(
        self, x: np.ndarray, w: np.ndarray, bias: np.ndarray | None, out: np.ndarray
    ) -> None:
        """Write the convolution of a batch to `out`; padding cells are zero."""
        weights = w.reshape(self.groups, self.kernels // self.groups, -1)
        for picture, target in zip(x, out, strict=True):
            if self.has_padding:
                padded: np.ndarray = np.zeros(self.padded, self.dtype)
                padded[:, self.inner[0], self.inner[1]] = picture
            else:
                padded = np.ascontiguousarray(picture)
            windows = np.ndarray(self.windows, self.dtype, padded, 0, self.steps)
            matrix = windows.reshape(self.groups, -1, self.count)
            product = np.matmul(weights, matrix)
            values = np.ndarray(self.outputs, self.dtype, product, 0, self.output_steps)
            if bias is None:
                target[...] = values
            else:
                np.add(values, bias[:, None, None], out=target)

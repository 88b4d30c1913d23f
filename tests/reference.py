"""An independent slow reference of convolution and pooling, written from their definitions.

Nothing of `kernels` is imported and no array is padded, strided or reshaped: a cell outside the
input is looked up by its index, windows are counted one by one, sums are plain loops. Slow on
purpose.
"""

import math
from collections.abc import Iterator

import numpy as np


def ends(padding, axis, size, kernel, stride=1, dilation=1):
    """Cells (before, after) that a way to write padding means along one axis."""
    reach = dilation * (kernel - 1) + 1
    if padding == "valid":
        return 0, 0
    if padding == "full":
        return reach - 1, reach - 1
    if padding == "same":
        return (reach - 1) // 2, reach - 1 - (reach - 1) // 2
    if padding in ("same_upper", "same_lower"):
        total = max(0, (math.ceil(size / stride) - 1) * stride + reach - size)
        small, large = math.floor(total / 2), math.ceil(total / 2)
        return (small, large) if padding == "same_upper" else (large, small)
    if isinstance(padding, int):
        return padding, padding
    one = padding[axis]
    return (one, one) if isinstance(one, int) else tuple(one)


def window_starts(size, kernel, stride=1, before=0, after=0, dilation=1, ceil_mode=False):
    """First cell of every window along one axis, counted one by one, in input coordinates.

    With ceil_mode one more window may hang over the end, if cells are left for it and it starts
    before the end of the input (torch.nn.MaxPool2d).
    """
    reach = dilation * (kernel - 1) + 1
    starts, start = [], -before
    while start + reach <= size + after:
        starts.append(start)
        start += stride
    left = (size + after) - (start - stride + reach)  # cells after the last window that fits
    if ceil_mode and left > 0 and start < size:
        starts.append(start)
    return starts


def cell(plane, row, column, mode="zeros", value=0.0):
    """The number at a place of a plane that is continued without end."""
    height, width = plane.shape
    if mode in ("zeros", "constant"):
        inside = 0 <= row < height and 0 <= column < width
        return float(plane[row, column]) if inside else value
    return float(plane[folded(row, height, mode), folded(column, width, mode)])


def folded(place, size, mode):
    """Where a cell beyond the end is copied from."""
    if mode == "replicate":
        return min(max(place, 0), size - 1)
    if mode == "circular":
        return place % size
    while not 0 <= place < size:  # reflect: mirrored at the outermost cell, which is not repeated
        place = -place if place < 0 else 2 * (size - 1) - place
    return place


def per_axis(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def places(shape, kernel, stride, padding, dilation, ceil_mode=False):
    """The window starts along rows and along columns."""
    return [
        window_starts(
            shape[axis],
            kernel[axis],
            stride[axis],
            *ends(padding, axis, shape[axis], kernel[axis], stride[axis], dilation[axis]),
            dilation[axis],
            ceil_mode,
        )
        for axis in (0, 1)
    ]


def conv2d(
    x,
    w,
    bias=None,
    stride=1,
    padding=0,
    dilation=1,
    groups=1,
    padding_mode="zeros",
    padding_value=0.0,
):
    """Cross-correlation of (N, C, H, W) with (K, C / groups, kh, kw): four plain loops."""
    stride, dilation = per_axis(stride), per_axis(dilation)
    kernels, each, kernel_rows, kernel_columns = w.shape
    down, across = places(x.shape[2:], w.shape[2:], stride, padding, dilation)
    y = np.zeros((len(x), kernels, len(down), len(across)))
    for n in range(len(x)):
        for k in range(kernels):
            first = k // (kernels // groups) * each  # first channel that this kernel sees
            for r, top in enumerate(down):
                for c, left in enumerate(across):
                    total = 0.0 if bias is None else float(bias[k])
                    for i, j, q in np.ndindex(each, kernel_rows, kernel_columns):
                        row, column = top + j * dilation[0], left + q * dilation[1]
                        number = cell(x[n, first + i], row, column, padding_mode, padding_value)
                        total += number * float(w[k, i, j, q])
                    y[n, k, r, c] = total
    return y


def window_cells(top, left, kernel, dilation) -> Iterator[tuple[int, int]]:
    for j in range(kernel[0]):
        for q in range(kernel[1]):
            yield top + j * dilation[0], left + q * dilation[1]


def max_pool2d(x, kernel, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Largest number of each window and its place in the plane; -inf and -1 where there is none."""
    kernel, dilation = per_axis(kernel), per_axis(dilation)
    stride = kernel if stride is None else per_axis(stride)
    height, width = x.shape[2:]
    down, across = places((height, width), kernel, stride, padding, dilation, ceil_mode)
    y = np.full((*x.shape[:2], len(down), len(across)), -np.inf)
    indices = np.full(y.shape, -1)
    for n, channel in np.ndindex(*x.shape[:2]):
        for r, top in enumerate(down):
            for c, left in enumerate(across):
                for row, column in window_cells(top, left, kernel, dilation):
                    if not (0 <= row < height and 0 <= column < width):
                        continue
                    number = float(x[n, channel, row, column])
                    if indices[n, channel, r, c] < 0 or number > y[n, channel, r, c]:
                        y[n, channel, r, c] = number
                        indices[n, channel, r, c] = row * width + column
    return y, indices


def avg_pool2d(
    x,
    kernel,
    stride=None,
    padding=0,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
    dilation=1,
):
    """Mean of each window: its sum by the number of cells that count (0 where none does)."""
    kernel, dilation = per_axis(kernel), per_axis(dilation)
    stride = kernel if stride is None else per_axis(stride)
    height, width = x.shape[2:]
    (above, below), (before, after) = (
        ends(padding, axis, x.shape[2 + axis], kernel[axis], stride[axis], dilation[axis])
        for axis in (0, 1)
    )
    down, across = places((height, width), kernel, stride, padding, dilation, ceil_mode)
    y = np.zeros((*x.shape[:2], len(down), len(across)))
    for n, channel in np.ndindex(*x.shape[:2]):
        for r, top in enumerate(down):
            for c, left in enumerate(across):
                total, counted = 0.0, 0
                for row, column in window_cells(top, left, kernel, dilation):
                    if 0 <= row < height and 0 <= column < width:
                        total += float(x[n, channel, row, column])
                        counted += 1
                    elif -above <= row < height + below and -before <= column < width + after:
                        counted += bool(count_include_pad)
                y[n, channel, r, c] = total / (divisor_override or counted or 1)
    return y

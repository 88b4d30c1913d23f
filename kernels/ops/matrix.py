"""Convolution as a matrix product, in both ways to write it: windows as columns, or one big matrix.

With the windows as the columns of a matrix (im2col), the weights stand beside it as rows. With the
input as one long vector, the convolution itself is a matrix, sparse and full of repeated weights;
its transpose is the transposed convolution.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kernels.errors import ShapeError, raise_faults, whole_number_fault
from kernels.layers.connections import connections
from kernels.layers.geometry import Axis
from kernels.layers.links import Links, links_of
from kernels.layers.padding_modes import padding_mode as mode_of
from kernels.layers.spec import ConvSpec, window_tuple
from kernels.ops.conv import windows_view
from kernels.ops.padding import as_batch, as_float, pad_input, result_array

LARGEST_MATRIX = 2**22
"""Most numbers that convolution_matrix makes: 32 MB of float64. It is for looking at."""


def im2col(
    input: Any,
    kernel_size: Any,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    *,
    padding_mode: str = "zeros",
    padding_value: float = 0.0,
) -> np.ndarray:
    """Write every window of an input as a column of a matrix.

    >>> image = np.arange(9).reshape(1, 3, 3)
    >>> im2col(image, 2)
    array([[0., 1., 3., 4.],
           [1., 2., 4., 5.],
           [3., 4., 6., 7.],
           [4., 5., 7., 8.]])
    >>> np.array([0, 1, 2, 3]) @ im2col(image, 2)
    array([19., 25., 37., 43.])
    >>> im2col(np.zeros((8, 3, 32, 32)), (5, 5), stride=2, padding=2).shape
    (8, 75, 256)

    Parameters
    ----------
    input : (N, C, H, W) or (C, H, W), with as many axes for the size as kernel_size has.
    kernel_size : one whole number an axis; a lone one is a square 2-D window.
    stride, padding, dilation, padding_mode, padding_value : as in conv2d.

    Returns (N, C * window cells, windows), without N if the input had none: channel by channel and
    each window's cells in reading order, then the windows in reading order. Raises ShapeError.
    Source: torch.nn.functional.unfold, which takes dilation, padding and stride in that order.
    """
    window = window_tuple(kernel_size)
    x, added_batch = as_batch(input, len(window))
    spec = ConvSpec(
        in_channels=x.shape[1],
        out_channels=1,
        kernel_size=window,
        stride=stride,
        padding=padding,
        dilation=dilation,
        padding_mode=padding_mode,
        padding_value=padding_value,
    )
    axes = spec.axes(x.shape[2:])
    view = windows_view(pad_input(x, axes, padding_mode, padding_value), axes)
    rank, places = spec.rank, math.prod(axis.output for axis in axes)
    view = view.transpose(0, 1, *range(2 + rank, 2 + 2 * rank), *range(2, 2 + rank))
    columns = result_array(None, (len(x), x.shape[1] * math.prod(window), places), x.dtype)
    columns.reshape(view.shape)[...] = view
    return columns[0] if added_batch else columns


def convolution_matrix(
    weight: Any,
    input_size: Any,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    *,
    padding_mode: str = "zeros",
    sparse: bool = False,
) -> Any:
    """Write a convolution as the matrix that its flattened input is multiplied by.

    >>> convolution_matrix([[[1, 2, 3]]], input_size=5)
    array([[1., 2., 3., 0., 0.],
           [0., 1., 2., 3., 0.],
           [0., 0., 1., 2., 3.]])
    >>> matrix = convolution_matrix([[[[0, 1], [2, 3]]]], input_size=(3, 3))
    >>> matrix @ np.arange(9)
    array([19., 25., 37., 43.])
    >>> convolution_matrix(np.ones((6, 3, 5, 5)), (32, 32), sparse=True).shape
    (4704, 3072)

    Parameters
    ----------
    weight : (K, C / groups, *kernel), for 1 to 3 axes.
    input_size : the size of the input along each axis; an int is one axis.
    stride, padding, dilation, groups : as in conv2d.
    padding_mode : a name in PADDING_MODES, but not 'constant': padding by another number than 0 is
        no matrix product.
    sparse : return a scipy.sparse.csr_array, which keeps the weights alone.

    Returns (K * output cells, C * input cells): conv2d(x, ...).ravel() is the matrix times
    x.ravel(), and conv_transpose2d(y, ...).ravel() its transpose times y.ravel(). Raises
    ShapeError, also where it would hold more than LARGEST_MATRIX numbers. Source: Dumoulin and
    Visin 2016, section 4.1.
    """
    w = as_float(weight, "weight")
    if not 3 <= w.ndim <= 5:
        raise ShapeError(
            f"weight has {w.ndim} axes, shape {w.shape}, but must have 3 to 5 (out_channels, "
            "in_channels / groups, and 1 to 3 axes of the kernel)."
        )
    raise_faults(fault for fault in [whole_number_fault("groups", groups, 1)] if fault)
    if mode_of(padding_mode).takes_value:
        raise ShapeError(
            f"padding_mode is {padding_mode!r} but a matrix cannot add a constant; use 'zeros'."
        )
    spec = ConvSpec(
        in_channels=w.shape[1] * groups,
        out_channels=len(w),
        kernel_size=w.shape[2:],
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        padding_mode=padding_mode,
    )
    axes = spec.axes(input_size)
    rows = spec.out_channels * math.prod(axis.output for axis in axes)
    columns = spec.in_channels * math.prod(axis.input for axis in axes)
    numbers = w[0].size * rows if sparse else rows * columns
    if numbers > LARGEST_MATRIX:
        raise ShapeError(
            f"The matrix would have the shape ({rows}, {columns}) and hold {numbers} numbers, more "
            f"than {LARGEST_MATRIX}; use a smaller input_size than "
            f"{tuple(axis.input for axis in axes)}{'' if sparse else ', or sparse=True'}."
        )
    entries = list(_entries(w, axes, groups, padding_mode))
    if sparse:
        from scipy.sparse import coo_array  # here: the apps that never ask for it start without it

        places = [np.concatenate(parts) for parts in zip(*entries, strict=True)]
        return coo_array((places[2], tuple(places[:2])), shape=(rows, columns)).tocsr()
    matrix = np.zeros((rows, columns), w.dtype)
    for row, column, value in entries:
        matrix[row, column] += value
    return matrix


def links_matrix(weight: Any, links: Sequence[Links]) -> np.ndarray:
    """The matrix of one channel of any layer with a kernel, from its tables of links.

    >>> from kernels.layers.transposed import TransposedAxis
    >>> links_matrix([1, 2, 3], [links_of(Axis(input=3, kernel=3, before=1, after=1))])
    array([[2., 3., 0.],
           [1., 2., 3.],
           [0., 1., 2.]])
    >>> links_matrix([1, 2], [links_of(TransposedAxis(input=2, kernel=2, stride=2))]).T
    array([[1., 2., 0., 0.],
           [0., 0., 1., 2.]])

    weight : one slice of the kernel, as multiplied. What padding holds counts as zero where it
    copies nothing.
    """
    values = as_float(weight, "weight").ravel()
    size = [math.prod(table.output for table in links), math.prod(table.input for table in links)]
    matrix = np.zeros(size)
    for output, cell, tap in connections(links):
        matrix[output, cell] += values[tap]
    return matrix


def _entries(
    w: np.ndarray, axes: Sequence[Axis], groups: int, padding_mode: str
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield, for each cell of the kernel, the rows, columns and values that it fills."""
    kernel, channel = np.ogrid[: len(w), : w.shape[1]]
    channel = channel + kernel // (len(w) // groups) * w.shape[1]
    kernel, channel = kernel[..., np.newaxis], channel[..., np.newaxis]
    outputs, inputs = math.prod(a.output for a in axes), math.prod(a.input for a in axes)
    sources = [_sources(axis, padding_mode) for axis in axes]
    for tap in np.ndindex(*w.shape[2:]):
        source, inside = np.zeros((), int), np.ones((), bool)
        for axis, each, cell in zip(axes, sources, tap, strict=True):
            line = each[cell]
            source = np.add.outer(source * axis.input, line)
            inside = np.logical_and.outer(inside, line >= 0)
        position = np.flatnonzero(inside)
        rows, columns, values = np.broadcast_arrays(
            kernel * outputs + position,
            channel * inputs + source[inside],
            w[(..., *tap)][..., np.newaxis],
        )
        yield rows.ravel(), columns.ravel(), values.ravel()


def _sources(axis: Axis, padding_mode: str) -> np.ndarray:
    """The input cell that each tap of each window reads: (kernel, output); -1 in the padding.

    >>> _sources(Axis(input=3, kernel=2, before=1), "zeros")
    array([[-1,  0,  1],
           [ 0,  1,  2]])
    """
    links = links_of(axis, padding_mode)
    held = np.array([-1 if source is None else source for source in links.sources])
    return held[np.array([[cell for _, cell in reads] for reads in links.reads]).T]

"""What all poolings share: the cells of every window at once, combined, counted or looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from typing import Any

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.counted_cells import counted_cells, divisor_factors
from kernels.layers.geometry import Axis
from kernels.layers.spec import PoolSpec
from kernels.ops.padding import apart_from, as_batch, result_array


def window_size(kernel_size: Any, rank: int) -> tuple[Any, ...]:
    """Write a pooling's window as one number an axis; a lone number is as long along all of them.

    >>> window_size(2, rank=3), window_size((2, 3), rank=2)
    ((2, 2, 2), (2, 3))
    """
    if not isinstance(kernel_size, (tuple, list)):
        return (kernel_size,) * rank
    if len(kernel_size) != rank:
        raise ShapeError(
            f"kernel_size {kernel_size!r} has {len(kernel_size)} "
            f"{'axis' if len(kernel_size) == 1 else 'axes'} but a {rank}-D pooling has {rank}; "
            f"give one number or {rank}."
        )
    return tuple(kernel_size)


def pooling_arrays(
    spec: PoolSpec, input: Any, out: np.ndarray | None
) -> tuple[np.ndarray, tuple[Axis, ...], np.ndarray, np.ndarray]:
    """Make ready what a pooling reads and writes.

    >>> x, axes, result, batch = pooling_arrays(PoolSpec(2), np.ones((3, 4, 6)), None)
    >>> x.shape, result.shape, batch.shape
    ((1, 3, 4, 6), (3, 2, 3), (1, 3, 2, 3))

    Returns the input as (N, C, *size), its axes, the result, and the same result seen as
    (N, C, *output).
    """
    x, added_batch = as_batch(input, spec.rank)
    axes = _axes(spec, x.shape[2:])
    shape = (*x.shape[:2], *(axis.output for axis in axes))
    result = result_array(out, shape[1:] if added_batch else shape, x.dtype)
    return apart_from(out, x), axes, result, result.reshape(shape)


@lru_cache(128)
def _axes(spec: PoolSpec, size: tuple[int, ...]) -> tuple[Axis, ...]:
    """The axes of a spec, kept: 7 us each, a third of pooling 5 x 5 numbers."""
    return spec.axes(size)


def axis_taps(padded: np.ndarray, axis: Axis, place: int) -> Iterator[np.ndarray]:
    """Yield, for each cell of the window along one axis, that cell of every window at once.

    >>> row = np.arange(5.0)
    >>> [cells.tolist() for cells in axis_taps(row, Axis(input=5, kernel=2, stride=2), -1)]
    [[0.0, 2.0], [1.0, 3.0]]

    place : which axis of the array it is, counted from the last one: -1.
    """
    after = (slice(None),) * (-1 - place)
    for tap in range(axis.kernel):
        start = tap * axis.dilation
        cells = slice(start, start + (axis.output - 1) * axis.stride + 1, axis.stride)
        taken: Any = (..., cells, *after)
        yield padded[taken]


def tap_views(padded: np.ndarray, axes: Sequence[Axis]) -> Iterator[np.ndarray]:
    """Yield, for each cell of the window in reading order, that cell of every window at once.

    >>> square = np.arange(9.0).reshape(3, 3)
    >>> axes = [Axis(input=3, kernel=2)] * 2
    >>> [cells.tolist() for cells in tap_views(square, axes)][:2]
    [[[0.0, 1.0], [3.0, 4.0]], [[1.0, 2.0], [4.0, 5.0]]]
    """
    first, *others = axes
    for cells in axis_taps(padded, first, -len(axes)):
        if others:
            yield from tap_views(cells, others)
        else:
            yield cells


def combine_windows(
    combine: np.ufunc, padded: np.ndarray, axes: Sequence[Axis], result: np.ndarray
) -> None:
    """Write to `result` what a sum, maximum or minimum makes of the cells of every window.

    >>> square, result = np.arange(9.0).reshape(3, 3), np.empty((2, 2))
    >>> combine_windows(np.add, square, [Axis(input=3, kernel=2)] * 2, result)
    >>> result
    array([[ 8., 12.],
           [20., 24.]])

    One axis after the other: first every column of a window to one number, then those numbers. So
    a window of 3 x 3 cells takes 2 + 2 operations, not 8.
    """
    for place, axis in enumerate(axes, start=-len(axes)):
        first, *others = axis_taps(padded, axis, place)
        target = result if place == -1 else np.empty(first.shape, first.dtype)
        np.copyto(target, first)
        for cells in others:
            combine(target, cells, out=target)
        padded = target


def window_divisors(
    axes: Sequence[Axis], count_include_pad: bool = True, divisor_override: int | None = None
) -> np.ndarray:
    """Say by which number average pooling divides each window.

    >>> corner = [Axis(input=2, kernel=3, before=1, after=1)] * 2
    >>> window_divisors(corner).tolist(), window_divisors(corner, count_include_pad=False).tolist()
    ([[9, 9], [9, 9]], [[4, 4], [4, 4]])

    A window over no cell that counts is divided by 1. Returns whole numbers of the output's size.
    """
    factors = divisor_factors(tuple(axes), count_include_pad, divisor_override)
    return np.maximum(reduce(np.multiply.outer, factors), 1)


def cells_present(axes: Sequence[Axis]) -> np.ndarray:
    """Count the cells of each window that lie on the input: not in the padding nor beyond it.

    >>> cells_present([Axis(input=3, kernel=3, before=1, after=1)]).tolist()
    [2, 3, 2]
    """
    return reduce(np.multiply.outer, (counted_cells(axis, False) for axis in axes))


def winner_indices(padded: np.ndarray, winners: np.ndarray, axes: Sequence[Axis]) -> np.ndarray:
    """Say where in its unpadded plane each window's first winning cell stands; -1 for none.

    >>> row = np.array([-np.inf, 5, 7, 7])
    >>> axis = Axis(input=3, kernel=2, before=1)
    >>> winner_indices(row, np.array([5.0, 7, 7]), [axis])
    array([0, 1, 1])

    A cell wins if it is the window's result, or not a number.
    """
    places = [np.arange(axis.padded + axis.overhang) - axis.before for axis in axes]
    insides = ((p >= 0) & (p < axis.input) for p, axis in zip(places, axes, strict=True))
    inside = reduce(np.logical_and.outer, insides)
    plane = np.zeros((), dtype=np.int64)
    for place, axis in zip(places, axes, strict=True):
        plane = np.add.outer(plane * axis.input, place)
    indices = np.full(winners.shape, -1, dtype=np.int64)
    cells = zip(
        tap_views(padded, axes), tap_views(plane, axes), tap_views(inside, axes), strict=True
    )
    for value, place, real in cells:
        wins = real & ((value == winners) | np.isnan(value)) & (indices < 0)
        np.copyto(indices, place, where=wins)
    return indices

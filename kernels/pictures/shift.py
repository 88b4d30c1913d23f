"""What pooling makes of a small move of its input: how much changed before it, how much after it.

Pooling is called invariant to small moves. It is so only partly; these counts show how far.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.spec import PoolSpec
from kernels.ops.padding import as_float
from kernels.ops.pool import pool_layer

# Means of the same numbers added in another order differ in their last places.
_SAME = 1e-9


class Change(NamedTuple):
    """Numbers before and after a move, cell by cell.

    Parameters
    ----------
    before, after : (C, H, W)
    changed : (C, H, W) bool
    """

    before: np.ndarray
    after: np.ndarray
    changed: np.ndarray

    @property
    def difference(self) -> np.ndarray:
        """After minus before."""
        return self.after - self.before

    @property
    def count(self) -> int:  # type: ignore[override]  # hides the tuple's own, of no use here
        """How many cells changed."""
        return int(np.count_nonzero(self.changed))

    @property
    def share(self) -> float:
        """How many of all cells changed, from 0 to 1."""
        return self.count / self.changed.size

    @property
    def mean(self) -> float:
        """By how much a cell changed on average, without its sign."""
        return float(np.abs(self.difference).mean())

    @property
    def largest(self) -> tuple[float, tuple[int, ...]]:
        """The largest change with its sign, and its (channel, row, column): the first of equals."""
        difference = self.difference
        place = np.unravel_index(int(np.abs(difference).argmax()), difference.shape)
        return float(difference[place]), tuple(int(n) for n in place)


class ShiftTest(NamedTuple):
    """A move of an input, seen before and after a pooling.

    Parameters
    ----------
    input, output : what changed before and after the pooling
    moved_back : the outputs that both moves share, after the second was moved back by `steps`;
        None where the move is not a whole number of strides, so that no move back makes up for it
    steps : (rows, columns) by which the output moved, or None
    """

    input: Change
    output: Change
    moved_back: Change | None
    steps: tuple[int, int] | None


def shift_row(row: Any, by: int, entering: float = 0.0) -> np.ndarray:
    """Move a row of numbers to the right, or to the left where `by` is negative.

    >>> shift_row([0.1, 1, 0.2, 0.1], 1, entering=0.3).tolist()
    [0.3, 0.1, 1.0, 0.2]
    >>> shift_row([1, 2, 3], -2).tolist()
    [3.0, 0.0, 0.0]

    Parameters
    ----------
    row : (..., W); the last axis is moved
    by : cells; as many numbers leave at one end
    entering : what comes in at the other end
    """
    row = as_float(row)
    moved = np.full_like(row, entering)
    kept = max(row.shape[-1] - abs(by), 0)
    if by >= 0:
        moved[..., by:] = row[..., :kept]
    else:
        moved[..., :kept] = row[..., -by:]
    return moved


def shift_test(before: Any, after: Any, pool: PoolSpec, shift: tuple[int, int]) -> ShiftTest:
    """Count what changed in an input that moved, and in its max or average pooling.

    >>> row = np.array([[[0.1, 1, 0.2, 0.1]]])
    >>> pool = PoolSpec((1, 3), stride=1, padding=((0, 0), (1, 1)))
    >>> found = shift_test(row, shift_row(row, 1, entering=0.3), pool, (0, 1))
    >>> found.output.before[0, 0].tolist(), found.output.after[0, 0].tolist()
    ([1.0, 1.0, 1.0, 0.2], [0.3, 1.0, 1.0, 1.0])
    >>> found.input.count, found.output.count, found.steps
    (4, 2, (0, 1))

    Parameters
    ----------
    before, after : (C, H, W), the same scene before and after the move
    pool : a max or average pooling
    shift : (rows, columns) by which the scene moved, down and to the right positive

    Raises ShapeError for two sizes or another kind of pooling. Source: Goodfellow, Bengio and
    Courville 2016, figure 9.8; Zhang 2019, "Making Convolutional Networks Shift-Invariant Again".
    """
    before, after = as_float(before), as_float(after)
    if before.shape != after.shape:
        raise ShapeError(
            f"before has shape {before.shape} and after {after.shape}; a move keeps the size, so "
            "give two of the same shape."
        )
    if pool.kind not in ("max", "avg"):
        raise ShapeError(
            f"kind is {pool.kind!r} but a shift test pools by 'max' or 'avg'; use one."
        )
    outputs = pool_layer(before, pool), pool_layer(after, pool)
    steps = _steps(shift, pool.stride)
    back = None
    if steps is not None and all(
        abs(step) < size for step, size in zip(steps, outputs[0].shape[1:], strict=True)
    ):
        back = changes(*_overlap(*outputs, steps))
    return ShiftTest(changes(before, after), changes(*outputs), back, steps)


def framed(planes: np.ndarray, shift: tuple[int, int], margin: int) -> np.ndarray:
    """Cut a frame out of a photograph whose scene has moved; the photograph itself comes in.

    >>> picture = np.arange(25.0).reshape(1, 5, 5)
    >>> framed(picture, (0, 0), 1)[0, 0].tolist(), framed(picture, (0, 1), 1)[0, 0].tolist()
    ([6.0, 7.0, 8.0], [5.0, 6.0, 7.0])

    Parameters
    ----------
    planes : (C, H, W)
    shift : (rows, columns) by which the scene moves, down and to the right positive
    margin : pixels kept free around the frame, at least as many as the shift
    """
    height, width = planes.shape[1:]
    if max(map(abs, shift)) > margin or min(height, width) <= 2 * margin:
        raise ShapeError(
            f"a shift of {shift} with a margin of {margin} does not fit into {height} x {width} "
            "pixels; use a margin that is as large as the shift, and a larger picture."
        )
    top, left = margin - shift[0], margin - shift[1]
    return planes[:, top : top + height - 2 * margin, left : left + width - 2 * margin]


def _steps(shift: tuple[int, int], stride: tuple[int, ...]) -> tuple[int, int] | None:
    if any(by % step for by, step in zip(shift, stride, strict=True)):
        return None
    rows, columns = (by // step for by, step in zip(shift, stride, strict=True))
    return rows, columns


def _overlap(
    before: np.ndarray, after: np.ndarray, steps: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """The cells of both that show the same part of the scene."""
    cut_before, cut_after = [slice(None)], [slice(None)]
    for step, size in zip(steps, before.shape[1:], strict=True):
        cut_before.append(slice(max(-step, 0), size - max(step, 0)))
        cut_after.append(slice(max(step, 0), size - max(-step, 0)))
    return before[tuple(cut_before)], after[tuple(cut_after)]


def changes(before: np.ndarray, after: np.ndarray) -> Change:
    """Compare two arrays cell by cell.

    >>> changes(np.array([[[1.0, 2]]]), np.array([[[1.0, 5]]])).largest
    (3.0, (0, 0, 1))

    Parameters
    ----------
    before, after : (C, H, W), of the same shape
    """
    return Change(before, after, np.abs(after - before) > _SAME)

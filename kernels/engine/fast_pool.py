"""Max and average pooling of pictures at full speed.

`kernels.pool` says what pooling is and can compute any of it plainly. Here a picture passes through
the cache once, some rows at a time: first each window's rows are combined, whole rows with whole
rows; then its columns, by combining one long line with itself, shifted; the stride's choice among
the columns comes last, since skipping through memory is slow. Windows that reach over the border
are clipped to the picture, which is right for both: padding is minus infinity to a maximum and
nothing to a sum.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

import numpy as np

from kernels.engine.blocks import parts
from kernels.engine.threads import NOW, Later, fewest_blocks, share_out
from kernels.geometry import Axis

BLOCK_CELLS = 2**19
"""Cells of a block's rows, once combined."""

COMBINED = 0.17e-9
"""Seconds for each float32 cell and each tap of a window along one axis, all else included."""


def fast_pool2d(
    combine: np.ufunc,
    x: np.ndarray,
    axes: Sequence[Axis],
    out: np.ndarray,
    factors: Sequence[np.ndarray] | None = None,
) -> None:
    """Write the maximum, minimum or sum of every window, divided if asked to, to `out`.

    >>> x, out = np.arange(16.0).reshape(1, 1, 4, 4), np.empty((1, 1, 2, 2))
    >>> fast_pool2d(np.maximum, x, [Axis(input=4, kernel=3, stride=2, before=1)] * 2, out)
    >>> out[0, 0]
    array([[ 5.,  7.],
           [13., 15.]])

    Parameters
    ----------
    combine : np.maximum, np.minimum or np.add.
    x : (N, C, H, W), float32 or float64.
    axes : where the windows stand along rows and columns: not dilated, and none over padding alone.
    out : (N, C, H_out, W_out), contiguous, of the type of `x` and not overlapping it.
    factors : of the numbers to divide by, one an output row and one an output column.
    """
    if out.size == 0:
        return
    rows, columns = axes
    planes = x.reshape(-1, rows.input, columns.input)
    results = out.reshape(-1, rows.output, columns.output)
    taps = (rows.kernel + columns.kernel) / rows.stride
    seconds = COMBINED * taps * x.size * x.itemsize / 4

    def work(block: tuple[slice, slice], do: Later) -> None:
        some, part = block
        source, target = planes[some], results[some, part]
        combined = do.scratch("rows", (*target.shape[:2], columns.input), x.dtype)
        combine_rows(combine, source, rows, part, combined, do)
        combine_columns(combine, combined, columns, target, do)
        if factors is not None:
            by = divisors(factors[0][part], factors[1]).astype(x.dtype)
            do.divide(target, by, out=target)

    high, fewest = max(BLOCK_CELLS // columns.input, 1), fewest_blocks(seconds)
    some_planes = parts(len(planes), max(high // rows.output, 1), fewest)
    # Rows of one plane, or all rows of several: each block is one piece of the result.
    alone = len(some_planes) == len(planes)
    some_rows = parts(rows.output, high, fewest if alone else 1)
    share_out(work, [(some, part) for some in some_planes for part in some_rows], seconds)


def has_fast_way(axes: Sequence[Axis], out: np.ndarray) -> bool:
    """Whether `fast_pool2d` can do it: two axes, windows without holes, a result in one piece."""
    return len(axes) == 2 and all(a.dilation == 1 for a in axes) and out.flags.c_contiguous


def divisors(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Multiply one factor a row and one a column; a lone number where it is the same everywhere.

    >>> divisors(np.array([2, 2]), np.array([3, 3])), divisors(np.array([1, 2]), np.array([3]))
    (array(6), array([[3],
           [6]]))
    """
    if (rows == rows[0]).all() and (columns == columns[0]).all():
        return np.asarray(rows[0] * columns[0])
    return np.multiply.outer(rows, columns)


def combine_rows(
    combine: np.ufunc,
    source: np.ndarray,
    axis: Axis,
    part: slice,
    target: np.ndarray,
    do: Later = NOW,
) -> None:
    """Write what the rows of each window combine to, for one part of the output rows.

    >>> target = np.empty((1, 2, 1))
    >>> rows = Axis(input=3, kernel=2, before=1)
    >>> combine_rows(np.add, np.array([[[1.0], [2], [4]]]), rows, slice(0, 2), target)
    >>> target.ravel()
    array([1., 3.])
    """
    inside = windows_inside(axis, part)
    if inside:
        start = inside.start * axis.stride - axis.before
        stop = start + (len(inside) - 1) * axis.stride + 1
        taps = [source[:, start + n : stop + n : axis.stride] for n in range(axis.kernel)]
        _combine(do, combine, taps, target[:, inside.start - part.start : inside.stop - part.start])
    for n in (*range(part.start, inside.start), *range(inside.stop, part.stop)):
        taps = [source[:, row] for row in _clipped(axis, n)]
        _combine(do, combine, taps, target[:, n - part.start])


def combine_columns(
    combine: np.ufunc, source: np.ndarray, axis: Axis, target: np.ndarray, do: Later = NOW
) -> None:
    """Write what the columns of each window combine to.

    >>> target = np.empty((1, 2, 2))
    >>> columns = Axis(input=4, kernel=2, stride=2)
    >>> combine_columns(np.add, np.arange(8.0).reshape(1, 2, 4), columns, target)
    >>> target[0]
    array([[ 1.,  5.],
           [ 9., 13.]])

    source, target : (planes, rows, columns), contiguous.
    """
    inside = windows_inside(axis, slice(0, axis.output))
    if inside:
        # One long line: the windows over the end of a row and the start of the next are not used.
        line = source.reshape(-1)
        count = line.size - axis.kernel + 1
        taps = [line[n : n + count] for n in range(axis.kernel)]
        if axis.stride == 1 and target.shape == source.shape:
            _combine(do, combine, taps, target.reshape(-1)[axis.before : axis.before + count])
        else:
            start = inside.start * axis.stride - axis.before
            # The first window at an even place, for `pick`.
            wide = do.scratch("columns", (line.size + start + 2,), source.dtype)[start % 2 :]
            _combine(do, combine, taps, wide[:count])
            places = target[..., inside.start : inside.stop]
            pick(wide[start:], source.shape, axis.stride, places, do)
    for n in (*range(inside.start), *range(inside.stop, axis.output)):
        taps = [source[..., column] for column in _clipped(axis, n)]
        _combine(do, combine, taps, target[..., n])


def pick(
    line: np.ndarray, shape: Sequence[int], stride: int, target: np.ndarray, do: Later = NOW
) -> None:
    """Copy every so-manieth column of rows that follow one another in a line.

    >>> target = np.empty((1, 2, 2), np.float32)
    >>> pick(np.arange(8, dtype=np.float32), (1, 2, 4), 2, target)
    >>> target[0]
    array([[0., 2.],
           [4., 6.]], dtype=float32)

    Skipping through memory is slow. But two neighbours of 32 bits can be seen as one number of 64
    bits; cut to 32 bits, it leaves the first of the two on a little-endian machine, and NumPy cuts
    twice as fast as it skips.

    line : from the first column on, aligned to 8 bytes. shape : (planes, rows, columns).
    """
    rows = line[: math.prod(shape)]
    if stride == 2 and line.itemsize == 4 and shape[-1] % 2 == 0 and sys.byteorder == "little":
        pairs = rows.view(np.uint64).reshape(*shape[:-1], -1)[..., : target.shape[-1]]
        do.copyto(target.view(np.uint32), pairs, casting="unsafe")
    else:
        do.copyto(target, rows.reshape(shape)[..., : target.shape[-1] * stride : stride])


def windows_inside(axis: Axis, part: slice) -> range:
    """Which windows of a part of the output reach over no end of the input.

    >>> windows_inside(Axis(input=5, kernel=3, before=1, after=1), slice(0, 5))
    range(1, 4)
    """
    first = -(-axis.before // axis.stride)
    last = (axis.input + axis.before - axis.kernel) // axis.stride
    start = min(max(part.start, first), part.stop)
    return range(start, max(min(part.stop, last + 1), start))


def _clipped(axis: Axis, n: int) -> range:
    """The input cells of window number n."""
    start = n * axis.stride - axis.before
    return range(max(start, 0), min(start + axis.kernel, axis.input))


def _combine(
    do: Later, combine: np.ufunc, arrays: Sequence[np.ndarray], target: np.ndarray
) -> None:
    """Combine any number of arrays, one after the other."""
    combine = getattr(do, combine.__name__)
    if len(arrays) == 1:
        do.copyto(target, arrays[0])
        return
    combine(arrays[0], arrays[1], out=target)
    for array in arrays[2:]:
        combine(target, array, out=target)

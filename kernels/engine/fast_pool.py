"""Max and average pooling of pictures at full speed.

`kernels.ops.pool` says what pooling is and can compute any of it plainly. Here a picture passes
through the cache once, some rows at a time: first each window's rows are combined, whole
rows with whole rows; then its columns, by combining one long line with itself, shifted; the
stride's choice among the columns comes last, since skipping through memory is slow. Windows that
reach over the border are clipped to the picture, which is right for both: padding is minus
infinity to a maximum and nothing to a sum.

A pooling of 3 MB takes as long as 200 lines of Python, so that what depends on the layer alone is
worked out once and kept.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from kernels.engine.blocks import parts
from kernels.engine.threads import NOW, Later, fewest_blocks, share_out
from kernels.layers.counted_cells import divisor_factors
from kernels.layers.geometry import Axis

BLOCK_CELLS = 2**19
"""Cells of a block's rows, once combined."""

COMBINED = 0.15e-9
"""Seconds for each float32 cell and each tap of a window along one axis, all else included."""

FIRST_SHARE = 9 / 16
"""What the first thread takes of a result cut in two: it starts before the one it has to wake."""


def fast_pool2d(
    combine: np.ufunc,
    x: np.ndarray,
    axes: Sequence[Axis],
    out: np.ndarray,
    counting: tuple[bool, int | None] | None = None,
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
    counting : for an average: count_include_pad and divisor_override, as `divisor_factors` takes
        them.
    """
    if out.size == 0:
        return
    rows, columns = axes
    planes = x.reshape(-1, rows.input, columns.input)
    results = out.reshape(-1, rows.output, columns.output)
    seconds = COMBINED * (rows.kernel + columns.kernel) / rows.stride * x.size * x.itemsize / 4
    lone = lone_divisor(rows, columns, *counting) if counting else None
    # To multiply is faster than to divide, and by a power of two it gives the same bits.
    scale = 1 / lone if lone is not None and math.frexp(lone)[0] == 0.5 else None

    def work(block: tuple[slice, slice], do: Later) -> None:
        some, part = block
        source, target = planes[some], results[some, part]
        combined = do.scratch("rows", (*target.shape[:2], columns.input), x.dtype)
        combine_rows(combine, source, rows, part, combined, do)
        combine_columns(combine, combined, columns, target, do)
        if scale is not None:
            do.multiply(target, scale, out=target)
        elif lone is not None:
            do.divide(target, lone, out=target)
        elif counting is not None:
            down, across = divisor_factors((rows, columns), *counting)
            do.divide(target, np.multiply.outer(down[part], across).astype(x.dtype), out=target)

    high, fewest = max(BLOCK_CELLS // columns.input, 1), fewest_blocks(seconds)
    blocks = _blocks(len(planes), rows.output, high, fewest)
    share_out(work, blocks, seconds)


@lru_cache(64)
def _blocks(planes: int, rows: int, high: int, fewest: int) -> list[tuple[slice, slice]]:
    """Cut the result: rows of one plane, or all rows of several, so that a block is in one piece.

    Kept: 18 us, a tenth of pooling 64 maps of 56 x 56.

    high : rows of a block at most. fewest : blocks at least, where that can be.
    """
    some_planes = parts(planes, max(high // rows, 1), fewest)
    if len(some_planes) < planes:
        return [(some, slice(0, rows)) for some in _first_longer(some_planes)]
    some_rows = _first_longer(parts(rows, high, fewest))
    return [(some, part) for some in some_planes for part in some_rows]


def _first_longer(halves: list[slice]) -> list[slice]:
    """Move the cut between two halves to where both threads should be done at the same time.

    >>> _first_longer([slice(0, 16), slice(16, 32)])
    [slice(0, 18, None), slice(18, 32, None)]
    """
    if len(halves) != 2:
        return halves
    total = halves[1].stop
    first = min(round(total * FIRST_SHARE), total - 1)
    return [slice(0, first), slice(first, total)]


def has_fast_way(axes: Sequence[Axis], out: np.ndarray) -> bool:
    """Whether `fast_pool2d` can do it: two axes, windows without holes, a result in one piece."""
    return len(axes) == 2 and all(a.dilation == 1 for a in axes) and out.flags.c_contiguous


def lone_divisor(
    rows: Axis, columns: Axis, count_include_pad: bool, divisor_override: int | None
) -> int | None:
    """One number to divide every window's sum by, if there is one.

    >>> padded = Axis(input=3, kernel=2, before=1)
    >>> lone_divisor(padded, padded, True, None), lone_divisor(padded, padded, False, None)
    (4, None)
    """
    down, across = divisor_factors((rows, columns), count_include_pad, divisor_override)
    if (down == down[0]).all() and (across == across[0]).all():
        return int(down[0]) * int(across[0])
    return None


class Windows(NamedTuple):
    """The windows of a part of one axis.

    inside : which of the part's windows reach over no end of the input: a slice.
    taps : for each cell of a window, that cell of all the windows inside: slices of the input.
    clipped : each of the others, by its number in the part, and its cells on the input.
    """

    inside: slice
    taps: tuple[slice, ...]
    clipped: tuple[tuple[int, range], ...]


def windows_of(axis: Axis, start: int, stop: int) -> Windows:
    """Sort the windows from one to before another.

    >>> windows_of(Axis(input=5, kernel=2, stride=2, before=1), 0, 3)
    Windows(inside=slice(1, 3, None), taps=(slice(1, 4, 2), slice(2, 5, 2)), \
clipped=((0, range(0, 1)),))
    """
    first = -(-axis.before // axis.stride)
    last = (axis.input + axis.before - axis.kernel) // axis.stride
    low = min(max(start, first), stop)
    high = max(min(stop, last + 1), low)
    cell = low * axis.stride - axis.before
    length = max((high - low - 1) * axis.stride + 1, 0)
    others = (*range(start, low), *range(high, stop))
    return Windows(
        slice(low - start, high - start),
        tuple(slice(cell + n, cell + n + length, axis.stride) for n in range(axis.kernel)),
        tuple((n - start, _clipped(axis, n)) for n in others),
    )


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
    inside, taps, clipped = windows_of(axis, part.start, part.stop)
    if inside.start < inside.stop:
        _combine(do, combine, [source[:, rows] for rows in taps], target[:, inside])
    for n, rows in clipped:
        _combine(do, combine, [source[:, row] for row in rows], target[:, n])


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
    inside, taps, clipped = windows_of(axis, 0, axis.output)
    if inside.start < inside.stop:
        # One long line: the windows over the end of a row and the start of the next are not used.
        line = source.reshape(-1)
        count = line.size - axis.kernel + 1
        shifted = [line[n : n + count] for n in range(axis.kernel)]
        if axis.stride == 1 and target.shape == source.shape:
            _combine(do, combine, shifted, target.reshape(-1)[axis.before : axis.before + count])
        else:
            start = taps[0].start
            # The first window at an even place, for `pick`.
            wide = do.scratch("columns", (line.size + start + 2,), source.dtype)[start % 2 :]
            _combine(do, combine, shifted, wide[:count])
            pick(wide[start:], source.shape, axis.stride, target[..., inside], do)
    for n, columns in clipped:
        _combine(do, combine, [source[..., column] for column in columns], target[..., n])


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
        do.call(_cut_pairs, pairs, target)
    else:
        do.copyto(target, rows.reshape(shape)[..., : target.shape[-1] * stride : stride])


def _cut_pairs(pairs: np.ndarray, target: np.ndarray) -> None:
    """Keep the first 32 bits of each 64; recorded calls cannot name an array as other bits."""
    np.copyto(target.view(np.uint32), pairs, casting="unsafe")


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

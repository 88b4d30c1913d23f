"""A picture times a large kernel by Fourier transforms of overlapping tiles (overlap-save).

A transform turns the sum over a window into one multiplication a frequency. It goes round: windows
that reach over the end of a tile read its start again, so that a tile of n cells is good for
n - k + 1 results, and neighbouring tiles overlap. With a stride, the cells of each phase are a
picture of their own, with their part of the kernel; their products are added up before the way
back, so that only the results that are asked for are computed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kernels.engine.filter_blocks import Piece, mend, pieces
from kernels.engine.threads import Later, share_out
from kernels.layers.geometry import Axis

LARGEST = 320
"""Cells of a tile's side at most, unless the kernel is large: it should stay in the cache."""


def tile_side(axis: Axis) -> int:
    """Cells of a tile along one axis, of each phase: the side with which there is least to do.

    >>> tile_side(Axis(input=542, kernel=31)), tile_side(Axis(input=40, kernel=31))
    (288, 40)
    """
    from scipy import fft  # here, since it takes as long to import as all of kernels

    taps = -(-axis.kernel // axis.stride)
    best = None
    for count in range(1, axis.output + 1):
        side = fft.next_fast_len(-(-axis.output // count) + taps - 1, real=True)
        if side <= max(LARGEST, 2 * taps) and (best is None or count * side < best[0]):
            best = count * side, side
        if side < 2 * taps:
            break
    return best[1] if best else fft.next_fast_len(2 * taps, real=True)


def filter_by_fft(
    planes: np.ndarray,
    kernel: np.ndarray,
    axes: Sequence[Axis],
    out: np.ndarray,
    seconds: float = 0.0,
) -> None:
    """Write the planes times the kernel to `out`.

    >>> out = np.empty((1, 2, 1))
    >>> axes = Axis(input=3, kernel=2), Axis(input=2, kernel=2)
    >>> filter_by_fft(np.arange(6.0).reshape(1, 3, 2), np.eye(2), axes, out)
    >>> out.ravel().round(9)
    array([3., 7.])

    planes : (C, H, W). kernel : (kh, kw). out : (C, H_out, W_out). All contiguous and of one type.
    seconds : about how long it will take, to decide on threads.
    """
    from scipy import fft

    rows, columns = axes
    side = tile_side(rows), tile_side(columns)
    phases = [
        (p, q)
        for p in range(min(rows.stride, rows.kernel))
        for q in range(min(columns.stride, columns.kernel))
    ]
    weights = [
        fft.rfft2(kernel[p :: rows.stride, q :: columns.stride], side).conj() for p, q in phases
    ]
    total = kernel.sum(dtype=float)

    def filter_tile(plane: np.ndarray, piece: Piece, tile: np.ndarray) -> None:
        high, wide = piece.size
        cells = plane[
            piece.rows.start * rows.stride : (piece.rows.stop - 1) * rows.stride + rows.kernel,
            piece.columns.start * columns.stride : (piece.columns.stop - 1) * columns.stride
            + columns.kernel,
        ]
        # What all cells have in common needs no transform, which would round it.
        common = tile.dtype.type(cells.mean(dtype=float))
        if not np.isfinite(common):
            common = tile.dtype.type(0)
        added = None
        for (p, q), weight in zip(phases, weights, strict=True):
            dealt = cells[p :: rows.stride, q :: columns.stride]
            h, w = dealt.shape
            tile[h:] = 0
            tile[:h, w:] = 0
            np.subtract(dealt, common, out=tile[:h, :w])
            product = fft.rfft2(tile)
            product *= weight
            added = product if added is None else np.add(added, product, out=added)
        result = fft.irfft2(added, side, overwrite_x=True)[:high, :wide]
        target = out[piece]
        np.add(result, tile.dtype.type(common * total), out=target)
        mend(target, plane, kernel, axes, piece, target)

    def work(piece: Piece, do: Later) -> None:
        tile = do.scratch("tile", side, out.dtype)
        do.call(filter_tile, planes[piece.plane], piece, tile)

    most = (n - -(-axis.kernel // axis.stride) + 1 for n, axis in zip(side, axes, strict=True))
    share_out(work, pieces(out.shape, *most), seconds)

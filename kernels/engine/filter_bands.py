"""A picture times one kernel directly, as matrix products of bands of rows.

As in `kernels.engine.bands`, of which this is the case of one channel in and one out: the lines of
the picture are copied once for each column of the kernel, shifted, and a band of output rows is the
product of one small matrix with the lines that it reads. Here the products are written to the
result at once, and with a stride the columns are dealt out first, so that the lines are copied in
one piece.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from kernels.engine.bands import band_matrices
from kernels.engine.filter_blocks import Piece, line_pitch, mend, pieces
from kernels.engine.threads import Later, fewest_blocks, share_out
from kernels.layers.geometry import Axis

BAND = 4
"""Output rows of a band."""

BLOCK_BYTES = 4 * 2**20
"""Scratch for the shifted lines of a block: it should stay in the cache."""

PRODUCT = 10**6
"""Multiplications of a product at most: beyond it BLAS goes another way, which is slower here."""

NARROWEST = 128
"""Cells of a line at least, however large the kernel."""


def filter_in_bands(
    planes: np.ndarray,
    kernel: np.ndarray,
    axes: Sequence[Axis],
    out: np.ndarray,
    seconds: float = 0.0,
) -> None:
    """Write the planes times the kernel to `out`.

    >>> out = np.empty((1, 2, 1))
    >>> axes = Axis(input=3, kernel=2), Axis(input=2, kernel=2)
    >>> filter_in_bands(np.arange(6.0).reshape(1, 3, 2), np.eye(2), axes, out)
    >>> out.ravel()
    array([3., 7.])

    planes : (C, H, W). kernel : (kh, kw). out : (C, H_out, W_out). All contiguous and of one type.
    seconds : about how long it will take, to decide on threads.
    """
    axes = rows, columns = tuple(axes)
    band = min(BAND, rows.output)
    matrix = band_matrices(kernel[np.newaxis, np.newaxis], 1, rows.stride, band)[0]
    wide = min(max(PRODUCT // matrix.size, NARROWEST), columns.output)
    line_bytes = line_pitch(wide, out.itemsize) * kernel.shape[1] * out.itemsize
    high = (BLOCK_BYTES // line_bytes - rows.kernel) // rows.stride + 1
    high = max(high // band * band, band)

    def work(piece: Piece, do: Later) -> None:
        plane, target = planes[piece.plane], out[piece]
        lines = shifted_lines(plane, axes, piece, do)
        height, width = piece.size
        row_step, _, cell_step = lines.strides
        line_step = row_step // columns.kernel
        # Whole bands, then what is left of a last one.
        whole = height // band * band
        for first, count, some in ((0, height // band, band), (whole, 1, height - whole)):
            if count * some == 0:
                continue
            reach = ((some - 1) * rows.stride + rows.kernel) * columns.kernel
            factors = as_strided(
                lines[first * rows.stride :],
                (count, reach, width),
                (some * rows.stride * row_step, line_step, cell_step),
            )
            part = target[first : first + count * some].reshape(count, some, width)
            do.matmul(matrix[:some, :reach], factors, out=part)
        # A cell that is not finite shows in every row of the bands that read it.
        do.call(mend, target[::band], plane, kernel, axes, piece, target)

    cut = out.shape, high, wide, fewest_blocks(seconds), band
    share_out(work, pieces(*cut), seconds)


def shifted_lines(plane: np.ndarray, axes: Sequence[Axis], piece: Piece, do: Later) -> np.ndarray:
    """Copy the rows that a piece reads once for each column of the kernel.

    >>> from kernels.engine.threads import NOW
    >>> axes = Axis(input=1, kernel=1), Axis(input=5, kernel=3, stride=2)
    >>> piece = Piece(0, slice(0, 1), slice(0, 2))
    >>> shifted_lines(np.arange(5.0).reshape(1, 5), axes, piece, NOW)[0]
    array([[0., 2.],
           [1., 3.],
           [2., 4.]])

    Returns (rows, kernel columns, columns of the piece).
    """
    rows, columns = axes
    (high, wide), taps, step = piece.size, columns.kernel, columns.stride
    high = (high - 1) * rows.stride + rows.kernel
    cells = plane[piece.rows.start * rows.stride :][:high, piece.columns.start * step :]
    if taps == step == 1:
        return cells[:, np.newaxis, :wide]
    pitch = line_pitch(wide, plane.itemsize)
    lines = do.scratch("lines", (high, taps, pitch), plane.dtype, beside=plane)[..., :wide]
    for phase in range(min(step, taps)):
        count = len(range(phase, taps, step))
        dealt = cells[:, phase::step][:, : wide + count - 1]
        if step > 1:
            hand = do.scratch("dealt", dealt.shape, plane.dtype)
            do.copyto(hand, dealt)
            dealt = hand
        row_step, cell_step = dealt.strides
        shifts = as_strided(dealt, (high, count, wide), (row_step, cell_step, cell_step))
        do.copyto(lines[:, phase::step], shifts)
    return lines

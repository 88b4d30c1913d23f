"""What the loupe has to know of an axis, as tables: in the browser nothing of it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.components.payload import runs
from kernels import Axis
from kernels.layers.geometry import padding_mode_faults, window_near
from kernels.layers.links import links_of

Runs = Sequence[tuple[int | None, int, int]]


@dataclass(frozen=True)
class AxisTable:
    """One axis of the layer; cells are counted from the original's first pixel.

    >>> table = axis_table(Axis(input=5, kernel=3, stride=2, before=1, after=1), "reflect")
    >>> table.first, table.taps, table.sources
    ([(-1, 2, 3)], (0, 1, 2), [(1, -1, 2), (1, 1, 4), (3, 0, 1)])

    Pixels 0 to 1 have the first window, 2 to 3 the next one:

    >>> table.middles, table.near
    ([(0, 2, 3)], [(2, 2, 2)])

    Parameters
    ----------
    size, outputs : pixels of the original and of the result
    before : cells of padding in front of the original
    reach : cells from a window's first tap to its last
    first : the cell of each window's first tap, negative in the padding
    taps : how far each tap is from the first
    sources : for each cell from the first of the padding on, the pixel that it shows; None where
        padding is a constant
    middles : the cell in the middle of each window; of an even window the one after its middle, so
        that `near` leads back to the window
    near : from which cell on the next window is the nearest one, for every window but the first;
        halfway between two, which happens with even kernels and with strides, it is the earlier one
    edge, step : where the first pixel of the result begins, if each lies in the middle of its
        window, and how far it is from one to the next
    ends : from where to where padding and windows reach
    """

    size: int
    outputs: int
    before: int
    reach: int
    first: Runs
    taps: Sequence[int]
    sources: Runs
    middles: Runs
    near: Runs
    edge: float
    step: int
    ends: tuple[int, int]


@lru_cache(maxsize=64)
def axis_table(axis: Axis, padding_mode: str) -> AxisTable:
    """The table of one axis of a convolution on a picture."""
    links, reach = links_of(axis, padding_mode), axis.effective_kernel
    first = [reads[0][1] - links.before for reads in links.reads]
    middles = [cell + reach // 2 for cell in first]
    last = first[-1] + reach
    return AxisTable(
        size=links.input,
        outputs=links.output,
        before=links.before,
        reach=reach,
        first=runs(first),
        taps=tuple(cell - links.reads[0][0][1] for _, cell in links.reads[0]),
        sources=runs(links.sources),
        middles=runs(middles),
        near=runs(_changes(axis, range(middles[0], middles[-1] + 1))),
        edge=reach / 2 - links.before - axis.stride / 2,
        step=axis.stride,
        ends=(-links.before, max(links.input, last)),
    )


def drawn_table(axis: Axis, size: int, padding_mode: str) -> AxisTable:
    """The table of a window of the same shape on a smaller drawing of the original.

    Each of the drawing's `size` pixels is in the middle of a window. Where the drawing has too few
    pixels for the padding mode, its border is repeated.
    """
    half = axis.effective_kernel // 2
    drawn = Axis(size, axis.kernel, 1, half, axis.effective_kernel - 1 - half, axis.dilation)
    fits = not padding_mode_faults([drawn], padding_mode)
    return axis_table(drawn, padding_mode if fits else "replicate")


def _changes(axis: Axis, cells: range) -> list[int]:
    """Cells whose nearest window is another one than that of the cell before."""
    near = [window_near(axis, cell) for cell in cells]
    return [
        cell for cell, before, now in zip(cells[1:], near, near[1:], strict=False) if now != before
    ]

"""Windows along one axis as data for a drawing: those of a layer, or those of a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kernels.layers.links import Links


@dataclass(frozen=True)
class AxisPicture:
    """Cells along one axis, and what reads them or is added to them.

    title, words: what it is, and what to see. links: of an 'input' each output reads the cells of
    its window; of an 'output' each input cell is added to the cells where its taps land. outside:
    of the cells before the input, so many lie outside of the padded axis: windows that reach them
    run off the edge, and what is added to them is cropped. note: what differs from the question.
    """

    title: str
    words: str
    links: Links
    outside: int = 0
    role: Literal["input", "output"] = "input"
    note: str = ""

    @property
    def cells(self) -> int:
        """How many cells the axis has, padding included."""
        return self.links.padded - self.outside


def windows_at(
    starts: Sequence[int], offsets: Sequence[int], *, input: int, before: int = 0, after: int = 0
) -> tuple[Links, int]:
    """The links of windows wherever a working puts them, and how many cells lie outside in front.

    >>> links, outside = windows_at((-2, 1), range(3), input=3, before=1)
    >>> links.reads
    (((0, 0), (1, 1), (2, 2)), ((0, 3), (1, 4), (2, 5)))
    >>> outside, links.before, links.padded, links.sources
    (1, 2, 5, (None, None, 0, 1, 2, None))

    Parameters
    ----------
    starts : the first cell of each window, counted from the input's first cell
    offsets : the cells of a window, counted from its first one
    input, before, after : cells of the input, and of padding at its two ends
    """
    first = min(-before, *starts, 0)
    reach = max(offsets, default=-1) + 1
    end = max(input + after, *(start + reach for start in starts), 0)
    reads = tuple(
        tuple((tap, start + offset - first) for tap, offset in enumerate(offsets))
        for start in starts
    )
    sources = tuple(cell if 0 <= cell < input else None for cell in range(first, end))
    padded = input + after - first
    return Links(reads, sources, -first, input, padded, len(offsets)), -first - before

"""What the windows are handed: rows of cells, every place in them computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Diagram:
    """One row of cells with its windows.

    title, words: what it is, and what to see. before, input, after: cells of padding and of the
    input. starts: first cells of the windows, in input coordinates. reach: cells that a window
    covers. taps: which of these it multiplies; empty for all of them. role: of the cells; those of
    an 'output' are what windows add to, and what lands outside them is cropped.
    """

    title: str
    words: str
    before: int
    input: int
    after: int
    starts: tuple[int, ...]
    reach: int
    taps: tuple[int, ...] = ()
    role: Literal["input", "output"] = "input"


@dataclass(frozen=True)
class WindowsPayload:
    """Rows of cells on one scale; stacked: one below the other, also where there is more room."""

    diagrams: Sequence[Diagram]
    stacked: bool

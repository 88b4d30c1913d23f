"""What the square to draw in is handed."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.views.networks_pad import SIDE


@dataclass(frozen=True)
class DrawingPadPayload:
    """A drawing.

    Attributes
    ----------
    cells : a hexadecimal digit each, row by row: 0 black, f white
    side : rows and columns
    """

    cells: str
    side: int = SIDE

"""What the drawing of a network is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DrawingPayload:
    """What is drawn.

    Attributes
    ----------
    svg : the drawing as text; its bodies carry `data-id` and `aria-label`
    chosen : the id of the body that was chosen; empty if none is
    said : what stands below it while nothing is pointed at
    present : large
    """

    svg: str
    chosen: str
    said: str
    present: bool = False

"""What the drawing of a network is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DrawingPayload:
    """What is drawn.

    Attributes
    ----------
    svgs : the drawing as text, on paper of several widths, from the widest to the narrowest; its
        bodies carry `data-id` and `aria-label`
    chosen : the id of the body that was chosen; empty if none is
    said : what stands below it while nothing is pointed at
    present : large
    """

    svgs: tuple[str, ...]
    chosen: str
    said: str
    present: bool = False

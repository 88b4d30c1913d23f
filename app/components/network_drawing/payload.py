"""What the drawing of a network is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """The drawing on paper of one width.

    Attributes
    ----------
    svg : the drawing as text; its bodies carry `data-id` and `aria-label`
    width : pixels
    said : what stands below it while nothing is pointed at
    """

    svg: str
    width: float
    said: str


@dataclass(frozen=True)
class DrawingPayload:
    """What is drawn.

    Attributes
    ----------
    sheets : the drawing on paper of several widths, from the widest to the narrowest
    chosen : the id of the body that was chosen; empty if none is
    present : large
    """

    sheets: tuple[Sheet, ...]
    chosen: str
    present: bool = False

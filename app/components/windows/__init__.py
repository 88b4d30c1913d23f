"""Windows along one axis, several ways side by side: the right ones, and those of a mistake."""

from collections.abc import Sequence
from pathlib import Path

from app.components.payload import encode
from app.components.registration import registered
from app.components.windows.payload import Diagram, WindowsPayload

__all__ = ["Diagram", "windows"]

PARTS = ("../shared/mount.mjs", "../shared/theme.mjs", "windows.mjs")

_component = registered(Path(__file__).parent, PARTS)


def windows(diagrams: Sequence[Diagram], *, stacked: bool = False, key: str) -> None:
    """Draw rows of cells and their windows, all on one scale.

    stacked : one below the other, also where there is room side by side
    """
    _component(data=encode(WindowsPayload(diagrams, stacked)), key=key)

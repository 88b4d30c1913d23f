"""The sizes of a layer stacked on itself: a row of squares to scale, and the same as a curve."""

from pathlib import Path

from app.components.payload import encode
from app.components.registration import registered
from app.components.shrinking.payload import ShrinkingPayload

PARTS = (
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../stage/drawing.mjs",
    "row.mjs",
    "shrinking.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def shrinking(payload: ShrinkingPayload, *, key: str) -> None:
    """Draw the row; the browser only scales what Python hands over."""
    _component(data=encode(payload), key=key)

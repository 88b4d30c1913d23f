"""A layer drawn to scale: input, padding, first and last window, what is left over, output."""

from pathlib import Path

from app.components.payload import encode
from app.components.registration import registered
from app.components.scale.payload import ScalePayload

PARTS = (
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../shared/room.mjs",
    "../shared/numbers.mjs",
    "../stage/drawing.mjs",
    "../stage/patterns.mjs",
    "../stage/formula.mjs",
    "measures.mjs",
    "bodies.mjs",
    "scale.mjs",
)
# The hatching, the colours and the formulas are the stage's.
STYLES = ("../stage/stage.css", "../stage/formulas.css", "../stage/picture.css", "scale.css")

_component = registered(Path(__file__).parent, PARTS, STYLES)


def scale(payload: ScalePayload, *, key: str) -> None:
    """Draw a layer of any size; the browser only scales what Python hands over."""
    _component(data=encode(payload), key=key)

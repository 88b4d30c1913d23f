"""The stage in one dimension: windows along an axis, several ways below or beside each other."""

from collections.abc import Sequence
from pathlib import Path

from app.components.axes.payload import AxesPayload
from app.components.payload import encode
from app.components.registration import registered
from lessons.quiz.axis_pictures import AxisPicture

PARTS = (
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../shared/numbers.mjs",
    "../stage/drawing.mjs",
    "../stage/windows.mjs",
    "../stage/links.mjs",
    "../stage/numbers.mjs",
    "../stage/panel.mjs",
    "../stage/patterns.mjs",
    "rows.mjs",
    "axes.mjs",
)
# The cells, the hatching and the colours are the stage's.
STYLES = ("../stage/stage.css", "../stage/picture.css", "axes.css")

_component = registered(Path(__file__).parent, PARTS, STYLES)


def axes(
    pictures: Sequence[AxisPicture], *, stacked: bool = False, present: bool = False, key: str
) -> None:
    """Draw rows of cells, and below them what reads them or is added to them, all on one scale.

    stacked : one below the other, also where there is room side by side
    present : large type
    """
    _component(data=encode(AxesPayload(tuple(pictures), stacked, present)), key=key)

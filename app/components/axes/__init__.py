"""The stage in one dimension: windows along an axis, several ways below or beside each other."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from app.components.assets import component_text
from app.components.axes.payload import AxesPayload
from lessons.quiz.axis_pictures import AxisPicture

PARTS = (
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../shared/numbers.mjs",
    "../stage/drawing.mjs",
    "../stage/windows.mjs",
    "../stage/links.mjs",
    "../stage/panel.mjs",
    "../stage/patterns.mjs",
    "rows.mjs",
    "axes.mjs",
)
# The cells, the hatching and the colours are the stage's.
STYLES = ("../stage/stage.css", "../stage/picture.css", "axes.css")

_text = component_text(Path(__file__).parent, PARTS, STYLES)
_component = st.components.v2.component(
    "slide_and_sum_axes", html=_text.html, css=_text.css, js=_text.js
)


def axes(pictures: Sequence[AxisPicture], *, stacked: bool = False, key: str) -> None:
    """Draw rows of cells, and below them what reads them or is added to them, all on one scale.

    stacked : one below the other, also where there is room side by side
    """
    _component(data=AxesPayload(tuple(pictures), stacked).encoded(), key=key)

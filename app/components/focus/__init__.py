"""The keyboard's place on a page: which part has the focus after something has changed."""

from pathlib import Path

import streamlit as st

from app.components.assets import component_text

PARTS = ("../shared/mount.mjs", "focus.mjs")

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_focus", html=_text.html, css=_text.css, js=_text.js
)


def focus_on(area: str, token: str, *, key: str) -> None:
    """Focus the first box or button of the container with the key `area`.

    It is done once for each new `token`, so that a rerun takes the focus from nobody; an empty
    `area` leaves the focus where it is.
    """
    _component(data={"area": area, "token": token}, key=key)

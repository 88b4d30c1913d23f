"""The time that is left, counted down in the browser."""

from pathlib import Path

import streamlit as st

from app.components.assets import component_text

PARTS = ("../shared/mount.mjs", "countdown.mjs")

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_countdown", html=_text.html, css=_text.css, js=_text.js
)


def countdown(left: float, *, key: str) -> None:
    """Say how many minutes are left of `left` seconds, and by how many they are over."""
    _component(data={"left": round(left, 1)}, key=key)

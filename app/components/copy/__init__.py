"""Text with a button that copies it, or a button that copies the page's own address."""

from pathlib import Path

import streamlit as st

from app.components.assets import component_text

_text = component_text(Path(__file__).parent, ("copy.mjs",))
_component = st.components.v2.component(
    "slide_and_sum_copy", html=_text.html, css=_text.css, js=_text.js
)


def copy_text(text: str | None, label: str, *, key: str) -> None:
    """Show `text` with a button that copies it; with None, a button for the page's address."""
    _component(data={"text": text, "label": label}, key=key)

"""Registers a component with Streamlit: one way for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from app.components.assets import component_text, joined, packed


def registered(folder: Path, parts: Sequence[str], styles: Sequence[str] = ()) -> Any:
    """Register the component in a folder and return what draws it.

    Parameters
    ----------
    folder : holds `<name>.html`, its .css and its own .mjs files; its name is the component's
    parts : the .mjs files, each after those that it imports; the last one exports, as its default,
        what mounts the component and returns what takes it away again
    styles : the .css files in the order in which they count; `<name>.css` alone if none are named
    """
    text = component_text(folder, parts, styles)
    return st.components.v2.component(
        f"slide_and_sum_{folder.name}", html=text.html, css=text.css, js=text.js
    )


def registered_unseen(folder: Path, name: str, parts: Sequence[str]) -> Any:
    """Register one more module of a component's folder, which draws nothing."""
    return st.components.v2.component(
        f"slide_and_sum_{name}", js=packed(joined(folder, parts), name)
    )

"""The keyboard's place on a page, and what Enter in a box does."""

from pathlib import Path

import streamlit as st

from app.components.assets import component_text

PARTS = ("../shared/mount.mjs", "keyboard.mjs")

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_keyboard", html=_text.html, css=_text.css, js=_text.js
)


def keyboard(
    area: str,
    token: str,
    *,
    show: str = "",
    says: str = "",
    kept: bool = False,
    boxes: str = "",
    presses: str = "",
    clicker: bool = False,
    key: str,
) -> None:
    """Say where the keyboard belongs; every name is the key of a container.

    Parameters
    ----------
    area, token
        The first box of `area`, or else its first button, gets the focus, once for each new
        `token`, so that a rerun takes it from nobody. An empty area leaves the focus where it is.
    show
        What to bring into view then.
    says
        What a screen reader is to say then.
    kept
        Whether the focus stays where it is unless what had it is gone.
    boxes, presses
        Enter in a box of `boxes` (Ctrl+Enter in one of several lines) presses the button of
        `presses`.
    clicker
        Whether PageUp and PageDown are a clicker's and so must not scroll the page.
    """
    _component(
        data={
            "area": area,
            "token": token,
            "show": show,
            "says": says,
            "kept": kept,
            "boxes": boxes,
            "presses": presses,
            "clicker": clicker,
        },
        key=key,
    )

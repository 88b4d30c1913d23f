"""The presenter view as a whole: the keyboard's place in and out of it, and a clicker's keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from app.components.assets import component_text

PARTS = ("../shared/mount.mjs", "paging.mjs", "presenter.mjs")

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_presenter", html=_text.html, css=_text.css, js=_text.js
)


def presenter(present: bool, turn: int, *, key: str, on_turn_change: Callable[[], None]) -> None:
    """Follow the way into the presenter view and out, and turn long looks by a clicker.

    Parameters
    ----------
    present
        Whether the presenter view is on.
    turn
        How often it was switched on this visit to the page; each new number above 0 moves the
        keyboard to the heading, unless something else has taken it.
    on_turn_change
        Called when PageDown or PageUp has nothing more to show here;
        ``st.session_state[key]["turn"]`` is 1 or -1.
    """
    _component(
        data={"present": present, "turn": turn},
        key=key,
        on_turn_change=on_turn_change,
    )

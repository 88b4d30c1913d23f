"""What every page has around it: style, heading, notes, the way into the presenter view and out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from app.panels.plain import show_notes
from app.session.state import start_presenting, stop_presenting

_STYLE = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
_PRESENTING = Path(__file__).with_name("presenting.css").read_text(encoding="utf-8")


def render_frame(
    title: str, hint: str, present: bool, hint_for_touch: str = "", past_controls: str = "picture"
) -> None:
    """Set the page's style and its heading: a title, one line on what to do, the presenter view.

    While presenting, the heading gives way to the picture; a corner button leads back.
    """
    st.html(f"<style>{_STYLE}{_PRESENTING if present else ''}</style>")
    if present:
        with st.container(key="leave", width="content"):
            st.button("Leave presenter view", on_click=stop_presenting, shortcut="Esc")
        return
    with st.container(key="heading", horizontal=True, vertical_alignment="center"):
        touch = hint_for_touch or hint
        st.html(
            f'<a class="skip" href="#past-controls">Skip to the {past_controls}</a>'
            f'<div class="lead"><h1>{title}</h1><p class="mouse">{hint}</p>'
            f'<p class="touch">{touch}</p></div>'
        )
        with st.container(key="enter", width="content"):
            meaning = "Large type, the picture and its keys alone"
            st.button("Present", help=meaning, on_click=start_presenting)


def mark_past_controls() -> None:
    """Make the next element what the heading's link leads to, past all controls before it."""
    st.html('<div id="past-controls" tabindex="-1"></div>')


def render_notes(notes: Sequence[str]) -> None:
    """Say what had to be moved, one sentence a line."""
    if notes:
        with st.container(key="notes"):
            show_notes(notes)

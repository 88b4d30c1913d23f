"""What every page has around it: style, heading, notes, the way into the presenter view and out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from app.session.state import switch_presenting

_STYLE = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
_PRESENTING = Path(__file__).with_name("presenting.css").read_text(encoding="utf-8")


def render_frame(title: str, hint: str, present: bool, hint_for_touch: str = "") -> None:
    """Set the page's style and its heading: a title, one line on what to do, the presenter view.

    While presenting, the heading gives way to the picture; a corner button leads back.
    """
    st.html(f"<style>{_STYLE}{_PRESENTING if present else ''}</style>")
    if present:
        _switch_button("Leave presenter view", present, "leave")
        return
    with st.container(key="heading", horizontal=True, vertical_alignment="center"):
        touch = hint_for_touch or hint
        st.html(
            f'<div class="lead"><h1>{title}</h1><p class="mouse">{hint}</p>'
            f'<p class="touch">{touch}</p></div>'
        )
        _switch_button("Present", present, "enter")


def render_notes(notes: Sequence[str]) -> None:
    """Say what had to be moved, one sentence a line."""
    if notes:
        st.info("  \n".join(notes))


def _switch_button(label: str, present: bool, key: str) -> None:
    with st.container(key=key, width="content"):
        meaning = None if present else "Large type, the picture and its keys alone"
        st.button(label, help=meaning, on_click=switch_presenting)

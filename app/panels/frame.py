"""What every page has around it: style, heading, notes, the way into the presenter view and out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from app.session.state import PRESENT

_STYLE = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
_PRESENTING = Path(__file__).with_name("presenting.css").read_text(encoding="utf-8")


def render_frame(title: str, hint: str, present: bool) -> None:
    """Set the page's style and, unless presenting, its heading and one line on what to do."""
    st.html(f"<style>{_STYLE}{_PRESENTING if present else ''}</style>")
    if not present:
        st.html(f'<div class="lead"><h1>{title}</h1><p>{hint}</p></div>')


def render_notes(notes: Sequence[str]) -> None:
    """Say what had to be moved, one sentence a line."""
    if notes:
        st.info("  \n".join(notes))


def render_present_button(present: bool) -> None:
    """A button into the presenter view, or out of it."""
    with st.container(key="leave" if present else "enter"):
        label = "Leave presenter view" if present else "Present"
        if st.button(label, key="present_button"):
            query = {k: v for k, v in st.query_params.to_dict().items() if k != PRESENT}
            st.query_params.from_dict(query if present else {**query, PRESENT: "1"})
            st.rerun()

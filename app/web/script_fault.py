"""What a reader sees when a page breaks down: a sentence and a way back."""

from __future__ import annotations

import streamlit as st

from app.page.plain import show_error

SENTENCE = (
    "Sorry, this page has broken down. It is a fault of Slide & Sum, not of yours, and it has "
    "been written to the server's log."
)
WAY_BACK = "Open this page afresh"

# The page's own address without its settings: whatever they were, they are not met again.
_LINK = f'<p><a href="?">{WAY_BACK}</a></p>'


def show_fault(_fault: Exception) -> bool:
    """Show the box in the place of Streamlit's; the log has the traceback already."""
    show_error(SENTENCE)
    st.html(_LINK)
    return True

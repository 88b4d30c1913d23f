"""One text in the browser's own storage: what a learner has reached stays there."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from app.components.assets import component_text

PARTS = ("../shared/mount.mjs", "browser_store.mjs")

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_browser_store", html=_text.html, css=_text.css, js=_text.js
)


def browser_store(
    name: str,
    text: str | None,
    revision: int,
    *,
    key: str,
    on_stored_change: Callable[[], None],
) -> None:
    """Keep `text` in the browser under `name`.

    Parameters
    ----------
    name
        The storage's name for it; with a new name the text kept there is told first.
    text, revision
        What to keep; it is written when the revision is another one than before. None: nothing yet.
    key
        Names the component on its page.
    on_stored_change
        Called once the browser has told what it has, and when another tab has changed it:
        ``st.session_state[key]["stored"]`` is ``{"name": ..., "text": ..., "kept": bool}``, with
        `kept` False where the browser refuses to keep anything.
    """
    _component(
        data={"name": name, "text": text, "revision": revision},
        key=key,
        on_stored_change=on_stored_change,
    )

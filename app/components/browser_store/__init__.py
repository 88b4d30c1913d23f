"""Texts in the browser's own storage: what a learner has reached stays there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from app.components.assets import component_text
from app.components.telling import ask_again, heard, newly_told, word_of

PARTS = (
    "../shared/mount.mjs",
    "../shared/line.mjs",
    "../shared/telling.mjs",
    "../shared/typing.mjs",
    "browser_store.mjs",
)

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_browser_store", html=_text.html, css=_text.css, js=_text.js
)


@dataclass(frozen=True)
class Told:
    """What the browser has told; anybody can write anything into a browser's storage.

    name, text: what all tabs share. own: this tab's own text. kept: False where the browser refuses
    to keep anything. typed: what stands in those of the watched boxes that were typed in.
    """

    name: str
    text: str
    own: str
    kept: bool
    typed: Mapping[str, str]


def browser_store(
    name: str,
    text: str | None,
    revision: int,
    *,
    own: str | None = None,
    boxes: Mapping[str, str] | None = None,
    key: str,
    on_told: Callable[[Told], None],
) -> None:
    """Keep texts in the browser under `name`, and hear what it has.

    Parameters
    ----------
    name
        The storage's name for it; with a new name the text kept there is told first.
    text, revision
        What all tabs share; it is written when the revision is another one than before. None:
        nothing yet.
    own
        What this tab alone keeps, until it is closed. None: nothing yet.
    boxes
        The keys of containers around boxes, each with the name by which `Told.typed` says what
        stands in its box before it is left.
    key
        Names the component on its page.
    on_told
        Called for what the browser has: once in each session, after a cut of the line, and when
        another tab has changed the shared text. It may come in the middle of the run that draws
        the store, so nothing that it changes may be drawn before; and that run may end within it,
        so it is called again, and remembers last that it was.
    """
    data = {"name": name, "text": text, "revision": revision, "own": own, "boxes": boxes or {}}
    _component(
        data={**data, "word": word_of(key)},
        key=key,
        on_stored_change=partial(_on_change, key, on_told),
    )
    # In a new session's first run nobody is called though the browser has told.
    _hear(key, on_told)


def _on_change(key: str, on_told: Callable[[Told], None]) -> None:
    if st.session_state[key]["stored"].get("to") is None:
        ask_again(key)
    _hear(key, on_told)


def _hear(key: str, on_told: Callable[[Told], None]) -> None:
    told = newly_told(key, "stored")
    if told is not None:
        name, text, own = (_words(told.get(part)) for part in ("name", "text", "own"))
        on_told(Told(name, text, own, told.get("kept") is True, _texts(told.get("typed"))))
        heard(key, told)


def _words(text: Any) -> str:
    return text if isinstance(text, str) else ""


def _texts(found: Any) -> dict[str, str]:
    found = found if isinstance(found, Mapping) else {}
    return {name: text for name, text in found.items() if isinstance(text, str)}

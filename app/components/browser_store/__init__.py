"""Texts in the browser's own storage: what a learner has reached stays there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from app.components.browser_store.payload import StorePayload
from app.components.payload import encode
from app.components.registration import registered
from app.components.reports import ask_again, new_report, report_taken, session_word

PARTS = (
    "../shared/mount.mjs",
    "../shared/line.mjs",
    "../shared/reports.mjs",
    "../shared/typing.mjs",
    "browser_store.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


@dataclass(frozen=True)
class Stored:
    """What the browser reports that it has; anybody can write anything into a browser's storage.

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
    on_report: Callable[[Stored], None],
) -> None:
    """Keep texts in the browser under `name`, and hear what it has.

    Parameters
    ----------
    name, text, revision, own, boxes
        As in `StorePayload`; the names of the boxes are those of `Stored.typed`.
    key
        Names the component on its page.
    on_report
        Called for what the browser has: once in each session, after a cut of the line, and when
        another tab has changed the shared text. It may come in the middle of the run that draws
        the store, so nothing that it changes may be drawn before; and that run may end within it,
        so it is called again, and remembers last that it was.
    """
    payload = StorePayload(name, text, revision, own, boxes or {}, session_word(key))
    _component(
        data=encode(payload),
        key=key,
        on_stored_change=partial(_on_change, key, on_report),
    )
    # In a new session's first run nobody is called though the browser has reported.
    _take(key, on_report)


def _on_change(key: str, on_report: Callable[[Stored], None]) -> None:
    if st.session_state[key]["stored"].get("to") is None:
        ask_again(key)
    _take(key, on_report)


def _take(key: str, on_report: Callable[[Stored], None]) -> None:
    report = new_report(key, "stored")
    if report is not None:
        name, text, own = (_words(report.get(part)) for part in ("name", "text", "own"))
        on_report(Stored(name, text, own, report.get("kept") is True, _texts(report.get("typed"))))
        report_taken(key, report)


def _words(text: Any) -> str:
    return text if isinstance(text, str) else ""


def _texts(found: Any) -> dict[str, str]:
    found = found if isinstance(found, Mapping) else {}
    return {name: text for name, text in found.items() if isinstance(text, str)}

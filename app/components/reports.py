"""What only the browser knows: a component reports it to each session that does not know it yet.

After a restart of the server, or a long sleep, the page in the browser is as it was, and the
session behind it is new. So a session sends a word of its own with a component's data, and a
component reports its state to each new word; when a cut line is joined again it reports to whoever
answers. `shared/reports.mjs` is the other half.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import streamlit as st


def session_word(key: str) -> str:
    """This session's word for a component, to be sent with its data as `word`."""
    return st.session_state.setdefault(f"{key}.word", secrets.token_hex(6))


def new_report(key: str, name: str) -> Mapping[str, Any] | None:
    """What a component has reported by its state `name` and nobody has taken in yet, else None.

    A report to another session may be old by now and does not count: the new word brings it again.
    Call `report_taken` once all of it has been taken in: at each use of the session's state a run
    may end because the next one begins, and that one must then find it.
    """
    state = st.session_state
    report = (state.get(key) or {}).get(name)
    if not isinstance(report, Mapping):
        return None
    to, turn = report.get("to"), report.get("turn")
    if to not in (None, session_word(key)) or state.get(f"{key}.turn") == turn:
        return None
    return report


def report_taken(key: str, report: Mapping[str, Any]) -> None:
    """Remember that this report has been taken in."""
    st.session_state[f"{key}.turn"] = report.get("turn")


def ask_again(key: str) -> None:
    """Let the component report once more, with the next run.

    A report to whoever answers must not be taken for news by the session after this one.
    """
    st.session_state.pop(f"{key}.word", None)

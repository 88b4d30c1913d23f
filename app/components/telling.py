"""What a component tells: heard by each session, also by one that knows nothing of it yet.

After a restart of the server, or a long sleep, the page in the browser is as it was, and the
session behind it is new. So a session sends a word of its own with a component's data, and a
component tells its state to each new word; when a cut line is joined again it tells whoever
answers. `shared/telling.mjs` is the other half.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import streamlit as st


def word_of(key: str) -> str:
    """This session's word for a component, to be sent with its data as `word`."""
    return st.session_state.setdefault(f"{key}.word", secrets.token_hex(6))


def newly_told(key: str, name: str) -> Mapping[str, Any] | None:
    """What a component has told this session by its state `name` and was not heard yet, else None.

    What it told another session may be old by now and is not heard: the new word brings it again.
    Call `heard` once all of it has been taken over: at each use of the session's state a run may
    end because the next one begins, and that one must hear it then.
    """
    state = st.session_state
    found = state.get(key) or {}
    told = found.get(name)
    if not isinstance(told, Mapping):
        return None
    to, turn = told.get("to"), told.get("turn")
    if to not in (None, word_of(key)) or state.get(f"{key}.turn") == turn:
        return None
    return told


def heard(key: str, told: Mapping[str, Any]) -> None:
    """Remember that this has been taken over."""
    st.session_state[f"{key}.turn"] = told.get("turn")


def ask_again(key: str) -> None:
    """Let the component tell its state once more, with the next run.

    What was told to whoever answers must not be taken for news by the session after this one.
    """
    st.session_state.pop(f"{key}.word", None)

"""The Quiz page's two ways, practice and a set, and its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from app.session import practice_state as practice
from app.session import sitting_state as sitting
from lessons.quiz import QuizError, set_of

PAGE = "quiz"
MODE = "quiz_mode"
Mode = Literal["practice", "set"]


def arrive(address: Mapping[str, str] | None) -> tuple[Mode, list[str]]:
    """Settle which way it is, and its state, from the address or from the controls."""
    state = st.session_state
    notes: list[str] = []
    if address is not None:
        state[MODE] = "set" if "set" in address or address.get("mode") == "set" else "practice"
        if "set" in address:
            try:
                sitting.open_set(set_of(address))
            except QuizError as error:
                notes.append(str(error))
        elif state[MODE] == "set":
            sitting.close_set()
        if state[MODE] == "practice":
            notes += practice.follow(address)
    state[MODE] = state.get(MODE) or "practice"
    practice.keep_choice()
    sitting.keep_name()
    return state[MODE], _kept_notes([*state.pop("quiz_notes", ()), *notes])


def _kept_notes(notes: list[str]) -> list[str]:
    """New notes, or the last ones until the learner does something."""
    state = st.session_state
    now = (state[MODE], state.get("quiz_changes", 0))
    shown_for, shown = state.get("quiz_notes_shown", (None, []))
    if notes or shown_for != now:
        shown = notes
        state["quiz_notes_shown"] = (now, shown)
    return shown


def controls() -> dict[str, object]:
    """The present values of the controls, and how often a callback changed something."""
    keys = (MODE, practice.TOPIC, practice.LEVEL)
    values = {key: st.session_state[key] for key in keys if key in st.session_state}
    return {**values, "quiz_changes": st.session_state.get("quiz_changes", 0)}


def address() -> dict[str, str]:
    """What the address says: the set, or what is practised."""
    if st.session_state[MODE] == "set":
        quiz = sitting.quiz()
        return quiz.to_link() if quiz else {"mode": "set"}
    return practice.address()

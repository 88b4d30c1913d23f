"""The Quiz page's two ways, practice and a set, and its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from app.session import practice_state as practice
from app.session import sitting_state as sitting
from app.session.state import PRESENT
from lessons.quiz import QuizError, set_of
from lessons.quiz.set_link import SET_KEYS, left_out, quoted

PAGE = "quiz"
PRACTICE_KEYS = ("topic", "level", "q")
MODE = "quiz_mode"
Mode = Literal["practice", "set"]


def arrive(address: Mapping[str, str] | None) -> tuple[Mode, list[str]]:
    """Settle which way it is, and its state, from the address or from the controls."""
    state = st.session_state
    notes: list[str] = []
    if address is not None:
        is_set = "set" in address or "from" in address
        state[MODE] = "set" if is_set or address.get("mode") == "set" else "practice"
        notes += _not_followed(address, state[MODE])
        if is_set:
            try:
                sitting.open_set(set_of(address))
            except QuizError as error:
                notes.append(f"The link opens no set. {error}")
        elif state[MODE] == "set":
            sitting.close_set()
        if state[MODE] == "practice":
            notes += practice.follow(address)
    state[MODE] = state.get(MODE) or "practice"
    practice.keep_choice()
    sitting.keep_name()
    return state[MODE], _kept_notes([*state.pop("quiz_notes", ()), *notes])


def _not_followed(address: Mapping[str, str], mode: Mode) -> list[str]:
    """What an address asks for that has no place in this way of the quiz."""
    notes = []
    if address.get("mode", mode) != mode:
        opens = "opens a set" if mode == "set" else "opens practice"
        notes.append(f"The link {opens}, so its mode {quoted(address['mode'])} is left out.")
    theirs, others = (SET_KEYS, PRACTICE_KEYS) if mode == "set" else (PRACTICE_KEYS, SET_KEYS)
    whose = "practice, and this is a set" if mode == "set" else "a set, and the link names none"
    notes += [f"“{key}” belongs to {whose}: it is left out." for key in address if key in others]
    return notes + left_out(address, {"mode", PRESENT, *theirs, *others})


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

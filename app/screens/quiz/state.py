"""The Quiz page's two modes, practice and a set, and its address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import streamlit as st

from app.page.address import write_address
from app.page.browser import (
    moved_controls,
    note_controls,
    sent_values,
    set_controls,
    watch_restart,
)
from app.page.own_settings import own_settings
from app.screens.quiz import practice_state as practice
from app.screens.quiz import sitting_state as sitting
from kernels.reading.link_names import own_names, read_names
from kernels.reading.link_text import quoted
from lessons.quiz import QuizError, set_of
from lessons.quiz.practice_link import LINK_NAMES
from lessons.quiz.sets import SET_NAMES

PAGE = "quiz"
MODE = "quiz_mode"
"""The control's key."""
CONTROLS = (MODE, practice.TOPIC, practice.LEVEL)
_SHOWN_MODE = "quiz_shown_mode"
Mode = Literal["practice", "set"]


def arrive(address: Mapping[str, str] | None) -> tuple[Mode, list[str]]:
    """Settle the mode and its state, from the address or from the controls."""
    state, sent = st.session_state, sent_values()
    notes: list[str] = []
    if address is not None:
        notes = follow(address)
    else:
        moved = moved_controls(CONTROLS, sent)
        state[_SHOWN_MODE] = moved.get(MODE) or mode()
        practice.choose(moved)
    note_controls(CONTROLS, sent)
    set_controls(_shown())
    sitting.keep_name()
    return mode(), _lasting_notes([*state.pop("quiz_notes", ()), *notes])


def follow(address: Mapping[str, str]) -> list[str]:
    """Take the mode and its state from an address; say what was wrong with it."""
    settings, _, notes = own_settings(address)
    asked = settings.get("mode", "")
    is_set = asked == "set" or "set" in settings or "from" in settings
    st.session_state[_SHOWN_MODE] = "set" if is_set else "practice"
    if asked not in ("", *get_args(Mode)):
        notes.append(f"{quoted(asked)} is not a mode of this page, which has practice and set.")
    whose, names = ("A set", SET_NAMES) if is_set else ("Practice", LINK_NAMES)
    link, unknown = read_names(settings, own_names(("mode", *names)), whose=whose)
    notes += unknown
    if is_set and set(link) - {"mode"}:
        try:
            sitting.open_set(set_of(link))
        except QuizError as error:
            notes.append(str(error))
    elif is_set:
        sitting.close_set()
    else:
        notes += practice.follow(link)
    return notes


def mode() -> Mode:
    """Whether it is practice or a set."""
    return st.session_state.get(_SHOWN_MODE, "practice")


def _shown() -> dict[str, object]:
    topic, level = practice.chosen()
    return {MODE: mode(), practice.TOPIC: topic, practice.LEVEL: level}


def leave() -> None:
    """Write the address; take in what a browser shows from before a restart."""
    write_address(address())
    watch_restart(_shown())


def _lasting_notes(notes: list[str]) -> list[str]:
    """New notes, or the last ones until the learner does something."""
    state = st.session_state
    now = (mode(), state.get("quiz_changes", 0))
    shown_for, shown = state.get("quiz_notes_shown", (None, []))
    if notes or shown_for != now:
        shown = notes
        state["quiz_notes_shown"] = (now, shown)
    return shown


def address() -> dict[str, str]:
    """What the address says: the set, or what is practised."""
    if mode() == "set":
        quiz = sitting.quiz()
        return quiz.to_link() if quiz else {"mode": "set"}
    return practice.address()

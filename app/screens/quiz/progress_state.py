"""The progress of a practice between this session, the learner's browser and a file.

The browser keeps two texts: the progress, which all tabs share, and what this tab shows, so that
it is there again when the server knows nothing of it any more. Answers that two tabs have counted
at the same moment both count. What cannot be read is never written over unasked.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from app.components.browser_store import Stored
from app.page.undivided import undivided
from app.screens.quiz import practice_state as practice
from app.screens.quiz.attempt import Attempt, Tab, read_tab, written_tab
from lessons.quiz import QuizError, Session
from lessons.quiz.progress import Progress, counted, read_file, read_kept, written_progress
from lessons.quiz.question import LARGEST_SEED
from lessons.quiz.session import fresh_session

STORE, STORED_AS = "quiz_practice_store", "slide-and-sum.practice"


@undivided()
def receive(stored: Stored) -> None:
    """Take over what the browser has: at first, after a cut, after a change by another tab."""
    state = st.session_state
    state["quiz_refused"] = not stored.kept
    _take(stored.text)
    if not state.get("quiz_told"):
        _show_again(read_tab(stored.own), stored.typed)
    state["quiz_told"] = True


def to_keep() -> tuple[str | None, int]:
    """The text for the browser to keep, with its revision; None while it is to keep what it has."""
    revision = st.session_state.get("quiz_revision", 0)
    changed = revision and not damage()
    return (written_progress(practice.progress()) if changed else None), revision


def tab_to_keep() -> str | None:
    """The text of what this tab shows; None until it is known what it showed before."""
    state = st.session_state
    if not state.get("quiz_told") or practice.session() is None:
        return None
    return written_tab(Tab(practice.attempt(), before(), offer()))


def boxes() -> dict[str, str]:
    """The containers of the boxes on the screen, with the keys of these."""
    now = practice.attempt()
    fields = now.question.fields if now else ()
    return {f"quiz_field_{box.id}": practice.box_key(now.question, box) for box in fields}


def damage() -> str:
    """Why what the browser keeps cannot be read; empty if it can."""
    return st.session_state.get("quiz_damage", "")


def refused() -> bool:
    """Whether the browser refuses to keep anything."""
    return st.session_state.get("quiz_refused", False)


def import_key() -> str:
    """The key of the box for a file; a new one is empty."""
    return f"quiz_import_{st.session_state.get('quiz_imports', 0)}"


def import_error() -> str:
    """What is wrong with the file that was to be read; empty if nothing is."""
    return st.session_state.get("quiz_import_error", "")


def offer() -> str:
    """The progress of a file, as text, while nobody has said whether to take it; else empty."""
    return st.session_state.get("quiz_offer", "")


def before() -> str:
    """The progress before it was replaced or erased, as text, while that can be undone."""
    return st.session_state.get("quiz_before", "")


@undivided()
def open_file() -> None:
    """Read a file whole; it is taken over at once only where there is nothing to be replaced."""
    state = st.session_state
    file = state.get(import_key())
    state["quiz_import_error"] = state["quiz_offer"] = ""
    practice.changed()
    if file is None:
        return
    try:
        found = read_file(file.getvalue())
    except QuizError as error:
        state["quiz_import_error"] = f"{error} Nothing was changed."
        return
    state["quiz_offer"] = written_progress(found.session)
    if practice.session() == _emptied(practice.session()) and not damage():
        take_offer()


@undivided()
def take_offer() -> None:
    """Go on with the progress of the file."""
    _replace(read_kept(offer()).session)
    drop_offer()
    practice.say("Your progress was taken over from the file.")


@undivided()
def drop_offer() -> None:
    """Leave the progress as it is, and the file alone."""
    state = st.session_state
    state["quiz_import_error"] = state["quiz_offer"] = ""
    state["quiz_imports"] = state.get("quiz_imports", 0) + 1
    practice.changed()


@undivided()
def forget() -> None:
    """Start over: nothing of the progress stays."""
    _replace(fresh_session(secrets.randbelow(LARGEST_SEED)))
    st.session_state["quiz_sure"] = False
    drop_offer()
    practice.say("Your progress was erased from this browser.")
    practice.next_question()


@undivided()
def undo() -> None:
    """Take back the progress that was replaced or erased."""
    practice.put(Progress(read_kept(before()).session, (), datetime.now(UTC)))
    st.session_state["quiz_before"] = st.session_state["quiz_damage"] = ""
    practice.changed()
    practice.say("Your progress is back as it was before.")


def _replace(session: Session) -> None:
    state = st.session_state
    state["quiz_before"] = written_progress(practice.session())
    state["quiz_given"], state["quiz_damage"] = (), ""
    practice.put(Progress(session, (), datetime.now(UTC)))


def _emptied(session: Session) -> Session:
    return replace(session, history=(), record={}, cards={}, asked=0)


def _take(text: str) -> None:
    """Go on with the shared progress, and with those answers of this tab that it lacks."""
    state, known = st.session_state, practice.session()
    state["quiz_damage"] = ""
    try:
        kept = read_kept(text) if text else None
    except QuizError as error:
        state["quiz_damage"] = str(error)
        kept = None
    if kept is None:
        if known is None:
            fresh = Progress(fresh_session(secrets.randbelow(LARGEST_SEED)))
            both = counted(fresh, practice.given(), datetime.now(UTC))
            practice.put(both, to_keep=both != fresh)
        return
    both = counted(kept, practice.given(), datetime.now(UTC))
    practice.put(both, to_keep=both != kept)


def _show_again(tab: Tab, typed: Mapping[str, str]) -> None:
    """Show what this tab showed to the session before this one, if the address still says so."""
    state, now = st.session_state, practice.attempt()
    state["quiz_before"], state["quiz_offer"] = _readable(tab.before), _readable(tab.offer)
    if now is None or now != Attempt(now.question):
        return
    if tab.attempt is not None and tab.attempt.question == now.question:
        now = tab.attempt
        if now.checked is not None:
            now = replace(now, checked=practice.session().retold(now.checked))
    fields = now.question.fields
    left_open = {box.id: typed.get(practice.box_key(now.question, box)) for box in fields}
    texts = {id: text for id, text in left_open.items() if text is not None}
    state["quiz_attempt"] = replace(now, typed={**now.typed, **texts})
    for box in fields:  # they are filled again from what is typed
        state.pop(practice.box_key(now.question, box), None)


def _readable(text: str) -> str:
    try:
        read_kept(text)
    except QuizError:
        return ""
    return text

"""A set on the Quiz page: which one, how far it has come, and its score sheet.

What was answered is kept in the browser under the set's own name, so that a reload loses nothing.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from app.components.browser_store import Stored
from app.page.undivided import undivided
from app.screens.quiz import practice_state as practice
from lessons.quiz import Question, QuizError, QuizSet, set_of
from lessons.quiz import check as judged
from lessons.quiz.names import LONGEST_NAME, clean_name
from lessons.quiz.plain import read_object
from lessons.quiz.question import Field
from lessons.quiz.sitting import (
    Sitting,
    final_in,
    mark_of,
    merged,
    sitting_of,
    stamped,
    start,
)

STORE = "quiz_set_store"
NAME = "quiz_name"
LONGEST_TEXT = 1_000_000
"""Characters that are read of a set's answers: there are up to a hundred questions."""

EXTENSION = 5
"""Minutes that one press adds to the timer."""


def quiz() -> QuizSet | None:
    """The set that is open."""
    return st.session_state.get("quiz_set")


def open_set(quiz: QuizSet) -> None:
    """Open a set; one that is open already goes on."""
    state = st.session_state
    if state.get("quiz_set") != quiz:
        state["quiz_set"], state["quiz_sitting"] = quiz, None
        state["quiz_set_told"] = state["quiz_set_damaged"] = False
        state["quiz_set_revision"] = 0


@undivided()
def close_set() -> None:
    """Go back to the choice of sets; what was answered stays in the browser."""
    st.session_state["quiz_set"] = st.session_state["quiz_sitting"] = None
    changed()


@undivided()
def open_link() -> None:
    """Open the set whose link was pasted."""
    text = st.session_state.get("quiz_set_link", "").strip()
    try:
        link = dict(parse_qsl(urlsplit(text).query or text.lstrip("?")))
        if "from" not in link:
            raise QuizError("This is not a link to a set; copy the whole link from its author.")
        open_set(set_of(link))
    except (QuizError, ValueError) as error:
        st.session_state["quiz_set_error"] = str(error)
        return
    st.session_state["quiz_set_error"] = ""
    changed()


def link_error() -> str:
    """What is wrong with the link that was pasted; empty if nothing is."""
    return st.session_state.get("quiz_set_error", "")


def keep_name() -> None:
    """Write the name again, or it would go with its box."""
    if NAME in st.session_state:
        st.session_state[NAME] = st.session_state[NAME]


def name() -> str:
    """The student's name; it is in no address."""
    return clean_name(st.session_state.get(NAME, ""))[:LONGEST_NAME].strip()


def sitting() -> Sitting | None:
    """How far the set has come; None before it is begun."""
    return st.session_state.get("quiz_sitting")


def is_known() -> bool:
    """Whether it is known what the browser has kept of this set."""
    return st.session_state.get("quiz_set_told", False)


def stored_as() -> str:
    """The browser's name for this set."""
    link = json.dumps(quiz().to_link(), sort_keys=True)
    return f"slide-and-sum.set.{hashlib.sha256(link.encode()).hexdigest()[:16]}"


@undivided()
def receive(stored: Stored) -> None:
    """Take over what the browser has of this set: at first, after a cut, from another tab."""
    state = st.session_state
    if quiz() is None or stored.name != stored_as():
        return
    data = read_object(stored.text, LONGEST_TEXT) if stored.text else {}
    kept = _sitting_in(data) if data else None
    unreadable = data is None or (kept is None and "sitting" in data)
    # What this tab has answered itself is kept again with the next change.
    state["quiz_set_damaged"] = unreadable and sitting() is None
    if data and not unreadable:
        _take(kept, data.get("again"))
    if not state.get("quiz_set_told"):
        _show_again(read_object(stored.own) or {}, stored.typed)
    state["quiz_set_told"] = True


def _sitting_in(data: Mapping[str, Any]) -> Sitting | None:
    student = data.get("student")
    own = replace(quiz(), student=student) if isinstance(student, str) else quiz()
    return sitting_of(own, data.get("sitting"))


def _take(kept: Sitting | None, again: Any) -> None:
    """Merge what this tab and another one have done; where they differ, it is kept again."""
    state, mine = st.session_state, sitting()
    if kept is None:
        # Another tab has started over; that counts here for what was begun before.
        if mine is not None and isinstance(again, int | float) and mine.started <= again:
            state["quiz_sitting"] = None
        return
    # Another tab that goes on to another question takes nobody along.
    both = kept if mine is None else merged(mine, kept)
    state["quiz_sitting"] = both
    state[NAME] = both.quiz.student
    if both.to_data() != kept.go(both.here).to_data():
        _write()


def _show_again(own: Mapping[str, Any], typed: Mapping[str, str]) -> None:
    """Show what this tab showed to the session before this one."""
    state, now = st.session_state, sitting()
    if now is None:
        if NAME in typed:
            state[NAME] = typed[NAME]
        return
    here, checked = own.get("here"), own.get("checked")
    if type(here) is int and 0 <= here < len(now.answers):
        now = state["quiz_sitting"] = now.go(here)
    if checked is True:
        state["quiz_set_checked"] = (now.here, dict(now.given.typed))
    fields = now.question.fields
    left_open = {box.id: typed.get(box_key(now.question, box)) for box in fields}
    texts = {id: text for id, text in left_open.items() if text is not None}
    changed_texts = {**now.given.typed, **texts}
    if changed_texts != now.given.typed:
        _put(now.note(changed_texts))
    for box in fields:  # they are filled again from what is typed
        state.pop(box_key(now.question, box), None)


def boxes() -> dict[str, str]:
    """The containers of the boxes on the screen, with the names of these."""
    now = sitting()
    if now is None:
        return {"quiz_begin_boxes": NAME}
    return {f"quiz_field_{box.id}": box_key(now.question, box) for box in now.question.fields}


def to_keep() -> tuple[str | None, int]:
    """The text for the browser to keep, with its revision."""
    state, now = st.session_state, sitting()
    revision = state.get("quiz_set_revision", 0)
    if not revision or damaged():
        return None, revision
    if now is None:
        return json.dumps({"again": state["quiz_set_again"]}), revision
    data = {"student": now.quiz.student, "sitting": now.to_data()}
    return json.dumps(data, separators=(",", ":")), revision


def tab_to_keep() -> str | None:
    """The text of what this tab shows; None until it is known what it showed before."""
    now = sitting()
    if not is_known() or now is None:
        return None
    return json.dumps({"here": now.here, "checked": just_checked()})


def damaged() -> bool:
    """Whether what the browser keeps of this set cannot be read."""
    return st.session_state.get("quiz_set_damaged", False)


@undivided()
def erase() -> None:
    """Erase what cannot be read, so that the set can be begun."""
    st.session_state["quiz_set_damaged"] = False
    _put(None)


@undivided()
def begin() -> None:
    """Begin the set under the name that was typed."""
    if quiz().own and not name():
        st.session_state["quiz_name_missing"] = True
        return
    st.session_state["quiz_name_missing"] = False
    _put(start(replace(quiz(), student=name()), time.time()))


def name_missing() -> bool:
    """Whether a student's own set was about to begin without a name."""
    return st.session_state.get("quiz_name_missing", False)


@undivided()
def again() -> None:
    """Start over: the answers are gone."""
    _put(None)


def box_key(question: Question, box: Field) -> str:
    """The key of a box; a set's questions have boxes of their own."""
    return f"quiz_set_{sitting().quiz.own_seed}_{sitting().here}_{question.key}_{box.id}"


@undivided()
def take_typed() -> None:
    """Take over what stands in the boxes, without handing it in."""
    _put(_with_typed(sitting()))


@undivided()
def check() -> None:
    """Hand in what is typed, or keep it where the set is judged at its end."""
    after = sitting().answer(_typed())
    st.session_state["quiz_set_checked"] = (after.here, dict(after.given.typed))
    st.session_state["quiz_set_checks"] = checks() + 1
    _put(after)


def checks() -> int:
    """How often an answer was handed to be checked."""
    return st.session_state.get("quiz_set_checks", 0)


def just_checked() -> bool:
    """Whether what stands in the boxes is what was last to be handed in."""
    now = sitting()
    return st.session_state.get("quiz_set_checked") == (now.here, dict(now.given.typed))


@undivided()
def forward() -> None:
    """Go on; an answer that has been typed but not handed in is judged first, and seen."""
    now = _with_typed(sitting())
    if now.quiz.feedback == "each" and not now.given.handed_in and any(now.given.typed.values()):
        check()
        if sitting().given.handed_in:
            return
        now = sitting()
    _put(now.go(now.here + 1))


@undivided()
def open_hint() -> None:
    """Open the next rung of the hint ladder."""
    _put(sitting().hint())


@undivided()
def open_solution() -> None:
    """Show the worked solution; the question is handed in as it stands."""
    _put(_with_typed(sitting()).see_solution())


@undivided()
def go(number: int) -> None:
    """Go to a question of the set."""
    _put(_with_typed(sitting()).go(number))


@undivided()
def extend() -> None:
    """Add some minutes to the timer."""
    _put(sitting().extend(EXTENSION))


@undivided()
def finish() -> None:
    """Finish the set: its score sheet comes."""
    _put(_with_typed(sitting()).finish(time.time()))


def changed() -> None:
    """Count a change made by a callback, so that the address follows it."""
    st.session_state["quiz_changes"] = st.session_state.get("quiz_changes", 0) + 1


def _typed() -> dict[str, str]:
    question = sitting().question
    state = st.session_state
    return {box.id: state.get(box_key(question, box)) or "" for box in question.fields}


def _with_typed(now: Sitting) -> Sitting:
    """The sitting with what stands in the boxes, though it is not handed in."""
    return now if now.given.handed_in else now.note(_typed())


def _put(now: Sitting | None) -> None:
    state = st.session_state
    if now is None:
        state["quiz_set_again"] = time.time()
    else:
        _let_count(sitting(), now)
        now = stamped(sitting(), now, time.time())
    state["quiz_sitting"] = now
    _write()
    changed()


def _let_count(before: Sitting | None, after: Sitting) -> None:
    """Let answers that have become final count for practice; what was left blank does not."""
    for number in final_in(before, after):
        answer = after.answers[number]
        if answer.checked is None and not answer.solution_seen:
            continue
        checked = answer.checked or judged(after.questions[number], {})
        if checked.readable or answer.solution_seen:
            mark = mark_of(after, number)
            practice.count(checked, answer.hints, given_up=not checked.readable, mark=mark)


def _write() -> None:
    """Let the browser keep the set as it is; never by a revision that a session before has sent."""
    state, now = st.session_state, round(time.time() * 1000)
    state["quiz_set_revision"] = max(now, state.get("quiz_set_revision", 0) + 1)

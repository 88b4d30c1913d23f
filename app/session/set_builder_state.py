"""The page that builds a set: its controls, the set that they stand for, and its address."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from app.components.browser_store import Told
from app.session.undivided import undivided
from lessons.quiz import FAMILIES, QuizError, QuizSet, set_of
from lessons.quiz.question import LARGEST_SEED
from lessons.quiz.ready_sets import READY_SETS

PAGE, PREFIX = "make_a_set", "builder_"
PLAIN = ("count", "seed", "minutes", "own", "feedback")
STUDENT = "builder_student"
STORE, STORED_AS = "builder_store", "slide-and-sum.names"
MOST_STUDENTS = 300
LARGEST_SHOWN_SEED = 999_999
FIRST = READY_SETS["sizes"].quiz


def arrive(address: Mapping[str, str] | None) -> tuple[QuizSet, list[str]]:
    """Settle the set from the address, or from the controls where that is None."""
    state = st.session_state
    notes: list[str] = []
    if address is not None:
        quiz = FIRST
        if "from" in address:
            try:
                quiz = set_of(address)
            except QuizError as error:
                notes.append(str(error))
    else:
        quiz = _of_controls()
    _set_controls(quiz)
    state["builder_set"] = quiz
    state[STUDENT] = state.get(STUDENT, "")
    return quiz, notes


def controls() -> dict[str, object]:
    """The present values of the controls."""
    keys = [f"{PREFIX}{name}" for name in ("families", *PLAIN)]
    keys += [level_key(family) for family in FAMILIES]
    return {key: st.session_state[key] for key in keys if key in st.session_state}


def address(quiz: QuizSet) -> dict[str, str]:
    """What the address says: the set, unless it is the first one."""
    return {} if quiz == FIRST else quiz.to_link()


def quiz_url(page: str, quiz: QuizSet) -> str:
    """The address of the Quiz page with this set, from that of the page it is built on.

    >>> quiz = QuizSet((("macs", (1,)),), 2, 7)
    >>> quiz_url("https://example.org/class/make_a_set?from=x", quiz)
    'https://example.org/class/quiz?set=1&from=macs.1&n=2&seed=7'
    """
    parts = urlsplit(page)
    path = f"{parts.path.rpartition('/')[0]}/quiz"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(quiz.to_link()), ""))


def level_key(family: str) -> str:
    """The key of a family's levels."""
    return f"{PREFIX}levels_{family}"


def students() -> list[str]:
    """The names that files are wanted for, without repeats."""
    lines = st.session_state.get(STUDENT, "").splitlines()
    return list(dict.fromkeys(filter(None, (" ".join(line.split())[:80] for line in lines))))


def named_sets(quiz: QuizSet) -> list[QuizSet]:
    """The set of each student that was named; the set itself where none was, or all get one."""
    names = students()[:MOST_STUDENTS] if quiz.own else []
    return [replace(quiz, student=name) for name in names] or [quiz]


@undivided()
def receive(told: Told) -> None:
    """Take the names again that this tab had, where the session knows none."""
    state = st.session_state
    if not state.get("builder_told") and not state.get(STUDENT):
        state[STUDENT] = told.typed.get(STUDENT, told.own)
    state["builder_told"] = True


def tab_to_keep() -> str | None:
    """The names for this tab to keep; None until it is known what it had."""
    state = st.session_state
    return state.get(STUDENT, "") if state.get("builder_told") else None


def load_ready() -> None:
    """Begin from a ready set."""
    ready = READY_SETS.get(st.session_state.get("builder_ready") or "")
    if ready:
        _set_controls(ready.quiz)
        st.session_state["builder_ready"] = None


def other_questions() -> None:
    """Draw another seed: other questions of the same kinds."""
    st.session_state["builder_seed"] = secrets.randbelow(LARGEST_SHOWN_SEED)


def _of_controls() -> QuizSet:
    """The set that the controls stand for; without a family, the last one."""
    state = st.session_state
    last: QuizSet = state.get("builder_set", FIRST)
    known = dict(last.families)
    chosen = [id for id in FAMILIES if id in state.get("builder_families", known)]
    families = []
    for id in chosen or known:
        levels = state.get(level_key(id)) or known.get(id) or (1,)
        families.append((id, tuple(sorted(levels))))
    return QuizSet(
        tuple(families),
        state.get("builder_count", last.count),
        state.get("builder_seed", last.seed),
        own=state.get("builder_own", last.own),
        minutes=state.get("builder_minutes", last.minutes),
        feedback=state.get("builder_feedback") or last.feedback,
    )


def _set_controls(quiz: QuizSet) -> None:
    state = st.session_state
    state["builder_families"] = [family for family, _ in quiz.families]
    for family, levels in quiz.families:
        state[level_key(family)] = list(levels)
    state["builder_count"], state["builder_seed"] = quiz.count, min(quiz.seed, LARGEST_SEED)
    state["builder_own"], state["builder_minutes"] = quiz.own, quiz.minutes
    state["builder_feedback"] = quiz.feedback

"""Practice: the question on the screen, what was typed into it, and the progress.

Progress lives in the learner's browser and in this session's memory only (`progress_state`). Until
the browser has reported what it has kept, nothing is asked that would depend on it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from app.page.undivided import undivided
from app.screens.quiz.attempt import Attempt
from lessons.quiz import FAMILIES, Checked, Question, Session
from lessons.quiz import check as judged
from lessons.quiz.practice_link import read_practice_link
from lessons.quiz.progress import MOST_COUNTED, Given, Progress, counted
from lessons.quiz.question import Field
from lessons.quiz.registry import is_level
from lessons.quiz.session import DEFAULT_POOL

TOPIC, LEVEL = "quiz_topic", "quiz_level"
"""The controls' keys."""
FITTING = 0
"""The level that stands for those that suit the learner."""
_CHOSEN = "quiz_chosen"


def follow(address: Mapping[str, str]) -> list[str]:
    """Take topic, level and question from an address; say what was wrong with it."""
    state = st.session_state
    link, notes = read_practice_link(address)
    state[_CHOSEN] = link.topic, link.level or FITTING
    if link.question:
        if attempt() is None or attempt().question != link.question:
            state["quiz_attempt"] = Attempt(link.question)
    elif attempt() and (attempt().question.family, attempt().question.level) not in pool():
        state["quiz_attempt"] = None  # a link to a topic asks a question of that topic
    return list(notes)


def address() -> dict[str, str]:
    """Topic, level and question for the address."""
    now, (topic, level) = attempt(), chosen()
    parts = {"topic": topic, "q": now.question.key if now else ""}
    if level != FITTING:
        parts["level"] = str(level)
    return {name: text for name, text in parts.items() if text}


def chosen() -> tuple[str, int]:
    """The topic and the level that are practised; "" for all topics."""
    return st.session_state.get(_CHOSEN, ("", FITTING))


def choose(moved: Mapping[str, object]) -> None:
    """Take over the topic or the level that was chosen: a question of it comes at once."""
    topic, _ = chosen()
    if TOPIC in moved:
        _practise(str(moved[TOPIC] or ""), FITTING)
    elif LEVEL in moved:
        level = moved[LEVEL]
        # The names of levels differ from topic to topic: one of the topic before stands for none.
        known = isinstance(level, int) and is_level(topic, level)
        _practise(topic, level if known else FITTING)


def _practise(topic: str, level: int) -> None:
    if (topic, level) != chosen():
        st.session_state[_CHOSEN] = topic, level
        next_question()


def attempt() -> Attempt | None:
    """The question on the screen; None before the first."""
    return st.session_state.get("quiz_attempt")


def session() -> Session | None:
    """The learner's progress; None until the browser has reported what it has."""
    return st.session_state.get("quiz_session")


def progress() -> Progress:
    """The progress as it is kept, with what tells it from another tab's."""
    state = st.session_state
    return Progress(session(), state.get("quiz_counted", ()), state.get("quiz_since"))


def put(progress: Progress, *, to_keep: bool = True) -> None:
    """Go on with this progress; the browser keeps it, unless it comes from there."""
    state = st.session_state
    state["quiz_session"] = progress.session
    state["quiz_counted"], state["quiz_since"] = progress.counted, progress.since
    if to_keep:
        # Never one that a session before this one has sent.
        now = round(time.time() * 1000)
        state["quiz_revision"] = max(now, state.get("quiz_revision", 0) + 1)


def count(checked: Checked, hints: int = 0, *, given_up: bool = False, mark: str = "") -> None:
    """Let an answer count; one with a mark of its own counts once, however often it is told."""
    state, now = st.session_state, datetime.now(UTC)
    one = Given(mark or secrets.token_hex(4), checked, now, hints, given_up)
    state["quiz_given"] = (*given(), one)[-MOST_COUNTED:]
    if session() is None:  # it counts once the browser has said what it has kept
        return
    state["quiz_before"] = ""  # what was before cannot be taken back any more
    put(counted(progress(), [one], now))


def given() -> tuple[Given, ...]:
    """The answers that this tab has counted last."""
    return st.session_state.get("quiz_given", ())


def begin() -> None:
    """Ask the first question, once the progress is known and no link has brought one."""
    if session() is not None and attempt() is None:
        ask()


@undivided()
def next_question() -> None:
    """Go on to the next question."""
    ask()
    changed()


def pool() -> tuple[tuple[str, int], ...]:
    """The levels that questions are drawn from, by the topic and level chosen."""
    topic, level = chosen()
    if not topic:
        return DEFAULT_POOL
    if level != FITTING:
        return ((topic, level),)
    return tuple((topic, n) for n in range(1, len(FAMILIES[topic].levels) + 1))


def box_key(question: Question, box: Field) -> str:
    """The key of a box; each question has its own."""
    return f"quiz_box_{question.key}_{box.id}"


@undivided()
def take_typed() -> None:
    """Take over what stands in the boxes."""
    now, state = attempt(), st.session_state
    boxes = now.question.fields
    typed = {box.id: state.get(box_key(now.question, box)) or "" for box in boxes}
    state["quiz_attempt"] = replace(now, typed=typed)


@undivided()
def check() -> None:
    """Judge what is typed. The first readable answer counts; later ones are for the learner."""
    take_typed()
    now = attempt()
    after = replace(now, checked=_check(now), counts=not now.recorded)
    if after.judged and not now.recorded:
        count(after.checked, now.hints)
        after = replace(after, recorded=True)
    st.session_state["quiz_attempt"] = after
    changed()


def _check(now: Attempt) -> Checked:
    """What is typed, judged; the same answer is not judged a second time."""
    if now.checked is not None and now.checked.typed == now.typed:
        return now.checked
    if session() is None or now.recorded:
        return judged(now.question, now.typed)
    return replace(session(), pool=pool()).reply(now.question, now.typed)


@undivided()
def open_hint() -> None:
    """Open the next rung of the hint ladder."""
    st.session_state["quiz_attempt"] = replace(attempt(), hints=attempt().hints + 1)
    changed()


@undivided()
def open_solution() -> None:
    """Show the worked solution: who has not answered before did not know; it no longer counts."""
    now = attempt()
    if not now.recorded and session() is not None:
        count(judged(now.question, now.typed), given_up=True)
    st.session_state["quiz_attempt"] = replace(now, solution=True, recorded=True)
    changed()


def say(sentence: str) -> None:
    """A sentence for the page's next run."""
    st.session_state.setdefault("quiz_notes", []).append(sentence)


def ask() -> None:
    """Draw a question; while the progress is not known yet, `begin` does so later."""
    state, known, last = st.session_state, session(), attempt()
    if known is None:
        state["quiz_attempt"] = None
        return
    if last is not None:
        known = known.leave(last.question)
        state["quiz_session"] = known
    asked = replace(known, pool=pool())
    state["quiz_attempt"] = Attempt(asked.next_question(datetime.now(UTC)))


def changed() -> None:
    """Count a change made by a callback: it ends what was said until then."""
    st.session_state["quiz_changes"] = st.session_state.get("quiz_changes", 0) + 1

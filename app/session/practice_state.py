"""Practice: the question on the screen, what was typed into it, and the progress.

Progress lives in the learner's browser and in this session's memory only (`progress_state`). Until
the browser has told what it has kept, nothing is asked that would depend on it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from app.session.attempt import Attempt
from app.session.undivided import undivided
from lessons.quiz import FAMILIES, Question, QuizError, Session, generate, question_of
from lessons.quiz.parse import Reading
from lessons.quiz.progress import MOST_COUNTED, Given, Progress, counted
from lessons.quiz.question import LARGEST_SEED, Field
from lessons.quiz.registry import is_level
from lessons.quiz.session import DEFAULT_POOL

TOPIC, LEVEL = "quiz_topic", "quiz_level"
FITTING = 0
"""The level that stands for those that suit the learner."""


def follow(address: Mapping[str, str]) -> list[str]:
    """Take topic, level and question from an address; say what was wrong with it."""
    state, notes = st.session_state, []
    topic = address.get("topic", "")
    state[TOPIC] = topic if topic in FAMILIES else ""
    if topic and not state[TOPIC]:
        notes.append(f"There is no topic “{topic[:30]}”; all topics are asked.")
    level = address.get("level", "")
    state[LEVEL] = int(level) if level.isdigit() and is_level(topic, int(level)) else FITTING
    if key := address.get("q"):
        try:
            question = question_of(key)
        except QuizError as error:
            return [*notes, str(error)]
        if attempt() is None or attempt().question != question:
            state["quiz_attempt"] = Attempt(question)
    elif attempt() and (attempt().question.family, attempt().question.level) not in pool():
        state["quiz_attempt"] = None  # a link to a topic asks a question of that topic
    return notes


def address() -> dict[str, str]:
    """Topic, level and question for the address."""
    state, now = st.session_state, attempt()
    parts = {"topic": state.get(TOPIC, ""), "q": now.question.key if now else ""}
    if state.get(LEVEL, FITTING) != FITTING:
        parts["level"] = str(state[LEVEL])
    return {name: text for name, text in parts.items() if text}


def keep_choice() -> None:
    """Write the choice of topic again, or it would go with its control on another page."""
    state = st.session_state
    state[TOPIC] = state.get(TOPIC, "")
    level = state.get(LEVEL)
    # The names of levels differ from topic to topic: one of the topic before stands for none.
    known = isinstance(level, int) and is_level(state[TOPIC], level)
    state[LEVEL] = level if known else FITTING


def attempt() -> Attempt | None:
    """The question on the screen; None before the first."""
    return st.session_state.get("quiz_attempt")


def session() -> Session | None:
    """The learner's progress; None until the browser has told what it has."""
    return st.session_state.get("quiz_session")


def progress() -> Progress:
    """The progress as it is kept, with what tells it from another tab's."""
    state = st.session_state
    return Progress(session(), state.get("quiz_counted", ()), state.get("quiz_since"))


def put(progress: Progress, *, to_keep: bool = True) -> None:
    """Go on with this progress; the browser keeps it, unless it has told it."""
    state = st.session_state
    state["quiz_session"] = progress.session
    state["quiz_counted"], state["quiz_since"] = progress.counted, progress.since
    if to_keep:
        # Never one that a session before this one has sent.
        now = round(time.time() * 1000)
        state["quiz_revision"] = max(now, state.get("quiz_revision", 0) + 1)


def count(question: Question, reading: Mapping[str, Reading], hints: int) -> None:
    """Let an answer count."""
    state, now = st.session_state, datetime.now(UTC)
    one = Given(secrets.token_hex(4), question, reading, now, hints)
    state["quiz_given"] = (*given(), one)[-MOST_COUNTED:]
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
    topic, level = st.session_state.get(TOPIC, ""), st.session_state.get(LEVEL, FITTING)
    if not topic:
        return DEFAULT_POOL
    if level != FITTING:
        return ((topic, level),)
    return tuple((topic, n) for n in range(1, len(FAMILIES[topic].levels) + 1))


@undivided()
def choose_topic() -> None:
    """Another topic was chosen: its first question comes at once."""
    st.session_state[LEVEL] = FITTING
    next_question()


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
    after = replace(now, checked=now.typed, counts=not now.recorded)
    if after.judged and not now.recorded:
        count(now.question, after.reading, now.hints)
        after = replace(after, recorded=True)
    st.session_state["quiz_attempt"] = after
    changed()


@undivided()
def open_hint() -> None:
    """Open the next rung of the hint ladder."""
    st.session_state["quiz_attempt"] = replace(attempt(), hints=attempt().hints + 1)
    changed()


@undivided()
def open_solution() -> None:
    """Show the worked solution; an answer after it no longer counts."""
    st.session_state["quiz_attempt"] = replace(attempt(), solution=True, recorded=True)
    changed()


def say(sentence: str) -> None:
    """A sentence for the page's next run."""
    st.session_state.setdefault("quiz_notes", []).append(sentence)


def ask() -> None:
    """Draw a question; while the progress is not known yet, `begin` does so later."""
    known = session()
    drawn = Attempt(_drawn(replace(known, pool=pool()))) if known else None
    st.session_state["quiz_attempt"] = drawn


def _drawn(asked: Session) -> Question:
    """The next question; where only one level is asked, any of its questions but the last."""
    question = asked.next_question(datetime.now(UTC))
    last = attempt()
    if last is not None and question == last.question:
        return generate(question.family, question.level, secrets.randbelow(LARGEST_SEED))
    return question


def changed() -> None:
    """Count a change made by a callback: it ends what was said until then."""
    st.session_state["quiz_changes"] = st.session_state.get("quiz_changes", 0) + 1

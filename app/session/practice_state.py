"""Practice: the question on the screen, what was typed into it, and the progress, which lives in
the learner's browser and in this session's memory only.

The browser tells what it has kept once the page is there; until then nothing is asked that would
depend on it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import streamlit as st

from lessons.quiz import FAMILIES, Question, QuizError, Session, parse, question_of
from lessons.quiz.parse import Readable, Reading
from lessons.quiz.progress import read_progress, written_progress
from lessons.quiz.question import LARGEST_SEED, Field
from lessons.quiz.registry import is_level
from lessons.quiz.session import DEFAULT_POOL, fresh_session

STORE, STORED_AS = "quiz_practice_store", "slide-and-sum.practice"
TOPIC, LEVEL = "quiz_topic", "quiz_level"
FITTING = 0
"""The level that stands for those that suit the learner."""


@dataclass(frozen=True)
class Attempt:
    """A question and what was done about it.

    typed: what stands in the boxes. checked: what stood there when it was last judged. counts:
    whether that was the first to be judged, and so is the one that counts. recorded: whether this
    question's answer has been counted, or cannot be any more. hints: rungs that were opened.
    """

    question: Question
    typed: Mapping[str, str] = field(default_factory=dict)
    checked: Mapping[str, str] | None = None
    counts: bool = True
    recorded: bool = False
    hints: int = 0
    solution: bool = False

    @property
    def reading(self) -> dict[str, Reading]:
        """What was judged last, read."""
        return parse(self.question, self.checked or {})

    @property
    def judged(self) -> bool:
        """Whether every box was read and judged."""
        read = self.reading.values()
        return self.checked is not None and all(isinstance(one, Readable) for one in read)


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


def begin() -> None:
    """Ask the first question, once the progress is known and no link has brought one."""
    if session() is not None and attempt() is None:
        _ask()


def next_question() -> None:
    """Go on to the next question."""
    _ask()
    _changed()


def pool() -> tuple[tuple[str, int], ...]:
    """The levels that questions are drawn from, by the topic and level chosen."""
    topic, level = st.session_state.get(TOPIC, ""), st.session_state.get(LEVEL, FITTING)
    if not topic:
        return DEFAULT_POOL
    if level != FITTING:
        return ((topic, level),)
    return tuple((topic, n) for n in range(1, len(FAMILIES[topic].levels) + 1))


def choose_topic() -> None:
    """Another topic was chosen: its first question comes at once."""
    st.session_state[LEVEL] = FITTING
    next_question()


def box_key(question: Question, box: Field) -> str:
    """The key of a box; each question has its own."""
    return f"quiz_box_{question.key}_{box.id}"


def take_typed() -> None:
    """Take over what stands in the boxes."""
    now, state = attempt(), st.session_state
    boxes = now.question.fields
    typed = {box.id: state.get(box_key(now.question, box)) or "" for box in boxes}
    state["quiz_attempt"] = replace(now, typed=typed)


def check() -> None:
    """Judge what is typed. The first readable answer counts; later ones are for the learner."""
    take_typed()
    now = attempt()
    after = replace(now, checked=now.typed, counts=not now.recorded)
    if after.judged and not now.recorded:
        _keep(session().answered(now.question, after.reading, datetime.now(UTC), now.hints))
        after = replace(after, recorded=True)
    st.session_state["quiz_attempt"] = after
    _changed()


def open_hint() -> None:
    """Open the next rung of the hint ladder."""
    st.session_state["quiz_attempt"] = replace(attempt(), hints=attempt().hints + 1)
    _changed()


def open_solution() -> None:
    """Show the worked solution; an answer after it no longer counts."""
    st.session_state["quiz_attempt"] = replace(attempt(), solution=True, recorded=True)
    _changed()


def receive() -> None:
    """Take over what the browser has kept, at first and after another tab has changed it."""
    found = st.session_state[STORE]["stored"]
    state = st.session_state
    state["quiz_refused"] = not found["kept"]
    if not found["text"]:
        if session() is None:
            state["quiz_session"] = fresh_session(secrets.randbelow(LARGEST_SEED))
        return
    try:
        state["quiz_session"] = read_progress(found["text"])
    except QuizError as error:
        say(f"What this browser has kept of your progress cannot be read. {error}")
        if session() is None:
            state["quiz_session"] = fresh_session(secrets.randbelow(LARGEST_SEED))


def to_keep() -> tuple[str | None, int]:
    """The text for the browser to keep, with its revision; None while nothing has changed."""
    revision = st.session_state.get("quiz_revision", 0)
    return (written_progress(session()) if revision else None), revision


def refused() -> bool:
    """Whether the browser refuses to keep anything."""
    return st.session_state.get("quiz_refused", False)


def import_key() -> str:
    """The key of the box for a file; a new one is empty."""
    return f"quiz_import_{st.session_state.get('quiz_imports', 0)}"


def import_progress() -> None:
    """Take over the progress of a file."""
    file = st.session_state.get(import_key())
    if file is None:
        return
    try:
        _keep(read_progress(file.getvalue().decode("utf-8", errors="replace")))
    except QuizError as error:
        st.session_state["quiz_import_error"] = str(error)
        return
    _empty_import()
    say("Your progress was taken over from the file.")
    _changed()


def import_error() -> str:
    """What is wrong with the file that was to be read; empty if nothing is."""
    return st.session_state.get("quiz_import_error", "")


def forget() -> None:
    """Begin anew: nothing of the progress stays."""
    _keep(fresh_session(secrets.randbelow(LARGEST_SEED)))
    st.session_state["quiz_sure"] = False
    _empty_import()
    say("Your progress was erased from this browser.")
    next_question()


def _empty_import() -> None:
    state = st.session_state
    state["quiz_import_error"] = ""
    state["quiz_imports"] = state.get("quiz_imports", 0) + 1


def say(sentence: str) -> None:
    """A sentence for the page's next run."""
    st.session_state.setdefault("quiz_notes", []).append(sentence)


def _keep(answered: Session) -> None:
    state = st.session_state
    state["quiz_session"] = answered
    state["quiz_revision"] = state.get("quiz_revision", 0) + 1


def _ask() -> None:
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


def _changed() -> None:
    st.session_state["quiz_changes"] = st.session_state.get("quiz_changes", 0) + 1

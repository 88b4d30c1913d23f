"""Where somebody is in the course, what was typed there, and how far they have come."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from zlib import crc32

import streamlit as st

from app.components.browser_store import Stored, browser_store
from app.page.page import Page
from app.page.undivided import undivided
from app.screens.quiz.attempt import Attempt
from lessons.course.lesson import Lesson, Step
from lessons.course.progress import Done, merged, read_done, written_done
from lessons.course.typed import is_close, read_prediction
from lessons.quiz import check, generate
from lessons.quiz.question import Field, Question
from lessons.views.course import CourseView, open_course, settle_course

STORED_AS, STORE = "slide-and-sum.course", "course_store"
_NEWS = "course_said_last"
PAGE: Page[CourseView] = Page(
    "course",
    open=open_course,
    settle=settle_course,
    flat=CourseView.to_flat,
    link=CourseView.link,
    boxes=(),
    still=lambda view: view,
)


def done() -> Done:
    """The steps that are done."""
    return st.session_state.get("course_done", Done())


@undivided()
def note_done(lesson: Lesson, step: Step) -> None:
    """Remember that a step is done, here and in the browser."""
    if not done().has(lesson, step):
        _put(done().with_step(lesson, step))


@undivided()
def start_over() -> None:
    """Forget all that was done."""
    for key in [key for key in st.session_state if str(key).startswith("course_typed_")]:
        del st.session_state[key]
    _put(Done())


def _put(now: Done) -> None:
    state = st.session_state
    state["course_done"] = now
    state["course_revision"] = max(round(time.time() * 1000), state.get("course_revision", 0) + 1)


def render_store() -> None:
    """Keep what was done in the browser; draws nothing."""
    revision = st.session_state.get("course_revision", 0)
    browser_store(
        STORED_AS,
        written_done(done()) if revision else None,
        revision,
        key=STORE,
        on_report=_receive,
    )


@undivided()
def _receive(stored: Stored) -> None:
    """Take over what the browser has: at first together with ours, later as another tab left it."""
    state = st.session_state
    theirs = read_done(stored.text)
    first = not state.get("course_heard")
    state["course_heard"] = True
    now = merged(done(), theirs) if first else theirs
    if first and now != theirs:
        _put(now)
    state["course_done"] = now


def go(view: CourseView) -> None:
    """Go to a step."""
    st.session_state["course_moved"] = True
    st.session_state[_NEWS] = "", 0
    PAGE.change(**view.to_flat())


def turn(by: int) -> None:
    """Go on by one step, or back, as a clicker does."""
    if view := PAGE.view().beside(by):
        go(view)


def has_moved() -> bool:
    """Whether somebody has gone from one step to another on this visit."""
    return "course_moved" in st.session_state


def going(view: CourseView) -> partial[None]:
    """A button's callback that goes to a step."""
    return partial(go, view)


def note_news(what: str) -> None:
    """Remember that there is news about a task: its "number", or its "reach"."""
    st.session_state[_NEWS] = what, news()[1] + 1


def news() -> tuple[str, int]:
    """What was last said about this step's tasks, and how often anything was said."""
    return st.session_state.get(_NEWS, ("", 0))


def said_key(what: str) -> str:
    """The key of the place where it is said."""
    return f"course_said_{what}"


def number_key(lesson: Lesson, step: Step) -> str:
    """The key of the box for a predicted number."""
    return f"course_number_{lesson.id}_{step.id}"


def is_predicted(lesson: Lesson, step: Step) -> bool | None:
    """Whether the predicted number is right; None while nothing, or nothing readable, is typed."""
    text = typed_number(lesson, step)
    if not text or step.prediction is None:
        return None
    number = read_prediction(text)
    return None if isinstance(number, str) else is_close(number, step.prediction.answer)


def typed_number(lesson: Lesson, step: Step) -> str:
    """What is typed in the box for it."""
    return (st.session_state.get(number_key(lesson, step)) or "").strip()


def shown_key(lesson: Lesson, step: Step) -> str:
    """The key of the box that asks for the number to be shown."""
    return f"{number_key(lesson, step)}_shown"


def is_revealed(lesson: Lesson, step: Step) -> bool:
    """Whether the number to be predicted is known by now, found or shown."""
    shown = bool(st.session_state.get(shown_key(lesson, step)))
    return shown or done().has(lesson, step) or bool(is_predicted(lesson, step))


def note_reached(lesson: Lesson, step: Step) -> None:
    """Remember that the view was once what the step asked for."""
    if not was_reached(lesson, step):
        note_news("reach")
    st.session_state[_reached_key(lesson, step)] = True


def was_reached(lesson: Lesson, step: Step) -> bool:
    """Whether it was, at any time on this visit."""
    return _reached_key(lesson, step) in st.session_state


def _reached_key(lesson: Lesson, step: Step) -> str:
    return f"course_typed_{lesson.id}_{step.id}_reached"


def attempt(lesson: Lesson, step: Step) -> Attempt:
    """The question at the end of a step, and the learner's work on it."""
    key = _attempt_key(lesson, step)
    if key not in st.session_state:
        st.session_state[key] = Attempt(_question(lesson, step, 0))
    return st.session_state[key]


def _question(lesson: Lesson, step: Step, turn: int) -> Question:
    family, _, level = step.checkpoint.partition(".")
    seed = crc32(f"{lesson.id}.{step.id}".encode()) % 1000 + turn
    return generate(family, int(level), seed)


def _attempt_key(lesson: Lesson, step: Step) -> str:
    return f"course_typed_{lesson.id}_{step.id}"


def box_key(question: Question, box: Field) -> str:
    """The key of a box; each question has its own."""
    return f"course_box_{question.key}_{box.id}"


@undivided()
def take_typed(lesson: Lesson, step: Step) -> None:
    """Take over what stands in the boxes."""
    now, state = attempt(lesson, step), st.session_state
    boxes = now.question.fields
    typed = {box.id: state.get(box_key(now.question, box)) or "" for box in boxes}
    state[_attempt_key(lesson, step)] = replace(now, typed=typed)


@undivided()
def judge(lesson: Lesson, step: Step) -> None:
    """Judge what is typed."""
    take_typed(lesson, step)
    now = attempt(lesson, step)
    checked = check(now.question, now.typed)
    st.session_state[_attempt_key(lesson, step)] = replace(now, checked=checked)


@undivided()
def open_hint(lesson: Lesson, step: Step) -> None:
    """Open the next hint."""
    now = attempt(lesson, step)
    st.session_state[_attempt_key(lesson, step)] = replace(now, hints=now.hints + 1)


@undivided()
def ask_another(lesson: Lesson, step: Step) -> None:
    """Another question of the same kind."""
    seed = attempt(lesson, step).question.seed
    family, _, level = step.checkpoint.partition(".")
    following = generate(family, int(level), seed + 1)
    st.session_state[_attempt_key(lesson, step)] = Attempt(following)


def is_answered(lesson: Lesson, step: Step) -> bool:
    """Whether the question at the end of a step was answered correctly."""
    now = attempt(lesson, step)
    return now.judged and now.checked is not None and now.checked.verdict.outcome == "right"

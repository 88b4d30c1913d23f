"""A set of questions: its choice, its questions one by one, and the score sheet at the end."""

from __future__ import annotations

import time

import streamlit as st

from app.components.browser_store import browser_store
from app.components.countdown import countdown
from app.components.focus import focus_on
from app.panels.feedback_panel import (
    render_hints,
    render_marks,
    render_solution,
)
from app.panels.mistake_panel import render_wrong_pictures
from app.panels.question_panel import BOXES, Act, hint_act, render_boxes, render_question
from app.panels.score_panel import render_score
from app.session import sitting_state as state
from lessons.quiz import FAMILIES, QuizSet, parse
from lessons.quiz.parse import NotReadable
from lessons.quiz.ready_sets import READY_SETS
from lessons.quiz.sitting import Sitting

NEXT = "quiz_forward_area"


def render_set_store() -> None:
    """Keep what was answered in the browser; draws nothing."""
    if state.quiz() is None:
        return
    text, revision = state.to_keep()
    browser_store(
        state.stored_as(), text, revision, key=state.STORE, on_stored_change=state.receive
    )


def render_set(*, present: bool = False) -> None:
    """The set as far as it has come."""
    quiz, sitting = state.quiz(), state.sitting()
    if quiz is None:
        _choose()
    elif not state.told():
        st.caption("Reading what this browser has kept of this set…")
    elif sitting is None:
        _begin(quiz)
    elif sitting.finished is not None:
        render_score(sitting)
    else:
        _ask(sitting, present)


def _choose() -> None:
    for id, ready in READY_SETS.items():
        name, says = st.columns([1, 3], vertical_alignment="center")
        name.button(
            ready.title,
            key=f"quiz_ready_{id}",
            on_click=_open_ready,
            args=(ready.quiz,),
            width="stretch",
        )
        says.markdown(f"{ready.says} {ready.quiz.count} questions.")
    st.text_input(
        "Or the link of a set that you were given",
        key="quiz_set_link",
        on_change=state.open_link,
    )
    if error := state.link_error():
        st.error(error)


def _open_ready(quiz: QuizSet) -> None:
    state.open_set(quiz)
    state.changed()


def _begin(quiz: QuizSet) -> None:
    asked = ", ".join(FAMILIES[family].title.lower() for family, _ in quiz.families)
    st.markdown(f"**{quiz.count} question{'s' if quiz.count > 1 else ''}**: {asked}.")
    facts = [
        "You are told after each question how it went; an answer that cannot be read costs nothing."
        if quiz.feedback == "each"
        else "You are told at the end how it went; until then every answer can be changed."
    ]
    if quiz.minutes:
        facts.append(f"There is a timer of {quiz.minutes} minutes; it can be extended.")
    if quiz.own:
        facts.append(
            "Everyone has a set of their own, drawn by name: write it as your instructor has it."
        )
    st.caption("  \n".join(facts))
    with st.form("quiz_begin", border=False):
        st.session_state.setdefault(state.NAME, "")
        optional = "" if quiz.own else " (for the score sheet, if you like)"
        with st.container(key="quiz_begin_boxes"):
            st.text_input(f"Your name{optional}", key=state.NAME, width=360, autocomplete="name")
        st.caption("The name stays in this browser; it is not in the link.")
        if state.name_missing():
            st.error("Write your name: the questions are drawn by it.")
        st.form_submit_button("Begin", on_click=state.begin, key="quiz_begin_button")
    focus_on("quiz_begin_boxes", state.stored_as(), key="quiz_focus")


def _ask(sitting: Sitting, present: bool) -> None:
    question, answer = sitting.question, sitting.given
    count, at_end = len(sitting.answers), sitting.quiz.feedback == "end"
    render_question(question, f"Question {sitting.here + 1} of {count}", present=present)
    closed = answer.handed_in
    render_boxes(
        question,
        answer.typed,
        state.box_key,
        _acts(sitting, closed, present),
        closed=closed,
    )
    reading = parse(question, answer.typed)
    unread = any(isinstance(one, NotReadable) for one in reading.values())
    if closed and not at_end:
        if not unread:
            render_marks(question, reading, present=present)
            render_wrong_pictures(question, reading)
    elif any(answer.typed.values()):
        if unread:
            render_marks(question, reading, present=present)
        elif at_end:
            st.caption("Kept. It can be changed until you finish.")
    if answer.hints and not answer.solution_seen:
        render_hints(question, answer.hints, present=present)
    if answer.solution_seen:
        render_solution(question, present=present)
    forward = closed or (at_end and any(answer.typed.values()) and not unread)
    area = NEXT if forward else BOXES
    focus_on(
        # Before a class the keys belong to the clicker.
        "" if present else area,
        f"{sitting.here} {forward} {answer.typed if not forward else ''}",
        key="quiz_focus",
    )


def _acts(sitting: Sitting, closed: bool, present: bool) -> list[Act]:
    answer, here, count = sitting.given, sitting.here, len(sitting.answers)
    at_end = sitting.quiz.feedback == "end"
    acts = [Act("Keep" if at_end else "Check", "quiz_set_check", state.check, enabled=not closed)]
    if not at_end:
        acts += [
            hint_act(
                sitting.question, answer.hints, "quiz_set_hint", state.open_hint, closed=closed
            ),
            Act(
                "Show the solution",
                "quiz_set_solution",
                state.open_solution,
                enabled=not answer.solution_seen,
                shortcut="PageDown" if present and not answer.solution_seen else None,
            ),
        ]
    forward = present and (at_end or answer.solution_seen)
    acts += [
        Act("Back", "quiz_back", state.go, (here - 1,), here > 0,
            shortcut="PageUp" if present and here else None),
        Act("Next question", "quiz_forward", state.go, (here + 1,), area=NEXT,
            shortcut="PageDown" if forward else None)
        if here + 1 < count
        else Act("Finish", "quiz_finish", state.finish, area=NEXT),
    ]  # fmt: skip
    return acts


def render_set_controls() -> None:
    """Which set it is, how far it has come, how much time is left, and the ways out."""
    quiz, sitting = state.quiz(), state.sitting()
    if quiz is None:
        st.caption("Choose a set, or open the link that you were given.")
        return
    if sitting is not None and sitting.finished is None:
        _progress(sitting)
    if sitting is not None:
        st.button(
            "Do this set again",
            key="quiz_again",
            on_click=state.again,
            help="What was answered is gone then.",
        )
    st.button("Another set", key="quiz_other", on_click=state.close_set)


def _progress(sitting: Sitting) -> None:
    done = sum(any(answer.typed.values()) or answer.handed_in for answer in sitting.answers)
    st.progress(done / len(sitting.answers), f"{done} of {len(sitting.answers)} answered")
    numbers = range(len(sitting.answers))
    st.session_state["quiz_place"] = sitting.here
    st.selectbox(
        "Go to question",
        numbers,
        format_func=lambda n: f"{n + 1}{_state_words(sitting, n)}",
        key="quiz_place",
        on_change=_go_to_place,
    )
    left = sitting.left(time.time())
    if left is not None:
        countdown(left, key="quiz_countdown")
        st.button(f"{state.EXTENSION} minutes more", key="quiz_extend", on_click=state.extend)
    if sitting.here + 1 < len(sitting.answers):
        st.button("Finish now", key="quiz_finish_now", on_click=state.finish)


def _state_words(sitting: Sitting, number: int) -> str:
    answer = sitting.answers[number]
    return ": answered" if answer.handed_in or any(answer.typed.values()) else ""


def _go_to_place() -> None:
    state.go(st.session_state["quiz_place"])

"""A set of questions: its choice, its questions one by one, and the score sheet at the end."""

from __future__ import annotations

import secrets
import time

import streamlit as st

from app.components.browser_store import browser_store
from app.components.countdown import countdown
from app.components.keyboard import keyboard
from app.page.plain import show_error, show_waiting
from app.screens.quiz import sitting_state as state
from app.screens.quiz.feedback_panel import marks_of, render_result, spoken_words
from app.screens.quiz.question_panel import (
    CHECK,
    NEXT,
    VERDICT,
    Act,
    hint_act,
    places,
    render_boxes,
    render_figure,
    render_keyboard,
    render_question,
    solution_act,
)
from app.screens.quiz.score_panel import SCORE, render_score
from lessons.quiz import FAMILIES, QuizSet
from lessons.quiz.question import LARGEST_DRAWN_SEED
from lessons.quiz.ready_sets import READY_SETS, ReadySet
from lessons.quiz.sitting import Answer, Sitting, sitting_facts

KEPT = "Kept. You can change it until you finish."


def render_set_store() -> None:
    """Keep what was answered in the browser; draws nothing."""
    if state.quiz() is None:
        return
    text, revision = state.to_keep()
    browser_store(
        state.stored_as(),
        text,
        revision,
        own=state.tab_to_keep(),
        boxes=state.boxes(),
        key=state.STORE,
        on_report=state.receive,
    )


def render_set(*, present: bool = False) -> None:
    """The set as far as it has come."""
    quiz, sitting = state.quiz(), state.sitting()
    if quiz is None:
        _choose()
    elif not state.is_known():
        show_waiting("Reading what this browser has kept of this set…")
    elif state.damaged() and sitting is None:
        show_error(
            "What this browser has kept of this set cannot be read. Erase it, and you can begin."
        )
        st.button("Erase what was kept", key="quiz_set_erase", on_click=state.erase)
    elif sitting is None:
        _begin(quiz)
    elif sitting.finished is not None:
        render_score(sitting)
        keyboard(
            SCORE,
            f"finished {sitting.started}",
            says=" ".join(sitting_facts(sitting)),
            key="quiz_keyboard",
        )
    else:
        _ask(sitting, present)


def _choose() -> None:
    with st.container(key="quiz_ready"):
        for id, ready in READY_SETS.items():
            name, says = st.columns([1, 3], vertical_alignment="center")
            name.button(
                ready.title,
                key=f"quiz_ready_{id}",
                on_click=_start_ready,
                args=(ready,),
                width="stretch",
            )
            says.markdown(f"{ready.says} {ready.quiz.count} questions.")
    st.text_input(
        "Or the link of a set that you were given",
        key="quiz_set_link",
        on_change=state.open_link,
    )
    if error := state.link_error():
        show_error(error)
    # The button that led here from a finished set is gone, and with it the focus.
    keyboard("quiz_ready", "choice of sets", kept=True, key="quiz_keyboard")


def _start_ready(ready: ReadySet) -> None:
    """Start a ready set with questions that nobody has seen yet."""
    state.open_set(ready.started(secrets.randbelow(LARGEST_DRAWN_SEED + 1)))
    state.changed()


def _begin(quiz: QuizSet) -> None:
    asked = ", ".join(FAMILIES[id].title.lower() for id, _ in quiz.families[: quiz.count])
    asked = asked.rstrip("?")
    st.markdown(f"**{quiz.count} question{'s' if quiz.count > 1 else ''}**: {asked}.")
    facts = [
        "After each question you see how it went; an answer that cannot be read costs nothing."
        if quiz.feedback == "each"
        else "At the end you see how it went; until then you can change every answer."
    ]
    if quiz.minutes:
        many = "s" if quiz.minutes > 1 else ""
        facts.append(f"There is a timer of {quiz.minutes} minute{many}; it can be extended.")
    if quiz.own:
        facts.append(
            "Everyone has their own set, drawn by name: write yours as your instructor has it."
        )
    st.caption("  \n".join(facts))
    with st.form("quiz_begin", border=False):
        st.session_state.setdefault(state.NAME, "")
        optional = "" if quiz.own else " (for the score sheet, if you like)"
        with st.container(key="quiz_begin_boxes"):
            st.text_input(f"Your name{optional}", key=state.NAME, width=360, autocomplete="name")
        st.caption("The name stays in this browser; it is not in the link.")
        if state.name_missing():
            show_error("Write your name: the questions are drawn by it.")
        st.form_submit_button(
            "Begin", on_click=state.begin, key="quiz_begin_button", type="primary"
        )
    keyboard("quiz_begin_boxes", state.stored_as(), key="quiz_keyboard")


def _ask(sitting: Sitting, present: bool) -> None:
    question, answer = sitting.question, sitting.given
    left, right = places(present and (answer.handed_in or answer.solution_seen))
    with left:
        _render_time(sitting)
        place = f"Question {sitting.here + 1} of {len(sitting.answers)}"
        render_question(question, place, present=present)
        render_boxes(
            question,
            answer.typed,
            state.box_key,
            _acts(sitting, present),
            state.take_typed,
            closed=answer.handed_in,
        )
    checked = sitting.checked
    kept = sitting.quiz.feedback == "end" and state.just_checked() and checked.readable
    forward = answer.handed_in or kept
    token = f"{sitting.here} {answer.handed_in} {answer.solution_seen} {state.checks()}"
    # All is said once it is handed in; before that only how to write what cannot be read.
    shown = answer.handed_in if checked.readable else state.just_checked()
    marks = marks_of(checked) if shown else None
    with right:
        if not answer.handed_in and sitting.quiz.feedback == "end" and checked.readable:
            with st.container(key=VERDICT):
                st.caption(KEPT)
        render_result(
            question,
            marks,
            drawn=checked if answer.handed_in and checked.readable else None,
            hints=answer.hints,
            solved=answer.solution_seen,
            present=present,
        )
        if not answer.handed_in and not answer.solution_seen:
            render_figure(question, present=present)
    says = spoken_words(question, marks, answer.hints, solved=answer.solution_seen)
    render_keyboard(
        token,
        done=forward,
        present=present,
        says=KEPT if kept else says,
        hints=answer.hints,
        solved=answer.solution_seen,
    )


def _render_time(sitting: Sitting) -> None:
    left = sitting.left(time.time())
    if left is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="content"):
            countdown(left, key="quiz_countdown")
        st.button(f"{state.EXTENSION} minutes more", key="quiz_extend", on_click=state.extend)


def _acts(sitting: Sitting, present: bool) -> list[Act]:
    answer, here, count = sitting.given, sitting.here, len(sitting.answers)
    at_end, closed = sitting.quiz.feedback == "end", answer.handed_in
    check = Act(
        "Keep" if at_end else "Check",
        "quiz_check",
        state.check,
        enabled=not closed,
        area=CHECK,
        main=not closed,
    )
    help_with_it = [
        hint_act(sitting.question, answer.hints, "quiz_hint", state.open_hint, closed=closed),
        solution_act(answer.solution_seen, state.open_solution, present=present),
    ]
    back = Act(
        "Back",
        "quiz_back",
        state.go,
        (here - 1,),
        enabled=here > 0,
        shortcut="PageUp" if present and here else None,
    )
    forward = Act(
        "Next question",
        "quiz_forward",
        state.forward,
        enabled=here + 1 < count,
        area=NEXT if here + 1 < count else "",
        shortcut="PageDown" if present and (at_end or answer.solution_seen) else None,
        main=closed and here + 1 < count,
    )
    last = here + 1 == count
    finish = Act(
        "Finish", "quiz_finish", state.finish, area=NEXT if last else "", main=closed and last
    )
    return [check, *([] if at_end else help_with_it), back, forward, finish]


def render_set_controls() -> None:
    """Which set it is, how far it has come, how much time is left, and the ways out."""
    quiz, sitting = state.quiz(), state.sitting()
    if quiz is None:
        st.caption("Choose a set, or open the link that you were given.")
        return
    if sitting is not None and sitting.finished is None:
        _progress(sitting)
        with st.expander("Leave this set"):
            _render_ways_out()
    elif sitting is not None:
        _render_ways_out()
    else:
        st.button("Another set", key="quiz_other", on_click=state.close_set)


def _render_ways_out() -> None:
    st.button("Another set", key="quiz_other", on_click=state.close_set)
    st.button("Do this set again", key="quiz_again", on_click=state.again)
    st.caption(
        "Doing it again deletes your answers. Another set leaves them in this browser, and this "
        "set's link brings them back."
    )


def _progress(sitting: Sitting) -> None:
    open_ones = [n for n, one in enumerate(sitting.answers) if not _is_answered(one, sitting)]
    count = len(sitting.answers)
    done = count - len(open_ones)
    st.progress(done / count, f"{done} of {count} answered")
    st.session_state["quiz_place"] = sitting.here
    # The names of the choices stay the same: Streamlit knows a choice by its name.
    st.selectbox(
        "Go to question",
        range(count),
        format_func=lambda n: str(n + 1),
        key="quiz_place",
        on_change=_go_to_place,
    )
    if done and open_ones:
        st.caption(f"Still to do: {', '.join(str(n + 1) for n in open_ones)}.")


def _is_answered(answer: Answer, sitting: Sitting) -> bool:
    typed = any(answer.typed.values())
    return answer.handed_in or (typed and sitting.quiz.feedback == "end")


def _go_to_place() -> None:
    state.go(st.session_state["quiz_place"])

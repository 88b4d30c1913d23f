"""The Course page: the step's words, its live view beside them, and its task below the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.components.keyboard import keyboard
from app.page.address import presenting
from app.page.frame import mark_past_controls, render_frame, render_notes
from app.page.plain import plain, show_done, show_doubt
from app.page.styled import styled
from app.screens.course import state
from app.screens.course.covered import draw_covered
from app.screens.course.live import draw_live, is_reached
from app.screens.course.printed import draw_printed
from app.screens.quiz.feedback_panel import marks_of, render_hints, render_marks
from app.screens.quiz.question_panel import (
    BOXES,
    CHECK,
    VERDICT,
    Act,
    hint_act,
    render_boxes,
    render_question,
    render_style,
)
from lessons.course.lesson import Lesson, Step
from lessons.course.loader import course
from lessons.course.progress import next_open
from lessons.course.typed import read_prediction
from lessons.quiz.exports import tables_of
from lessons.views.course import CourseView

HINT = "Read a few lines, try it, go on. Nothing is locked: start wherever you like."

_WORDS, _ON = "course_words", "course_on"

TOUCH = 'Try the picture. <a href="#past-controls">To your task ↓</a>'


def show_course() -> None:
    """Draw the whole page."""
    view, notes = state.PAGE.arrive()
    present = presenting()  # only now: the button that asks for it is done in arriving
    render_frame(
        "Course", HINT, present, hint_for_touch=TOUCH, past_controls="task", turn=state.turn
    )
    render_style()
    state.render_store()
    render_notes(notes)
    if view.covers:
        _draw_aside(view, draw_covered)
    elif view.whole:
        _draw_aside(view, partial(draw_printed, view.lesson))
    elif present:
        _draw_presented(view)
    else:
        _draw_step(view)
    state.PAGE.leave()


def _draw_aside(view: CourseView, content: Callable[[], None]) -> None:
    """What stands beside the lessons, with the way back to them."""
    back = replace(view, covers=False, whole=False)
    st.button("Back to the lessons", key="course_back", on_click=state.going(back), shortcut="b")
    mark_past_controls()
    content()


def _draw_presented(view: CourseView) -> None:
    """Before a class: the view large, with the step's task in a line above it."""
    step = view.step
    spoken = styled("spoken")
    ways = _draw_ways(view, finished=True)
    # Where nothing else hides the number, the view asks for each result before it shows it.
    revealed = False
    if step.before:
        with ways:
            revealed = st.checkbox("Show the answer", key=state.shown_key(view.lesson, step))
    with spoken:
        st.markdown(f"### {step.title}\n\n{_spoken(view.lesson, step)}")
        if revealed:
            st.markdown(f"**{_right(step)}**")
    draw_live(view.lesson, step, revealed=revealed, present=True)


def _spoken(lesson: Lesson, step: Step) -> str:
    """What a class reads: the question, or the task where the question has tables of its own."""
    if step.prediction:
        return step.prediction.question
    if step.checkpoint and not tables_of(question := state.attempt(lesson, step).question):
        return plain(" ".join(question.prompt))
    return step.do or step.text


def _draw_step(view: CourseView) -> None:
    lesson, step = view.lesson, view.step
    with styled("lesson"):
        # As they are read and gone through by Tab; lesson.css says where each of them stands.
        words, picture, question, task = st.columns(4)
    with picture:
        settings = draw_live(lesson, step, revealed=state.is_revealed(lesson, step))
    with words, styled("step", "words-"):
        contents = st.container()
        _draw_words(view)
        st.html('<a class="skip" href="#past-controls">Skip the picture</a>')
    with question, styled("step", "question-"):
        predicted = _draw_prediction(lesson, step) if step.prediction else None
    with task, styled("step", "task-"):
        done = _draw_task(lesson, step, settings)
        if predicted is not False and done:
            state.note_done(lesson, step)
        _draw_ways(view, finished=state.done().has(lesson, step))
    with contents:  # once it is known whether the step is done
        _draw_contents(view)
    _follow(view)


def _follow(view: CourseView) -> None:
    """Start a new step at its top, with the keyboard at its heading.

    What is said of a task comes into view: on a phone it stands far from the picture.
    """
    name = f"{view.lesson.id}.{view.step.id}"
    top = "styled-lesson" if state.has_moved() else ""
    keyboard(_WORDS, name, show=top, key="course_arrival")
    what, count = state.news()
    keyboard("", f"{name} {count}", show=what and state.said_key(what), key="course_news")


def _draw_contents(view: CourseView) -> None:
    """All lessons, and how much of each is done."""
    lessons = course()
    reached = sum(state.done().count(lesson) for lesson in lessons)
    far = f", {reached} step{'s' * (reached > 1)} done" if reached else ""
    fold = st.expander(
        f"Contents: {len(lessons)} short lessons{far}", key="course_contents", on_change="rerun"
    )
    if not fold.open:
        return
    with fold:
        lesson, step = next_open(lessons, state.done())
        if reached:
            st.button(
                f"Go on with “{step.title}”",
                key="course_go_on",
                on_click=state.going(CourseView(lesson, step)),
                type="primary",
            )
        for number, lesson in enumerate(lessons, start=1):
            count = state.done().count(lesson)
            mark = "✓ " if count == len(lesson.steps) else f"{count} of {len(lesson.steps)} · "
            st.button(
                f"{number}. {lesson.title} ({mark.strip(' ·')})",
                key=f"course_lesson_{lesson.id}",
                on_click=state.going(CourseView(lesson, lesson.steps[0])),
                type="tertiary",
            )
        st.button(
            "This lesson on one page, to print",
            key="course_whole",
            on_click=state.going(replace(view, whole=True)),
            type="tertiary",
        )
        st.button(
            "What this course covers",
            key="course_covers",
            on_click=state.going(replace(view, covers=True)),
            type="tertiary",
        )
        if reached and st.checkbox("I want to start over", key="course_sure"):
            st.button("Forget what I have done", key="course_over", on_click=state.start_over)


def _draw_words(view: CourseView) -> None:
    lesson, step = view.lesson, view.step
    number = course().index(lesson) + 1
    place = lesson.steps.index(step) + 1
    st.caption(f"Lesson {number}: {lesson.title} · {place} of {len(lesson.steps)}")
    goal = f"*Goal: {lesson.goal}*\n\n" if place == 1 else ""
    with st.container(key=_WORDS):
        st.markdown(f"## {step.title}\n\n{goal}{step.text}")


def _draw_task(lesson: Lesson, step: Step, settings: Mapping[str, str]) -> bool:
    """What is to be done beside a prediction, and what is said once it is; whether it is."""
    if not step.prediction:
        mark_past_controls()
    done = _draw_reach(lesson, step, settings) if step.reach else True
    # A question is there before what is to be done is.
    return (_draw_checkpoint(lesson, step) if step.checkpoint else True) and done


def _draw_reach(lesson: Lesson, step: Step, settings: Mapping[str, str]) -> bool:
    if is_reached(step, settings):
        state.note_reached(lesson, step)
    reached = state.was_reached(lesson, step)
    st.markdown(f"**Do this.** {step.do}")
    if reached:
        with st.container(key=state.said_key("reach")):
            show_done(step.then or "Done. Look what has changed.")
    else:
        with st.popover("Show me how"):
            st.markdown(step.hint)
    return reached


def _draw_prediction(lesson: Lesson, step: Step) -> bool:
    asked, right = step.prediction, state.is_predicted(lesson, step)
    mark_past_controls()
    with styled("asked", horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            asked.question,
            key=state.number_key(lesson, step),
            autocomplete="off",
            placeholder="a number",
            on_change=partial(state.note_news, "number"),
        )
        # Leaving the box is what sends the number.
        st.button("Check", key="course_checked", type="secondary" if right else "primary")
    typed = state.typed_number(lesson, step)
    with st.container(key=state.said_key("number")):
        if right:
            show_done(asked.then)
        elif typed:
            known = "{} is not it. Look again, or think it through step by step."
            show_doubt(str(read_prediction(typed)) if right is None else known.format(typed))
            _draw_telling(lesson, step)
    return bool(right)


def _draw_telling(lesson: Lesson, step: Step) -> bool:
    """A switch that shows the number to a learner who gives up; whether it is on."""
    shows = st.checkbox("Show me the answer", key=state.shown_key(lesson, step))
    if shows:
        st.markdown(_right(step))
    return shows


def _right(step: Step) -> str:
    return step.prediction.then.removeprefix("Right: ").removeprefix("Right. ")


def _draw_checkpoint(lesson: Lesson, step: Step) -> bool:
    """A question of the quiz, with its diagnosis."""
    now = state.attempt(lesson, step)
    answered = state.is_answered(lesson, step)
    render_question(now.question)
    render_boxes(
        now.question,
        now.typed,
        state.box_key,
        (
            Act(
                "Check", "course_check", state.judge, (lesson, step), area=CHECK, main=not answered
            ),
            hint_act(
                now.question,
                now.hints,
                "course_hint",
                partial(state.open_hint, lesson, step),
                closed=answered,
            ),
            Act("Another question", "course_another", state.ask_another, (lesson, step)),
        ),
        partial(state.take_typed, lesson, step),
    )
    marks = now.checked and marks_of(now.checked)
    if marks is not None:
        render_marks(marks)
    if now.hints and not answered:
        render_hints(now.question, now.hints)
    keyboard(
        "" if marks is None else _ON if answered else BOXES,
        f"{now.question.key} {now.checked and now.checked.typed}",
        show=VERDICT if marks else "",
        says=marks.spoken if marks else "",
        kept=True,  # a pressed button has it
        boxes=BOXES,
        presses=CHECK,
        key="course_keyboard",
    )
    return answered


def _draw_ways(view: CourseView, *, finished: bool) -> DeltaGenerator:
    """Back and on, in the container that is returned."""
    before, after = view.beside(-1), view.beside(1)
    ways = st.container(horizontal=True, key="course_ways")
    with ways:
        if before:
            st.button(
                "Back",
                key="course_back",
                on_click=state.going(before),
                shortcut="b",
                help="The key B does the same.",
            )
        if after:
            new = after.lesson is not view.lesson
            with st.container(key=_ON, width="content"):
                st.button(
                    f"Next: {after.lesson.title if new else after.step.title}",
                    key="course_next",
                    on_click=state.going(after),
                    type="primary" if finished else "secondary",
                    shortcut="n",
                    help="The key N does the same.",
                )
        else:
            st.button(
                "On to the quiz",
                key="course_quiz",
                on_click=state.PAGE.callback(lambda page: page.go_to("quiz", {})),
                type="primary" if finished else "secondary",
            )
    return ways

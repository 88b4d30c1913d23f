"""Quiz: practice that finds the mistake behind a wrong number, and sets with a score sheet."""

import streamlit as st

from app.page.address import arriving, presenting
from app.page.frame import mark_past_controls, render_frame, render_notes
from app.page.styled import styled
from app.screens.quiz import practice_state as practice
from app.screens.quiz import state as quiz
from app.screens.quiz.practice_panel import (
    render_damage,
    render_practice,
    render_practice_controls,
    render_store,
)
from app.screens.quiz.question_panel import render_style
from app.screens.quiz.set_panel import render_set, render_set_controls, render_set_store

MODES = {"practice": "Practice", "set": "A set of questions"}
HINTS = {
    "practice": "Type your answer and press Enter. If the number is wrong, you hear which mistake "
    "makes it.",
    "set": "One question after another, and a score sheet at the end.",
}

mode, notes = quiz.arrive(arriving(quiz.PAGE))
present = presenting()


def draw_question() -> None:
    if mode == "practice":
        render_damage()
        render_practice(present=present)
    else:
        render_set(present=present)


render_style()
render_frame("Quiz", HINTS[mode], present, past_controls="question")
if mode == "practice":
    render_store()
    practice.begin()
else:
    render_set_store()
    render_store(beside_set=True)
render_notes(notes)
if present:
    draw_question()
else:
    with styled("workbench"):
        left, right = st.columns([1, 3.2], gap="medium")
        with right:
            st.segmented_control(
                "Practice or a set",
                list(MODES),
                format_func=MODES.get,
                required=True,
                key=quiz.MODE,
                label_visibility="collapsed",
            )
            mark_past_controls()
            draw_question()
        with left, styled("controls"):
            if mode == "practice":
                render_practice_controls()
            else:
                render_set_controls()

quiz.leave()

"""A whole lesson on one page, to be printed: words, pictures, questions, and nothing to press."""

from __future__ import annotations

import streamlit as st

from app.page.styled import styled
from app.screens.course import state
from app.screens.course.live import draw_still
from app.screens.quiz.question_panel import render_figure, render_question
from lessons.course.lesson import Lesson, Step

BLANK = "Answer: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"


def draw_printed(lesson: Lesson) -> None:
    """Every step of a lesson, one below the other."""
    st.markdown(f"## {lesson.title}\n\n*Goal: {lesson.goal}*")
    for number, step in enumerate(lesson.steps, start=1):
        with styled("printed", f"{lesson.id}-{step.id}-"):
            st.markdown(f"### {number}. {step.title}\n\n{step.text}")
            draw_still(lesson, step)
            _draw_task(lesson, step)


def _draw_task(lesson: Lesson, step: Step) -> None:
    if step.prediction:
        st.markdown(f"**{step.prediction.question}** {BLANK}")
    if step.reach:
        st.markdown(f"**Do this.** {step.do}")
    if step.checkpoint:
        question = state.attempt(lesson, step).question
        render_question(question)
        render_figure(question)
        st.markdown(BLANK)

"""Make a set: an instructor chooses the questions and gets link, QR code and files."""

import streamlit as st

from app.page.address import presenting
from app.page.alone import draw_alone
from app.page.frame import mark_past_controls, render_frame, render_notes
from app.screens.make_a_set import state as builder
from app.screens.make_a_set.files import render_files
from app.screens.make_a_set.panel import (
    render_builder,
    render_link,
    render_names_store,
    render_questions,
)
from app.screens.quiz.question_panel import render_style

arrived = builder.PAGE.arrive()
own, present = around = arrived[0].own, presenting()

render_style()
render_frame(
    "Make a set",
    "Choose what is asked; whoever opens the link gets "
    + ("a set of the same kind, drawn by name." if own else "these questions."),
    present,
    past_controls="link",
    scene=False,
)


def draw_body(alone: bool) -> None:
    """Draw what stands below the heading, for which the whole page runs where that changes."""
    quiz, notes = builder.PAGE.arrive() if alone else arrived
    if (quiz.own, presenting()) != around:
        st.rerun()
    render_notes(notes)
    render_names_store()
    if present:
        render_link(quiz, present=True)
    else:
        left, right = st.columns([1, 3.2], gap="medium")
        with right:
            mark_past_controls()
            render_link(quiz)
            render_files(quiz)
            render_questions(quiz)
        with left, builder.PAGE.styled("controls"):
            render_builder(quiz)
    builder.PAGE.leave()


draw_alone(draw_body)

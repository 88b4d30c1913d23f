"""The score sheet of a finished set: marks, what was typed, what was right, and the mistakes."""

from __future__ import annotations

from html import escape

import streamlit as st

from app.screens.quiz.feedback_panel import marks_of, render_marks, render_solution
from app.screens.quiz.mistake_panel import render_wrong_pictures
from app.screens.quiz.question_panel import render_question
from lessons.quiz.exports import scores_csv
from lessons.quiz.sets import ScoreRow
from lessons.quiz.sitting import Sitting, sitting_facts

SCORE = "quiz_score"
"""Key of the container of the marks: where the keyboard goes when a set is finished."""


def render_score(sitting: Sitting) -> None:
    """Show the sheet, give it as a file, and let every question be looked at again."""
    rows = sitting.rows()
    marks, *others = sitting_facts(sitting)
    facts = "".join(f"<p>{escape(fact)}</p>" for fact in others)
    lines = "".join(map(_line, rows))
    with st.container(key=SCORE):
        st.html(
            f'<div class="quiz"><p class="total" tabindex="-1"><b>{escape(marks)}</b></p>{facts}'
            '<table class="sheet"><thead><tr><th>No.</th><th>Question</th><th>You wrote</th>'
            f"<th>Right</th><th>Outcome</th></tr></thead><tbody>{lines}</tbody></table></div>"
        )
    st.download_button(
        "Score sheet as CSV",
        scores_csv(rows).encode("utf-8-sig"),
        "score-sheet.csv",
        "text/csv",
        key="quiz_csv",
        on_click="ignore",
    )
    st.selectbox(
        "Look at a question again",
        range(len(sitting.answers)),
        format_func=lambda n: f"Question {n + 1}",
        index=None,
        placeholder="Choose one",
        key="quiz_review",
    )
    number = st.session_state.get("quiz_review")
    if number is not None and number < len(sitting.answers):
        _review(sitting, number)


def _review(sitting: Sitting, number: int) -> None:
    question, checked = sitting.questions[number], sitting.answers[number].checked
    render_question(question, f"Question {number + 1} of {len(sitting.answers)}")
    if checked and checked.readable:
        render_marks(marks_of(checked))
        render_wrong_pictures(checked)
    render_solution(question)


def _line(row: ScoreRow) -> str:
    """One box of the sheet, with the mistakes that fit below its outcome."""
    outcome = {
        "carried": "right, from your own number",
        "repeated": "the same mistake again",
    }.get(row.outcome, row.outcome)
    fitting = f"<small>{escape(row.slips.replace('; ', ' or '))}</small>" if row.slips else ""
    return (
        f"<tr><td>{row.question}</td><td>{escape(row.family)}<small>{escape(row.box)}</small></td>"
        f"<td>{escape(row.typed) or '–'}</td><td>{escape(row.right)}</td>"
        f"<td>{escape(outcome)}{fitting}</td></tr>"
    )

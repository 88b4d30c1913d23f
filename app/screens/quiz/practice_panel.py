"""Practice: one question after another, chosen for the learner, and how well skills are known."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from html import escape

import streamlit as st

from app.components.browser_store import browser_store
from app.page.plain import show_error, show_waiting
from app.screens.quiz import practice_state as practice
from app.screens.quiz import progress_state as progress
from app.screens.quiz.feedback_panel import marks_of, render_result, spoken_words
from app.screens.quiz.question_panel import (
    CHECK,
    NEXT,
    Act,
    hint_act,
    places,
    render_boxes,
    render_figure,
    render_keyboard,
    render_question,
    solution_act,
)
from lessons.quiz import FAMILIES
from lessons.quiz.progress import (
    SkillRow,
    progress_words,
    read_progress,
    skill_rows,
    written_progress,
)

SHOWN = 6


def render_store(*, beside_set: bool = False) -> None:
    """Keep the progress in the browser; draws nothing.

    beside_set : whether a set is shown, whose answers count for the progress too
    """
    text, revision = progress.to_keep()
    browser_store(
        progress.STORED_AS,
        text,
        revision,
        own=None if beside_set else progress.tab_to_keep(),
        boxes={} if beside_set else progress.boxes(),
        key=progress.STORE,
        on_report=progress.receive,
    )


def render_practice(*, present: bool = False) -> None:
    """The question on the screen, its boxes, and what is said of the answer."""
    now = practice.attempt()
    if now is None or practice.session() is None:
        show_waiting("Reading what this browser has kept of your progress…")
        return
    question = now.question
    done = now.judged or now.solution
    left, right = places(present and done)
    with left:
        render_question(question, present=present)
        render_boxes(
            question, now.typed, practice.box_key, _acts(now, done, present), practice.take_typed
        )
    marks = marks_of(now.checked, counts=now.counts) if now.checked else None
    with right:
        render_result(
            question,
            marks,
            drawn=now.checked if now.judged and not now.solution else None,
            hints=now.hints,
            solved=now.solution,
            present=present,
        )
        if not done:
            render_figure(question, present=present)
    render_keyboard(
        f"{question.key} {done} {now.checked and now.checked.typed} {now.solution}",
        done=done,
        present=present,
        says=spoken_words(question, marks, now.hints, solved=now.solution),
        hints=now.hints,
        solved=now.solution,
    )


def _acts(now: practice.Attempt, done: bool, present: bool) -> list[Act]:
    return [
        Act("Check", "quiz_check", practice.check, area=CHECK, main=not done),
        hint_act(now.question, now.hints, "quiz_hint", practice.open_hint),
        solution_act(now.solution, practice.open_solution, present=present),
        Act(
            "Next question" if done else "Another question",
            "quiz_next",
            practice.next_question,
            area=NEXT,
            shortcut="PageDown" if present and now.solution else None,
            main=done,
        ),
    ]


def render_practice_controls() -> None:
    """What to practise, how well each skill is known, and where the progress is kept."""
    st.selectbox(
        "Topic",
        ["", *FAMILIES],
        format_func=lambda id: FAMILIES[id].title if id else "All topics, weakest first",
        key=practice.TOPIC,
    )
    topic, _ = practice.chosen()
    if topic:
        levels = FAMILIES[topic].levels
        st.selectbox(
            "Level",
            range(len(levels) + 1),
            format_func=lambda n: f"{n}: {levels[n - 1].says}" if n else "What suits you",
            key=practice.LEVEL,
        )
    session = practice.session()
    if session is None:
        return
    rows = skill_rows(session, datetime.now(UTC))
    seen = [row for row in rows if row.seen]
    if seen:
        st.html(f'<div class="quiz">{_skills_html(seen[:SHOWN])}</div>')
        if len(seen) > SHOWN:
            with st.expander(f"All {len(seen)} skills so far"):
                st.html(f'<div class="quiz">{_skills_html(seen)}</div>')
    else:
        st.caption(
            "Answer a question, and you will see here how well you know each skill, weakest first. "
            "What you know comes back just before you would forget it."
        )
    if progress.before():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Undo", key="quiz_undo", on_click=progress.undo)
            st.caption("Your earlier progress can come back until your next answer.")
    with st.expander("Your progress"):
        _render_keeping()


def _skills_html(rows: list[SkillRow]) -> str:
    body = "".join(
        f"<tr><td>{escape(row.name)}</td>"
        f'<td class="share"><span class="bar"><i style="width:{round(100 * row.mastery)}%"></i>'
        f"</span> {round(100 * row.mastery)} %</td></tr>"
        for row in rows
    )
    return (
        '<table class="skills"><thead><tr><th>Skill</th><th>Mastery</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def render_damage() -> None:
    """Say that what the browser keeps cannot be read, and offer the way out."""
    if why := progress.damage():
        show_error(
            f"What this browser has kept of your progress cannot be read. {why} You can practise, "
            "but nothing is kept until you erase it or take over a file."
        )
        st.button("Erase what was kept", key="quiz_erase", on_click=progress.forget)


def _where_kept() -> str:
    if progress.refused():
        return "This browser refuses to keep anything: save your progress as a file before you go."
    if progress.damage():
        return "It is not kept: what this browser has from before cannot be read."
    return "It is kept in this browser alone, nothing of it on the server."


def _render_keeping() -> None:
    st.caption(_where_kept())
    st.download_button(
        "Save as a file",
        # Made when it is asked for: a file that another answer has replaced is no longer there.
        partial(written_progress, practice.session()),
        "slide-and-sum-progress.json",
        "application/json",
        key="quiz_export",
        on_click="ignore",
    )
    st.file_uploader(
        "Take over from a file",
        type="json",
        key=progress.import_key(),
        max_upload_size=1,
        on_change=progress.open_file,
    )
    if error := progress.import_error():
        show_error(error)
    if text := progress.offer():
        st.markdown(
            f"In the file: {progress_words(read_progress(text))}.  \n"
            f"Here: {progress_words(practice.session())}."
        )
        with st.container(horizontal=True):
            st.button("Replace mine", key="quiz_replace", on_click=progress.take_offer)
            st.button("Keep mine", key="quiz_keep", on_click=progress.drop_offer)
    if st.checkbox("I want to start over", key="quiz_sure"):
        st.button("Erase my progress", key="quiz_forget", on_click=progress.forget)

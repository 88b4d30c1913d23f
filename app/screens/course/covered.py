"""What the course covers: each topic with links to its step, its view and its question."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from lessons.course.coverage import (
    Row,
    address_of,
    by_lesson,
    place_of,
    slips,
    title_of,
)

_HEADS = ("Topic", "Taught in", "To explore", "Asked")


def draw_covered() -> None:
    """All topics by lesson, then where slides and books differ."""
    st.markdown(
        "## What this course covers\n\n"
        "Every topic of a usual first course, with the step that teaches it, a picture to explore "
        "it, and a question that asks it. Below, what some slides and books print otherwise."
    )
    for number, (lesson, rows) in enumerate(by_lesson(), start=1):
        st.markdown(f"### {number}. {lesson.title}\n\n{lesson.goal}")
        _draw(_HEADS, map(_cells, rows))
    st.markdown("### Where slides and books differ")
    named = ((slip.says, _link(address_of(slip.step), title_of(slip.step))) for slip in slips())
    _draw(("What is printed", "Named in"), ((escape(says), link) for says, link in named))


def _cells(row: Row) -> tuple[str, ...]:
    asked, address = row.question
    _, step = place_of(row.step)
    # A reader who goes from link to link hears what each is about.
    view = _link(row.view, "view", f"View: {row.says}")
    return (
        escape(row.says),
        _link(address_of(row.step), step.title),
        view,
        _link(address, asked, f"Question, {row.says}: {asked}"),
    )


def _link(address: str, text: str, spoken: str = "") -> str:
    label = f' aria-label="{escape(spoken)}"' if spoken else ""
    return f'<a href="{escape(address)}"{label}>{escape(text)}</a>'


def _draw(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A table whose cells are HTML already; the first of each row is its head."""
    top = "".join(f"<th scope='col'>{head}</th>" for head in heads)
    lines = "".join(
        f"<tr><th scope='row'>{name}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        for name, *cells in rows
    )
    st.html(
        f"<table class='facts headed'><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"
    )

"""A question on the screen: its words, the numbers that it shows, its boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.components.keyboard import keyboard
from app.components.palette import ROLES
from app.page.svg import show_svg
from lessons.quiz import Question, hints
from lessons.quiz.compare import written
from lessons.quiz.exports import tables_of
from lessons.quiz.exports.items import ASKED
from lessons.quiz.figures import figure_of, page_style
from lessons.quiz.figures.drawing import WIDTH
from lessons.quiz.question import Field, Number, Table
from lessons.quiz.registry import family_of
from lessons.quiz.wording import unbroken

_STYLE = Path(__file__).with_name("question.css").read_text(encoding="utf-8")
_COLOURS = "".join(
    f"--{role}:light-dark({tone.light},{tone.dark});" for role, tone in ROLES.items()
)
BOXES = "quiz_boxes"
"""Key of the container of the boxes: where the keyboard goes when a question is new."""

SHORT = 18
"""Letters of a label that stand above a narrow box on one line."""

NARROW, WIDE = 170, 300
CHECK = "quiz_check_area"
"""Key of the container of the button that Enter in a box presses."""

NEXT = "quiz_go_on"
"""Key of the container of the button that goes on: where the keyboard goes after an answer."""

VERDICT, SOLUTION = "quiz_verdict", "quiz_worked"
"""Keys of the containers of the verdict and of the worked solution, which come into view."""


def hint_area(number: int) -> str:
    """Key of the container of a hint, counted from 1."""
    return f"quiz_hint_{number}"


MATRIX_HELP = "One row a line, numbers apart by spaces. Ctrl+Enter checks."


def render_style() -> None:
    """Set the style that everything of a quiz is drawn in."""
    st.html(f"<style>.quiz{{{_COLOURS}}}{_STYLE}{page_style('.quiz .figure')}</style>")


def large(present: bool) -> str:
    """The class by which what stands in `.quiz` is read from the back row."""
    return " large" if present else ""


def render_note(words: str, *, present: bool) -> None:
    """A line on a picture."""
    st.html(f'<div class="quiz{large(present)}"><p class="aside">{escape(words)}</p></div>')


def render_question(question: Question, place: str = "", *, present: bool = False) -> None:
    """Show the question: what it is about, its sentences, what was agreed, its numbers.

    place : where it stands, such as "Question 3 of 10"
    """
    *given, asked = question.prompt
    level = f"level {question.level}: {family_of(question).levels[question.level - 1].says}"
    about = " · ".join(filter(None, (place, question.title, "" if question.given else level)))
    sentences = " ".join(map(_set_in_html, given))
    agreed = _set_in_html(" ".join(question.convention))
    st.html(
        f'<div class="quiz question{large(present)}"><p class="about">{escape(about)}</p>'
        f"<h2>{sentences} <strong>{_set_in_html(asked)}</strong></h2>"
        f'<p class="agreed">{agreed}</p>{tables_html(tables_of(question))}</div>'
    )


def render_figure(question: Question, *, present: bool = False) -> None:
    """Draw what the question is about, without what it asks for."""
    if (figure := figure_of(question)) is not None:
        room = "" if present else f"max-width:34rem;aspect-ratio:{WIDTH}/{figure.height}"
        show_svg(
            figure.svg(),
            f"quiz drawn{large(present)}",
            key=f"quiz_figure_{question.key}".replace(".", "_"),
            room=room,
        )


@dataclass(frozen=True)
class Act:
    """A button below the boxes: what it says and does.

    area: the key of a container of its own, by which the keyboard can be put onto it. main: the one
    act that the screen is for, as things stand.
    """

    label: str
    key: str
    does: Callable[..., None]
    args: tuple = ()
    enabled: bool = True
    area: str = ""
    shortcut: str | None = None
    main: bool = False


def _set_in_html(sentence: str) -> str:
    """A sentence whose sizes are never broken, with a line for each layer of a chain.

    >>> _set_in_html("A 2 × 2 kernel; then a flatten.")
    'A 2\xa0×\xa02 kernel;<br>then a flatten.'
    """
    return unbroken(escape(sentence)).replace("; then ", ";<br>then ")


def hint_act(
    question: Question, opened: int, key: str, does: Callable[[], None], *, closed: bool = False
) -> Act:
    """The button that opens the next rung of the hint ladder, saying which one it is."""
    rungs = len(hints(question))
    more = opened < rungs
    label = f"Hint {opened + 1} of {rungs}" if more else "No more hints"
    return Act(label, key, does, enabled=more and not closed)


def solution_act(seen: bool, does: Callable[[], None], *, present: bool) -> Act:
    """The button that shows the worked solution; before a class a clicker presses it."""
    shortcut = "PageDown" if present and not seen else None
    return Act("Show the solution", "quiz_solution", does, enabled=not seen, shortcut=shortcut)


def places(beside: bool) -> Sequence[DeltaGenerator]:
    """Where a question goes, and what is said of its answer.

    beside : before a class the question stays on the screen beside its solution
    """
    return st.columns(2, gap="large") if beside else (st.container(),) * 2


def render_keyboard(
    token: str,
    *,
    done: bool,
    present: bool,
    says: str = "",
    hints: int = 0,
    solved: bool = False,
) -> None:
    """Put the keyboard where it is needed next, once for each new `token`.

    done : whether the answer was judged, so that it goes on from here
    says : what a screen reader is to say, such as the verdict
    hints : how many are open; after opening one the keyboard stays at its button
    solved : whether the worked solution is shown
    """
    area, show = BOXES, hint_area(hints) if hints else ""
    if done:
        area, show = NEXT, SOLUTION if solved else VERDICT
    keyboard(
        # Before a class the keys belong to the clicker.
        "" if present else area,
        f"{token} {hints}",
        show="" if present and done else show,
        says=says,
        kept=bool(hints) and not done,
        boxes=BOXES,
        presses=CHECK,
        clicker=present,
        key="quiz_keyboard",
    )


def render_boxes(
    question: Question,
    typed: Mapping[str, str],
    key_of: Callable[[Question, Field], str],
    acts: Sequence[Act],
    on_type: Callable[[], None],
    *,
    closed: bool = False,
) -> None:
    """Draw the boxes and the buttons below them.

    typed : what stands in the boxes when they are drawn for the first time
    key_of : the key of a field's box
    on_type : takes over what is typed; called whenever a box is left
    closed : whether nothing can be changed any more
    """
    width = WIDE if any(len(field.label) > SHORT for field in question.fields) else NARROW
    with st.container(key=BOXES, horizontal=True, vertical_alignment="bottom"):
        for field in question.fields:
            # A box that is closed is another one, which shows what was handed in.
            key = key_of(question, field) + ("_closed" if closed else "")
            with st.container(key=f"quiz_field_{field.id}", width="content"):
                _box(question, field, typed.get(field.id, ""), key, on_type, closed, width)
    with st.container(key="quiz_acts", horizontal=True):
        for act in acts:
            with st.container(key=act.area or f"{act.key}_area", width="content"):
                st.button(
                    act.label,
                    on_click=act.does,
                    args=act.args,
                    disabled=not act.enabled,
                    key=act.key,
                    shortcut=act.shortcut,
                    type="primary" if act.main else "secondary",
                )


def _box(
    question: Question,
    field: Field,
    text: str,
    key: str,
    on_type: Callable[[], None],
    closed: bool,
    width: int,
) -> None:
    label = field.label[:1].upper() + field.label[1:]
    if field.kind == "choice":
        labels = {option.id: option.label for option in question.setup.options}
        st.session_state.setdefault(key, text if text in labels else None)
        st.radio(
            label,
            list(labels),
            format_func=labels.get,
            key=key,
            on_change=on_type,
            disabled=closed,
        )
        return
    st.session_state.setdefault(key, text)
    if field.kind == "matrix":
        st.text_area(
            label,
            key=key,
            on_change=on_type,
            disabled=closed,
            height=120,
            width=320,
            help=MATRIX_HELP,
        )
        return
    st.text_input(
        label, key=key, on_change=on_type, disabled=closed, width=width, autocomplete="off"
    )


def tables_html(tables: Sequence[tuple[str, Table]]) -> str:
    """Tables of numbers side by side, each with its caption; rows and columns are named by ear.

    >>> table = tables_html([("kernel", ((1, -2),))])
    >>> table.count("<td"), table.count("column 1"), table.count("row 0")
    (2, 1, 0)
    """
    return f'<div class="tables">{"".join(map(_table, tables))}</div>' if tables else ""


def _table(captioned: tuple[str, Table]) -> str:
    caption, rows = captioned
    role = next((r for r in ("input", "kernel", "output", "bias") if caption.startswith(r)), "")
    numbers = [n for row in rows for n in row if not isinstance(n, str)]
    largest = max(map(abs, numbers), default=0)
    lines = ["".join(_cell(n, largest, role) for n in row) for row in rows]
    heads, corner = "", ""
    if len(lines) > 1:
        lines = [f'<th scope="row">row {at}</th>{line}' for at, line in enumerate(lines)]
        corner = "<td></td>"
    if max(map(len, rows), default=0) > 1:
        names = (f'<th scope="col">column {at}</th>' for at in range(max(map(len, rows))))
        heads = f"<thead><tr>{corner}{''.join(names)}</tr></thead>"
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table class="{role}"><caption>{escape(caption)}</caption>{heads}{body}</table>'


def _cell(number: Number | str, largest: Number, role: str) -> str:
    """A number on a tint: of a kernel by its sign, of anything else by its size."""
    if isinstance(number, str):
        return f'<td class="asked">{ASKED}</td>' if number == ASKED else "<td></td>"
    share = float(abs(number) / largest) if largest else 0.0
    tone = "var(--role)"
    if role in ("kernel", ""):
        tone = "var(--positive)" if number > 0 else "var(--negative)"
    tint = f"color-mix(in srgb,{tone} {round(40 * share)}%,transparent)"
    return f'<td style="background:{tint}">{escape(written(number))}</td>'

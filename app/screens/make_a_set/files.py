"""The set as files: for course systems, for a spreadsheet, for paper."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from unicodedata import category

import segno
import streamlit as st

from app.screens.make_a_set import state
from lessons.quiz import QuizSet
from lessons.quiz.exports import (
    pool_of,
    pool_to_moodle,
    pool_to_qti,
    questions_csv,
    sheet_html,
    sheet_of,
    to_gift,
    to_moodle,
    to_qti,
)
from lessons.quiz.exports.pool import MOST_VARIANTS
from lessons.quiz.names import Names

SHOWN_NAMES = 8
"""Names that are listed, so that a teacher sees how they were read."""


@dataclass(frozen=True)
class Wanted:
    """What a file says besides its questions.

    title: at the top of the paper. address: of the set on the screen, printed on it; "" for none.
    variants: of each kind in a question bank.
    """

    title: str = "Quiz"
    address: str = ""
    variants: int = 20


@dataclass(frozen=True)
class FileKind:
    """A file's label, the end of its name, its type, and what writes it."""

    label: str
    ending: str
    type: str
    write: Callable[[QuizSet, Wanted], str | bytes]


def _moodle(one: QuizSet, _wanted: Wanted) -> str:
    return to_moodle(one.questions(), student=one.student)


def _gift(one: QuizSet, _wanted: Wanted) -> str:
    return to_gift(one.questions(), student=one.student)


def _qti(one: QuizSet, _wanted: Wanted) -> bytes:
    return to_qti(one.questions(), student=one.student)


def _csv(one: QuizSet, _wanted: Wanted) -> str:
    return "\ufeff" + questions_csv(one.questions(), one.student)


def _paper(one: QuizSet, wanted: Wanted, *, key: bool = False) -> str:
    sheet = sheet_of(one, key, wanted.title, wanted.address)
    return sheet_html(sheet, qr_svg(wanted.address) if wanted.address else "")


def _moodle_pool(one: QuizSet, wanted: Wanted) -> str:
    return pool_to_moodle(pool_of(one, wanted.variants))


def _qti_pool(one: QuizSet, wanted: Wanted) -> bytes:
    return pool_to_qti(pool_of(one, wanted.variants))


FILES = (
    FileKind("Moodle XML", "xml", "application/xml", _moodle),
    FileKind("GIFT", "gift", "text/plain", _gift),
    FileKind("QTI 2.1", "qti.zip", "application/zip", _qti),
    FileKind("CSV", "csv", "text/csv", _csv),
    FileKind("Paper", "html", "text/html", _paper),
    FileKind("Paper with key", "key.html", "text/html", partial(_paper, key=True)),
)
"""A set's files, one for each student where each has a set of their own."""

BANKS = (
    FileKind("Moodle question bank", "bank.xml", "application/xml", _moodle_pool),
    FileKind("QTI 2.1 question bank", "bank.qti.zip", "application/zip", _qti_pool),
)
"""Files with variants of each kind, the same for everybody."""


def qr_svg(address: str) -> str:
    """A QR code to stand in a page that is printed.

    >>> qr_svg("https://example.org")[:4]
    '<svg'
    """
    return segno.make(address, error="m", micro=False).svg_inline(scale=2, omitsize=False)


def render_files(quiz: QuizSet) -> None:
    """The set as files: for a course system, for a spreadsheet, for paper."""
    if quiz.own:
        _render_names(quiz)
    sets, wanted = state.named_sets(quiz), _wanted(quiz)
    with st.container(horizontal=True):
        for kind in FILES:
            several = len(sets) > 1
            # Made when it is asked for: a hundred questions take a while.
            st.download_button(
                kind.label,
                partial(zipped, sets, kind, wanted)
                if several
                else partial(kind.write, sets[0], wanted),
                "sets.zip" if several else f"set.{kind.ending}",
                "application/zip" if several else kind.type,
                key=f"builder_{kind.ending}",
                on_click="ignore",
            )
    st.caption(
        "Paper opens in the browser: print it from there, or save it as PDF. In Moodle XML and QTI "
        "the boxes of a question stay together: in Moodle each counts one mark. GIFT asks for each "
        "box by itself, and for a matrix as a choice."
    )
    with st.expander("Question bank, and what the paper says"):
        _render_wanted(quiz, wanted)


def _wanted(quiz: QuizSet) -> Wanted:
    remembered = state.PAGE.remembered
    linked = remembered("linked") == "1"
    address = state.quiz_url(st.context.url or "", quiz) if linked else ""
    return Wanted(remembered("title").strip() or "Quiz", address, int(remembered("variants")))


def _render_wanted(quiz: QuizSet, wanted: Wanted) -> None:
    """Variants for a question bank; title and link of the paper."""
    bank, paper = st.columns(2, gap="large")
    with bank:
        st.number_input(
            "Variants of each kind",
            1,
            MOST_VARIANTS,
            key="builder_variants",
            help="Each kind and level becomes a category of the question bank. Add a random "
            "question from it to a quiz, and every student gets another variant.",
        )
        with st.container(horizontal=True):
            for kind in BANKS:
                st.download_button(
                    kind.label,
                    partial(kind.write, quiz, wanted),
                    f"question.{kind.ending}",
                    kind.type,
                    key=f"builder_{kind.ending}",
                    on_click="ignore",
                )
    with paper:
        st.text_input("Title on paper", key="builder_title", placeholder="Quiz", max_chars=120)
        st.toggle(
            "Link to the set on paper",
            key="builder_linked",
            help="Its address and a QR code at the end. Whoever opens it can try answers there: "
            "leave it off in an exam.",
        )


def _render_names(quiz: QuizSet) -> None:
    """The names of a class, and how they were read."""
    st.text_area(
        "Files for these students",
        key=state.STUDENT,
        placeholder="One name a line, as the students write them",
        height=90,
        width=420,
    )
    names = state.students(quiz)
    if names.names:
        st.html(_names_html(names))
    else:
        st.caption(
            "Below are example questions. Each student gets others, drawn by name: write "
            "names, and questions and files are theirs."
        )


def _names_html(names: Names) -> str:
    """How a class was read: how many there are and who, and what was not plain.

    >>> print(_names_html(Names(("<Ada>", "Bob"))))
    <div class="quiz names"><p><b>2 students</b>: <bdi>&lt;Ada&gt;</bdi> · <bdi>Bob</bdi></p></div>
    """
    count = f"{len(names.names)} student{'' if len(names.names) == 1 else 's'}"
    listed = " · ".join(f"<bdi>{escape(name)}</bdi>" for name in names.names[:SHOWN_NAMES])
    more = len(names.names) - SHOWN_NAMES
    listed += f" and {more} more" if more > 0 else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in names.notes)
    return f'<div class="quiz names"><p><b>{count}</b>: {listed}</p>{notes}</div>'


def zipped(sets: Sequence[QuizSet], kind: FileKind, wanted: Wanted) -> bytes:
    """One file for each student, named after them, in an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for number, one in enumerate(sets, start=1):
            letters = (c if c.isalnum() or category(c)[0] == "M" else "-" for c in one.student)
            name = "".join(letters)[:60]
            files.writestr(f"{number:03d}-{name}.{kind.ending}", kind.write(one, wanted))
    return archive.getvalue()

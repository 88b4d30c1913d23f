"""Building a set: what it asks and how it runs, its link and files, its questions with answers."""

from __future__ import annotations

import base64
from functools import lru_cache
from html import escape

import numpy as np
import segno
import streamlit as st

from app.components.browser_store import browser_store
from app.components.copy import copy_text
from app.pictures.png import png_of
from app.screens.make_a_set import state
from app.screens.quiz.feedback_panel import render_solution
from app.screens.quiz.question_panel import render_question
from lessons.quiz import FAMILIES, QuizSet, solution
from lessons.quiz.given import ASKED
from lessons.quiz.own_words import is_own
from lessons.quiz.question import LARGEST_SEED, Question
from lessons.quiz.ready_sets import READY_SETS
from lessons.quiz.sets import MOST_MINUTES, MOST_QUESTIONS

GIVEN_WORDS = (
    "One question a line: what is asked, the input, then the layers. Asked can be "
    f"{', '.join(ASKED)}. Or in your own words: “ask”, the question, an equals sign, the number."
)
GIVEN_HELP = (
    "c6k5s2p1 is a convolution with 6 kernels of 5 × 5, stride 2, padding 1; b0 leaves its biases "
    "out. m2 is max pooling, a2 average pooling, flat a flatten, l10 a fully connected layer with "
    "10 outputs. An input of 3x32x32 has 3 channels; 784 is a row of numbers. In your own words: "
    "ask How many layers does VGG-16 count? = 16"
)

FEEDBACK = {"each": "each question", "end": "the end"}


def render_names_store() -> None:
    """Keep the names in this tab of the browser; draws nothing."""
    browser_store(
        state.STORED_AS,
        None,
        0,
        own=state.tab_to_keep(),
        boxes={state.STUDENT: state.STUDENT},
        key=state.STORE,
        on_report=state.receive,
    )


def render_builder(quiz: QuizSet) -> None:
    """The controls of a set."""
    st.selectbox(
        "Begin from",
        list(READY_SETS),
        format_func=lambda id: READY_SETS[id].title,
        index=None,
        placeholder="A ready set",
        key="builder_ready",
    )
    with state.PAGE.styled("unclipped"):
        st.multiselect(
            "Kinds of question",
            list(FAMILIES),
            format_func=lambda id: FAMILIES[id].title,
            key="builder_families",
        )
    with st.expander("Levels and order"):
        for place, (family, _) in enumerate(quiz.families):
            _render_kind(family, movable=place > 0)
    with st.expander("With your own numbers or words"):
        st.text_area(
            "Questions that come first",
            key="builder_pinned",
            placeholder="size 1x256x256; c1k3s2p1; m4s1",
            height=110,
            help=GIVEN_HELP,
        )
        st.caption(GIVEN_WORDS)
    count, seed = st.columns(2)
    count.number_input("Questions", 1, MOST_QUESTIONS, key="builder_count")
    seed.number_input(
        "Seed", 0, LARGEST_SEED, key="builder_seed", help="Another seed, other numbers."
    )
    st.button("Other questions", key="builder_other", on_click=state.other_questions)
    st.segmented_control(
        "Told right or wrong after",
        list(FEEDBACK),
        format_func=FEEDBACK.get,
        required=True,
        key="builder_feedback",
    )
    st.toggle(
        "Own set for each student",
        key="builder_own",
        help="Drawn by the student's name and the seed. You get the same questions by the same "
        "name.",
    )
    st.number_input(
        "Timer in minutes",
        0,
        MOST_MINUTES,
        key="builder_minutes",
        help="0: no timer. It only counts down; students can extend it, and the score sheet says "
        "so.",
    )


def _render_kind(family: str, *, movable: bool) -> None:
    """A kind's levels, and the button that asks it earlier: questions take the kinds in turn."""
    title, levels = FAMILIES[family].title, FAMILIES[family].levels
    names = {n: f"{n}: {level.says}" for n, level in enumerate(levels, 1)}
    st.pills(
        title,
        list(names),
        selection_mode="multi",
        format_func=names.get,
        key=state.level_key(family),
    )
    if movable:
        st.button(
            f"Ask “{title}” earlier",
            key=f"builder_earlier_{family}",
            on_click=state.ask_earlier,
            args=(family,),
            type="tertiary",
        )


def render_link(quiz: QuizSet, *, present: bool = False) -> None:
    """The link to the set, as text to copy and as a QR code for a projector."""
    address = state.quiz_url(st.context.url or "", quiz)
    with st.container(horizontal=True, vertical_alignment="center"):
        # In the page itself, so that it is there as soon as the link is and outlives a restart.
        png = base64.b64encode(_qr_code(address)).decode()
        st.html(
            f'<img src="data:image/png;base64,{png}" '
            f'width="{560 if present else 240}" alt="QR code of the link to this set">'
        )
        with st.container(width=560):
            if present:
                st.html(
                    f'<div class="quiz invitation"><h2>Scan, or type this address</h2>'
                    f"<p>{escape(address)}</p><p>{escape(_facts(quiz))}</p></div>"
                )
            else:
                copy_text(address, "Copy the link", key="builder_link")
                st.link_button("Open it as a student", address)
                st.caption(_facts(quiz))


def _facts(quiz: QuizSet) -> str:
    """What the set is, in one line.

    >>> _facts(QuizSet((("macs", (1,)),), 1, own=True, minutes=1, feedback="end"))
    '1 question · other numbers for each student · 1 minute · told right or wrong at the end'
    """
    facts = [f"{quiz.count} question{'s' if quiz.count > 1 else ''}"]
    facts.append("other numbers for each student" if quiz.own else "the same for everyone")
    if quiz.minutes:
        facts.append(f"{quiz.minutes} minute{'s' if quiz.minutes > 1 else ''}")
    facts.append(f"told right or wrong {'after each' if quiz.feedback == 'each' else 'at the end'}")
    return " · ".join(facts)


@lru_cache(maxsize=64)
def _qr_code(address: str) -> bytes:
    """A QR code as a PNG, with the quiet border that scanners want, black on white."""
    modules = segno.make(address, error="m", micro=False).matrix
    white = np.pad(1 - np.array([list(row) for row in modules], np.uint8), 4, constant_values=1)
    pixels = np.kron(255 * white, np.ones((8, 8), np.uint8))
    return png_of(pixels[None])


def render_questions(quiz: QuizSet) -> None:
    """Every question with its answers; one of them worked out."""
    first = state.named_sets(quiz)[0]
    questions = first.questions()
    if quiz.own:
        whose = f"<bdi>{escape(first.student)}</bdi>" if first.student else "an example"
        st.html(f'<div class="quiz names"><p><b>Questions of {whose}</b></p></div>')
    lines = "".join(
        f"<tr><td>{number}</td><td>{escape(question.title)}, {_source(question)}</td>"
        f"<td>{escape(' '.join(question.prompt))}</td>"
        f'<td class="answer">{_answers(question)}</td></tr>'
        for number, question in enumerate(questions, start=1)
    )
    st.html(
        '<div class="quiz"><table class="sheet"><thead><tr><th>No.</th><th>Kind</th>'
        f"<th>Question</th><th>Answer</th></tr></thead><tbody>{lines}</tbody></table></div>"
    )
    number = st.selectbox(
        "Work out a question",
        range(len(questions)),
        format_func=lambda n: f"Question {n + 1}",
        index=None,
        placeholder="Choose one",
        key="builder_shown",
    )
    if number is not None and number < len(questions):
        if not quiz.own:
            pinned = number < len(quiz.pinned)
            with st.container(horizontal=True):
                st.button(
                    "Let its numbers be drawn" if pinned else "Keep it, whatever the seed",
                    key="builder_pin",
                    on_click=state.pin,
                    args=(number,),
                )
                st.button(
                    "Replace it by another",
                    key="builder_replace",
                    on_click=state.replace_question,
                    args=(number,),
                )
        render_question(questions[number], f"Question {number + 1}")
        render_solution(questions[number])


def _source(question: Question) -> str:
    """Where a question's numbers come from."""
    if is_own(question.key):
        return "your words"
    return "your numbers" if question.given else f"level {question.level}"


@lru_cache(maxsize=4096)
def _answers(question: Question) -> str:
    """A question's answers; kept, as a change of a set leaves most of its questions the same."""
    steps = solution(question).steps
    if len(steps) == 1:
        return escape(steps[0].answer)
    return "<br>".join(f"{escape(step.label)}: {escape(step.answer)}" for step in steps)

"""What is said of an answer, box by box; the hints; the worked solution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import streamlit as st

from app.components.palette import ROLES
from app.page.stage import render_stage
from app.screens.quiz.mistake_panel import (
    render_axes,
    render_landings,
    render_weights_of,
    render_wrong_pictures,
)
from app.screens.quiz.question_panel import SOLUTION, VERDICT, hint_area, large, render_note
from kernels import Scene
from kernels.layers.formula import Formula
from kernels.layers.terms import Term, sign_text
from kernels.scene.examples import link_of
from lessons.quiz import Checked, Question, hints, solution
from lessons.quiz.explain import Step
from lessons.quiz.layer_pictures import AxesPicture, Shown, WeightPicture
from lessons.quiz.pictures import Picture
from lessons.quiz.reply import BoxFeedback, Way, way_words
from lessons.quiz.wording import sentence

STAGE = "quiz_stage"
_WORDS = {
    "right": ("right", "✓ Right"),
    "carried": ("right", "✓ Right"),
    "repeated": ("right", "✓ Counted"),
    "wrong": ("wrong", "✗ Wrong"),
    "not readable": ("unread", "– Not read"),
}
#: What a right answer's own sentence would only repeat.
_PLAIN = "Right."
EXAMPLE = "For example: "


@dataclass(frozen=True)
class Mark:
    """A line for the boxes that the same is said of, with the ways to a wrong number."""

    outcome: str
    boxes: str
    said: str
    ways: tuple[Way, ...] = ()
    more: int = 0
    perhaps: bool = False

    @property
    def working(self) -> str:
        """The one way to a wrong number in the learner's own numbers."""
        return way_words(self.ways, perhaps=self.perhaps)


@dataclass(frozen=True)
class Marks:
    """What is said of an answer: a line for each kind of outcome, and a word beside them."""

    lines: tuple[Mark, ...]
    aside: str
    found: tuple[BoxFeedback, ...]

    @property
    def spoken(self) -> str:
        """All of it as a screen reader says it."""
        return " ".join(filter(None, (*map(_spoken, self.lines), self.aside)))


def marks_of(checked: Checked, *, counts: bool = True) -> Marks:
    """What to say of each box: whether it is right, and which mistake is behind a wrong number.

    counts : whether this answer is the one that counts
    """
    question, found = checked.question, checked.boxes
    several, aside = len(found) > 1, ""
    if not checked.readable:
        # Of the others nothing is said yet, or a box could be tried out for free.
        found = tuple(box for box in found if box.outcome == "not readable")
        aside = "Nothing was counted: write it as described."
    elif not counts:
        aside = "Your first answer is the one that counts."
    lines = []
    for (outcome, say, ways, more, perhaps), alike in groupby(
        found, key=lambda box: (box.outcome, box.say, box.ways, box.more, box.perhaps)
    ):
        said = "" if say == _PLAIN else say
        names = ", ".join(question.field(box.field).label for box in alike) if several else ""
        names = f"{names}: " if names and said else names
        lines.append(Mark(outcome, names, said, ways, more, perhaps))
    return Marks(tuple(lines), aside, found)


def _spoken(mark: Mark) -> str:
    word = _WORDS[mark.outcome][1].partition(" ")[2]
    # A box's name that nothing follows ends the sentence.
    boxes = f"{mark.boxes}. " if mark.boxes and not mark.said else mark.boxes
    if len(mark.ways) == 1:
        ways = mark.working
    else:
        ways = " ".join(f"{way.name}: {way.line}." for way in mark.ways)
    return f"{word}. {boxes}{mark.said} {ways}".strip()


def render_marks(marks: Marks, *, present: bool = False) -> None:
    """Show what is said of an answer."""
    lines = "".join(map(_mark, marks.lines))
    with st.container(key=VERDICT):
        st.html(
            f'<div class="quiz{large(present)}"><ul class="marks">{lines}</ul>'
            f'<p class="aside">{escape(marks.aside)}</p>{_outlines(marks.found)}</div>'
        )


def render_result(
    question: Question,
    marks: Marks | None,
    *,
    drawn: Checked | None,
    hints: int,
    solved: bool,
    present: bool,
) -> None:
    """Show what is said of an answer, its mistakes as pictures, the hints or the solution.

    drawn : the answer whose mistakes are drawn, if they are
    hints : how many are open; with the solution they are no longer shown
    """
    if marks is not None:
        render_marks(marks, present=present)
    if drawn is not None:
        render_wrong_pictures(drawn, present=present)
    if solved:
        render_solution(question, present=present)
    elif hints:
        render_hints(question, hints, present=present)


def _mark(mark: Mark) -> str:
    kind, word = _WORDS[mark.outcome]
    return (
        f'<li class="{kind}"><span class="word">{word}</span>'
        f"<span>{escape(mark.boxes)}{escape(mark.said)}{_ways(mark)}</span></li>"
    )


def _ways(mark: Mark) -> str:
    """The ways to a wrong number in the learner's own numbers; of a single one its name is said."""
    if mark.working:
        return f'<span class="way">{escape(mark.working)}</span>'
    lines = [
        f"<b>{escape(way.name)}</b>" + (f": {escape(way.line)}" if way.line else "")
        for way in mark.ways
    ]
    if mark.more:
        lines.append(f"or one of {mark.more} more" if mark.more > 1 else "or one more")
    listed = "".join(f"<li>{line}</li>" for line in lines)
    return f'<ul class="ways">{listed}</ul>' if len(mark.ways) > 1 else ""


def _outlines(found: Sequence[BoxFeedback]) -> str:
    """A style that outlines the boxes that something is wrong with."""
    colours = {"wrong": ROLES["kernel"], "not readable": ROLES["window"]}
    rules = "".join(
        f".st-key-quiz_field_{box.field} :is(input, textarea) {{ box-shadow: inset 0 -3px "
        f"light-dark({colours[box.outcome].light}, {colours[box.outcome].dark}); }}"
        for box in found
        if box.outcome in colours
    )
    return f"<style>{rules}</style>" if rules else ""


def render_hints(question: Question, opened: int, *, present: bool = False) -> None:
    """Show the rungs of the hint ladder that were asked for."""
    for number, hint in enumerate(hints(question)[:opened], start=1):
        with st.container(key=hint_area(number)):
            st.html(
                f'<div class="quiz{large(present)}"><p class="hint"><b>Hint {number}.</b> '
                f"{_LOW.sub(_lower, escape(hint.text))}</p></div>"
            )
            if isinstance(hint.picture, WeightPicture):
                render_weights_of(
                    hint.picture, hidden=True, present=present, key="quiz_hint_tensor"
                )
            elif hint.picture:
                _stage(hint.picture.scene, present)


def spoken_words(
    question: Question, marks: Marks | None, opened: int = 0, *, solved: bool = False
) -> str:
    """What a screen reader says after a button was pressed: solution, newest hint or verdict."""
    if solved:
        steps = ", ".join(f"{step.label} {step.answer}" for step in solution(question).steps)
        return f"The solution is worked out below: {steps}."
    if marks is not None:
        return marks.spoken
    return f"Hint {opened}. {hints(question)[opened - 1].text}" if opened else ""


def render_solution(question: Question, *, present: bool = False) -> None:
    """Work every box out, with the formula's terms, and show the layer on the stage."""
    worked = solution(question)
    steps = "".join(map(_steps_html, _grouped(worked.steps)))
    with st.container(key=SOLUTION):
        st.html(f'<div class="quiz{large(present)}"><div class="working">{steps}</div></div>')
        render_landings(question, question.fields[0].id, present=present, key="quiz_landings")
        _pictures(worked.pictures, present)


def _pictures(pictures: Sequence[Shown], present: bool) -> None:
    """The weight tensor, windows along their axes, or a layer on the stage."""
    for number, picture in enumerate(pictures):
        if isinstance(picture, WeightPicture):
            render_weights_of(picture, present=present, key=f"quiz_solution_tensor_{number}")
        elif isinstance(picture, AxesPicture):
            render_axes(picture, present=present, key="quiz_solution_windows")
        else:
            _layer(picture, present)


def _layer(picture: Picture, present: bool) -> None:
    """A layer on the stage, and the way to its own page, which no class goes."""
    if picture.note:
        render_note(picture.note, present=present)
    _stage(picture.scene, present)
    if present:
        return
    st.page_link(
        "screens/sliding_window/sliding_window.py",
        label="Open this layer in the sliding window",
        query_params=link_of(picture.scene),
    )


def _grouped(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps with those in a row that are worked out in the same words put together."""
    return [list(group) for _, group in groupby(steps, key=lambda step: step.text)]


def _steps_html(steps: Sequence[Step]) -> str:
    answers = ", ".join(
        f"<b>{escape(sentence(step.label) if step is steps[0] else step.label)}</b> "
        f'<span class="answer">{escape(step.answer)}</span>'
        for step in steps
    )
    line = _lines(steps[0].text, steps[0].formulas)
    return f'<div class="step">{answers}<div class="line">{line}</div></div>'


def _lines(text: str, formulas: Sequence[Formula]) -> str:
    """A step's text, a line for each part; where it is a formula, its terms carry their colours."""
    if text.startswith(EXAMPLE):
        return (
            f"{EXAMPLE}{_terms(formulas[0].terms, symbols=False)} = <b>{formulas[0].result:,}</b>"
        )
    coloured = {
        f"{one.symbols} = {one.arithmetic} = {one.result}": (
            f"{_terms(one.terms, symbols=True)} = {_terms(one.terms, symbols=False)} "
            f"= <b>{one.result:,}</b>"
        )
        for one in formulas
    }
    return "<br>".join(coloured.get(line, escape(line)) for line in text.split("; "))


def _terms(terms: Sequence[Term], *, symbols: bool) -> str:
    """The terms in one line, as `Formula.symbols` and `Formula.arithmetic` write them."""
    pieces = []
    for term in terms:
        if term.kind == "value":
            text = _lowered(term.symbol if symbols else f"{term.value:,}")
            said = escape(term.meaning)
            pieces.append(f'<span data-role="{term.role}" title="{said}">{text}</span>')
        else:
            pieces.append(escape(sign_text(term, numbers=not symbols)))
    return "".join(pieces)


#: A letter with an index, as C_out, but no name such as output_padding.
_LOW = re.compile(r"\b[A-Za-z]_[a-z]+\b")


def _lower(found: re.Match) -> str:
    return _lowered(found[0])


def _lowered(symbol: str) -> str:
    """C_out as C with a lowered "out".

    >>> _lowered("C_out"), _lowered("12")
    ('C<sub>out</sub>', '12')
    """
    base, _, low = symbol.partition("_")
    return escape(base) + (f"<sub>{escape(low)}</sub>" if low else "")


def _stage(scene: Scene, present: bool) -> None:
    render_stage(
        scene,
        key=STAGE,
        present=present,
        tall=420,
        editable=False,
        # The worked solution stands above it, and what is drawn may be a smaller case.
        formulas=False,
        revealed=True,
    )

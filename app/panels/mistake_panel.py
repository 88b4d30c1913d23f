"""A question's own windows and those of a mistake, drawn beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from app.components.windows import Diagram, windows
from app.panels.question_panel import tables_html
from kernels import Axis
from lessons.quiz import Question, feedback, transposed_picture, wrong_picture
from lessons.quiz.compare import written
from lessons.quiz.mistakes import SLIPS
from lessons.quiz.parse import Reading
from lessons.quiz.pictures import WrongProducts, WrongWindows
from lessons.quiz.question import Matrix
from lessons.quiz.transposed_picture import TransposedPicture
from lessons.quiz.wording import sentence


def render_wrong_pictures(question: Question, reading: Mapping[str, Reading]) -> None:
    """Draw the mistake behind a wrong box beside the right way, where one mistake is named."""
    for box in feedback(question, reading):
        singles = [one for one in box.candidates if len(one.slips) == 1]
        named = singles or list(box.candidates)
        if box.outcome != "wrong" or len(named) != 1:
            continue
        slips = named[0].slips
        picture = wrong_picture(question, box.field, slips)
        transposed = transposed_picture(question, box.field, slips)
        name = " and ".join(SLIPS[id].name for id in slips)
        if transposed:
            render_landings(question, box.field, (sentence(name), transposed))
            return
        if isinstance(picture, WrongWindows):
            _wrong_windows(question, picture, name)
            return
        if isinstance(picture, WrongProducts):
            _wrong_products(picture, wrong_picture(question, box.field, ()), name)
            return


def _wrong_windows(question: Question, wrong: WrongWindows, name: str) -> None:
    right = wrong.right
    axis = f"along the {wrong.axis}"
    taps = tuple(n * right.dilation for n in range(right.kernel)) if right.dilation > 1 else ()
    off = f"; the last runs {wrong.runs_off} over the edge" if wrong.runs_off else ""
    windows(
        [
            Diagram(
                f"Right: {_windows_words(len(right.origins))} {axis}",
                _ends_words(right.before, right.after),
                right.before,
                right.input,
                right.after,
                right.origins,
                right.effective_kernel,
                taps,
            ),
            Diagram(
                f"{sentence(name)}: {_windows_words(len(wrong.starts))}{off}",
                _ends_words(wrong.before, wrong.after),
                wrong.before,
                right.input,
                wrong.after,
                wrong.starts,
                wrong.reach,
            ),
        ],
        key="quiz_windows",
    )
    if note := _smaller_words(question, right):
        st.caption(note)


def render_landings(
    question: Question, field: str, wrong: tuple[str, TransposedPicture] | None = None
) -> None:
    """Where each input cell of a transposed convolution lands, and where a mistake puts it."""
    right = transposed_picture(question, field)
    if right is None:
        return
    pictures = [("Right", right), *([wrong] if wrong else [])]
    key = "quiz_windows" if wrong else "quiz_landings"
    windows([_landing(title, picture) for title, picture in pictures], key=key)
    if right.note:
        st.caption(right.note)


def _landing(title: str, picture: TransposedPicture) -> Diagram:
    first, last = picture.landings[0], picture.landings[-1]
    spread = last[-1] - last[0] + 1 > len(last)
    before, after = picture.added
    words = f"Each of {len(picture.landings)} input cells is added to {len(last)} cells"
    if first[0] < picture.first or last[-1] >= picture.stop:
        words += "; what lies outside (dashed) is cropped"
    if before or after:
        words += "; output_padding hatched"
    return Diagram(
        f"{title}: {picture.output} cells along the {picture.axis}",
        f"{words}.",
        before,
        picture.output - before - after,
        after,
        tuple(taps[0] - picture.first - before for taps in picture.landings),
        last[-1] - last[0] + 1,
        tuple(tap - last[0] for tap in last) if spread else (),
        role="output",
    )


def _windows_words(count: int) -> str:
    return f"{count} window{'' if count == 1 else 's'}"


def _ends_words(before: int, after: int) -> str:
    if not before and not after:
        return "No padding."
    return f"Padding hatched: {before} before, {after} after."


def _smaller_words(question: Question, shown: Axis) -> str:
    sizes = question.setup.input_shape[1:]
    if not sizes or shown.input in sizes:
        return ""
    return (
        f"Drawn with {shown.input} cells, fewer than in the question; the windows end at the edge "
        "in the same way."
    )


def _wrong_products(wrong: WrongProducts, right: WrongProducts, name: str) -> None:
    sides = "".join(
        f"<section><h3>{escape(title)}: {escape(written(side.result))}</h3>"
        f"{tables_html(_multiplied(side))}</section>"
        for title, side in (("Right", right), (sentence(name), wrong))
    )
    st.html(f'<div class="quiz"><div class="products">{sides}</div></div>')


def _multiplied(side: WrongProducts) -> list[tuple[str, Matrix]]:
    """The windows and kernels of one way to calculate, each with its caption."""
    several = len(side.windows) > 1
    tables = []
    for number, window in enumerate(side.windows):
        channel = f" {number}" if several else ""
        tables.append((f"input{channel}", window))
        if side.kernels:
            tables.append((f"kernel{channel}", side.kernels[number]))
    return tables

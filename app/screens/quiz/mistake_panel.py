"""A question's own windows and those of a mistake, drawn beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from app.components.axes import axes
from app.components.tensor import Count, tensor
from app.page.layer_counts import layer_count
from app.screens.channels.weights import tensor_sheet
from app.screens.quiz.question_panel import large, render_note, tables_html
from kernels import CATALOGUE
from lessons.quiz import Checked, Question, transposed_picture, wrong_picture
from lessons.quiz.answers import setting_axis
from lessons.quiz.axis_pictures import AxisPicture, windows_at
from lessons.quiz.compare import written
from lessons.quiz.layer_pictures import (
    AxesPicture,
    WeightPicture,
    axis_picture,
    offsets_of,
)
from lessons.quiz.mistake_pictures import MOST_CELLS, WrongProducts, WrongWindows
from lessons.quiz.quantities import quantity_of
from lessons.quiz.quantities.choices import first_made
from lessons.quiz.question import Field, Matrix, Value
from lessons.quiz.reply import BoxFeedback
from lessons.quiz.shapes import rows_of
from lessons.quiz.wording import counted

WIDE = 30
"""Rows of more cells than this stand one below the other."""

Drawn = WrongWindows | WrongProducts | AxisPicture

MOST_DRAWN = 2
"""So many mistakes are drawn beside the right way, where more would give the same number."""


def render_wrong_pictures(checked: Checked, *, present: bool = False) -> None:
    """Draw the mistakes that are behind the first wrong box beside the right way."""
    for box in checked.boxes:
        if box.outcome == "wrong" and _draw_box(checked, box, present):
            return


def _draw_box(checked: Checked, box: BoxFeedback, present: bool) -> bool:
    """Draw what a box is wrong by; False where there is nothing to draw of it."""
    question, values = checked.question, checked.values
    field = question.field(box.field)
    if field.kind == "setting":
        return _typed_settings(question, values, present)
    if field.kind == "choice":
        return _choices(question, checked.right[box.field], values[box.field], present)
    if transposed_picture(question, box.field):
        landings = _distinct(
            (way.name, transposed_picture(question, box.field, way.slips)) for way in box.ways
        )
        render_landings(question, box.field, *landings, present=present, key="quiz_windows")
        return True
    drawn = _distinct(
        (way.name, wrong_picture(question, box.field, way.slips, values)) for way in box.ways
    )
    # Where no mistake is known, the right way stands alone.
    right = wrong_picture(question, box.field, (), values)
    if isinstance(right, WrongWindows):
        _wrong_windows(drawn, right, present)
        return True
    if right is not None:
        _wrong_products(drawn, right, present)
        return True
    return _layers(question, field, present)


def _layers(question: Question, field: Field, present: bool) -> bool:
    """What a number is counted from: a layer's weights with their count, or a stack of layers."""
    row = quantity_of(field)
    match picture := row.picture(question, field):
        case WeightPicture(layer, _, count):
            biased = layer.bias and count == "parameters"
            counted_too = layer_count(replace(layer, bias=biased)) if count else None
            render_weights_of(picture, count=counted_too, present=present, key="quiz_tensor")
            return True
        case AxesPicture() if not row.weighs:
            render_axes(picture, present=present, key="quiz_windows")
            return True
        case _:
            return False


def _distinct(named: Iterable[tuple[str, Drawn | None]]) -> list[tuple[str, Drawn]]:
    """The pictures that differ, up to as many as are drawn; mistakes that look alike share one."""
    found: list[tuple[list[str], Drawn]] = []
    for name, picture in named:
        if picture is None:
            continue
        for names, other in found:
            if _look(other) == _look(picture):
                names.append(name[:1].lower() + name[1:])
                break
        else:
            found.append(([name], picture))
    return [(", or ".join(names), picture) for names, picture in found[:MOST_DRAWN]]


def _look(picture: Drawn) -> Drawn:
    """What is seen of a picture."""
    return picture if isinstance(picture, AxisPicture) else replace(picture, says="")


def _wrong_windows(
    drawn: Sequence[tuple[str, WrongWindows]], truth: WrongWindows, present: bool
) -> None:
    """The right windows, and those of each mistake."""
    first = drawn[0][1] if drawn else truth
    right = first.right
    starts = right.origins if first.right_starts is None else first.right_starts
    along = f"along the {first.axis}"
    where = f"{counted(len(starts), 'window')} {along}"
    if first.position is not None:
        where = f"window {first.position} {along} starts at {written(starts[0])}"
    links, outside = windows_at(
        starts, offsets_of(right), input=right.input, before=right.before, after=right.after
    )
    words = _ends_words(right.before, right.after)
    pictures = [AxisPicture(f"Right: {where}", words, links, outside)]
    for name, wrong in drawn:
        off = f"; the last runs {wrong.runs_off} over the edge" if wrong.runs_off else ""
        where = f"{counted(len(wrong.starts), 'window')}{off}"
        if wrong.position is not None:
            where = f"it would start at {written(wrong.starts[0])}"
        links, outside = windows_at(
            wrong.starts,
            range(wrong.reach),
            input=right.input,
            before=wrong.before,
            after=wrong.after,
        )
        words = _ends_words(wrong.before, wrong.after)
        pictures.append(AxisPicture(f"{name}: {where}", words, links, outside))
    axes(pictures, stacked=right.input > WIDE, present=present, key="quiz_windows")


def _typed_settings(question: Question, values: Mapping[str, Value], present: bool) -> bool:
    """The windows that the typed settings make, where these are a layer that can be drawn."""
    axis = setting_axis(question, values)
    if axis is None or axis.room < 0 or axis.input + axis.before + axis.after > MOST_CELLS:
        return False
    yours = AxesPicture((axis_picture(axis, "height", "Yours: "),))
    render_axes(yours, present=present, key="quiz_windows")
    return True


def _choices(question: Question, right: Value, chosen: Value, present: bool) -> bool:
    """The kernel that was chosen beside the right one, with what each makes of the first window."""
    if question.setup.scene is None:  # it is no kernel that is chosen
        return False
    options = {option.id: option for option in question.setup.options}
    sides = []
    for title, id in (("Right", right), ("Chosen", chosen)):
        option = options[id]
        heading = f"{title}: {option.label}"
        if option.rows:
            heading += f" begins with {written(first_made(question.setup, option))}"
        sides.append((heading, [("kernel", option.rows or rows_of(CATALOGUE[id].taps))]))
    _side_by_side(sides, present)
    return True


def render_axes(picture: AxesPicture, *, present: bool = False, key: str) -> None:
    """Rows of cells with their windows."""
    stacked = len(picture.rows) > 2 or any(row.links.input > WIDE for row in picture.rows)
    axes(picture.rows, stacked=stacked, present=present, key=key)


def render_weights_of(
    picture: WeightPicture,
    *,
    count: Count | None = None,
    hidden: bool = False,
    present: bool = False,
    key: str,
) -> None:
    """A layer's weight tensor; hidden : without any number that is still asked."""
    tensor(
        "The weight tensor",
        counts=(count,) if count else (),
        sheets=(tensor_sheet(picture.layer, hidden=hidden),),
        # A class cannot point.
        invitation=""
        if present
        else "Point at a kernel or a channel to see what it is connected to.",
        present=present,
        key=key,
    )
    if picture.note and not hidden:
        render_note(picture.note, present=present)


def render_landings(
    question: Question,
    field: str,
    *wrong: tuple[str, AxisPicture],
    present: bool = False,
    key: str,
) -> None:
    """Where each input cell of a transposed convolution lands, and where mistakes put it."""
    right = transposed_picture(question, field)
    if right is None:
        return
    named = [("Right", right), *wrong]
    pictures = [replace(picture, title=f"{name}: {picture.title}") for name, picture in named]
    stacked = any(picture.cells > WIDE for picture in pictures)
    axes(pictures, stacked=stacked, present=present, key=key)
    if right.note:
        render_note(right.note, present=present)


def _ends_words(before: int, after: int) -> str:
    if not before and not after:
        return "No padding."
    return f"Padding hatched: {before} before, {after} after."


def _wrong_products(
    drawn: Sequence[tuple[str, WrongProducts]], right: WrongProducts, present: bool
) -> None:
    sides = (("Right", right), *drawn)
    _side_by_side(
        ((f"{title}: {written(side.result)}", _multiplied(side)) for title, side in sides), present
    )


def _side_by_side(sides: Iterable[tuple[str, Sequence[tuple[str, Matrix]]]], present: bool) -> None:
    """Tables below a title each, one beside the other."""
    sections = "".join(
        f"<section><h3>{escape(title)}</h3>{tables_html(tables)}</section>"
        for title, tables in sides
    )
    st.html(f'<div class="quiz{large(present)}"><div class="products">{sections}</div></div>')


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

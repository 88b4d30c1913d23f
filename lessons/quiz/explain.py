"""Hints, from the formula to the picture, and the worked solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kernels.layers.formula import Formula
from lessons.quiz.answers import solve
from lessons.quiz.compare import written
from lessons.quiz.layer_pictures import AxesPicture, AxisPicture, Shown, WeightPicture
from lessons.quiz.pictures import Picture, picture_of, windows_of
from lessons.quiz.quantities import formulas_of, quantity_of
from lessons.quiz.quantities.quantity import written_out
from lessons.quiz.question import Question, Value


@dataclass(frozen=True)
class Hint:
    """One rung: which formula, the formula with this question's numbers, or the picture."""

    kind: Literal["formula", "numbers", "picture"]
    text: str
    formulas: tuple[Formula, ...] = ()
    picture: Picture | WeightPicture | None = None


@dataclass(frozen=True)
class Step:
    """One box worked out: in words, and as the formula's terms where there is one."""

    field: str
    label: str
    text: str
    answer: str
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Solution:
    """Every box worked out, with the pictures that go with it."""

    steps: tuple[Step, ...]
    pictures: tuple[Shown, ...]


def hints(question: Question) -> tuple[Hint, ...]:
    """The hint ladder: each rung gives away more; without a picture it has two.

    Of a size the picture shows most. Of a value the sum with its numbers does, and comes last; the
    picture before it shows only where the windows stand.

    >>> from lessons.quiz import generate
    >>> [hint.kind for hint in hints(generate("output_size", 2, 0))]
    ['formula', 'numbers', 'picture']
    >>> [hint.kind for hint in hints(generate("cell_value", 2, 0))]
    ['formula', 'picture', 'numbers']
    >>> hints(generate("output_size", 2, 0))[0].text
    'For each axis: ⌊(H + 2·p − k) / s⌋ + 1'
    """
    first = question.fields[0]
    row, formulas = quantity_of(first), formulas_of(question, first)
    rungs = [Hint("formula", rule, formulas)] if (rule := row.rule(question, first)) else []
    if text := row.numbers(question, first):
        rungs.append(Hint("numbers", text, formulas))
    picture = _hint_picture(question)
    if isinstance(picture, WeightPicture):
        rungs.append(Hint("picture", _TENSOR, picture=picture))
    elif picture is not None:
        text = " ".join(filter(None, ("See where the windows are.", picture.note)))
        rung = Hint("picture", text, picture=picture)
        rungs.insert(1 if row.hint_picture == "covered" else len(rungs), rung)
    return tuple(rungs)


_TENSOR = "Look at the weights: a row for each kernel, a column for each channel it could see."


def _hint_picture(question: Question) -> Picture | WeightPicture | None:
    """What helps with the first box and does not give its answer away."""
    first = question.fields[0]
    row = quantity_of(first)
    if row.weighs and isinstance(shown := row.picture(question, first), WeightPicture):
        return shown
    match row.hint_picture:
        case "windows":
            return picture_of(question)
        case "covered":
            return windows_of(picture_of(question))
        case "":
            return None
        case other:
            raise ValueError(f"There is no hint picture “{other}”.")


def solution(question: Question) -> Solution:
    """Work out every box.

    >>> from lessons.quiz import generate
    >>> step = solution(generate("layer_parameters", 2, 0)).steps[0]
    >>> step.text.endswith(step.answer.replace(",", ""))
    True
    """
    answers = solve(question)
    steps = []
    for field in question.fields:
        row, formulas, value = quantity_of(field), formulas_of(question, field), answers[field.id]
        text = row.worked(question, field, value) if row.worked else written_out(formulas)
        steps.append(Step(field.id, field.label, text, _label(question, value), formulas))
    return Solution(tuple(steps), pictures_of(question))


def _label(question: Question, value: Value) -> str:
    """An answer in words: a choice by its label."""
    names = {option.id: option.label for option in question.setup.options}
    return names.get(value, value) if isinstance(value, str) else written(value)


def pictures_of(question: Question) -> tuple[Shown, ...]:
    """Everything that a solution shows, each thing once; all windows in one picture.

    >>> from lessons.quiz import generate
    >>> pictures_of(generate("layer_parameters", 2, 0))[0].layer.weight_shape
    (10, 16, 5, 5)
    >>> [row.links.input for row in pictures_of(generate("output_size", 2, 0))[0].rows]
    [35]
    >>> [row.words for row in pictures_of(generate("receptive_field", 3, 0))[0].rows]
    ['Layer 1: a convolution with a 5 × 5 kernel, padding 2.', \
'Layer 2: a convolution with a 2 × 2 kernel, padding 1.']
    """
    found: dict[Shown, None] = {}
    rows: dict[AxisPicture, None] = {}
    for field in question.fields:
        shown = quantity_of(field).picture(question, field)
        if isinstance(shown, AxesPicture):
            rows |= dict.fromkeys(shown.rows)
        elif shown is not None:
            found[shown] = None
    windows = (AxesPicture(tuple(rows)),) if rows else ()
    return (*windows, *found)

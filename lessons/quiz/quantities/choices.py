"""Which kernel it is: by its name, or by the output that it made."""

from __future__ import annotations

import numpy as np

from kernels import CATALOGUE, ShapeError, conv2d
from lessons.quiz.compare import written
from lessons.quiz.mistakes.choices import CONFUSED, TURNED
from lessons.quiz.mistakes.reckoning import Reckoning
from lessons.quiz.pictures import Picture
from lessons.quiz.quantities.quantity import Quantity
from lessons.quiz.quantities.values import sum_line
from lessons.quiz.question import Field, Number, Option, Question, Setup, Value
from lessons.quiz.shapes import exact, rows_of


def _made_of(setup: Setup, option: Option) -> np.ndarray:
    weight = np.array(option.rows, dtype=float)[None, None]
    return conv2d(setup.scene.input_array(), weight)


def first_made(setup: Setup, option: Option) -> Number:
    """The number at row 0, column 0 that an option's kernel makes of the scene's input."""
    return exact(_made_of(setup, option)[0, 0, 0])


def _made_by(setup: Setup, field: Field) -> str:
    """The option whose kernel gives the scene's output."""
    output = setup.scene.output()
    for option in setup.options:
        if np.array_equal(_made_of(setup, option), output):
            return option.id
    raise ShapeError("None of the kernels makes this output; give the right one as an option.")


def _name(setup: Setup, field: Field) -> str:
    """The catalogue's name of the scene's kernel."""
    weight = setup.scene.weight_array()[0, 0]
    for name, kernel in CATALOGUE.items():
        if kernel.taps.shape == weight.shape and np.array_equal(kernel.taps, weight):
            return name
    raise ShapeError("The kernel is none of the catalogue; draw one of those.")


def _made_by_working(question: Question, field: Field, before: int | None) -> Reckoning:
    kernel = rows_of(question.setup.scene.weight_array()[0, 0])
    by_rows = {option.rows: option.id for option in question.setup.options}
    turned = {slip: turn(kernel) for slip, turn in TURNED.items()}
    wrong = {
        slip: (by_rows[rows], "")
        for slip, rows in turned.items()
        if rows in by_rows and rows != kernel
    }
    return Reckoning((by_rows[kernel], ""), wrong)


def _name_working(question: Question, field: Field, before: int | None) -> Reckoning:
    right = _name(question.setup, field)
    offered = {option.id for option in question.setup.options}
    wrong = {}
    for slip, pairs in CONFUSED.items():
        for pair in pairs:
            if right in pair:
                wrong[slip] = pair[1 - pair.index(right)]
    looks_like = {slip: (name, "") for slip, name in wrong.items() if name in offered}
    return Reckoning((right, ""), looks_like)


def _first_window(question: Question, field: Field) -> str:
    scene = question.setup.scene
    rows, columns = scene.layer.kernel_size
    window = written(rows_of(scene.input_array()[0, :rows, :columns]))
    first = written(exact(scene.output()[0, 0, 0]))
    return f"The first window holds {window}; its products must add up to {first}."


def _weights_sum(question: Question, field: Field) -> str:
    return f"The weights sum to {written(exact(question.setup.scene.weight_array().sum()))}."


def _made_by_worked(question: Question, field: Field, value: Value) -> str:
    label = next(one.label for one in question.setup.options if one.id == value)
    return f"On the first window {label} gives {sum_line(question, (0, 0))}"


def _name_worked(question: Question, field: Field, value: Value) -> str:
    return f"{CATALOGUE[value].title}. {CATALOGUE[value].reason}"


def _picture(question: Question, field: Field) -> Picture:
    return Picture(question.setup.scene)


ROWS = (
    Quantity(
        "kernel_name",
        solve=_name,
        working=_name_working,
        rule=lambda question, field: (
            "Look at the sum of the weights, at their signs, and at which side is positive."
        ),
        numbers=_weights_sum,
        worked=_name_worked,
        picture=_picture,
        slides=False,
        # Whoever picks the kernel out of several has read it, even where none looks like it.
        shows=("reading-kernels",),
    ),
    Quantity(
        "made_by",
        solve=_made_by,
        working=_made_by_working,
        rule=lambda question, field: (
            "Try each kernel on the first window: multiply cell by cell and add up."
        ),
        numbers=_first_window,
        worked=_made_by_worked,
        picture=_picture,
        slides=False,
    ),
)

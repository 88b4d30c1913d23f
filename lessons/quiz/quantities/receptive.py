"""How much of the input one output number sees."""

from __future__ import annotations

from kernels import receptive_field, receptive_fields
from kernels.layers.formula import Formula
from lessons.quiz.layer_pictures import stack_picture
from lessons.quiz.mistakes.receptive import FieldWorking, Window
from lessons.quiz.quantities.quantity import Quantity, counted_by
from lessons.quiz.quantities.terms import bracketed, number_term, sign
from lessons.quiz.question import Field, Question, Setup
from lessons.quiz.shapes import shapes


def _first(size: int | tuple[int, ...]) -> int:
    return size if isinstance(size, int) else size[0]


def _solve(setup: Setup, field: Field) -> int:
    return _first(receptive_field(setup.layers, setup.input_shape[1:]).size)


def _working(question: Question, field: Field, before: int | None) -> FieldWorking:
    setup = question.setup
    windows = []
    for layer, shape in zip(setup.layers, shapes(setup), strict=False):
        axis = layer.axes(shape[1:])[0]
        windows.append(Window(axis.kernel, axis.stride, axis.before, axis.dilation))
    return FieldWorking(tuple(windows))


def _formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    """The receptive field layer by layer: r + (k − 1)·jump."""
    formulas, size, jump = [], 1, 1
    rows = receptive_fields(question.setup.layers, question.setup.input_shape[1:])
    for number, row in enumerate(rows, start=1):
        reach, after = _first(row.effective_kernel), _first(row.field.size)
        terms = (
            number_term("input", "r", size, "cells seen before this layer"),
            sign("+"),
            *bracketed(
                number_term("kernel", "k", reach, "cells that its window reaches over"),
                sign("−"),
                number_term("one", "1", 1, "neighbouring windows overlap"),
            ),
            sign("·"),
            number_term("stride", "j", jump, "jump: the strides of the layers before, multiplied"),
        )
        formulas.append(Formula("field", f"After layer {number}", terms, after))
        size, jump = after, _first(row.field.jump)
    return tuple(formulas)


ROWS = (
    Quantity(
        "field",
        solve=_solve,
        working=_working,
        **counted_by(
            _formulas,
            "Each layer adds (k − 1) jumps; then the jump is multiplied by its stride: {}",
        ),
        picture=lambda question, field: stack_picture(question),
    ),
)

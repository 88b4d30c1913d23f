"""How large an output is, and what the windows leave over at the end."""

from __future__ import annotations

import math
from dataclasses import replace

from kernels import Axis, ConvSpec, ConvTransposeSpec, PoolSpec, ShapeError, size_formula
from kernels.layers.formula import Formula
from lessons.quiz.layer_pictures import AxesPicture, axis_picture, layer_picture
from lessons.quiz.mistakes.chains import ChainWorking
from lessons.quiz.mistakes.size_workings import plain, size_working
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.mistakes.transposed import TransposedWorking
from lessons.quiz.quantities.quantity import Quantity, counted_by
from lessons.quiz.quantities.terms import bracketed, number_term, room, sign
from lessons.quiz.question import Field, Number, Question, Setup, Value
from lessons.quiz.shapes import axes_of, shapes
from lessons.quiz.wording import layer_words, sentence

NAMES = ("height", "width")


def _working(question: Question, field: Field, before: int | None, which: int) -> Working | None:
    setup = question.setup
    layer = setup.layers[field.layer]
    size = (before, before) if before else shapes(setup)[field.layer][1:]
    try:
        axes = layer.axes(size)
    except ShapeError:
        return None
    axis = axes[which]
    if len(axes) != 2:
        return size_working(axis)
    if isinstance(layer, ConvTransposeSpec):
        return TransposedWorking(
            axis.input,
            axis.kernel,
            axis.stride,
            axis.before,
            axis.output_padding,
            axis.dilation,
            other=axes[1 - which].input,
        )
    return size_working(
        axis,
        axes[1 - which],
        layer.padding if isinstance(layer.padding, str) else "",
        isinstance(layer, PoolSpec),
        "stride" not in setup.hidden or isinstance(layer, ConvSpec),
    )


def size_quantity(name: str, which: int, words: str) -> Quantity:
    """The size along one axis of an output; words: what the axis is called in formulas."""

    def formulas(question: Question, field: Field) -> tuple[Formula, ...]:
        return (size_formula(axes_of(question.setup, field)[which], words),)

    def carry(setup: Setup, field: Field, before: Number) -> Number:
        layer, whole = setup.layers[field.layer], math.ceil(before)
        if before == whole:
            return layer.output_size((whole, whole))[which]
        axis = layer.axes((whole, whole))[which]
        room = before + axis.before + axis.after - axis.effective_kernel
        return plain(room / axis.stride + 1)

    return Quantity(
        name,
        solve=lambda setup, field: shapes(setup)[field.layer + 1][1 + which],
        working=lambda question, field, before: _working(question, field, before, which),
        **counted_by(formulas, "For each axis: {}"),
        picture=lambda question, field: layer_picture(question, field, which),
        hint_picture="windows",
        axis=which,
        carry=carry,
    )


def leftover_formula(axis: Axis, name: str) -> Formula:
    """What is left of the room to move after the last step."""
    terms = (*bracketed(*room(axis, name)), sign(" mod "))
    stride = number_term("stride", "s", axis.stride, "stride")
    note = "mod: what is left after dividing"
    return Formula("leftover", "Left over", (*terms, stride), len(axis.unused), note)


def _unused(name: str, which: int) -> Quantity:
    def formulas(question: Question, field: Field) -> tuple[Formula, ...]:
        return (leftover_formula(axes_of(question.setup, field)[which], NAMES[which]),)

    def working(question: Question, field: Field, before: int | None) -> Working:
        axes = axes_of(question.setup, field)
        return size_working(axes[which], axes[1 - which], asks="leftover")

    return Quantity(
        name,
        solve=lambda setup, field: len(axes_of(setup, field)[which].unused),
        working=working,
        **counted_by(formulas),
        hint_picture="windows",
        axis=which,
    )


def _chain_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    """The size after each layer."""
    setup, found = question.setup, []
    for number, layer in enumerate(setup.layers):
        axis = layer.axes(shapes(setup)[number][1:])[0]
        found.append(replace(size_formula(axis), label=f"after layer {number + 1}"))
    return tuple(found)


def _chain_working(question: Question, field: Field, before: int | None) -> ChainWorking:
    return ChainWorking(question.setup.input_shape[1], question.setup.layers)


def _chain_worked(question: Question, field: Field, value: Value) -> str:
    lines = (f"{one.arithmetic} = {one.result}" for one in _chain_formulas(question, field))
    return "; ".join(lines)


def _chain_picture(question: Question, field: Field) -> AxesPicture:
    """Each layer's windows, from the input on."""
    setup, rows = question.setup, []
    for number, layer in enumerate(setup.layers):
        axis = layer.axes(shapes(setup)[number][1:])[0]
        title = sentence(f"{layer_words(layer)}: ")
        rows.append(axis_picture(axis, "height and width", title))
    return AxesPicture(tuple(rows))


_AFTER_ALL = Quantity(
    "size_after_all",
    solve=lambda setup, field: shapes(setup)[-1][1],
    working=_chain_working,
    **counted_by(_chain_formulas, "Layer after layer, each from the size before it: {}"),
    worked=_chain_worked,
    picture=_chain_picture,
)

ROWS = (
    *(size_quantity(name, which, name) for which, name in enumerate(NAMES)),
    _AFTER_ALL,
    _unused("unused_rows", 0),
    _unused("unused_columns", 1),
)

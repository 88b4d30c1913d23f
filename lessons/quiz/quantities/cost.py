"""What a layer costs: multiply-adds, or floating-point operations."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from kernels import mac_formula
from kernels.layers.formula import Formula
from kernels.networks.layers import layer_macs
from lessons.quiz.layer_pictures import weights_picture
from lessons.quiz.mistakes.cost import MacsWorking, macs_working
from lessons.quiz.mistakes.sizes import sized_by
from lessons.quiz.quantities.quantity import Quantity, counted_by
from lessons.quiz.quantities.terms import bracketed, number_term, sign
from lessons.quiz.question import Field, Question, Setup
from lessons.quiz.shapes import axes_of, shapes

_OWN = ("padding-ignored", "stride-ignored")
"""Slips in the output's size that multiply-adds have by other names."""


def _doubled(formula: Formula) -> Formula:
    two = number_term("one", "2", 2, "a product and an addition")
    terms = (two, sign("·"), *formula.terms)
    return replace(formula, label="Operations", terms=terms, result=2 * formula.result, note="")


def _picture(question: Question, field: Field):
    """The weight tensor, and how often each weight is multiplied."""
    high, wide = shapes(question.setup)[field.layer + 1][1:]
    return weights_picture(
        question,
        field,
        f"Each weight is multiplied once for every cell of an output map of {high} × {wide}.",
    )


def _working(question: Question, field: Field, before: int | None) -> MacsWorking:
    setup = question.setup
    layer, through, axes = setup.layers[field.layer], shapes(setup), axes_of(setup, field)
    bare = [replace(axis, before=0, after=0) for axis in axes]
    return macs_working(
        layer.kernel_size,
        layer.in_channels,
        layer.out_channels,
        (math.prod(through[field.layer][1:]), math.prod(through[field.layer + 1][1:])),
        layer.groups,
        field.asks,
        math.prod(max(axis.output, 0) for axis in bare),
        math.prod(axis.room + 1 for axis in axes),
        tuple((id, math.prod(size)) for id, size in sized_by(axes).items() if id not in _OWN),
    )


def _cost(name: str, formula: Callable[[Setup, Field], Formula]) -> Quantity:
    return Quantity(
        name,
        solve=lambda setup, field: formula(setup, field).result,
        working=_working,
        **counted_by(lambda question, field: (formula(question.setup, field),)),
        picture=_picture,
        weighs=True,
    )


def _macs(setup: Setup, field: Field) -> Formula:
    return mac_formula(setup.layers[field.layer], shapes(setup)[field.layer][1:])


def _singly(setup: Setup, field: Field) -> Formula:
    """Products and additions, each counted: one output number after the other."""
    layer, outputs = setup.layers[field.layer], math.prod(shapes(setup)[field.layer + 1])
    products = layer_macs(layer, shapes(setup)[field.layer]) // outputs
    terms = (
        *bracketed(
            number_term("one", "2", 2, "a product and an addition"),
            sign("·"),
            number_term("kernel", "n", products, "products for one output number"),
            sign("−"),
            number_term("one", "1", 1, "n products take n − 1 additions"),
        ),
        sign("·"),
        number_term("output", "N", outputs, "output numbers"),
    )
    return Formula("singly", "Operations", terms, (2 * products - 1) * outputs)


ROWS = (
    _cost("macs", _macs),
    _cost("operations", lambda setup, field: _doubled(_macs(setup, field))),
    _cost("singly", _singly),
)

"""What a layer costs: multiply-adds, or floating-point operations."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

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


def _cost(name: str, per: int) -> Quantity:
    def formulas(question: Question, field: Field) -> tuple[Formula, ...]:
        setup = question.setup
        formula = mac_formula(setup.layers[field.layer], shapes(setup)[field.layer][1:])
        return (formula if per == 1 else _doubled(formula),)

    def working(question: Question, field: Field, before: int | None) -> MacsWorking:
        setup = question.setup
        layer, through, axes = setup.layers[field.layer], shapes(setup), axes_of(setup, field)
        bare = [replace(axis, before=0, after=0) for axis in axes]
        return macs_working(
            layer.kernel_size,
            layer.in_channels,
            layer.out_channels,
            (math.prod(through[field.layer][1:]), math.prod(through[field.layer + 1][1:])),
            layer.groups,
            per,
            math.prod(max(axis.output, 0) for axis in bare),
            math.prod(axis.room + 1 for axis in axes),
            tuple((id, math.prod(size)) for id, size in sized_by(axes).items() if id not in _OWN),
        )

    return Quantity(
        name,
        solve=lambda setup, field: (
            per * layer_macs(setup.layers[field.layer], shapes(setup)[field.layer])
        ),
        working=working,
        **counted_by(formulas),
        picture=_picture,
        weighs=True,
    )


def _singly(setup: Setup, field: Field) -> tuple[int, int]:
    """Products and additions for one output number, and output numbers."""
    layer, after = setup.layers[field.layer], shapes(setup)[field.layer + 1]
    products = math.prod(layer.kernel_size) * layer.in_channels // layer.groups
    return 2 * products - 1, math.prod(after)


def _singly_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    each, outputs = _singly(question.setup, field)
    terms = (
        number_term("output", "N", outputs, "output numbers"),
        sign("·"),
        *bracketed(
            number_term("one", "2", 2, "a product and an addition"),
            sign("·"),
            number_term("kernel", "n", (each + 1) // 2, "products for one output number"),
            sign("−"),
            number_term("one", "1", 1, "n products take n − 1 additions"),
        ),
    )
    return (Formula("arithmetic", "Operations", terms, each * outputs),)


def _singly_working(question: Question, field: Field, before: int | None) -> MacsWorking:
    working = QUANTITY_OF_OPERATIONS.working(question, field, before)
    products = working.taps * working.each
    return working._replace(factor=Fraction(2 * products - 1, products))


QUANTITY_OF_OPERATIONS = _cost("operations", 2)

ROWS = (
    _cost("macs", 1),
    QUANTITY_OF_OPERATIONS,
    Quantity(
        "arithmetic",
        solve=lambda setup, field: math.prod(_singly(setup, field)),
        working=_singly_working,
        **counted_by(_singly_formulas),
        picture=_picture,
        weighs=True,
    ),
)

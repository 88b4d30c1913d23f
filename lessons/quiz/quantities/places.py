"""Where on the input the window of an output number starts."""

from __future__ import annotations

from kernels.layers.formula import Formula
from lessons.quiz.mistakes.places import PlaceWorking
from lessons.quiz.quantities.quantity import Quantity, counted_by
from lessons.quiz.quantities.terms import number_term, sign
from lessons.quiz.question import Field, Question
from lessons.quiz.shapes import axes_of


def _origin(name: str, which: int) -> Quantity:
    def formulas(question: Question, field: Field) -> tuple[Formula, ...]:
        axis, position = axes_of(question.setup, field)[which], question.setup.place[which]
        terms = (
            number_term("output", "n", position, "position of the output number, from 0"),
            sign("·"),
            number_term("stride", "s", axis.stride, "stride"),
            sign("−"),
            number_term("padding", "p", axis.before, "cells of padding before the input"),
        )
        return (Formula("origin", "First cell", terms, axis.origins[position]),)

    def working(question: Question, field: Field, before: int | None) -> PlaceWorking:
        axis, place = axes_of(question.setup, field)[which], question.setup.place
        return PlaceWorking(place[which], axis.kernel, axis.stride, axis.before, place[1 - which])

    return Quantity(
        name,
        solve=lambda setup, field: axes_of(setup, field)[which].origins[setup.place[which]],
        working=working,
        **counted_by(formulas, "A window starts at position times stride, minus the padding: {}"),
        hint_picture="windows",
        axis=which,
    )


ROWS = (_origin("origin_row", 0), _origin("origin_column", 1))

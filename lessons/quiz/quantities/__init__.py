"""What a box can ask for, one row each; everything that depends on it reads its row.

Each file here has its rows in `ROWS`.

>>> QUANTITIES["height"].axis, QUANTITIES["width"].axis
(0, 1)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from kernels.layers.formula import Formula
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.quantities.quantity import Quantity
from lessons.quiz.question import Field, Question, QuizError, Setup, Value
from lessons.quiz.wording import defaults

_MODULES = (import_module(f"{__name__}.{module.name}") for module in sorted(iter_modules(__path__)))
_ROWS = [row for module in _MODULES for row in getattr(module, "ROWS", ())]

QUANTITIES: dict[str, Quantity] = {row.name: row for row in _ROWS}
"""Every quantity by its name: what a `Field` can ask for."""


def quantity_of(field: Field) -> Quantity:
    """The row of what a box asks for.

    >>> quantity_of(Field("size", "size", "integer", "hight"))
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: The box “size” asks for “hight”, but no row in \
lessons/quiz/quantities has that name.
    """
    if field.asks not in QUANTITIES:
        raise QuizError(
            f"The box “{field.id}” asks for “{field.asks}”, but no row in lessons/quiz/quantities "
            "has that name."
        )
    return QUANTITIES[field.asks]


def unsaid(setup: Setup, fields: Sequence[Field], said: Sequence[str]) -> tuple[str, ...]:
    """The convention on what a question's words leave out of its layers, if an answer needs it."""
    if not any(quantity_of(field).slides for field in fields):
        return ()
    return defaults(setup.layers, setup.hidden, said)


def formulas_of(question: Question, field: Field) -> tuple[Formula, ...]:
    """The formulas that give a box, in the order of work; none where nothing is counted.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 1, 0)
    >>> print(formulas_of(question, question.fields[0])[0].symbols)
    ⌊(H + 2·p − k) / s⌋ + 1
    """
    return quantity_of(field).formulas(question, field)


def working_of(
    question: Question, field: Field, typed: Mapping[str, Value] | None = None
) -> Working | None:
    """The right working of a box, from the learner's own number where it follows another box.

    None for a box that has no one working: several settings are right, or the learner's earlier
    number is one that no layer can take.
    """
    before = (typed or {}).get(field.follows)
    if isinstance(before, Fraction):
        return None
    return _working(question, field, before if type(before) is int and before > 0 else None)


@lru_cache(maxsize=4096)
def _working(question: Question, field: Field, before: int | None) -> Working | None:
    """Kept: drawing the next question weighs many slips, and each starts from the same working.

    Measured over 15 questions of practice: 14 ms a question instead of 38.
    """
    return quantity_of(field).working(question, field, before)

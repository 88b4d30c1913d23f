"""What one kind of quantity brings with it: its answer, its working, its hints, its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kernels.layers.formula import Formula
from lessons.quiz.layer_pictures import Shown, layer_picture
from lessons.quiz.mistakes.slip import Slip, Working
from lessons.quiz.question import Field, Number, Question, Setup, Value


def no_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    """For a quantity that is read or chosen rather than counted."""
    return ()


@dataclass(frozen=True)
class Quantity:
    """Something that a box can ask for. A `Field` names it in `asks`; everything else is here.

    solve: the right value, from `kernels`. working: the calculation in which slips can be made,
    from the learner's number in the box before where this box follows one; None where no layer can
    take that number, or where there is no one way to the answer. rule, numbers: the first hint and
    the one with the question's numbers, or "" for none. formulas: in the order of work. worked:
    the solution in words; without it the formulas are written out. picture: what the solution
    shows.

    hint_picture: how the layer's picture helps: 'windows' shows everything and comes last;
    'covered' shows where the windows stand but other numbers, and comes before the sum.
    axis: along which axis a wrong answer is drawn, 0 for rows. carry: the value that follows from
    the number in the box before. adds_up: whether it is the sum of all the other boxes. least: the
    smallest setting that can be, and how to say so; only settings have it. weighs: whether it is
    counted from a layer's weight tensor. slides: whether it depends on how a window moves.
    shows: skills that a right answer shows whatever the other
    choices were. slips: those that only it can have.
    """

    name: str
    solve: Callable[[Setup, Field], Value]
    working: Callable[[Question, Field, int | None], Working | None]
    rule: Callable[[Question, Field], str]
    numbers: Callable[[Question, Field], str]
    formulas: Callable[[Question, Field], tuple[Formula, ...]] = no_formulas
    worked: Callable[[Question, Field, Value], str] | None = None
    picture: Callable[[Question, Field], Shown | None] = layer_picture
    hint_picture: Literal["", "windows", "covered"] = ""
    axis: int = 0
    carry: Callable[[Setup, Field, Number], Value] | None = None
    adds_up: bool = False
    least: tuple[int, str] | None = None
    weighs: bool = False
    slides: bool = True
    shows: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()


def counted_by(
    formulas: Callable[[Question, Field], tuple[Formula, ...]], rule: str = "{}"
) -> dict[str, Callable]:
    """The parts of a quantity that follow from its formulas; {} in the rule is the last one."""

    def in_symbols(question: Question, field: Field) -> str:
        return rule.format(formulas(question, field)[-1].symbols)

    def in_numbers(question: Question, field: Field) -> str:
        return with_numbers(formulas(question, field))

    return {"formulas": formulas, "rule": in_symbols, "numbers": in_numbers}


def with_numbers(formulas: tuple[Formula, ...]) -> str:
    """Formulas with their numbers, all but the last with results: that one is the answer."""
    *before, last = formulas
    if not before:
        return last.arithmetic
    lines = [f"{one.label}: {one.arithmetic} = {one.result}" for one in before]
    return "; ".join([*lines, f"{last.label}: {last.arithmetic}"])


def written_out(formulas: tuple[Formula, ...]) -> str:
    """Formulas in symbols, in numbers and with their results."""
    return "; ".join(map(_line, formulas))


def _line(formula: Formula) -> str:
    """One formula; a bare number by its label."""
    if formula.symbols == str(formula.result):
        return f"{formula.label} of pooling: {formula.result}"
    return f"{formula.symbols} = {formula.arithmetic} = {formula.result}"

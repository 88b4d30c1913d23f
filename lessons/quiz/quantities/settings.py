"""Settings: the one padding or stride that gives a size, and any settings that do."""

from __future__ import annotations

from kernels import Axis, size_formula
from kernels.layers.formula import Formula
from kernels.layers.terms import Term
from lessons.quiz.mistakes.size_workings import InverseWorking
from lessons.quiz.quantities.quantity import Quantity, counted_by
from lessons.quiz.quantities.terms import bracketed, number_term, reach, room, sign
from lessons.quiz.question import Field, Question, Setup, Value
from lessons.quiz.shapes import axes_of


def _steps(axis: Axis) -> tuple[Term, ...]:
    """How many steps the window makes."""
    return bracketed(
        number_term("output", "H_out", axis.output, "output height"),
        sign("−"),
        number_term("one", "1", 1, "steps are one fewer than positions"),
    )


def padding_formula(axis: Axis) -> Formula:
    """The size formula solved for the padding: the fewest cells with which the last window fits."""
    up = "round up to a whole number"
    terms = (
        Term("open", "floor", "⌈", meaning=up),
        *_steps(axis),
        sign("·"),
        number_term("stride", "s", axis.stride, "stride"),
        sign("+"),
        *reach(axis),
        sign("−"),
        number_term("input", "H", axis.input, "input height"),
        Term("over", "floor", "/"),
        number_term("padding", "2", 2, "both sides"),
        Term("close", "floor", "⌉", meaning=up),
    )
    return Formula("padding", "Padding per side", terms, axis.before, "per side")


def stride_formula(axis: Axis) -> Formula:
    """The size formula solved for the stride: the longest step with which all positions fit."""
    down = "round down to a whole number"
    terms = (
        Term("open", "floor", "⌊", meaning=down),
        *room(axis, "height"),
        Term("over", "floor", "/"),
        *_steps(axis),
        Term("close", "floor", "⌋", meaning=down),
    )
    return Formula("stride", "Stride", terms, axis.stride)


def _padding_of(setup: Setup, field: Field) -> int:
    return axes_of(setup, field)[0].before


def _stride_of(setup: Setup, field: Field) -> int:
    return axes_of(setup, field)[0].stride


def _kernel_of(setup: Setup, field: Field) -> int:
    return axes_of(setup, field)[0].kernel


def _inverse(unknown: str):
    def working(question: Question, field: Field, before: int | None) -> InverseWorking:
        axis = axes_of(question.setup, field)[0]
        return InverseWorking(axis, unknown, axis.output)

    return working


def _any_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    return (size_formula(axes_of(question.setup, field)[0]),)


def _any_numbers(question: Question, field: Field) -> str:
    """The size formula with what is given in numbers and what is asked in letters."""
    setup = question.setup
    axis = axes_of(setup, field)[0]
    given = {"kernel": axis.kernel, "stride": axis.stride, "padding": axis.before}
    letters = {"kernel": "k", "stride": "s", "padding": "p"}
    k, s, p = (letters[name] if name in setup.hidden else given[name] for name in given)
    return f"⌊({axis.input} + 2 × {p} − {k}) / {s}⌋ + 1 = {setup.target}"


def _any_worked(question: Question, field: Field, value: Value) -> str:
    (formula,) = _any_formulas(question, field)
    return f"For example: {formula.arithmetic} = {formula.result}"


def _any(name: str, solve, least: int, say: str) -> Quantity:
    """A setting that is judged together with the others; there is no one way to it."""
    parts = counted_by(
        _any_formulas, "Any settings will do that make this equal to the output size: {}"
    )
    return Quantity(
        name,
        solve=solve,
        working=lambda question, field, before: None,
        **{**parts, "numbers": _any_numbers},
        worked=_any_worked,
        least=(least, say),
    )


ROWS = (
    Quantity(
        "padding",
        solve=_padding_of,
        working=_inverse("padding"),
        **counted_by(
            lambda question, field: (padding_formula(axes_of(question.setup, field)[0]),),
            "The size formula, solved for p: {}",
        ),
    ),
    Quantity(
        "stride",
        solve=_stride_of,
        working=_inverse("stride"),
        **counted_by(
            lambda question, field: (stride_formula(axes_of(question.setup, field)[0]),),
            "The size formula, solved for s: {}",
        ),
    ),
    _any(
        "any_kernel",
        _kernel_of,
        1,
        "A kernel has at least 1 cell along each side: write a number from 1.",
    ),
    _any("any_stride", _stride_of, 1, "A window moves by at least 1 cell: write a number from 1."),
    _any(
        "any_padding",
        _padding_of,
        0,
        "Padding is a number of cells to add: write 0 for none, or more.",
    ),
)

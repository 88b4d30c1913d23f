"""Padding as some books count it: one number for both sides of an axis together."""

from __future__ import annotations

from fractions import Fraction

from kernels import Axis
from kernels.layers.formula import Formula
from lessons.quiz.mistakes.reckoning import Reckoning, Worked, own_slip
from lessons.quiz.mistakes.size_workings import plain
from lessons.quiz.mistakes.slip import ASKED
from lessons.quiz.quantities.quantity import Quantity, counted_by
from lessons.quiz.quantities.sizes import NAMES
from lessons.quiz.quantities.terms import bracketed, number_term, sign
from lessons.quiz.question import Field, Question
from lessons.quiz.shapes import axes_of, shapes

SLIPS = (
    own_slip(
        "total-on-each-side",
        "the total added on each side",
        "The number counts both sides together: add it once.",
        "padding",
        ASKED,
    ),
    own_slip(
        "half-for-total",
        "padding of one side given",
        "Both sides together are asked for: count the cells at the start and those at the end.",
        "padding",
    ),
    own_slip(
        "kernel-for-total",
        "as much padding as the kernel is long",
        "A window that fits once needs no padding: one cell fewer than the kernel is lost.",
        "padding",
    ),
    own_slip(
        "half-a-row",
        "a row of padding cut in half",
        "Rows stay whole: of an odd number one side gets one more than the other.",
        "padding",
    ),
    own_slip(
        "ends-exchanged",
        "top and bottom exchanged",
        "Read on which side the row that is left over goes.",
        "padding",
    ),
    own_slip(
        "all-at-one-end",
        "all padding put on one side",
        "Padding is shared out between both sides.",
        "padding",
    ),
)


def _total(axis: Axis) -> int:
    return axis.before + axis.after


def _size(which: int) -> Quantity:
    def formulas(question: Question, field: Field) -> tuple[Formula, ...]:
        axis = axes_of(question.setup, field)[which]
        letter = NAMES[which][0].upper()
        terms = (
            number_term("input", letter, axis.input, f"input {NAMES[which]}"),
            sign("+"),
            number_term("padding", "p", _total(axis), "padding of both sides together"),
            sign("−"),
            number_term("kernel", "k", axis.kernel, "kernel size"),
            sign("+"),
            number_term("one", "1", 1, "the first position"),
        )
        return (Formula("size", NAMES[which], terms, axis.output),)

    def working(question: Question, field: Field, before: int | None) -> Reckoning:
        axis = axes_of(question.setup, field)[which]
        n, p, k = axis.input, _total(axis), axis.kernel
        wrong: dict[str, Worked] = {
            "total-on-each-side": (n + 2 * p - k + 1, f"{n} + 2 × {p} − {k} + 1"),
            "padding-ignored": (n - k + 1, f"{n} − {k} + 1"),
            "one-forgotten": (n + p - k, f"{n} + {p} − {k}"),
            "kernel-ignored": (n + p, f"{n} + {p}"),
        }
        return Reckoning((axis.output, f"{n} + {p} − {k} + 1"), wrong)

    return Quantity(
        f"{NAMES[which]}_by_total",
        solve=lambda setup, field: shapes(setup)[field.layer + 1][1 + which],
        working=working,
        **counted_by(formulas, "The total p is added once: {}"),
        hint_picture="windows",
        axis=which,
        slips=SLIPS if which == 0 else (),
    )


def _keeping(name: str, which: int) -> Quantity:
    """The padding in all with which an output keeps the input's size."""

    def formulas(question: Question, field: Field) -> tuple[Formula, ...]:
        axis = axes_of(question.setup, field)[which]
        terms = (
            number_term("kernel", "k", axis.kernel, "kernel size"),
            sign("−"),
            number_term("one", "1", 1, "one window more than there is room for"),
        )
        return (Formula("padding", "Padding in all", terms, _total(axis)),)

    def working(question: Question, field: Field, before: int | None) -> Reckoning:
        axes = axes_of(question.setup, field)
        k, other = axes[which].kernel, axes[1 - which].kernel
        wrong: dict[str, Worked] = {
            "half-for-total": (plain(Fraction(k - 1, 2)), f"({k} − 1) / 2"),
            "kernel-for-total": (k, str(k)),
        }
        if other != k:
            wrong["axes-exchanged"] = (other - 1, f"{other} − 1")
        return Reckoning((_total(axes[which]), f"{k} − 1"), wrong)

    return Quantity(
        name,
        solve=lambda setup, field: _total(axes_of(setup, field)[which]),
        working=working,
        **counted_by(formulas, "H + p − k + 1 is to be H: {}"),
        axis=which,
    )


def _shared(name: str, first: bool) -> Quantity:
    """The rows of padding at one end, where both ends cannot have the same."""

    def rows(axis: Axis) -> int:
        return axis.before if first else axis.after

    def formulas(question: Question, field: Field) -> tuple[Formula, ...]:
        axis = axes_of(question.setup, field)[0]
        half = (
            *bracketed(
                number_term("kernel", "k", axis.kernel, "kernel size"),
                sign("−"),
                number_term("one", "1", 1, "k − 1 rows in all"),
                sign("+" if first else "−"),
                number_term("one", "1", 1, "the row that is left over"),
            ),
            sign(" / "),
            number_term("padding", "2", 2, "two sides"),
        )
        return (Formula("padding", "Rows at one end", half, rows(axis)),)

    def working(question: Question, field: Field, before: int | None) -> Reckoning:
        axis = axes_of(question.setup, field)[0]
        k = axis.kernel
        more, fewer = "+", "−"
        signs = (more, fewer) if first else (fewer, more)
        wrong: dict[str, Worked] = {
            "half-a-row": (plain(Fraction(k - 1, 2)), f"({k} − 1) / 2"),
            "ends-exchanged": (
                axis.after if first else axis.before,
                f"({k} − 1 {signs[1]} 1) / 2",
            ),
            "same-half-kernel": (k // 2, f"{k} / 2"),
            "all-at-one-end": (k - 1, f"{k} − 1") if first else (0, "0"),
        }
        return Reckoning((rows(axis), f"({k} − 1 {signs[0]} 1) / 2"), wrong)

    return Quantity(
        name,
        solve=lambda setup, field: rows(axes_of(setup, field)[0]),
        working=working,
        **counted_by(formulas, "k − 1 rows in all, shared out; the odd one goes to the top: {}"),
    )


ROWS = (
    _size(0),
    _size(1),
    _keeping("total_rows", 0),
    _keeping("total_columns", 1),
    _shared("rows_at_top", True),
    _shared("rows_at_bottom", False),
)

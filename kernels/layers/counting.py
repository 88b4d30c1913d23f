"""The size formula as it grows out of counting: which part stands for what was counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kernels.layers.formula import Formula, size_formula
from kernels.layers.geometry import Axis
from kernels.layers.terms import Term, line_of

Part = Literal["all", "window", "moves", "first"]


@dataclass(frozen=True)
class CountingStep:
    """One part of the formula.

    part : what it stands for: all cells there are, the window, its moves, its first place
    symbols, numbers : the part as it is written
    result : what it has come to so far
    words : why
    """

    part: Part
    symbols: str
    numbers: str
    result: int
    words: str


def counting_steps(axis: Axis, name: str = "height") -> tuple[CountingStep, ...]:
    """How the formula comes to the number of places of a window, part by part.

    >>> for step in counting_steps(Axis(input=6, kernel=3, stride=2, before=1, after=1)):
    ...     print(f"{step.symbols} | {step.numbers} = {step.result} | {step.words}")
    H + 2·p | 6 + 2 × 1 = 8 | rows there are, with the padding
    − k | 8 − 3 = 5 | rows are left below the first window: so far it can move
    / s | ⌊5 / 2⌋ = 2 | moves of 2 rows fit; what is left over is too little for one more
    + 1 | 2 + 1 = 3 | places: where the window starts counts, too
    """
    cells = {"height": "row", "width": "column", "depth": "slice"}[name]
    beyond = {"height": "below", "width": "to the right of", "depth": "behind"}[name]
    formula = size_formula(axis, name)
    whole, reach, one = _parts(formula)
    moves = axis.output - 1
    return (
        CountingStep(
            "all",
            _symbols(whole),
            _numbers(whole),
            axis.padded,
            f"{cells}s there are" + (", with the padding" if axis.padded > axis.input else ""),
        ),
        CountingStep(
            "window",
            _symbols(reach).strip(),
            f"{axis.padded}{_numbers(reach)}",
            axis.room,
            f"{cells}{_s(axis.room)} {_are(axis.room)} left {beyond} the first window: so far it "
            "can move",
        ),
        CountingStep("moves", "/ s", _moves(axis), moves, _moves_words(axis, cells)),
        CountingStep(
            "first",
            _symbols(one).strip(),
            f"{moves}{_numbers(one)}",
            axis.output,
            f"place{_s(axis.output)}: where the window starts counts, too",
        ),
    )


def _parts(formula: Formula) -> tuple[list[Term], list[Term], list[Term]]:
    """The formula's terms: all cells, the window's reach, and the first place."""
    terms = [term for term in formula.terms if term.kind not in ("open", "close")]
    over = next(at for at, term in enumerate(terms) if term.kind == "over")
    above, below = terms[:over], terms[over + 2 :]
    own = ("input", "padding")
    last = max(at for at, term in enumerate(above) if term.role in own)
    return _without_nothing(above[: last + 1]), above[last + 1 :], below


def _without_nothing(terms: list[Term]) -> list[Term]:
    """The padding is not written where there is none."""
    padding = [term for term in terms if term.role == "padding" and term.symbol.startswith("p")]
    return terms[:1] if not any(term.value for term in padding) else terms


def _symbols(terms: Iterable[Term]) -> str:
    return line_of(terms, lambda term: term.symbol)


def _numbers(terms: Iterable[Term]) -> str:
    return line_of(terms, lambda term: str(term.value), numbers=True)


def _moves(axis: Axis) -> str:
    opening, closing = ("⌈", "⌉") if axis.ceil_mode else ("⌊", "⌋")
    fraction = f"{axis.room} / {axis.stride}"
    rounded = fraction if axis.room % axis.stride == 0 else f"{opening}{fraction}{closing}"
    return f"{rounded} − 1" if axis.last_window_dropped else rounded


def _moves_words(axis: Axis, cells: str) -> str:
    moves = axis.output - 1
    said = f"move{_s(moves)} of {axis.stride} {cells}{_s(axis.stride)} fit{'s' * (moves == 1)}"
    if axis.last_window_dropped:
        return f"{said}; one more would start in the padding after the input, and is dropped"
    if axis.overhang:
        return f"{said}; the last one hangs over the end, as rounding up has it"
    if axis.leftover:
        return f"{said}; what is left over is too little for one more"
    return said


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def start_words(axis: Axis, cell: int, name: str = "height") -> str:
    """What is said of starting the window at a cell of the padded axis.

    >>> axis = Axis(input=5, kernel=3, stride=2, before=1, after=1)
    >>> for cell in (2, 3, 6):
    ...     print(start_words(axis, cell))
    The window fits here.
    With a stride of 2 the window steps over this row.
    The window would hang over the end by 2 rows.
    """
    cells = {"height": "row", "width": "column", "depth": "slice"}[name]
    if cell in starts(axis):
        return "The window fits here."
    beyond = cell + axis.effective_kernel - axis.padded
    if axis.ceil_mode and cell >= axis.before + axis.input:
        return "A window that starts in the padding after the input is dropped."
    if beyond > 0 and not (axis.ceil_mode and cell % axis.stride):
        return f"The window would hang over the end by {beyond} {cells}{_s(beyond)}."
    return f"With a stride of {axis.stride} the window steps over this {cells}."


def starts(axis: Axis) -> tuple[int, ...]:
    """The cells of the padded axis at which windows start."""
    return tuple(axis.taps(window)[0] for window in range(axis.output))

"""Which expression in letters gives an output's size, or what a layer learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kernels import ConvSpec
from lessons.quiz.mistakes.reckoning import Reckoning
from lessons.quiz.quantities.quantity import Quantity
from lessons.quiz.question import Field, Option, Question, QuizError, Setup, Value
from lessons.quiz.symbols import agrees

FOR_EXAMPLE = {"n": 100, "p": 3, "k": 5, "L": 4, "K": 10}
"""Numbers to try an expression with: of the input's size, padding, kernel size, layers, kernels."""

ROOM = 500
"""Added to the size that is tried, so that any number of any window fits."""


def _layer(setup: Setup, at: Mapping[str, int]) -> ConvSpec:
    layer = setup.layers[0]
    assert isinstance(layer, ConvSpec)
    changes: dict = {}
    if "p" in at:
        changes["padding"] = at["p"]
    if "k" in at:
        changes["kernel_size"] = (at["k"],) * 2
    if "K" in at:
        changes["out_channels"] = at["K"]
    return replace(layer, **changes)


def _size_at(setup: Setup, at: Mapping[str, int]) -> int:
    """The output's size by `kernels`, with numbers in place of the letters."""
    layer, size = _layer(setup, at), at["n"] + ROOM
    for _ in range(at.get("L", 1)):
        size = layer.output_size((size, size))[0]
    return size - ROOM


def _learned_at(setup: Setup, at: Mapping[str, int]) -> int:
    return _layer(setup, at).parameters


def _row(name: str, right_at, rule: str, worked: str) -> Quantity:
    def right(setup: Setup) -> Option:
        for option in setup.options:
            if agrees(option.label, setup.letters, lambda at: right_at(setup, at)):
                return option
        raise QuizError("None of the expressions is right; give the right one as an option.")

    def working(question: Question, field: Field, before: int | None) -> Reckoning:
        wrong = {one.slip: (one.id, "") for one in question.setup.options if one.slip}
        return Reckoning((right(question.setup).id, ""), wrong)

    def numbers(question: Question, field: Field) -> str:
        at = {letter: FOR_EXAMPLE[letter] for letter in question.setup.letters}
        tried = " and ".join(f"{letter} = {number}" for letter, number in at.items())
        return f"Try it with {tried}: the answer is then {right_at(question.setup, at)}."

    def in_words(question: Question, field: Field, value: Value) -> str:
        return f"{worked} {right(question.setup).label}"

    return Quantity(
        name,
        solve=lambda setup, field: right(setup).id,
        working=working,
        rule=lambda question, field: rule,
        numbers=numbers,
        worked=in_words,
        picture=lambda question, field: None,
        slides=False,
    )


ROWS = (
    _row(
        "size_in_letters",
        _size_at,
        "Write the size formula with the letters, and put the numbers that are given into it.",
        "H + 2·p − k + 1, for each layer, comes to",
    ),
    _row(
        "learned_in_letters",
        _learned_at,
        "Count what one kernel learns, its bias too; then there are K of them.",
        "K times the weights of one kernel and its bias:",
    ),
)

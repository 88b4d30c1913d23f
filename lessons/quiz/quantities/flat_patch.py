"""A kernel on a patch of one brightness: the sum of its weights says what comes out."""

from __future__ import annotations

from fractions import Fraction

from lessons.quiz.compare import written
from lessons.quiz.mistakes.notation import signed
from lessons.quiz.mistakes.reckoning import Reckoning, Worked, own_slip
from lessons.quiz.mistakes.slip import Slip
from lessons.quiz.pictures import Picture
from lessons.quiz.quantities.quantity import Quantity
from lessons.quiz.question import Field, Number, Question, Setup
from lessons.quiz.shapes import exact

SLIPS = (
    own_slip(
        "brightness-always-kept",
        "brightness thought to be kept",
        "A flat patch keeps its brightness only where the weights sum to 1.",
        "reading-kernels",
    ),
    own_slip(
        "weights-only-added",
        "the patch's brightness left out",
        "Each weight meets a cell: multiply the sum of the weights by the brightness.",
        "reading-kernels",
    ),
    own_slip(
        "minus-signs-dropped",
        "minus signs dropped",
        "Weights below 0 are taken away: add them with their signs.",
        "reading-kernels",
    ),
    own_slip(
        "one-for-nothing",
        "weights summing to 1 and to 0 exchanged",
        "For 0 on a flat patch the weights sum to 0; to keep its brightness they sum to 1.",
        "reading-kernels",
    ),
    own_slip(
        "ring-counted-once",
        "corners and sides counted once",
        "There are four corners and four sides: each of these weights comes four times.",
        "reading-kernels",
    ),
    own_slip(
        "dark-weights-forgotten",
        "weights beside the line left out",
        "On a flat bright patch every weight meets a bright cell: add all nine.",
        "reading-kernels",
    ),
    own_slip(
        "cells-counted",
        "bright cells counted",
        "Each bright cell counts with its weight: add up weights, not cells.",
        "reading-kernels",
    ),
    own_slip(
        "mean-of-products",
        "products averaged",
        "A convolution adds its products up and divides by nothing.",
        "reading-kernels",
    ),
)


def _weights(setup: Setup) -> list[Number]:
    return [exact(number) for number in setup.scene.weight_array().ravel()]


def _brightness(setup: Setup) -> Number:
    return exact(setup.scene.input_array()[0, 0, 0])


def _made(setup: Setup, field: Field) -> Number:
    """The number in the middle of what the kernel makes of the scene's input."""
    made = setup.scene.output()[0]
    return exact(made[made.shape[0] // 2, made.shape[1] // 2])


def _added(numbers: list[Number]) -> str:
    return " + ".join(map(signed, numbers))


def _flat_working(question: Question, field: Field, before: int | None) -> Reckoning:
    weights, bright = _weights(question.setup), _brightness(question.setup)
    large = [abs(number) for number in weights]
    wrong: dict[str, Worked] = {
        "brightness-always-kept": (bright, str(bright)),
        "weights-only-added": (sum(weights), _added(weights)),
        "mean-of-products": (
            _whole(Fraction(sum(weights) * bright, 9)),
            f"({_added(weights)}) × {bright} / 9",
        ),
    }
    if large != weights:
        wrong["minus-signs-dropped"] = (sum(large) * bright, f"({_added(large)}) × {bright}")
    return Reckoning((_made(question.setup, field), f"({_added(weights)}) × {bright}"), wrong)


def _whole(number: Fraction) -> Number:
    return int(number) if number.denominator == 1 else number


def _flat_numbers(question: Question, field: Field) -> str:
    return f"The weights are {', '.join(map(written, _weights(question.setup)))}."


def _ring(setup: Setup) -> tuple[Number, Number, Number]:
    """A weight of the corners, of the sides, and the one in the middle."""
    weights = _weights(setup)
    return weights[0], weights[1], weights[4]


def _middle_working(question: Question, field: Field, before: int | None) -> Reckoning:
    corner, side, middle = _ring(question.setup)
    total = sum(_weights(question.setup))
    around, other = f"4 × {signed(corner)} − 4 × {signed(side)}", 1 - total
    wrong: dict[str, Worked] = {
        "one-for-nothing": (middle - total + other, f"{other} − {around}"),
        "ring-counted-once": (
            total - corner - side,
            f"{total} − {signed(corner)} − {signed(side)}",
        ),
        "minus-signs-dropped": (
            total - 4 * abs(corner) - 4 * abs(side),
            f"{total} − 4 × {abs(corner)} − 4 × {abs(side)}",
        ),
    }
    return Reckoning((middle, f"{total} − {around}"), wrong)


def _line_weights(setup: Setup) -> tuple[Number, Number]:
    """A weight on the line that the kernel looks for, and one beside it."""
    weights = _weights(setup)
    return max(weights), min(weights)


def _match_working(question: Question, field: Field, before: int | None) -> Reckoning:
    on, _ = _line_weights(question.setup)
    wrong: dict[str, Worked] = {
        "cells-counted": (3, "3"),
        "mean-of-products": (_whole(Fraction(on, 3)), f"3 × {on} / 9"),
    }
    return Reckoning((3 * on, f"3 × {on}"), wrong)


def _white_working(question: Question, field: Field, before: int | None) -> Reckoning:
    on, beside = _line_weights(question.setup)
    total = 3 * on + 6 * beside
    wrong: dict[str, Worked] = {
        "dark-weights-forgotten": (3 * on, f"3 × {on}"),
        "cells-counted": (9, "9"),
        "mean-of-products": (_whole(Fraction(total, 9)), f"(3 × {on} + 6 × {beside}) / 9"),
    }
    return Reckoning((total, f"3 × {on} + 6 × {beside}"), wrong)


def _score(bright: str):
    def solve(setup: Setup, field: Field) -> Number:
        """What the kernel makes of a patch with 1 on its line, or everywhere, and 0 elsewhere."""
        weights = setup.scene.weight_array()[0, 0]
        patch = weights >= (weights.max() if bright == "line" else weights.min())
        return exact((weights * patch).sum())

    return solve


def _picture(question: Question, field: Field) -> Picture:
    return Picture(question.setup.scene)


def _row(
    name: str, solve, working, rule: str, numbers=None, slips: tuple[Slip, ...] = (), adds: str = ""
) -> Quantity:
    """adds: what a solution says after the number."""

    def in_numbers(question: Question, field: Field) -> str:
        return working(question, field, None).arithmetic()

    return Quantity(
        name,
        solve=solve,
        working=working,
        rule=lambda question, field: rule,
        numbers=numbers or in_numbers,
        worked=lambda question, field, value: (
            f"{working(question, field, None).arithmetic()} = {written(value)}{adds}"
        ),
        picture=_picture,
        slides=False,
        slips=slips,
    )


ROWS = (
    _row(
        "flat_number",
        _made,
        _flat_working,
        "All cells are the same: take the brightness out, and add up the weights.",
        _flat_numbers,
        SLIPS,
    ),
    _row(
        "middle_weight",
        lambda setup, field: _ring(setup)[2],
        _middle_working,
        "All nine weights must sum to 0, or to 1 to keep the brightness.",
    ),
    _row(
        "score_of_match",
        _score("line"),
        _match_working,
        "Multiply each cell by its weight and add up: dark cells hold 0.",
    ),
    _row(
        "score_of_white",
        _score("all"),
        _white_working,
        "Multiply each cell by its weight and add up: dark cells hold 0.",
        adds=", more than the line gives; with weights that sum to 0 it would be 0",
    ),
)

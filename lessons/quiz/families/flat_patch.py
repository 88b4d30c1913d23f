"""What a kernel makes of a patch of one brightness."""

import numpy as np

from kernels import CATALOGUE, ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Matrix, Setup
from lessons.quiz.wording import CORRELATION, NO_BIAS, scene_with

LEVELS = (
    Level("the number that comes out", ("brightness-always-kept", "minus-signs-dropped")),
    Level("the weight in the middle", ("one-for-nothing", "ring-counted-once")),
    Level("a patch that matches, and a flat one", ("dark-weights-forgotten", "cells-counted")),
)

LINES = {
    "falls to the right": ((0, 0), (1, 1), (2, 2)),
    "rises to the right": ((0, 2), (1, 1), (2, 0)),
    "stands upright in the middle": ((0, 1), (1, 1), (2, 1)),
    "lies across the middle": ((1, 0), (1, 1), (1, 2)),
}
"""Three cells of nine, by what the line does that they make."""


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 1:
        return _number(dice)
    return _middle(dice) if level == 2 else _match(dice)


def _setup(weights: Matrix, brightness: int) -> Setup:
    layer = ConvSpec(1, 1, 3, bias=False)
    flat = ((brightness,) * 5,) * 5
    return Setup((1, 5, 5), (layer,), scene_with(layer, (flat,), (weights,)))


def _number(dice: Dice) -> Draft | None:
    """A kernel of textbooks, or one of its own, with its weights as whole numbers."""
    small = [one.taps for one in CATALOGUE.values() if one.taps.shape == (3, 3)]
    taps = dice.pick(small)
    weights: Matrix = tuple(tuple(int(n) for n in row) for row in taps)
    if dice.whole(0, 1):
        weights = dice.numbers(3, 3, -2, 3)
    if min(map(min, weights)) >= 0 or (sum(map(sum, weights)) == 0 and dice.whole(0, 3)):
        return None
    brightness = dice.whole(2, 12)
    return Draft(
        (
            "The kernel slides over a large patch of an image in which every cell is "
            f"{brightness}.",
            "Which number comes out in the middle of the patch?",
        ),
        (CORRELATION, NO_BIAS, "The kernel is not divided by anything."),
        _setup(weights, brightness),
        (Field("number", "number", "number", "flat_number"),),
        ("kernel",),
    )


def _middle(dice: Dice) -> Draft | None:
    """Four corners and four sides are given."""
    corner, side = dice.whole(-4, 3), dice.whole(-6, 4)
    total = dice.pick((0, 1))
    middle = total - 4 * (corner + side)
    if not middle or not side or corner == side == 0:
        return None
    ring = (corner, side, corner)
    task = (
        "On a flat patch, whatever its brightness, 0 must come out."
        if total == 0
        else "On a flat patch its own brightness must come out, whatever that is."
    )
    words = f"{_minus(corner)} in each of its four corners and {_minus(side)} at each of its four"
    return Draft(
        (
            f"A 3 × 3 kernel has {words} sides. {task}",
            "Which weight must stand in the middle?",
        ),
        (NO_BIAS, "The kernel is not divided by anything."),
        _setup((ring, (side, middle, side), ring), 1),
        (Field("weight", "weight", "number", "middle_weight"),),
    )


def _minus(number: int) -> str:
    return str(number).replace("-", "−")


def _match(dice: Dice) -> Draft | None:
    """A kernel that looks for a line, with positive weights everywhere."""
    says, cells = dice.pick(tuple(LINES.items()))
    on, beside = dice.whole(4, 12), dice.whole(1, 5)
    if on <= beside:
        return None
    weights = np.full((3, 3), beside)
    for cell in cells:
        weights[cell] = on
    rows: Matrix = tuple(tuple(int(n) for n in row) for row in weights)
    return Draft(
        (
            f"The kernel looks for a line that {says}. One patch has 1 on just that line and 0 "
            "in its other cells; another patch is white: 1 in all nine cells.",
            "Which number does the kernel give for each of the two?",
        ),
        (NO_BIAS, "The kernel is not divided by anything."),
        _setup(rows, 1),
        (
            Field(
                "match",
                "the line",
                "number",
                "score_of_match",
                alone="Which number does the kernel give for the patch with the line?",
            ),
            Field(
                "white",
                "the white patch",
                "number",
                "score_of_white",
                alone="Which number does the kernel give for the white patch?",
            ),
        ),
        ("kernel",),
    )


FAMILY = Family("flat_patch", "A flat patch", LEVELS, (draw, draw), after=("products",))

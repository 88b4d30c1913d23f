"""All numbers of a small output."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import CORRELATION, PER_SIDE, ZEROS, scene_with, settings_words, times

_SUM = ("kernel-flipped", "matrix-product", "rows-and-columns-exchanged", "kernel-transposed")

LEVELS = (
    Level("2 × 2 kernel on 3 × 3", _SUM),
    Level("3 × 3 kernel on 4 × 4", _SUM),
    Level("with padding", ("edge-replicated", "padding-not-drawn", "kernel-flipped")),
    Level("padding and stride", ("edge-replicated", "stride-not-moved", "kernel-flipped")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    size, side = {1: (3, 2), 2: (4, 3), 3: (2, 2), 4: (4, 2)}[level]
    layer = ConvSpec(1, 1, side, 2 if level == 4 else 1, int(level >= 3), bias=False)
    x, w = dice.numbers(size, size, 0, 4), dice.numbers(side, side, -1, 2)
    scene = scene_with(layer, (x,), (w,))
    settings = settings_words(layer)
    return Draft(
        (
            f"The {times(side, side)} kernel slides over the {times(size, size)} input{settings}.",
            "Write the whole output, one row per line.",
        ),
        (CORRELATION, *((PER_SIDE, ZEROS) if level >= 3 else ())),
        Setup((1, size, size), (layer,), scene),
        (Field("output", "output", "matrix", "output"),),
        ("input", "kernel"),
    )


FAMILY = Family("whole_output", "Whole output", LEVELS, (draw, draw), after=("products",))

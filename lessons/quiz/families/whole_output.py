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
    Level("followed by ReLU", ("relu-forgotten", "relu-first", "kernel-flipped")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    size, side = {1: (3, 2), 2: (4, 3), 3: (2, 2), 4: (4, 2), 5: (3, 2)}[level]
    layer = ConvSpec(1, 1, side, 2 if level == 4 else 1, int(level in (3, 4)), bias=False)
    x = dice.numbers(size, size, 0, 4)
    w = dice.numbers(side, side, -2 if level == 5 else -1, 2)
    scene = scene_with(layer, (x,), (w,))
    settings = settings_words(layer) + (", and ReLU follows" if level == 5 else "")
    return Draft(
        (
            f"The {times(side, side)} kernel slides over the {times(size, size)} input{settings}.",
            "Write the whole output, one row per line.",
        ),
        (CORRELATION, *((PER_SIDE, ZEROS) if level in (3, 4) else ())),
        Setup((1, size, size), (layer,), scene),
        (Field("output", "output", "matrix", "relu_output" if level == 5 else "output"),),
        ("input", "kernel"),
    )


FAMILY = Family("whole_output", "Whole output", LEVELS, (draw, draw), after=("products",))

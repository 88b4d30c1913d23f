"""Which of four kernels made a result."""

import numpy as np

from kernels import ConvSpec, conv2d
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Matrix, Option, Setup
from lessons.quiz.wording import CORRELATION, scene_with, times

LEVELS = (
    Level("2 × 2 kernels", ("chose-flipped", "chose-transposed", "chose-negative")),
    Level("3 × 3 kernels", ("chose-flipped", "chose-transposed", "chose-mirrored")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    side = level + 1
    size = side + 1
    right = dice.numbers(side, side, -1, 2)
    other = (
        tuple(tuple(-n for n in row) for row in right)
        if level == 1
        else tuple(row[::-1] for row in right)
    )
    flipped = tuple(row[::-1] for row in right[::-1])
    kernels = dice.shuffled((right, flipped, tuple(zip(*right, strict=True)), other))
    x = dice.numbers(size, size, 0, 4)
    if len({_first(x, kernel) for kernel in kernels}) < 4:
        return None
    layer = ConvSpec(1, 1, side, bias=False)
    options = tuple(
        Option(letter, f"kernel {letter}", rows)
        for letter, rows in zip("ABCD", kernels, strict=True)
    )
    return Draft(
        (
            f"One of four kernels of {times(side, side)} slid over the input and made the output.",
            "Which one?",
        ),
        (CORRELATION,),
        Setup((1, size, size), (layer,), scene_with(layer, (x,), (right,)), options=options),
        (Field("kernel", "kernel", "choice", "made_by"),),
        ("input", "output"),
    )


def _first(x: Matrix, kernel: Matrix) -> float:
    """The first number that a kernel makes; it differs from kernel to kernel."""
    return conv2d(np.array(x, float)[None], np.array(kernel, float)[None, None])[0, 0, 0]


FAMILY = Family(
    "which_kernel", "Which kernel made this?", LEVELS, (draw, draw), after=("products", "flip")
)

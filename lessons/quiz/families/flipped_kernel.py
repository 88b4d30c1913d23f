"""True convolution: the kernel is turned before it is multiplied."""

from kernels import ConvSpec
from lessons.places import asked_place
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLIPPED, scene_with, times

LEVELS = (
    Level("one cell, 2 × 2 kernel", ("kernel-not-flipped", "matrix-product")),
    Level("one cell, 3 × 3 kernel", ("kernel-not-flipped", "matrix-product")),
    Level("whole output", ("kernel-not-flipped", "rows-and-columns-exchanged")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    size, side = {1: (3, 2), 2: (4, 3), 3: (3, 2)}[level]
    layer = ConvSpec(1, 1, side, bias=False)
    count = size - side
    place = (dice.whole(0, count), dice.whole(0, count)) if level < 3 else (0, 0)
    x, w = dice.numbers(size, size, 0, 5), dice.numbers(side, side, -2, 3)
    scene = scene_with(layer, (x,), (w,), place=place, flip=True)
    if level < 3:
        asks = f"Which number is at {asked_place(place, 'true convolution')}?"
        field = Field("number", "number", "number", "number")
    else:
        asks = "Write the whole output of the true convolution, one row per line."
        field = Field("output", "output", "matrix", "output")
    return Draft(
        (f"The {times(side, side)} kernel slides over the {times(size, size)} input.", asks),
        (FLIPPED,),
        Setup((1, size, size), (layer,), scene, place),
        (field,),
        ("input", "kernel", "place") if level < 3 else ("input", "kernel"),
    )


FAMILY = Family("flipped_kernel", "Flipped kernel", LEVELS, (draw, draw), after=("products",))

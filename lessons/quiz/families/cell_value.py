"""One number of a convolution's output."""

from functools import partial

from kernels import ConvSpec
from lessons.places import asked_place
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import (
    CORRELATION,
    PER_SIDE,
    ZEROS,
    counted,
    scene_with,
    settings_words,
    times,
)

_CELL = ("kernel-flipped", "matrix-product", "kernel-transposed")

LEVELS = (
    Level("2 × 2 kernel", (*_CELL, "rows-and-columns-exchanged")),
    Level("3 × 3 kernel with a stride", (*_CELL, "stride-not-moved")),
    Level("a window in the padding", ("edge-replicated", "padding-not-drawn", "kernel-flipped")),
    Level("two channels and a bias", ("channels-not-summed", "bias-not-added", "kernel-flipped")),
    Level("dilated taps", ("taps-not-spread", "kernel-flipped")),
    # Only sums below 0 tell a forgotten ReLU: were they all so, the answer would always be 0.
    Level("followed by ReLU", ("relu-first",), ("relu-forgotten",)),
)


def draw(dice: Dice, level: int, even: bool = False) -> Draft | None:
    """even: whether ReLU leaves most numbers as they are; otherwise most answers are 0."""
    side = 2 if level in (1, 4) else 3
    stride = 2 if level == 2 else 1
    padding = 1 if level == 3 else 0
    dilation = 2 if level == 5 else 1
    channels = 2 if level == 4 else 1
    size = {1: 4, 2: 5, 3: 4, 4: 3, 5: 7, 6: 4}[level]
    layer = ConvSpec(channels, 1, side, stride, padding, dilation, bias=level == 4)
    rows, columns = layer.output_size((size, size))
    place = (dice.whole(0, rows - 1), dice.whole(0, columns - 1))
    if (level == 1 and place[0] == place[1]) or (level == 2 and place == (0, 0)):
        return None
    if level == 3:
        place = dice.pick(((0, 0), (0, columns - 1), (rows - 1, 0), (0, 1), (1, 0)))
    x = tuple(dice.numbers(size, size, 0, 4) for _ in range(channels))
    # Under a ReLU as many sums below 0 as above it.
    least = {1: 0, 6: -2}.get(level, -1)
    w = tuple(dice.numbers(side, side, least, 2) for _ in range(channels))
    bias = (dice.pick((-2, -1, 1, 2, 3)),) if level == 4 else ()
    scene = scene_with(layer, x, w, bias, place)
    if even and level == 6 and (scene.output()[(0, *place)] < 0) != (dice.kept(range(4)) == 0):
        return None
    convention = [CORRELATION]
    if padding:
        convention += [PER_SIDE, ZEROS]
    settings = settings_words(layer)
    planes = f" with {counted(channels, 'channel')}; there is a bias" if channels > 1 else ""
    then = ", and ReLU follows" if level == 6 else ""
    return Draft(
        (
            f"The {times(side, side)} kernel slides over the {times(size, size)} input{planes}"
            f"{settings}{then}.",
            f"Which number is at {asked_place(place, 'output')}?",
        ),
        tuple(convention),
        Setup((channels, size, size), (layer,), scene, place),
        (Field("number", "number", "number", "relu_number" if level == 6 else "number"),),
        ("input", "kernel", *(("bias",) if level == 4 else ()), "place"),
    )


FAMILY = Family(
    "cell_value", "Value of one output cell", LEVELS, (draw, draw, partial(draw, even=True))
)

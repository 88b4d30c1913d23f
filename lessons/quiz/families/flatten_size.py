"""How many numbers a map is flattened to."""

from kernels import ConvSpec, PoolSpec
from kernels.networks.layers import Flatten
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, PER_SIDE, input_words, layer_words, times

_FLAT = ("flatten-channels-forgotten", "flatten-cells-forgotten", "flatten-added")

LEVELS = (
    Level("a map", _FLAT),
    Level("after a convolution and a pooling", _FLAT),
    Level("height and width differ", _FLAT),
    Level("the numbers of a picture", _FLAT),
)


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 4:
        return _picture(dice)
    channels, filters = dice.pick((1, 3)), dice.pick((6, 8, 10, 16, 20, 32))
    size = (dice.whole(3, 12),) * 2
    if level == 3:
        size = (dice.whole(3, 12), dice.whole(3, 12))
    if level != 2:
        shape, layers, given = (filters, *size), (Flatten(),), "is flattened"
        if level == 3 and size[0] == size[1]:
            return None
    else:
        shape = (channels, *(dice.whole(14, 40),) * 2)
        conv, pool = ConvSpec(channels, filters, dice.pick((3, 5)), padding=1), PoolSpec(2)
        layers = (conv, pool, Flatten())
        given = (
            f"goes through {layer_words(conv, channels=True)}, then {layer_words(pool)}, "
            "then it is flattened"
        )
    return Draft(
        (f"{input_words(shape).capitalize()} {given}.", "How many numbers is that?"),
        (PER_SIDE, FLOOR) if level == 2 else (),
        Setup(shape, layers),
        (Field("features", "numbers", "integer", "features", layer=len(layers) - 1),),
    )


def _picture(dice: Dice) -> Draft:
    """How many numbers a picture brings into a network."""
    kind, channels = dice.pick((("colour", 3), ("colour", 3), ("colour", 3), ("CMYK", 4)))
    size = dice.pick(PICTURES)
    inside = "red, green and blue" if channels == 3 else "four inks"
    return Draft(
        (
            f"A {kind} image of {times(*size)} pixels goes into a network; a pixel has "
            f"{channels} numbers, {inside}.",
            "How many numbers is that?",
        ),
        (),
        Setup((channels, *size), (Flatten(),)),
        (Field("features", "numbers", "integer", "features"),),
    )


PICTURES = (*((side, side) for side in (32, 64, 96, 128, 200, 224)), (240, 320), (480, 640))
"""Sizes of pictures, rows first, as data sets, cameras and textbooks have them."""

FAMILY = Family("flatten_size", "Flatten", LEVELS, (draw, draw))

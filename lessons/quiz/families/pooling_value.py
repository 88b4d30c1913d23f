"""One pooled number, or all of them."""

from functools import partial

from kernels import PoolSpec
from lessons.places import asked_place
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import PER_SIDE, TWO_DECIMALS, layer_words, scene_with, times

LEVELS = (
    Level("max pooling", ("average-for-max", "min-for-max", "pool-moved-by-one")),
    Level("average pooling", ("max-for-average", "divisor-forgotten", "pool-moved-by-one")),
    Level("max pooling in the padding", ("max-pads-with-zero", "min-for-max")),
    Level("average pooling in the padding", ("divisor-forgotten", "max-for-average")),
    Level("whole output", ("pool-rows-and-columns-exchanged", "pool-moved-by-one")),
    Level("windows that overlap, stride 1", ("pool-moved-by-window",)),
    Level("min pooling", ("max-for-min", "average-for-min", "pool-moved-by-one")),
    Level("median pooling", ("average-for-median", "median-unsorted", "pool-moved-by-one")),
    Level("global pooling", ("divisor-forgotten", "max-for-average")),
)

_LATER = {6: ("max", 2, 1, 4), 7: ("min", 2, 2, 4), 8: ("median", 3, 2, 5), 9: ("avg", 4, 4, 4)}
"""Kind, window, stride and input of the levels from 6 on."""


def draw(dice: Dice, level: int, wide: bool = False) -> Draft | None:
    """wide: whether the largest number below 0 is not nearly always -1."""
    if level in _LATER:
        return _later(dice, *_LATER[level])
    kind = {1: "max", 2: "avg", 3: "max", 4: "avg", 5: dice.pick(("max", "avg"))}[level]
    padded = level in (3, 4)
    window, stride = (3, 2) if padded else (2, 2)
    counts = dice.whole(0, 1) == 1
    layer = PoolSpec(window, stride, int(padded), count_include_pad=counts, kind=kind)
    size = 5 if padded else 4
    rows, columns = layer.output_size((size, size))
    place = (dice.whole(0, rows - 1), dice.whole(0, columns - 1)) if level < 5 else (0, 0)
    if (level in (1, 2) and place == (0, 0)) or (padded and place == (1, 1)):
        return None
    low, high = (-9, -1) if level == 3 else (0, 9)
    if level == 3 and wide:
        high = dice.whole(-9, -1)
        low = high - 8
    scene = scene_with(layer, (dice.numbers(size, size, low, high),), place=place)
    convention = [PER_SIDE] if padded else []
    if level == 4:
        convention.append(
            "Padding cells hold 0 and count in the average (count_include_pad)."
            if counts
            else "Padding cells are left out of the average (count_include_pad=False)."
        )
    if level == 3:
        convention.append("Max pooling treats its padding as PyTorch does.")
    if kind == "avg":
        convention.append(TWO_DECIMALS)
    given = f"{layer_words(layer).capitalize()}, slides over the {times(size, size)} input."
    if level == 5:
        asks = "Write the whole output, one row per line."
        field = Field("output", "output", "matrix", "output")
    else:
        asks = f"Which number is at {asked_place(place, 'output')}?"
        field = Field("number", "number", "number", "number")
    return Draft(
        (given, asks),
        tuple(convention),
        Setup((1, size, size), (layer,), scene, place),
        (field,),
        ("input",) if level == 5 else ("input", "place"),
    )


def _later(dice: Dice, kind: str, window: int, stride: int, size: int) -> Draft | None:
    """One number of a pooling without padding."""
    layer = PoolSpec(window, stride, kind=kind)
    rows, columns = layer.output_size((size, size))
    place = (dice.whole(0, rows - 1), dice.whole(0, columns - 1))
    if rows > 1 and place == (0, 0):
        return None
    scene = scene_with(layer, (dice.numbers(size, size, 0, 9),), place=place)
    given = f"{layer_words(layer).capitalize()}, slides over the {times(size, size)} input."
    asks = f"Which number is at {asked_place(place, 'output')}?"
    if rows == 1:
        given = f"Global average pooling takes the whole {times(size, size)} input as one window."
        asks = "Which number comes out?"
    return Draft(
        (given, asks),
        () if rows > 1 else (TWO_DECIMALS,),
        Setup((1, size, size), (layer,), scene, place),
        (Field("number", "number", "number", "number"),),
        ("input", "place") if rows > 1 else ("input",),
    )


FAMILY = Family(
    "pooling_value", "Value after pooling", LEVELS, (draw, draw, partial(draw, wide=True))
)

"""Where on the input the window of an output number starts."""

from kernels import ConvSpec
from lessons.places import place_words
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FROM_ZERO, PER_SIDE, layer_words, times

_STEP = ("origin-stride-ignored", "origin-by-window", "origin-counted-from-one")

LEVELS = (
    Level("with a stride", (*_STEP, "origin-axes-exchanged")),
    Level("with padding", (*_STEP, "origin-without-padding", "origin-padding-added")),
    Level("rows and columns differ", ("origin-axes-exchanged", "origin-without-padding")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kernel, stride = dice.whole(3, 5), dice.whole(2, 4)
    padding = dice.whole(1, 2) if level >= 2 else 0
    size = (dice.whole(14, 32),) * 2
    if level == 3:
        size = (dice.whole(14, 24), dice.whole(25, 40))
        stride, padding = (stride, dice.whole(1, 4)), (padding, dice.whole(0, 2))
    layer = ConvSpec(1, 1, kernel, stride, padding)
    rows, columns = layer.output_size(size)
    place = (dice.whole(1, rows - 1), dice.whole(1, columns - 1))
    if place[0] == place[1]:
        return None
    window = f"does the window of the output number at {place_words(place)} start?"
    return Draft(
        (
            f"{layer_words(layer).capitalize()}, slides over an input of {times(*size)}.",
            f"At which row and column of the input {window}",
        ),
        (
            FROM_ZERO,
            *(
                (PER_SIDE, "A cell in the padding before the input has a negative number.")
                if level > 1
                else ()
            ),
        ),
        Setup((1, *size), (layer,), place=place),
        (
            Field("row", "row", "axis", "origin_row", alone=f"At which row of the input {window}"),
            Field(
                "column",
                "column",
                "axis",
                "origin_column",
                alone=f"At which column of the input {window}",
            ),
        ),
    )


FAMILY = Family("window_origin", "Where a window starts", LEVELS, (draw, draw))

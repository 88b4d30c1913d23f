"""Lines and products of a fully connected layer and of a convolution between the same numbers."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import NO_BIAS, article, counted, times

LEVELS = (
    Level("lines of a signal", ("padding-joined", "weights-for-lines", "lines-added")),
    Level("products of a small image", ("weights-for-lines", "input-area", "lines-added")),
    Level("products of a picture", ("weights-for-lines", "input-area", "lines-added")),
)

PICTURES = (
    *((side, side) for side in (28, 32, 64, 96, 128)),
    *((48, 64), (100, 120), (120, 160), (240, 320), (280, 320)),
)
"""Sizes of grey pictures, rows first."""


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 1:
        return _signal(dice)
    size = (dice.whole(3, 9), dice.whole(3, 9)) if level == 2 else dice.pick(PICTURES)
    kernel = (dice.whole(1, 3), dice.whole(2, 3))
    if level == 3:
        kernel = dice.pick(((1, 2), (2, 1), (2, 2), (3, 3), (5, 5)))
    if kernel[0] >= size[0] or kernel[1] >= size[1]:
        return None
    layer = ConvSpec(1, 1, kernel, bias=False)
    output = times(*layer.output_size(size))
    window = f"{article(times(*kernel))} {times(*kernel)} kernel"
    return _draft(
        f"A grey image of {times(*size)} goes through a convolution with {window} and comes out "
        f"as {output}. A fully connected layer could compute as many numbers from it.",
        "products",
        (NO_BIAS,),
        Setup((1, *size), (layer,)),
    )


def _signal(dice: Dice) -> Draft | None:
    """As many outputs as inputs, and windows that hang over both ends."""
    length, padding = dice.whole(4, 16), dice.whole(1, 3)
    kernel = 2 * padding + 1
    if kernel > length:
        return None
    layer = ConvSpec(1, 1, (kernel,), padding=padding, bias=False)
    return _draft(
        f"{length} input numbers in a row are joined by lines to {length} output numbers: by a "
        f"fully connected layer, or by a convolution whose kernel has length {kernel}, with "
        f"{counted(padding, 'cell')} of padding at each end.",
        "lines",
        ("A line joins an output to an input that it is computed from; padding is not an input.",),
        Setup((1, length), (layer,)),
    )


LAYERS = {"dense": "fully connected layer", "conv": "convolution"}


def _draft(given: str, noun: str, agreed: tuple[str, ...], setup: Setup) -> Draft:
    does = "have" if noun == "lines" else "compute"
    fields = tuple(
        Field(
            id,
            name.removesuffix(" layer"),
            "integer",
            f"{id}_lines",
            alone=f"How many {noun} does the {name} {does}?",
        )
        for id, name in LAYERS.items()
    )
    asks = f"How many {noun} does each of the two layers {does}?"
    return Draft((given, asks), agreed, setup, fields)


FAMILY = Family(
    "connections", "Lines and products", LEVELS, (draw, draw), after=("weights", "kernel-reach")
)

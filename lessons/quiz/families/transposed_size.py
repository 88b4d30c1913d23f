"""The output size of a transposed convolution."""

from kernels import ConvTransposeSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Level, Setup
from lessons.quiz.wording import PER_SIDE, ROWS_FIRST, SHAPE, layer_words, times

_BASE = ("forward-formula", "copies-not-steps")
_CROP = ("transposed-padding-added", "transposed-padding-once", "transposed-padding-ignored")

LEVELS = (
    Level("with a stride", (*_BASE, "times-stride")),
    Level("with padding", (*_BASE, *_CROP)),
    Level("with output_padding", (*_BASE, "output-padding-forgotten", "output-padding-twice")),
    Level("with dilation", (*_BASE, "transposed-dilation-ignored")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kernel, stride = dice.whole(2, 5), dice.whole(2, 4) if level < 4 else dice.whole(1, 3)
    padding = dice.whole(1, 2) if level in (2, 3) else 0
    extra = dice.whole(1, stride - 1) if level == 3 else 0
    dilation = dice.whole(2, 3) if level == 4 else 1
    size = (dice.whole(3, 20), dice.whole(3, 20))
    if padding >= kernel or size[0] == size[1]:
        return None
    layer = ConvTransposeSpec(
        1, 1, kernel, stride, padding, output_padding=extra, dilation=dilation
    )
    convention = [ROWS_FIRST]
    if padding:
        convention.append(PER_SIDE)
    if extra:
        convention.append("output_padding is that of torch.nn.ConvTranspose2d.")
    return Draft(
        (
            f"An input of {times(*size)} goes through {layer_words(layer)}.",
            "How large is the output?",
        ),
        tuple(convention),
        Setup((1, *size), (layer,)),
        SHAPE,
    )


FAMILY = Family(
    "transposed_size",
    "Size of a transposed convolution",
    LEVELS,
    (draw, draw),
    after=("stride", "padding"),
)

"""The weights of a convolution layer, without biases."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import WEIGHTS_ONLY, input_words, layer_words, per_side

_COUNT = ("bias-added", "filters-forgotten", "kernel-one-side")

LEVELS = (
    Level("one input channel", _COUNT),
    Level("several input channels", (*_COUNT, "input-channels-forgotten", "sharing-forgotten")),
    Level("a rectangular kernel", (*_COUNT, "input-channels-forgotten", "sharing-forgotten")),
    Level("with dilation", (*_COUNT, "input-channels-forgotten", "dilation-adds-weights")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kernel = (dice.pick((3, 5, 7)),) * 2
    if level == 3:
        kernel = (dice.whole(1, 5), dice.whole(2, 7))
    if level == 4:
        kernel = (3, 3)
    in_channels = 1 if level == 1 else dice.pick((2, 3, 3, 6, 8, 16))
    out_channels = dice.pick((4, 5, 6, 10, 12, 20, 32))
    dilation = dice.whole(2, 3) if level == 4 else 1
    if in_channels == out_channels or (level == 3 and kernel[0] == kernel[1]):
        return None
    layer = ConvSpec(in_channels, out_channels, kernel, dilation=dilation)
    shape = (in_channels, dice.whole(12, 32), dice.whole(12, 32))
    return Draft(
        (
            f"{input_words(shape).capitalize()} goes through {layer_words(layer, channels=True)}.",
            "How many weights does the layer learn?",
        ),
        (WEIGHTS_ONLY, *per_side(layer)),
        Setup(shape, (layer,)),
        (Field("weights", "weights", "integer", "weights"),),
    )


FAMILY = Family("layer_weights", "Weights of a layer", LEVELS, (draw, draw))

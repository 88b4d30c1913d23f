"""The parameters of a convolution layer, biases counted."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import WITH_BIAS, input_words, layer_words, per_side

_BIAS = ("bias-forgotten", "bias-single")
_COUNT = ("input-channels-forgotten", "filters-forgotten", "kernel-one-side")

LEVELS = (
    Level("one input channel", ("bias-forgotten", "bias-single", "filters-forgotten")),
    Level("several input channels", (*_BIAS, *_COUNT, "bias-per-slice")),
    Level("with more settings", (*_BIAS, *_COUNT, "sharing-forgotten")),
    Level("with dilation", (*_BIAS, "dilation-adds-weights", *_COUNT)),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kernel = dice.pick((3, 3, 5, 5, 7)) if level < 4 else 3
    in_channels = 1 if level == 1 else dice.pick((2, 3, 3, 4, 6, 8, 16, 32))
    out_channels = dice.pick((4, 6, 8, 10, 12, 16, 20, 32, 64))
    size = dice.whole(12, 40)
    stride = dice.whole(1, 2) if level >= 3 else 1
    padding = dice.whole(0, kernel // 2) if level >= 3 else 0
    dilation = dice.whole(2, 3) if level == 4 else 1
    if in_channels == out_channels:
        return None
    layer = ConvSpec(in_channels, out_channels, kernel, stride, padding, dilation)
    shape = (in_channels, size, size)
    return Draft(
        (
            f"{input_words(shape).capitalize()} goes through {layer_words(layer, channels=True)}.",
            "How many parameters does the layer learn?",
        ),
        (WITH_BIAS, *per_side(layer)),
        Setup(shape, (layer,)),
        (Field("parameters", "parameters", "integer", "parameters"),),
    )


FAMILY = Family("layer_parameters", "Parameters of a layer", LEVELS, (draw, draw))

"""Parameters with groups: grouped, depthwise, and depthwise with pointwise."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import WITH_BIAS, input_words, layer_words, per_side

_GROUPS = ("groups-ignored", "groups-divide-both", "bias-forgotten", "bias-single")

LEVELS = (
    Level("two or four groups", (*_GROUPS, "input-channels-forgotten")),
    Level("depthwise: one group per channel", _GROUPS),
    Level("depthwise, then pointwise", (*_GROUPS, "input-channels-forgotten")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kernel, size = dice.pick((3, 3, 5)), dice.whole(10, 32)
    if level == 1:
        groups = dice.pick((2, 2, 4))
        channels, filters = groups * dice.whole(2, 8), groups * dice.whole(2, 12)
    else:
        channels = groups = dice.pick((6, 8, 12, 16, 24, 32))
        filters = channels
    layers = [ConvSpec(channels, filters, kernel, padding=kernel // 2, groups=groups)]
    fields = [Field("parameters", "parameters", "integer", "parameters")]
    shape = (channels, size, size)
    given = (
        f"{input_words(shape).capitalize()} goes through {layer_words(layers[0], channels=True)}"
    )
    if level == 3:
        layers.append(ConvSpec(channels, dice.pick((10, 20, 40, 64)), 1))
        fields = [
            Field(
                "depthwise",
                "parameters of the first",
                "integer",
                "parameters",
                alone="How many parameters does the first layer learn?",
            ),
            Field(
                "pointwise",
                "parameters of the second",
                "integer",
                "parameters",
                layer=1,
                alone="How many parameters does the second layer learn?",
            ),
        ]
        given += f", then through {layer_words(layers[1], channels=True)}"
    asks = "does each layer" if level == 3 else "does the layer"
    return Draft(
        (f"{given}.", f"How many parameters {asks} learn?"),
        (WITH_BIAS, *per_side(*layers)),
        Setup(shape, tuple(layers)),
        tuple(fields),
    )


FAMILY = Family(
    "grouped_parameters",
    "Parameters with groups",
    LEVELS,
    (draw, draw),
    after=("weights", "channels"),
)

"""The receptive field of a stack of layers."""

from kernels import ConvSpec, PoolSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import layer_words

_WAY = ("fields-added", "fields-multiplied", "last-kernel-only")
_STRIDE = ("field-strides-ignored", "own-stride-counted", "strided-layers-left-out")

FIRST_TO_LAST = "The receptive field is counted along one axis, from its first cell to its last."
PADDED = "Cells of it that lie in the padding count too."

LEVELS = (
    Level("two or three layers", _WAY),
    Level("with a pooling between", (*_WAY, *_STRIDE)),
    Level("with padding", (*_WAY, "padding-enlarges-field")),
    Level("with dilation", ("field-dilation-ignored", "field-dilation-times-kernel", *_WAY)),
    Level("strides and poolings", (*_WAY, *_STRIDE)),
)


def draw(dice: Dice, level: int) -> Draft | None:
    def conv(stride: int = 1, padding: int = 0, dilation: int = 1) -> ConvSpec:
        return ConvSpec(1, 1, dice.pick((2, 3, 3, 5, 7)), stride, padding, dilation)

    layers: list[ConvSpec | PoolSpec]
    if level == 2:
        layers = [conv(), PoolSpec(dice.whole(2, 3), 2), conv()]
    elif level == 3:
        layers = [conv(padding=dice.whole(1, 2)) for _ in range(dice.whole(2, 3))]
    elif level == 4:
        layers = [
            conv(),
            ConvSpec(1, 1, 3, dilation=dice.whole(2, 4)),
            *([conv()] * dice.whole(0, 1)),
        ]
    elif level == 5:
        layers = [conv(2), PoolSpec(dice.whole(2, 3), 2), conv(dice.whole(1, 2)), PoolSpec(2)]
    else:
        layers = [conv() for _ in range(dice.whole(2, 3))]
    given = "; then ".join(layer_words(layer) for layer in layers)
    return Draft(
        (
            f"A stack of layers: {given}.",
            "How many input cells wide is the receptive field of one output number?",
        ),
        # Only where there is padding can the field reach into it.
        (FIRST_TO_LAST, PADDED)
        if any(layer.padding != ((0, 0), (0, 0)) for layer in layers)
        else (FIRST_TO_LAST,),
        Setup((1, 128, 128), tuple(layers)),
        (Field("field", "cells along one axis", "integer", "field"),),
    )


FAMILY = Family("receptive_field", "Receptive field", LEVELS, (draw, draw), after=("stride",))

"""The size of one layer's output."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Level, Setup
from lessons.quiz.wording import FLOOR, ROWS_FIRST, SHAPE, layer_words, per_side, times

_SIZE = ("one-forgotten", "kernel-ignored")
_PAD = ("padding-once", "padding-ignored")

LEVELS = (
    Level("a kernel only", _SIZE),
    Level("with padding", (*_PAD, *_SIZE)),
    Level("with a stride", ("stride-ignored", "one-forgotten", "one-before-division")),
    Level(
        "with stride and padding",
        ("rounded-up", "fraction-kept", "one-forgotten", "padding-ignored"),
        # The first is right wherever the rest is s − 1, the second with the usual padding of 1;
        # the third has to be right at times, or nothing would tell it from rounding up.
        ("one-before-division", "padding-once", "rounded-nearest"),
    ),
    Level("with dilation", ("dilation-ignored", "dilation-times-kernel", "dilation-one-gap")),
    Level("height and width differ", ("axes-exchanged", "padding-once", "one-forgotten")),
    Level("each end has its own padding", ("padding-once", "padding-doubled", "padding-ignored")),
    Level("'same' padding with a stride", ("same-keeps-size", "padding-ignored")),
    Level("'same' padding with an even kernel", ("same-half-kernel", "padding-ignored")),
    Level("strides differ", ("strides-exchanged", "stride-ignored", "one-forgotten")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kernel = (dice.pick((2, 3, 3, 4, 5, 5, 7)),) * 2
    size = (dice.whole(12, 64),) * 2
    stride, padding, dilation = 1, 0, 1
    if level >= 2:
        padding = dice.whole(1, 3)
    if level in (3, 4):
        stride = dice.pick((2, 2, 3, 4))
    if level == 5:
        dilation, kernel = dice.pick((2, 2, 3, 4)), (dice.pick((3, 3, 5)),) * 2
        padding = dice.whole(0, 2)
    if level == 6:
        kernel = (dice.whole(1, 5), dice.pick((3, 5, 7)))
        size = (dice.whole(16, 48), dice.whole(16, 64))
        padding, stride = (dice.whole(1, 3), dice.whole(1, 3)), dice.whole(1, 2)
    if level == 7:
        ends = (
            (dice.whole(0, 3), dice.whole(0, 3)),
            (dice.whole(0, 3), dice.whole(0, 3)),
        )
        if any(before == after for before, after in ends):
            return None
        padding = ends
    if level == 8:
        padding, stride = "same_upper", dice.pick((2, 2, 3))
    if level == 9:
        padding, kernel = "same", (dice.pick((2, 4, 6)),) * 2
    if level == 10:
        stride, padding = dice.pick(((1, 2), (2, 1), (3, 2), (2, 3), (1, 3))), dice.whole(0, 1)
    layer = ConvSpec(1, 1, kernel, stride, padding, dilation)
    axes = layer.axes(size)
    floored = any(axis.room % axis.stride for axis in axes)
    if (level == 3 and floored) or (level == 4 and not floored):
        return None
    if level in (2, 6) and any(axis.before >= axis.kernel for axis in axes):
        return None
    convention = [ROWS_FIRST]
    if level <= 6 or level == 10:
        convention += per_side(layer)
    if level == 8:
        convention.append("'Same' padding as in TensorFlow.")
    elif level == 9:
        convention.append("'Same' padding as in PyTorch; the stride is 1.")
    elif any(axis.stride > 1 for axis in axes):
        convention.append(FLOOR)
    return Draft(
        (
            f"An input of {times(*size)} goes through {layer_words(layer)}.",
            "How large is the output?",
        ),
        tuple(convention),
        Setup((1, *size), (layer,)),
        SHAPE,
    )


FAMILY = Family("output_size", "Output size", LEVELS, (draw, draw))

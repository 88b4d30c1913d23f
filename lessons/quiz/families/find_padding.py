"""The padding that gives a known output size."""

from functools import partial

from kernels import ConvSpec
from kernels.layers.geometry import kernel_reach
from lessons.quiz.dice import Dice
from lessons.quiz.mistakes.size_workings import with_setting
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, PER_SIDE, layer_words, times

LEVELS = (
    Level("the output keeps the input's size", ("padding-once", "kernel-ignored")),
    Level("any padding, stride 1", ("padding-once",)),
    Level("with a stride", ("padding-once",)),
    Level("with dilation", ("padding-once", "dilation-ignored")),
)


def draw(dice: Dice, level: int, even: bool = False) -> Draft | None:
    """even: whether each padding comes as often; otherwise 1 and 2 come most."""
    kernel = dice.pick((3, 5, 7)) if level in (1, 4) else dice.pick((2, 3, 4, 5, 6, 7))
    dilation = dice.whole(2, 3) if level == 4 else 1
    reach = kernel_reach(kernel, dilation)
    padding = (reach - 1) // 2 if level == 1 else dice.whole(1, max(reach // 2, 2))
    if even and level < 4:
        padding = dice.kept(range(1, 6))
        kernel = 2 * padding + 1 if level == 1 else dice.whole(padding + 1, padding + 4)
    stride = dice.pick((2, 2, 3)) if level == 3 else 1
    size = dice.whole(14, 64)
    layer = ConvSpec(1, 1, kernel, stride, padding, dilation)
    axis = layer.axes((size, size))[0]
    # Only a neighbouring padding can give the same size.
    near = (padding - 1, padding + 1)
    if axis.output in [with_setting(axis, "padding", p).output for p in near if p >= 0]:
        return None
    convention = [PER_SIDE] + ([FLOOR] if axis.room % stride else [])
    words = layer_words(layer, hidden=["padding"])
    return Draft(
        (
            f"An input of {times(size, size)} goes through {words}, padded equally on all sides.",
            f"The output is {times(axis.output, axis.output)}. How large is the padding?",
        ),
        tuple(convention),
        Setup((1, size, size), (layer,), hidden=("padding",)),
        (Field("padding", "padding per side", "axis", "padding"),),
    )


FAMILY = Family(
    "find_padding",
    "Find the padding",
    LEVELS,
    (draw, draw, partial(draw, even=True)),
    after=("padding",),
)

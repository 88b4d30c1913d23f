"""The stride that gives a known output size."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.mistakes.size_workings import with_setting
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, PER_SIDE, layer_words, times

LEVELS = (
    Level("without padding", ("one-forgotten",)),
    Level("with padding", ("one-forgotten", "padding-ignored")),
    Level("any size", ("one-forgotten", "kernel-ignored")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kernel, stride = dice.whole(2, 7), dice.whole(2, 6)
    padding = dice.whole(1, 3) if level == 2 else dice.whole(0, 1) if level == 3 else 0
    size = dice.whole(8, 32)
    if padding >= kernel or size < kernel + 2 * stride:
        return None
    layer = ConvSpec(1, 1, kernel, stride, padding)
    axis = layer.axes((size, size))[0]
    if bool(axis.room % stride) != (level == 3):
        return None
    # Only a neighbouring stride can give the same size.
    near = (stride - 1, stride + 1)
    if axis.output in [with_setting(axis, "stride", s).output for s in near]:
        return None
    words = layer_words(layer, hidden=["stride"])
    also = ", and" if padding else " and"
    return Draft(
        (
            f"An input of {times(size, size)} goes through {words}{also} an unknown stride.",
            f"The output is {times(axis.output, axis.output)}. How large is the stride?",
        ),
        ((PER_SIDE,) if padding else ()) + (FLOOR,),
        Setup((1, size, size), (layer,), hidden=("stride",)),
        (Field("stride", "stride", "axis", "stride"),),
    )


FAMILY = Family("find_stride", "Find the stride", LEVELS, (draw, draw), after=("stride",))

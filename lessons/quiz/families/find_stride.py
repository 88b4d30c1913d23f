"""The stride that gives a known output size."""

from functools import partial

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


def draw(dice: Dice, level: int, even: bool = False) -> Draft | None:
    """even: whether each stride comes as often; otherwise long ones come most."""
    kernel, stride = dice.whole(2, 7), dice.whole(2, 6)
    padding = dice.whole(1, 3) if level == 2 else dice.whole(0, 1) if level == 3 else 0
    size = dice.whole(8, 32)
    if even:
        stride = dice.kept(range(3, 8))
        over = dice.whole(1, stride - 1) if level == 3 else 0
        # In so many steps whoever forgets the + 1 finds another stride that fits.
        fewest = max(stride - 1 - over, 1)
        kernel, steps = dice.whole(2, 11), dice.whole(fewest, max(2 * stride - 3 - over, fewest))
        size = kernel + steps * stride + over - 2 * padding
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


FAMILY = Family(
    "find_stride",
    "Find the stride",
    LEVELS,
    (draw, draw, partial(draw, even=True)),
    after=("stride",),
)

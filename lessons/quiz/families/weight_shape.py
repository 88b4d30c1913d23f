"""The shape of a convolution's weights, as PyTorch stores them."""

from functools import partial

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import input_words, layer_words

LEVELS = (
    Level("a square kernel", ("tensor-ends-exchanged", "tensor-slices-forgotten")),
    Level("a rectangular kernel", ("tensor-ends-exchanged", "tensor-sides-exchanged")),
    Level("with groups", ("tensor-groups-ignored", "tensor-ends-exchanged")),
)

FIELDS = tuple(
    Field(id, label, "integer", id, alone=f"Which is the {place} number of the shape, {label}?")
    for id, label, place in (
        ("tensor_out", "output channels", "first"),
        ("tensor_in", "input channels in a kernel", "second"),
        ("tensor_rows", "kernel rows", "third"),
        ("tensor_columns", "kernel columns", "fourth"),
    )
)


def draw(dice: Dice, level: int, wide: bool = False) -> Draft | None:
    """wide: whether the kernels have more sizes than 3, 5 and 7."""
    groups = dice.pick((2, 4)) if level == 3 else 1
    before, after = groups * dice.whole(2, 8), groups * dice.whole(2, 16)
    kernel = (dice.pick((1, 2, 3, 3, 4, 5, 7) if wide else (3, 5, 7)),) * 2
    if level == 2:
        kernel = (dice.whole(1, 5), dice.whole(2, 7))
    if before == after or (level == 2 and kernel[0] == kernel[1]):
        return None
    layer = ConvSpec(before, after, kernel, groups=groups)
    shape = (before, dice.whole(12, 40), dice.whole(12, 40))
    return Draft(
        (
            f"{input_words(shape).capitalize()} goes through {layer_words(layer, channels=True)}.",
            "What is the shape of its weight tensor?",
        ),
        ("The order is PyTorch's: output channels, input channels, rows, columns.",),
        Setup(shape, (layer,)),
        FIELDS,
    )


FAMILY = Family(
    "weight_shape",
    "Shape of the weights",
    LEVELS,
    (draw, draw, partial(draw, wide=True)),
    after=("weights",),
)

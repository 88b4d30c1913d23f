"""A convolution and a fully connected layer with the same input and output."""

from functools import partial

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import counted, layer_words, times

_BIAS = ("bias-forgotten", "bias-single")

LEVELS = (
    Level("one channel, one kernel", ("bias-forgotten", "filters-forgotten")),
    Level("several kernels", (*_BIAS, "filters-forgotten")),
    Level("colour and several kernels", (*_BIAS, "input-channels-forgotten", "filters-forgotten")),
)


def draw(dice: Dice, level: int, even: bool = False) -> Draft | None:
    """even: whether each kernel comes as often; otherwise small ones come most."""
    channels, filters = 3 if level == 3 else 1, 1 if level == 1 else dice.whole(2, 6)
    size, kernel = dice.whole(3, 8 if level == 1 else 12), dice.whole(2, 5)
    if even and level == 1:
        kernel, size = dice.kept(range(2, 8)), dice.whole(4, 16)
    if kernel >= size or (channels == filters and level == 3):
        return None
    layer = ConvSpec(channels, filters, kernel)
    output = layer.output_size((size, size))
    shape = times(*output)
    return Draft(
        (
            f"An input of {times(size, size)} with {counted(channels, 'channel')} goes through "
            f"{layer_words(layer, channels=True)} and comes out as {shape} with "
            f"{counted(filters, 'channel')}.",
            "How many parameters does the convolution learn, and how many would a fully connected "
            "layer from the same input to the same output?",
        ),
        ("Biases are counted in both.",),
        Setup((channels, size, size), (layer,)),
        (
            Field(
                "conv",
                "convolution",
                "integer",
                "parameters",
                alone="How many parameters does the convolution learn?",
            ),
            Field(
                "dense",
                "fully connected",
                "integer",
                "dense_parameters",
                alone="How many parameters would a fully connected layer from the same input to "
                "the same output learn?",
            ),
        ),
    )


FAMILY = Family(
    "linear_against_conv",
    "Fully connected against convolution",
    LEVELS,
    (draw, draw, partial(draw, even=True)),
    after=("weights", "bias"),
)

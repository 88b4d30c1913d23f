"""Two maps of a network joined, as U-Net joins what it saw before to what it makes larger."""

from kernels import ConvSpec, ConvTransposeSpec
from kernels.networks.layers import Concatenate, Layer
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import counted, layer_words, times

LEVELS = (
    Level("maps of one size", ("joined-like-added", "joined-in-height")),
    Level("the crop", ("crop-of-both-sides", "crop-as-size")),
    Level("one step of a U-Net", ("crop-of-both-sides", "joined-like-added")),
)

CROP = "The crop takes as many rows at the top as at the bottom, and so for columns."


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 3:
        return _step(dice)
    size, over = dice.whole(8, 64), 2 * dice.whole(1, 20) * (level == 2)
    channels = (dice.pick((16, 32, 64, 96, 128)), dice.pick((8, 24, 32, 48, 64, 128)))
    if channels[0] == channels[1]:
        return None
    beside = (channels[1], size + over, size + over)
    setup = Setup((channels[0], size, size), (Concatenate(),), beside=beside)
    one, other = (
        f"{times(*shape[1:])} with {counted(shape[0], 'channel')}"
        for shape in (setup.input_shape, beside)
    )
    if level == 1:
        return Draft(
            (
                f"A map of {one} and a map of {other} are concatenated.",
                "How many channels does the result have, and which height?",
            ),
            ("Concatenated are the channels, as usual.",),
            setup,
            (
                Field(
                    "channels",
                    "channels",
                    "axis",
                    "joined_channels",
                    alone="How many channels does the result have?",
                ),
                Field(
                    "height",
                    "height",
                    "axis",
                    "joined_height",
                    alone="Which height does the result have?",
                ),
            ),
        )
    return Draft(
        (
            f"A map of {other} is cropped, so that it can be concatenated with one of {one}.",
            "How many rows are cut off at the top?",
        ),
        (CROP,),
        setup,
        (Field("crop", "rows at the top", "axis", "crop"),),
    )


def _step(dice: Dice) -> Draft | None:
    """Made larger, joined to a cropped map, and a convolution on both."""
    narrow, size = dice.pick((16, 32, 64, 128, 256)), dice.whole(8, 60)
    over = 2 * dice.whole(2, 40)
    up = ConvTransposeSpec(2 * narrow, narrow, 2, stride=2)
    conv = ConvSpec(2 * narrow, narrow, 3)
    layers: tuple[Layer, ...] = (up, Concatenate(), conv)
    beside = (narrow, 2 * size + over, 2 * size + over)
    asks = "Fill in the boxes in order."
    return Draft(
        (
            f"In a U-Net a map of {times(size, size)} with {2 * narrow} channels goes through "
            f"a transposed convolution with {narrow} kernels of {times(2, 2)}, stride 2; then it "
            f"is concatenated with a map of {times(*beside[1:])} with {narrow} channels, which is "
            f"cropped to its size; then it goes through {layer_words(conv, channels=True)}.",
            asks,
        ),
        (CROP,),
        Setup((2 * narrow, size, size), layers, beside=beside),
        (
            Field(
                "up",
                "height after the transposed convolution",
                "axis",
                "height",
                alone="Which height comes out of the transposed convolution?",
            ),
            Field(
                "crop",
                "rows cut off at the top",
                "axis",
                "crop",
                1,
                alone="How many rows does the crop cut off at the top?",
            ),
            Field(
                "channels",
                "channels after joining",
                "axis",
                "joined_channels",
                1,
                alone="How many channels are there after joining?",
            ),
            Field(
                "height",
                "height at the end",
                "axis",
                "height",
                2,
                alone="Which height comes out of the last convolution?",
            ),
        ),
    )


FAMILY = Family(
    "crop_and_join", "Crop and join", LEVELS, (draw, draw), after=("channels", "transposed")
)

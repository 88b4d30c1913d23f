"""How many channels come out."""

from kernels import ConvSpec, PoolSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import PER_SIDE, ROWS_FIRST, SHAPE, input_words, layer_words

CHANNELS = Field("channels", "channels", "integer", "channels", alone="How many channels come out?")

LEVELS = (
    Level("the channels of a convolution", ("depth-kept", "depth-multiplied", "depth-one")),
    Level("the whole shape", ("depth-kept", "depth-multiplied", "depth-padded", "padding-once")),
    Level("the shape after pooling", ("pool-divides-channels", "pool-one-channel")),
    Level("with groups", ("depth-kept", "depth-divided-by-groups", "depth-times-groups")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    size = dice.whole(7, 32) * 2
    if level == 3:
        channels, window = dice.pick((6, 8, 10, 16, 20, 32)), dice.pick((2, 2, 3))
        layer: ConvSpec | PoolSpec = PoolSpec(window)
        size = window * dice.whole(5, 20)
    elif level == 4:
        groups = dice.pick((2, 4, 8))
        channels, filters = groups * dice.whole(2, 8), groups * dice.whole(2, 8)
        layer = ConvSpec(channels, filters, 3, padding=1, groups=groups)
    else:
        channels, filters = dice.pick((3, 3, 6, 8, 10, 16)), dice.pick((4, 6, 10, 12, 20, 32))
        layer = ConvSpec(channels, filters, dice.pick((3, 5)), padding=level - 1)
    return Draft(
        (
            f"{input_words((channels, size, size)).capitalize()} goes through "
            f"{layer_words(layer, channels=True)}.",
            "How many channels come out?" if level in (1, 4) else "Which shape comes out?",
        ),
        ((ROWS_FIRST,) if level in (2, 3) else ()) + ((PER_SIDE,) if level in (2, 4) else ()),
        Setup((channels, size, size), (layer,)),
        (CHANNELS,) if level in (1, 4) else (*SHAPE, CHANNELS),
    )


FAMILY = Family("channels_out", "Channels out", LEVELS, (draw, draw))

"""What pooling learns: nothing; alone, after a convolution, after batch normalisation."""

from functools import partial

from kernels import ConvSpec, PoolSpec
from kernels.networks.layers import BatchNorm
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import NO_BIAS, WITH_BIAS, input_words, layer_words, per_side

_POOL = ("pool-has-weights", "pool-has-weights-per-channel", "pool-one-per-channel")

LEVELS = (
    Level("one map, then pooling", (*_POOL, "pool-two-per-channel")),
    Level("a convolution, then pooling", (*_POOL, "bias-forgotten", "input-channels-forgotten")),
    Level("with batch normalisation", ("norm-statistics-counted", "norm-forgotten", *_POOL)),
)


def draw(dice: Dice, level: int, beside: bool = False) -> Draft | None:
    """beside: whether level 1 has a convolution too; of pooling alone the answer is always 0."""
    channels, size = dice.pick((3, 3, 6, 8, 16)), dice.whole(6, 16) * 6
    pool = PoolSpec(dice.pick((2, 3)), kind=dice.pick(("max", "avg")))
    filters = dice.pick((6, 8, 10, 12, 16, 32))
    shape = (channels, size, size)
    conv = ConvSpec(channels, filters, dice.pick((3, 5)), padding=1, bias=level == 2)
    if beside and level == 1:
        channels = 1
        shape, conv = (1, size, size), ConvSpec(1, filters, conv.kernel_size, padding=1, bias=False)
    layers = {
        1: (conv, pool) if beside else (pool,),
        2: (conv, pool),
        3: (conv, BatchNorm(filters), pool),
    }[level]
    through = {
        1: f"{layer_words(conv, channels=True)}, then {layer_words(pool)}"
        if beside
        else layer_words(pool),
        2: f"{layer_words(conv, channels=True)}, then {layer_words(pool)}",
        3: f"{layer_words(conv, channels=True)} and no bias, then batch normalisation, "
        f"then {layer_words(pool)}",
    }[level]
    convention = {
        1: (NO_BIAS,) if beside else (),
        2: (WITH_BIAS,),
        3: ("Batch normalisation is PyTorch's, with its defaults.",),
    }[level]
    return Draft(
        (
            f"{input_words(shape).capitalize()} goes through {through}.",
            "How many parameters are learned in total?"
            if level > 1 or beside
            else "How many parameters does the pooling layer learn?",
        ),
        (*convention, *per_side(*layers)),
        Setup(shape, layers),
        (Field("parameters", "parameters", "integer", "all_parameters"),),
    )


FAMILY = Family(
    "pooling_parameters",
    "Parameters of pooling",
    LEVELS,
    (draw, draw, partial(draw, beside=True)),
    after=("weights", "pooling"),
)

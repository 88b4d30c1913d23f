"""The size after several layers: the same one again and again, or written from the last back."""

from kernels import ConvSpec, PoolSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, layer_words, per_side, times

_SIZE = ("one-forgotten", "kernel-ignored")

LEVELS = (
    Level("the same convolution several times", (*_SIZE, "one-layer-less", "one-layer-only")),
    Level(
        "written from the last layer back",
        ("layers-turned-round", *_SIZE),
    ),
    Level("three layers, written from the last back", ("layers-turned-round", *_SIZE)),
)


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 1:
        return _again(dice)
    conv = ConvSpec(1, 1, dice.pick((3, 3, 5, 7)), dice.pick((2, 2, 3)), dice.whole(1, 2))
    pool = PoolSpec(dice.pick((2, 3, 4)), dice.whole(1, 2))
    size = dice.pick((64, 96, 112, 128, 224, 256)) if level == 2 else dice.whole(40, 120)
    layers: list[tuple[str, ConvSpec | PoolSpec]] = [("pool", pool), ("conv", conv)]
    if level == 3:
        second = ConvSpec(1, 1, dice.pick((3, 5)), 1, dice.whole(0, 1))
        layers = [("pool", pool), ("conv2", second), ("conv1", conv)]
    written = f"{'('.join(name for name, _ in layers)}(x{')' * len(layers)}"
    says = "; ".join(f"{name} is {layer_words(layer)}" for name, layer in layers)
    return _draft(
        f"A network is y = {written}, where {says}. x is an image of {times(size, size)}.",
        "How large is y? Give its height (= its width).",
        size,
        tuple(layer for _, layer in reversed(layers)),
    )


def _again(dice: Dice) -> Draft | None:
    """A convolution without padding, until little is left."""
    kernel, size = dice.pick((3, 3, 5, 5, 7)), dice.pick((28, 32, 32, 40, 48, 64))
    times_over = dice.whole(3, 8)
    if size - times_over * (kernel - 1) < 2:
        return None
    layer = ConvSpec(1, 1, kernel)
    return _draft(
        f"An image of {times(size, size)} goes through {times_over} convolutions in a row, each "
        f"with a {times(kernel, kernel)} kernel, stride 1 and no padding.",
        "How large is the last map? Give its height (= its width).",
        size,
        (layer,) * times_over,
    )


def _draft(given: str, asked: str, size: int, layers: tuple[ConvSpec | PoolSpec, ...]) -> Draft:
    floored = (FLOOR,) if any(set(layer.stride) != {1} for layer in layers) else ()
    return Draft(
        (given, asked),
        (*per_side(*layers), *floored),
        Setup((1, size, size), layers),
        (Field("size", "height = width", "axis", "size_after_all", layer=len(layers) - 1),),
    )


FAMILY = Family(
    "layers_in_a_row", "Several layers in a row", LEVELS, (draw, draw), after=("padding", "pooling")
)

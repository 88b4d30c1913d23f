"""The multiply-adds of a convolution."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, MACS, NO_BIAS, PER_SIDE, input_words, layer_words

_COUNT = (
    "cost-area-forgotten",
    "cost-channels-forgotten",
    "cost-filters-forgotten",
    "cost-kernel-one-side",
)

LEVELS = (
    Level("the map keeps its size", (*_COUNT, "operations-for-macs")),
    Level("the map shrinks", (*_COUNT, "input-area", "operations-for-macs")),
    Level("with groups", ("cost-groups-ignored", "cost-area-forgotten", "input-area")),
    Level("operations instead of MACs", ("macs-for-operations", *_COUNT)),
    Level(
        "products and additions, each counted",
        ("macs-for-operations", "additions-as-many-as-products", *_COUNT[:1]),
    ),
)


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 5:
        return _one_kernel(dice)
    kernel = dice.pick((3, 3, 5))
    groups = dice.pick((2, 4)) if level == 3 else 1
    channels, filters = dice.pick((3, 4, 6, 8, 16)), dice.pick((4, 8, 10, 12, 16, 20))
    if level == 3:
        channels, filters = groups * dice.whole(2, 6), groups * dice.whole(2, 6)
    stride = dice.pick((1, 2)) if level == 2 else 1
    padding = kernel // 2 if level == 1 else dice.whole(0, kernel // 2 - 1)
    size = dice.whole(6, 20)
    layer = ConvSpec(channels, filters, kernel, stride, padding, groups=groups, bias=False)
    shape = (channels, size, size)
    asked = "operations" if level == 4 else "macs"
    noun = "floating-point operations" if level == 4 else "multiply-adds (MACs)"
    convention = [
        "One MAC is two operations, a product and an addition; biases are not counted."
        if level == 4
        else MACS
    ]
    convention += [PER_SIDE, "Products with padding count too."] if padding else []
    convention += [FLOOR] if stride > 1 else []
    return Draft(
        (
            f"{input_words(shape).capitalize()} goes through {layer_words(layer, channels=True)}.",
            f"How many {noun} does it take?",
        ),
        tuple(convention),
        Setup(shape, (layer,)),
        (Field(asked, "operations" if level == 4 else "MACs", "integer", asked),),
    )


def _one_kernel(dice: Dice) -> Draft | None:
    """One kernel on a grey image: n products take n − 1 additions."""
    kernel = dice.pick(((1, 2), (2, 1), (1, 3), (2, 2), (3, 3), (5, 5)))
    size = dice.pick(((280, 320), (28, 28), (32, 32), (64, 64), (48, 64)))
    layer = ConvSpec(1, 1, kernel, bias=False)
    shape = (1, *size)
    return Draft(
        (
            f"{input_words(shape).capitalize()} goes through {layer_words(layer, channels=True)}.",
            "How many multiplications and additions does it take in all?",
        ),
        ("Each multiplication and each addition counts as one operation.", NO_BIAS),
        Setup(shape, (layer,)),
        (Field("operations", "operations", "integer", "singly"),),
    )


FAMILY = Family("macs", "Multiply-adds", LEVELS, (draw, draw), after=("weights",))

"""The shortcut of a residual block: what can be added at its end."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Option, Setup
from lessons.quiz.wording import FLOOR, NO_BIAS, PER_SIDE, counted, input_words, times

LEVELS = (
    Level("which shortcut fits", trains=("parts",)),
    Level("weights of the projection", ("input-channels-forgotten", "filters-forgotten")),
)

CASES = ((1, True), (1, False), (2, False), (2, True))
"""The block's stride, and whether it keeps the number of channels."""


def draw(dice: Dice, level: int) -> Draft | None:
    side, before = 2 * dice.whole(4, 28), dice.pick((16, 32, 64, 128, 256))
    stride, keeps = dice.kept(CASES) if level == 1 else (dice.pick((1, 2)), False)
    after = before if keeps else dice.pick((24, 48, 2 * before, 4 * before))
    if (after == before) != keeps:
        return None
    shape = (before, side, side)
    first = ConvSpec(before, after, 3, stride, 1, bias=False)
    second = ConvSpec(after, after, 3, 1, 1, bias=False)
    given = (
        f"{input_words(shape).capitalize()} goes through a residual block: a convolution with "
        f"{counted(after, 'kernel')} of {times(3, 3)}, stride {stride}, padding 1; then another "
        f"with {counted(after, 'kernel')} of {times(3, 3)}, stride 1, padding 1. To its output "
        "the shortcut's is added."
    )
    if level == 2:
        return _projection(ConvSpec(before, after, 1, stride, bias=False), shape)
    other = 2 * before if keeps else before
    layers = [None, *(ConvSpec(before, after, 1, s, bias=False) for s in (1, 2))]
    layers.append(ConvSpec(before, other, 1, 2, bias=False))
    options = [
        Option(letter, _words(layer), layer=layer)
        for letter, layer in zip("ABCD", dice.shuffled(layers), strict=True)
    ]
    return Draft(
        (
            given,
            "Which shortcut can be added to it, with as few weights as possible?",
        ),
        (NO_BIAS, PER_SIDE, "Where nothing else is said, there is no padding.", FLOOR),
        Setup(shape, (first, second), options=tuple(options)),
        (Field("shortcut", "shortcut", "choice", "shortcut"),),
    )


def _projection(layer: ConvSpec, shape: tuple[int, ...]) -> Draft:
    """How many weights the shortcut has where the block changes the shape."""
    kernels = counted(layer.out_channels, "kernel")
    output = f"one of {times(*layer.output_size(shape[1:]))}"
    return Draft(
        (
            f"A residual block turns a map of {times(*shape[1:])} with "
            f"{counted(shape[0], 'channel')} into {output} with "
            f"{counted(layer.out_channels, 'channel')}. So that both can be added, a convolution "
            f"with {kernels} of {times(1, 1)}, stride {layer.stride[0]}, stands on the shortcut.",
            "How many weights does the shortcut have?",
        ),
        (NO_BIAS,),
        Setup(shape, (layer,)),
        (Field("weights", "weights", "integer", "parameters"),),
    )


def _words(layer: ConvSpec | None) -> str:
    if layer is None:
        return "the input as it is"
    kernels = counted(layer.out_channels, "kernel")
    return f"a convolution with {kernels} of {times(1, 1)}, stride {layer.stride[0]}"


FAMILY = Family(
    "shortcut", "Shortcut of a block", LEVELS, (draw, draw), after=("channels", "stride")
)

"""Convolutions over the one axis of a signal, and over the three of a video."""

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, WITH_BIAS, counted, per_side, times

_BIAS = ("bias-forgotten", "bias-single")

LEVELS = (
    Level("a signal: the length of the output", ("padding-once", "one-forgotten")),
    Level("a signal: the parameters", (*_BIAS, "input-channels-forgotten", "kernel-squared")),
    Level("a video: the size of the output", ("padding-once", "one-forgotten")),
    Level("a video: the parameters", (*_BIAS, "input-channels-forgotten", "frames-not-counted")),
)

LENGTH = Field("length", "length", "axis", "length")
VIDEO = tuple(
    Field(id, id, "axis", f"volume_{id}", alone=f"How large is the output? Give its {id}.")
    for id in ("frames", "height", "width")
)
PARAMETERS = Field("parameters", "parameters", "integer", "parameters")


def draw(dice: Dice, level: int) -> Draft | None:
    if level < 3:
        return _signal(dice, sized=level == 1)
    return _video(dice, sized=level == 3)


def _signal(dice: Dice, *, sized: bool) -> Draft | None:
    channels, filters = dice.pick((1, 2, 4, 8, 12)), dice.pick((4, 6, 8, 16, 32))
    kernel, stride = dice.whole(3, 11), dice.whole(1, 3) if sized else 1
    padding = dice.whole(1, kernel - 1) if sized else 0
    if channels == filters or (not sized and channels == 1):
        return None
    shape = (channels, dice.whole(40, 400))
    layer = ConvSpec(channels, filters, (kernel,), stride, padding)
    words = f"a 1-D convolution with {counted(filters, 'kernel')} of length {kernel}"
    return _draft(
        f"A signal of {counted(shape[1], 'number')} with {counted(channels, 'channel')} goes "
        f"through {words}{_settings(stride, padding)}.",
        "How long is the output?",
        shape,
        layer,
        (LENGTH,) if sized else (PARAMETERS,),
    )


def _video(dice: Dice, *, sized: bool) -> Draft | None:
    channels, filters = dice.pick((1, 3, 3, 8)), dice.pick((4, 6, 8, 16, 32))
    kernel = (dice.whole(2, 5), *(dice.pick((3, 5, 7)),) * 2)
    stride, padding = (dice.whole(1, 2), dice.whole(1, 3)) if sized else (1, 0)
    shape = (channels, dice.whole(8, 30), dice.whole(32, 64), dice.whole(65, 96))
    if padding >= min(kernel) or channels == filters or (not sized and channels == 1):
        return None
    layer = ConvSpec(channels, filters, kernel, stride, padding)
    words = f"a 3-D convolution with {counted(filters, 'kernel')} of {times(*kernel)}"
    return _draft(
        f"A video of {counted(shape[1], 'frame')} of {times(*shape[2:])} with "
        f"{counted(channels, 'channel')} goes through {words}{_settings(stride, padding)}.",
        "How many frames come out, and of which height and width?",
        shape,
        layer,
        VIDEO if sized else (PARAMETERS,),
        ("A frame's size is height × width.", "A kernel's size is frames × height × width."),
    )


def _settings(stride: int, padding: int) -> str:
    parts = [f"stride {stride}"] * (stride > 1) + [f"padding {padding}"] * (padding > 0)
    return "".join(f", {part}" for part in parts)


def _draft(
    given: str,
    asks: str,
    shape: tuple[int, ...],
    layer: ConvSpec,
    fields: tuple[Field, ...],
    agreed: tuple[str, ...] = (),
) -> Draft:
    if fields == (PARAMETERS,):
        asks, agreed = "How many parameters does the layer learn?", (*agreed, WITH_BIAS)
    floored = (FLOOR,) if set(layer.stride) != {1} else ()
    return Draft(
        (given, asks), (*agreed, *per_side(layer), *floored), Setup(shape, (layer,)), fields
    )


FAMILY = Family(
    "signals_and_volumes",
    "Signals and videos",
    LEVELS,
    (draw, draw),
    after=("padding", "weights", "bias"),
)

"""Settings that turn one size into another: every legal answer is right."""

from dataclasses import replace
from functools import partial

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, PER_SIDE, times

LEVELS = (
    Level("stride and padding for a given kernel", ("one-forgotten",)),
    Level("kernel and padding for a given stride", ("one-forgotten", "padding-once")),
    # With all three free there is nearly always a setting of stride 1, which rounds nothing.
    Level(
        "kernel, stride and padding",
        ("one-forgotten", "padding-once", "rounded-up"),
        ("fraction-kept", "rounded-nearest", "one-before-division"),
    ),
    Level("arguments of a layer in PyTorch", ("one-forgotten", "padding-once")),
)

_FIELDS = {
    "kernel": Field("kernel", "kernel size", "setting", "any_kernel"),
    "stride": Field("stride", "stride", "setting", "any_stride"),
    "padding": Field("padding", "padding per side", "setting", "any_padding"),
}


def draw(dice: Dice, level: int, even: bool = False) -> Draft | None:
    """even: whether no settings are right much more often than others."""
    hidden = {1: ("stride", "padding"), 3: tuple(_FIELDS)}.get(level, ("kernel", "padding"))
    kernel, stride = dice.pick((3, 3, 5, 7)), dice.pick((2, 2, 3, 4))
    padding, size = dice.whole(1, 3), dice.whole(12, 64)
    if even and level == 1:
        stride = dice.kept((2, 3, 4, 5))
    if even and level in (2, 4):
        kernel, stride = dice.whole(2, 9), dice.pick((2, 3, 4))
    if padding >= kernel:
        return None
    layer = ConvSpec(1, 1, kernel, stride, padding)
    output = layer.output_size((size, size))[0]
    if level == 4:
        return _code(layer, size, output, dice.pick((1, 3, 3, 16)), dice.pick((8, 32, 64)))
    settings = {1: f" with a {times(kernel, kernel)} kernel", 2: f" with stride {stride}", 3: ""}
    least = "" if level == 1 else " The kernel must be 2 or larger."
    names = " and ".join(("the " if n == 0 else "") + name for n, name in enumerate(hidden[-2:]))
    asked = f"the kernel size, {hidden[1]} and {hidden[2]}" if level == 3 else names
    return Draft(
        (
            f"A square convolution{settings[level]} must turn {times(size, size)} into "
            f"{times(output, output)}.{least}",
            f"Give {asked}; several answers may be right.",
        ),
        (PER_SIDE, FLOOR),
        Setup((1, size, size), (layer,), target=output, hidden=hidden),
        tuple(_FIELDS[name] for name in hidden),
    )


def _code(layer: ConvSpec, size: int, output: int, before: int, after: int) -> Draft:
    """Two arguments of the layer are left open in PyTorch's words."""
    stride = layer.stride[0]
    code = f"nn.Conv2d({before}, {after}, kernel_size=k, stride={stride}, padding=p)"
    return Draft(
        (
            f"In PyTorch a tensor x of shape {(before, size, size)} goes through y = {code}(x). "
            f"y must have the shape {(after, output, output)}. k must be 2 or larger.",
            "Give k and p; several answers may be right.",
        ),
        ("Shapes are (channels, height, width), without the batch.", FLOOR),
        Setup(
            (before, size, size),
            (replace(layer, in_channels=before, out_channels=after),),
            target=output,
            hidden=("kernel", "padding"),
        ),
        (replace(_FIELDS["kernel"], label="k"), replace(_FIELDS["padding"], label="p")),
    )


FAMILY = Family(
    "legal_setting",
    "Settings for a given size",
    LEVELS,
    (draw, draw, partial(draw, even=True)),
    after=("padding", "stride"),
)

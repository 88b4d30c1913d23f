"""The numbers of a layer that go up and down by one: where they end, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kernels import Axis
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.transposed import TransposedAxis
from kernels.scene.flat import FlatScene, padding_text
from kernels.scene.limits import MAX_CHANNELS, MAX_DILATION, MAX_KERNEL, MAX_PADDING
from lessons.views.sliding_window import (
    dilation_bounds,
    extra_bounds,
    input_bounds,
    kernel_bounds,
    padding_bounds,
    stride_bounds,
)

OPEN_ENDED = "This is as far as the picture can show."
EACH_DRAWN = "Every cell is drawn here; the page Sizes takes 224 and more."


@dataclass(frozen=True)
class Span:
    """The whole numbers that a setting can be on one axis, and what is said at the two ends."""

    least: int
    most: int
    no_less: str
    no_more: str = OPEN_ENDED


@dataclass(frozen=True)
class Stepper:
    """A setting that is one whole number, or one an axis.

    name : the setting's; title, letter : as the screen shows it
    values : what it is now, an axis each; texts : the same as the setting is written
    spans : what it can be, an axis each
    handles : the formulas' symbols for it -> the axis meant; None for that of the formula itself
    in_sight : whether it is always in sight, or stands in the formulas alone
    """

    name: str
    title: str
    letter: str
    values: tuple[int, ...]
    spans: tuple[Span, ...]
    handles: Mapping[str, int | None]
    texts: tuple[str, ...] = ()
    in_sight: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", self.texts or tuple(map(str, self.values)))


def set_number(
    steppers: Sequence[Stepper], name: str, axis: int | None, value: int
) -> dict[str, str]:
    """The setting after its number was changed on one axis, or on all of them.

    >>> from lessons.views.sliding_window import open_sliding
    >>> steppers = layer_steppers(open_sliding({})[0])
    >>> set_number(steppers, "stride", None, 2), set_number(steppers, "stride", 1, 2)
    ({'stride': '2x2'}, {'stride': '1x2'})

    Where there is no such stepper, nothing changes.
    """
    return {
        stepper.name: "x".join(
            str(value) if axis in (None, at) else text for at, text in enumerate(stepper.texts)
        )
        for stepper in steppers
        if stepper.name == name
    }


def layer_steppers(scene: FlatScene) -> tuple[Stepper, ...]:
    """What can be stepped of a layer.

    >>> from lessons.views.sliding_window import open_sliding
    >>> kernel, stride, *_ = layer_steppers(open_sliding({"kernel": "5x5"})[0])
    >>> kernel.values, kernel.spans[0].most, kernel.spans[0].no_more
    ((5, 5), 5, 'A larger kernel would not fit: make the input or the padding larger first.')
    >>> up, _ = open_sliding({"op": "transposed", "rank": "1"})
    >>> [stepper.name for stepper in layer_steppers(up)]
    ['kernel', 'stride', 'padding', 'opad', 'dilation', 'size', 'cin', 'cout']
    """
    axes, kind = scene.axes, scene.kind
    transposed = kind.has("opad")
    kernel = kind.window
    sides = SIDES[scene.layer.rank]
    steppers = [
        Stepper(
            "kernel", kernel, "k", tuple(axis.kernel for axis in axes),
            tuple(_kernel_span(scene, *bounds) for bounds in kernel_bounds(scene)),
            {"k": None} | {f"k_{side.lower()}": at for at, side in enumerate(sides)},
        ),
        Stepper(
            "stride", "stride", "s", tuple(axis.stride for axis in axes),
            tuple(_stride_span(*bounds) for bounds in stride_bounds(scene)),
            {"s": None},
        ),
        Stepper(
            "padding", "padding", "p", tuple(axis.before for axis in axes),
            tuple(_padding_span(scene, axis) for axis in axes),
            {"p": None}, tuple(padding_text(((axis.before, axis.after),)) for axis in axes),
        ),
    ]  # fmt: skip
    if transposed:
        extra = tuple(getattr(axis, "output_padding", 0) for axis in axes)
        spans = tuple(Span(*bounds, NO_LESS_EXTRA, NO_MORE_EXTRA) for bounds in extra_bounds(scene))
        steppers.append(Stepper("opad", "output", "p_out", extra, spans, {"p_out": None}))
    steppers += [
        Stepper(
            "dilation", "dilation", "d", tuple(axis.dilation for axis in axes),
            tuple(_dilation_span(kernel, *bounds) for bounds in dilation_bounds(scene)),
            {"d": None}, in_sight=not transposed,  # the strip has room for four
        ),
        Stepper(
            "size", "input", sides[0], tuple(axis.input for axis in axes),
            tuple(Span(*input_bounds(scene, axis), _no_smaller_input(scene), EACH_DRAWN)
                  for axis in axes),
            dict.fromkeys(sides), in_sight=False,
        ),
    ]  # fmt: skip
    if kind.weighs:
        steppers += [
            _channels("cin", "channels in", "C_in", scene.conv.in_channels),
            _channels("cout", "channels out", "C_out", scene.conv.out_channels),
        ]
    return tuple(steppers)


SIDES = {1: ("W",), 2: ("H", "W")}
"""The formulas' letters for the input's size along each axis."""
NO_LESS_EXTRA = "0 is the least: the output ends where the last copy does."
NO_MORE_EXTRA = "Output padding stays below the stride: more is what a larger input gives."


def _no_smaller_input(scene: FlatScene) -> str:
    if scene.kind.has("opad"):
        return "Nothing would be left of a smaller input's output."
    return f"The {scene.kind.window} would not fit a smaller input."


def _stride_span(least: int, most: int) -> Span:
    if least > 1:
        return Span(least, most, "Output padding stays below the stride: make it smaller first.")
    return Span(least, most, "A window moves by at least one cell.")


def _channels(name: str, title: str, letter: str, value: int) -> Stepper:
    span = Span(1, MAX_CHANNELS, "There is always at least one channel.")
    return Stepper(name, title, letter, (value,), (span,), {letter: None}, in_sight=False)


def _kernel_span(scene: FlatScene, least: int, most: int) -> Span:
    kernel = scene.kind.window
    if scene.kind.has("opad"):
        no_less = (
            f"A {kernel} has at least one cell."
            if least == 1
            else "With a smaller kernel nothing would be left of the output."
        )
        return Span(least, most, no_less)
    no_less = (
        f"A {kernel} has at least one cell."
        if least == 1
        else "Padding may be at most half the window: make the padding smaller first."
    )
    if most == MAX_KERNEL:
        return Span(least, most, no_less)
    no_more = f"A larger {kernel} would not fit: make the input or the padding larger first."
    return Span(least, most, no_less, no_more)


def _padding_span(scene: FlatScene, axis: Axis | TransposedAxis) -> Span:
    least, most = padding_bounds(scene, axis)
    if scene.kind.has("opad"):
        no_more = OPEN_ENDED if most == MAX_PADDING else "More would crop the whole output."
        return Span(least, most, "0 crops nothing of the output.", no_more)
    no_less = "No padding is the least there is."
    if least:
        no_less = "With less padding the window would not fit."
    if not scene.is_conv:
        no_more = "Pooling pads at most half its window: make the window larger first."
    elif PADDING_MODES[scene.conv.padding_mode].copies and most < MAX_PADDING:
        no_more = f"“{scene.conv.padding_mode}” has no more cells of the input to copy."
    else:
        no_more = OPEN_ENDED
    return Span(least, most, no_less, no_more)


def _dilation_span(kernel: str, least: int, most: int) -> Span:
    no_less = "1 is no dilation: the cells that are read lie side by side."
    if most == MAX_DILATION:
        return Span(least, most, no_less)
    no_more = f"The {kernel} would not fit, spread wider: make the input or the padding larger."
    return Span(least, most, no_less, no_more)

"""The numbers of a layer that go up and down by one: where they end, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kernels import Axis
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.transposed import TransposedAxis
from kernels.scene.flat import FlatScene, padding_text
from kernels.scene.limits import MAX_PLANES, Room
from lessons.views.sliding_window import (
    axes_with_rooms,
    channel_bounds,
    dilation_bounds,
    extra_bounds,
    input_bounds,
    kernel_bounds,
    padding_bounds,
    stride_bounds,
)

OPEN_ENDED = "This is as far as the picture can show."
PLANES_DRAWN = f"At most {MAX_PLANES} frames fit side by side: take fewer of them first."
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

    name : the setting's, or its own where it is a part of one
    title, letter : as the screen shows it
    values : what it is now, an axis each; texts : the same as the setting is written
    spans : what it can be, an axis each
    handles : the formulas' symbols for it -> the axis meant; None for that of the formula itself
    in_sight : whether it is always in sight, or stands in the formulas alone
    setting : what it sets; before, after : the texts of the setting's other axes, which stay
    """

    name: str
    title: str
    letter: str
    values: tuple[int, ...]
    spans: tuple[Span, ...]
    handles: Mapping[str, int | None]
    texts: tuple[str, ...] = ()
    in_sight: bool = field(default=True, kw_only=True)
    setting: str = field(default="", kw_only=True)
    before: tuple[str, ...] = field(default=(), kw_only=True)
    after: tuple[str, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "setting", self.setting or self.name)
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
    stepper = next((stepper for stepper in steppers if stepper.name == name), None)
    if stepper is None:
        return {}
    own = (str(value) if axis in (None, at) else text for at, text in enumerate(stepper.texts))
    return {stepper.setting: "x".join([*stepper.before, *own, *stepper.after])}


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
    axes, kind, rooms = scene.axes, scene.kind, axes_with_rooms(scene)
    transposed, volume = kind.has("opad"), scene.layer.rank == 3
    kernel = kind.window
    sides = SIDES[scene.layer.rank]
    steppers = [
        Stepper(
            "kernel", kernel, "k", tuple(axis.kernel for axis in axes),
            tuple(_kernel_span(scene, room, *bounds)
                  for (_, room), bounds in zip(rooms, kernel_bounds(scene), strict=True)),
            {"k": None} | {f"k_{side.lower()}": at for at, side in enumerate(sides[-2:])},
        ),
        Stepper(
            "stride", "stride", "s", tuple(axis.stride for axis in axes),
            tuple(_stride_span(*bounds) for bounds in stride_bounds(scene)),
            {"s": None},
        ),
        Stepper(
            "padding", "padding", "p", tuple(axis.before for axis in axes),
            tuple(_padding_span(scene, *each) for each in rooms),
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
            tuple(_dilation_span(kernel, room, *bounds)
                  for (_, room), bounds in zip(rooms, dilation_bounds(scene), strict=True)),
            {"d": None}, in_sight=not transposed and not volume,  # the strip has not room for all
        ),
        Stepper(
            "size", "input", sides[-2:][0], tuple(axis.input for axis in axes),
            tuple(Span(*input_bounds(scene, *each), _no_smaller_input(scene), EACH_DRAWN)
                  for each in rooms),
            dict.fromkeys(sides[-2:]), in_sight=False,
        ),
    ]  # fmt: skip
    if volume:
        steppers = [part for stepper in steppers for part in _frames_apart(stepper)]
    if kind.weighs:
        steppers += [
            _channels(scene, "cin", "channels in", "C_in", scene.conv.in_channels),
            _channels(scene, "cout", "channels out", "C_out", scene.conv.out_channels),
        ]
    return tuple(steppers)


def _frames_apart(stepper: Stepper) -> tuple[Stepper, Stepper]:
    """The stepper of rows and columns, and one of the frames alone, which go their own way."""
    letter, title = f"{stepper.letter}_t", f"{stepper.title} in time"
    if stepper.name == "size":
        letter, title = "T", "frames"
    frames = replace(
        stepper, name=f"{stepper.name}_t", setting=stepper.name, title=title, letter=letter,
        values=stepper.values[:1], spans=stepper.spans[:1], texts=stepper.texts[:1],
        handles={letter: None}, after=stepper.texts[1:],
    )  # fmt: skip
    sides = replace(
        stepper, values=stepper.values[1:], spans=stepper.spans[1:], texts=stepper.texts[1:],
        before=stepper.texts[:1],
    )  # fmt: skip
    return sides, frames


SIDES = {1: ("W",), 2: ("H", "W"), 3: ("T", "H", "W")}
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


def _channels(scene: FlatScene, name: str, title: str, letter: str, value: int) -> Stepper:
    no_more = PLANES_DRAWN if scene.layer.rank == 3 else OPEN_ENDED
    least, most = channel_bounds(scene, name)
    span = Span(least, most, "There is always at least one channel.", no_more)
    return Stepper(name, title, letter, (value,), (span,), {letter: None}, in_sight=False)


def _kernel_span(scene: FlatScene, room: Room, least: int, most: int) -> Span:
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
    if most == room.kernel or isinstance(scene.layer.padding, str):
        return Span(least, most, no_less)
    no_more = f"A larger {kernel} would not fit: make the input or the padding larger first."
    return Span(least, most, no_less, no_more)


def _padding_span(scene: FlatScene, axis: Axis | TransposedAxis, room: Room) -> Span:
    least, most = padding_bounds(scene, axis, room)
    if scene.kind.has("opad"):
        no_more = OPEN_ENDED if most == room.padding else "More would crop the whole output."
        return Span(least, most, "0 crops nothing of the output.", no_more)
    no_less = "No padding is the least there is."
    if least:
        no_less = "With less padding the window would not fit."
    if not scene.is_conv:
        no_more = "Pooling pads at most half its window: make the window larger first."
    elif PADDING_MODES[scene.conv.padding_mode].copies and most < room.padding:
        no_more = f"“{scene.conv.padding_mode}” has no more cells of the input to copy."
    else:
        no_more = OPEN_ENDED
    return Span(least, most, no_less, no_more)


def _dilation_span(kernel: str, room: Room, least: int, most: int) -> Span:
    no_less = "1 means no dilation: the cells that are read lie side by side."
    if most == room.dilation:
        return Span(least, most, no_less)
    no_more = f"The {kernel} would not fit, spread wider: make the input or the padding larger."
    return Span(least, most, no_less, no_more)

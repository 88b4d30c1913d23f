"""Scenes for the stage: a question's windows, and the wrong windows of a slip beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kernels import Axis, ConvSpec, PoolSpec, Scene, settle
from kernels.notation import format_numbers
from kernels.settle import MAX_CHANNELS, MAX_INPUT
from lessons.quiz.answers import shapes
from lessons.quiz.mistakes import SLIPS
from lessons.quiz.mistakes.pooling import PoolWorking
from lessons.quiz.mistakes.size_workings import InverseWorking, SizeWorking, size_working
from lessons.quiz.mistakes.values import ValueWorking
from lessons.quiz.question import Matrix, Question, Value
from lessons.quiz.workings import working_of


@dataclass(frozen=True)
class Picture:
    """A scene to show; `note` says what differs from the question, if anything does."""

    scene: Scene
    note: str = ""


def picture_of(question: Question, field: str | None = None) -> Picture | None:
    """A scene of the layer that a box asks about; None where the stage has no picture of it.

    >>> from lessons.quiz import generate
    >>> picture = picture_of(generate("output_size", 4, 0))
    >>> picture.scene.input_size <= (16, 16)
    True

    An input that is too large for the stage is shown smaller by a whole number of strides, so that
    the windows end at its edge in the same way.
    """
    setup = question.setup
    if setup.scene is not None:
        return Picture(setup.scene)
    number = (question.field(field) if field else question.fields[0]).layer
    layer = setup.layers[number]
    if not isinstance(layer, ConvSpec | PoolSpec):
        return None
    axes = layer.axes(shapes(setup)[number][1:])
    size = tuple(_smaller(axis) for axis in axes)
    channels, filters = _few(layer)
    flat = {
        "op": layer.kind,
        "size": f"{size[0]}x{size[1]}",
        "cin": str(channels),
        "cout": str(filters),
        "kernel": f"{axes[0].kernel}x{axes[1].kernel}",
        "stride": f"{axes[0].stride}x{axes[1].stride}",
        "padding": "x".join(f"{axis.before}.{axis.after}" for axis in axes),
        "dilation": f"{axes[0].dilation}x{axes[1].dilation}",
        "ceil": str(int(layer.ceil_mode)),
        "x": "random:1",
        "w": "random:2",
    }
    scene, moved = settle(flat)
    if moved:
        return None
    notes = []
    if size != tuple(axis.input for axis in axes):
        notes.append(
            f"Shown on {size[0]} × {size[1]}: the windows end at the edge as on "
            f"{axes[0].input} × {axes[1].input}."
        )
    if isinstance(layer, ConvSpec) and (channels, filters) != (
        layer.in_channels,
        layer.out_channels,
    ):
        notes.append("Shown with one channel and one kernel.")
    return Picture(scene, " ".join(notes))


def windows_of(picture: Picture) -> Picture:
    """The same windows over a kernel of ones, or for pooling over other numbers: no answer in it.

    >>> from lessons.quiz import generate
    >>> windows_of(picture_of(generate("cell_value", 1, 0))).scene.weight_array().tolist()
    [[[[1.0, 1.0], [1.0, 1.0]]]]
    """
    scene = picture.scene
    if isinstance(scene.layer, PoolSpec):
        note = "The numbers here are others: read yours in the same cells."
        return Picture(replace(scene, x="random:1"), note)
    ones = np.ones_like(scene.written_weight_array()[0])
    changes = {"w": format_numbers(ones)}
    if scene.layer_has_bias:
        changes["b"] = "0"
    return Picture(
        replace(scene, **changes),
        "The kernel is drawn with ones here: put its own weights in their place.",
    )


def _smaller(axis: Axis) -> int:
    """The largest input that the stage can show with the same remainder."""
    if axis.input <= MAX_INPUT:
        return axis.input
    fewer = -(-(axis.input - MAX_INPUT) // axis.stride) * axis.stride
    return max(axis.input - fewer, axis.effective_kernel)


def _few(layer: ConvSpec | PoolSpec) -> tuple[int, int]:
    """Channels in and out where the stage can show them, else one of each."""
    if not isinstance(layer, ConvSpec) or layer.groups > 1:
        return 1, 1
    channels = (layer.in_channels, layer.out_channels)
    return channels if max(channels) <= MAX_CHANNELS else (1, 1)


@dataclass(frozen=True)
class WrongWindows:
    """Windows along one axis as a slip has them, to be drawn beside the right ones.

    axis: 'height' or 'width' of the picture's scene. before, after: padding cells that the slip
    puts at the ends. starts: first cells of the windows in input coordinates. reach: cells that a
    window covers. runs_off: cells by which the last window hangs over the true padded input.
    """

    axis: str
    before: int
    after: int
    starts: tuple[int, ...]
    reach: int
    runs_off: int
    right: Axis
    says: str


@dataclass(frozen=True)
class WrongProducts:
    """The window and kernel that a slip multiplies, to be shown beside the right ones.

    windows, kernels: rows for each channel; result: the wrong number.
    """

    windows: tuple[Matrix, ...]
    kernels: tuple[Matrix, ...]
    result: Value
    says: str


def wrong_picture(
    question: Question, field: str, slips: Sequence[str]
) -> WrongWindows | WrongProducts | None:
    """What a named slip looks like on the stage; None where it has no picture.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 4, 0)
    >>> wrong = wrong_picture(question, "height", ["rounded-up"])
    >>> wrong.runs_off > 0, len(wrong.starts) == wrong.right.output + 1
    (True, True)
    """
    box = question.field(field)
    working = working_of(question, box)
    says = " ".join(SLIPS[id].advice(working) for id in slips)
    if isinstance(working, ValueWorking | PoolWorking):
        return _products(working, slips, says, question.setup.place)
    picture = picture_of(question, field)
    if not isinstance(working, SizeWorking | InverseWorking) or picture is None:
        return None
    which = int(box.asks in ("width", "unused_columns"))
    axes = picture.scene.axes
    word = working.word if isinstance(working, SizeWorking) else ""
    pool, told = (working.pool, working.stride_told) if isinstance(working, SizeWorking) else (0, 1)
    wrong = size_working(axes[which], axes[1 - which], word, bool(pool), bool(told))
    for id in slips:
        wrong = SLIPS[id].changed(wrong) or wrong
    return _windows(wrong, axes[which], ("height", "width")[which], says)


def _windows(wrong: SizeWorking, axis: Axis, name: str, says: str) -> WrongWindows | None:
    count = wrong.value()
    if count is None:
        return None
    whole = -(-count.numerator // count.denominator)  # a part of a window is drawn whole
    before = min(wrong.padding, axis.before)
    after = wrong.padding - before
    if wrong.padding == 2 * max(axis.before, axis.after):
        before = after = wrong.padding // 2
    reach = wrong.reach or axis.effective_kernel
    starts = tuple(n * wrong.step - before for n in range(whole))
    end = starts[-1] + reach if starts else 0
    runs_off = max(end - (axis.input + axis.after), 0)
    return WrongWindows(name, before, after, starts, reach, runs_off, axis, says)


def _products(
    working: ValueWorking | PoolWorking, slips: Sequence[str], says: str, place: tuple[int, int]
) -> WrongProducts | None:
    wrong = working
    for id in slips:
        wrong = SLIPS[id].changed(wrong) or wrong
    result = wrong.value()
    if result is None:
        return None
    row, column = (place[1], place[0]) if wrong.swapped else place
    row, column = row + wrong.shift, column + wrong.shift
    if isinstance(wrong, PoolWorking):
        return WrongProducts(((wrong.cells(row, column),),), (), result, says)
    channels = range(1 if wrong.channels == "first" else len(wrong.w))
    return WrongProducts(
        tuple(wrong.window(row, column, channel) for channel in channels),
        tuple(wrong.kernel(channel) for channel in channels),
        result,
        says,
    )

"""From a box of a question to the working in which slips can be made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from kernels import Axis, ConvSpec, ConvTransposeSpec, PoolSpec, ShapeError
from kernels.networks.layers import BatchNorm, Flatten, Linear
from kernels.ops.trace import step_place
from lessons.quiz.answers import rows_of, shapes, solve
from lessons.quiz.mistakes.channels import ChannelWorking
from lessons.quiz.mistakes.choices import ChoiceWorking
from lessons.quiz.mistakes.cost import macs_working
from lessons.quiz.mistakes.parameters import DenseCount, conv_count
from lessons.quiz.mistakes.places import PlaceWorking
from lessons.quiz.mistakes.pooling import PoolWorking
from lessons.quiz.mistakes.receptive import FieldWorking, Window
from lessons.quiz.mistakes.size_workings import InverseWorking, size_working
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.mistakes.transposed import TransposedWorking
from lessons.quiz.mistakes.values import ValueWorking
from lessons.quiz.question import Field, Option, Question, Setup, Value


def working_of(
    question: Question, field: Field, written: Mapping[str, Value] | None = None
) -> Working | None:
    """The right working of a box, from the learner's own earlier boxes where it follows one.

    None for a box that has no one working: several settings are right, or the learner's earlier
    number is one that no layer can take.
    """
    before = (written or {}).get(field.follows)
    return _working(question, field, before if type(before) is int and before > 0 else None)


@lru_cache(maxsize=4096)
def _working(question: Question, field: Field, before: int | None) -> Working | None:
    """Kept, because every slip starts from it."""
    setup = question.setup
    match field.asks:
        case "height" | "width":
            return _size(setup, field, before)
        case "unused_rows" | "unused_columns":
            axes = setup.layers[0].axes(setup.input_shape[1:])
            which = int(field.asks == "unused_columns")
            return size_working(axes[which], axes[1 - which], asks="leftover")
        case "stride" | "padding" if field.kind != "setting":
            axis = setup.layers[0].axes(setup.input_shape[1:])[0]
            return InverseWorking(axis, field.asks, axis.output)
        case "origin_row" | "origin_column":
            return _place(setup, int(field.asks == "origin_column"))
        case "channels":
            return _channels(setup, field.layer)
        case "weights" | "parameters" | "all_parameters" | "dense_parameters":
            return _parameters(setup, field, before)
        case "features":
            channels, *size = shapes(setup)[field.layer]
            return DenseCount((channels, *((before, before) if before else size)), 0, False)
        case "macs" | "operations":
            return _macs(setup, field)
        case "field":
            return _field(setup)
        case "number" | "relu_number" | "output":
            return _values(setup, field)
        case "kernel_name" | "made_by":
            return _choice(question)
    return None


def _size(setup: Setup, field: Field, before: int | None) -> Working | None:
    layer = setup.layers[field.layer]
    size = (before, before) if before else shapes(setup)[field.layer][1:]
    which = int(field.asks == "width")
    try:
        axes = layer.axes(size)
    except ShapeError:
        return None
    axis = axes[which]
    if isinstance(layer, ConvTransposeSpec):
        return TransposedWorking(
            axis.input, axis.kernel, axis.stride, axis.before, axis.output_padding, axis.dilation
        )
    return size_working(
        axis,
        axes[1 - which],
        layer.padding if isinstance(layer.padding, str) else "",
        isinstance(layer, PoolSpec),
        "stride" not in setup.hidden or isinstance(layer, ConvSpec),
    )


def _place(setup: Setup, which: int) -> PlaceWorking:
    axis = setup.layers[0].axes(setup.input_shape[1:])[which]
    return PlaceWorking(
        setup.place[which], axis.kernel, axis.stride, axis.before, setup.place[1 - which]
    )


def _channels(setup: Setup, number: int) -> ChannelWorking:
    layer, shape = setup.layers[number], shapes(setup)[number]
    axis: Axis = layer.axes(shape[1:])[0]
    conv = isinstance(layer, ConvSpec)
    return ChannelWorking(
        shape[0],
        layer.out_channels if conv else 0,
        axis.kernel,
        axis.before,
        axis.stride,
        layer.groups if conv else 1,
    )


def _parameters(setup: Setup, field: Field, before: int | None) -> Working:
    layer, through = setup.layers[field.layer], shapes(setup)
    shape, after = through[field.layer], through[field.layer + 1]
    if field.asks == "dense_parameters":
        return DenseCount(shape, math.prod(after), layer.bias, math.prod(after[1:]))
    if isinstance(layer, Linear):
        # The map that is flattened just before it is part of its working.
        flattened = field.layer and isinstance(setup.layers[field.layer - 1], Flatten)
        features = through[field.layer - 1] if flattened and not before else (before or shape[0],)
        return DenseCount(features, layer.out_features, layer.bias)
    pools = [one for one in setup.layers if isinstance(one, PoolSpec)]
    whole = field.asks == "all_parameters" or not isinstance(layer, ConvSpec)
    extra = {
        "pool": math.prod(pools[0].kernel_size) if whole and pools else 0,
        "norm": whole and any(isinstance(one, BatchNorm) for one in setup.layers),
    }
    if not isinstance(layer, ConvSpec):
        return conv_count((), shape[0], 0, (1, 1), bias=False, **extra)
    return conv_count(
        layer.kernel_size,
        layer.in_channels,
        layer.out_channels,
        (math.prod(shape[1:]), math.prod(after[1:])),
        tuple(axis.effective_kernel for axis in layer.axes(shape[1:])),
        layer.groups,
        layer.bias and field.asks != "weights",
        **extra,
    )


def _macs(setup: Setup, field: Field) -> Working:
    layer, through = setup.layers[field.layer], shapes(setup)
    axes = layer.axes(through[field.layer][1:])
    rooms = [axis.input - axis.effective_kernel for axis in axes]
    fits = min(rooms) >= 0
    bare = [room // axis.stride + 1 for room, axis in zip(rooms, axes, strict=True)]
    return macs_working(
        layer.kernel_size,
        layer.in_channels,
        layer.out_channels,
        (math.prod(through[field.layer][1:]), math.prod(through[field.layer + 1][1:])),
        layer.groups,
        2 if field.asks == "operations" else 1,
        math.prod(bare) if fits else 0,
        math.prod(axis.room + 1 for axis in axes),
    )


def _field(setup: Setup) -> FieldWorking:
    windows, size = [], setup.input_shape[1:]
    for layer, shape in zip(setup.layers, shapes(setup), strict=False):
        axis = layer.axes(shape[1:] or size)[0]
        windows.append(Window(axis.kernel, axis.stride, axis.before, axis.dilation))
    return FieldWorking(tuple(windows))


def _values(setup: Setup, field: Field) -> Working:
    scene = setup.scene
    axes = scene.axes
    down, across = axes
    sizes = (down.output, across.output)
    channel, place = step_place(scene.step, sizes, scene.out_channels)
    at = None if field.asks == "output" else place
    kernel, stride = (down.kernel, across.kernel), (down.stride, across.stride)
    before, after = (down.before, across.before), (down.after, across.after)
    planes = tuple(rows_of(plane) for plane in scene.input_array())
    if isinstance(scene.layer, PoolSpec):
        counts = scene.layer.count_include_pad
        return PoolWorking(planes[channel], scene.layer.kind, kernel, stride, before, counts, at)
    each = scene.layer.in_channels // scene.layer.groups
    first = channel // (scene.layer.out_channels // scene.layer.groups) * each
    weights = tuple(rows_of(plane) for plane in scene.weight_array()[channel])
    bias = scene.bias_array()
    return ValueWorking(
        planes[first : first + each],
        weights,
        0 if bias is None else rows_of(bias[None])[0][channel],
        stride,
        before,
        after,
        (down.dilation, across.dilation),
        at,
        scene.flip,
        field.asks == "relu_number",
    )


#: The catalogue's kernels that one slip confuses with one another.
_CONFUSED = {
    "direction-exchanged": (("sobel-across", "sobel-down"), ("prewitt-across", "prewitt-down")),
    "smoothing-confused": (("sobel-across", "prewitt-across"), ("sobel-down", "prewitt-down")),
    "sum-not-looked-at": (("sharpen", "edge-4"), ("identity", "edge-8"), ("emboss", "edge-mixed")),
    "neighbours-miscounted": (("edge-4", "edge-8"),),
    "blur-shape-confused": (("box", "gaussian"),),
}

#: What each slip makes of the right kernel's rows.
_TURNED = {
    "chose-flipped": lambda rows: tuple(row[::-1] for row in rows[::-1]),
    "chose-transposed": lambda rows: tuple(zip(*rows, strict=True)),
    "chose-negative": lambda rows: tuple(tuple(-n for n in row) for row in rows),
    "chose-mirrored": lambda rows: tuple(row[::-1] for row in rows),
}


def _choice(question: Question) -> ChoiceWorking:
    options: tuple[Option, ...] = question.setup.options
    kernel = rows_of(question.setup.scene.weight_array()[0, 0])
    if question.fields[0].asks == "made_by":
        by_rows = {option.rows: option.id for option in options}
        wrong = {
            slip: by_rows[turn(kernel)]
            for slip, turn in _TURNED.items()
            if turn(kernel) in by_rows and turn(kernel) != kernel
        }
        return ChoiceWorking(by_rows[kernel], wrong)
    right = next(iter(solve(question).values()))
    ids = {option.id for option in options}
    wrong = {}
    for slip, groups in _CONFUSED.items():
        for group in groups:
            if right in group:
                wrong[slip] = group[1 - group.index(right)]
    return ChoiceWorking(right, {slip: name for slip, name in wrong.items() if name in ids})

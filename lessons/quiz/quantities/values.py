"""Numbers of an output: one of them, one after ReLU, all of them."""

from __future__ import annotations

import numpy as np

from kernels import PoolSpec, trace_window
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.ops.trace import step_place
from lessons.quiz.compare import written
from lessons.quiz.mistakes.pooling import PoolWorking
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.mistakes.values import ValueWorking
from lessons.quiz.pictures import Picture
from lessons.quiz.quantities.quantity import Quantity
from lessons.quiz.question import Field, Matrix, Number, Question, Setup, Value
from lessons.quiz.shapes import exact, rows_of


def output_number(setup: Setup, field: Field) -> Number:
    """The output number of a box's own place, or that the scene shows the window of."""
    scene = setup.scene
    if field.place:
        return exact(scene.output()[(0, *field.place)])
    size = scene.layer.output_size(scene.input_size)
    channel, place = step_place(scene.step, size, scene.out_channels)
    return exact(scene.output()[(channel, *place)])


def sum_line(question: Question, place: tuple[int, int], result: bool = True) -> str:
    """The products under one window, added up, or the cells that a pooling looks at."""
    scene = question.setup.scene
    pool = isinstance(scene.layer, PoolSpec)
    weight = None if pool else scene.weight_array()
    trace = trace_window(scene.layer, scene.input_array(), weight, scene.bias_array(), place)
    end = f" = {written(exact(trace.result))}" if result else ""
    if pool:
        cells = [written(exact(n)) for n in trace.window.ravel() if np.isfinite(n)]
        match scene.layer.kind:
            case "max":
                return f"the largest of {', '.join(cells)}{end}"
            case "min":
                return f"the smallest of {', '.join(cells)}{end}"
            case "median":
                ordered = sorted(exact(n) for n in trace.window.ravel() if np.isfinite(n))
                return f"the middle one of {', '.join(map(written, ordered))}{end}"
        return f"({' + '.join(map(_in_sum, cells))}) / {trace.divisor}{end}"
    products = [
        f"{_in_sum(written(exact(x)))} × {_in_sum(written(exact(w)))}"
        for x, w in zip(trace.window.ravel(), weight[0].ravel(), strict=True)
    ]
    bias = [_in_sum(written(exact(trace.bias)))] if scene.layer_has_bias else []
    return f"{' + '.join(products + bias)}{end}"


def _in_sum(number: str) -> str:
    return f"({number})" if number.startswith("−") else number


def _rule(question: Question, field: Field) -> str:
    scene = question.setup.scene
    if isinstance(scene.layer, PoolSpec):
        what = POOL_KINDS[scene.layer.kind].action
        return f"Put the window at row × stride, column × stride, minus the padding, and {what}."
    turn = "Turn the kernel by 180°, put it" if scene.flip else "Put the kernel"
    return f"{turn} on the window, multiply cell by cell, and add everything up."


def _place(question: Question, field: Field) -> tuple[int, int]:
    return field.place or question.setup.place


def _working(setup: Setup, field: Field, whole: bool = False, relu: bool = False) -> Working:
    scene = setup.scene
    down, across = scene.axes
    channel, place = step_place(scene.step, (down.output, across.output), scene.out_channels)
    at = None if whole else field.place or place
    kernel, stride = (down.kernel, across.kernel), (down.stride, across.stride)
    before, after = (down.before, across.before), (down.after, across.after)
    planes = tuple(rows_of(plane) for plane in scene.input_array())
    if isinstance(scene.layer, PoolSpec):
        counts = scene.layer.count_include_pad
        return PoolWorking(planes[channel], scene.layer.kind, kernel, stride, before, counts, at)
    read = scene.layer.channels_read(channel)
    weights = tuple(rows_of(plane) for plane in scene.weight_array()[channel])
    bias = scene.bias_array()
    return ValueWorking(
        planes[read.start : read.stop],
        weights,
        0 if bias is None else rows_of(bias[None])[0][channel],
        stride,
        before,
        after,
        (down.dilation, across.dilation),
        at,
        scene.flip,
        relu,
    )


_BEFORE_RELU = "The stage shows the sums as they are before ReLU."


def _one(name: str, relu: bool) -> Quantity:
    def solve(setup: Setup, field: Field) -> Number:
        return max(output_number(setup, field), 0) if relu else output_number(setup, field)

    def worked(question: Question, field: Field, value: Value) -> str:
        line = sum_line(question, _place(question, field))
        return f"{line}; ReLU makes it {written(value)}" if relu else line

    note = _BEFORE_RELU if relu else ""
    return Quantity(
        name,
        solve=solve,
        working=lambda question, field, before: _working(question.setup, field, relu=relu),
        rule=_rule,
        numbers=lambda question, field: sum_line(question, _place(question, field), result=False),
        worked=worked,
        picture=lambda question, field: Picture(question.setup.scene, note),
        hint_picture="covered",
    )


def _whole(name: str, relu: bool) -> Quantity:
    def solve(setup: Setup, field: Field) -> Matrix:
        made = setup.scene.output()[0]
        return rows_of(np.maximum(made, 0) if relu else made)

    def worked(question: Question, field: Field, value: Value) -> str:
        places = [(r, c) for r in range(len(value)) for c in range(len(value[0]))]
        lines = "; ".join(f"({r}, {c}): {sum_line(question, (r, c))}" for r, c in places)
        return f"{lines}; ReLU makes 0 of what is below it" if relu else lines

    note = _BEFORE_RELU if relu else ""
    return Quantity(
        name,
        solve=solve,
        working=lambda question, field, before: _working(
            question.setup, field, whole=True, relu=relu
        ),
        rule=_rule,
        numbers=_first_sum,
        worked=worked,
        picture=lambda question, field: Picture(question.setup.scene, note),
        hint_picture="covered",
    )


def _first_sum(question: Question, field: Field) -> str:
    return f"The top-left number: {sum_line(question, (0, 0), result=False)}"


ROWS = (
    _one("number", relu=False),
    _one("relu_number", relu=True),
    _whole("output", relu=False),
    _whole("relu_output", relu=True),
)

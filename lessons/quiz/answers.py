"""The right answers, all computed by `kernels` from the question's setup.

One function, `solve`, for every family: a field's `asks` says which quantity it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

import numpy as np

from kernels import (
    CATALOGUE,
    Axis,
    ConvSpec,
    ShapeError,
    conv2d,
    linear_parameters,
    receptive_field,
)
from kernels.networks.layers import Flatten, Linear, layer_macs, numbers_in, parameter_counts
from kernels.networks.shapes import output_shape
from kernels.ops.trace import step_place
from lessons.quiz.question import Field, Matrix, Number, Option, Question, Setup, Value


def solve(question: Question, written: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """The right value of every box.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 1, 0)
    >>> height = question.setup.layers[0].output_size(question.setup.input_shape[1:])[0]
    >>> solve(question)["height"] == height
    True

    written: what the learner wrote in earlier boxes. A box that follows another is then worked
    out from the number written there, where a layer can take it. A setting's value is one example
    of many; `accepts` says which are right.
    """
    written = written or {}
    right = _solved(question)
    if not any(field.follows in written for field in question.fields if field.follows):
        return dict(right)
    return {
        field.id: _carried(question.setup, field, written.get(field.follows), right[field.id])
        for field in question.fields
    }


@lru_cache(maxsize=4096)
def _solved(question: Question) -> dict[str, Value]:
    """Kept, because every slip is compared with the right values."""
    return {f.id: QUANTITIES[f.asks](question.setup, f.layer) for f in question.fields}


def accepts(question: Question, values: Mapping[str, Value]) -> bool:
    """Whether these settings, one an id, make a layer whose output has the target's size.

    >>> from lessons.quiz import generate
    >>> question = generate("legal_setting", 1, 0)
    >>> accepts(question, solve(question)), accepts(question, {"kernel": 999})
    (True, False)
    """
    axis = setting_axis(question, values)
    return axis is not None and axis.room >= 0 and axis.output == question.setup.target


def setting_axis(question: Question, values: Mapping[str, Value]) -> Axis | None:
    """The axis that the typed settings make; None where a layer cannot have them."""
    axis = typed_axis(question, values)
    if axis is None or axis.kernel < least_kernel(question):
        return None
    return None if max(axis.kernel, axis.stride, axis.before) > 10 * axis.input else axis


def typed_axis(question: Question, values: Mapping[str, Value]) -> Axis | None:
    """The axis of settings just as they were typed; None where they are none.

    >>> from lessons.quiz import generate
    >>> typed_axis(generate("legal_setting", 1, 0), {"stride": 2, "padding": 900}).before
    900
    """
    axis = question.setup.layers[0].axes(question.setup.input_shape[1:])[0]
    kernel = values.get("kernel", axis.kernel)
    stride = values.get("stride", axis.stride)
    padding = values.get("padding", axis.before)
    whole = all(type(number) is int for number in (kernel, stride, padding))
    if not whole or kernel < 1 or stride < 1 or padding < 0:
        return None
    return Axis(axis.input, kernel, stride, padding, padding, axis.dilation)


def least_kernel(question: Question) -> int:
    """The smallest kernel that may be chosen: a question that asks for it rules out 1 × 1."""
    return 2 if "kernel" in question.setup.hidden else 1


@lru_cache(maxsize=4096)
def shapes(setup: Setup) -> tuple[tuple[int, ...], ...]:
    """The shape before the first layer and after each."""
    found = [setup.input_shape]
    for number, layer in enumerate(setup.layers):
        found.append(output_shape(f"layer {number + 1}", layer, [("before", found[-1])]))
    return tuple(found)


def exact(number: float) -> Number:
    """A float of the compute module as the whole number or small fraction that it stands for.

    >>> exact(3.0), exact(1 / 9)
    (3, Fraction(1, 9))
    """
    near = Fraction(float(number)).limit_denominator(10_000)
    return near.numerator if near.denominator == 1 else near


def rows_of(array: np.ndarray) -> Matrix:
    """A map as rows of exact numbers."""
    return tuple(tuple(exact(n) for n in row) for row in array)


def _output_number(setup: Setup, layer: int) -> Number:
    channel, place = step_place(
        setup.scene.step,
        setup.scene.layer.output_size(setup.scene.input_size),
        setup.scene.out_channels,
    )
    return exact(setup.scene.output()[(channel, *place)])


def _made_by(setup: Setup, layer: int) -> str:
    """The option whose kernel gives the scene's output."""
    scene = setup.scene
    made = scene.output()
    for option in setup.options:
        weight = np.array(option.rows, dtype=float)[None, None]
        if np.array_equal(conv2d(scene.input_array(), weight), made):
            return option.id
    raise ShapeError("None of the kernels makes this output; give the right one as an option.")


def first_made(question: Question, option: Option) -> Number:
    """The number at row 0, column 0 that an option's kernel makes of the scene's input."""
    weight = np.array(option.rows, dtype=float)[None, None]
    return exact(conv2d(question.setup.scene.input_array(), weight)[0, 0, 0])


def _catalogue_name(setup: Setup, layer: int) -> str:
    """The catalogue's name of the scene's kernel."""
    weight = setup.scene.weight_array()[0, 0]
    for name, kernel in CATALOGUE.items():
        if kernel.taps.shape == weight.shape and np.array_equal(kernel.taps, weight):
            return name
    raise ShapeError("The kernel is none of the catalogue; draw one of those.")


def _dense_parameters(setup: Setup, layer: int) -> int:
    """Parameters of a fully connected layer in the place of layer number `layer`."""
    before, after = shapes(setup)[layer], shapes(setup)[layer + 1]
    return linear_parameters(numbers_in(before), numbers_in(after), _has_bias(setup.layers[layer]))


def _has_bias(layer) -> bool:
    return isinstance(layer, ConvSpec | Linear) and layer.bias


def _axis(setup: Setup, layer: int, which: int) -> Axis:
    return setup.layers[layer].axes(shapes(setup)[layer][1:])[which]


QUANTITIES: dict[str, Callable[[Setup, int], Value]] = {
    "height": lambda s, n: shapes(s)[n + 1][1],
    "width": lambda s, n: shapes(s)[n + 1][2],
    "channels": lambda s, n: shapes(s)[n + 1][0],
    "features": lambda s, n: numbers_in(shapes(s)[n + 1]),
    "weights": lambda s, n: parameter_counts(s.layers[n]).weights,
    "parameters": lambda s, n: sum(parameter_counts(s.layers[n])),
    "all_parameters": lambda s, n: sum(sum(parameter_counts(layer)) for layer in s.layers),
    "dense_parameters": _dense_parameters,
    "macs": lambda s, n: layer_macs(s.layers[n], shapes(s)[n]),
    "operations": lambda s, n: 2 * layer_macs(s.layers[n], shapes(s)[n]),
    "field": lambda s, n: _one(receptive_field(s.layers, s.input_shape[1:]).size),
    "kernel": lambda s, n: _axis(s, n, 0).kernel,
    "stride": lambda s, n: _axis(s, n, 0).stride,
    "padding": lambda s, n: _axis(s, n, 0).before,
    "origin_row": lambda s, n: _axis(s, n, 0).origins[s.place[0]],
    "origin_column": lambda s, n: _axis(s, n, 1).origins[s.place[1]],
    "unused_rows": lambda s, n: len(_axis(s, n, 0).unused),
    "unused_columns": lambda s, n: len(_axis(s, n, 1).unused),
    "number": _output_number,
    "relu_number": lambda s, n: max(_output_number(s, n), 0),
    "output": lambda s, n: rows_of(s.scene.output()[0]),
    "kernel_name": _catalogue_name,
    "made_by": _made_by,
}
"""What a field can ask: each a function of the setup and the number of the layer."""


def _one(size: int | tuple[int, ...]) -> int:
    return size if isinstance(size, int) else size[0]


def _carried(setup: Setup, field: Field, before: Value | None, right: Value) -> Value:
    """A box worked out from the number that was written in the box before it."""
    if not field.follows or type(before) is not int or before < 1:
        return right
    layer, channels = setup.layers[field.layer], shapes(setup)[field.layer][0]
    try:
        if isinstance(layer, Flatten):
            return numbers_in((channels, before, before))
        if isinstance(layer, Linear):
            return linear_parameters(before, layer.out_features, layer.bias)
        return layer.output_size((before, before))[0]
    except ShapeError:
        return right

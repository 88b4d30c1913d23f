"""The formulas behind each box, as terms: those of `kernels`, and theirs turned round."""

from __future__ import annotations

import math
from dataclasses import replace

from kernels import Axis, mac_formula, parameter_formula, receptive_fields, size_formula
from kernels.layers.formula import Formula, Role, Term
from kernels.layers.transposed import TransposedAxis
from kernels.networks.layers import BatchNorm, Flatten, Layer, Linear
from lessons.quiz.answers import shapes
from lessons.quiz.question import Field, Question


def formulas_of(question: Question, field: Field) -> tuple[Formula, ...]:
    """The formulas that give a box, in the order of work; none where there is no number to count.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 1, 0)
    >>> print(formulas_of(question, question.fields[0])[0].symbols)
    ⌊(H + 2·p − k) / s⌋ + 1
    """
    setup, asks = question.setup, field.asks
    layer, shape = setup.layers[field.layer], shapes(setup)[field.layer]
    if field.kind == "setting":
        return (size_formula(layer.axes(shape[1:])[0]),)
    match asks:
        case "height" | "width":
            axis = layer.axes(shape[1:])[int(asks == "width")]
            return (_any_size(axis, asks),)
        case "unused_rows" | "unused_columns":
            which = int(asks == "unused_columns")
            return (_leftover(layer.axes(shape[1:])[which], ("height", "width")[which]),)
        case "padding" | "stride":
            axis = layer.axes(shape[1:])[0]
            return (_padding(axis) if asks == "padding" else _stride(axis),)
        case "origin_row" | "origin_column":
            which = int(asks == "origin_column")
            return (_origin(layer.axes(shape[1:])[which], setup.place[which]),)
        case "weights":
            return (parameter_formula(replace(layer, bias=False)),)
        case "parameters":
            return (*_flattened(question, field), _parameters(layer))
        case "all_parameters":
            return tuple(_parameters(one) for one in setup.layers)
        case "dense_parameters":
            after = shapes(setup)[field.layer + 1]
            return (_parameters(Linear(math.prod(shape), math.prod(after), layer.bias)),)
        case "features":
            return (*_sizes_before(question, field), _features(shape))
        case "macs" | "operations":
            formula = mac_formula(layer, shape[1:])
            return (formula if asks == "macs" else _doubled(formula),)
        case "field":
            return _growth(question)
    return ()


def _value(role: Role, symbol: str, value: int, meaning: str) -> Term:
    return Term("value", role, symbol, value, f"{symbol.replace('_', ' ')} = {value}: {meaning}")


def _sign(symbol: str) -> Term:
    return Term("operator", "operator", symbol)


def _any_size(axis: Axis | TransposedAxis, name: str) -> Formula:
    """The output size of a window or of a transposed convolution."""
    if not isinstance(axis, TransposedAxis):
        return size_formula(axis, name)
    letter = name[0].upper()
    terms = [
        _sign("("),
        _value("input", letter, axis.input, f"input {name}"),
        _sign("−"),
        _value("one", "1", 1, "the copies of the kernel lie one step fewer apart"),
        _sign(")"),
        _sign("·"),
        _value("stride", "s", axis.stride, "stride: how far the copies lie apart"),
        _sign("−"),
        _value("padding", "2", 2, "both sides are cropped"),
        _sign("·"),
        _value("padding", "p", axis.before, "padding: cells cropped on each side"),
        _sign("+"),
        *_reach(axis),
    ]
    if axis.output_padding:
        extra = "output_padding: cells more at the end"
        terms += [_sign("+"), _value("padding", "op", axis.output_padding, extra)]
    return Formula(name, f"Output {name}", tuple(terms), axis.output, "padding crops the output")


def _reach(axis: Axis | TransposedAxis) -> list[Term]:
    """How many cells a kernel covers: k, or d·(k − 1) + 1."""
    size = _value("kernel", "k", axis.kernel, "kernel size")
    if axis.dilation == 1:
        return [size]
    return [
        _value("dilation", "d", axis.dilation, "dilation: from one tap to the next"),
        _sign("·"),
        _sign("("),
        size,
        _sign("−"),
        _value("kernel", "1", 1, "k taps have k − 1 gaps"),
        _sign(")"),
        _sign("+"),
        _value("kernel", "1", 1, "the last tap itself"),
    ]


def _less_reach(axis: Axis) -> list[Term]:
    """The reach subtracted."""
    reach = _reach(axis)
    return [_sign("−"), *reach] if len(reach) == 1 else [_sign("−"), _sign("("), *reach, _sign(")")]


def _room(axis: Axis, name: str) -> list[Term]:
    """Cells that the window can move: input, padding, less the kernel."""
    size = _value("input", name[0].upper(), axis.input, f"input {name}")
    padding = _value("padding", "p", axis.before, "padding on each side")
    both = [_sign("+"), _value("padding", "2", 2, "both sides"), _sign("·"), padding]
    return [size, *both, *_less_reach(axis)]


def _leftover(axis: Axis, name: str) -> Formula:
    terms = [_sign("("), *_room(axis, name), _sign(")"), _sign(" mod ")]
    terms.append(_value("stride", "s", axis.stride, "stride"))
    note = "mod: what is left after dividing"
    return Formula("leftover", "Left over", tuple(terms), len(axis.unused), note)


def _padding(axis: Axis) -> Formula:
    """The size formula turned round: the fewest cells with which the last window fits."""
    up = "round up to a whole number"
    terms = [
        Term("open", "floor", "⌈", meaning=up),
        *_sign_group(
            _value("output", "H_out", axis.output, "output height"),
            _sign("−"),
            _value("one", "1", 1, "steps are one fewer than positions"),
        ),
        _sign("·"),
        _value("stride", "s", axis.stride, "stride"),
        _sign("+"),
        *_reach(axis),
        _sign("−"),
        _value("input", "H", axis.input, "input height"),
        Term("over", "floor", "/"),
        _value("padding", "2", 2, "both sides"),
        Term("close", "floor", "⌉", meaning=up),
    ]
    return Formula("padding", "Padding per side", tuple(terms), axis.before, "per side")


def _stride(axis: Axis) -> Formula:
    """The size formula turned round: the longest step with which all positions fit."""
    down = "round down to a whole number"
    terms = [
        Term("open", "floor", "⌊", meaning=down),
        *_room(axis, "height"),
        Term("over", "floor", "/"),
        *_sign_group(
            _value("output", "H_out", axis.output, "output height"),
            _sign("−"),
            _value("one", "1", 1, "steps are one fewer than positions"),
        ),
        Term("close", "floor", "⌋", meaning=down),
    ]
    return Formula("stride", "Stride", tuple(terms), axis.stride)


def _sign_group(*terms: Term) -> tuple[Term, ...]:
    return (_sign("("), *terms, _sign(")"))


def _origin(axis: Axis, position: int) -> Formula:
    terms = (
        _value("output", "n", position, "position of the output number, from 0"),
        _sign("·"),
        _value("stride", "s", axis.stride, "stride"),
        _sign("−"),
        _value("padding", "p", axis.before, "cells of padding before the input"),
    )
    return Formula("origin", "First cell", terms, axis.origins[position])


def _parameters(layer: Layer) -> Formula:
    """What one layer learns."""
    if isinstance(layer, BatchNorm):
        terms = (
            _value("one", "2", 2, "a scale and a shift"),
            _sign("·"),
            _value("channels", "C", layer.channels, "channels"),
        )
        return Formula("parameters", "Batch normalisation", terms, 2 * layer.channels)
    if not isinstance(layer, Linear):
        return parameter_formula(layer)
    terms = [
        _value("input", "n_in", layer.in_features, "inputs"),
        _sign("·"),
        _value("output", "n_out", layer.out_features, "outputs"),
    ]
    if layer.bias:
        terms += [_sign("+"), _value("bias", "n_out", layer.out_features, "one bias an output")]
    total = layer.in_features * layer.out_features + layer.out_features * layer.bias
    note = "biases counted" if layer.bias else "no bias"
    return Formula("parameters", "Parameters", tuple(terms), total, note)


def _features(shape: tuple[int, ...]) -> Formula:
    terms: list[Term] = []
    names = (("C", "channels"), ("H", "height"), ("W", "width"))
    for (symbol, name), size in zip(names, shape, strict=True):
        terms += [_sign("·"), _value("channels" if symbol == "C" else "input", symbol, size, name)]
    return Formula("features", "Numbers", tuple(terms[1:]), math.prod(shape))


def _flattened(question: Question, field: Field) -> tuple[Formula, ...]:
    """How many numbers a flatten just before a layer gives, unless a box asks that."""
    layers, number = question.setup.layers, field.layer - 1
    if field.follows or number < 0 or not isinstance(layers[number], Flatten):
        return ()
    return (_features(shapes(question.setup)[number]),)


def _sizes_before(question: Question, field: Field) -> tuple[Formula, ...]:
    """The sizes of the maps before a flatten, unless boxes ask them."""
    if field.follows:
        return ()
    found = []
    for number, layer in enumerate(question.setup.layers[: field.layer], start=1):
        axis = layer.axes(shapes(question.setup)[number - 1][1:])[0]
        found.append(replace(_any_size(axis, "height"), label=f"Size after layer {number}"))
    return tuple(found)


def _doubled(formula: Formula) -> Formula:
    two = _value("one", "2", 2, "a product and an addition")
    terms = (two, _sign("·"), *formula.terms)
    return replace(formula, label="Operations", terms=terms, result=2 * formula.result, note="")


def _growth(question: Question) -> tuple[Formula, ...]:
    """The receptive field layer by layer: r + (k − 1)·jump."""
    formulas, size, jump = [], 1, 1
    rows = receptive_fields(question.setup.layers, question.setup.input_shape[1:])
    for number, row in enumerate(rows, start=1):
        reach, after = _first(row.effective_kernel), _first(row.field.size)
        terms = (
            _value("input", "r", size, "cells seen before this layer"),
            _sign("+"),
            _sign("("),
            _value("kernel", "k", reach, "cells that its window reaches over"),
            _sign("−"),
            _value("one", "1", 1, "neighbouring windows overlap"),
            _sign(")"),
            _sign("·"),
            _value("stride", "j", jump, "jump: the strides of the layers before, multiplied"),
        )
        formulas.append(Formula("field", f"After layer {number}", terms, after))
        size, jump = after, _first(row.field.jump)
    return tuple(formulas)


def _first(size: int | tuple[int, ...]) -> int:
    return size if isinstance(size, int) else size[0]

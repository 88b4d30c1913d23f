"""What layers learn: weights, parameters, and the numbers that a flatten hands on."""

from __future__ import annotations

import math
from dataclasses import replace

from kernels import ConvSpec, PoolSpec, ShapeError, linear_parameters, size_formula
from kernels import parameter_formula as conv_formula
from kernels.layers.formula import Formula
from kernels.layers.terms import Term
from kernels.networks.layers import BatchNorm, Flatten, Layer, Linear, numbers_in, parameter_counts
from lessons.quiz.compare import written
from lessons.quiz.layer_pictures import weights_picture
from lessons.quiz.mistakes.parameters import ConvCount, DenseCount, conv_count
from lessons.quiz.mistakes.size_workings import plain
from lessons.quiz.mistakes.sizes import sized_by
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.mistakes.totals import TotalWorking
from lessons.quiz.quantities.quantity import Quantity, counted_by, written_out
from lessons.quiz.quantities.terms import number_term, sign
from lessons.quiz.question import Field, Number, Question, Setup, Value
from lessons.quiz.shapes import axes_of, shapes


def parameter_formula(layer: Layer) -> Formula:
    """What one layer learns."""
    if isinstance(layer, BatchNorm):
        terms = (
            number_term("one", "2", 2, "a scale and a shift"),
            sign("·"),
            number_term("channels", "C", layer.channels, "channels"),
        )
        return Formula("parameters", "Batch normalisation", terms, 2 * layer.channels)
    if not isinstance(layer, Linear):
        return conv_formula(layer)
    terms = [
        number_term("input", "n_in", layer.in_features, "inputs"),
        sign("·"),
        number_term("output", "n_out", layer.out_features, "outputs"),
    ]
    if layer.bias:
        bias = number_term("bias", "n_out", layer.out_features, "one bias for each output")
        terms += [sign("+"), bias]
    note = "biases counted" if layer.bias else "no bias"
    total = sum(parameter_counts(layer))
    return Formula("parameters", "Parameters", tuple(terms), total, note)


def _features_formula(shape: tuple[int, ...]) -> Formula:
    terms: list[Term] = []
    names = (("C", "channels"), ("H", "height"), ("W", "width"))
    for (symbol, name), size in zip(names, shape, strict=True):
        role = "channels" if symbol == "C" else "input"
        terms += [sign("·"), number_term(role, symbol, size, name)]
    return Formula("features", "Numbers", tuple(terms[1:]), math.prod(shape))


def _feature_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    """The sizes of the maps before a flatten, unless boxes ask for them, and their product."""
    through = shapes(question.setup)
    found = []
    if not field.follows:
        for number, layer in enumerate(question.setup.layers[: field.layer], start=1):
            axis = layer.axes(through[number - 1][1:])[0]
            formula = size_formula(axis, "height")
            found.append(replace(formula, label=f"Size after layer {number}"))
    return (*found, _features_formula(through[field.layer]))


def _layer_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    """How many numbers a flatten just before hands on, unless a box asks for that, and the layer's
    parameters."""
    layers, number = question.setup.layers, field.layer - 1
    formula = parameter_formula(layers[field.layer])
    if field.follows or number < 0 or not isinstance(layers[number], Flatten):
        return (formula,)
    return (_features_formula(shapes(question.setup)[number]), formula)


def _dense_layer(setup: Setup, field: Field) -> Linear:
    """The fully connected layer from a layer's input to its output."""
    before, after = shapes(setup)[field.layer : field.layer + 2]
    layer = setup.layers[field.layer]
    biased = isinstance(layer, ConvSpec | Linear) and layer.bias
    return Linear(numbers_in(before), numbers_in(after), biased)


def _conv_working(
    setup: Setup, field: Field, *, biased: bool = True, whole: bool = False
) -> ConvCount:
    """A convolution's count; `whole`: with what the layers after it learn."""
    layer, through = setup.layers[field.layer], shapes(setup)
    shape, after = through[field.layer], through[field.layer + 1]
    pools = [one for one in setup.layers if isinstance(one, PoolSpec)]
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
        tuple(axis.effective_kernel for axis in axes_of(setup, field)),
        layer.groups,
        layer.bias and biased,
        **extra,
    )


def _layer_working(question: Question, field: Field, before: int | None) -> Working:
    setup, number = question.setup, field.layer
    layer, through = setup.layers[number], shapes(setup)
    if not isinstance(layer, Linear):
        return _conv_working(setup, field)
    # The map that is flattened just before it is part of its working.
    flattened = number and isinstance(setup.layers[number - 1], Flatten)
    features = (before or through[number][0],)
    if flattened and not before:
        features = through[number - 1]
    return DenseCount(features, layer.out_features, layer.bias)


def _dense_working(question: Question, field: Field, before: int | None) -> DenseCount:
    shape, after = shapes(question.setup)[field.layer : field.layer + 2]
    layer = question.setup.layers[field.layer]
    return DenseCount(shape, math.prod(after), layer.bias, math.prod(after[1:]))


def _features_working(question: Question, field: Field, before: int | None) -> DenseCount:
    channels, *size = shapes(question.setup)[field.layer]
    sized = () if field.follows else _maps_by_slip(question.setup, field)
    return DenseCount((channels, *((before, before) if before else size)), 0, False, sized=sized)


def _maps_by_slip(setup: Setup, field: Field) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The map that is flattened, by each slip in the sizes of a convolution and the pooling after.

    The slips are those in the convolution's size; whoever makes them pools as usual.
    """
    layers = setup.layers[: field.layer]
    if [type(layer) for layer in layers] != [ConvSpec, PoolSpec]:
        return ()
    conv, pool = layers
    size, channels = setup.input_shape[1:], conv.out_channels
    ways = {id: (pool, wrong) for id, wrong in sized_by(conv.axes(size)).items()}
    ways |= {"pooled-first": (conv, pool.output_size(size)), "layer-left-out": (pool, size)}
    found = []
    for id, (last, before) in ways.items():
        try:
            found.append((id, (channels, *last.output_size(before))))
        except ShapeError:
            continue
    return tuple(found)


def _carry_features(setup: Setup, field: Field, before: Number) -> Number:
    return plain(shapes(setup)[field.layer][0] * before * before)


def _carry_parameters(setup: Setup, field: Field, before: Number) -> Number:
    layer = setup.layers[field.layer]
    if isinstance(before, int):
        return linear_parameters(before, layer.out_features, layer.bias)
    return plain(before * layer.out_features + layer.out_features * layer.bias)


def _weights(question: Question, field: Field) -> tuple[Formula, ...]:
    return (conv_formula(replace(question.setup.layers[field.layer], bias=False)),)


def _all_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    return tuple(map(parameter_formula, question.setup.layers))


def _all_rule(question: Question, field: Field) -> str:
    symbols = (one.symbols for one in _all_formulas(question, field) if len(one.terms) > 1)
    question_to_ask = "Add up what each layer learns: does pooling learn anything?"
    return " ".join(filter(None, (question_to_ask, "; ".join(symbols))))


def _all_numbers(question: Question, field: Field) -> str:
    """Each layer's numbers; a bare number, as pooling's, would be the answer."""
    return "; ".join(one.arithmetic for one in _all_formulas(question, field) if len(one.terms) > 1)


def _all_worked(question: Question, field: Field, value: Value) -> str:
    formulas = _all_formulas(question, field)
    lines = [written_out(formulas)]
    if len(formulas) > 1:
        lines.append(f"{' + '.join(str(formula.result) for formula in formulas)} = {value}")
    return "; ".join(lines)


def _all_picture(question: Question, field: Field):
    note = "Pooling learns nothing."
    if any(isinstance(one, BatchNorm) for one in question.setup.layers):
        note = "Batch normalisation learns two numbers more for each map; pooling learns nothing."
    return weights_picture(question, field, note)


def _learning_layers(setup: Setup) -> tuple[int, ...]:
    """The places of the layers that learn anything."""
    return tuple(n for n, layer in enumerate(setup.layers) if sum(parameter_counts(layer)))


def _total_working(question: Question, field: Field, before: int | None) -> TotalWorking:
    parts = []
    for number in _learning_layers(question.setup):
        part = _layer_working(question, replace(field, layer=number), None)
        assert isinstance(part, ConvCount | DenseCount)
        parts.append(part)
    return TotalWorking(tuple(parts))


def _learning_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    """The parameters of every layer that learns, and last their sum."""
    layers = question.setup.layers
    found = [parameter_formula(layers[n]) for n in _learning_layers(question.setup)]
    terms = []
    for number, one in enumerate(found, start=1):
        terms += [sign("+"), number_term("output", f"P_{number}", one.result, one.label)]
    total = sum(one.result for one in found)
    return (*found, Formula("total", "In all", tuple(terms[1:]), total))


def _total_rule(question: Question, field: Field) -> str:
    last = _learning_formulas(question, field)[-2]
    return f"Add up what every layer learns; a fully connected one has {last.symbols}."


def _total_worked(question: Question, field: Field, value: Value) -> str:
    formulas = _learning_formulas(question, field)[:-1]
    lines = [f"{one.arithmetic} = {written(one.result)}" for one in formulas]
    total = " + ".join(written(one.result) for one in formulas)
    return "; ".join([*lines, f"{total} = {written(value)}"])


ROWS = (
    Quantity(
        "features",
        solve=lambda setup, field: numbers_in(shapes(setup)[field.layer + 1]),
        working=_features_working,
        **counted_by(_feature_formulas, "Flatten keeps every number: {}"),
        carry=_carry_features,
    ),
    Quantity(
        "weights",
        slides=False,
        solve=lambda setup, field: parameter_counts(setup.layers[field.layer]).weights,
        working=lambda question, field, before: _conv_working(question.setup, field, biased=False),
        **counted_by(_weights),
        picture=lambda question, field: weights_picture(question, field, count="weights"),
        weighs=True,
    ),
    Quantity(
        "parameters",
        slides=False,
        solve=lambda setup, field: sum(parameter_counts(setup.layers[field.layer])),
        working=_layer_working,
        **counted_by(_layer_formulas),
        picture=lambda question, field: weights_picture(question, field, count="parameters"),
        carry=_carry_parameters,
        weighs=True,
    ),
    Quantity(
        "all_parameters",
        slides=False,
        solve=lambda setup, field: sum(sum(parameter_counts(one)) for one in setup.layers),
        working=lambda question, field, before: _conv_working(question.setup, field, whole=True),
        rule=_all_rule,
        numbers=_all_numbers,
        formulas=_all_formulas,
        worked=_all_worked,
        picture=_all_picture,
        weighs=True,
    ),
    Quantity(
        "total_parameters",
        solve=lambda setup, field: sum(sum(parameter_counts(one)) for one in setup.layers),
        working=_total_working,
        formulas=_learning_formulas,
        rule=_total_rule,
        numbers=lambda question, field: "; ".join(
            one.arithmetic for one in _learning_formulas(question, field)[:-1]
        ),
        worked=_total_worked,
        picture=lambda question, field: None,
        adds_up=True,
    ),
    Quantity(
        "dense_parameters",
        solve=lambda setup, field: sum(parameter_counts(_dense_layer(setup, field))),
        working=_dense_working,
        **counted_by(
            lambda question, field: (parameter_formula(_dense_layer(question.setup, field)),)
        ),
        picture=weights_picture,
        weighs=True,
    ),
)

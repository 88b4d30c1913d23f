"""Hints, from the formula to the picture, and the worked solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kernels import CATALOGUE, PoolSpec, trace_window
from kernels.layers.formula import Formula
from lessons.quiz.answers import exact, rows_of, solve
from lessons.quiz.compare import written
from lessons.quiz.layer_pictures import Shown, WeightPicture, pictures_of, weights_of
from lessons.quiz.pictures import Picture, picture_of, windows_of
from lessons.quiz.question import Field, Question, Value
from lessons.quiz.steps import formulas_of


@dataclass(frozen=True)
class Hint:
    """One rung: which formula, the formula with this question's numbers, or the picture."""

    kind: Literal["formula", "numbers", "picture"]
    text: str
    formulas: tuple[Formula, ...] = ()
    picture: Picture | WeightPicture | None = None


@dataclass(frozen=True)
class Step:
    """One box worked out: in words, and as the formula's terms where there is one."""

    field: str
    label: str
    text: str
    answer: str
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Solution:
    """Every box worked out, and what is shown beside it."""

    steps: tuple[Step, ...]
    pictures: tuple[Shown, ...]


def hints(question: Question) -> tuple[Hint, ...]:
    """The hint ladder: each rung tells more; without a picture it has two.

    Of a size the picture tells most. Of a value the sum with its numbers does, and comes last; the
    picture before it shows only where the windows stand.

    >>> from lessons.quiz import generate
    >>> [hint.kind for hint in hints(generate("output_size", 2, 0))]
    ['formula', 'numbers', 'picture']
    >>> [hint.kind for hint in hints(generate("cell_value", 2, 0))]
    ['formula', 'picture', 'numbers']
    >>> hints(generate("output_size", 2, 0))[0].text
    'For each axis: ⌊(H + 2·p − k) / s⌋ + 1'
    """
    first = question.fields[0]
    formulas = formulas_of(question, first)
    if first.kind == "setting":
        rungs = [Hint("formula", _rule(question, first), formulas)]
        rungs.append(Hint("numbers", _known_settings(question)))
    else:
        rungs = [Hint("formula", _rule(question, first), formulas)]
        if told := _with_numbers(question):
            rungs.append(Hint("numbers", told, formulas))
    if weights := weights_of(question, first):
        return (*rungs, Hint("picture", _TENSOR, picture=weights))
    picture = picture_of(question) if first.asks in _PICTURED and first.kind != "setting" else None
    if picture and first.asks in _VALUES:
        picture = windows_of(picture)
    if picture:
        text = "Look where the windows stand." + (f" {picture.note}" if picture.note else "")
        rung = Hint("picture", text, picture=picture)
        rungs.insert(1 if first.asks in _VALUES else len(rungs), rung)
    return tuple(rungs)


_TENSOR = "Look at the weights: a row for each kernel, a column for each channel it could see."
_VALUES = ("number", "relu_number", "output")


#: Boxes of which the picture of the first layer helps and does not give the answer away.
_PICTURED = {
    *("height", "width", "channels", "origin_row", "unused_rows", "number", "relu_number"),
    "output",
}


def _known_settings(question: Question) -> str:
    """The size formula with what is told in numbers and what is asked in letters."""
    setup = question.setup
    axis = setup.layers[0].axes(setup.input_shape[1:])[0]
    told = {"kernel": axis.kernel, "stride": axis.stride, "padding": axis.before}
    letters = {"kernel": "k", "stride": "s", "padding": "p"}
    k, s, p = (letters[name] if name in setup.hidden else told[name] for name in told)
    return f"⌊({axis.input} + 2·{p} − {k}) / {s}⌋ + 1 = {setup.target}"


def solution(question: Question) -> Solution:
    """Work out every box.

    >>> from lessons.quiz import generate
    >>> step = solution(generate("layer_parameters", 2, 0)).steps[0]
    >>> step.text.endswith(step.answer.replace(",", ""))
    True
    """
    answers = solve(question)
    steps = []
    for field in question.fields:
        formulas = formulas_of(question, field)
        text = _worked(question, field, formulas, answers[field.id])
        label = _label(question, field, answers[field.id])
        steps.append(Step(field.id, field.label, text, label, formulas))
    return Solution(tuple(steps), pictures_of(question))


def _label(question: Question, field: Field, value: Value) -> str:
    """An answer in words: a choice by its label."""
    names = {option.id: option.label for option in question.setup.options}
    return names.get(value, value) if isinstance(value, str) else written(value)


def _worked(question: Question, field: Field, formulas: tuple[Formula, ...], value: Value) -> str:
    if field.kind == "setting":
        formula = formulas[0]
        return f"For example: {formula.numbers} = {formula.result}"
    if field.asks == "channels":
        return _rule(question, field)
    if formulas:
        lines = [_line(one) for one in formulas]
        if field.asks == "all_parameters" and len(formulas) > 1:
            lines.append(f"{' + '.join(str(formula.result) for formula in formulas)} = {value}")
        return "; ".join(lines)
    if field.asks in ("number", "relu_number"):
        return _sum_text(question, question.setup.place) + (
            f"; ReLU makes it {written(value)}" if field.asks == "relu_number" else ""
        )
    if field.asks == "output":
        rows, columns = len(value), len(value[0])
        places = [(r, c) for r in range(rows) for c in range(columns)]
        return "; ".join(f"({r}, {c}): {_sum_text(question, (r, c))}" for r, c in places)
    if field.asks == "kernel_name":
        return f"{CATALOGUE[value].title}. {CATALOGUE[value].reason}"
    if field.asks == "made_by":
        label = _label(question, field, value)
        return f"On the first window {label} gives {_sum_text(question, (0, 0))}"
    return f"{_rule(question, field)} It is {_label(question, field, value)}."


def _line(formula: Formula) -> str:
    """A formula in symbols, in numbers and its result; a bare number by its label."""
    if formula.symbols == str(formula.result):
        return f"{formula.label} of pooling: {formula.result}"
    return f"{formula.symbols} = {formula.numbers} = {formula.result}"


def _sum_text(question: Question, place: tuple[int, int], result: bool = True) -> str:
    """The products under one window, added up, or the cells that a pooling looks at."""
    scene = question.setup.scene
    pool = isinstance(scene.layer, PoolSpec)
    weight = None if pool else scene.weight_array()
    trace = trace_window(scene.layer, scene.input_array(), weight, scene.bias_array(), place)
    end = f" = {written(exact(trace.result))}" if result else ""
    if pool:
        cells = [written(exact(n)) for n in trace.window.ravel() if np.isfinite(n)]
        if scene.layer.kind == "max":
            return f"the largest of {', '.join(cells)}{end}"
        return f"({' + '.join(_in_sum(c) for c in cells)}) / {trace.divisor}{end}"
    products = [
        f"{_in_sum(written(exact(x)))}·{_in_sum(written(exact(w)))}"
        for x, w in zip(trace.window.ravel(), weight[0].ravel(), strict=True)
    ]
    bias = [_in_sum(written(exact(trace.bias)))] if scene.layer_has_bias else []
    return f"{' + '.join(products + bias)}{end}"


def _in_sum(number: str) -> str:
    return f"({number})" if number.startswith("−") else number


def _with_numbers(question: Question) -> str:
    """The formulas with the question's numbers, without results where one result is the answer."""
    first = question.fields[0]
    formulas = formulas_of(question, first)
    if first.asks in ("number", "relu_number"):
        return _sum_text(question, question.setup.place, result=False)
    if first.asks == "output":
        return f"Row 0, column 0: {_sum_text(question, (0, 0), result=False)}"
    if first.asks == "channels" or not formulas:
        return _closer(question, first)
    if first.asks == "all_parameters":  # a bare number, as pooling's, would be the answer
        return "; ".join(one.numbers for one in formulas if len(one.terms) > 1)
    if len(formulas) == 1:
        return formulas[0].numbers
    told = [f"{one.label}: {one.numbers} = {one.result}" for one in formulas[:-1]]
    return "; ".join([*told, f"{formulas[-1].label}: {formulas[-1].numbers}"])


def _closer(question: Question, field: Field) -> str:
    """A second hint where there is no formula."""
    scene = question.setup.scene
    if field.asks == "channels":
        layer = question.setup.layers[field.layer]
        if isinstance(layer, PoolSpec):
            return f"{question.setup.input_shape[0]} channels go in, each by itself."
        return f"{layer.out_channels} kernels slide over the input."
    if field.asks == "made_by":
        window = scene.input_array()[0, : scene.layer.kernel_size[0], : scene.layer.kernel_size[1]]
        first = written(exact(scene.output()[0, 0, 0]))
        rows = written(rows_of(window))
        return f"The first window holds {rows}; its products must add up to {first}."
    total = written(exact(scene.weight_array().sum()))
    return f"The weights sum to {total}."


_RULES = {
    "padding": "The size formula, turned round for p",
    "stride": "The size formula, turned round for s",
    "origin_row": "A window starts at position times stride, less the padding",
    "field": "Each layer adds (k − 1) jumps; then the jump is multiplied by its stride",
    "all_parameters": "Add up what each layer learns: does pooling learn anything?",
    "features": "Flatten keeps every number",
}


def _rule(question: Question, field: Field) -> str:
    """Which formula or rule it is, in symbols or words."""
    formulas = formulas_of(question, field)
    if field.kind == "setting":
        return f"Any setting will do for which this gives the output: {formulas[0].symbols}"
    layer = question.setup.layers[field.layer]
    if field.asks == "channels":
        if isinstance(layer, PoolSpec):
            return "Pooling works on each channel alone: as many channels come out as went in."
        return "Every kernel makes one map: as many channels come out as there are kernels."
    if field.asks in _VALUES:
        if isinstance(layer, PoolSpec):
            what = "take the largest number" if layer.kind == "max" else "take the mean"
            return f"Put the window at row × stride, column × stride, less the padding, and {what}."
        turn = "Turn the kernel by 180°, put it" if question.setup.scene.flip else "Put the kernel"
        return f"{turn} on the window, multiply cell by cell, and add everything up."
    if field.asks == "made_by":
        return "Try each kernel on the first window: multiply cell by cell and add up."
    if field.asks == "kernel_name":
        return "Look at the sum of the weights, at their signs, and at which side is positive."
    symbols = formulas[-1].symbols if formulas else ""
    if field.asks in ("height", "width"):
        return f"For each axis: {symbols}"
    if field.asks == "all_parameters":
        symbols = "; ".join(one.symbols for one in formulas if len(one.terms) > 1)
    rule = _RULES.get(field.asks, "")
    joint = " " if rule.endswith("?") else ": "
    return joint.join(part for part in (rule, symbols) if part)

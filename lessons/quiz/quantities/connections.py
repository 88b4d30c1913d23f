"""What joins inputs to outputs: lines drawn, and the products along them."""

from __future__ import annotations

import math

from kernels.layers.formula import Formula
from kernels.layers.links import links_of
from kernels.networks.layers import numbers_in
from lessons.quiz.mistakes.notation import product
from lessons.quiz.mistakes.reckoning import Reckoning, Worked, own_slip
from lessons.quiz.quantities.quantity import Quantity, counted_by
from lessons.quiz.quantities.terms import number_term, sign
from lessons.quiz.question import Field, Question, Setup
from lessons.quiz.shapes import axes_of, shapes

SLIPS = (
    own_slip(
        "lines-added",
        "inputs and outputs added",
        "Every input is joined to every output: multiply.",
        "sharing",
    ),
    own_slip(
        "weights-for-lines",
        "weights counted instead of lines",
        "A weight is used at every place of the window: count it as often as it is used.",
        "sharing",
    ),
    own_slip(
        "padding-joined",
        "padding cells counted as inputs",
        "A padding cell is not an input: windows at the ends have fewer lines.",
        "sharing",
    ),
    own_slip(
        "dense-convolution",
        "convolution joined to all inputs",
        "An output of a convolution sees its window only, not the whole input.",
        "sharing",
    ),
)


def _ends(setup: Setup, field: Field) -> tuple[int, int]:
    """How many numbers go into the layer and come out."""
    before, after = shapes(setup)[field.layer : field.layer + 2]
    return numbers_in(before), numbers_in(after)


def _dense(setup: Setup, field: Field) -> int:
    return math.prod(_ends(setup, field))


def _lines(setup: Setup, field: Field) -> int:
    """The pairs of an input cell and an output cell whose window holds it."""
    found = []
    for axis in axes_of(setup, field):
        links = links_of(axis)
        found.append(
            sum(links.sources[cell] is not None for reads in links.reads for _, cell in reads)
        )
    return math.prod(found)


def _dense_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    inputs, outputs = _ends(question.setup, field)
    terms = (
        number_term("input", "m", inputs, "inputs"),
        sign("·"),
        number_term("output", "n", outputs, "outputs"),
    )
    return (Formula("lines", "Fully connected", terms, inputs * outputs),)


def _dense_working(question: Question, field: Field, before: int | None) -> Reckoning:
    inputs, outputs = _ends(question.setup, field)
    return Reckoning(
        (inputs * outputs, f"{inputs} × {outputs}"),
        {"lines-added": (inputs + outputs, f"{inputs} + {outputs}")},
    )


def _missing(question: Question, field: Field) -> int:
    """The lines that would end in padding."""
    layer, outputs = question.setup.layers[field.layer], _ends(question.setup, field)[1]
    return outputs * math.prod(layer.kernel_size) - _lines(question.setup, field)


def _conv_formulas(question: Question, field: Field) -> tuple[Formula, ...]:
    setup = question.setup
    terms = [
        number_term("output", "n", _ends(setup, field)[1], "outputs"),
        sign("·"),
        number_term("kernel", "k", math.prod(setup.layers[field.layer].kernel_size), "taps"),
    ]
    if missing := _missing(question, field):
        terms += [sign("−"), number_term("padding", "e", missing, "lines that end in padding")]
    return (Formula("lines", "Convolution", tuple(terms), _lines(setup, field)),)


def _conv_working(question: Question, field: Field, before: int | None) -> Reckoning:
    setup = question.setup
    inputs, outputs = _ends(setup, field)
    kernel = setup.layers[field.layer].kernel_size
    taps, missing = math.prod(kernel), _missing(question, field)
    times = f"{outputs} × {product(kernel)}"
    wrong: dict[str, Worked] = {
        "weights-for-lines": (taps, product(kernel)),
        "dense-convolution": (inputs * outputs, f"{inputs} × {outputs}"),
    }
    if missing:
        wrong["padding-joined"] = (outputs * taps, times)
    elif inputs != outputs:
        wrong["input-area"] = (inputs * taps, f"{inputs} × {product(kernel)}")
    line = f"{times} − {missing}" if missing else times
    return Reckoning((_lines(setup, field), line), wrong)


ROWS = (
    Quantity(
        "dense_lines",
        solve=_dense,
        working=_dense_working,
        **counted_by(_dense_formulas, "Every input is joined to every output: {}"),
        slips=SLIPS,
    ),
    Quantity(
        "conv_lines",
        solve=_lines,
        working=_conv_working,
        **counted_by(_conv_formulas, "Every output is joined to the cells of its window: {}"),
    ),
)

"""Formulas are evaluated here from their terms alone and must give what the geometry says."""

import math
import random
from fractions import Fraction
from itertools import product
from typing import get_args

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.formula import (
    Formula,
    layer_formulas,
    mac_formula,
    parameter_formula,
    size_formula,
)
from kernels.layers.geometry import Axis
from kernels.layers.links import links_of
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.layers.terms import Role, Term
from kernels.layers.transposed import TransposedAxis

SYMBOLS = {"·": "*", "−": "-", "+": "+", "/": "/", "(": "(", ")": ")"}
BRACKETS = {"⌊": ("floor", "⌋"), "⌈": ("ceil", "⌉")}


def evaluated(formula: Formula) -> int:
    """The number that the terms say, by Python's own arithmetic on exact fractions."""
    text, open_brackets = "", []
    for term in formula.terms:
        if term.kind == "value":
            text += f"Fraction({term.value})"
        elif term.kind == "operator":
            text += SYMBOLS[term.symbol]
        elif term.kind == "open":
            name, closing = BRACKETS[term.symbol]
            open_brackets.append(closing)
            text += f"{name}(("
        elif term.kind == "over":
            text += ")/("
        else:
            assert term.kind == "close" and term.symbol == open_brackets.pop()
            text += "))"
    assert not open_brackets
    number = eval(text, {"Fraction": Fraction, "floor": math.floor, "ceil": math.ceil})
    assert number == int(number)
    return int(number)


def check(formula: Formula) -> None:
    for term in formula.terms:
        assert term.role in get_args(Role)
        assert (term.value is not None) == (term.kind == "value"), term
        assert term.symbol
        if term.kind in ("open", "over", "close"):
            assert term.role == "floor"
        if term.kind == "operator":
            assert term.role == "operator"
    assert evaluated(formula) == formula.result, formula.numbers


# Evaluated from the terms


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_the_size_formula_says_what_the_geometry_says(ceil_mode):
    tried = dropped = 0
    for n, k, s, before, after, d in product(
        range(1, 9), range(1, 6), (1, 2, 3, 4), (0, 1, 2), (0, 1, 3), (1, 2, 3)
    ):
        axis = Axis(n, k, s, before, after, d, ceil_mode)
        if axis.output < 1 or (axis.room < 0 and not ceil_mode):
            continue
        formula = size_formula(axis, "height")
        check(formula)
        assert formula.result == axis.output
        tried += 1
        dropped += axis.last_window_dropped
    assert tried > 3000 and (dropped > 100) == ceil_mode


def test_a_rounded_fraction_is_said_with_what_is_kept_of_it():
    for size, kernel, stride, padding in product(range(3, 9), range(1, 4), range(1, 5), range(2)):
        for ceil_mode in (False, True):
            axis = Axis(size, kernel, stride, padding, padding, ceil_mode=ceil_mode)
            rounding = size_formula(axis).rounding
            exact = Fraction(size + 2 * padding - kernel, stride)
            if exact.denominator == 1:
                assert rounding is None
                continue
            assert (rounding.numerator, rounding.denominator) == (axis.room, stride)
            assert rounding.quotient == float(exact)
            assert rounding.whole == (math.ceil if ceil_mode else math.floor)(exact)
            assert rounding.whole + 1 - axis.last_window_dropped == axis.output


def test_the_parameter_formula_says_what_is_learned():
    for c_in, c_out, groups, bias, kernel in product(
        (1, 2, 6), (2, 4, 6), (1, 2), (False, True), [(3,), (3, 2), (2, 3, 4)]
    ):
        if c_in % groups:
            continue
        layer = ConvSpec(c_in, c_out, kernel, groups=groups, bias=bias)
        formula = parameter_formula(layer)
        check(formula)
        weights = c_out * (c_in // groups) * math.prod(kernel)
        assert formula.result == weights + c_out * bias == layer.parameters


def test_the_mac_formula_counts_every_product():
    for c_in, c_out, groups, kernel in product(
        (1, 2, 6), (2, 4), (1, 2), [(3,), (3, 2), (2, 1, 2)]
    ):
        if c_in % groups:
            continue
        layer = ConvSpec(c_in, c_out, kernel, stride=2, padding=1, groups=groups)
        size = (7, 8, 9)[: len(kernel)]
        formula = mac_formula(layer, size)
        check(formula)
        out = [(n + 2 - k) // 2 + 1 for n, k in zip(size, kernel, strict=True)]
        assert formula.result == c_out * math.prod(out) * (c_in // groups) * math.prod(kernel)


@pytest.mark.parametrize(
    "layer",
    [
        ConvSpec(3, 6, 5),
        ConvSpec(4, 4, (3, 2), (2, 1), ((0, 1), (2, 2)), (1, 2), groups=2, bias=False),
        ConvSpec(1, 1, 3, padding="same_upper", stride=2),
        ConvSpec(2, 3, (3,)),
        ConvSpec(2, 3, (3, 2, 2)),
        PoolSpec(3, 2, 1, ceil_mode=True),
        PoolSpec((2, 3), kind="avg"),
    ],
)
def test_all_formulas_of_a_layer(layer):
    size = (9, 8, 7)[: layer.rank]
    formulas = {formula.id: formula for formula in layer_formulas(layer, size)}
    for formula in formulas.values():
        check(formula)
    names = {1: ["width"], 2: ["height", "width"], 3: ["depth", "height", "width"]}[layer.rank]
    for axis, name in zip(layer.axes(size), names, strict=True):
        assert formulas[name].result == axis.output
    assert formulas["parameters"].result == layer.parameters
    assert ("macs" in formulas) == isinstance(layer, ConvSpec)


def test_axes_that_read_the_same_share_a_formula():
    both = layer_formulas(ConvSpec(1, 1, 3), (5, 5))
    assert [f.label for f in both][:1] == ["Output height = width"]
    apart = layer_formulas(ConvSpec(1, 1, 3), (5, 6))
    assert [f.label for f in apart][:2] == ["Output height", "Output width"]
    cube = layer_formulas(ConvSpec(1, 1, (3, 3, 3)), (5, 5, 5))
    assert cube[0].label == "Output depth = height = width"


def test_the_evaluator_of_these_tests_bites():
    terms = size_formula(Axis(input=6, kernel=3, stride=2)).terms
    with pytest.raises(AssertionError):
        check(Formula("height", "", terms, 3))  # rounded up
    with pytest.raises(AssertionError):
        check(Formula("height", "", (Term("value", "colour", "C", 2),), 2))
    with pytest.raises(AssertionError):
        check(Formula("height", "", (Term("value", "input", "H"),), 2))


# How it reads


@pytest.mark.parametrize(
    ("axis", "symbols", "numbers", "result"),
    [
        (Axis(5, 3), "⌊(H + 2·p − k) / s⌋ + 1", "⌊(5 + 2·0 − 3) / 1⌋ + 1", 3),
        (Axis(5, 3, 2, 1, 1), "⌊(H + 2·p − k) / s⌋ + 1", "⌊(5 + 2·1 − 3) / 2⌋ + 1", 3),
        (Axis(5, 2, 1, 0, 1), "⌊(H + p↑ + p↓ − k) / s⌋ + 1", "⌊(5 + 0 + 1 − 2) / 1⌋ + 1", 5),
        (
            Axis(7, 3, 1, 0, 0, 2),
            "⌊(H + 2·p − d·(k − 1) − 1) / s⌋ + 1",
            "⌊(7 + 2·0 − 2·(3 − 1) − 1) / 1⌋ + 1",
            3,
        ),
        (
            Axis(6, 3, 2, ceil_mode=True),
            "⌈(H + 2·p − k) / s⌉ + 1",
            "⌈(6 + 2·0 − 3) / 2⌉ + 1",
            3,
        ),
        (
            Axis(4, 2, 3, 1, 1, ceil_mode=True),
            "⌈(H + 2·p − k) / s⌉ + 1 − 1",
            "⌈(4 + 2·1 − 2) / 3⌉ + 1 − 1",
            2,
        ),
    ],
)
def test_the_size_formula_in_one_line(axis, symbols, numbers, result):
    formula = size_formula(axis)
    assert (formula.symbols, formula.numbers, formula.result) == (symbols, numbers, result)


def test_each_axis_has_its_own_letters_and_arrows():
    uneven = Axis(5, 3, 1, 1, 0)
    assert size_formula(uneven, "width").symbols == "⌊(W + p← + p→ − k) / s⌋ + 1"
    assert size_formula(uneven, "depth").symbols.startswith("⌊(D + ")


def test_parameters_and_multiply_adds_in_one_line():
    layer = ConvSpec(3, 6, 5)
    assert parameter_formula(layer).symbols == "C_out·C_in·k_h·k_w + C_out"
    assert parameter_formula(layer).numbers == "6·3·5·5 + 6"
    grouped = ConvSpec(4, 8, (3, 2), groups=2, bias=False)
    assert parameter_formula(grouped).symbols == "C_out·C_in/g·k_h·k_w"
    assert parameter_formula(grouped).numbers == "8·4/2·3·2"
    assert mac_formula(layer, (32, 32)).symbols == "C_out·C_in·k_h·k_w·H_out·W_out"
    assert mac_formula(layer, (32, 32)).numbers == "6·3·5·5·28·28"


def test_each_term_has_the_role_of_what_it_stands_for():
    roles = {
        term.symbol: term.role
        for term in size_formula(Axis(7, 3, 2, 0, 1, 2, True)).terms
        if term.kind == "value"
    }
    assert roles == {
        "H": "input", "p↑": "padding", "p↓": "padding", "d": "dilation", "k": "kernel",
        "s": "stride", "1": "one",
    }  # fmt: skip
    roles = [term.role for term in mac_formula(ConvSpec(2, 2, 3, groups=2), (5, 5)).terms]
    assert [role for role in roles if role != "operator"] == [
        "channels", "channels", "groups", "kernel", "kernel", "output", "output",
    ]  # fmt: skip
    last = parameter_formula(ConvSpec(2, 2, 3)).terms[-1]
    assert (last.role, last.value) == ("bias", 2)


def test_notes_say_the_convention():
    assert "per side" in size_formula(Axis(5, 3, 1, 1, 1)).note
    assert "each end" in size_formula(Axis(5, 3, 1, 0, 1)).note
    assert "floor drops" in size_formula(Axis(6, 3, 2)).note
    assert "floor drops" not in size_formula(Axis(5, 3, 2)).note
    assert "rounds up" in size_formula(Axis(6, 3, 2, ceil_mode=True)).note
    assert "dropped" in size_formula(Axis(4, 2, 3, 1, 1, ceil_mode=True)).note
    for formula in (
        parameter_formula(ConvSpec(1, 1, 3, bias=False)),
        parameter_formula(ConvSpec(1, 1, 3)),
        mac_formula(ConvSpec(1, 1, 3), (5, 5)),
    ):
        assert "bias" in formula.note
    assert parameter_formula(PoolSpec(2)).result == 0 and parameter_formula(PoolSpec(2)).note


def test_there_is_no_formula_of_a_layer_that_cannot_be():
    with pytest.raises(ShapeError):
        layer_formulas(ConvSpec(1, 1, 5), (3, 3))
    with pytest.raises(ShapeError):
        mac_formula(ConvSpec(1, 1, 5), (3, 3))


# Transposed convolutions


@pytest.mark.parametrize("seed", range(40))
def test_the_formula_of_a_transposed_axis_is_where_its_links_land(seed):
    draw = random.Random(seed)
    while True:
        size, kernel, stride, dilation = (draw.randint(1, n) for n in (7, 5, 4, 3))
        before, after = draw.randint(0, 3), draw.randint(0, 3)
        extra = draw.randint(0, max(stride, dilation) - 1)
        axis = TransposedAxis(size, kernel, stride, before, after, dilation, extra)
        if axis.output >= 1:
            break
    for name in ("height", "width", "depth"):
        formula = size_formula(axis, name)
        check(formula)
        assert formula.result == links_of(axis).output
        assert formula.symbols.startswith(f"({name[0].upper()} − 1)·s")


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("groups", [1, 2])
def test_the_counts_of_a_transposed_layer_are_those_of_its_arrays(rank, groups):
    kernel, size = (2, 3, 4)[-rank:], (5, 4, 3)[-rank:]
    layer = ConvTransposeSpec(4, 6, kernel, stride=2, groups=groups)
    *sizes, parameters, macs = layer_formulas(layer, size)
    assert [f.result for f in sizes] == list(layer.output_size(size))
    for formula in (*sizes, parameters, macs):
        check(formula)
    weights = np.zeros(layer.weight_shape)
    assert parameters.result == weights.size + 6
    # Every input cell of every channel is multiplied by each weight of its channel once.
    assert macs.result == sum(weights[channel].size * math.prod(size) for channel in range(4))


def test_a_transposed_formula_says_how_far_the_kernels_reach():
    formula = size_formula(TransposedAxis(3, 3, 2, 1, 1, output_padding=1), "width")
    assert formula.numbers == "(3 − 1)·2 + 3 − 2·1 + 1" and formula.result == 6
    assert "together they cover 7" in formula.meaning
    assert "output_padding keeps cells at the end" in formula.note

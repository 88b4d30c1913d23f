"""Every convention's formula is evaluated from its terms and must give the axis's own size."""

from itertools import product

import pytest

from kernels.layers.conventions import CONVENTIONS, padding_words
from kernels.layers.geometry import Axis, padding_pair
from kernels.layers.transposed import TransposedAxis
from tests.kernels.layers.test_formula import evaluated

SETTINGS = list(product(range(1, 10), range(1, 5), range(1, 4), range(3), range(3), (1, 2)))


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=lambda row: row.name)
def test_it_finds_the_size_of_every_window(convention):
    for (n, k, s, before, after, d), ceil_mode in product(SETTINGS, (False, True)):
        axis = Axis(n, k, s, before, after, d, ceil_mode)
        if axis.room < 0:
            continue
        formula = convention.formula(axis)
        assert evaluated(formula) == formula.result == axis.output, (axis, formula.numbers)


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=lambda row: row.name)
def test_it_finds_the_size_of_every_transposed_convolution(convention):
    for (n, k, s, before, after, d), extra in product(SETTINGS, (0, 1)):
        axis = TransposedAxis(n, k, s, before, after, d, extra)
        if axis.output < 1 or extra >= max(s, d):
            continue
        formula = convention.formula(axis)
        assert evaluated(formula) == formula.result == axis.output, (axis, formula.numbers)


def test_d2l_counts_the_padding_of_both_sides():
    axis = Axis(input=8, kernel=3, before=1, after=1)
    assert CONVENTIONS["d2l"].formula(axis).numbers == "⌊(8 − 3 + 2 + 1) / 1⌋"


@pytest.mark.parametrize(("input", "kernel", "stride"), [(224, 7, 2), (5, 3, 1), (178, 3, 2)])
def test_tensorflows_same_needs_no_padding_in_its_formula(input, kernel, stride):
    before, after = padding_pair("same_upper", input, kernel, stride)
    formula = CONVENTIONS["tensorflow"].formula(Axis(input, kernel, stride, before, after))
    assert formula.symbols == "⌈(n) / s⌉"
    assert formula.result == -(-input // stride)


def test_the_letters_of_dumoulin_and_visin_with_dilation():
    formula = CONVENTIONS["dumoulin"].formula(Axis(7, 3, dilation=2))
    assert formula.symbols == "⌊(i + 2·p − k − (k − 1)·(d − 1)) / s⌋ + 1"


def test_padding_is_said_in_every_way():
    assert padding_words(Axis(224, 7, 2, 3, 3)) == ("3 on each side", "6 in total")

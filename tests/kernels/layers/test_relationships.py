"""The 15 relationships of Dumoulin and Visin: their figures' sizes, by helper and by computing."""

import re

import numpy as np
import pytest

from kernels.layers.geometry import output_size
from kernels.layers.relationships import RELATIONSHIPS
from kernels.layers.transposed import conv_transpose_output_size
from kernels.ops.functional import (
    avg_pool2d,
    conv1d,
    conv2d,
    conv3d,
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
)

same_numbers = np.testing.assert_array_equal
each = pytest.mark.parametrize("r", RELATIONSHIPS, ids=[r.figure for r in RELATIONSHIPS])
COMPUTE = {
    "conv": {1: conv1d, 2: conv2d, 3: conv3d},
    "transposed": {1: conv_transpose1d, 2: conv_transpose2d, 3: conv_transpose3d},
    "pool": {1: max_pool1d, 2: max_pool2d, 3: max_pool3d},
}

# Figure file, and i, k, s, p, a, d and o read off the paper's figures (i' and o' if transposed).
FIGURES = {
    "no_padding_no_strides": (4, 3, 1, 0, 0, 1, 2),
    "arbitrary_padding_no_strides": (5, 4, 1, 2, 0, 1, 6),
    "same_padding_no_strides": (5, 3, 1, 1, 0, 1, 5),
    "full_padding_no_strides": (5, 3, 1, 2, 0, 1, 7),
    "no_padding_strides": (5, 3, 2, 0, 0, 1, 2),
    "padding_strides": (5, 3, 2, 1, 0, 1, 3),
    "padding_strides_odd": (6, 3, 2, 1, 0, 1, 3),
    "numerical_max_pooling": (5, 3, 1, 0, 0, 1, 3),
    "no_padding_no_strides_transposed": (2, 3, 1, 0, 0, 1, 4),
    "arbitrary_padding_no_strides_transposed": (6, 4, 1, 2, 0, 1, 5),
    "same_padding_no_strides_transposed": (5, 3, 1, 1, 0, 1, 5),
    "full_padding_no_strides_transposed": (7, 3, 1, 2, 0, 1, 5),
    "no_padding_strides_transposed": (2, 3, 2, 0, 0, 1, 5),
    "padding_strides_transposed": (3, 3, 2, 1, 0, 1, 5),
    "padding_strides_odd_transposed": (3, 3, 2, 1, 1, 1, 6),
    "dilation": (7, 3, 1, 0, 0, 2, 3),
}


def test_all_15_are_there_in_order():
    assert [r.figure for r in RELATIONSHIPS] == list(FIGURES)
    assert sorted({r.number for r in RELATIONSHIPS}) == list(range(1, 16))
    numbers = [r.number for r in RELATIONSHIPS]
    assert numbers == sorted(numbers)
    for r in RELATIONSHIPS:
        kind = "pool" if r.number == 7 else "transposed" if 8 <= r.number <= 14 else "conv"
        assert r.kind == kind
        assert r.sentence.endswith(".") and r.name


@each
def test_the_settings_are_those_of_the_figure(r):
    settings = (r.input, r.kernel, r.stride, r.padding, r.output_padding, r.dilation, r.output)
    assert settings == FIGURES[r.figure]


@each
def test_the_size_helpers_say_the_figures_output(r):
    windows = {"stride": r.stride, "padding": r.padding, "dilation": r.dilation}
    if r.kind == "transposed":
        windows["output_padding"] = r.output_padding
        assert conv_transpose_output_size(r.input, r.kernel, **windows) == r.output
    else:
        assert output_size(r.input, r.kernel, **windows) == r.output
    for rank in (1, 2, 3):
        assert r.layer(rank).output_size((r.input,) * rank) == (r.output,) * rank


@each
@pytest.mark.parametrize("rank", [1, 2, 3])
def test_computing_gives_the_figures_output(r, rank):
    x = np.ones((1, *(r.input,) * rank))
    if r.kind == "pool":
        y = max_pool2d(x, r.kernel, r.stride) if rank == 2 else COMPUTE["pool"][rank](x, 3, 1)
    else:
        settings = {"stride": r.stride, "padding": r.padding, "dilation": r.dilation}
        if r.kind == "transposed":
            settings["output_padding"] = r.output_padding
        y = COMPUTE[r.kind][rank](x, np.ones((1, 1, *(r.kernel,) * rank)), **settings)
    assert y.shape == (1, *(r.output,) * rank)


@each
def test_the_formula_gives_the_figures_output(r):
    """The right-hand side of each formula, evaluated."""
    formula = r.formula.replace("o′", "o").replace("i′", "i")
    right = re.split(r"  \(", formula)[0].split("=")[1]
    right = re.sub(r"(?<=[\d)])(?=[a-z(])|(?<=[a-z])(?=\()", "*", right).replace("−", "-")
    right = re.sub(r"⌊(.*)/(.*)⌋", r"((\1)//\2)", right)
    names = {"i": r.input, "k": r.kernel, "s": r.stride, "p": r.padding, "d": r.dilation}
    assert eval(right, {"a": r.output_padding, **names}) == r.output


TRANSPOSED = [r for r in RELATIONSHIPS if r.kind == "transposed"]
FORWARD_OF = dict(zip(TRANSPOSED, [r for r in RELATIONSHIPS if r.number <= 6], strict=True))


@pytest.mark.parametrize("r", TRANSPOSED, ids=[r.figure for r in TRANSPOSED])
def test_each_transposed_case_is_the_way_back_from_a_forward_one(r):
    there = FORWARD_OF[r]
    assert r.figure == there.figure + "_transposed"
    assert (r.input, r.output) == (there.output, there.input)
    assert (r.kernel, r.stride, r.padding) == (there.kernel, there.stride, there.padding)
    assert r.output_padding == (there.input + 2 * there.padding - there.kernel) % there.stride


@pytest.mark.parametrize("r", TRANSPOSED, ids=[r.figure for r in TRANSPOSED])
def test_each_transposed_case_is_the_convolution_that_the_paper_gives_for_it(r):
    """k' = k, s' = 1, p' = k - p - 1, on the input stretched by s - 1 zeros, a more at the end."""
    draw = np.random.default_rng(r.number)
    x = draw.integers(-9, 10, (1, r.input, r.input)).astype(float)
    w = draw.integers(-9, 10, (1, 1, r.kernel, r.kernel)).astype(float)
    stretched = np.zeros((1, *((r.input - 1) * r.stride + 1,) * 2))
    stretched[:, :: r.stride, :: r.stride] = x
    padding = r.kernel - r.padding - 1
    expected = conv2d(
        stretched, w[..., ::-1, ::-1], padding=((padding, padding + r.output_padding),) * 2
    )
    y = conv_transpose2d(x, w, None, r.stride, r.padding, r.output_padding)
    same_numbers(y, expected)


def rows(text):
    """A matrix written like `1 2/3 4`."""
    return np.array([[float(number) for number in row.split()] for row in text.split("/")])


INPUT = rows("3 3 2 1 0/0 0 1 3 1/3 1 2 2 3/2 0 0 2 2/2 0 0 0 1")
KERNEL = rows("0 1 2/2 2 0/0 1 2")


def test_the_numbers_of_the_papers_figures():
    x, w = INPUT[None], KERNEL[None, None]
    same_numbers(conv2d(x, w)[0], rows("12 12 17/10 17 19/9 6 14"))
    same_numbers(conv2d(x, w, stride=2, padding=1)[0], rows("6 17 3/8 17 13/6 4 4"))
    same_numbers(conv2d(x, w, dilation=2)[0], rows("14"))
    same_numbers(conv2d(x, w[..., ::-1, ::-1])[0], rows("18 20 19/10 9 17/11 8 14"))
    same_numbers(max_pool2d(x, 3, 1)[0], rows("3 3 3/3 3 3/3 2 3"))
    means = rows("1.67 1.67 1.67/1 1.22 1.78/1.11 .78 1.33")
    same_numbers(avg_pool2d(x, 3, 1)[0].round(2), means)

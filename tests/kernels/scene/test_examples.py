"""The ready scenes give the numbers that their sources print."""

import numpy as np
import pytest

from kernels.ops.trace import trace_window
from kernels.scene.examples import EXAMPLES
from kernels.scene.flat import DEFAULTS
from kernels.scene.settle import settle

same_numbers = np.testing.assert_array_equal


def rows(text):
    return [[float(number) for number in row.split()] for row in text.split("/")]


def scene(name=None, **settings):
    flat = EXAMPLES[name].flat if name else {}
    found, notes = settle(flat | settings)
    assert notes == (), notes
    assert found.filled() == (), found.filled()
    return found


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("valid", "12 12 17/10 17 19/9 6 14"),
        ("padded-stride", "6 17 3/8 17 13/6 4 4"),
        ("two-by-two", "19 25/37 43"),
        ("flipped", "5 11/23 29"),
        ("zeros-and-ones", "4 3 4/2 4 3/2 3 4"),
        ("unused-row", "19 33/76 112"),
        ("two-channels", "56 72/104 120"),
        ("curve-match", "6600"),
        ("curve-miss", "0"),
        ("max-pool", "6 8/3 4"),
        ("average-pool", "3.25 5.25/2 2"),
        ("overlapping-pool", "4 5/7 8"),
    ],
)
def test_the_printed_numbers(name, output):
    same_numbers(scene(name).output(), [rows(output)])


def test_the_first_example_is_what_the_app_opens_on():
    assert next(iter(EXAMPLES.values())).flat == DEFAULTS


def test_every_example_says_where_it_comes_from_and_differs_from_the_others():
    outputs = set()
    for name, example in EXAMPLES.items():
        assert example.name == name and example.title and example.source
        assert set(dict(example.settings)) <= set(DEFAULTS)
        outputs.add(str(sorted(example.flat.items())))
        scene(name)
    assert len(outputs) == len(EXAMPLES)


def test_of_four_by_four_the_last_padded_row_and_column_are_never_used():
    """1..16, 3 x 3 kernel, padding 1, stride 2: 6 padded cells, windows at 0 and 2 reach cell 4."""
    example = scene("unused-row")
    assert example.output().shape == (1, 2, 2)
    for axis in example.axes:
        assert (axis.padded, axis.leftover, axis.unused) == (6, 1, (5,))


@pytest.mark.parametrize(
    ("kernel", "output"),
    [
        ("0 0 0_0 1 0_0 0 0", "1 3/9 11"),
        ("1 1 1_1 1 1_1 1 1", "14 30/57 99"),
        ("1 0 -1_1 0 -1_1 0 -1", "-8 -4/-30 -6"),
        ("-1 -1 -1_-1 8 -1_-1 -1 -1", "-5 -3/24 0"),
        ("0 -1 0_-1 5 -1_0 -1 0", "-2 2/17 11"),
        ("1 2 1_2 4 2_1 2 1", "24 52/112 176"),
        ("0 1 0_1 1 1_0 1 0", "8 16/37 55"),
        ("1 0 1_0 1 0_1 0 1", "7 17/29 55"),
    ],
)
def test_one_to_sixteen_with_other_kernels(kernel, output):
    same_numbers(scene("unused-row", w=kernel).output(), [rows(output)])


@pytest.mark.parametrize(
    ("kernel", "output"),
    [("0 1_2 3", "3 13 8/32 60 24/13 15 0"), ("1 1_1 1", "1 5 4/14 34 20/13 29 16")],
)
def test_one_to_sixteen_with_a_kernel_of_two(kernel, output):
    same_numbers(scene("unused-row", kernel="2x2", w=kernel).output(), [rows(output)])


def test_the_curve_detector_is_30_along_a_curve_and_0_elsewhere():
    kernel = np.zeros((7, 7))
    for row, column in [(0, 5), (1, 4), (2, 3), (3, 3), (4, 3), (5, 3)]:
        kernel[row, column] = 30
    for name in ("curve-match", "curve-miss"):
        same_numbers(scene(name).written_weight_array()[0, 0], kernel)


def test_the_curve_matches_where_the_outline_runs_under_it():
    """6600 = 50·30 four times down the back, 20·30 at the bend and nothing where they differ."""
    example = scene("curve-match")
    outline = rows(
        "0 0 0 0 0 0 30/0 0 0 0 50 50 50/0 0 0 20 50 0 0/" + "/".join(["0 0 0 50 50 0 0"] * 4)
    )
    same_numbers(example.input_array(), [outline])
    products = trace_window(example.layer, example.input_array(), example.weight_array()).products
    assert sorted(products[products > 0]) == [20 * 30, *[50 * 30] * 4]
    assert products.sum() == 50 * 30 + 20 * 30 + 3 * 50 * 30 == 6600


def test_nothing_matches_on_the_ear():
    example = scene("curve-miss")
    ear = rows(
        "0 0 0 0 0 0 0/0 40 0 0 0 0 0/40 0 40 0 0 0 0/40 20 0 0 0 0 0/0 50 0 0 0 0 0/"
        "0 0 50 0 0 0 0/25 25 0 50 0 0 0"
    )
    same_numbers(example.input_array(), [ear])


def test_the_opening_scene_in_the_other_ways_that_dumoulin_and_visin_print_it():
    same_numbers(scene(flip="1").output(), [rows("18 20 19/10 9 17/11 8 14")])
    same_numbers(scene(dilation="2x2").output(), [[[14]]])
    same_numbers(scene(op="max").output(), [rows("3 3 3/3 3 3/3 2 3")])
    averages = np.array(rows("15 15 15/9 11 16/10 7 12")) / 9
    np.testing.assert_allclose(scene(op="avg").output(), [averages], rtol=0, atol=1e-15)


def test_zero_to_eight_in_the_other_ways_that_dive_into_deep_learning_prints_it():
    padded = scene("two-by-two", padding="1x1")
    same_numbers(padded.output(), [rows("0 3 8 4/9 19 25 10/21 37 43 16/6 7 8 0")])
    strided = scene("two-by-two", padding="1x1", stride="3x2")
    same_numbers(strided.output(), [rows("0 8/6 8")])


def test_the_first_window_of_zeros_and_ones_product_by_product():
    example = scene("zeros-and-ones")
    step = trace_window(example.layer, example.input_array(), example.weight_array())
    assert step.products.ravel().tolist() == [
        1 * 1, 1 * 0, 1 * 1, 0 * 0, 1 * 1, 1 * 0, 0 * 1, 0 * 0, 1 * 1,
    ]  # fmt: skip
    assert step.result == 4


def test_dilation_two_on_seven_by_seven():
    example = scene("dilated")
    assert example.axes[0].effective_kernel == 2 * (3 - 1) + 1
    assert example.output().shape == (1, 7 - 5 + 1, 7 - 5 + 1)


def test_three_channels_two_kernels_and_a_bias_each():
    example = scene("rgb")
    assert example.conv.parameters == 2 * (3 * 3 * 3 + 1)
    assert example.output().shape == (2, 6, 6)
    same_numbers(example.bias_array(), [1, -2])


def test_depthwise_is_each_channel_by_its_own_kernel():
    example = scene("depthwise")
    x, w, y = example.input_array(), example.weight_array(), example.output()
    assert w.shape == (3, 1, 3, 3) and example.conv.groups == 3
    for channel in range(3):
        assert y[channel, 0, 0] == (x[channel, :3, :3] * w[channel, 0]).sum()

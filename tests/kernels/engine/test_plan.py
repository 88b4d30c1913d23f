"""A remembered plan is what would be planned anew, and its fast way gives the plain numbers."""

import numpy as np
import pytest

from kernels.engine.plan import plan_convolution, remembered
from kernels.errors import ShapeError
from kernels.ops.conv import slide
from kernels.ops.functional import conv2d
from kernels.ops.padding import pad_input
from tests.random_layers import conv_case

X, W = np.ones((1, 2, 6, 6)), np.ones((2, 1, 3, 3))


@pytest.mark.parametrize(
    "setting, illegal",
    [
        ("stride", True),
        ("stride", 1.0),
        ("stride", (1, True)),
        ("dilation", (1.0, 1)),
        ("padding", ((0, 1), (0, 1.0))),
        ("groups", 2.0),
        ("padding_mode", 0),
    ],
)
def test_what_is_equal_to_a_legal_setting_is_not_legal_for_that(setting, illegal):
    for _ in range(2):
        legal = {"groups": 2, "padding": ((0, 1), (0, 1))}
        assert conv2d(X, W, stride=1, dilation=(1, 1), **legal).shape == (1, 2, 5, 5)
        assert conv2d(X, W, stride=(1, 1), **legal).shape == (1, 2, 5, 5)
        with pytest.raises(ShapeError):
            conv2d(X, W, **legal | {setting: illegal})


def test_any_way_to_write_a_setting_will_do():
    expected = conv2d(X, W, stride=(2, 1), padding=1, groups=2)
    for stride in ([2, 1], (np.int64(2), 1), [2, np.int32(1)]):
        for padding in ([1, 1], [(1, 1), [1, 1]], np.int8(1)):
            y = conv2d(X, W, stride=stride, padding=padding, groups=np.uint8(2))
            np.testing.assert_array_equal(y, expected)


def test_an_answer_is_made_once():
    made = []
    make = remembered(sizes=1)(lambda *arguments: made.append(arguments))
    for _ in range(3):
        make((1, 2), 3, (4, (5,)))
        make((1, 2), 3.0, (4, (5,)))
    assert made == [((1, 2), 3, (4, (5,)))] * 2 and type(made[1][1]) is float


def test_errors_are_raised_each_time():
    for _ in range(3):
        with pytest.raises(ShapeError, match="stride is 0"):
            conv2d(X, W, stride=0, groups=2)


@pytest.mark.parametrize("seed", range(150))
def test_the_fast_way_gives_the_numbers_of_the_plain_one(seed):
    x, w, bias, settings = conv_case(np.random.default_rng([seed, 77]))
    names = ("stride", "padding", "dilation", "groups", "padding_mode", "padding_value")
    defaults = (1, 0, 1, 1, "zeros", 0.0)
    given = [settings.get(name, value) for name, value in zip(names, defaults, strict=True)]
    plan = plan_convolution(x.shape, w.shape, x.dtype, bias is not None, *given)
    plain = np.empty(plan.output_shape)
    slide(pad_input(x, plan.axes, *given[4:]), w, bias, plain, plan.axes, plan.spec.groups)
    np.testing.assert_array_equal(conv2d(x, w, bias, **settings), plain)


@pytest.mark.parametrize("settings", [{"stride": 40}, {"padding": 60, "stride": 30}])
def test_where_most_cells_are_skipped_or_padding_the_plain_way_is_taken(settings):
    x, w = np.arange(10000.0).reshape(1, 1, 100, 100), np.ones((1, 1, 2, 2))
    stride, padding = settings["stride"], settings.get("padding", 0)
    plan = plan_convolution(x.shape, w.shape, x.dtype, False, stride, padding, 1, 1, "zeros", 0.0)
    assert plan.fast is None
    wide = np.pad(x[0, 0], padding)
    expected = [
        [wide[i : i + 2, j : j + 2].sum() for j in range(0, len(wide) - 1, stride)]
        for i in range(0, len(wide) - 1, stride)
    ]
    np.testing.assert_array_equal(conv2d(x, w, **settings)[0, 0], expected)

"""max_pool2d and avg_pool2d: against plain loops and ONNX, and by what each setting means."""

import numpy as np
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.spec import PoolSpec
from kernels.ops.functional import avg_pool2d, conv2d, max_pool2d
from kernels.ops.pool_windows import window_divisors
from tests import reference
from tests.random_layers import pool_case

same_numbers = np.testing.assert_array_equal


def rng(seed):
    return np.random.default_rng(seed)


def rows(text):
    """A matrix written like `1 2/3 4`."""
    return np.array([[float(number) for number in row.split()] for row in text.split("/")])


def average_settings(seed, settings):
    draw = rng(seed + 10_000)
    return settings | {
        "count_include_pad": bool(draw.random() < 0.5),
        "divisor_override": int(draw.integers(1, 8)) if draw.random() < 0.2 else None,
    }


def size_said(x, settings):
    kernel, stride = settings["kernel_size"], settings["stride"]
    kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
    windows = {key: settings[key] for key in ("padding", "dilation", "ceil_mode")}
    return output_size(x.shape[2:], kernel, kernel if stride is None else stride, **windows)


def check_max(seed):
    x, settings = pool_case(rng(seed))
    y, indices = max_pool2d(x, **settings, return_indices=True)
    expected, places = reference.max_pool2d(x, *settings.values())
    same_numbers(y, expected)
    same_numbers(indices, places)
    assert indices.dtype == np.int64
    assert y.shape[2:] == size_said(x, settings)
    same_numbers(max_pool2d(x, **settings), y)


def check_average(seed):
    x, settings = pool_case(rng(seed))
    settings = average_settings(seed, settings)
    y = avg_pool2d(x, **settings)
    names = {key: settings[key] for key in settings if key != "kernel_size"}
    expected = reference.avg_pool2d(x, settings["kernel_size"], **names)
    same_numbers(y, expected)
    assert y.shape[2:] == size_said(x, settings)


# Against plain loops


@pytest.mark.parametrize("seed", range(250))
def test_every_legal_max_pooling_gives_the_numbers_and_places_of_plain_loops(seed):
    check_max(seed)


@pytest.mark.parametrize("seed", range(250))
def test_every_legal_average_pooling_gives_the_numbers_of_plain_loops(seed):
    check_average(seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 6000))
def test_thousands_of_legal_poolings_give_the_numbers_of_plain_loops(seed):
    check_max(seed)
    check_average(seed)


def test_the_random_poolings_cover_the_cases_that_are_easily_got_wrong():
    cases = [pool_case(rng(seed)) for seed in range(250)]
    axes = [axis for x, settings in cases for axis in PoolSpec(**settings).axes(x.shape[2:])]
    assert sum(axis.overhang > 0 for axis in axes) > 20
    assert sum(axis.last_window_dropped for axis in axes) > 5
    assert sum(axis.before != axis.after for axis in axes) > 20
    assert sum(axis.room < 0 for axis in axes) > 3
    assert sum(axis.before > 0 and axis.dilation > 1 for axis in axes) > 20
    assert sum((x < 0).all() for x, _ in cases) > 50


# Against ONNX


def onnx_pool(kind, x, outputs=("y",), **attributes):
    """What the ONNX package's own reference evaluator says."""
    node = helper.make_node(kind, ["x"], list(outputs), **attributes)
    types = {"y": TensorProto.DOUBLE, "i": TensorProto.INT64}
    graph = helper.make_graph(
        [node],
        "pool",
        [helper.make_tensor_value_info("x", TensorProto.DOUBLE, x.shape)],
        [helper.make_tensor_value_info(name, types[name], None) for name in outputs],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])
    return ReferenceEvaluator(model).run(None, {"x": x})


def onnx_case(seed, least_stride=1):
    """A pooling in both ways to write it. ceil_mode, where it matters, is added by the test."""
    draw = rng(seed)
    x = draw.integers(-9, int(draw.choice([0, 10])), (2, 2, 8, 7)).astype(float)
    kernel = draw.integers(1, 4, 2).tolist()
    stride = draw.integers(least_stride, 5, 2).tolist()
    top, left, bottom, right = (int(draw.integers(0, k // 2 + 1)) for k in (*kernel, *kernel))
    ours = {"kernel_size": kernel, "stride": stride, "padding": ((top, bottom), (left, right))}
    theirs = {"kernel_shape": kernel, "strides": stride, "pads": [top, left, bottom, right]}
    return x, ours, theirs


# The evaluator (onnx 1.23) mixes up uneven pads where every stride and dilation is 1, and rounds
# down for SAME_LOWER, against ONNX's own text: there the plain loops above are the reference.


@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_onnx_says_the_same_of_max_pooling(seed, ceil_mode):
    x, ours, theirs = onnx_case(seed, least_stride=2)
    dilation = rng(seed + 500).integers(1, 3, 2).tolist()
    y = max_pool2d(x, **ours, dilation=dilation, ceil_mode=ceil_mode)
    (onnx_y,) = onnx_pool("MaxPool", x, **theirs, dilations=dilation, ceil_mode=int(ceil_mode))
    assert onnx_y.shape == y.shape
    same_numbers(y, onnx_y)


@pytest.mark.parametrize("seed", range(30))
def test_onnx_finds_the_winners_in_the_same_places(seed):
    """ONNX counts through batch and channels; ours are places in the plane, as torch's."""
    x, ours, theirs = onnx_case(seed, least_stride=2)
    x = rng(seed).permutation(x.size).reshape(x.shape).astype(float)  # no ties
    y, indices = max_pool2d(x, **ours, return_indices=True)
    onnx_y, onnx_indices = onnx_pool("MaxPool", x, ("y", "i"), **theirs)
    same_numbers(y, onnx_y)
    planes = np.arange(4).reshape(2, 2, 1, 1) * (8 * 7)
    same_numbers(indices + planes, onnx_indices)


@pytest.mark.parametrize("count_include_pad", [False, True])
@pytest.mark.parametrize("seed", range(40))
def test_onnx_says_the_same_of_average_pooling(seed, count_include_pad):
    x, ours, theirs = onnx_case(seed)
    dilation = rng(seed + 500).integers(1, 3, 2).tolist()
    y = avg_pool2d(x, **ours, count_include_pad=count_include_pad, dilation=dilation)
    (onnx_y,) = onnx_pool(
        "AveragePool", x, **theirs, count_include_pad=int(count_include_pad), dilations=dilation
    )
    assert onnx_y.shape == y.shape
    np.testing.assert_allclose(y, onnx_y, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("kernel", "stride"), [(2, 2), (3, 2), (2, 1), (3, 1), (3, 3), (2, 3)])
def test_onnx_pads_same_upper_in_the_same_places(kernel, stride):
    x = rng(7).integers(-9, 0, (1, 2, 7, 8)).astype(float)
    (theirs,) = onnx_pool(
        "MaxPool",
        x,
        kernel_shape=[kernel, kernel],
        strides=[stride, stride],
        auto_pad="SAME_UPPER",
    )
    same_numbers(max_pool2d(x, kernel, stride, "same_upper"), theirs)


def test_the_comparison_with_onnx_bites():
    x, ours, theirs = onnx_case(1)
    (onnx_y,) = onnx_pool("MaxPool", x, **theirs)
    with pytest.raises(AssertionError):
        same_numbers(max_pool2d(-x, **ours), onnx_y)


# What the settings mean


@pytest.mark.parametrize(
    ("word", "stride"),
    [("same", 1), *((w, s) for w in ("valid", "same_upper", "same_lower") for s in (1, 2, 3))],
)
@pytest.mark.parametrize("kernel", [1, 2, 3, 4, (2, 3)])
def test_padding_words_mean_the_same_as_for_a_convolution(word, kernel, stride):
    x = rng(9).integers(-9, 0, (1, 2, 7, 5)).astype(float)
    same_numbers(
        max_pool2d(x, kernel, stride, word), reference.max_pool2d(x, kernel, stride, word)[0]
    )
    for count in (False, True):
        same_numbers(
            avg_pool2d(x, kernel, stride, word, count_include_pad=count),
            reference.avg_pool2d(x, kernel, stride, word, count_include_pad=count),
        )


FOUR = rows("1 1 2 4/5 6 7 8/3 2 1 0/1 2 3 4")
DUMOULIN = rows("3 3 2 1 0/0 0 1 3 1/3 1 2 2 3/2 0 0 2 2/2 0 0 0 1")


def test_two_by_two_without_overlap():
    same_numbers(max_pool2d(FOUR[None], 2)[0], rows("6 8/3 4"))
    same_numbers(avg_pool2d(FOUR[None], 2)[0], [[13 / 4, 21 / 4], [8 / 4, 8 / 4]])


def test_the_numbers_of_dumoulin_and_visin():
    same_numbers(max_pool2d(DUMOULIN[None], 3, 1)[0], rows("3 3 3/3 3 3/3 2 3"))
    ninths = rows("15 15 15/9 11 16/10 7 12") / 9
    np.testing.assert_allclose(avg_pool2d(DUMOULIN[None], 3, 1)[0], ninths, rtol=0, atol=1e-15)


def test_the_stride_is_the_kernel_size_unless_told():
    x = np.arange(42.0).reshape(1, 6, 7)
    for pool in (max_pool2d, avg_pool2d):
        same_numbers(pool(x, (2, 3)), pool(x, (2, 3), (2, 3)))
        assert pool(x, (2, 3)).shape == (1, 6 // 2, 7 // 3)


def test_padding_never_wins_however_negative_the_numbers():
    x = np.full((1, 1, 4, 4), -1e30)
    for settings in ({"padding": 1}, {"ceil_mode": True}, {"padding": 1, "dilation": 2}):
        y, indices = max_pool2d(x, 3, 2, **settings, return_indices=True)
        same_numbers(y, np.full(y.shape, -1e30))
        assert (indices >= 0).all()


def test_a_window_over_padding_alone_is_minus_infinity_and_has_no_winner():
    y, indices = max_pool2d([[[5.0]]], 2, 1, 1, dilation=2, return_indices=True)
    same_numbers(y, [[[-np.inf]]])
    same_numbers(indices, [[[-1]]])
    same_numbers(avg_pool2d([[[5.0]]], 2, 1, 1, dilation=2), [[[0.0]]])
    same_numbers(avg_pool2d([[[5.0]]], 2, 1, 1, count_include_pad=False, dilation=2), [[[0.0]]])


def test_minus_infinity_in_the_input_is_a_number_like_any_other():
    x = np.full((1, 3, 3), -np.inf)
    y, indices = max_pool2d(x, 2, 1, return_indices=True)
    same_numbers(y, np.full((1, 2, 2), -np.inf))
    same_numbers(indices[0], rows("0 1/3 4"))


def test_of_equal_numbers_the_first_in_reading_order_wins():
    x = rows("7 7 1/7 7 1/1 1 7")[None]
    same_numbers(max_pool2d(x, 2, 1, return_indices=True)[1][0], rows("0 1/3 4"))
    same_numbers(max_pool2d(x, 3, return_indices=True)[1][0], [[0]])
    padded = max_pool2d(np.full((1, 2, 2), -3.0), 2, 2, 1, return_indices=True)
    same_numbers(padded[1][0], rows("0 1/2 3"))


def test_the_index_counts_cells_of_the_unpadded_plane():
    x = np.arange(20.0).reshape(1, 4, 5)
    indices = max_pool2d(x, 3, 2, 1, return_indices=True)[1]
    same_numbers(indices[0], [[1 * 5 + 1, 1 * 5 + 3, 1 * 5 + 4], [3 * 5 + 1, 3 * 5 + 3, 3 * 5 + 4]])
    same_numbers(x.ravel()[indices], max_pool2d(x, 3, 2, 1))


def test_rounding_up_adds_a_window_that_hangs_over():
    x = np.arange(25.0).reshape(1, 5, 5)
    same_numbers(max_pool2d(x, 2)[0], rows("6 8/16 18"))
    same_numbers(max_pool2d(x, 2, ceil_mode=True)[0], rows("6 8 9/16 18 19/21 23 24"))


def test_rounding_up_adds_no_window_that_would_start_in_the_padding():
    """4 cells + 1 + 1 padding, kernel 2, stride 3: ceil((6 - 2) / 3) + 1 = 3, but 2 * 3 - 1 = 5."""
    x = np.arange(16.0).reshape(1, 4, 4)
    same_numbers(max_pool2d(x, 2, 3, 1, ceil_mode=True)[0], rows("0 3/12 15"))
    assert max_pool2d(x, 2, 3, 1, ceil_mode=True).shape == (1, 2, 2)
    uneven = max_pool2d(x, 2, 3, ((0, 1), (0, 1)), ceil_mode=True)
    same_numbers(uneven[0], rows("5 7/13 15"))  # here the second window starts at cell 3 of 4


def test_rounding_up_makes_room_for_a_window_that_fits_nowhere_as_torch_does():
    same_numbers(max_pool2d([[[1.0, 2.0]]], 3, 3, 1, ceil_mode=True), [[[2.0]]])
    same_numbers(max_pool2d([[[1.0, 2.0], [3.0, 0.0]]], 3, 3, ceil_mode=True), [[[3.0]]])
    with pytest.raises(ShapeError, match="does not fit"):
        max_pool2d([[[1.0, 2.0], [3.0, 0.0]]], 3, 1, ceil_mode=True)


def test_each_divisor_counts_what_it_should():
    """5 cells, padding 1, kernel 3, stride 4, rounded up: windows at -1..1 and 3..5 | 4 of 5."""
    x = np.ones((1, 1, 5))
    one_row = {"kernel_size": (1, 3), "stride": (1, 4), "padding": (0, 1)}
    same_numbers(avg_pool2d(x, **one_row)[0, 0], [2 / 3, 2 / 3])
    same_numbers(avg_pool2d(x, **one_row, count_include_pad=False)[0, 0], [2 / 2, 2 / 2])
    same_numbers(avg_pool2d(x, **one_row, divisor_override=5)[0, 0], [2 / 5, 2 / 5])
    # 6 cells: a third window would start at cell 7, beyond; at stride 3 the third covers 5 6 7,
    # of which 5 is a cell, 6 is padding and 7 is beyond the padding and never counts.
    six = {"kernel_size": (1, 3), "stride": (1, 3), "padding": (0, 1), "ceil_mode": True}
    x = np.full((1, 1, 6), 12.0)
    same_numbers(avg_pool2d(x, **six)[0, 0], [24 / 3, 36 / 3, 12 / 2])
    same_numbers(avg_pool2d(x, **six, count_include_pad=False)[0, 0], [24 / 2, 36 / 3, 12 / 1])
    same_numbers(avg_pool2d(x, **six, divisor_override=4)[0, 0], [24 / 4, 36 / 4, 12 / 4])


def test_the_divisors_are_counted_cell_by_cell():
    axes = PoolSpec(3, 2, 1, ceil_mode=True, kind="avg").axes((4, 4))
    same_numbers(window_divisors(axes), np.outer([3, 3, 2], [3, 3, 2]))
    same_numbers(window_divisors(axes, count_include_pad=False), np.outer([2, 3, 1], [2, 3, 1]))
    same_numbers(window_divisors(axes, divisor_override=7), np.full((3, 3), 7))


# Laws


def test_the_mean_of_a_constant_is_that_constant_if_padding_does_not_count():
    x = np.full((2, 2, 7, 6), 5.0)
    for settings in ({}, {"padding": 1}, {"padding": ((1, 0), (0, 1)), "ceil_mode": True}):
        y = avg_pool2d(x, 3, 2, **settings, count_include_pad=False)
        same_numbers(y, np.full(y.shape, 5.0))


def test_average_pooling_is_a_convolution_with_a_flat_kernel():
    x = rng(1).integers(0, 10, (2, 3, 8, 9)).astype(float)
    flat = np.ones((3, 1, 2, 4))
    as_conv = conv2d(x, flat, stride=(2, 1), padding=(1, 2), groups=3) / 8
    same_numbers(avg_pool2d(x, (2, 4), (2, 1), (1, 2)), as_conv)


def test_max_pooling_commutes_with_what_keeps_the_order():
    x = rng(2).integers(-9, 10, (1, 2, 7, 7)).astype(float)
    same_numbers(max_pool2d(3 * x + 1, 3, 2, 1), 3 * max_pool2d(x, 3, 2, 1) + 1)
    same_numbers(max_pool2d(np.roll(x, 2, 2), 1, 1), np.roll(x, 2, 2))


def test_two_poolings_of_two_are_one_of_four():
    x = rng(3).integers(-9, 10, (1, 2, 8, 12)).astype(float)
    same_numbers(max_pool2d(max_pool2d(x, 2), 2), max_pool2d(x, 4))
    same_numbers(avg_pool2d(avg_pool2d(x, 2), 2), avg_pool2d(x, 4))


# Types and layouts


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_floats_keep_their_type_and_whole_numbers_become_float64(pool):
    for dtype in ("float32", "float64"):
        assert pool(np.ones((1, 4, 4), dtype), 2, padding=1).dtype == dtype
    for dtype in ("uint8", "int8", "int64", "bool"):
        y = pool(np.ones((1, 4, 4), dtype), 2)
        assert y.dtype == np.float64
        same_numbers(y, np.ones((1, 2, 2)))


def test_bytes_do_not_overflow():
    x = np.full((1, 16, 16), 255, np.uint8)
    same_numbers(avg_pool2d(x, 16), [[[255.0]]])
    same_numbers(avg_pool2d(x, 16, divisor_override=1), [[[255.0 * 256]]])


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_the_batch_axis_may_be_missing_or_empty_and_any_layout_will_do(pool):
    x = rng(4).normal(size=(3, 2, 6, 7))
    batch = pool(x, 3, 2, 1)
    for n in range(3):
        same_numbers(pool(x[n], 3, 2, 1), batch[n])
    assert pool(x[:0], 3, 2, 1).shape == (0, 2, 3, 4)
    same_numbers(pool(np.asfortranarray(x), 3, 2, 1), batch)
    same_numbers(pool(x[..., ::-1], 1, 1), x[..., ::-1])


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_the_input_is_not_written_to(pool):
    x = rng(5).normal(size=(1, 4, 4))
    before = x.copy()
    y = pool(x, 1, 1)
    y += 1
    pool(x, 2, 1, 1)
    same_numbers(x, before)


def test_a_nan_reaches_exactly_the_windows_that_hold_it():
    x = np.zeros((1, 5, 5))
    x[0, 2, 2] = np.nan
    x[0, 0, 0] = 9
    for pool in (max_pool2d, avg_pool2d):
        same_numbers(np.isnan(pool(x, 2, 1)[0]), rows("0 0 0 0/0 1 1 0/0 1 1 0/0 0 0 0") == 1)
    y, indices = max_pool2d(x, 3, 1, return_indices=True)
    assert np.isnan(y).all()
    same_numbers(indices, np.full((1, 3, 3), 2 * 5 + 2))


def test_no_batch_no_batch_in_the_indices_either():
    y, indices = max_pool2d(np.ones((2, 4, 4)), 2, return_indices=True)
    assert y.shape == indices.shape == (2, 2, 2)

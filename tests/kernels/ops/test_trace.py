"""One step of a window spelled out: its sum is the output number, its parts are what was read."""

import math

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.ops.functional import avg_pool2d, conv2d, max_pool2d
from kernels.ops.trace import step_place, trace_window
from tests import reference
from tests.random_layers import conv_case, pool_case

same_numbers = np.testing.assert_array_equal


def rng(seed):
    return np.random.default_rng(seed)


def places(y):
    """Every (channel, (row, column)) of output maps."""
    return [(channel, tuple(position)) for channel, *position in np.ndindex(y.shape)]


def cells_read(layer, position):
    """The input coordinates that a window reads, from the layer's definition."""
    return [
        [p * s - before + d * tap for tap in range(k)]
        for p, s, (before, _), k, d in zip(
            position, layer.stride, layer.padding, layer.kernel_size, layer.dilation, strict=True
        )
    ]


# The sum is the output number


@pytest.mark.parametrize("seed", range(60))
def test_every_cell_of_a_convolution_is_the_sum_of_its_trace(seed):
    x, w, bias, settings = conv_case(rng(seed))
    y = conv2d(x, w, bias, **settings)[0]
    layer = ConvSpec(x.shape[1], len(w), w.shape[2:], bias=bias is not None, **settings)
    for channel, position in places(y):
        step = trace_window(layer, x[0], w, bias, position, channel)
        assert (step.out_channel, step.position) == (channel, position)
        assert step.result == y[(channel, *position)]
        assert step.products.sum() + step.bias == step.result
        assert step.channel_sums.sum() + step.bias == step.result
        assert step.partial_sums[-1] + step.bias == step.result
        assert step.bias == (0.0 if bias is None else bias[channel])
        assert step.divisor == 1 and step.winners is None
        group = channel // (len(w) // layer.groups)
        assert step.window.shape == step.products.shape == w[channel].shape
        same_numbers(step.products, step.window * w[channel])
        same_numbers(step.channel_sums, step.products.sum(axis=(1, 2)))
        same_numbers(step.partial_sums, np.cumsum(step.products))
        first = x[0, group * w.shape[1]]
        top_left = reference.cell(first, *step.origin, layer.padding_mode, layer.padding_value)
        assert step.window[0, 0, 0] == top_left


@pytest.mark.parametrize("seed", range(60))
def test_every_cell_of_a_max_pooling_is_the_largest_of_its_trace(seed):
    x, settings = pool_case(rng(seed))
    y, indices = max_pool2d(x, **settings, return_indices=True)
    layer = PoolSpec(**settings)
    for channel, position in places(y[0]):
        step = trace_window(layer, x[0], position=position, out_channel=channel)
        assert step.result == y[(0, channel, *position)]
        assert step.bias == 0 and step.divisor == 1
        same_numbers(step.products, step.window)
        assert step.winners.shape == step.window.shape == (1, *layer.kernel_size)
        if np.isinf(step.result):
            assert not step.winners.any()
            continue
        assert (step.window[step.winners] == step.result).all()
        assert (step.window[~step.winners] < step.result).all()
        rows, columns = cells_read(layer, position)
        _, first_row, first_column = np.argwhere(step.winners)[0]
        winner = rows[first_row] * x.shape[3] + columns[first_column]
        assert winner == indices[(0, channel, *position)]


@pytest.mark.parametrize("seed", range(60))
def test_every_cell_of_an_average_pooling_is_the_sum_of_its_trace_by_its_divisor(seed):
    x, settings = pool_case(rng(seed))
    for extra in ({}, {"count_include_pad": False}, {"divisor_override": 3}):
        y = avg_pool2d(x, **settings, **extra)[0]
        layer = PoolSpec(**settings, **extra, kind="avg")
        for channel, position in places(y):
            step = trace_window(layer, x[0], position=position, out_channel=channel)
            assert step.result == y[(channel, *position)]
            assert step.window.sum() / step.divisor == step.result
            assert step.partial_sums[-1] == step.channel_sums[0] == step.window.sum()
            assert step.winners is None


# Its parts


def test_a_window_written_out():
    x = np.array([[[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]])
    w = np.array([[[[0, 1], [2, 3]], [[1, 2], [3, 4]]]])
    step = trace_window(ConvSpec(2, 1, 2), x, w, [0.5], position=(1, 0))
    assert step.origin == (1, 0)
    assert step.window.tolist() == [[[3, 4], [6, 7]], [[4, 5], [7, 8]]]
    assert step.products.tolist() == [
        [[3 * 0, 4 * 1], [6 * 2, 7 * 3]],
        [[4 * 1, 5 * 2], [7 * 3, 8 * 4]],
    ]
    assert step.channel_sums.tolist() == [0 + 4 + 12 + 21, 4 + 10 + 21 + 32]
    assert step.partial_sums.tolist() == [0, 4, 16, 37, 41, 51, 72, 104]
    assert step.bias == 0.5 and step.result == 104 + 0.5


def test_the_origin_is_negative_in_the_padding_and_the_window_shows_what_is_read_there():
    x = np.arange(1.0, 5).reshape(1, 2, 2)
    layer = ConvSpec(1, 1, 3, padding=1, padding_mode="constant", padding_value=9.0)
    step = trace_window(layer, x, np.ones((1, 1, 3, 3)))
    assert step.origin == (-1, -1)
    assert step.window[0].tolist() == [[9, 9, 9], [9, 1, 2], [9, 3, 4]]
    mirrored = ConvSpec(1, 1, 3, padding=1, padding_mode="reflect")
    window = trace_window(mirrored, x, np.ones((1, 1, 3, 3))).window
    assert window[0].tolist() == [[4, 3, 4], [2, 1, 2], [4, 3, 4]]


def test_a_group_reads_its_own_channels_only():
    x = np.arange(16.0).reshape(4, 2, 2)
    layer = ConvSpec(4, 2, 1, groups=2)
    w = np.ones((2, 2, 1, 1))
    assert trace_window(layer, x, w, out_channel=0).window.ravel().tolist() == [0, 4]
    assert trace_window(layer, x, w, out_channel=1).window.ravel().tolist() == [8, 12]


def test_dilated_windows_show_the_cells_that_are_tapped():
    x = np.arange(25.0).reshape(1, 5, 5)
    step = trace_window(ConvSpec(1, 1, 3, dilation=2), x, np.ones((1, 1, 3, 3)))
    assert step.window[0].tolist() == [[0, 2, 4], [10, 12, 14], [20, 22, 24]]


def test_all_equal_largest_cells_win_and_padding_never_does():
    step = trace_window(PoolSpec(2, padding=1), [[[-5.0, -5.0], [-5.0, -7.0]]])
    assert step.window[0].tolist() == [[-math.inf, -math.inf], [-math.inf, -5]]
    assert step.winners[0].tolist() == [[False, False], [False, True]]
    step = trace_window(PoolSpec(2), [[[4.0, 4.0], [4.0, 1.0]]])
    assert step.winners[0].tolist() == [[True, True], [True, False]]
    step = trace_window(PoolSpec(2, 1, 1, dilation=2), [[[5.0]]])
    assert step.result == -math.inf and not step.winners.any()
    step = trace_window(PoolSpec(2, padding=1), np.full((1, 1, 1), -math.inf))
    assert step.winners[0].tolist() == [[False, False], [False, True]]


def test_the_divisor_is_what_the_window_is_divided_by():
    x = np.ones((1, 2, 2))
    assert trace_window(PoolSpec(3, 1, 1, kind="avg"), x).divisor == 9
    counted = PoolSpec(3, 1, 1, count_include_pad=False, kind="avg")
    assert trace_window(counted, x).divisor == 4
    assert trace_window(PoolSpec(2, divisor_override=7, kind="avg"), x).divisor == 7
    hanging = PoolSpec(2, 2, ceil_mode=True, kind="avg")
    step = trace_window(hanging, np.ones((1, 3, 3)), position=(1, 1))
    assert (step.divisor, step.result) == (1, 1.0)
    assert step.window[0].tolist() == [[1, 0], [0, 0]]


def test_a_nan_is_the_result_and_wins():
    x = np.array([[[1.0, np.nan], [2.0, 3.0]]])
    step = trace_window(PoolSpec(2), x)
    assert math.isnan(step.result)
    assert step.winners[0].tolist() == [[False, True], [False, False]]
    assert math.isnan(trace_window(ConvSpec(1, 1, 2), x, np.ones((1, 1, 2, 2))).result)


def test_the_input_keeps_its_type():
    layer, w = ConvSpec(1, 1, 2), np.ones((1, 1, 2, 2), np.float32)
    step = trace_window(layer, np.ones((1, 3, 3), np.float32), w)
    assert step.window.dtype == step.products.dtype == np.float32
    assert trace_window(layer, np.full((1, 2, 2), 255, np.uint8), w).result == 4 * 255


def test_a_trace_shares_no_memory_with_the_input():
    x = np.ones((1, 3, 3))
    step = trace_window(PoolSpec(2), x)
    step.window[:] = 7
    assert (x == 1).all()


# Steps


def test_steps_run_row_by_row_and_channel_by_channel():
    y = np.zeros((3, 2, 4))
    assert [step_place(n, (2, 4), 3) for n in range(24)] == places(y)
    assert step_place(0, (5,), 1) == (0, (0,))


def test_there_is_no_step_after_the_last():
    with pytest.raises(ShapeError, match=r"step is 24 but there are 24; use 0 to 23\."):
        step_place(24, (2, 4), 3)


def test_a_layer_of_another_number_of_axes_is_traced_too():
    x, w = np.arange(10.0).reshape(2, 5), np.ones((1, 2, 3))
    step = trace_window(ConvSpec(2, 1, (3,)), x, w, position=(1,))
    assert step.result == (1 + 2 + 3) + (6 + 7 + 8)
    volume = np.arange(27.0).reshape(1, 3, 3, 3)
    step = trace_window(PoolSpec((2, 2, 2), 1), volume, position=(1, 0, 1))
    assert step.result == 9 * 2 + 3 * 1 + 2

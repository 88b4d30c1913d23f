"""Separable convolutions, layers that are mistaken for others, dense stacks: known counts."""

from fractions import Fraction

import numpy as np
import pytest

from kernels import ConvSpec, ShapeError, conv2d, conv_parameters, linear_parameters
from kernels.layers.dense import dense_parameters
from kernels.layers.mistaken_layers import as_deep_as_input, map_per_slice
from kernels.layers.separable import separable_layers, separable_ratio

LAYERS = [
    ConvSpec(3, 4, 3),
    ConvSpec(1, 1, 1),
    ConvSpec(64, 128, 3, padding="same", bias=False),
    ConvSpec(5, 7, (2, 5), stride=(2, 1), padding=1),
    ConvSpec(4, 6, 3, groups=2, dilation=2),
    ConvSpec(3, 8, (5,)),
]


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_what_is_left_is_one_over_the_maps_plus_one_over_the_taps(layer):
    taps = np.prod(layer.kernel_size)
    assert separable_ratio(layer) == Fraction(1, layer.out_channels) + Fraction(1, int(taps))


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_the_multiply_adds_shrink_by_the_same_share(layer):
    size = (23,) * layer.rank
    depthwise, pointwise = separable_layers(layer)
    macs = depthwise.macs(size) + pointwise.macs(depthwise.output_size(size))
    full = ConvSpec(
        layer.in_channels, layer.out_channels, layer.kernel_size, layer.stride, layer.padding,
        layer.dilation,
    )  # fmt: skip
    assert Fraction(macs, full.macs(size)) == separable_ratio(layer)


def test_both_ways_give_maps_of_one_size_and_equal_numbers_where_the_kernel_factors():
    draw = np.random.default_rng(5)
    x = draw.integers(-4, 5, (3, 9, 8)).astype(float)
    layer = ConvSpec(3, 4, 3, padding=1, bias=False)
    depthwise, pointwise = separable_layers(layer)
    each = draw.integers(-2, 3, depthwise.weight_shape).astype(float)
    mix = draw.integers(-2, 3, pointwise.weight_shape).astype(float)
    # Kernel m has the slice mix[m, c] * each[c] on channel c.
    full = mix[:, :, 0, 0, None, None] * each[None, :, 0]
    two_steps = conv2d(conv2d(x, each, padding=1, groups=3), mix)
    assert np.array_equal(two_steps, conv2d(x, full, padding=1))


def test_a_pair_for_three_colours_counted_by_hand():
    depthwise, pointwise = separable_layers(ConvSpec(3, 4, 3))
    assert depthwise.parameters == 3 * 9 + 3
    assert pointwise.parameters == 4 * 3 + 4


def test_known_counts_of_convolutions():
    assert conv_parameters(3, 100, (5, 5)) == 7_600
    assert conv_parameters(3, 128, (7, 7)) == 18_944
    assert conv_parameters(32, 32, (3, 3), groups=32) == 320
    assert conv_parameters(10, 20, (5, 5), bias=False) == 5_000


def test_known_counts_of_fully_connected_layers():
    assert dense_parameters(784, [84], bias=False) == (65_856,)
    assert sum(dense_parameters(784, [84, 10], bias=False)) == 66_696
    assert sum(dense_parameters(784, [84, 10])) == 66_790
    assert sum(dense_parameters(480 * 640 * 3, [100, 100, 1], bias=False)) == 92_170_100
    assert sum(dense_parameters(480 * 640 * 3, [100, 100, 1])) == 92_170_301
    assert sum(dense_parameters(1536 * 2048 * 3, [100, 100, 1], bias=False)) == 943_728_500


def test_the_smallest_case_of_shared_weights():
    assert linear_parameters(9, 4, bias=False) == 36
    assert linear_parameters(9, 4) == 40
    assert conv_parameters(1, 1, (2, 2), bias=False) == 4
    assert conv_parameters(1, 1, (2, 2)) == 5


def test_a_count_that_cannot_be_is_refused():
    with pytest.raises(ShapeError, match="out_features is 0"):
        dense_parameters(9, [4, 0])


def test_a_map_for_each_slice_is_the_depthwise_layer_with_as_many_kernels_a_channel():
    draw = np.random.default_rng(2)
    layer = ConvSpec(3, 4, 2, bias=False)
    x, weight = draw.integers(-3, 4, (3, 5, 5)), draw.integers(-3, 4, layer.weight_shape)
    apart = map_per_slice(layer)
    # Its maps stand channel by channel; their sum over the channels is the convolution.
    slices = np.moveaxis(weight, 1, 0).reshape(apart.weight_shape)
    maps = conv2d(x, slices, groups=apart.groups).reshape(3, 4, 4, 4)
    assert np.array_equal(maps.sum(axis=0), conv2d(x, weight))
    assert apart.out_channels == 12
    assert map_per_slice(ConvSpec(3, 4, 3)).parameters == 3 * 4 * 9 + 12


def test_as_deep_as_the_input_keeps_everything_but_the_number_of_kernels():
    wrong = as_deep_as_input(ConvSpec(3, 4, 3, padding=1))
    assert (wrong.weight_shape, wrong.padding) == ((3, 3, 3, 3), ((1, 1), (1, 1)))
    assert wrong.parameters == 3 * 3 * 9 + 3

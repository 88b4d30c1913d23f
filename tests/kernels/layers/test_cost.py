"""Parameters and multiply-adds: the numbers of lectures and papers, and counted one by one."""

from itertools import product

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.cost import conv_macs, conv_parameters, linear_parameters
from kernels.layers.geometry import output_size
from kernels.layers.spec import ConvSpec, ConvTransposeSpec
from kernels.layers.transposed import conv_transpose_output_size
from kernels.networks.receptive import receptive_field
from kernels.ops.functional import conv2d


@pytest.mark.parametrize(
    ("said", "by_hand"),
    [
        # LeNet-5: C1 and C3, the latter if every map saw every map
        (conv_parameters(1, 6, (5, 5)), 6 * (1 * 5 * 5 + 1)),
        (conv_parameters(6, 16, (5, 5)), 16 * (6 * 5 * 5 + 1)),
        (conv_parameters(3, 6, (5, 5)), 6 * (3 * 5 * 5 + 1)),
        (conv_parameters(3, 6, (5, 5), bias=False), 6 * 3 * 5 * 5),
        (conv_parameters(32, 32, (3, 3), groups=32), 32 * (1 * 3 * 3 + 1)),  # depthwise
        (conv_parameters(32, 64, (1, 1)), 64 * (32 + 1)),  # pointwise
        # AlexNet: the first layer, and the second in its two groups
        (conv_parameters(3, 96, (11, 11)), 96 * (3 * 11 * 11 + 1)),
        (conv_parameters(96, 256, (5, 5), groups=2), 256 * (48 * 5 * 5 + 1)),
        (conv_parameters(256, 384, (3, 3)), 384 * (256 * 3 * 3 + 1)),
        (conv_parameters(1, 1, (3,)), 1 * 3 + 1),  # one axis
        (conv_parameters(3, 64, 7), 64 * (3 * 7 * 7 + 1)),  # an int is a square, as in Conv2d
        (conv_parameters(2, 4, (3, 3, 3)), 4 * (2 * 27 + 1)),
    ],
)
def test_parameters_of_lectures_and_papers(said, by_hand):
    assert said == by_hand


def test_their_figures_as_printed():
    assert conv_parameters(1, 6, (5, 5)) == 156
    assert conv_parameters(3, 6, (5, 5)) == 456
    assert conv_parameters(6, 16, (5, 5)) == 2_416
    assert conv_parameters(32, 32, (3, 3), groups=32) == 320
    assert conv_parameters(3, 96, (11, 11), bias=False) == 34_848
    assert conv_parameters(3, 96, (11, 11)) == 34_944
    assert conv_parameters(96, 256, (5, 5), groups=2) == 307_456
    assert conv_parameters(256, 384, (3, 3)) == 885_120
    assert conv_macs(3, 16, (3, 3), (32, 32)) == 442_368
    assert conv_macs(1, 1, (2, 1), (319, 280)) == 178_640
    assert linear_parameters(784, 84, bias=False) == 65_856
    assert linear_parameters(84, 10, bias=False) == 840
    assert 784 * 84 + 84 * 10 == 66_696
    assert linear_parameters(120, 84) == 10_164  # LeNet-5's F6
    assert linear_parameters(4096, 1000) == 4_097_000  # AlexNet's last layer
    assert linear_parameters(9216, 4096) == 37_752_832  # and its first fully connected one


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_parameters_are_the_numbers_in_the_arrays(groups):
    for c_in, c_out, kernel, bias in product((4, 8), (4, 12), [(3,), (2, 3)], (True, False)):
        weight = np.zeros((c_out, c_in // groups, *kernel))
        counted = weight.size + (c_out if bias else 0)
        assert conv_parameters(c_in, c_out, kernel, groups, bias) == counted
        layer = ConvSpec(c_in, c_out, kernel, groups=groups, bias=bias)
        assert layer.parameters == counted and layer.weight_shape == weight.shape


@pytest.mark.parametrize("groups", [1, 2])
def test_multiply_adds_are_the_products_of_all_windows(groups):
    """A convolution of ones with ones without padding sums as many ones as there are products."""
    for kernel, stride in product([(3, 2), (1, 4)], [(1, 1), (2, 3)]):
        y = conv2d(
            np.ones((4, 7, 9)), np.ones((6, 4 // groups, *kernel)), None, stride, 0, 1, groups
        )
        macs = conv_macs(4, 6, kernel, y.shape[1:], groups)
        assert macs == y.sum()
        assert ConvSpec(4, 6, kernel, stride, groups=groups).macs((7, 9)) == macs


def test_the_bias_is_a_parameter_and_no_multiply_add():
    with_bias, without = ConvSpec(2, 3, 3), ConvSpec(2, 3, 3, bias=False)
    assert with_bias.parameters - without.parameters == 3
    assert with_bias.macs((5, 5)) == without.macs((5, 5)) == 3 * 2 * 9 * 9


def test_size_stride_padding_and_dilation_cost_no_parameters():
    plain = ConvSpec(2, 3, 3).parameters
    assert ConvSpec(2, 3, 3, stride=2, padding=1, dilation=2).parameters == plain


def test_multiply_adds_go_by_the_output_and_not_by_the_input():
    assert ConvSpec(1, 1, 3).macs((8, 8)) == 9 * 6 * 6
    assert ConvSpec(1, 1, 3, stride=2).macs((8, 8)) == 9 * 3 * 3
    assert ConvSpec(1, 1, 3, padding="full").macs((8, 8)) == 9 * 10 * 10


def test_depthwise_and_pointwise_cost_less_than_a_full_convolution():
    """MobileNet: 1 / 128 + 1 / 9 of the products at 128 kernels of 3 x 3."""
    full = conv_macs(64, 128, (3, 3), (56, 56))
    split = conv_macs(64, 64, (3, 3), (56, 56), 64) + conv_macs(64, 128, (1, 1), (56, 56))
    assert split * 9 * 128 == full * (9 + 128)


def test_large_counts_are_exact_and_quick():
    n = 2**31 - 1
    assert conv_parameters(n, n, (3, 3)) == n * n * 9 + n
    assert linear_parameters(n, n) == n * n + n
    with pytest.raises(ShapeError, match="possible: 1, "):
        conv_parameters(n, n, 1, groups=2)


@pytest.mark.parametrize("kernel", [1, 3, 7, (3,), (3, 5), (2, 3, 4)])
@pytest.mark.parametrize(("channels", "groups", "bias"), [((3, 64), 1, True), ((4, 8), 4, False)])
def test_a_count_means_what_the_layer_of_the_same_numbers_means(kernel, channels, groups, bias):
    layer = ConvSpec(*channels, kernel, groups=groups, bias=bias)
    assert conv_parameters(*channels, kernel, groups, bias) == layer.parameters
    out = layer.output_size(9)
    assert conv_macs(*channels, kernel, out, groups) == layer.macs(9)
    assert len(set(out)) > 1 or conv_macs(*channels, kernel, out[0], groups) == layer.macs(9)


def test_one_axis_is_written_as_one():
    assert conv_macs(3, 16, (3,), 32) == 3 * 16 * 3 * 32 == conv_macs(3, 16, (3,), (32,))
    for kernel, size in (((3, 3), (32,)), ((3,), (32, 32)), (3, (32,))):
        with pytest.raises(ShapeError, match="different numbers of axes"):
            conv_macs(3, 16, kernel, size)


def test_sizes_are_the_same_along_each_axis_whether_one_number_or_a_square_is_meant():
    """`output_size(5, 3)` has one reading: the size along each axis that has these numbers."""
    for n, k, s in product((5, 9), (2, 3), (1, 2)):
        assert output_size((n, n), k, s) == (output_size(n, k, s),) * 2
        assert ConvSpec(1, 1, k, s).output_size(n) == (output_size(n, k, s),) * 2
        up = conv_transpose_output_size(n, k, s)
        assert ConvTransposeSpec(1, 1, k, s).output_size(n) == (up, up)
        stack = [ConvSpec(1, 1, k, s), ConvSpec(1, 1, k)]
        assert receptive_field(stack) == receptive_field([{"k": k, "s": s}, {"k": k}])

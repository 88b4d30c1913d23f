"""Where windows fall: counted one by one, and as the arrays come out."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.geometry import (
    Axis,
    largest_dilation,
    largest_kernel,
    output_size,
    padding_form,
    padding_pair,
    window_near,
)
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.ops.functional import avg_pool2d, conv2d, max_pool2d
from tests.reference import ends, window_starts


def grid(inputs, kernels, strides, paddings, dilations):
    """Every setting of one axis: input, kernel, stride, before, after, dilation."""
    return product(inputs, kernels, strides, paddings, paddings, dilations)


SMALL = list(grid(range(1, 10), range(1, 6), (1, 2, 3, 4), (0, 1, 2, 3), (1, 2, 3)))
WORDS = ("valid", "same", "full", "same_upper", "same_lower")


# Counted one by one


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_windows_stand_where_they_are_counted_one_by_one(ceil_mode):
    legal = 0
    for n, k, s, before, after, d in SMALL:
        if ceil_mode and max(before, after) > k // 2:
            continue  # no pooling pads that much
        starts = window_starts(n, k, s, before, after, d, ceil_mode)
        if not starts:
            with pytest.raises(ShapeError):
                output_size(n, k, s, ((before, after),), d, ceil_mode)
            continue
        legal += 1
        axis = Axis(n, k, s, before, after, d, ceil_mode)
        assert axis.output == len(starts), axis
        assert axis.origins == tuple(starts), axis
        assert output_size(n, k, s, ((before, after),), d, ceil_mode) == len(starts), axis
        cells = [start + d * tap for start in starts for tap in range(k)]
        taps = [tap for w in range(len(starts)) for tap in axis.taps(w)]
        assert taps == [cell + before for cell in cells], axis
        last = starts[-1] + d * (k - 1)
        assert axis.leftover == max(n + after - 1 - last, 0), axis
        assert axis.overhang == max(last - (n + after - 1), 0), axis
        assert axis.overhang == 0 or ceil_mode, axis
        never = set(range(-before, n + after)) - set(cells)
        assert axis.unused == tuple(sorted(cell + before for cell in never)), axis
    assert legal > (1500 if ceil_mode else 6000)


def test_the_convolutions_array_has_the_size_that_was_said():
    for n, k, s, before, after, d in SMALL:
        if n + before + after < d * (k - 1) + 1:
            continue
        padding = ((before, after), (0, 0))
        y = conv2d(np.zeros((1, n, 1)), np.zeros((1, 1, k, 1)), None, (s, 1), padding, (d, 1))
        said = output_size((n, 1), (k, 1), (s, 1), padding, (d, 1))
        assert y.shape == (1, *said) == (1, output_size(n, k, s, ((before, after),), d), 1)


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_the_pooled_array_has_the_size_that_was_said(ceil_mode):
    for n, k, s, before, after, d in SMALL:
        if max(before, after) > k // 2 or not window_starts(n, k, s, before, after, d, ceil_mode):
            continue
        padding = ((0, 0), (before, after))
        windows = {"stride": (1, s), "padding": padding, "dilation": (1, d), "ceil_mode": ceil_mode}
        size = output_size((1, n), (1, k), **windows)
        assert size == (1, output_size(n, k, s, ((before, after),), d, ceil_mode))
        assert PoolSpec((1, k), **windows).output_size((1, n)) == size
        assert max_pool2d(np.zeros((1, 1, n)), (1, k), **windows).shape == (1, *size)
        assert avg_pool2d(np.zeros((1, 1, n)), (1, k), **windows).shape == (1, *size)


@pytest.mark.long
def test_every_legal_setting_of_two_axes_has_the_array_of_the_size_said():
    tried = 0
    for n, k, s, before, after, d in grid(
        range(1, 12), range(1, 7), (1, 2, 3, 4), (0, 1, 3), (1, 2, 3)
    ):
        padding = ((before, after), (after, before))
        try:
            said = output_size((n, 12 - n), (k, 7 - k), (s, 5 - s), padding, (d, 4 - d))
        except ShapeError:
            continue
        x, w = np.zeros((1, n, 12 - n)), np.zeros((1, 1, k, 7 - k))
        assert conv2d(x, w, None, (s, 5 - s), padding, (d, 4 - d)).shape == (1, *said)
        tried += 1
    assert tried > 1000


# Padding words


@pytest.mark.parametrize("word", WORDS)
def test_padding_words_are_the_cells_that_they_promise(word):
    for n, k, s, d in product(range(1, 9), range(1, 6), (1, 2, 3), (1, 2)):
        if word == "same" and s > 1:
            continue
        pair = padding_pair(word, n, k, s, d)
        assert pair == ends(word, 0, n, k, s, d)
        if word in ("same", "same_upper", "same_lower"):
            assert output_size(n, k, s, word, d) == -(-n // s)
        if word == "full":
            assert output_size(n, k, s, word, d) == (n + d * (k - 1) - 1) // s + 1


@pytest.mark.parametrize("kernel", [2, 4, 6])
def test_the_odd_cell_of_an_even_kernel_goes_to_the_end(kernel):
    before, after = padding_pair("same", 10, kernel)
    assert (before, after) == (kernel // 2 - 1, kernel // 2)
    assert padding_pair("same_upper", 10, kernel) == (before, after)
    assert padding_pair("same_lower", 10, kernel) == (after, before)


def test_tensorflows_same_of_a_strided_layer():
    """ResNet's first layer: (112 - 1) * 2 + 7 - 224 = 5 cells, 2 before and 3 after."""
    assert padding_pair("same_upper", 224, 7, 2) == (2, 3)
    assert padding_pair("same_lower", 224, 7, 2) == (3, 2)
    assert padding_pair("same_upper", 5, 1, 3) == (0, 0)


def test_padding_may_be_written_in_four_ways():
    assert padding_form(2, 2) == ((2, 2), (2, 2))
    assert padding_form((1, 2), 2) == ((1, 1), (2, 2))
    assert padding_form(((0, 1), (2, 3)), 2) == ((0, 1), (2, 3))
    assert padding_form([[0, 1], [2, 3]], 2) == ((0, 1), (2, 3))
    assert padding_form("full", 3) == "full"
    assert padding_form(((4, 5),), 1) == ((4, 5),)


# One axis or many


def test_an_int_is_one_axis_and_gives_an_int_back():
    assert output_size(5, 3) == 3 and isinstance(output_size(5, 3), int)
    assert output_size(5, 3, 2, 1) == output_size(5, 3, stride=2, padding=((1, 1),)) == 3
    assert output_size(np.int64(5), np.int32(3)) == 3


def test_a_tuple_is_that_many_axes_and_gives_that_many_back():
    assert output_size((5,), (3,)) == (5 - 3 + 1,)
    assert output_size((5, 7), (3, 2)) == (5 - 3 + 1, 7 - 2 + 1)
    assert output_size((5, 7, 9), (3, 2, 4)) == (5 - 3 + 1, 7 - 2 + 1, 9 - 4 + 1)
    assert output_size([5, 7], [3, 2], [2, 1]) == ((5 - 3) // 2 + 1, 7 - 2 + 1)


def test_an_int_setting_is_spread_over_the_axes_and_a_tuple_is_not():
    assert output_size((5, 7), (3, 3), stride=2, padding=1, dilation=2) == (
        (5 + 2 - 5) // 2 + 1,
        (7 + 2 - 5) // 2 + 1,
    )
    assert output_size((5, 7), (3, 3), padding=(1, 0)) == (5, 5)
    assert output_size((5, 7), (3, 3), padding=((1, 0), (0, 0))) == (4, 5)


@pytest.mark.parametrize(
    "settings",
    [
        ((5, 5), (3, 3, 3)),
        ((5, 5), (3, 3), (1, 1, 1)),
        ((5, 5), (3, 3), 1, (1, 1, 1)),
        ((5, 5), (3, 3), 1, ((1, 1),)),
        ((5, 5), (3, 3), 1, (1, 1, 1, 1)),
        (5, 3, 1, (0, 1)),
        (5, 3, (1, 1)),
        (5, 3, 1, ((0, 1), (0, 1))),
        (5, 3, 1, 0, (1, 1)),
        ((), ()),
        (5, 3, ()),
        (5, ()),
    ],
)
def test_settings_that_speak_of_different_numbers_of_axes_are_refused(settings):
    with pytest.raises(ShapeError):
        output_size(*settings)


def test_a_lone_int_for_a_layers_kernel_is_a_square():
    assert ConvSpec(1, 1, 3).kernel_size == PoolSpec(3).kernel_size == (3, 3)
    assert ConvSpec(1, 1, (3,)).rank == 1
    assert ConvSpec(1, 1, (3,)).output_size(5) == (3,)
    assert ConvSpec(1, 1, [2, 3, 4], stride=[1, 2, 3]).stride == (1, 2, 3)
    assert PoolSpec((2, 3)).stride == (2, 3)


# Dumoulin and Visin 2016, relationships 1 to 7 and 15, with the paper's own numbers


@pytest.mark.parametrize(
    ("said", "by_hand"),
    [
        (output_size(4, 3), 4 - 3 + 1),  # 1: no padding, stride 1
        (output_size(5, 4, padding=2), 5 - 4 + 2 * 2 + 1),  # 2: stride 1
        (output_size(5, 3, padding=1), 5),  # 3: half padding
        (output_size(5, 3, padding="same"), 5),
        (output_size(5, 3, padding=2), 5 + 3 - 1),  # 4: full padding
        (output_size(5, 3, padding="full"), 5 + 3 - 1),
        (output_size(5, 3, stride=2), (5 - 3) // 2 + 1),  # 5: no padding, stride 2
        (output_size(5, 3, stride=2, padding=1), (5 + 2 * 1 - 3) // 2 + 1),  # 6
        (output_size(6, 3, stride=2, padding=1), (6 + 2 * 1 - 3) // 2 + 1),  # 6, one cell unused
        (output_size(5, 3), (5 - 3) // 1 + 1),  # 7: pooling, stride 1
        (output_size(7, 3, dilation=2), (7 - 3 - (3 - 1) * (2 - 1)) // 1 + 1),  # 15
    ],
)
def test_the_relationships_of_dumoulin_and_visin(said, by_hand):
    assert said == by_hand


def test_their_results_in_figures():
    assert [
        output_size(4, 3),
        output_size(5, 4, padding=2),
        output_size(5, 3, padding="full"),
        output_size(5, 3, stride=2),
        output_size(5, 3, stride=2, padding=1),
        output_size(6, 3, stride=2, padding=1),
        output_size(7, 3, dilation=2),
    ] == [2, 6, 7, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("said", "size"),
    [
        (output_size((224, 224), (7, 7), 2, 3), (112, 112)),  # ResNet's first layer
        (output_size((227, 227), (11, 11), 4), (55, 55)),  # AlexNet's, on 227
        (output_size((224, 224), (11, 11), 4, 2), (55, 55)),  # as torchvision pads it
        (output_size((112, 112), (3, 3), 2, 1), (56, 56)),
        (output_size(55, 3, 2), 27),
        (output_size(112, 3, 2, ceil_mode=True), 56),  # GoogLeNet's pooling
        (output_size((280, 320), (1, 2)), (280, 320 - 2 + 1)),
        (output_size(128, 4), 128 - 4 + 1),
        (output_size(256, 3, 2, 1), (256 + 2 - 3) // 2 + 1),
        (output_size(10, 5), 6),
        (output_size(6, 2, 2), (6 - 2) // 2 + 1),
        (output_size(572, 3), 570),  # U-Net's first layer
    ],
)
def test_sizes_out_of_networks_and_lectures(said, size):
    assert said == size


# Leftovers


def test_the_last_padded_row_and_column_are_not_used():
    """4 cells, padding 1, kernel 3, stride 2: (4 + 2 - 3) // 2 + 1 = 2 windows reach 2 + 3 of 6."""
    axis = ConvSpec(1, 1, 3, 2, 1).axes((4, 4))[0]
    assert (axis.output, axis.leftover, axis.unused) == (2, 6 - (2 + 3), (5,))


def test_a_stride_larger_than_the_kernel_skips_cells_in_the_middle():
    axis = Axis(input=7, kernel=1, stride=3)
    assert axis.unused == (1, 2, 4, 5) and axis.leftover == 0
    assert Axis(input=9, kernel=2, stride=3).unused == (2, 5, 8)


def test_dilated_windows_skip_cells_between_their_taps():
    assert Axis(input=5, kernel=3, dilation=2).unused == (1, 3)
    assert Axis(input=6, kernel=3, stride=2, dilation=2).unused == (1, 3, 5)


def test_dilation_of_a_single_cell_changes_nothing():
    assert Axis(input=5, kernel=1, dilation=9).effective_kernel == 1
    assert output_size(5, 1, dilation=9) == 5
    assert padding_pair("same", 5, 1, 1, 9) == padding_pair("full", 5, 1, 1, 9) == (0, 0)


# Rounding up


def test_a_window_that_would_start_in_the_padding_is_dropped():
    axis = Axis(input=4, kernel=2, stride=3, before=1, after=1, ceil_mode=True)
    assert axis.last_window_dropped and axis.output == -(-(4 + 2 - 2) // 3) + 1 - 1 == 2
    assert axis.overhang == 0 and axis.leftover == 6 - (3 + 2)


def test_a_window_that_starts_on_the_last_cell_is_kept():
    axis = Axis(input=5, kernel=2, stride=2, ceil_mode=True)
    assert not axis.last_window_dropped
    assert (axis.output, axis.overhang, axis.origins) == (3, 1, (0, 2, 4))


# Legal ranges


def test_the_largest_kernel_fits_and_one_more_does_not():
    for n, before, after, d in product(range(1, 8), (0, 1, 2), (0, 2), (1, 2, 3)):
        most = largest_kernel(n, before, after, d)
        assert output_size(n, most, 1, ((before, after),), d) >= 1
        with pytest.raises(ShapeError):
            output_size(n, most + 1, 1, ((before, after),), d)


def test_the_largest_dilation_fits_and_one_more_does_not():
    for n, k, before, after in product(range(1, 8), (2, 3, 4), (0, 1, 2), (0, 2)):
        most = largest_dilation(n, k, before, after)
        if before + n + after >= k:
            assert output_size(n, k, 1, ((before, after),), most) >= 1
        with pytest.raises(ShapeError):
            output_size(n, k, 1, ((before, after),), most + 1)
    assert largest_dilation(7, 1) == 1


# Specs and functions are one


def test_specs_arrays_and_the_helper_agree():
    spec = ConvSpec(2, 3, (3, 2), stride=(2, 1), padding=((1, 2), (0, 1)), dilation=(1, 2))
    size = output_size((7, 8), (3, 2), (2, 1), ((1, 2), (0, 1)), (1, 2))
    assert size == ((7 + 1 + 2 - 3) // 2 + 1, 8 + 0 + 1 - 3 + 1) == spec.output_size((7, 8))
    y = conv2d(
        np.zeros((2, 7, 8)),
        np.zeros(spec.weight_shape),
        None,
        spec.stride,
        spec.padding,
        spec.dilation,
    )
    assert y.shape == (3, *size)


def test_a_layer_is_frozen_comparable_and_hashable():
    layer = ConvSpec(1, 1, [3, 3], padding=1)
    assert layer == ConvSpec(1, 1, 3, padding=((1, 1), (1, 1)), padding_value=0)
    assert hash(layer) == hash(ConvSpec(1, 1, (3, 3), 1, (1, 1)))
    with pytest.raises(AttributeError):
        layer.stride = (2, 2)


def test_the_window_near_a_cell_is_the_first_whose_middle_is_nearest():
    rng = np.random.default_rng(8)
    for _ in range(300):
        kernel, stride, dilation = (int(n) for n in rng.integers(1, 5, 3))
        before, after = (int(n) for n in rng.integers(0, 4, 2))
        axis = Axis(int(rng.integers(16, 30)), kernel, stride, before, after, dilation)
        middles = [
            n * stride - before + Fraction((kernel - 1) * dilation, 2) for n in range(axis.output)
        ]
        for cell in range(-3, axis.input + 3):
            distances = [abs(middle - cell) for middle in middles]
            assert window_near(axis, cell) == distances.index(min(distances))

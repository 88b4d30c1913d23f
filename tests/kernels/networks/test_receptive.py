"""Receptive fields: published numbers, and the cells that windows really reach, tap by tap."""

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Crop,
    Dropout,
    Flatten,
    Linear,
    ZeroPad,
)
from kernels.networks.network import Network, Node, sequence
from kernels.networks.receptive import ReceptiveField, receptive_field, receptive_fields
from kernels.networks.receptive_window import receptive_window
from kernels.networks.summary import summarise


def conv(kernel, stride=1, padding=0, dilation=1):
    return ConvSpec(1, 1, kernel, stride, padding, dilation)


# Published numbers


def test_two_layers_of_the_distill_article():
    field = receptive_field([{"k": 3, "s": 3, "p": 1}, {"k": 2}])
    assert field == ReceptiveField(size=6, jump=3, padding=1, centre=-1 + 5 / 2)
    assert field.window(0) == (-1, 4)
    assert field.window(2) == (2 * 3 - 1, 2 * 3 + 4)


@pytest.mark.parametrize(
    "layers, size",
    [
        ([{"k": 3}] * 2, 5),
        ([{"k": 3}] * 3, 7),
        ([{"k": 5}, {"k": 5}], 9),
        ([{"k": 3, "d": 2}], 5),
        ([{"k": 3, "s": 2, "p": 1}, {"k": 4}], 1 + 2 + 3 * 2),
        ([{"k": 3, "d": d} for d in (1, 2, 4)], 1 + 2 * (1 + 2 + 4)),
    ],
)
def test_small_stacks(layers, size):
    assert receptive_field(layers).size == size


def test_lenet_sees_16_cells_from_its_second_pooling():
    layers = [ConvSpec(1, 6, 5, padding=2), PoolSpec(2), ConvSpec(6, 16, 5), PoolSpec(2)]
    rows = receptive_fields(layers)
    assert [row.field.size for row in rows] == [5, 6, 6 + 4 * 2, 14 + 1 * 2]
    assert [row.field.jump for row in rows] == [1, 2, 2, 4]
    assert [row.field.padding for row in rows] == [2, 2, 2, 2]


def test_a_rectangular_stack_gives_a_number_per_axis():
    layers = [conv((3, 5), stride=2), conv((3, 1), stride=2)]
    assert receptive_field(layers) == ReceptiveField(
        size=(3 + 2 * 2, 5), jump=(4, 4), padding=(0, 0), centre=(3.0, 2.0)
    )


def test_axes_that_agree_in_the_end_give_single_numbers():
    rows = receptive_fields([conv((1, 7), padding=(0, 3)), conv((7, 1), padding=(3, 0))])
    assert rows[0].field.size == (1, 7) and rows[0].effective_kernel == (1, 7)
    assert rows[1].field == ReceptiveField(size=7, jump=1, padding=3, centre=0.0)


def test_a_centre_of_inception_resnet_v2():
    field = ReceptiveField(size=3039, jump=32, padding=1482, centre=3038 / 2 - 1482)
    assert field.centre_of((0, 2)) == (37.0, 101.0)


# Branches, from the tests of the library that came with the article


def branches(*, left, right, size, after=()):
    nodes = []
    for side, layers in (("left", left), ("right", right)):
        source = "input"
        for number, layer in enumerate(layers):
            nodes.append(Node(f"{side}{number}", layer, (source,)))
            source = nodes[-1].name
    ends = (f"left{len(left) - 1}", f"right{len(right) - 1}")
    return Network((1, size, size), (*nodes, Node("sum", Add(), ends), *after))


before_only = ((1, 0), (1, 0))


def test_aligned_branches_see_what_the_larger_one_sees():
    net = branches(left=[conv(1, 4)], right=[conv(3, 2, before_only), conv(1, 2)], size=8)
    assert summarise(net)[-1].field == ReceptiveField(size=3, jump=4, padding=1, centre=0.0)


def test_a_padding_that_both_branches_share_moves_the_field():
    net = branches(left=[conv(1, padding=1)], right=[conv(3, padding=2)], size=8)
    assert summarise(net)[-1].field == ReceptiveField(size=3, jump=1, padding=2, centre=-1.0)


def test_pooling_and_dropout_change_nothing_for_alignment():
    right = [ZeroPad(before_only), PoolSpec(3, 2), PoolSpec(1, 2), Dropout()]
    net = branches(left=[conv(1, 4)], right=right, size=8)
    assert summarise(net)[-1].field[:3] == (3, 4, 1)


def test_two_stacked_blocks():
    after = (
        Node("left5", conv(1, 2), ("sum",)),
        Node("right6", conv(3, 2, before_only), ("sum",)),
        Node("sum7", Add(), ("left5", "right6")),
    )
    right = [conv(3, 2, before_only), conv(1, 2)]
    net = branches(left=[conv(1, 4)], right=right, size=16, after=after)
    assert summarise(net)[-1].field[:3] == (11, 8, 5)


def test_branches_that_do_not_line_up_have_no_field_and_say_so():
    net = branches(left=[conv(5, 2, ((2, 1), (2, 1)))], right=[conv(3), conv(3)], size=8)
    row = summarise(net)[-1]
    assert row.shape == (1, 4, 4) and row.field is None
    assert row.note == (
        "Layer 'sum' (add): its branches do not line up: by 'left0' neighbours are 2 apart and the "
        "first is centred on 0, by 'right1' 1 apart and on 2; change a stride or padding so that "
        "both agree."
    )


def test_branches_shifted_by_half_a_cell_do_not_line_up():
    net = branches(left=[conv(2, padding=((0, 1), (0, 1)))], right=[conv(1)], size=8)
    assert summarise(net)[-1].field is None


def test_branches_with_different_jumps_do_not_line_up_even_around_one_centre():
    net = branches(left=[conv(1, 2)], right=[Crop(((0, 4), (0, 4)))], size=8)
    row = summarise(net)[-1]
    assert row.shape == (1, 4, 4) and row.field is None


def test_layers_after_a_node_without_field_have_none_for_the_same_reason():
    after = (Node("relu", Activation(), ("sum",)), Node("conv", conv(3), ("relu",)))
    net = branches(left=[conv(3)], right=[conv(1), Crop(((0, 2), (0, 2)))], size=8, after=after)
    rows = summarise(net)
    assert rows[-1].field is None and rows[-1].note == rows[-3].note != ""


# Against the cells that windows reach, tap by tap


def random_stack(rng):
    layers = []
    for _ in range(int(rng.integers(1, 6))):
        k, s, d = (int(n) for n in rng.integers((1, 1, 1), (5, 4, 4)))
        p = int(rng.integers(0, k))
        layers.append({"k": k, "s": s, "p": p, "d": d})
    return layers


@pytest.mark.parametrize("seed", range(80))
def test_the_first_and_last_cell_are_those_that_taps_reach(seed):
    layers = random_stack(np.random.default_rng(seed))
    field = receptive_field(layers)
    for position in (0, 1, 7):
        cells = {position}
        for layer in reversed(layers):
            axis = Axis(0, layer["k"], layer["s"], dilation=layer["d"])
            cells = {tap - layer["p"] for n in cells for tap in axis.taps(n)}
        first, last = field.window(position)
        assert (min(cells), max(cells)) == (first, last)
        assert last - first + 1 == field.size
        assert field.centre_of(position) == (first + last) / 2


@pytest.mark.parametrize("seed", range(25))
def test_a_changed_input_cell_changes_only_the_outputs_that_see_it(seed):
    """Positive weights: an output moves exactly if one of its taps does."""
    rng = np.random.default_rng(seed)
    specs = []
    for _ in range(3):
        k, s, d = (int(n) for n in rng.integers((1, 1, 1), (4, 3, 3)))
        specs.append(ConvSpec(1, 1, (k,), s, int(rng.integers(0, k)), d))
    net = sequence((1, 40), specs)
    size, seen = 40, np.eye(40, dtype=bool)  # seen[n]: the input cells behind cell n
    for spec in specs:
        (axis,) = spec.axes((size,))
        padded = np.zeros((axis.padded, 40), bool)
        padded[axis.before : axis.before + size] = seen
        seen = np.array([padded[list(axis.taps(n))].any(0) for n in range(axis.output)])
        size = axis.output
    for n in range(size):
        cells = np.flatnonzero(seen[n])
        window = receptive_window(net, "conv3", n)
        assert window == (((cells[0], cells[-1]),) if len(cells) else None)


def test_the_window_of_an_inner_output_is_that_of_the_field():
    net = sequence((1, 64, 64), [conv(5, 2, 2), PoolSpec(3, 2, 1), conv(3, 1, 2, 2), PoolSpec(2)])
    row = summarise(net)[-1]
    first, last = row.field.window((4, 4))
    assert receptive_window(net, row.name, (4, 4)) == tuple(zip(first, last, strict=True))


# Every kind of layer


def test_layers_without_a_window_change_nothing():
    plain = [conv(3, 2), conv(3)]
    mixed = [conv(3, 2), BatchNorm(1), Activation(), Dropout(), conv(3), Activation("tanh")]
    assert receptive_field(mixed) == receptive_field(plain)
    assert [row.effective_kernel for row in receptive_fields(mixed)] == [3, 1, 1, 1, 3, 1]


def test_no_layers_see_one_cell():
    assert receptive_field([]) == ReceptiveField(1, 1, 0, 0.0)


def test_padding_before_the_input_counts_where_the_ends_differ():
    assert receptive_field([conv(3, padding=((2, 0), (2, 0)))]).padding == 2
    assert receptive_field([ZeroPad(2), Crop(1)]).padding == 2 - 1


def test_same_padding_needs_the_size_only_with_a_stride():
    assert receptive_field([conv(4, padding="same")]).padding == 1  # 3 cells: 1 before, 2 after
    assert receptive_field([conv(4, padding="same_lower")]).padding == 2
    assert receptive_field([conv(3, padding="full")]).padding == 2
    strided = [conv(3, stride=2, padding="same_upper")]
    assert receptive_field(strided, input_size=224).padding == 0  # 111 * 2 + 3 - 224 = 1: 0 before
    assert receptive_field(strided, input_size=225).padding == 1  # 112 * 2 + 3 - 225 = 2: 1 before
    assert receptive_field(strided, input_size=(225, 224)).padding == (1, 0)


def test_sizes_are_followed_where_padding_depends_on_them():
    strided = [conv(3, stride=2, padding="same_upper")] * 5
    # 224, 112, 56, 28, 14 are even: no padding before; 225, 113, 57, 29, 15 are odd: one each.
    assert receptive_field(strided, input_size=224).padding == 0
    assert receptive_field(strided, input_size=225).padding == 1 + 2 + 4 + 8 + 16


def test_pooling_over_the_whole_map_sees_it_all():
    field = receptive_field([conv(3, 2), AdaptiveAvgPool(1)], input_size=(15, 15))
    assert field.size == 3 + (7 - 1) * 2


def test_a_transposed_convolution_of_stride_1_is_a_convolution():
    transposed = receptive_field([conv(3, 2), ConvTransposeSpec(1, 1, 4, padding=1, dilation=2)])
    assert transposed == receptive_field([conv(3, 2), conv(4, padding=2 * 3 - 1, dilation=2)])


@pytest.mark.parametrize(
    "layers, sentence",
    [
        (
            [conv(3), ConvTransposeSpec(1, 1, 2, stride=2)],
            "Layer 2 (transposed conv): with stride 2, how much an output sees depends on its "
            "position; ask receptive_window for one position.",
        ),
        (
            [conv(3, 2, "same_upper")],
            "Layer 1 (conv): padding 'same_upper' with stride 2 depends on the input's size; give "
            "input_size.",
        ),
        (
            [AdaptiveAvgPool(1)],
            "Layer 1 (global avg pool): its windows depend on the input's size; give input_size.",
        ),
        (
            [Flatten()],
            "Layer 1 (flatten): after it a number has no place in the picture any more.",
        ),
        ([Add()], "Layer 1 (add): it joins branches, which a stack has not; use a Network."),
        ([{"s": 2}], "Layer 1: the dict {'s': 2} has no k; use k, and s, p, d where they differ."),
        (
            [{"k": 3, "stride": 2}],
            "Layer 1: the dict {'k': 3, 'stride': 2} has the key 'stride'; use k, and s, p, d "
            "where they differ.",
        ),
        ([{"k": 0}], "Layer 1: kernel_size is 0 but must be at least 1; use 1."),
        ([3], "Layer 1 (int): 3 is not a layer; use a spec or a dict with k, s, p and d."),
        (
            [conv(3), {"k": (3, 3, 3)}],
            "The layers slide along different numbers of axes ([2, 3]); give all the same number.",
        ),
    ],
)
def test_what_has_no_field_is_refused_in_one_sentence(layers, sentence):
    with pytest.raises(ShapeError) as refusal:
        receptive_field(layers)
    assert str(refusal.value) == sentence


def test_an_input_too_small_is_refused():
    with pytest.raises(ShapeError, match=r"^Layer 2: the window does not fit along the width: "):
        receptive_field([{"k": 3}, {"k": 9}], input_size=10)


# One position of a network


def test_an_up_convolution_sees_one_cell_for_two_outputs():
    net = sequence((1, 8, 8), [ConvTransposeSpec(1, 1, 2, stride=2)])
    windows = [receptive_window(net, "transposed_conv1", (n, n)) for n in range(4)]
    assert windows == [((0, 0),) * 2, ((0, 0),) * 2, ((1, 1),) * 2, ((1, 1),) * 2]


def test_an_output_between_the_kernels_depends_on_no_cell():
    net = sequence((1, 4), [ConvTransposeSpec(1, 1, (1,), stride=2)])
    assert receptive_window(net, "transposed_conv1", 2) == ((1, 1),)
    assert receptive_window(net, "transposed_conv1", 3) is None


def test_a_fully_connected_number_depends_on_everything():
    net = sequence((1, 6, 6), [conv(3), Flatten(), Linear(16, 2)])
    assert receptive_window(net, "linear1", 1) == ((0, 5), (0, 5))


def test_adaptive_windows_of_different_size_are_followed():
    net = sequence((1, 5, 5), [AdaptiveAvgPool(2)])
    assert receptive_window(net, "adaptive_avg_pool1", (0, 1)) == ((0, 2), (2, 4))
    assert summarise(net)[0].note == (
        "Layer 'adaptive_avg_pool1' (adaptive avg pool): its windows differ, because (5, 5) is not "
        "a multiple of 2; ask receptive_window for one position."
    )


def test_a_wrong_name_or_place_is_refused():
    net = sequence((1, 6, 6), [conv(3)])
    with pytest.raises(ShapeError, match="No layer is called 'conv2'"):
        receptive_window(net, "conv2", (0, 0))
    with pytest.raises(ShapeError) as refusal:
        receptive_window(net, "conv1", (0, 4))
    assert str(refusal.value) == (
        "position (0, 4) lies outside 'conv1', which gives (1, 4, 4); use at most (3, 3)."
    )

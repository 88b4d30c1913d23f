"""Networks: what each layer makes, learns and costs, and one sentence where one does not fit."""

import pytest

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    Dropout,
    Flatten,
    InstanceNorm,
    Linear,
    LocalResponseNorm,
    ZeroPad,
)
from kernels.networks.network import Network, Node, chain, sequence
from kernels.networks.summary import last_map, summarise, totals


def joined(one, other, join):
    """Two layers that read the same (64, 56, 56), joined."""
    return Network(
        (64, 56, 56),
        (Node("a", one, ("input",)), Node("b", other, ("input",)), Node("join", join, ("a", "b"))),
    )


def conv(out_channels, kernel=1, stride=1):
    return ConvSpec(64, out_channels, kernel, stride)


# What a layer makes, learns and costs


@pytest.mark.parametrize(
    "layer, shape, weights, biases, macs",
    [
        (ConvSpec(8, 6, 3), (6, 10, 14), 6 * 8 * 9, 6, 6 * 8 * 9 * 10 * 14),
        (ConvSpec(8, 8, 3, groups=8, bias=False), (8, 10, 14), 8 * 9, 0, 8 * 9 * 10 * 14),
        (ConvTransposeSpec(8, 4, 2, 2), (4, 24, 32), 8 * 4 * 4, 4, 8 * 4 * 4 * 12 * 16),
        (PoolSpec(3, stride=2), (8, 5, 7), 0, 0, 0),
        (PoolSpec(3, stride=2, ceil_mode=True, kind="avg"), (8, 6, 8), 0, 0, 0),
        (Activation("tanh"), (8, 12, 16), 0, 0, 0),
        (BatchNorm(8), (8, 12, 16), 8, 8, 0),
        (InstanceNorm(8), (8, 12, 16), 0, 0, 0),
        (InstanceNorm(8, affine=True), (8, 12, 16), 8, 8, 0),
        (LocalResponseNorm(5), (8, 12, 16), 0, 0, 0),
        (Dropout(0.5), (8, 12, 16), 0, 0, 0),
        (Flatten(), (8 * 12 * 16,), 0, 0, 0),
        (AdaptiveAvgPool(1), (8, 1, 1), 0, 0, 0),
        (AdaptiveAvgPool(6), (8, 6, 6), 0, 0, 0),
        (Crop(2), (8, 8, 12), 0, 0, 0),
        (Crop(((1, 0), (0, 2))), (8, 11, 14), 0, 0, 0),
        (ZeroPad(((1, 0), (0, 2))), (8, 13, 18), 0, 0, 0),
    ],
    ids=repr,
)
def test_a_layer_on_8_maps_of_12_by_16(layer, shape, weights, biases, macs):
    (row,) = summarise(sequence((8, 12, 16), [layer]))
    assert row.shape == shape
    assert (row.weights, row.biases, row.macs) == (weights, biases, macs)
    assert row.parameters == weights + biases


def test_a_fully_connected_layer():
    (row,) = summarise(sequence((400,), [Linear(400, 120)]))
    assert (row.shape, row.weights, row.biases, row.macs) == ((120,), 48_000, 120, 48_000)
    (row,) = summarise(sequence((400,), [Linear(400, 120, bias=False)]))
    assert (row.weights, row.biases) == (48_000, 0)


def test_running_statistics_of_a_batch_norm_are_not_parameters():
    (row,) = summarise(sequence((64, 7, 7), [BatchNorm(64)]))
    assert row.parameters == 2 * 64


def test_memory_is_counted_in_numbers_and_in_float32_bytes():
    (row,) = summarise(sequence((3, 224, 224), [ConvSpec(3, 64, 3, padding=1)]))
    assert row.activations == 64 * 224 * 224 and row.activation_bytes == 4 * 64 * 224 * 224
    assert row.parameter_bytes == 4 * (64 * 3 * 9 + 64)


def test_effective_kernels():
    layers = [ConvSpec(1, 1, 3, dilation=4), ConvSpec(1, 1, (1, 7)), PoolSpec(2), Activation()]
    rows = summarise(sequence((1, 32, 32), layers))
    assert [row.effective_kernel for row in rows] == [4 * 2 + 1, (1, 7), 2, 1]


def test_layers_of_one_and_three_axes():
    one = summarise(sequence((4, 100), [ConvSpec(4, 8, (5,), stride=2), PoolSpec((2,))]))
    assert [row.shape for row in one] == [(8, 48), (8, 24)]
    assert one[-1].field[:3] == (7, 4, 0)
    three = summarise(sequence((1, 16, 32, 32), [ConvSpec(1, 8, (3, 5, 5), padding=(1, 2, 2))]))
    assert three[0].shape == (8, 16, 32, 32) and three[0].field.size == (3, 5, 5)


def test_totals_split_the_parameters_by_layer():
    layers = [
        ConvSpec(3, 8, 3),
        BatchNorm(8),
        ConvTransposeSpec(8, 4, 2, 2),
        AdaptiveAvgPool(1),
        Flatten(),
        Linear(4, 10),
    ]
    total = totals(summarise(sequence((3, 10, 10), layers)))
    assert total.conv == (8 * 3 * 9 + 8) + (8 * 4 * 4 + 4)
    assert total.norm == 2 * 8
    assert total.linear == 4 * 10 + 10
    assert total.parameters == total.weights + total.biases == total.conv + 16 + 50
    assert total.biases == 8 + 8 + 4 + 10
    assert total.macs == 8 * 3 * 9 * 8 * 8 + 8 * 4 * 4 * 8 * 8 + 4 * 10
    assert total.activations == 8 * 64 * 2 + 4 * 16 * 16 + 4 + 4 + 10
    assert total.activation_bytes == 4 * total.activations


# Graphs


def test_joins():
    assert summarise(joined(conv(32), conv(32, 1), Add()))[-1].shape == (32, 56, 56)
    assert summarise(joined(conv(32), conv(16), Concatenate()))[-1].shape == (48, 56, 56)


def test_a_map_may_be_joined_to_itself():
    net = Network((4, 8, 8), (Node("twice", Concatenate(), ("input", "input")),))
    assert summarise(net)[0].shape == (8, 8, 8)


def test_a_residual_block_and_its_identity():
    body = chain("input", {"conv1": ConvSpec(64, 64, 3, padding=1), "relu1": Activation()})
    net = Network((64, 56, 56), (*body, Node("sum", Add(), ("relu1", "input"))))
    rows = summarise(net)
    assert rows[-1].shape == (64, 56, 56)
    assert totals(rows).parameters == 64 * 64 * 9 + 64
    assert rows[-1].field[:3] == (3, 1, 1)


def test_unnamed_layers_are_called_after_their_kind():
    net = sequence((1, 9, 9), [ConvSpec(1, 1, 3), PoolSpec(2, kind="avg"), ConvSpec(1, 1, 3)])
    assert [node.name for node in net.nodes] == ["conv1", "avg_pool1", "conv2"]


def test_the_last_map_is_before_global_pooling_and_flatten():
    layers = {"conv": ConvSpec(3, 8, 3), "same": AdaptiveAvgPool(6), "whole": AdaptiveAvgPool(1)}
    assert last_map(summarise(sequence((3, 8, 8), layers))).name == "same"
    layers = {"conv": ConvSpec(3, 8, 3), "flatten": Flatten(), "fc": Linear(288, 10)}
    rows = summarise(sequence((3, 8, 8), layers))
    assert last_map(rows).name == "conv"
    assert rows[1].field is None and rows[2].note == (
        "Layer 'flatten' (flatten): after it a number has no place in the picture any more."
    )


# Refusals: one sentence that names the layer, the shapes, the cause and a way out


@pytest.mark.parametrize(
    "layers, sentence",
    [
        (
            [ConvSpec(3, 16, 5), Linear(400, 120)],
            "Layer 'linear1' (linear) takes a row of 400 numbers but 'conv1' gives a map of "
            "(16, 4, 6); put a Flatten before it, which makes 384, and use in_features=384.",
        ),
        (
            [Linear(3 * 8 * 10, 120)],
            "Layer 'linear1' (linear) takes a row of 240 numbers but 'input' gives a map of "
            "(3, 8, 10); put a Flatten before it, which makes 240.",
        ),
        (
            [Flatten(), Linear(80, 120)],
            "Layer 'linear1' (linear) takes a row of 80 numbers but 'flatten1' gives 240; use "
            "in_features=240.",
        ),
        (
            [ConvSpec(3, 6, 3), ConvSpec(16, 6, 3)],
            "Layer 'conv2' (conv) takes 16 channels but 'conv1' gives (6, 6, 8), which has 6; use "
            "in_channels=6.",
        ),
        (
            [BatchNorm(4)],
            "Layer 'batch_norm1' (batch norm) takes 4 channels but 'input' gives (3, 8, 10), which "
            "has 3; use channels=3.",
        ),
        (
            [ConvSpec(3, 6, 9)],
            "Layer 'conv1' (conv) does not fit on 'input', which gives (3, 8, 10): the window does "
            "not fit along the height: kernel_size 9 but the padded input has only 8 (8 + 0 + 0 "
            "padding); use kernel_size 8 or less, or 1 more padding on each side.",
        ),
        (
            [AdaptiveAvgPool(4), PoolSpec(5)],
            "Layer 'max_pool1' (max pool) does not fit on 'adaptive_avg_pool1', which gives "
            "(3, 4, 4): the window does not fit along the height and width: kernel_size 5 but the "
            "padded input has only 4 (4 + 0 + 0 padding); use kernel_size 4 or less, or 1 more "
            "padding on each side.",
        ),
        (
            [ConvTransposeSpec(3, 3, 2, padding=5)],
            "Layer 'transposed_conv1' (transposed conv) does not fit on 'input', which gives "
            "(3, 8, 10): nothing is left of the output along the height: the kernels cover 9 "
            "cells, output_padding adds 0 and padding crops 5 + 5; use padding of 8 or less over "
            "both ends.",
        ),
        (
            [Flatten(), ConvSpec(240, 3, 1)],
            "Layer 'conv1' (conv) works on maps but 'flatten1' gives a row of 240 numbers; put it "
            "before the Flatten or the fully connected layers.",
        ),
        (
            [ConvSpec(3, 3, (3,))],
            "Layer 'conv1' (conv) slides along 1 axis but 'input' gives (3, 8, 10), which has 2; "
            "use a layer of 2 axes.",
        ),
        (
            [Crop(4)],
            "Layer 'crop1' (crop) cuts ((4, 4), (4, 4)) cells off 'input', which gives "
            "(3, 8, 10), and leaves nothing; use at most 7 over both ends.",
        ),
    ],
)
def test_a_layer_that_does_not_fit(layers, sentence):
    with pytest.raises(ShapeError) as refusal:
        summarise(sequence((3, 8, 10), layers))
    assert str(refusal.value) == sentence and len(refusal.value.faults) == 1


@pytest.mark.parametrize(
    "one, other, join, reason",
    [
        (
            conv(128),
            conv(64),
            Add(),
            "(add) adds number by number, but 'a' gives (128, 56, 56) and 'b' gives (64, 56, 56); "
            "use on 'b' a 1×1 convolution from 64 to 128 channels.",
        ),
        (
            conv(128, stride=2),
            Activation(),
            Add(),
            "(add) adds number by number, but 'a' gives (128, 28, 28) and 'b' gives (64, 56, 56); "
            "use on 'b' a 1×1 convolution from 64 to 128 channels with stride 2.",
        ),
        (
            Activation(),
            conv(128, stride=2),
            Add(),
            "(add) adds number by number, but 'a' gives (64, 56, 56) and 'b' gives (128, 28, 28); "
            "use on 'a' a 1×1 convolution from 64 to 128 channels with stride 2.",
        ),
        (
            conv(64, 3),
            Activation(),
            Add(),
            "(add) adds number by number, but 'a' gives (64, 54, 54) and 'b' gives (64, 56, 56); "
            "crop or pad one branch to the size of the other.",
        ),
        (
            conv(64, (56, 1)),
            conv(64, (1, 56)),
            Add(),
            "(add) adds number by number, but 'a' gives (64, 1, 56) and 'b' gives (64, 56, 1); "
            "crop or pad one branch to the size of the other.",
        ),
        (
            conv(64, 9),
            conv(32),
            Concatenate(),
            "(concatenate) stacks channels of maps of one size, but 'a' gives (64, 48, 48) and 'b' "
            "gives (32, 56, 56); use Crop(4) on 'b'.",
        ),
        (
            conv(64),
            conv(32, (2, 1)),
            Concatenate(),
            "(concatenate) stacks channels of maps of one size, but 'a' gives (64, 56, 56) and 'b' "
            "gives (32, 55, 56); use Crop(((0, 1), (0, 0))) on 'a'.",
        ),
    ],
)
def test_branches_that_cannot_be_joined(one, other, join, reason):
    with pytest.raises(ShapeError) as refusal:
        summarise(joined(one, other, join))
    assert str(refusal.value) == f"Layer 'join' {reason}"


def test_the_crop_that_a_refusal_names_works():
    with pytest.raises(ShapeError, match=r"use Crop\(\(\(0, 1\), \(0, 0\)\)\) on 'a'\.$"):
        summarise(joined(conv(64), conv(32, (2, 1)), Concatenate()))
    assert summarise(joined(Crop(((0, 1), (0, 0))), conv(32, (2, 1)), Concatenate()))[-1].shape == (
        64 + 32, 55, 56,
    )  # fmt: skip


def test_a_graph_that_cannot_be_read_reports_all_its_faults():
    nodes = (
        Node("conv", ConvSpec(3, 3, 3), ("inptu",)),
        Node("conv", Add(), ("input",)),
        Node("flat", Flatten(), ("conv", "input")),
        Node("what", 3, "flat"),
    )
    with pytest.raises(ShapeError) as refusal:
        Network((3, 8, 8), nodes)
    assert refusal.value.faults == (
        "Layer 'conv' reads 'inptu', which does not come before it; use 'input'.",
        "Two layers are called 'conv'; give each its own name.",
        "Layer 'conv' joins branches but reads 1; give it at least 2.",
        "Layer 'flat' reads 2 inputs; give it one, or join them by Add().",
        "Layer 'what' is 3, which is not a layer; use for example Add().",
    )


@pytest.mark.parametrize(
    "shape, nodes, sentence",
    [
        ((3, 8, 8), (), "The network has no layer; give it at least one."),
        (
            5,
            (Node("flat", Flatten(), "input"),),
            "input_shape is 5 but must be (channels, *size) or (features,); use for example "
            "(3, 224, 224).",
        ),
        (
            (3, 0),
            (Node("flat", Flatten(), "input"),),
            "input_shape is 0 but must be at least 1; use 1.",
        ),
    ],
)
def test_an_empty_network_or_input_is_refused(shape, nodes, sentence):
    with pytest.raises(ShapeError) as refusal:
        Network(shape, nodes)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "make, sentence",
    [
        (
            lambda: Linear(0, 2.5),
            "in_features is 0 but must be at least 1; use 1. "
            "out_features is 2.5 but must be a whole number; use 2.",
        ),
        (lambda: BatchNorm(0), "channels is 0 but must be at least 1; use 1."),
        (lambda: AdaptiveAvgPool(0), "output_size is 0 but must be at least 1; use 1."),
        (lambda: Crop("a"), "Crop takes whole numbers of cells, not 'a'; use for example 1."),
        (lambda: ZeroPad(-1), "padding is -1 but must be at least 0; use 0."),
    ],
)
def test_a_layer_that_cannot_be_is_refused(make, sentence):
    with pytest.raises(ShapeError) as refusal:
        make()
    assert str(refusal.value) == sentence

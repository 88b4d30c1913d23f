"""A network as text: it comes back the same, and a typed one is read or refused in a sentence."""

import pytest
from hypothesis import given, settings

from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.known import KNOWN_NETWORKS
from kernels.networks.layers import (
    Activation,
    Add,
    BatchNorm,
    Flatten,
    InstanceNorm,
    Linear,
    LocalResponseNorm,
)
from kernels.networks.network import Network, Node, sequence
from kernels.networks.notation import read_network, written
from kernels.reading.notation import NotationError
from tests.kernels.networks.random_networks import networks

FUZZ = settings(max_examples=80, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("known", KNOWN_NETWORKS, ids=lambda known: known.id)
def test_a_ready_network_comes_back_the_same(known):
    network = known.build()
    assert read_network(written(network)) == network


@FUZZ
@given(networks())
def test_any_network_comes_back_the_same(network):
    assert read_network(written(network)) == network


LENET = "1x28x28;c6k5p2;tanh;a2;c16k5;tanh;a2;flat;l120;tanh;l84;tanh;l10"


def test_a_chain_of_automatic_names_is_written_without_names():
    network = sequence(
        (1, 28, 28),
        [
            ConvSpec(1, 6, 5, padding=2), Activation("tanh"), PoolSpec(2, kind="avg"),
            ConvSpec(6, 16, 5), Activation("tanh"), PoolSpec(2, kind="avg"), Flatten(),
            Linear(400, 120), Activation("tanh"), Linear(120, 84), Activation("tanh"),
            Linear(84, 10),
        ],
    )  # fmt: skip
    assert written(network) == LENET
    assert read_network(LENET) == network


@pytest.mark.parametrize(
    "piece, layer",
    [
        ("c16k1x7psameb0", ConvSpec(8, 16, (1, 7), padding="same", bias=False)),
        ("c8k3s2p1.0x2d2g8", ConvSpec(8, 8, 3, 2, ((1, 0), (2, 2)), 2, groups=8)),
        ("c4k3p1mreflect", ConvSpec(8, 4, 3, padding=1, padding_mode="reflect")),
        ("c4k3p1mconstantv-0.5", ConvSpec(8, 4, 3, 1, 1, 1, 1, True, "constant", -0.5)),
        ("t4k3s2p1o1", ConvTransposeSpec(8, 4, 3, 2, 1, 1)),
        ("m3s2ceil", PoolSpec(3, 2, ceil_mode=True)),
        ("a3s1p1nopad", PoolSpec(3, 1, 1, count_include_pad=False, kind="avg")),
        ("lp2n3", PoolSpec(2, kind="lp", norm_type=3)),
        ("leaky_relu", Activation("leaky relu")),
        ("relu6", Activation("relu6")),
        ("bn", BatchNorm(8)),
        ("in1", InstanceNorm(8, affine=True)),
        ("lrn5", LocalResponseNorm(5)),
        ("l10i640", Linear(640, 10)),
        ("c6k3i3", ConvSpec(3, 6, 3)),
    ],
)
def test_a_piece_on_8_maps_is_one_layer(piece, layer):
    network = read_network(f"8x12x12;{piece}")
    assert network.nodes[0].layer == layer
    assert written(network) == f"8x12x12;{piece}"


def test_what_comes_in_is_taken_from_the_layer_before():
    network = read_network("3x32x32;c6k5;bn;m2;flat;l10")
    assert [node.layer for node in network.nodes if not isinstance(node.layer, Flatten)] == [
        ConvSpec(3, 6, 5), BatchNorm(6), PoolSpec(2), Linear(6 * 14 * 14, 10)
    ]  # fmt: skip


def test_a_layer_behind_one_that_does_not_fit_takes_what_that_one_makes():
    network = read_network("3x8x8;c6k3i5;c4k3")
    assert network.nodes[1].layer == ConvSpec(6, 4, 3)


def test_automatic_names_step_round_names_that_are_taken():
    network = read_network("1x9x9;conv2=c1k3;c1k3;c1k3")
    assert [node.name for node in network.nodes] == ["conv2", "conv3", "conv4"]
    assert read_network(written(network)) == network


def test_branches_are_named_behind_the_piece():
    network = read_network("8x4x4;c8k1;relu;c8k3p1<input;add<relu1,conv2")
    assert network == Network(
        (8, 4, 4),
        (
            Node("conv1", ConvSpec(8, 8, 1), ("input",)),
            Node("relu1", Activation(), ("conv1",)),
            Node("conv2", ConvSpec(8, 8, 3, padding=1), ("input",)),
            Node("add1", Add(), ("relu1", "conv2")),
        ),
    )


def test_spaces_lines_and_capitals_are_read_as_people_type_them():
    assert read_network(" 1x28x28 ; C6k5p2\n tanh;\n a2; ") == read_network(
        "1x28x28;c6k5p2;tanh;a2"
    )


@pytest.mark.parametrize(
    "text, sentence",
    [
        (
            "conv",
            "“conv” is not the shape of an input; begin with channels and size, for example "
            "3x224x224, or the length of a row, for example 400.",
        ),
        ("3x8x8", "The network has no layer; give it at least one."),
        (
            "3x8x8;xyz",
            "“xyz” is not a layer; write for example c6k5 (convolution), m2 (max pooling), relu, "
            "flat or l10 (fully connected).",
        ),
        (
            "3x8x8;reluu",
            "“reluu” is not a layer; write for example c6k5 (convolution), m2 (max pooling), relu, "
            "flat or l10 (fully connected).",
        ),
        ("3x8x8;c", "“c” lacks a number; write for example c6k5."),
        ("3x8x8;c6", "In “c6”: a kernel is missing; write for example k3."),
        ("3x8x8;c6k3p", "“p” in “c6k3p” is not read; write p2, p2x0, p1.2 or psame."),
        ("3x8x8;c6k3k5", "“c6k3k5” says k twice; write it once, as in k3 or k1x7."),
        (
            "3x8x8;c6k3x3x3",
            "In “c6k3x3x3”: kernel_size is “3x3x3” but takes one number, or 2 with an x between "
            "them.",
        ),
        (
            "3x8x8;c6k3g2",
            "In “c6k3g2”: groups=2 must divide in_channels=3 and out_channels=6; use 1 (possible: "
            "1, 3).",
        ),
        ("3x8x8;m2p5", "In “m2p5”: Pooling padding is 5 but may be at most half the kernel, "
                       "2 // 2 = 1 per side; use 1."),
        ("3x8x8;c6k0", "In “c6k0”: kernel_size is 0 but must be at least 1; use 1."),
        ("3x8x8;bn64", "“64” in “bn64” is not read; write i64."),
        ("3x8x8;l10p2", "“p2” in “l10p2” is not read; write b0, i64."),
        ("3x8x8;m2q", "“q” in “m2q” is not read; write ceil, nopad, by4, n2, s2 or s2x1, p2, p2x0, "
                      "p1.2 or psame, d2, r1."),
        ("3x8x8;c9999999999k3", "“9999999999” in “c9999999999k3” is too large a number."),
        ("3x8x8;drop1.2.3", "“1.2.3” in “drop1.2.3” is not a number; write drop0.5."),
        (
            "3x8x8;c3k3p1;add",
            "“add” joins branches; name them, for example add<conv1,input.",
        ),
        (
            "3x8x8;c3k3p1;relu<conv1,input",
            "“relu<conv1,input” reads 2 layers; give it one, or join them by add or cat.",
        ),
        (
            "3x8x8;a=c3k3p1;a=relu",
            "“a=relu” is called “a”, as another is; give each layer its own name.",
        ),
        ("3x8x8;=relu", "“=relu” has no name before =; write one, or leave out the =."),
        (
            "3x8x8;c3k9;flat;c6k3i5;flat;l10",
            "In “l10”: what comes in is not known, as a layer before it does not fit; write its "
            "in_features, for example i64.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(NotationError) as refusal:
        read_network(text)
    assert str(refusal.value) == sentence


def test_a_text_of_too_many_layers_is_refused():
    with pytest.raises(NotationError, match=r"^There are 2,001 layers; use at most 2,000\.$"):
        read_network("1x8x8" + ";relu" * 2001)

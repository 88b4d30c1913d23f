"""A network that does not fit: where, why, and what is offered to mend it."""

import pytest
from hypothesis import given, settings

from kernels.networks.checking import MOST_MENDS, check
from kernels.networks.known import known_network
from kernels.networks.network import Network, Node
from kernels.networks.notation import read_network, written
from kernels.networks.summary import summarise
from tests.kernels.networks.random_networks import networks

FUZZ = settings(max_examples=80, deadline=None, derandomize=True, database=None)


def test_a_network_that_fits_has_all_its_rows_and_nothing_to_mend():
    network = known_network("lenet_5").build()
    checked = check(network)
    assert checked.fits and checked.rows == summarise(network)
    assert (checked.fault, checked.at, checked.mends) == ("", "", ())


def test_one_that_does_not_fit_has_the_rows_before_and_a_sentence_with_both_numbers():
    checked = check(read_network("3x32x32;c6k5;m2;flat;l10i640"))
    assert [row.name for row in checked.rows] == ["conv1", "max_pool1", "flatten1"]
    assert not checked.fits and checked.at == "linear1"
    assert checked.fault == (
        "Layer 'linear1' (linear) takes a row of 640 numbers but 'flatten1' gives 1,176; use "
        "in_features=1176."
    )


@pytest.mark.parametrize(
    "text, mends",
    [
        # Numbers that do not agree
        ("1x16x16;c40k13;flat;l10i1280", {
            "Set in_features to 640": "1x16x16;c40k13;flat;l10",
            "Let conv1 make 80 channels": "1x16x16;c80k13;flat;l10",
            "Remove linear1": "1x16x16;c40k13;flat",
        }),
        ("3x32x32;c6k5;m2;c16k5i8;m2;flat;l10", {
            "Set in_channels to 6": "3x32x32;c6k5;m2;c16k5;m2;flat;l10",
            "Let conv1 make 8 channels": "3x32x32;c8k5;m2;c16k5;m2;flat;l10",
            "Remove conv2": "3x32x32;c6k5;m2;m2;flat;l10i400",
        }),
        ("3x32x32;c6k5;bni8;relu;c16k3i8;flat;l10", {
            "Let every layer take what comes in": "3x32x32;c6k5;bn;relu;c16k3;flat;l10",
            "Set channels to 6": "3x32x32;c6k5;bn;relu;c16k3i8;flat;l10",
            "Let conv1 make 8 channels": "3x32x32;c8k5;bn;relu;c16k3;flat;l10",
            "Remove batch_norm1": "3x32x32;c6k5;relu;c16k3i8;flat;l10",
        }),
        ("6x9x9;c12k3g4i8", {"Set in_channels to 6 and groups to 2": "6x9x9;c12k3g2"}),
        ("3x9x9;c8k1;c8k3g8;c16k1i16", {
            "Set in_channels to 8": "3x9x9;c8k1;c8k3g8;c16k1",
            "Let conv1 make 16 channels": "3x9x9;c16k1;c16k3g16;c16k1",
            "Remove conv3": "3x9x9;c8k1;c8k3g8",
        }),
        ("20;l30;relu;l10i60", {
            "Set in_features to 30": "20;l30;relu;l10",
            "Let linear1 make 60 numbers": "20;l60;relu;l10",
            "Remove linear2": "20;l30;relu",
        }),
        # From maps to a row, and back
        ("16x5x5;l120i400", {
            "Put a Flatten before it": "16x5x5;flat;l120",
            "Average each map, then flatten, and set in_features to 16": "16x5x5;gap;flat;l120",
        }),
        ("512x7x7;l10i512", {
            "Average each map, then flatten": "512x7x7;gap;flat;l10",
            "Put a Flatten before it, and set in_features to 25,088": "512x7x7;flat;l10",
        }),
        ("512x7x7;flat;relu;l10i512", {
            "Set in_features to 25,088": "512x7x7;flat;relu;l10",
            "Average each map before flatten1": "512x7x7;gap;flat;relu;l10",
            "Remove linear1": "512x7x7;flat;relu",
        }),
        ("512x10x10;flat;l10i25088", {
            "Set in_features to 51,200": "512x10x10;flat;l10",
            "Average the maps down to 7×7 before flatten1": "512x10x10;aap7;flat;l10",
            "Remove linear1": "512x10x10;flat",
        }),
        ("3x9x9;flat;relu;c6k3i3", {
            "Remove flatten1": "3x9x9;relu;c6k3",
            "Remove conv1": "3x9x9;flat;relu",
        }),
        ("3x9x9;flat;l10;c6k3", {"Remove conv1": "3x9x9;flat;l10"}),
        # Windows
        ("3x9x9;c6k3r1", {"Use a window of 3×3": "3x9x9;c6k3"}),
        ("3x100;c6k3x5i3r2", {"Use a window of 3 cells along one axis": "3x100;c6k3"}),
        ("3x8x8;c6k11p1", {
            "Pad by 2 on each side": "3x8x8;c6k11p2",
            "Use a window of 10×10": "3x8x8;c6k10p1",
            "Use an input of 9×9": "3x9x9;c6k11p1",
        }),
        ("3x8x8;c6k3d6", {
            "Pad by 3 on each side": "3x8x8;c6k3p3d6",
            "Set dilation to 3": "3x8x8;c6k3d3",
            "Use a window of 2×2": "3x8x8;c6k2d6",
            "Use an input of 13×13": "3x13x13;c6k3d6",
        }),
        ("3x8x8;m2;m2;m2;m2;flat;l10i3", {
            "Use an input of 16×16": "3x16x16;m2;m2;m2;m2;flat;l10",
            "Remove max_pool4": "3x8x8;m2;m2;m2;flat;l10",
        }),
        ("3x4x4;m5", {
            "Use a window of 4×4": "3x4x4;m4",
            "Pad by 1 on each side": "3x4x4;m5p1",
            "Use an input of 5×5": "3x5x5;m5",
        }),
        ("3x4x4;c3k3p6mreflect", {
            "Pad by 3 on each side": "3x4x4;c3k3p3mreflect",
            "Pad by zeros": "3x4x4;c3k3p6",
            "Use an input of 7×7": "3x7x7;c3k3p6mreflect",
        }),
        ("3x4x4;t3k2s2p9", {
            "Crop nothing: padding 0": "3x4x4;t3k2s2",
            "Use an input of 10×10": "3x10x10;t3k2s2p9",
        }),
        ("3x4x4;crop2;relu", {
            "Crop 1 on each side": "3x4x4;crop1;relu",
            "Use an input of 5×5": "3x5x5;crop2;relu",
            "Remove crop1": "3x4x4;relu",
        }),
        # Joins
        ("64x8x8;c64k3;relu;c64k3;add<conv2,input", {
            "Pad conv1 and conv2 to keep the size": "64x8x8;c64k3p1;relu;c64k3p1;add<conv2,input",
            "Project the input by a 1×1 convolution to 64 channels, stride 2":
                "64x8x8;c64k3;relu;c64k3;c64k1s2b0<input;add<conv2,conv3",
            "Crop the input by 2 on each side":
                "64x8x8;c64k3;relu;c64k3;crop2<input;add<conv2,crop1",
            "Pad conv2 by 2 on each side":
                "64x8x8;c64k3;relu;c64k3;pad2;add<zero_pad1,input",
            "Leave out add1": "64x8x8;c64k3;relu;c64k3",
        }),
        ("64x8x8;c128k3s2p1;relu;c128k3p1;add<conv2,input", {
            "Project the input by a 1×1 convolution to 128 channels, stride 2":
                "64x8x8;c128k3s2p1;relu;c128k3p1;c128k1s2b0<input;add<conv2,conv3",
            "Leave out add1": "64x8x8;c128k3s2p1;relu;c128k3p1",
        }),
        ("64x8x8;c32k3p1;relu;c32k1;add<conv2,input", {
            "Project the input by a 1×1 convolution to 32 channels":
                "64x8x8;c32k3p1;relu;c32k1;c32k1b0<input;add<conv2,conv3",
            "Let conv2 make 64 channels": "64x8x8;c32k3p1;relu;c64k1;add<conv2,input",
            "Stack the channels instead": "64x8x8;c32k3p1;relu;c32k1;add1=cat<conv2,input",
            "Leave out add1": "64x8x8;c32k3p1;relu;c32k1",
        }),
        ("64x8x8;c32k3;relu;cat<relu1,input", {
            "Pad conv1 to keep the size": "64x8x8;c32k3p1;relu;cat<relu1,input",
            "Crop the input by 1 on each side": "64x8x8;c32k3;relu;crop1<input;cat<relu1,crop1",
            "Pad relu1 by 1 on each side": "64x8x8;c32k3;relu;pad1;cat<zero_pad1,input",
            "Leave out concatenate1": "64x8x8;c32k3;relu",
        }),
        ("8x6x6;c8k4x3;c8k3x4<input;cat<conv1,conv2", {
            "Crop conv1 and conv2 to the same size":
                "8x6x6;c8k4x3;c8k3x4<input;crop0x0.1<conv1;crop0.1x0<conv2;cat<crop1,crop2",
            "Pad conv1 and conv2 to the same size":
                "8x6x6;c8k4x3;c8k3x4<input;pad0.1x0<conv1;pad0x0.1<conv2;"
                "cat<zero_pad1,zero_pad2",
            "Leave out concatenate1": "8x6x6;c8k4x3",
        }),
        ("20;l10;relu;add<relu1,input", {
            "Let linear1 make 20 numbers": "20;l20;relu;add<relu1,input",
            "Leave out add1": "20;l10;relu",
        }),
        ("8x6x6;flat;add<flatten1,input", {"Leave out add1": "8x6x6;flat"}),
        ("6x8;pad1", {}),
    ],
)  # fmt: skip
def test_the_mends_that_are_offered_and_what_each_makes(text, mends):
    checked = check(read_network(text))
    assert {mend.title: written(mend.network) for mend in checked.mends} == mends
    assert [mend.title for mend in checked.mends] == list(mends)


@FUZZ
@given(networks())
def test_every_mend_gets_a_network_further(network):
    checked = check(network)
    assert len(checked.mends) <= MOST_MENDS
    names = [node.name for node in network.nodes]
    for mend in checked.mends:
        then = check(mend.network)
        assert then.fits or names.index(then.at) > names.index(checked.at)
    assert checked.fits == (len(checked.rows) == len(network.nodes))


@FUZZ
@given(networks())
def test_mending_again_and_again_ends_in_a_network_that_fits(network):
    for _ in range(len(network.nodes) + 1):
        checked = check(network)
        if checked.fits:
            return
        if not checked.mends:
            assert network.nodes[0].name == checked.at, checked.fault
            return
        network = checked.mends[-1].network
    raise AssertionError(f"{checked.fault} after {len(network.nodes)} mends")


def test_the_mend_of_a_large_network_is_the_same_as_of_a_small_one():
    resnet = known_network("resnet50").build()
    nodes = tuple(
        Node(node.name, node.layer, node.inputs) for node in resnet.nodes if node.name != "flatten"
    )
    nodes = (*nodes[:-1], Node("fc", nodes[-1].layer, ("avgpool",)))
    first, *_ = check(Network(resnet.input_shape, nodes)).mends
    assert first.title == "Put a Flatten before it"
    assert check(first.network).fits

"""How networks fold: every node once and in order, and the blocks that papers speak of."""

import pytest
from hypothesis import given, settings

from kernels.networks.blocks import blocks
from kernels.networks.known import KNOWN_NETWORKS, known_network
from kernels.networks.layers import Activation
from kernels.networks.network import Network, Node
from kernels.networks.notation import read_network
from tests.kernels.networks.random_networks import networks

FUZZ = settings(max_examples=80, deadline=None, derandomize=True, database=None)


def holds_each_node_once(network):
    found = blocks(network)
    assert [name for block in found for name in block.names] == [n.name for n in network.nodes]
    for block in found:
        assert block.title and block.names
        parts = tuple(name for part in block.parts for name in part.names)
        assert parts in ((), block.names)
        assert all(part.parts == () for part in block.parts)


@pytest.mark.parametrize("known", KNOWN_NETWORKS, ids=lambda known: known.id)
def test_a_ready_network_is_divided_without_rest(known):
    network = known.build()
    holds_each_node_once(network)
    assert len(blocks(network)) <= max(15, len(network.nodes) // 10)


@FUZZ
@given(networks(most=12))
def test_any_network_is_divided_without_rest(network):
    holds_each_node_once(network)


@pytest.mark.parametrize("name", [".", ".conv1", ".."])
def test_a_name_that_begins_with_a_dot_is_a_title(name):
    relu = Node(name, Activation("relu"), ("input",))
    assert [block.title for block in blocks(Network((1,), (relu,)))] == [name]


def titles(id):
    return [block.title for block in blocks(known_network(id).build())]


def parts(id, title):
    (found,) = (block for block in blocks(known_network(id).build()) if block.title == title)
    return [part.title for part in found.parts]


@pytest.mark.parametrize(
    "id, expected",
    [
        ("lenet_5", ["conv1", "conv2", "classifier"]),
        ("vgg19", ["conv1", "conv2", "conv3", "conv4", "conv5", "classifier"]),
        ("resnet152", ["conv1", "stage1", "stage2", "stage3", "stage4", "classifier"]),
        ("googlenet", ["conv1", "conv2", "module3a to module3b", "module4a to module4e",
                       "module5a to module5b", "classifier"]),
        ("densenet_121", ["conv1", "block1", "transition1", "block2", "transition2", "block3",
                          "transition3", "block4", "classifier"]),
        ("u_net", ["down1", "down2", "down3", "down4", "bottom", "up4", "up3", "up2", "up1",
                   "classes"]),
        ("cyclegan_9", ["conv1", "down1", "down2", "block1 to block9", "up1", "up2", "conv2"]),
        ("mobilenet_v1", ["conv1", "conv2 to conv14", "classifier"]),
    ],
)  # fmt: skip
def test_networks_fold_as_their_papers_speak_of_them(id, expected):
    assert titles(id) == expected


def test_stages_and_runs_hold_their_blocks():
    assert parts("resnet50", "stage2") == [f"stage2.block{n}" for n in range(1, 5)]
    assert parts("densenet_121", "block1") == [f"block1.layer{n}" for n in range(1, 7)]
    assert parts("googlenet", "module4a to module4e") == [f"module4{c}" for c in "abcde"]
    assert len(parts("cyclegan_9", "block1 to block9")) == 9


def test_a_level_of_u_net_holds_its_pooling_and_its_crop():
    found = {block.title: block.names for block in blocks(known_network("u_net").build())}
    assert found["down1"][-1] == "pool1"
    assert found["up4"][:3] == ("up4", "crop4", "concat4") and "back4.conv1" in found["up4"]


def test_branches_without_names_of_their_own_fold_where_they_meet_again():
    network = read_network("3x9x9;c8k3;relu;c8k3p1;relu;c8k3p1;add<conv3,relu1;relu;flat;l10")
    assert [(block.title, len(block.names)) for block in blocks(network)] == [
        ("conv1", 2), ("conv2 to add1", 5), ("classifier", 2)
    ]  # fmt: skip


def test_a_skip_over_everything_does_not_hide_the_blocks_inside():
    text = "8x9x9;c8k3p1;c8k3p1;c8k1;add<conv3,conv2;c8k3p1;cat<conv4,input"
    assert [block.title for block in blocks(read_network(text))] == [
        "conv1", "conv2", "conv3 to add1", "conv4 to concatenate1"
    ]  # fmt: skip

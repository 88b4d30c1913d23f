"""A network in a link as changes of a ready one, and in a file: it comes back as it was."""

import json
import random
from contextlib import suppress

import pytest

from kernels.errors import ShapeError
from kernels.networks import editing
from kernels.networks.changes import with_changes, written_changes
from kernels.networks.known import KNOWN_NETWORKS
from kernels.networks.layers import Activation
from kernels.networks.network import INPUT
from kernels.networks.notation import read_network, written
from kernels.reading.notation import NotationError
from lessons.views.networks import open_networks, ready, settle_networks
from lessons.views.networks_file import read_file, written_file

IDS = [row.id for row in KNOWN_NETWORKS]


def edited_at_random(network, seed):
    """A network after a few edits of every kind, anywhere in it."""
    draw = random.Random(seed)
    edits = [
        lambda net, name: editing.insert(net, name, Activation("tanh")),
        editing.copy,
        editing.remove,
        lambda net, name: editing.move(net, name, draw.randint(-3, 3)),
        lambda net, name: editing.skip(net, INPUT, name),
    ]
    for _ in range(4):
        with suppress(ShapeError):
            network = draw.choice(edits)(network, draw.choice(network.nodes).name)
    return network


@pytest.mark.parametrize("id", IDS)
def test_a_changed_ready_network_comes_back_from_its_link_and_from_its_file(id):
    network = edited_at_random(ready(id), id)
    view, _ = settle_networks({"net": id, "layers": written(network)})
    again, notes = open_networks(view.link())
    assert (again.network, again.net, notes) == (network, id, ())
    assert read_file(written_file(view).encode())["layers"] == view.layers


@pytest.mark.parametrize("id", ["resnet152", "densenet_121", "googlenet"])
def test_a_long_network_with_a_change_has_a_short_link(id):
    network = ready(id)
    name = network.nodes[len(network.nodes) // 2].name
    view, _ = settle_networks(
        {"net": id, "layers": written(editing.insert(network, name, Activation("tanh")))}
    )
    assert len(view.layers) > 3_000
    assert len(view.link()["layers"]) < 100


def test_a_network_of_ones_own_stands_in_its_link_layer_by_layer():
    own = "1x9x9;c4k3;relu;flat;l3"
    view, _ = settle_networks({"layers": own})
    assert view.link()["layers"] == own
    assert view.title == "Your own network"


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ("~9;@2-3;relu", "“~9” begins changes of another network."),
        ("~6;@2-9;relu", "“@2-9” is not a place in a network of 6 pieces, or comes too late."),
        ("~6;@3-4;relu;@2-3", "“@2-3” is not a place in a network of 6 pieces, or comes too late."),
    ],
)
def test_changes_of_another_network_are_refused(changes, sentence):
    with pytest.raises(NotationError) as refusal:
        with_changes("1x28x28;c6k5p2;tanh;a2;flat;l10", changes)
    assert str(refusal.value) == sentence


def test_a_link_with_changes_of_another_network_says_so_and_shows_the_ready_one():
    view, notes = open_networks({"net": "vgg11", "layers": "~9;@2-3;relu"})
    assert view.network == ready("vgg11")
    assert notes == ("“~9” begins changes of another network. VGG-11 is shown.",)


def test_a_network_that_did_not_change_has_no_changes():
    text = written(ready("lenet_5"))
    assert with_changes(text, written_changes(text, text)) == text


def file_with(**changes):
    content = json.loads(written_file(settle_networks({})[0])) | changes
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "This is not a JSON file; choose one that was saved here by “Save the network as a "
              "file”."),
        (b"\xff\xfe\x00", "This is not a JSON file"),
        (b"[" * 100_000, "This is not a JSON file"),
        (b"[1]", "This JSON file was not saved here"),
        (file_with(format="progress"), "This JSON file was not saved here"),
        (file_with(version=2), "The file has version “2” of its format; only 1 is read here."),
        (file_with(input="3x9x9"), "The file says no input"),
        (file_with(input=[True, 9, 9]), "The file says no input"),
        (file_with(input=[0, 9, 9]), "“0x9x9” is not the shape of an input"),
        (file_with(layers=[]), "The file lists no layers"),
        (file_with(layers=[6]), "The file lists no layers"),
        (file_with(layers=["relu;relu"]), "“relu;relu” is not one layer; write each by itself."),
        (file_with(layers=["conv9"]), "“conv9” is not a layer; write for example"),
        (b" " * 1_000_001, "The file has 1,000,001 bytes; a network's has at most 1,000,000."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_network_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(NotationError) as refusal:
        read_file(data)
    assert str(refusal.value).startswith(sentence)


def test_a_file_of_a_changed_ready_network_says_which_it_was():
    settings = read_file(file_with(layers=["c6k3"], **{"from": "vgg11"}))
    assert settings["net"] == "vgg11"
    assert "net" not in read_file(file_with(**{"from": ["vgg11"]}))
    assert read_network(settings["layers"]).nodes[0].name == "conv1"

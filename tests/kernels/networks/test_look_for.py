"""What to look for in each ready network: every number of it is a figure of that network."""

import math
import re
from functools import cache

import pytest

from kernels.networks.known import KNOWN_NETWORKS, known_network
from kernels.networks.summary import last_map, summarise, totals


@cache
def network(id):
    return known_network(id).build()


@cache
def rows(id):
    return summarise(network(id))


def row(id, name):
    (found,) = (row for row in rows(id) if row.name == name)
    return found


def parameters(id, part="parameters"):
    return getattr(totals(rows(id)), part)


def macs(id):
    return totals(rows(id)).macs


def blocks_of(id):
    """The blocks of a ResNet, and those whose shortcut is a convolution."""
    names = {r.name.removesuffix(".add") for r in rows(id) if r.name.endswith(".add")}
    changed = {r.name.removesuffix(".shortcut") for r in rows(id) if r.name.endswith(".shortcut")}
    return len(names), len(changed)


def third_stage(id):
    return len({r.name.split(".")[1] for r in rows(id) if r.name.startswith("stage3.")})


def width(id, name):
    return row(id, name).shape[1]


def shortcuts_cost(id):
    return sum(r.parameters for r in rows(id) if ".shortcut" in r.name)


# The numbers of each sentence, worked out again.
FIGURES = {
    "one_block": lambda: [
        math.prod(network("one_block").input_shape), *row("one_block", "conv").shape, 0,
    ],
    "lenet_5": lambda: [
        row("lenet_5", "fc1").parameters, parameters("lenet_5"), parameters("lenet_5", "conv"),
    ],
    "lenet_5_1998": lambda: [
        sum(r.parameters for r in rows("lenet_5_1998") if r.name.startswith("c3.")),
        row("lenet_5", "conv2").parameters, parameters("lenet_5_1998"),
    ],
    "digits": lambda: [parameters("digits", "conv"), parameters("digits")],
    "digits_no_bias": lambda: [parameters("digits_no_bias"), parameters("digits_dense")],
    "digits_dense": lambda: [
        84, 28 * 28, row("digits_dense", "fc1").parameters, parameters("digits_dense"),
    ],
    "alexnet_2012": lambda: [
        224, 4, *[(224 - 11) // 4 + 1] * 2, 227, *row("alexnet_2012", "conv1").shape[1:],
    ],
    "alexnet_2012_ungrouped": lambda: [
        parameters("alexnet_2012_ungrouped") - parameters("alexnet_2012"),
    ],
    "alexnet_torchvision": lambda: [
        row("alexnet_torchvision", "conv1").layer.padding[0][0],
        network("alexnet_torchvision").input_shape[1],
        *row("alexnet_torchvision", "conv1").shape[1:],
        row("alexnet_torchvision", "conv1").shape[0], row("alexnet_2012", "conv1").shape[0],
    ],
    "vgg11": lambda: [row("vgg11", "fc6").parameters, parameters("vgg11")],
    "vgg13": lambda: [parameters("vgg13") - parameters("vgg11"), macs("vgg13") - macs("vgg11")],
    "vgg16": lambda: [
        parameters("vgg16", "linear"), parameters("vgg16"),
        sum(r.macs for r in rows("vgg16") if r.kind == "conv"), macs("vgg16"),
    ],
    "vgg19": lambda: [last_map(rows("vgg19")).field.size] * 2 + [224, 224],
    "googlenet": lambda: [parameters("googlenet"), parameters("alexnet_2012")],
    "googlenet_torchvision": lambda: [
        last_map(rows("googlenet_torchvision")).field.size, last_map(rows("googlenet")).field.size,
    ],
    "resnet18": lambda: [
        blocks_of("resnet18")[1], blocks_of("resnet18")[0],
        blocks_of("resnet18")[0] - blocks_of("resnet18")[1],
    ],
    "resnet34": lambda: [
        blocks_of("resnet34")[0] - blocks_of("resnet34")[1], *blocks_of("resnet34"),
        shortcuts_cost("resnet34"), parameters("resnet34"),
    ],
    "resnet50": lambda: [macs("resnet50"), macs("resnet34"), 50 - 34],
    "resnet101": lambda: [third_stage("resnet101"), third_stage("resnet50")],
    "resnet152": lambda: [
        third_stage("resnet152"), blocks_of("resnet152")[0], macs("resnet152"), macs("vgg16"),
    ],
    "plain34": lambda: [parameters("resnet34") - parameters("plain34")],
    "mobilenet_v2": lambda: [
        sum(r.kind == "add" for r in rows("mobilenet_v2")),
        sum(r.name.endswith(".project") for r in rows("mobilenet_v2")),
    ],
    "mobilenet_v1": lambda: [macs("mobilenet_v1"), macs("mobilenet_v1_full")],
    "mobilenet_v1_full": lambda: [parameters("mobilenet_v1_full"), parameters("mobilenet_v1")],
    "squeezenet_1_0": lambda: [row("squeezenet_1_0", "conv10").shape[0],
                               parameters("squeezenet_1_0")],
    "densenet_121": lambda: [
        row("densenet_121", "block4.layer1.conv2").shape[0],
        row("densenet_121", "transition3.pool").shape[0], row("densenet_121", "norm").shape[0],
    ],
    "inception_v3": lambda: [1 * 7 + 7 * 1, 7 * 7],
    "u_net": lambda: [
        572, 572, *rows("u_net")[-1].shape[1:],
        *(row("u_net", f"crop{n}").layer.cells[0][0] for n in (4, 3, 2, 1)),
    ],
    "autoencoder": lambda: [
        28 * 28, row("autoencoder", "down2").activations,
        *{r.macs for r in rows("autoencoder") if r.macs},
    ],
    "dcgan_generator": lambda: [
        network("dcgan_generator").input_shape[0], *row("dcgan_generator", "up1").shape[1:],
        *rows("dcgan_generator")[-1].shape[1:],
    ],
    "dcgan_discriminator": lambda: [
        2, *network("dcgan_discriminator").input_shape[1:],
        *row("dcgan_discriminator", "conv4").shape[1:],
    ],
    "cyclegan_9": lambda: [
        256 // width("cyclegan_9", "down2"), blocks_of("cyclegan_9")[0],
        *row("cyclegan_9", "block1.conv1").shape[1:], 256 // width("cyclegan_9", "block9.add"),
        sum(r.parameters for r in rows("cyclegan_9") if r.name.startswith("block")),
        parameters("cyclegan_9"),
    ],
    "cyclegan_6": lambda: [
        *network("cyclegan_6").input_shape[1:], blocks_of("cyclegan_6")[0],
        sum(r.parameters for r in rows("cyclegan_6") if r.name.startswith("block1.")),
    ],
    "patchgan": lambda: [
        *rows("patchgan")[-1].shape[1:], *[last_map(rows("patchgan")).field.size] * 2,
    ],
}  # fmt: skip


@pytest.mark.parametrize("known", KNOWN_NETWORKS, ids=lambda known: known.id)
def test_every_number_of_what_to_look_for_is_a_figure_of_the_network(known):
    words = re.findall(r"[\w×.,-]+", known.look_for)
    numbers = [
        int(n.replace(",", "")) for word in words if re.fullmatch(r"[\d,]+", n := word.strip(".,"))
    ]
    assert numbers == FIGURES[known.id]()
    assert known.look_for.endswith(".") and len(known.look_for) < 200


def test_the_parts_of_a_ready_network_can_be_chosen():
    small = known_network("digits").build(first=5, second=8)
    assert totals(summarise(small)).weights == 5 * 25 + 8 * 5 * 25 + 8 * 16 * 84 + 84 * 10
    assert known_network("plain34").build().nodes[-3].name == "avgpool"

"""What papers and libraries print of the ready networks, beside what is worked out here.

Printed figures are held exactly, or as they were rounded. A network of which none is printed says
so in its source.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from math import prod

import pytest

from kernels.networks.known import KNOWN_NETWORKS, known_network
from kernels.networks.known.residual import resnet
from kernels.networks.summary import last_map, summarise, totals


@cache
def rows(id):
    return summarise(known_network(id).build())


def row(id, name):
    (found,) = (row for row in rows(id) if row.name == name)
    return found


def parameters(id):
    return totals(rows(id)).parameters


def macs(id):
    return totals(rows(id)).macs


# torchvision 0.29.1, torchvision/models: `num_params` and `_ops` (10^9 MACs) of the weights.
TORCHVISION = {
    "alexnet_torchvision": (61_100_840, 0.714),
    "vgg11": (132_863_336, 7.609),
    "vgg13": (133_047_848, 11.308),
    "vgg16": (138_357_544, 15.47),
    "vgg19": (143_667_240, 19.632),
    "googlenet_torchvision": (6_624_904, 1.498),
    "resnet18": (11_689_512, 1.814),
    "resnet34": (21_797_672, 3.664),
    "resnet50": (25_557_032, 4.089),
    "resnet101": (44_549_160, 7.801),
    "resnet152": (60_192_808, 11.514),
    "mobilenet_v2": (3_504_872, 0.301),
    "squeezenet_1_0": (1_248_424, 0.819),
    "densenet_121": (7_978_856, 2.834),
    "inception_v3": (27_161_264, 5.713),
}

# A second output, for training alone: 1x1 and 5x5 convolutions, their norms, a linear layer.
HELPER = {
    "inception_v3": 768 * 128 + 2 * 128 + 128 * 768 * 5 * 5 + 2 * 768 + 768 * 1000 + 1000,
}


@pytest.mark.parametrize("id", TORCHVISION)
def test_a_network_has_the_figures_that_torchvision_prints(id):
    printed, billions = TORCHVISION[id]
    assert parameters(id) + HELPER.get(id, 0) == printed
    assert round(macs(id) / 1e9, 3) == billions


def lenet_5_1998():
    """LeCun et al. 1998, II.B: 340,908 connections, but only 60,000 trainable free parameters."""
    connections = 0
    for r in rows("lenet_5_1998"):
        outputs = prod(r.shape)
        if r.kind == "avg pool":
            connections += 4 * outputs  # 2x2 cells each; the bias is the scale's
        elif r.parameters:
            scales = r.name.split(".")[0] in ("s2", "s4")  # whose four cells are counted above
            connections += outputs + (0 if scales else r.macs)
    output_layer = 84 * 10  # compares with fixed pictures, learns nothing and is left out here
    return [(parameters("lenet_5_1998"), 60_000), (connections + output_layer, 340_908)]


def lenet_5():
    """Summaries by Keras and torchsummary of this network, in many course notebooks."""
    return [(parameters("lenet_5"), 61_706)]


def alexnet_2012():
    """Krizhevsky et al. 2012: 60 million parameters; 253,440-186,624-64,896-... neurons.

    The first number, 55x48x96, is left out: the text has maps of 55x55.
    """
    layers = ("conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8")
    neurons = [prod(row("alexnet_2012", name).shape) for name in layers]
    printed = [186_624, 64_896, 64_896, 43_264, 4_096, 4_096, 1_000]
    return [(parameters("alexnet_2012") // 10**6, 60), (neurons, printed)]


def alexnet_2012_ungrouped():
    """imgclsmob, pytorch/README.md, AlexNet; netscope and torchsummary give it, too."""
    return [(parameters("alexnet_2012_ungrouped"), 62_378_344)]


def googlenet():
    """Szegedy et al. 2014: 1.5 billion multiply-adds; the sizes of table 1."""
    names = ("conv1", "conv2", *(f"module{name}" for name in ("3a", "3b", "4a", "4e", "5b")))
    sizes = [row("googlenet", name).shape for name in names]
    printed = [
        (64, 112, 112), (192, 56, 56), (256, 28, 28), (480, 28, 28),
        (512, 14, 14), (832, 14, 14), (1024, 7, 7),
    ]  # fmt: skip
    return [(macs("googlenet") // 10**8, 15), (sizes, printed)]


def plain34():
    """He et al. 2015, 3.3: 3.6 billion multiply-adds, 18% of VGG-19, 19.6 billion."""
    plain, vgg = macs("plain34"), macs("vgg19")
    return [(round(plain / 1e9, 1), 3.6), (round(vgg / 1e9, 1), 19.6), (100 * plain // vgg, 18)]


def mobilenet_v1():
    """Howard et al. 2017, table 4: 4.2 million parameters, 569 million multiply-adds."""
    counts = (round(parameters("mobilenet_v1") / 1e6, 1), round(macs("mobilenet_v1") / 1e6))
    # Araujo et al. 2019: billions of operations, two a MAC.
    return [(counts, (4.2, 569)), (round(2 * macs("mobilenet_v1") / 1e9, 2), 1.14)]


def mobilenet_v1_full():
    """Howard et al. 2017, table 4: 29.3 million parameters where convolutions are whole."""
    return [(round(parameters("mobilenet_v1_full") / 1e6, 1), 29.3)]


def u_net():
    """Ronneberger et al. 2015: 23 convolutional layers, 572x572 in and 388x388 out (figure 1)."""
    convs = [r for r in rows("u_net") if "conv" in r.kind]
    return [(len(convs), 23), (rows("u_net")[-1].shape, (2, 388, 388))]


def dcgan_generator():
    """PyTorch's DCGAN tutorial, "state size" behind each layer, with ngf = 64."""
    sizes = [r.shape for r in rows("dcgan_generator") if r.kind == "transposed conv"]
    return [(sizes, [(512, 4, 4), (256, 8, 8), (128, 16, 16), (64, 32, 32), (3, 64, 64)])]


def dcgan_discriminator():
    """PyTorch's DCGAN tutorial, "state size" behind each layer, with ndf = 64."""
    sizes = [r.shape for r in rows("dcgan_discriminator") if r.kind == "conv"]
    return [(sizes[:-1], [(64, 32, 32), (128, 16, 16), (256, 8, 8), (512, 4, 4)])]


def cyclegan_9():
    """What the authors' program prints as it starts: 11.378 M a generator."""
    return [(round(parameters("cyclegan_9") / 1e6, 3), 11.378)]


def patchgan():
    """The same for a discriminator: 2.765 M; Isola et al. 2016: patches of 70x70."""
    field = last_map(rows("patchgan")).field
    return [(round(parameters("patchgan") / 1e6, 3), 2.765), (field.size, 70)]


PAPERS: tuple[Callable, ...] = (
    lenet_5, lenet_5_1998, alexnet_2012, alexnet_2012_ungrouped, googlenet, plain34, mobilenet_v1,
    mobilenet_v1_full, u_net, dcgan_generator, dcgan_discriminator, cyclegan_9, patchgan,
)  # fmt: skip


@pytest.mark.parametrize("figures", PAPERS, ids=lambda figures: figures.__name__)
def test_a_network_has_the_figures_that_its_source_prints(figures):
    for found, printed in figures():
        assert found == printed


def test_a_network_has_printed_figures_or_says_that_there_are_none():
    printed = {*TORCHVISION, *(figures.__name__ for figures in PAPERS)}
    unprinted = {known.id for known in KNOWN_NETWORKS if "no figures" in known.source}
    assert printed | unprinted == {known.id for known in KNOWN_NETWORKS}
    assert not printed & unprinted


@pytest.mark.parametrize(
    "depth, billions", [(18, 1.8), (34, 3.6), (50, 3.8), (101, 7.6), (152, 11.3)]
)
def test_residual_networks_as_their_paper_has_them(depth, billions):
    """He et al. 2015, table 1: multiply-adds, some rounded, some cut; a 1x1 halves the maps."""
    found = totals(summarise(resnet(depth, stride_on="1x1"))).macs
    assert found / 1e9 == pytest.approx(billions, abs=0.07)


def test_inception_v3_on_a_smaller_picture():
    """Araujo et al. 2019: billions of operations, two a MAC, at 224x224."""
    inception = replace(known_network("inception_v3").build(), input_shape=(3, 224, 224))
    convs = sum(row.macs for row in summarise(inception) if row.kind == "conv")
    assert round(2 * convs / 1e9, 2) == 5.67  # theirs, 5.69, counts a little more

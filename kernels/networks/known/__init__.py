"""Ready networks, built from blocks, whose figures can be checked against published ones.

>>> from kernels.networks.summary import summarise, totals
>>> totals(summarise(known_network("resnet18").build())).parameters
11689512
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kernels.networks.known.inception import googlenet, squeezenet_1_0
from kernels.networks.known.inception_v3 import inception_v3
from kernels.networks.known.pictures import (
    cyclegan_generator,
    dcgan_discriminator,
    dcgan_generator,
    patchgan,
    u_net,
)
from kernels.networks.known.plain import (
    alexnet_2012,
    alexnet_torchvision,
    digit_network,
    lenet_5,
    mobilenet_v1,
    vgg,
)
from kernels.networks.known.residual import densenet_121, mobilenet_v2, resnet
from kernels.networks.network import Network


@dataclass(frozen=True)
class KnownNetwork:
    """A network with an id, a title for people, its source and the function that builds it."""

    id: str
    title: str
    source: str
    build: Callable[[], Network]


_LECUN = "LeCun et al. 1998, Gradient-based learning applied to document recognition"
_DIGITS = "a classroom exercise on shared weights"
_ALEX = "Krizhevsky, Sutskever and Hinton 2012, ImageNet classification with deep CNNs"
_VGG = "Simonyan and Zisserman 2014, Very deep convolutional networks"
_GOOGLE = "Szegedy et al. 2014, Going deeper with convolutions"
_RESNET = "He et al. 2015, Deep residual learning"
_MOBILE = "Howard et al. 2017, MobileNets"
_DCGAN = "Radford, Metz and Chintala 2015; sizes of PyTorch's DCGAN tutorial"
_CYCLE = "Zhu et al. 2017, Unpaired image-to-image translation"

KNOWN_NETWORKS = (
    KnownNetwork("lenet_5", "LeNet-5 (as taught)", _LECUN, lenet_5),
    KnownNetwork("digits", "Digit network", _DIGITS, digit_network),
    KnownNetwork(
        "digits_no_bias",
        "Digit network, weights only",
        _DIGITS,
        partial(digit_network, bias=False),
    ),
    KnownNetwork("alexnet_2012", "AlexNet (two GPUs)", _ALEX, alexnet_2012),
    KnownNetwork(
        "alexnet_2012_ungrouped", "AlexNet (one GPU)", _ALEX, partial(alexnet_2012, groups=1)
    ),
    KnownNetwork(
        "alexnet_torchvision",
        "AlexNet (torchvision)",
        "Krizhevsky 2014, One weird trick; torchvision.models.alexnet",
        alexnet_torchvision,
    ),
    *(KnownNetwork(f"vgg{n}", f"VGG-{n}", _VGG, partial(vgg, n)) for n in (11, 13, 16, 19)),
    KnownNetwork("googlenet", "GoogLeNet (paper)", _GOOGLE, googlenet),
    KnownNetwork(
        "googlenet_torchvision",
        "GoogLeNet (torchvision)",
        "torchvision.models.googlenet",
        partial(googlenet, torchvision=True),
    ),
    *(
        KnownNetwork(f"resnet{n}", f"ResNet-{n}", _RESNET, partial(resnet, n))
        for n in (18, 34, 50, 101, 152)
    ),
    KnownNetwork("mobilenet_v2", "MobileNet v2", "Sandler et al. 2018, MobileNetV2", mobilenet_v2),
    KnownNetwork("mobilenet_v1", "MobileNet v1", _MOBILE, mobilenet_v1),
    KnownNetwork(
        "mobilenet_v1_full",
        "MobileNet v1 with whole convolutions",
        _MOBILE,
        partial(mobilenet_v1, full_convolutions=True),
    ),
    KnownNetwork(
        "squeezenet_1_0", "SqueezeNet 1.0", "Iandola et al. 2016, SqueezeNet", squeezenet_1_0
    ),
    KnownNetwork(
        "densenet_121",
        "DenseNet-121",
        "Huang et al. 2016, Densely connected convolutional networks",
        densenet_121,
    ),
    KnownNetwork(
        "inception_v3",
        "Inception v3",
        "Szegedy et al. 2015, Rethinking the Inception architecture; torchvision",
        inception_v3,
    ),
    KnownNetwork("u_net", "U-Net", "Ronneberger, Fischer and Brox 2015, U-Net", u_net),
    KnownNetwork("dcgan_generator", "DCGAN generator", _DCGAN, dcgan_generator),
    KnownNetwork("dcgan_discriminator", "DCGAN discriminator", _DCGAN, dcgan_discriminator),
    KnownNetwork("cyclegan_9", "CycleGAN generator, 9 blocks", _CYCLE, cyclegan_generator),
    KnownNetwork(
        "cyclegan_6",
        "CycleGAN generator, 6 blocks",
        _CYCLE,
        partial(cyclegan_generator, blocks=6, size=128),
    ),
    KnownNetwork(
        "patchgan", "PatchGAN, 70x70", "Isola et al. 2016, Image-to-image translation", patchgan
    ),
)


def known_network(id: str) -> KnownNetwork:
    """The ready network of this id; KeyError with the ids there are if none has it."""
    for network in KNOWN_NETWORKS:
        if network.id == id:
            return network
    raise KeyError(f"{id!r} is no known network; use one of {[n.id for n in KNOWN_NETWORKS]}.")

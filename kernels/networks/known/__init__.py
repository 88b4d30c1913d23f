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
from kernels.networks.known.lenet_1998 import lenet_5_1998
from kernels.networks.known.pictures import (
    autoencoder,
    cyclegan_generator,
    dcgan_discriminator,
    dcgan_generator,
    patchgan,
    u_net,
)
from kernels.networks.known.plain import (
    alexnet_2012,
    alexnet_torchvision,
    dense_digits,
    digit_network,
    lenet_5,
    mobilenet_v1,
    one_block,
    vgg,
)
from kernels.networks.known.residual import densenet_121, mobilenet_v2, resnet
from kernels.networks.network import Network


@dataclass(frozen=True)
class KnownNetwork:
    """A network with an id, a title for people, its source and the function that builds it.

    >>> known_network("digits").build(first=5, second=8).nodes[0].layer.out_channels
    5

    build: takes what can be chosen, if anything. look_for: what to see in it, in a sentence or two.
    """

    id: str
    title: str
    source: str
    build: Callable[..., Network]
    look_for: str


_LECUN = "LeCun et al. 1998, Gradient-based learning applied to document recognition"
_UNPRINTED = "no figures of it are published: they are worked out here, as PyTorch counts them"
_DIGITS = f"a classroom exercise on shared weights; {_UNPRINTED}"
_ALEX = "Krizhevsky, Sutskever and Hinton 2012, ImageNet classification with deep CNNs"
_VGG = "Simonyan and Zisserman 2014, Very deep convolutional networks"
_GOOGLE = "Szegedy et al. 2014, Going deeper with convolutions"
_RESNET = "He et al. 2015, Deep residual learning"
_MOBILE = "Howard et al. 2017, MobileNets"
_DCGAN = "Radford, Metz and Chintala 2015; sizes of PyTorch's DCGAN tutorial"
_CYCLE = "Zhu et al. 2017, Unpaired image-to-image translation"

_VGG_LOOK_FOR = {
    11: "fc6 alone holds 102,764,544 of its 132,863,336 parameters.",
    13: "Two convolutions more than VGG-11 cost only 184,512 parameters, but 3,699,376,128 "
    "multiply-adds, as they work on the two largest maps.",
    16: "The parameters sit at the end: 123,642,856 of 138,357,544 are in the fully connected "
    "layers. The work is done before: 15,346,630,656 of 15,470,264,320 multiply-adds.",
    19: "Behind the last pooling a unit sees 268 × 268 pixels, more than the picture's 224 × 224.",
}
_RESNET_LOOK_FOR = {
    18: "3 of its 8 blocks change the shape and pass their input through a 1×1 convolution; the "
    "other 5 add it as it is.",
    34: "13 of its 16 shortcuts cost nothing; the 3 that change the shape cost 173,824 of "
    "21,797,672 parameters.",
    50: "1×1 convolutions narrow the maps before each 3×3 and widen them after it: "
    "4,089,184,256 multiply-adds, against ResNet-34's 3,663,761,408, for 16 layers more.",
    101: "Only the third stage is longer than ResNet-50's: 23 blocks, not 6.",
    152: "36 of its 50 blocks stand in the third stage, and still it takes 11,513,626,624 "
    "multiply-adds, where VGG-16 takes 15,470,264,320.",
}

KNOWN_NETWORKS = (
    KnownNetwork(
        "one_block",
        "One block: convolve, ReLU, pool",
        f"the block of LeCun et al. 1998, with ReLU; {_UNPRINTED}",
        one_block,
        "Small enough to follow every number: 36 pixels become 2 maps of 4 × 4; ReLU makes the "
        "negative ones 0, and pooling keeps the largest of every four.",
    ),
    KnownNetwork(
        "lenet_5",
        "LeNet-5 (as taught)",
        _LECUN,
        lenet_5,
        "48,120 of its 61,706 parameters sit in the first fully connected layer; the two "
        "convolutions have 2,572.",
    ),
    KnownNetwork(
        "lenet_5_1998",
        "LeNet-5 (1998)",
        _LECUN,
        lenet_5_1998,
        "C3 has 1,516 parameters, not 2,416, as most of its maps read only some of S2's. In all, "
        "60,000 numbers are learned.",
    ),
    KnownNetwork(
        "digits",
        "Digit network",
        _DIGITS,
        digit_network,
        "The convolutions use the same kernels everywhere: 5,280 of 33,094 parameters.",
    ),
    KnownNetwork(
        "digits_no_bias",
        "Digit network, weights only",
        _DIGITS,
        partial(digit_network, bias=False),
        "32,970 weights; fully connected layers alone take 66,696.",
    ),
    KnownNetwork(
        "digits_dense",
        "Digit network, fully connected",
        _DIGITS,
        dense_digits,
        "Each of 84 neurons has a weight for each of 784 pixels: 65,856 of its 66,696 weights.",
    ),
    KnownNetwork(
        "alexnet_2012",
        "AlexNet (two GPUs)",
        _ALEX,
        alexnet_2012,
        "The paper prints 224, but then 11×11 windows 4 apart would make maps of 54 × 54; 227 "
        "gives its 55 × 55.",
    ),
    KnownNetwork(
        "alexnet_2012_ungrouped",
        "AlexNet (one GPU)",
        _ALEX,
        partial(alexnet_2012, groups=1),
        "Nothing is split: conv2, conv4 and conv5 read all maps and have 1,413,120 weights more.",
    ),
    KnownNetwork(
        "alexnet_torchvision",
        "AlexNet (torchvision)",
        "Krizhevsky 2014, One weird trick; torchvision.models.alexnet",
        alexnet_torchvision,
        "With padding 2 an input of 224 gives maps of 55 × 55; there are 64 of them, not 96.",
    ),
    *(
        KnownNetwork(f"vgg{n}", f"VGG-{n}", _VGG, partial(vgg, n), look_for)
        for n, look_for in _VGG_LOOK_FOR.items()
    ),
    KnownNetwork(
        "googlenet",
        "GoogLeNet (paper)",
        _GOOGLE,
        googlenet,
        "Each module looks through 1×1, 3×3 and 5×5 windows at once. With one fully connected "
        "layer it has 6,998,552 parameters, where AlexNet has 60,965,224.",
    ),
    KnownNetwork(
        "googlenet_torchvision",
        "GoogLeNet (torchvision)",
        "torchvision.models.googlenet",
        partial(googlenet, torchvision=True),
        "Its third branch is called 5×5 but slides 3×3 windows: at the end a unit sees 379 pixels "
        "across, in the paper 715.",
    ),
    *(
        KnownNetwork(f"resnet{n}", f"ResNet-{n}", _RESNET, partial(resnet, n), look_for)
        for n, look_for in _RESNET_LOOK_FOR.items()
    ),
    KnownNetwork(
        "plain34",
        "Plain network of 34 layers",
        _RESNET,
        partial(resnet, 34, shortcuts=False),
        "ResNet-34 without its shortcuts, 173,824 parameters fewer. The paper found it harder to "
        "train than a plain network half as deep.",
    ),
    KnownNetwork(
        "mobilenet_v2",
        "MobileNet v2",
        "Sandler et al. 2018, MobileNetV2",
        mobilenet_v2,
        "Blocks widen, filter each channel by itself and narrow again; 10 of 17 add their input "
        "to that.",
    ),
    KnownNetwork(
        "mobilenet_v1",
        "MobileNet v1",
        _MOBILE,
        mobilenet_v1,
        "Each 3×3 convolution is split into one for each channel and a 1×1 across them: "
        "568,740,352 multiply-adds, where whole convolutions take 4,867,293,184.",
    ),
    KnownNetwork(
        "mobilenet_v1_full",
        "MobileNet v1 with whole convolutions",
        _MOBILE,
        partial(mobilenet_v1, full_convolutions=True),
        "What MobileNet saves: whole convolutions have 29,294,088 parameters, its own 4,231,976.",
    ),
    KnownNetwork(
        "squeezenet_1_0",
        "SqueezeNet 1.0",
        "Iandola et al. 2016, SqueezeNet",
        squeezenet_1_0,
        "No fully connected layer: the last convolution makes a map for each of 1,000 classes, "
        "whose mean is the score. 1,248,424 parameters.",
    ),
    KnownNetwork(
        "densenet_121",
        "DenseNet-121",
        "Huang et al. 2016, Densely connected convolutional networks",
        densenet_121,
        "Every layer reads all maps of its block before it and adds 32: the last block grows from "
        "512 to 1,024.",
    ),
    KnownNetwork(
        "inception_v3",
        "Inception v3",
        "Szegedy et al. 2015, Rethinking the Inception architecture; torchvision",
        inception_v3,
        "1×7 and 7×1 windows in turn see what 7×7 sees, with 14 weights for each pair of channels, "
        "not 49.",
    ),
    KnownNetwork(
        "u_net",
        "U-Net",
        "Ronneberger, Fischer and Brox 2015, U-Net",
        u_net,
        "Without padding 572 × 572 shrinks to 388 × 388, and each copy is cropped to fit: by 4, "
        "16, 40 and 88 cells on each side.",
    ),
    KnownNetwork(
        "autoencoder",
        "Autoencoder",
        "a classroom example; the idea: Hinton and Salakhutdinov 2006, Reducing the "
        f"dimensionality of data with neural networks; {_UNPRINTED}",
        autoencoder,
        "784 pixels have to pass through 196 numbers. The way up mirrors the way down: each layer "
        "takes 28,224 multiply-adds.",
    ),
    KnownNetwork(
        "dcgan_generator",
        "DCGAN generator",
        _DCGAN,
        dcgan_generator,
        "From 100 numbers to 4 × 4 maps; then each transposed convolution doubles them, up to "
        "64 × 64.",
    ),
    KnownNetwork(
        "dcgan_discriminator",
        "DCGAN discriminator",
        _DCGAN,
        dcgan_discriminator,
        "No pooling: convolutions of stride 2 halve the picture from 64 × 64 to 4 × 4.",
    ),
    KnownNetwork(
        "cyclegan_9",
        "CycleGAN generator, 9 blocks",
        _CYCLE,
        cyclegan_generator,
        "Down by 4, 9 residual blocks at 64 × 64, up by 4: the blocks hold 10,621,440 of "
        "11,378,179 parameters.",
    ),
    KnownNetwork(
        "cyclegan_6",
        "CycleGAN generator, 6 blocks",
        f"{_CYCLE}; {_UNPRINTED}",
        partial(cyclegan_generator, blocks=6, size=128),
        "For pictures of 128 × 128. Each of its 6 blocks costs 1,180,160 parameters, and the size "
        "of the picture none.",
    ),
    KnownNetwork(
        "patchgan",
        "PatchGAN, 70x70",
        "Isola et al. 2016, Image-to-image translation",
        patchgan,
        "It judges patches, not the picture: each of 30 × 30 outputs sees 70 × 70 pixels.",
    ),
)


NOT_THERE = (
    "Each is exact to the last parameter, with its source. ENet is not among them: its paper says "
    "0.37 million, the implementations in public between 0.35 million and 360,492, and they pool "
    "and go back by remembered places, which no layer here does."
)
"""Which well-known network is missing, and why.

Paszke et al. 2016 print 0.37 M; imgclsmob asserts 358,060 for its ENet and 360,492 for another.
"""


def known_network(id: str) -> KnownNetwork:
    """The ready network of this id; KeyError with the ids there are if none has it."""
    for network in KNOWN_NETWORKS:
        if network.id == id:
            return network
    raise KeyError(f"{id!r} is not a known network; use one of {[n.id for n in KNOWN_NETWORKS]}.")

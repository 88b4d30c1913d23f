"""Networks without branches: LeNet-5, a digit network, AlexNet, VGG, MobileNet v1."""

from __future__ import annotations

from itertools import pairwise

from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.networks.known.building_blocks import classifier, conv_norm, conv_relu
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    Dropout,
    Flatten,
    Layer,
    Linear,
    LocalResponseNorm,
)
from kernels.networks.network import Network, chain, sequence


def one_block() -> Network:
    """Convolution, ReLU, max pooling: the block that most networks repeat, small enough to read."""
    return sequence(
        (1, 6, 6), {"conv": ConvSpec(1, 2, 3), "relu": Activation("relu"), "pool": PoolSpec(2)}
    )


def lenet_5(first: int = 6, second: int = 16) -> Network:
    """LeNet-5 as courses write it today: ReLU, max pooling, every map of C3 reads all of S2.

    first, second: kernels of its two convolutions.

    The network of 1998 differs (`lenet_5_1998`): its C3 reads only some maps of S2, and its pooling
    learns a weight and a bias for each map.
    """
    return sequence(
        (1, 28, 28),
        {
            **conv_relu("conv1", ConvSpec(1, first, 5, padding=2)),
            "pool1": PoolSpec(2),
            **conv_relu("conv2", ConvSpec(first, second, 5)),
            "pool2": PoolSpec(2),
            **_head([second * 5 * 5, 120, 84, 10]),
        },
    )


def digit_network(first: int = 10, second: int = 20, bias: bool = True) -> Network:
    """Two convolutions of `first` and `second` kernels for 28x28 digits, then 84 neurons and 10."""
    return sequence(
        (1, 28, 28),
        {
            **conv_relu("conv1", ConvSpec(1, first, 5, bias=bias)),
            "pool1": PoolSpec(2),
            **conv_relu("conv2", ConvSpec(first, second, 5, bias=bias)),
            "pool2": PoolSpec(2),
            **_head([second * 4 * 4, 84, 10], bias=bias),
        },
    )


def dense_digits() -> Network:
    """The digit network's last layers on the pixels themselves, as before convolutions."""
    return sequence((1, 28, 28), _head([28 * 28, 84, 10], bias=False))


def alexnet_2012(groups: int = 2) -> Network:
    """AlexNet of 2012 on 227x227, its convolutions 2, 4 and 5 split over two GPUs (groups=2).

    The paper says 224, but with 11x11 windows 4 apart only 227, or padding, gives its 55x55.
    """
    pool = PoolSpec(3, stride=2)
    return sequence(
        (3, 227, 227),
        {
            **conv_relu("conv1", ConvSpec(3, 96, 11, stride=4)),
            "norm1": LocalResponseNorm(5),
            "pool1": pool,
            **conv_relu("conv2", ConvSpec(96, 256, 5, padding=2, groups=groups)),
            "norm2": LocalResponseNorm(5),
            "pool2": pool,
            **conv_relu("conv3", ConvSpec(256, 384, 3, padding=1)),
            **conv_relu("conv4", ConvSpec(384, 384, 3, padding=1, groups=groups)),
            **conv_relu("conv5", ConvSpec(384, 256, 3, padding=1, groups=groups)),
            "pool5": pool,
            **_head([256 * 6 * 6, 4096, 4096, 1000], dropout=0.5, first=6),
        },
    )


def alexnet_torchvision() -> Network:
    """The AlexNet of torchvision: one GPU, fewer kernels, 224x224 with padding 2."""
    pool = PoolSpec(3, stride=2)
    return sequence(
        (3, 224, 224),
        {
            **conv_relu("conv1", ConvSpec(3, 64, 11, stride=4, padding=2)),
            "pool1": pool,
            **conv_relu("conv2", ConvSpec(64, 192, 5, padding=2)),
            "pool2": pool,
            **conv_relu("conv3", ConvSpec(192, 384, 3, padding=1)),
            **conv_relu("conv4", ConvSpec(384, 256, 3, padding=1)),
            **conv_relu("conv5", ConvSpec(256, 256, 3, padding=1)),
            "pool5": pool,
            "avgpool": AdaptiveAvgPool(6),
            **_head([256 * 6 * 6, 4096, 4096, 1000], dropout=0.5, first=6),
        },
    )


VGG_STAGES = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


def vgg(depth: int) -> Network:
    """VGG of 11, 13, 16 or 19 layers with weights: 3x3 convolutions in five stages, each pooled."""
    layers: dict[str, Layer] = {}
    channels = 3
    for stage, count in enumerate(VGG_STAGES[depth], start=1):
        width = min(64 * 2 ** (stage - 1), 512)
        for n in range(1, count + 1):
            layers |= conv_relu(f"conv{stage}_{n}", ConvSpec(channels, width, 3, padding=1))
            channels = width
        layers[f"pool{stage}"] = PoolSpec(2)
    head = _head([512 * 7 * 7, 4096, 4096, 1000], dropout=0.5, first=6)
    return sequence((3, 224, 224), {**layers, **head})


MOBILENET_V1_STEPS = (
    (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)
)  # fmt: skip


def mobilenet_v1(full_convolutions: bool = False, padding: int | str = 1) -> Network:
    """MobileNet: each 3x3 convolution split into one per channel and a 1x1 across channels.

    full_convolutions: leave them whole, as the paper does to compare. padding: 1, or 'same_upper'
    as TensorFlow pads, which moves the receptive field and makes it depend on the input's size.
    """
    layers = conv_norm("conv1", ConvSpec(3, 32, 3, 2, padding, bias=False))
    channels = 32
    for n, (width, stride) in enumerate(MOBILENET_V1_STEPS, start=2):
        if full_convolutions:
            conv = ConvSpec(channels, width, 3, stride, padding, bias=False)
            layers |= conv_norm(f"conv{n}", conv)
        else:
            each = ConvSpec(channels, channels, 3, stride, padding, groups=channels, bias=False)
            layers |= conv_norm(f"conv{n}.depthwise", each)
            layers |= conv_norm(f"conv{n}.pointwise", ConvSpec(channels, width, 1, bias=False))
        channels = width
    features = chain("input", layers)
    return Network((3, 224, 224), features + classifier(features[-1].name, channels))


def _head(
    sizes: list[int], bias: bool = True, dropout: float = 0.0, first: int = 1
) -> dict[str, Layer]:
    """Flatten and fully connected layers of these sizes, fc1 (or `first`) on; ReLU between them."""
    layers: dict[str, Layer] = {"flatten": Flatten()}
    for n, (size, after) in enumerate(pairwise(sizes), start=first):
        last = n == first + len(sizes) - 2
        if dropout and not last:
            layers[f"fc{n}.dropout"] = Dropout(dropout)
        layers[f"fc{n}"] = Linear(size, after, bias=bias)
        if not last:
            layers[f"fc{n}.relu"] = Activation("relu")
    return layers

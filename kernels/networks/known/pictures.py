"""Networks that put out pictures or judge them: U-Net, an autoencoder, GANs."""

from __future__ import annotations

from typing import Any

from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.known.building_blocks import conv_norm, conv_relu
from kernels.networks.layers import (
    Activation,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    InstanceNorm,
    Layer,
)
from kernels.networks.network import INPUT, Network, Node, chain, sequence

Nodes = tuple[Node, ...]


def u_net(size: int = 572, classes: int = 2) -> Network:
    """U-Net of 2015: four steps down, four up, each up step beside the cropped map of its level.

    Its convolutions have no padding, so a map comes back smaller than it went down and the copy is
    cropped: by 4 cells a side at the lowest level and, one level up, by twice that and 8 more (two
    convolutions take 4 cells a side, and going down and up again doubles what was lost below).
    """
    nodes: Nodes = ()
    copies = []
    channels = 1
    for level, width in enumerate((64, 128, 256, 512), start=1):
        source = nodes[-1].name if nodes else INPUT
        nodes += chain(source, _two_convolutions(f"down{level}", channels, width))
        copies.append(nodes[-1].name)
        nodes += chain(nodes[-1].name, {f"pool{level}": PoolSpec(2)})
        channels = width
    nodes += chain(nodes[-1].name, _two_convolutions("bottom", 512, 1024))
    crop = 4
    for level, width in zip((4, 3, 2, 1), (512, 256, 128, 64), strict=True):
        up = chain(nodes[-1].name, {f"up{level}": ConvTransposeSpec(2 * width, width, 2, stride=2)})
        copy = chain(copies[level - 1], {f"crop{level}": Crop(crop)})
        both = Node(f"concat{level}", Concatenate(), (f"crop{level}", f"up{level}"))
        nodes += (*up, *copy, both)
        nodes += chain(both.name, _two_convolutions(f"back{level}", 2 * width, width))
        crop = 2 * crop + 8
    return Network(
        (1, size, size), nodes + chain(nodes[-1].name, {"classes": ConvSpec(64, classes, 1)})
    )


def _two_convolutions(name: str, channels: int, width: int) -> dict[str, Layer]:
    return {
        **conv_relu(f"{name}.conv1", ConvSpec(channels, width, 3)),
        **conv_relu(f"{name}.conv2", ConvSpec(width, width, 3)),
    }


def autoencoder() -> Network:
    """A digit through a bottleneck: two strided convolutions down, two transposed ones up."""
    twice: dict[str, Any] = {"stride": 2, "padding": 1}
    layers: dict[str, Layer] = {
        **conv_relu("down1", ConvSpec(1, 16, 3, **twice)),
        **conv_relu("down2", ConvSpec(16, 4, 3, **twice)),
        "up2": ConvTransposeSpec(4, 16, 3, **twice, output_padding=1),
        "up2.relu": Activation("relu"),
        "up1": ConvTransposeSpec(16, 1, 3, **twice, output_padding=1),
        "up1.sigmoid": Activation("sigmoid"),
    }
    return sequence((1, 28, 28), layers)


def dcgan_generator() -> Network:
    """DCGAN's generator: transposed convolutions from 100 numbers to a 64x64 picture."""
    layers: dict[str, Layer] = {}
    channels = 100
    for n, width in enumerate((512, 256, 128, 64), start=1):
        stride, padding = (1, 0) if n == 1 else (2, 1)
        up = ConvTransposeSpec(channels, width, 4, stride, padding, bias=False)
        layers |= {
            f"up{n}": up,
            f"up{n}.norm": BatchNorm(width),
            f"up{n}.relu": Activation("relu"),
        }
        channels = width
    last = ConvTransposeSpec(64, 3, 4, stride=2, padding=1, bias=False)
    return sequence((100, 1, 1), {**layers, "up5": last, "tanh": Activation("tanh")})


def dcgan_discriminator() -> Network:
    """DCGAN's discriminator: strided convolutions from a 64x64 picture to one number."""
    first = ConvSpec(3, 64, 4, stride=2, padding=1, bias=False)
    layers: dict[str, Layer] = {"conv1": first, "conv1.leaky_relu": Activation("leaky relu")}
    channels = 64
    for n, width in enumerate((128, 256, 512), start=2):
        conv = ConvSpec(channels, width, 4, stride=2, padding=1, bias=False)
        layers |= conv_norm(f"conv{n}", conv, "leaky relu")
        channels = width
    last: dict[str, Layer] = {
        "conv5": ConvSpec(512, 1, 4, bias=False),
        "sigmoid": Activation("sigmoid"),
    }
    return sequence((3, 64, 64), {**layers, **last})


def cyclegan_generator(blocks: int = 9, size: int = 256) -> Network:
    """CycleGAN's generator: down by 4, residual blocks, up by 4, mirrored at the borders.

    Its instance norms learn nothing, so every convolution keeps a bias. blocks: 9, or 6 for 128.
    """
    mirrored: dict[str, Any] = {"padding_mode": "reflect"}
    nodes = chain(
        INPUT,
        {
            **_conv_instance("conv1", ConvSpec(3, 64, 7, padding=3, **mirrored)),
            **_conv_instance("down1", ConvSpec(64, 128, 3, stride=2, padding=1)),
            **_conv_instance("down2", ConvSpec(128, 256, 3, stride=2, padding=1)),
        },
    )
    for n in range(1, blocks + 1):
        name, source = f"block{n}", nodes[-1].name
        conv = ConvSpec(256, 256, 3, padding=1, **mirrored)
        body = {
            **_conv_instance(f"{name}.conv1", conv),
            **_conv_instance(f"{name}.conv2", conv, activation=False),
        }
        nodes += chain(source, body)
        nodes += (Node(f"{name}.add", Add(), (nodes[-1].name, source)),)
    twice: dict[str, Any] = {"stride": 2, "padding": 1, "output_padding": 1}
    last = {
        **_conv_instance("up1", ConvTransposeSpec(256, 128, 3, **twice)),
        **_conv_instance("up2", ConvTransposeSpec(128, 64, 3, **twice)),
        "conv2": ConvSpec(64, 3, 7, padding=3, **mirrored),
        "tanh": Activation("tanh"),
    }
    return Network((3, size, size), nodes + chain(nodes[-1].name, last))


def _conv_instance(
    name: str, conv: ConvSpec | ConvTransposeSpec, activation: bool = True
) -> dict[str, Layer]:
    layers: dict[str, Layer] = {name: conv, f"{name}.norm": InstanceNorm(conv.out_channels)}
    return {**layers, f"{name}.relu": Activation("relu")} if activation else layers


def patchgan(size: int = 256) -> Network:
    """PatchGAN: judges every 70x70 patch of a picture by itself."""
    layers: dict[str, Layer] = {
        "conv1": ConvSpec(3, 64, 4, stride=2, padding=1),
        "conv1.leaky_relu": Activation("leaky relu"),
    }
    channels = 64
    for n, (width, stride) in enumerate(((128, 2), (256, 2), (512, 1)), start=2):
        layers |= {
            f"conv{n}": ConvSpec(channels, width, 4, stride, padding=1),
            f"conv{n}.norm": InstanceNorm(width),
            f"conv{n}.leaky_relu": Activation("leaky relu"),
        }
        channels = width
    return sequence((3, size, size), {**layers, "conv5": ConvSpec(512, 1, 4, padding=1)})

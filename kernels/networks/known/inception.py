"""Networks of modules with parallel branches: SqueezeNet, GoogLeNet, Inception v3."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.networks.known.building_blocks import classifier, conv_norm, conv_relu, side_by_side
from kernels.networks.layers import (
    AdaptiveAvgPool,
    Dropout,
    Flatten,
    Layer,
    LocalResponseNorm,
)
from kernels.networks.network import INPUT, Network, Node, chain

Nodes = tuple[Node, ...]
Step = Callable[[str, ConvSpec], dict[str, Layer]]


def squeezenet_1_0() -> Network:
    """SqueezeNet 1.0: fire modules, which squeeze to few channels, then expand by 1x1 and 3x3."""
    pool = PoolSpec(3, stride=2, ceil_mode=True)
    fires: list[tuple[int, int] | str] = [
        (16, 64), (16, 64), (32, 128), "pool4", (32, 128), (48, 192), (48, 192), (64, 256),
        "pool8", (64, 256),
    ]  # fmt: skip
    nodes = chain(INPUT, {**conv_relu("conv1", ConvSpec(3, 96, 7, stride=2)), "pool1": pool})
    channels, number = 96, 2
    for fire in fires:
        source = nodes[-1].name
        if isinstance(fire, str):
            nodes += chain(source, {fire: pool})
        else:
            nodes += _fire(f"fire{number}", source, channels, *fire)
            channels, number = 2 * fire[1], number + 1
    last = {
        "dropout": Dropout(0.5),
        **conv_relu("conv10", ConvSpec(channels, 1000, 1)),
        "avgpool": AdaptiveAvgPool(1),
        "flatten": Flatten(),
    }
    return Network((3, 224, 224), nodes + chain(nodes[-1].name, last))


def _fire(name: str, source: str, channels: int, squeeze: int, expand: int) -> Nodes:
    nodes = chain(source, conv_relu(f"{name}.squeeze", ConvSpec(channels, squeeze, 1)))
    branches = [
        conv_relu(f"{name}.expand1x1", ConvSpec(squeeze, expand, 1)),
        conv_relu(f"{name}.expand3x3", ConvSpec(squeeze, expand, 3, padding=1)),
    ]
    return nodes + side_by_side(name, nodes[-1].name, branches)


GOOGLENET_MODULES = {
    # 1x1; 3x3 reduce, 3x3; 5x5 reduce, 5x5; pool projection
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def googlenet(torchvision: bool = False) -> Network:
    """GoogLeNet without its two helper classifiers, as the paper draws it or as torchvision has it.

    torchvision's differs: batch norm for biases and local response norm, a 3x3 window where the
    paper has 5x5, and a 2x2 pooling before module 5a.
    """
    step = _unbiased if torchvision else conv_relu
    pool = PoolSpec(3, stride=2, ceil_mode=True)
    norm = LocalResponseNorm(5)
    nodes = chain(
        INPUT,
        {
            **step("conv1", ConvSpec(3, 64, 7, stride=2, padding=3)),
            "pool1": pool,
            **({} if torchvision else {"norm1": norm}),
            **step("conv2.reduce", ConvSpec(64, 64, 1)),
            **step("conv2", ConvSpec(64, 192, 3, padding=1)),
            **({} if torchvision else {"norm2": norm}),
            "pool2": pool,
        },
    )
    channels = 192
    for name, widths in GOOGLENET_MODULES.items():
        if name == "4a":
            nodes += chain(nodes[-1].name, {"pool3": pool})
        if name == "5a":
            smaller = PoolSpec(2, ceil_mode=True)
            nodes += chain(nodes[-1].name, {"pool4": smaller if torchvision else pool})
        reach = 3 if torchvision else 5
        nodes += _module(f"module{name}", nodes[-1].name, channels, widths, reach, step)
        channels = widths[0] + widths[2] + widths[4] + widths[5]
    head = classifier(nodes[-1].name, channels, dropout=0.2 if torchvision else 0.4)
    return Network((3, 224, 224), nodes + head)


def _module(
    name: str, source: str, channels: int, widths: Sequence[int], reach: int, step: Step
) -> Nodes:
    one, reduce3, three, reduce5, five, pooled = widths
    branches = [
        step(f"{name}.1x1", ConvSpec(channels, one, 1)),
        {
            **step(f"{name}.3x3.reduce", ConvSpec(channels, reduce3, 1)),
            **step(f"{name}.3x3", ConvSpec(reduce3, three, 3, padding=1)),
        },
        {
            **step(f"{name}.5x5.reduce", ConvSpec(channels, reduce5, 1)),
            **step(f"{name}.5x5", ConvSpec(reduce5, five, reach, padding=reach // 2)),
        },
        {
            f"{name}.pool": PoolSpec(3, stride=1, padding=1),
            **step(f"{name}.pool.project", ConvSpec(channels, pooled, 1)),
        },
    ]
    return side_by_side(name, source, branches)


def _unbiased(name: str, conv: ConvSpec) -> dict[str, Layer]:
    """A convolution whose bias gives way to the shift of a batch norm."""
    return conv_norm(name, replace(conv, bias=False))

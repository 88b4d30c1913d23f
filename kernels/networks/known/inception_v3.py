"""Inception v3, whose modules factor large windows into rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.networks.known.building_blocks import classifier, conv_norm, side_by_side
from kernels.networks.layers import Concatenate, Layer
from kernels.networks.network import INPUT, Network, Node, chain

Nodes = tuple[Node, ...]
Step = tuple[int, Any] | tuple[int, Any, int]
"""A convolution's kernels and window; a stride, where given, goes without padding."""


def inception_v3() -> Network:
    """Inception v3 on 299x299 without its helper classifier, as torchvision has it."""
    stem = {
        **_conv("conv1", 3, 32, 3, stride=2, padding=0),
        **_conv("conv2", 32, 32, 3, padding=0),
        **_conv("conv3", 32, 64, 3),
        "pool1": PoolSpec(3, stride=2),
        **_conv("conv4", 64, 80, 1),
        **_conv("conv5", 80, 192, 3, padding=0),
        "pool2": PoolSpec(3, stride=2),
    }
    nodes = chain(INPUT, stem)
    for name, channels, pooled in [("5b", 192, 32), ("5c", 256, 64), ("5d", 288, 64)]:
        nodes += _module_a(f"mixed{name}", nodes[-1].name, channels, pooled)
    nodes += _reduction_b("mixed6a", nodes[-1].name, 288)
    for name, width in [("6b", 128), ("6c", 160), ("6d", 160), ("6e", 192)]:
        nodes += _module_c(f"mixed{name}", nodes[-1].name, 768, width)
    nodes += _reduction_d("mixed7a", nodes[-1].name, 768)
    for name, channels in [("7b", 1280), ("7c", 2048)]:
        nodes += _module_e(f"mixed{name}", nodes[-1].name, channels)
    head = classifier(nodes[-1].name, 2048, dropout=0.5)
    return Network((3, 299, 299), nodes + head)


def _conv(
    name: str, channels: int, width: int, kernel: Any, stride: int = 1, padding: Any = None
) -> dict[str, Layer]:
    """A convolution with batch norm and ReLU, padded to keep the size unless told otherwise."""
    if padding is None:
        padding = "same" if stride == 1 else 0
    return conv_norm(name, ConvSpec(channels, width, kernel, stride, padding, bias=False))


def _path(name: str, channels: int, *steps: Step) -> dict[str, Layer]:
    """Convolutions in turn."""
    layers: dict[str, Layer] = {}
    for number, (width, kernel, *stride) in enumerate(steps, start=1):
        layers |= _conv(f"{name}.{number}", channels, width, kernel, *stride)
        channels = width
    return layers


def _pooled(name: str, channels: int, width: int) -> dict[str, Layer]:
    pool = PoolSpec(3, stride=1, padding=1, kind="avg")
    return {f"{name}.pool": pool, **_path(f"{name}.pool", channels, (width, 1))}


def _module_a(name: str, source: str, channels: int, pooled: int) -> Nodes:
    branches = [
        _path(f"{name}.1x1", channels, (64, 1)),
        _path(f"{name}.5x5", channels, (48, 1), (64, 5)),
        _path(f"{name}.double3x3", channels, (64, 1), (96, 3), (96, 3)),
        _pooled(name, channels, pooled),
    ]
    return side_by_side(name, source, branches)


def _reduction_b(name: str, source: str, channels: int) -> Nodes:
    branches: list[Mapping[str, Layer]] = [
        _path(f"{name}.3x3", channels, (384, 3, 2)),
        _path(f"{name}.double3x3", channels, (64, 1), (96, 3), (96, 3, 2)),
        {f"{name}.pool": PoolSpec(3, stride=2)},
    ]
    return side_by_side(name, source, branches)


def _module_c(name: str, source: str, channels: int, width: int) -> Nodes:
    row, column = (1, 7), (7, 1)
    branches = [
        _path(f"{name}.1x1", channels, (192, 1)),
        _path(f"{name}.7x7", channels, (width, 1), (width, row), (192, column)),
        _path(
            f"{name}.double7x7",
            channels,
            (width, 1),
            (width, column),
            (width, row),
            (width, column),
            (192, row),
        ),
        _pooled(name, channels, 192),
    ]
    return side_by_side(name, source, branches)


def _reduction_d(name: str, source: str, channels: int) -> Nodes:
    branches: list[Mapping[str, Layer]] = [
        _path(f"{name}.3x3", channels, (192, 1), (320, 3, 2)),
        _path(f"{name}.7x7", channels, (192, 1), (192, (1, 7)), (192, (7, 1)), (192, 3, 2)),
        {f"{name}.pool": PoolSpec(3, stride=2)},
    ]
    return side_by_side(name, source, branches)


def _module_e(name: str, source: str, channels: int) -> Nodes:
    one = chain(source, _path(f"{name}.1x1", channels, (320, 1)))
    three = chain(source, _path(f"{name}.3x3", channels, (384, 1)))
    three += _row_and_column(f"{name}.3x3.both", three[-1].name)
    double = chain(source, _path(f"{name}.double3x3", channels, (448, 1), (384, 3)))
    double += _row_and_column(f"{name}.double3x3.both", double[-1].name)
    pooled = chain(source, _pooled(name, channels, 192))
    ends = tuple(nodes[-1].name for nodes in (one, three, double, pooled))
    return (*one, *three, *double, *pooled, Node(name, Concatenate(), ends))


def _row_and_column(name: str, source: str) -> Nodes:
    """A 1x3 and a 3x1 convolution side by side on the same 384 channels."""
    branches = [
        _path(f"{name}.row", 384, (384, (1, 3))),
        _path(f"{name}.column", 384, (384, (3, 1))),
    ]
    return side_by_side(name, source, branches)

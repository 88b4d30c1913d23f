"""Blocks that several networks share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain as joined

from kernels.layers.spec import ConvSpec
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    BatchNorm,
    Concatenate,
    Dropout,
    Flatten,
    Layer,
    Linear,
)
from kernels.networks.network import Node, chain


def conv_relu(name: str, conv: ConvSpec) -> dict[str, Layer]:
    """A convolution and its ReLU, named."""
    return {name: conv, f"{name}.relu": Activation("relu")}


def conv_norm(name: str, conv: ConvSpec, activation: str | None = "relu") -> dict[str, Layer]:
    """A convolution, its batch norm and, if any, its activation, named.

    >>> list(conv_norm("conv1", ConvSpec(3, 8, 3, bias=False)))
    ['conv1', 'conv1.norm', 'conv1.relu']
    """
    layers: dict[str, Layer] = {name: conv, f"{name}.norm": BatchNorm(conv.out_channels)}
    if activation is not None:
        layers[f"{name}.{activation.replace(' ', '_')}"] = Activation(activation)
    return layers


def classifier(
    source: str, channels: int, classes: int = 1000, dropout: float = 0.0
) -> tuple[Node, ...]:
    """Global average pooling, dropout if any, and one fully connected layer."""
    layers: dict[str, Layer] = {"avgpool": AdaptiveAvgPool(1), "flatten": Flatten()}
    if dropout:
        layers["dropout"] = Dropout(dropout)
    return chain(source, {**layers, "fc": Linear(channels, classes)})


def side_by_side(
    name: str, source: str, branches: Sequence[Mapping[str, Layer]]
) -> tuple[Node, ...]:
    """Branches that read the same map, stacked by their channels.

    >>> halves = [{"left": ConvSpec(8, 4, 1)}, {"right": ConvSpec(8, 4, 3, padding=1)}]
    >>> [node.name for node in side_by_side("both", "input", halves)]
    ['left', 'right', 'both']
    """
    chains = [chain(source, branch) for branch in branches]
    ends = tuple(nodes[-1].name for nodes in chains)
    return (*joined.from_iterable(chains), Node(name, Concatenate(), ends))

"""What comes into each layer, as far as it is known where a layer before it does not fit.

A network that does not fit can be built and written all the same; what it still says about its
channels is followed as far as it goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import (
    AdaptiveAvgPool,
    BatchNorm,
    Concatenate,
    Flatten,
    InstanceNorm,
    Layer,
    Linear,
    Shape,
    numbers_in,
)
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.shapes import output_shape


@dataclass(frozen=True)
class Coming:
    """A map or row that comes into a layer; None for what nobody can know.

    channels: of a map, or the length of a row. size: of a map, () of a row. rank: axes of a map; 0
    for a row.
    """

    channels: int | None
    size: tuple[int, ...] | None
    rank: int

    @classmethod
    def of(cls, shape: Shape) -> Coming:
        return cls(shape[0], tuple(shape[1:]), len(shape) - 1)

    @property
    def shape(self) -> Shape | None:
        if self.channels is None or self.size is None:
            return None
        return (self.channels, *self.size)


def coming_after(name: str, layer: Layer, inputs: Sequence[tuple[str, Coming]]) -> Coming:
    """What a layer hands on.

    >>> picture = [("input", Coming.of((3, 8, 8)))]
    >>> coming_after("conv1", ConvSpec(3, 16, 3), picture).shape
    (16, 6, 6)
    >>> coming_after("conv1", ConvSpec(4, 16, 3), picture).shape  # 4 channels are wrong, but then
    (16, 6, 6)
    >>> coming_after("conv1", ConvSpec(3, 16, 9), picture)
    Coming(channels=16, size=None, rank=2)
    """
    shapes = [(source, shape) for source, came in inputs if (shape := came.shape) is not None]
    if len(shapes) == len(inputs):
        try:
            return Coming.of(output_shape(name, layer, shapes))
        except ShapeError:
            pass
    first = inputs[0][1]
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            return Coming(layer.out_channels, _size_after(layer, first), layer.rank)
        case Linear():
            return Coming(layer.out_features, (), 0)
        case Flatten():
            return Coming(None, (), 0)
        case Concatenate():
            counts = [came.channels for _, came in inputs]
            known = [n for n in counts if n is not None]
            return Coming(sum(known) if len(known) == len(counts) else None, None, first.rank)
        case PoolSpec():
            return Coming(first.channels, _size_after(layer, first), layer.rank)
        case AdaptiveAvgPool():
            return replace(first, size=(layer.output_size,) * first.rank)
        case BatchNorm() | InstanceNorm():
            return first
        case _:
            return replace(first, size=None if first.rank else first.size)


def _size_after(
    layer: ConvSpec | ConvTransposeSpec | PoolSpec, came: Coming
) -> tuple[int, ...] | None:
    """The size that a window makes, whatever the channels; None if it does not fit."""
    if came.size is None or came.rank != layer.rank:
        return None
    try:
        return layer.output_size(came.size)
    except ShapeError:
        return None


def coming_into(network: Network) -> dict[str, tuple[Coming, ...]]:
    """What comes into each node, one for each that it reads.

    >>> from kernels.networks.network import sequence
    >>> net = sequence((3, 8, 8), [ConvSpec(3, 16, 3), Flatten()])
    >>> [came.shape for came in coming_into(net)["flatten1"]]
    [(16, 6, 6)]
    """
    made = {INPUT: Coming.of(network.input_shape)}
    given = {}
    for node in network.nodes:
        given[node.name] = follow_node(node, made)
    return given


def follow_node(node: Node, made: dict[str, Coming]) -> tuple[Coming, ...]:
    """What comes into a node, given what was made before it; what it makes is added."""
    inputs = [(source, made[source]) for source in node.inputs]
    made[node.name] = coming_after(node.name, node.layer, inputs)
    return tuple(came for _, came in inputs)


def fitting_count(layer: Layer | type, came: Coming) -> int | None:
    """Channels or features that a layer must take to fit; None where none counts or is known.

    >>> fitting_count(ConvSpec(1, 6, 5), Coming.of((3, 8, 8)))
    3
    >>> fitting_count(Linear, Coming.of((16, 5, 5)))
    400

    For a fully connected layer on a map it is the length of the row that a Flatten would make.
    """
    if input_setting(layer) == "in_features":
        return None if came.shape is None else numbers_in(came.shape)
    return came.channels if input_setting(layer) else None


def input_setting(layer: Layer | type) -> str:
    """What a layer calls the number that must agree with its input; empty where it has none.

    >>> input_setting(Linear(4, 2)), input_setting(BatchNorm), input_setting(Flatten())
    ('in_features', 'channels', '')
    """
    kind = layer if isinstance(layer, type) else type(layer)
    return _SETTINGS.get(kind, "")


_SETTINGS: Mapping[type, str] = {
    ConvSpec: "in_channels",
    ConvTransposeSpec: "in_channels",
    BatchNorm: "channels",
    InstanceNorm: "channels",
    Linear: "in_features",
}


def taken(layer: Layer) -> int | None:
    """The channels or features that a layer takes; None if it takes any.

    >>> taken(Linear(400, 120)), taken(PoolSpec(2))
    (400, None)
    """
    setting = input_setting(layer)
    return getattr(layer, setting) if setting else None


def taking(layer: Any, count: int) -> Any:
    """A layer that takes so many channels or features; raises ShapeError where it cannot.

    >>> taking(Linear(400, 120), 640)
    Linear(in_features=640, out_features=120, bias=True)
    """
    return replace(layer, **{input_setting(layer): count})


def making(layer: Any, count: int) -> Any:
    """A layer that makes so many channels or features; raises ShapeError for one that cannot.

    >>> making(Linear(400, 120), 84)
    Linear(in_features=400, out_features=84, bias=True)
    """
    setting = output_setting(layer)
    if not setting:
        raise ShapeError("It makes what comes in; change a layer before it that has channels.")
    return replace(layer, **{setting: count})


def output_setting(layer: Layer) -> str:
    """What a layer calls the channels or features that it makes; empty where it cannot choose.

    >>> output_setting(Linear(4, 2)), output_setting(PoolSpec(2))
    ('out_features', '')
    """
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            return "out_channels"
        case Linear():
            return "out_features"
        case _:
            return ""

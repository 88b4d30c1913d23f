"""Adding to a network: the kinds of layers; skip connections and branches from here to there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.editing import branch, follow, insert
from kernels.networks.layers import (
    ACTIVATIONS,
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Dropout,
    Flatten,
    Join,
    Layer,
    Linear,
    Shape,
    Window,
    numbers_in,
)
from kernels.networks.network import INPUT, Network
from kernels.networks.shapes import projection_stride, shapes_until_misfit
from lessons.views.networks import NetworksView
from lessons.views.networks_words import by


def _conv(shape: Shape) -> Layer:
    return ConvSpec(shape[0], _usual(shape), _square(3, shape), padding=1)


def _transposed(shape: Shape) -> Layer:
    return ConvTransposeSpec(shape[0], _usual(shape), _square(2, shape), stride=2)


def _pool(kind: str) -> Callable[[Shape], Layer]:
    return lambda shape: PoolSpec(_square(2, shape), kind=kind)


def _square(side: int, shape: Shape) -> tuple[int, ...]:
    """As many axes as the map has; a row of numbers has none, and the layer is then refused."""
    return (side,) * max(1, len(shape) - 1)


def _usual(shape: Shape) -> int:
    """As many channels as come in; a few where it is the picture itself."""
    return shape[0] if shape[0] > 3 else 8


def _always(layer: Layer) -> Callable[[Shape], Layer]:
    return lambda _shape: layer


_SPELT = {"relu": "ReLU", "relu6": "ReLU6", "leaky relu": "Leaky ReLU", "tanh": "tanh"}


def spelt(activation: str) -> str:
    """How an activation is written on screen."""
    return _SPELT.get(activation, activation.capitalize())


NEW: Mapping[str, tuple[str, Callable[[Shape], Layer]]] = MappingProxyType(
    {
        "conv": ("Convolution", _conv),
        "transposed": ("Transposed convolution", _transposed),
        "max": ("Max pooling", _pool("max")),
        "avg": ("Average pooling", _pool("avg")),
        "gap": ("Global average pooling", _always(AdaptiveAvgPool(1))),
        "skip": ("Skip connection (add)", _always(Add())),
        "branch": ("Branch (concatenate)", _always(Concatenate())),
        **{name: (spelt(name), _always(Activation(name))) for name in ACTIVATIONS},
        "bn": ("Batch norm", lambda shape: BatchNorm(shape[0])),
        "dropout": ("Dropout", _always(Dropout())),
        "flatten": ("Flatten", _always(Flatten())),
        "linear": ("Fully connected", lambda shape: Linear(numbers_in(shape), 10)),
    }
)
"""What can be added: name on the screen, and the layer, made for the shape that comes in.

A layer that joins ends a way that begins somewhere else.
"""

Made = Callable[[Shape, Shape, Join], Layer]


def _projection(start: Shape, end: Shape, join: Join) -> Layer:
    return ConvSpec(start[0], _wanted(start, end, join), _square(1, start), _stride(start, end))


def _small_conv(start: Shape, end: Shape, join: Join) -> Layer:
    kernel = _square(3, start)
    return ConvSpec(start[0], _wanted(start, end, join), kernel, _stride(start, end), padding=1)


def _small_pool(start: Shape, end: Shape, _join: Join) -> Layer:
    return PoolSpec(_square(3, start), _stride(start, end), padding=1)


def _wanted(start: Shape, end: Shape, join: Join) -> int:
    """A sum needs the channels that it is added to; what is stacked has as many as it likes."""
    return end[0] if isinstance(join, Add) else _usual(start)


def _stride(start: Shape, end: Shape) -> int:
    """The stride that brings a map to the size of another; 1 where none does."""
    alike = len(start) == len(end) > 1
    return projection_stride(start, end) or 1 if alike else 1


ON_THE_WAY: Mapping[str, tuple[str, tuple[Made, ...]]] = MappingProxyType(
    {
        "nothing": ("nothing: the numbers as they are", ()),
        "one": ("a 1 × 1 convolution", (_projection,)),
        "three": ("a 3 × 3 convolution", (_small_conv,)),
        "pool": ("3 × 3 max pooling", (_small_pool,)),
    }
)
"""What a second way goes through: name on the screen, and the layers, made for its two ends."""


def join_of(kind: str) -> Join | None:
    """The layer in which a way of this kind ends; None for a layer that needs no second way.

    >>> join_of("skip"), join_of("conv")
    (Add(), None)
    """
    layer = NEW[kind][1]((1, 1, 1))
    return layer if isinstance(layer, Join) else None


@dataclass(frozen=True)
class SecondWay:
    """A way beside the layers from behind `start` to behind `end`, and what it goes through."""

    start: str
    end: str
    through: str = "nothing"


def places(view: NetworksView) -> dict[str, Shape]:
    """Where a way may begin or end: the input and every layer that fits, with what it gives."""
    return {INPUT: view.network.input_shape, **{row.name: row.shape for row in view.checked.rows}}


def second_way(view: NetworksView, start: str, end: str, through: str) -> SecondWay | None:
    """The way that was asked for, or the nearest one; None where no layer fits.

    >>> from lessons.views.networks import settle_networks
    >>> second_way(settle_networks({"at": "conv2"})[0], "", "", "nothing")
    SecondWay(start='pool1', end='conv2', through='nothing')
    >>> own, _ = settle_networks({"layers": "8x6x6;c8k3p1;relu;c8k3p1;relu;gap;flat;l10"})
    >>> second_way(own, "", "conv2", "nothing").start
    'input'

    start, end: names of layers; where empty or not there, the chosen layer or the last window ends
    the way, and it begins where a map of the same shape is.
    """
    shapes = places(view)
    names = list(shapes)
    if len(names) < 2:
        return None
    if start not in names[:-1]:
        start = ""
    behind = names[names.index(start) + 1 :] if start else names[1:]
    if end not in behind:
        windows = [name for name in behind if isinstance(view.fitting(name).layer, Window)]
        end = view.at if view.at in behind else (windows or behind)[-1]
    return SecondWay(start or _usual_start(view, end, shapes), end, through)


def _usual_start(view: NetworksView, end: str, shapes: Mapping[str, Shape]) -> str:
    """Where a skip to behind a layer may begin so that it fits: before two layers of weights, or
    before one; else what comes into the layer."""
    names = list(shapes)
    before = names[: names.index(end)]
    passed, found = 0, []
    for name in reversed(before):
        passed += isinstance(view.fitting(names[names.index(name) + 1]).layer, Window)
        if passed > 2:
            break
        if passed and shapes[name] == shapes[end]:
            found.append(name)
    return found[-1] if found else view.fitting(end).inputs[0]


def added(view: NetworksView, kind: str, way: SecondWay | None) -> tuple[Network, str]:
    """The network with something more, and the name of it.

    >>> from kernels.networks.notation import written
    >>> from lessons.views.networks import settle_networks
    >>> own, _ = settle_networks({"layers": "8x6x6;c16k3s2p1;flat;l10"})
    >>> network, name = added(own, "skip", SecondWay("input", "conv1", "one"))
    >>> name, written(network)
    ('add1', '8x6x6;c16k3s2p1;c16k1s2<input;add<conv1,conv2;flat;l10')

    A layer stands behind the chosen one, or at the end; a way lies where it was said, and what
    comes after takes what comes now. Raises ShapeError with what does not go.
    """
    network, join = view.network, join_of(kind)
    if join is None:
        after = view.at or network.nodes[-1].name
        row = view.row(after)
        layer = NEW[kind][1](row.shape if row else network.input_shape)
        more = insert(network, after, layer)
    else:
        more = _with_way(view, join, way)
    before = {node.name for node in network.nodes}
    return more, [node.name for node in more.nodes if node.name not in before][-1]


def _with_way(view: NetworksView, join: Join, way: SecondWay | None) -> Network:
    if way is None:
        return view.network
    shapes = places(view)
    start, end = shapes[way.start], shapes[way.end]
    layers = [make(start, end, join) for make in ON_THE_WAY[way.through][1]]
    return follow(branch(view.network, way.start, way.end, layers, join))


def way_sentence(view: NetworksView, kind: str, way: SecondWay) -> str:
    """What a way would make, before it is added: whether the two maps fit, and their result.

    >>> from lessons.views.networks import settle_networks
    >>> own, _ = settle_networks({"layers": "8x6x6;c8k3p1;c16k3p1"})
    >>> way_sentence(own, "skip", SecondWay("input", "conv1"))
    '8 × 6 × 6 and 8 × 6 × 6 are added number by number.'
    >>> way_sentence(own, "branch", SecondWay("input", "conv2"))
    '16 and 8 channels, one behind the other, make 24.'
    >>> way_sentence(own, "skip", SecondWay("input", "conv2"))
    '16 × 6 × 6 and 8 × 6 × 6 cannot be added: the shapes differ. Add it all the same, and a click \
mends it.'
    """
    network, name = added(view, kind, way)
    (node,) = (node for node in network.nodes if node.name == name)
    shapes, _ = shapes_until_misfit(network)
    if not set(node.inputs) <= set(shapes):
        return "The layers on this way do not fit there. Add it all the same to see why."
    one, other = (shapes[source] for source in node.inputs)
    mend = "Add it all the same, and a click mends it."
    match node.layer:
        case Add() if name in shapes:
            return f"{by(one)} and {by(other)} are added number by number."
        case Add():
            return f"{by(one)} and {by(other)} cannot be added: the shapes differ. {mend}"
        case Concatenate() if name in shapes:
            return (
                f"{one[0]:,} and {other[0]:,} channels, one behind the other, make "
                f"{shapes[name][0]:,}."
            )
        case Concatenate():
            return f"{by(one)} and {by(other)} cannot be stacked: the sizes differ. {mend}"
        case _:
            raise TypeError(f"{type(node.layer).__name__} joins nothing.")

"""What would help a layer that does not fit: the nearest settings that do, most natural first.

Each way is a title and a function that makes the network; whether it really gets further is tried
out by who asks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec
from kernels.networks.coming import Coming, fitting_count, input_setting, making, taken, taking
from kernels.networks.editing import change, fitted, follow, insert_on, remove
from kernels.networks.layers import (
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Flatten,
    Layer,
    Linear,
    Pointwise,
    Shape,
    numbers_in,
)
from kernels.networks.mending_joins import ways_to_join
from kernels.networks.mending_windows import ways_to_fit_a_window
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.shapes import shapes_until_misfit

Way = tuple[str, Callable[[], Network]]


def gets_further(mended: Network, network: Network, at: str) -> bool:
    """Whether a changed network stops fitting later than at this node, or nowhere."""
    _, misfit = shapes_until_misfit(mended)
    names = [node.name for node in network.nodes]
    return not misfit or (misfit in names and names.index(misfit) > names.index(at))


def ways_to_mend(network: Network, at: str) -> Iterator[Way]:
    """What may help the node that does not fit."""
    shapes, _ = shapes_until_misfit(network)
    node = next(node for node in network.nodes if node.name == at)
    inputs = [(source, shapes[source]) for source in node.inputs]
    (_, shape), *_ = inputs
    layer = node.layer
    match layer:
        case Add() | Concatenate():
            yield from ways_to_join(network, node, inputs)
            yield f"Leave out {at}", lambda: remove(network, at)
            return
        case Linear() if len(shape) > 1:
            yield from _flattened(network, node, shape)
        case _ if len(shape) == 1 and not isinstance(layer, Linear | BatchNorm):
            yield from _before_the_row(network, node)
        case _ if getattr(layer, "rank", len(shape) - 1) != len(shape) - 1:
            yield _of_rank(network, node, len(shape) - 1)
    if taken(layer) is not None:
        yield from _counted(network, node, shape, shapes)
    if len(shape) > 1:
        yield from ways_to_fit_a_window(network, node, shape)
        yield from _larger_input(network, at)
    if len(network.nodes) > 1:
        yield f"Remove {at}", lambda: remove(network, at)


def _counted(network: Network, node: Node, shape: Shape, shapes: dict[str, Shape]) -> Iterator[Way]:
    """The layer takes what comes, or a layer before it makes what this one takes."""
    layer, name = node.layer, node.name
    count, wanted = fitting_count(layer, Coming.of(shape)), taken(layer)
    if count is None or wanted is None or count == wanted:
        return
    following = follow(network)
    alone = change(network, name, _taking_at_all(layer, count))
    if shapes_until_misfit(alone)[1] and not shapes_until_misfit(following)[1]:
        yield "Let every layer take what comes in", lambda: following
    yield _count_title(layer, alone, name, count), lambda: alone
    if isinstance(layer, Linear):
        yield from _pooled_before(network, node, shapes)
    maker = _maker(network, node.inputs[0], shapes, wanted)
    if maker is not None:
        who, made = maker
        layers = {one.name: one.layer for one in network.nodes}
        unit = "numbers" if isinstance(layers[who], Linear) else "channels"
        yield (
            f"Let {who} make {made:,} {unit}",
            lambda: follow(change(network, who, making(layers[who], made))),
        )


def _taking_at_all(layer: Any, count: int) -> Any:
    """A layer that takes so many channels, with the largest number of groups that lets it."""
    try:
        return fitted(layer, Coming(count, (), 0))
    except ShapeError:
        groups = math.gcd(count, layer.out_channels, layer.groups)
        return taking(replace(layer, groups=groups), count)


def _count_title(layer: Layer, alone: Network, name: str, count: int) -> str:
    (new,) = (node.layer for node in alone.nodes if node.name == name)
    groups = getattr(new, "groups", 1)
    also = f" and groups to {groups:,}" if groups != getattr(layer, "groups", 1) else ""
    return f"Set {input_setting(layer)} to {count:,}{also}"


def _maker(
    network: Network, source: str, shapes: dict[str, Shape], wanted: int
) -> tuple[str, int] | None:
    """The layer that decides how many channels come, and how many it would have to make."""
    nodes = {node.name: node for node in network.nodes}
    while source != INPUT:
        node = nodes[source]
        match node.layer:
            case ConvSpec() as conv if 1 < conv.groups == conv.in_channels:
                each = conv.out_channels // conv.groups  # depthwise: what it takes decides
                if wanted % each:
                    return None
                wanted //= each
            case Linear() | ConvSpec() | ConvTransposeSpec():
                return source, wanted
            case Flatten():
                cells = numbers_in(shapes[node.inputs[0]][1:])
                if wanted % cells:
                    return None
                wanted //= cells
            case Add() | Concatenate():
                return None
        source = node.inputs[0]
    return None


def _flattened(network: Network, node: Node, shape: Shape) -> Iterator[Way]:
    """A map before a fully connected layer: flatten it, or its means."""
    layer = node.layer
    assert isinstance(layer, Linear)
    ways: list[tuple[str, list[Layer], int]] = [
        ("Put a Flatten before it", [Flatten()], numbers_in(shape)),
        ("Average each map, then flatten", [AdaptiveAvgPool(1), Flatten()], shape[0]),
    ]
    for title, layers, count in sorted(ways, key=lambda way: way[2] != layer.in_features):
        if count != layer.in_features:
            title += f", and set in_features to {count:,}"
        yield title, partial(_put_before, network, node, layers, replace(layer, in_features=count))


def _put_before(network: Network, node: Node, layers: Sequence[Layer], layer: Layer) -> Network:
    return change(insert_on(network, node.name, node.inputs[0], layers), node.name, layer)


def _pooled_before(network: Network, node: Node, shapes: dict[str, Shape]) -> Iterator[Way]:
    """A map of the size that the fully connected layer expects, by adaptive pooling."""
    assert isinstance(node.layer, Linear)
    nodes = {one.name: one for one in network.nodes}
    source = node.inputs[0]
    while source != INPUT and isinstance(nodes[source].layer, Pointwise):
        source = nodes[source].inputs[0]
    if source == INPUT or not isinstance(nodes[source].layer, Flatten):
        return
    channels, *size = shapes[nodes[source].inputs[0]]
    cells = node.layer.in_features // channels
    side = math.isqrt(cells) if len(size) == 2 else cells
    if size and side and side ** len(size) * channels == node.layer.in_features:
        across = "×".join([str(side)] * len(size))
        title = "Average each map" if side == 1 else f"Average the maps down to {across}"
        yield (
            f"{title} before {source}",
            lambda: insert_on(network, source, nodes[source].inputs[0], [AdaptiveAvgPool(side)]),
        )


def _before_the_row(network: Network, node: Node) -> Iterator[Way]:
    """A layer that works on maps behind a Flatten: without that Flatten, maps come in."""
    nodes = {one.name: one for one in network.nodes}
    source = node.inputs[0]
    while source != INPUT and isinstance(nodes[source].layer, Pointwise):
        source = nodes[source].inputs[0]
    if source != INPUT and isinstance(nodes[source].layer, Flatten):
        yield f"Remove {source}", lambda: follow(remove(network, source))


def _of_rank(network: Network, node: Node, rank: int) -> Way:
    """The same window along as many axes as the input has."""
    layer: Any = node.layer
    settings = {name: _spread(getattr(layer, name), rank) for name in ("stride", "dilation")}
    kernel = _spread(layer.kernel_size, rank)
    padding = layer.padding if isinstance(layer.padding, str) else _spread(layer.padding, rank)
    if isinstance(layer, ConvTransposeSpec):
        settings["output_padding"] = _spread(layer.output_padding, rank)
    across = "×".join(map(str, kernel)) if rank > 1 else f"{kernel[0]} cells along one axis"
    return f"Use a window of {across}", lambda: change(
        network, node.name, replace(layer, kernel_size=kernel, padding=padding, **settings)
    )


def _spread(values: Sequence[Any], rank: int) -> tuple[Any, ...]:
    return (*values, *[values[-1]] * rank)[:rank]


def _larger_input(network: Network, at: str) -> Iterator[Way]:
    """The smallest input, larger by the same number of cells along each axis, that would do."""

    def larger(more: int) -> Network:
        channels, *size = network.input_shape
        return replace(network, input_shape=(channels, *(n + more for n in size)))

    if len(network.input_shape) == 1:
        return
    most = 1
    while not gets_further(larger(most), network, at):
        most *= 2
        if most > 1024:
            return
    least = most // 2
    while most - least > 1:
        middle = (least + most) // 2
        if gets_further(larger(middle), network, at):
            most = middle
        else:
            least = middle
    size = "×".join(f"{n:,}" for n in larger(most).input_shape[1:])
    yield f"Use an input of {size}", lambda: larger(most)

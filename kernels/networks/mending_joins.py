"""What would help branches that cannot be joined: bring one to the shape of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.networks.coming import making, output_setting
from kernels.networks.editing import change, follow, insert_on
from kernels.networks.layers import Add, Concatenate, Crop, Linear, Pointwise, Shape, ZeroPad
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.shapes import projection_stride

Way = tuple[str, Callable[[], Network]]
Inputs = Sequence[tuple[str, Shape]]


def ways_to_join(network: Network, node: Node, inputs: Inputs) -> Iterator[Way]:
    """Layers to change or to put on a branch, so that the branches can be joined."""
    if len({len(shape) for _, shape in inputs}) > 1 or len(inputs[0][1]) == 1:
        if isinstance(node.layer, Add) and len(inputs[0][1]) == 1:
            yield from _made_alike(network, inputs)
        return
    yield from _kept_in_size(network, inputs)
    if isinstance(node.layer, Add):
        yield from _projected(network, node, inputs)
        yield from _made_alike(network, inputs)
    yield from _cropped(network, node, inputs)
    yield from _padded(network, node, inputs)
    if isinstance(node.layer, Add):
        yield "Stack the channels instead", lambda: change(network, node.name, Concatenate())


def _kept_in_size(network: Network, inputs: Inputs) -> Iterator[Way]:
    """Padding for the windows of the smaller branches that have none, as a skip needs it."""
    largest = max(inputs, key=lambda one: one[1][1:])
    nodes = {node.name: node for node in network.nodes}
    windows = []
    for source, shape in inputs:
        while shape[1:] != largest[1][1:] and source not in (INPUT, largest[0]):
            layer = nodes[source].layer
            if not isinstance(layer, Pointwise | ConvSpec | PoolSpec):
                break
            if isinstance(layer, ConvSpec | PoolSpec):
                if any(s > 1 for s in layer.stride):
                    break
                if any(k > 1 for k in layer.kernel_size):
                    windows.append(source)
            source = nodes[source].inputs[0]
    if windows:

        def padded() -> Network:
            changed = network
            for name in windows:
                layer = nodes[name].layer
                assert isinstance(layer, ConvSpec | PoolSpec)
                changed = change(changed, name, replace(layer, padding=_same(layer)))
            return changed

        yield f"Pad {_listed(windows[::-1])} to keep the size", padded


def _same(layer: ConvSpec | PoolSpec) -> tuple[tuple[int, int], ...]:
    """Padding with which a window of stride 1 keeps the size; an odd cell stands at the end."""
    reaches = [d * (k - 1) for k, d in zip(layer.kernel_size, layer.dilation, strict=True)]
    return tuple((n // 2, n - n // 2) for n in reaches)


def _projected(network: Network, node: Node, inputs: Inputs) -> Iterator[Way]:
    """1x1 convolutions that bring every other branch to the shape of the smallest."""
    target = min((shape for _, shape in inputs), key=lambda shape: shape[1:])
    others = {source: shape for source, shape in inputs if shape != target}
    projections = {}
    for source, shape in others.items():
        stride = projection_stride(shape, target)
        if stride is None:
            return
        rank = len(target) - 1
        projections[source] = ConvSpec(shape[0], target[0], (1,) * rank, stride, bias=False)

    def project() -> Network:
        changed = network
        for source, conv in projections.items():
            changed = insert_on(changed, node.name, source, [conv])
        return changed

    if not projections:
        return
    strides = {max(conv.stride) for conv in projections.values()}
    step = f", stride {strides.pop()}" if len(strides) == 1 and max(strides) > 1 else ""
    where = _listed(["the input" if source == INPUT else source for source in projections])
    ones = "×".join(["1"] * max(len(target) - 1, 2))
    yield f"Project {where} by a {ones} convolution to {target[0]:,} channels{step}", project


def _made_alike(network: Network, inputs: Inputs) -> Iterator[Way]:
    """The layer that decides a branch's channels makes as many as the other branch has."""
    nodes = {node.name: node for node in network.nodes}
    for source, shape in inputs:
        for _, wanted in inputs:
            if wanted[0] == shape[0] or wanted[1:] != shape[1:]:
                continue
            maker = source
            while maker != INPUT and isinstance(nodes[maker].layer, Pointwise | PoolSpec):
                maker = nodes[maker].inputs[0]
            if maker != INPUT and output_setting(nodes[maker].layer):
                unit = "numbers" if isinstance(nodes[maker].layer, Linear) else "channels"
                yield (
                    f"Let {maker} make {wanted[0]:,} {unit}",
                    partial(_made_anew, network, nodes[maker], wanted[0]),
                )


def _made_anew(network: Network, node: Node, count: int) -> Network:
    return follow(change(network, node.name, making(node.layer, count)))


def _cropped(network: Network, node: Node, inputs: Inputs) -> Iterator[Way]:
    """Larger branches cut to the size of the smallest, the odd cell at the end."""
    size = [min(axis) for axis in zip(*(shape[1:] for _, shape in inputs), strict=True)]
    yield from _resized(network, node, inputs, size, "Crop", Crop)


def _padded(network: Network, node: Node, inputs: Inputs) -> Iterator[Way]:
    """Smaller branches padded by zeros to the size of the largest."""
    size = [max(axis) for axis in zip(*(shape[1:] for _, shape in inputs), strict=True)]
    yield from _resized(network, node, inputs, size, "Pad", ZeroPad)


def _resized(
    network: Network, node: Node, inputs: Inputs, size: Sequence[int], verb: str, kind: type
) -> Iterator[Way]:
    if len(size) != 2:
        return
    cells = {
        source: tuple(
            (abs(n - m) // 2, abs(n - m) - abs(n - m) // 2)
            for n, m in zip(shape[1:], size, strict=True)
        )
        for source, shape in inputs
        if shape[1:] != tuple(size)
    }

    def resize() -> Network:
        changed = network
        for source, pairs in cells.items():
            changed = insert_on(changed, node.name, source, [kind(pairs)])
        return changed

    if cells:
        pairs = {n for axes in cells.values() for pair in axes for n in pair}
        much = f" by {pairs.pop()} on each side" if len(pairs) == 1 else " to the same size"
        where = _listed(["the input" if source == INPUT else source for source in cells])
        yield f"{verb} {where}{much}", resize


def _listed(names: Sequence[str]) -> str:
    """
    >>> _listed(["conv1"]), _listed(["conv1", "conv2", "conv3"])
    ('conv1', 'conv1, conv2 and conv3')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last

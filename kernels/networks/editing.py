"""Changes of a network, each of which leaves a network that can be read: names stay unique, and who
read a layer that is gone reads what that one read.

>>> from kernels.networks.layers import Activation
>>> from kernels.networks.notation import read_network, written
>>> lenet = read_network("1x28x28;c6k5;m2;flat;l10")
>>> written(insert(lenet, "conv1", Activation("tanh")))
'1x28x28;c6k5;tanh;m2;flat;l10'
>>> written(skip(read_network("8x6x6;c8k3p1;relu;c8k3p1;relu"), "input", "conv2"))
'8x6x6;c8k3p1;relu;c8k3p1;add<conv2,input;relu'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec
from kernels.networks.coming import (
    Coming,
    fitting_count,
    follow_node,
    output_setting,
    taken,
    taking,
)
from kernels.networks.layers import Add, Concatenate, Layer, layer_kind
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.notation import automatic_name


def insert(network: Network, after: str, layer: Layer, name: str | None = None) -> Network:
    """Put a layer behind another, or behind "input"; who read that one reads the new one.

    name: the automatic one unless given. Raises ShapeError for a join, which needs branches to
    join, and for a name that is taken or not known.
    """
    if isinstance(layer, Add | Concatenate):
        raise ShapeError(
            f"A layer that joins ({layer_kind(layer)}) needs branches; add a skip connection or a "
            "branch."
        )
    place = _place(network, after) + 1
    name = _free_name(network, layer, place) if name is None else name
    behind = [_reading(node, {after: name}) for node in network.nodes[place:]]
    return _with(network, (*network.nodes[:place], Node(name, layer, (after,)), *behind))


def insert_on(network: Network, reader: str, source: str, layers: Sequence[Layer]) -> Network:
    """Put layers between two nodes only: `reader` reads them, and others still read `source`.

    >>> from kernels.networks.notation import read_network, written
    >>> block = read_network("8x6x6;c16k3p1;add<conv1,input")
    >>> written(insert_on(block, "add1", "input", [ConvSpec(8, 16, 1)]))
    '8x6x6;c16k3p1;c16k1<input;add<conv1,conv2'
    """
    place = _place(network, reader)
    new, last = _chained(network, place, source, layers)
    node = network.nodes[place]
    return _with(
        network,
        (*network.nodes[:place], *new, _reading(node, {source: last}), *network.nodes[place + 1 :]),
    )


def remove(network: Network, name: str) -> Network:
    """Take a layer out; who read it reads what it read, and a join leaves one branch.

    >>> from kernels.networks.notation import read_network, written
    >>> block = read_network("8x6x6;c16k3p1;c16k1<input;add<conv1,conv2;relu")
    >>> written(remove(block, "add1"))
    '8x6x6;c16k3p1;relu'

    A join leaves its first branch, but rather one with layers than a skip past them; what nobody
    reads any more goes with it. Raises ShapeError for the only layer.
    """
    place = _place(network, name, layers_only=True)
    if len(network.nodes) == 1:
        raise ShapeError("A network has at least one layer; change this one, or add another first.")
    left = _main_branch(network, network.nodes[place])
    rest = [_reading(node, {name: left}) for node in network.nodes if node.name != name]
    return _with(network, _without_loose_ends(rest, network, left))


def move(network: Network, name: str, by: int) -> Network:
    """Move a layer down by so many places of the list, or up where `by` is negative.

    >>> from kernels.networks.notation import read_network, written
    >>> written(move(read_network("1x9x9;c6k3;relu;m2"), "relu1", 1))
    '1x9x9;c6k3;m2;relu'

    It stops at the ends of the list. Raises ShapeError for a join, which stays where its branches
    end.
    """
    place = _place(network, name, layers_only=True)
    node = network.nodes[place]
    if len(node.inputs) > 1:
        raise ShapeError(f"{name!r} joins branches and stays where they end; move their layers.")
    goal = min(max(place + by, 0), len(network.nodes) - 1)
    if goal == place:
        return network
    rest = [_reading(n, {name: node.inputs[0]}) for n in network.nodes if n.name != name]
    after = rest[goal - 1].name if goal else INPUT
    behind = [_reading(n, {after: name}) for n in rest[goal:]]
    return _with(network, (*rest[:goal], replace(node, inputs=(after,)), *behind))


def copy(network: Network, name: str) -> Network:
    """Put a layer once more behind itself; it takes as many channels as the first makes.

    >>> from kernels.networks.notation import read_network
    >>> [node.layer.in_channels for node in copy(read_network("3x9x9;c6k3"), "conv1").nodes]
    [3, 6]
    """
    layer = _node(network, name).layer
    if setting := output_setting(layer):
        layer = fitted(layer, Coming(getattr(layer, setting), (), 0))
    return insert(network, name, layer)


def change(network: Network, name: str, layer: Layer) -> Network:
    """Put another layer in a layer's place, under the same name.

    >>> from kernels.layers.spec import PoolSpec
    >>> from kernels.networks.notation import read_network, written
    >>> written(change(read_network("1x9x9;m2;flat"), "max_pool1", PoolSpec(3, kind="avg")))
    '1x9x9;max_pool1=a3;flat'

    What stands in a join's place reads the branch that `remove` would leave. Raises ShapeError
    for a join in place of a layer that reads one.
    """
    node = _node(network, name)
    joins = isinstance(layer, Add | Concatenate)
    if joins and len(node.inputs) == 1:
        raise ShapeError(
            f"{name!r} reads one layer but {layer_kind(layer)} joins several; add "
            "a skip connection or a branch."
        )
    inputs = node.inputs if joins else (_main_branch(network, node),)
    nodes = [replace(n, layer=layer, inputs=inputs) if n is node else n for n in network.nodes]
    return _with(network, _without_loose_ends(nodes, network, name))


def rename(network: Network, name: str, new: str) -> Network:
    """Call a layer otherwise; raises ShapeError for an empty name and one that is taken.

    >>> from kernels.networks.notation import read_network, written
    >>> written(rename(read_network("1x9x9;m2;flat"), "max_pool1", "half"))
    '1x9x9;half=m2;flat'
    """
    place, new = _place(network, name, layers_only=True), new.strip()
    if not new:
        raise ShapeError("A layer's name is empty; give it one, such as conv1.")
    nodes = list(network.nodes)
    nodes[place] = replace(nodes[place], name=new)
    return _with(network, (_reading(node, {name: new}) for node in nodes))


def renumbered(network: Network) -> Network:
    """Count the automatic names anew, in order; a name that somebody gave stays.

    >>> from kernels.networks.notation import read_network
    >>> [node.name for node in renumbered(read_network("1x9x9;conv2=c1k3;conv1=c1k3")).nodes]
    ['conv1', 'conv2']
    """
    kept = {INPUT} | {node.name for node in network.nodes if not _is_automatic(node)}
    names = {INPUT: INPUT}
    kinds: list[str] = []
    for node in network.nodes:
        new = automatic_name(node.layer, kinds, kept | set(names.values()))
        names[node.name] = new if _is_automatic(node) else node.name
        kinds.append(layer_kind(node.layer))
    return _with(
        network,
        (
            replace(node, name=names[node.name], inputs=tuple(names[n] for n in node.inputs))
            for node in network.nodes
        ),
    )


def skip(network: Network, start: str, end: str) -> Network:
    """Add what `start` gives to what `end` gives: a residual block lies between them."""
    return branch(network, start, end, (), Add())


def branch(
    network: Network,
    start: str,
    end: str,
    layers: Sequence[Layer],
    join: Add | Concatenate | None = None,
) -> Network:
    """Lay a second way from behind `start`, through `layers`, and join it with what `end` gives.

    >>> from kernels.networks.notation import read_network, written
    >>> written(branch(read_network("8x6x6;c4k3p1;relu"), "input", "relu1", [ConvSpec(8, 4, 1)]))
    '8x6x6;c4k3p1;relu;c4k1<input;cat<relu1,conv2'

    start: a layer, or "input". join: Concatenate() unless given. Raises ShapeError where `end` does
    not come behind `start`.
    """
    first, place = _place(network, start), _place(network, end)
    if place <= first:
        raise ShapeError(
            f"{end!r} does not come behind {start!r}; let the way end behind a later layer."
        )
    join = Concatenate() if join is None else join
    new, other = _chained(network, place + 1, start, layers)
    so_far = _with(network, (*network.nodes[: place + 1], *new))
    name = _free_name(network, join, place + 1, also=so_far.nodes)
    behind = [_reading(node, {end: name}) for node in network.nodes[place + 1 :]]
    return _with(network, (*so_far.nodes, Node(name, join, (end, other)), *behind))


def follow(network: Network) -> Network:
    """Let every layer take what comes into it, after a number of channels or a size was changed.

    >>> from kernels.networks.notation import read_network, written
    >>> changed = read_network("1x28x28;c12k5;bni6;m2;c16k5i6;m2;flat;l120i256")
    >>> written(follow(changed))
    '1x28x28;c12k5;bn;m2;c16k5;m2;flat;l120'

    Convolutions, norms and fully connected layers follow; a depthwise convolution stays one. A
    layer that cannot take what comes, or of which that is not known, stays as it is.
    """
    made = {INPUT: Coming.of(network.input_shape)}
    nodes = []
    for node in network.nodes:
        came = made[node.inputs[0]]
        with suppress(ShapeError):  # its groups may not divide what comes: for a person to mend
            node = replace(node, layer=fitted(node.layer, came))
        nodes.append(node)
        follow_node(node, made)
    return _with(network, nodes)


def fitted(layer: Layer, came: Coming) -> Layer:
    """A layer that takes what comes in; raises ShapeError where its groups forbid it.

    >>> each = ConvSpec(8, 16, 3, groups=8)  # two kernels for each channel
    >>> then = fitted(each, Coming.of((12, 9, 9)))
    >>> then.in_channels, then.out_channels, then.groups
    (12, 24, 12)
    """
    count, before = fitting_count(layer, came), taken(layer)
    if count is None or count == before:
        return layer
    if isinstance(layer, ConvSpec | ConvTransposeSpec) and 1 < layer.groups == before:
        out = layer.out_channels // layer.groups * count
        return replace(layer, in_channels=count, out_channels=out, groups=count)
    return taking(layer, count)


def readers(network: Network, name: str) -> tuple[str, ...]:
    """The nodes that read a node, in order.

    >>> from kernels.networks.notation import read_network
    >>> readers(read_network("8x6x6;c8k3p1;add<conv1,input"), "input")
    ('conv1', 'add1')
    """
    return tuple(node.name for node in network.nodes if name in node.inputs)


def _is_automatic(node: Node) -> bool:
    kind = layer_kind(node.layer).replace(" ", "_")
    return re.fullmatch(rf"{kind}[0-9]+", node.name) is not None


def _with(network: Network, nodes: Iterable[Node]) -> Network:
    return Network(network.input_shape, tuple(nodes))


def _reading(node: Node, instead: dict[str, str]) -> Node:
    """A node that reads others instead of some."""
    inputs = tuple(instead.get(source, source) for source in node.inputs)
    return node if inputs == node.inputs else replace(node, inputs=inputs)


def _place(network: Network, name: str, layers_only: bool = False) -> int:
    """Where a node stands; -1 for the input."""
    if name == INPUT and not layers_only:
        return -1
    for place, node in enumerate(network.nodes):
        if node.name == name:
            return place
    raise ShapeError(f"No layer is called {name!r}; use a name of the network's nodes.")


def _node(network: Network, name: str) -> Node:
    return network.nodes[_place(network, name, layers_only=True)]


def _free_name(network: Network, layer: Layer, place: int, also: Iterable[Node] = ()) -> str:
    """The automatic name of a layer at this place; names behind it count as taken too."""
    before = (layer_kind(node.layer) for node in network.nodes[:place])
    return automatic_name(layer, before, {INPUT, *(node.name for node in (*network.nodes, *also))})


def _chained(
    network: Network, place: int, source: str, layers: Sequence[Layer]
) -> tuple[list[Node], str]:
    """New nodes that read one another, the first reading `source`; and the last one's name."""
    new: list[Node] = []
    for layer in layers:
        name = _free_name(network, layer, place, also=new)
        new.append(Node(name, layer, (new[-1].name if new else source,)))
    return new, new[-1].name if new else source


def _main_branch(network: Network, node: Node) -> str:
    """The first input of a node that does not lead past the layers of another one."""
    for source in node.inputs:
        reached = {other for other in node.inputs if other != source}
        for earlier in reversed(network.nodes):
            if earlier.name in reached:
                reached.update(earlier.inputs)
        if source not in reached:
            return source
    return node.inputs[0]


def _without_loose_ends(nodes: Sequence[Node], was: Network, end: str) -> Sequence[Node]:
    """Nodes without those that nobody reads any more, apart from `end`."""
    read_before = {source for node in was.nodes for source in node.inputs} - {end}
    while True:
        read = {source for node in nodes for source in node.inputs}
        kept = [node for node in nodes if node.name in read or node.name not in read_before]
        if len(kept) == len(nodes):
            return nodes
        nodes = kept

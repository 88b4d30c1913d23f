"""How a large network folds: stages and their blocks, modules, levels, the classifier at its end.

Read off the names of the nodes and how they are joined, not off a list of networks:

- names that begin alike belong together: stage1.block2.conv1; conv3_1 and conv3_2;
- what has no weights and no name of its own goes with what stands before it;
- branches that meet again belong together where the names say nothing;
- flattening and what comes after it is the classifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kernels.layers.spec import ConvSpec, ConvTransposeSpec
from kernels.networks.layers import (
    AdaptiveAvgPool,
    Add,
    Concatenate,
    Flatten,
    Linear,
    Pointwise,
    layer_kind,
)
from kernels.networks.network import Network, Node

PARTS_FROM = 9
"""Nodes from which a block is divided into parts; fewer are seen at a glance."""

REPEATED_FROM = 5
"""Nodes of a block from which a run of blocks of one kind is folded into one."""

RUN_FROM = 5
"""Blocks of a run that are only numbered from which it is folded."""


@dataclass(frozen=True)
class Block:
    """Nodes that fold into one: its title, their names in order, and its own blocks, if any."""

    title: str
    names: tuple[str, ...]
    parts: tuple[Block, ...] = ()


def blocks(network: Network) -> tuple[Block, ...]:
    """Divide a network into blocks, which hold each node once and in order.

    >>> from kernels.networks.known import known_network
    >>> resnet = blocks(known_network("resnet18").build())
    >>> [block.title for block in resnet]
    ['conv1', 'stage1', 'stage2', 'stage3', 'stage4', 'classifier']
    >>> [part.title for part in resnet[1].parts]
    ['stage1.block1', 'stage1.block2']
    >>> [block.title for block in blocks(known_network("vgg16").build())]
    ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'classifier']
    """
    body, head = _split_head(network.nodes)
    groups = _of_levels(_joined_regions(_by_first_name(body)))
    found = [_block(group) for group in groups]
    if head:
        found.append(Block("classifier", _names(head)))
    return tuple(_folded_runs(found, {node.name: node for node in network.nodes}))


def _split_head(nodes: Sequence[Node]) -> tuple[Sequence[Node], Sequence[Node]]:
    """The layers before the classifier and those of it, if a fully connected layer is in it."""
    start = len(nodes)
    while start and isinstance(
        nodes[start - 1].layer, Linear | Flatten | AdaptiveAvgPool | Pointwise
    ):
        start -= 1
    while start < len(nodes) and not isinstance(nodes[start].layer, Flatten | AdaptiveAvgPool):
        start += 1
    head = nodes[start:]
    if not any(isinstance(node.layer, Linear) for node in head) or start == 0:
        return nodes, ()
    return nodes[:start], head


def _first_name(node: Node) -> str:
    """What a name begins with: conv1 of conv1.relu, conv3 of conv3_2; a name that begins with a
    dot is whole.
    """
    first = node.name.split(".")[0] or node.name
    return re.sub(r"(?<=[0-9])_[0-9]+$", "", first)


def _by_first_name(nodes: Sequence[Node]) -> list[list[Node]]:
    """Runs of nodes whose names begin alike; a lone layer without weights joins the one before."""
    groups: list[list[Node]] = []
    for _, run in groupby(nodes, _first_name):
        group = list(run)
        weighty = isinstance(group[0].layer, ConvSpec | ConvTransposeSpec | Linear)
        if groups and len(group) == 1 and not weighty:
            groups[-1] += group
        else:
            groups.append(group)
    return groups


def _joined_regions(groups: list[list[Node]]) -> list[list[Node]]:
    """Groups of layers with plain names that lie on branches which meet again become one."""
    nodes = [node for group in groups for node in group]
    place = {node.name: n for n, node in enumerate(nodes)}
    spans: list[tuple[int, int]] = []
    for n, node in enumerate(nodes):
        if isinstance(node.layer, Add | Concatenate):
            start = _parting(nodes, place, node)
            plain = all("." not in one.name for one in nodes[start : n + 1])
            if plain and not any(start <= first for first, _ in spans):
                spans.append((start, n))
    joined: list[list[Node]] = []
    for group in groups:
        first, last = place[group[0].name], place[group[-1].name]
        before = place[joined[-1][-1].name] if joined else -1
        if any(start <= before and first <= end for start, end in spans):
            joined[-1] += group
        else:
            begins = next((start for start, _ in spans if first < start <= last), first)
            if begins > first:  # what stands before the branches is apart from them
                joined.append(nodes[first:begins])
            joined.append(nodes[begins : last + 1])
    return joined


def _parting(nodes: Sequence[Node], place: dict[str, int], join: Node) -> int:
    """The place of the first layer that only some of a join's branches pass."""
    ways: list[set[str]] = []
    for source in join.inputs:
        way: set[str] = set()
        waiting = [source]
        while waiting:
            name = waiting.pop()
            if name in place and name not in way:
                way.add(name)
                waiting += nodes[place[name]].inputs
        ways.append(way)
    apart = set().union(*ways) - ways[0].intersection(*ways)
    return min((place[name] for name in apart), default=place[join.name])


def _of_levels(groups: list[list[Node]]) -> list[list[Node]]:
    """A way up that ends in a join of its own takes what has the same number: up4, back4."""
    levels: list[list[Node]] = []
    for group in groups:
        last = levels[-1][-1] if levels else None
        numbers = {re.sub(r"\D", "", _first_name(node)) for node in (group[0], last) if node}
        rises = levels and isinstance(levels[-1][0].layer, ConvTransposeSpec)
        if rises and last and isinstance(last.layer, Concatenate | Add) and len(numbers) == 1:
            levels[-1] += group
        else:
            levels.append(list(group))
    return levels


def _block(group: Sequence[Node]) -> Block:
    title = _first_name(group[0])
    joins = [
        node.name
        for node in group
        if isinstance(node.layer, Add | Concatenate)
        and re.fullmatch(rf"{layer_kind(node.layer)}[0-9]+", node.name)
    ]
    return Block(f"{title} to {joins[-1]}" if joins else title, _names(group), _parts(group))


def _parts(group: Sequence[Node]) -> tuple[Block, ...]:
    """The blocks that follow one another in a stage, if its names number them."""
    if len(group) < PARTS_FROM:
        return ()
    parts: list[tuple[str, list[Node]]] = []
    for node in group:
        path = node.name.split(".")
        second = ".".join(path[:2])
        numbered = len(path) > 2 or (len(path) == 2 and isinstance(node.layer, Add | Concatenate))
        if parts and (second == parts[-1][0] or not numbered):
            parts[-1][1].append(node)
        elif numbered and re.fullmatch(r"[a-z]*[0-9]+", path[1]):
            parts.append((second, [node]))
        else:
            return ()
    if len(parts) < 2:
        return ()
    return tuple(Block(name, _names(nodes)) for name, nodes in parts)


def _folded_runs(found: Sequence[Block], nodes: dict[str, Node]) -> Iterable[Block]:
    """Blocks in a row that are called and built alike, such as modules 4a to 4e, as parts of one.

    Those that are only numbered, such as levels of a U-Net, are folded where there are many.
    """

    def build(block: Block) -> tuple[object, ...]:
        """What blocks of one build have in common; what hangs on at their ends does not count."""
        own = [name for name in block.names if _first_name(nodes[name]) == block.title]
        kinds = tuple(layer_kind(nodes[name].layer) for name in own)
        stem = re.fullmatch(r"(.*[0-9])[a-z]|(.*[a-z])[0-9]+", block.title)
        if stem is None or block.parts or len(own) < REPEATED_FROM:
            return (block.title,)
        return (stem.group(1) or stem.group(2), kinds)

    for _, run in groupby(found, build):
        same = tuple(run)
        lettered = same[0].title[-1].isalpha()
        if len(same) < (2 if lettered else RUN_FROM):
            yield from same
        else:
            names = tuple(name for block in same for name in block.names)
            titles = dict.fromkeys((same[0].title, same[-1].title))
            yield Block(" to ".join(titles), names, same)


def _names(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(node.name for node in nodes)

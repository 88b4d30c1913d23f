"""A whole network as a short text, for links and files: 1x28x28;c6k5p2;tanh;a2;flat;l10."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from urllib.parse import quote, unquote

from kernels.errors import ShapeError
from kernels.networks.coming import Coming, follow_node
from kernels.networks.layers import Add, Concatenate, Layer, layer_kind
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.pieces import read_piece, written_piece
from kernels.reading.link_text import quoted, whole_number
from kernels.reading.notation import NotationError

MOST_PIECES = 2000
"""Layers that are read; the largest ready network has a quarter of it."""

_APART = re.compile(r"[^\w.+()-]")
"""Characters of a name that would be taken for a sign of the notation, or get lost."""


def written(network: Network) -> str:
    """Write a network; reading it back gives the same one.

    >>> from kernels.networks.known import known_network
    >>> written(known_network("digits").build())[:40]
    '1x28x28;c10k5;conv1.relu=relu;pool1=m2;c'

    Pieces stand behind the input's shape, with `;` between them: c convolution, t transposed,
    m and a max and average pooling, l fully connected, others by their names; k, s, p, d, g as in
    their formulas. A name stands before `=` where it is not the automatic one, the layers that are
    read behind `<` where they are not just the piece before. What a layer takes is what comes in,
    unless it says otherwise by i.
    """
    made = {INPUT: Coming.of(network.input_shape)}
    pieces = ["x".join(map(str, network.input_shape))]
    before = INPUT
    kinds: list[str] = []
    for node in network.nodes:
        automatic = automatic_name(node.layer, kinds, made)
        text = "" if node.name == automatic else f"{_escaped(node.name)}="
        text += written_piece(node.layer, made[node.inputs[0]])
        if node.inputs != (before,):
            text += "<" + ",".join(map(_escaped, node.inputs))
        pieces.append(text)
        follow_node(node, made)
        kinds.append(layer_kind(node.layer))
        before = node.name
    return ";".join(pieces)


def read_network(text: str) -> Network:
    """Read a network that `written` wrote, or that somebody typed.

    >>> lenet = read_network("1x28x28; c6k5p2; tanh; a2; c16k5; tanh; a2; flat; l120; tanh; l10")
    >>> lenet.nodes[3].name, lenet.nodes[3].layer.in_channels, lenet.nodes[-1].layer.in_features
    ('conv2', 6, 120)
    >>> [node.inputs for node in read_network("8x4x4;c8k3p1;add<conv1,input").nodes]
    [('input',), ('conv1', 'input')]
    >>> read_network("8x4x4;c8k3p1;add<conv2,input")
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: “add<conv2,input” reads “conv2”, which does not come \
before it; use input or conv1.

    Raises NotationError with one sentence that names the piece and what would work.
    """
    first, *pieces = (piece.strip() for piece in re.split(r"[;\n]", text.strip().strip(";")))
    pieces = [piece for piece in pieces if piece]
    if len(pieces) > MOST_PIECES:
        raise NotationError(f"There are {len(pieces):,} layers; use at most {MOST_PIECES:,}.")
    shape = _read_shape(first)
    made = {INPUT: Coming.of(shape)}
    nodes: list[Node] = []
    kinds: list[str] = []
    for piece in pieces:
        node = _read_node(piece, nodes, kinds, made)
        nodes.append(node)
        kinds.append(layer_kind(node.layer))
        follow_node(node, made)
    try:
        return Network(shape, tuple(nodes))
    except ShapeError as error:
        raise NotationError(" ".join(error.faults)) from None


def automatic_name(layer: Layer, kinds: Iterable[str], taken: Container[str]) -> str:
    """What a layer is called unless it has a name: its kind, counted from 1, where that is free.

    >>> automatic_name(Add(), ["conv", "add"], {"conv1", "add1", "input"})
    'add2'

    kinds: of the layers before it. taken: the names that are given away.
    """
    kind = layer_kind(layer)
    number = sum(one == kind for one in kinds) + 1
    while (name := f"{kind.replace(' ', '_')}{number}") in taken:
        number += 1
    return name


def _read_shape(text: str) -> tuple[int, ...]:
    numbers = [whole_number(part) for part in text.split("x")]
    shape = tuple(n for n in numbers if n is not None and n > 0)
    if len(shape) != len(numbers) or len(shape) > 4:
        raise NotationError(
            f"{quoted(text)} is not the shape of an input; begin with channels and size, for "
            "example 3x224x224, or the length of a row, for example 400."
        )
    return shape


def _read_node(piece: str, nodes: list[Node], kinds: list[str], made: dict[str, Coming]) -> Node:
    body, less, sources = piece.partition("<")
    given, equals, word = body.rpartition("=")
    before = nodes[-1].name if nodes else INPUT
    inputs = tuple(unquote(source.strip()) for source in sources.split(",")) if less else (before,)
    for source in inputs:
        if source not in made:
            near = [INPUT, before] if nodes else [INPUT]
            raise NotationError(
                f"{quoted(piece, 40)} reads {quoted(source)}, which does not come before it; use "
                f"{' or '.join(near)}."
            )
    layer = read_piece(word.strip().lower(), made[inputs[0]])
    name = unquote(given.strip())
    if equals and (not name or name in made):
        raise NotationError(
            f"{quoted(piece, 40)} is called {quoted(name)}, as another is; give each layer its own "
            "name."
            if name
            else f"{quoted(piece, 40)} has no name before =; write one, or leave out the =."
        )
    name = name or automatic_name(layer, kinds, made)
    joins = isinstance(layer, Add | Concatenate)
    if joins != (len(inputs) > 1):
        raise NotationError(
            f"{quoted(piece, 40)} joins branches; name them, for example {word}<{before},input."
            if joins
            else f"{quoted(piece, 40)} reads {len(inputs)} layers; give it one, or join them by "
            "add or cat."
        )
    return Node(name, layer, inputs)


def _escaped(name: str) -> str:
    return _APART.sub(lambda found: quote(found.group(), safe=""), name)

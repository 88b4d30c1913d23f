"""What the listings of all libraries share: runs of layers, names for code, shapes in comments."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Sequence

from kernels.networks.layers import Add, Concatenate, Shape
from kernels.networks.network import INPUT, Network, Node


def runs(network: Network) -> list[list[Node]]:
    """Nodes in runs: each reads the one before it and nobody else does; a join is one alone.

    >>> from kernels.networks.notation import read_network
    >>> block = read_network("8x6x6;c8k3p1;relu;c8k3p1;add<conv2,relu1;relu")
    >>> [[node.name for node in run] for run in runs(block)]
    [['conv1', 'relu1'], ['conv2'], ['add1'], ['relu2']]
    """
    reads: dict[str, int] = {}
    for node in network.nodes:
        for source in node.inputs:
            reads[source] = reads.get(source, 0) + 1
    found: list[list[Node]] = []
    for node in network.nodes:
        joins = isinstance(node.layer, Add | Concatenate)
        before = found[-1][-1] if found else None
        if (
            before is not None
            and not joins
            and not isinstance(before.layer, Add | Concatenate)
            and node.inputs == (before.name,)
            and reads[before.name] == 1
        ):
            found[-1].append(node)
        else:
            found.append([node])
    return found


def is_chain(network: Network) -> bool:
    """Whether each layer reads just the one before it.

    >>> from kernels.networks.notation import read_network
    >>> is_chain(read_network("1x9x9;c8k3;relu")), is_chain(read_network("1x9x9;relu;relu<input"))
    (True, False)
    """
    before = INPUT
    for node in network.nodes:
        if node.inputs != (before,) or isinstance(node.layer, Add | Concatenate):
            return False
        before = node.name
    return True


def identifiers(names: Iterable[str], reserved: Iterable[str]) -> dict[str, str]:
    """Names as they may stand in code, each its own.

    >>> identifiers(["conv1.norm", "conv1_norm", "3x3", "half"], ["half"])
    {'conv1.norm': 'conv1_norm', 'conv1_norm': 'conv1_norm_2', '3x3': 'layer_3x3', 'half': \
'half_layer'}
    """
    reserved = set(reserved)
    made: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"[^0-9A-Za-z_]", "_", name).strip("_") or "layer"
        if plain[0].isdigit():
            plain = f"layer_{plain}"
        if keyword.iskeyword(plain) or plain in reserved:
            plain += "_layer"
        number, free = 2, plain
        while free in made.values():
            free, number = f"{plain}_{number}", number + 1
        made[name] = free
    return made


def shape_words(shape: Shape) -> str:
    """A shape as a comment has it: 6 × 28 × 28."""
    return " × ".join(f"{n:,}" for n in shape)


def each(numbers: Sequence[int]) -> str:
    """One number where all axes have it, else the tuple.

    >>> each((3, 3)), each((1, 7)), each((5,))
    ('3', '(1, 7)', '5')
    """
    return str(numbers[0]) if len(set(numbers)) == 1 else str(tuple(numbers))

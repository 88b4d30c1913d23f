"""A network: layers with names, joined to a small directed graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kernels.errors import ShapeError, raise_faults, whole_number_fault
from kernels.networks.layers import Add, Concatenate, Layer, Shape, layer_kind

INPUT = "input"


@dataclass(frozen=True)
class Node:
    """A layer with a name and the names of the nodes (or "input") that it reads."""

    name: str
    layer: Layer
    inputs: tuple[str, ...]

    def __post_init__(self) -> None:
        given = (self.inputs,) if isinstance(self.inputs, str) else tuple(self.inputs)
        object.__setattr__(self, "inputs", given)


@dataclass(frozen=True)
class Network:
    """Layers joined to a graph, each after the layers that it reads.

    >>> from kernels.layers.spec import ConvSpec
    >>> conv = Node("conv", ConvSpec(64, 64, 3, padding=1), ("input",))
    >>> block = Network((64, 56, 56), (conv, Node("sum", Add(), ("conv", "input"))))
    >>> Network((64, 56, 56), (conv, Node("sum", Add(), ("conv", "inptu"))))
    Traceback (most recent call last):
    kernels.errors.ShapeError: Layer 'sum' reads 'inptu', which does not come before it; use \
'input'.

    input_shape: (channels, *size) or (features,), without a batch. nodes: in order. Raises
    ShapeError with every fault where a name is taken twice, or a node reads one that does not come
    before it, or reads too many or too few.
    """

    input_shape: Shape
    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.input_shape, (tuple, list)) or not self.input_shape:
            raise ShapeError(
                f"input_shape is {self.input_shape!r} but must be (channels, *size) or "
                "(features,); use for example (3, 224, 224)."
            )
        object.__setattr__(self, "input_shape", tuple(self.input_shape))
        object.__setattr__(self, "nodes", tuple(self.nodes))
        faults = [
            fault for n in self.input_shape if (fault := whole_number_fault("input_shape", n, 1))
        ]
        if not self.nodes:
            faults.append("The network has no layer; give it at least one.")
        before = [INPUT]
        for node in self.nodes:
            faults += _node_faults(node, before)
            before.append(node.name)
        raise_faults(faults)


def _node_faults(node: Node, before: Sequence[str]) -> list[str]:
    """List what is wrong with a node's name and inputs, given the names before it."""
    faults = []
    name, count = node.name, len(node.inputs)
    if not isinstance(node.layer, Layer):
        faults.append(
            f"Layer {name!r} is {node.layer!r}, which is not a layer; use for example Add()."
        )
    if name in before:
        faults.append(f"Two layers are called {name!r}; give each its own name.")
    faults += [
        f"Layer {name!r} reads {source!r}, which does not come before it; use "
        f"{_nearest(source, before)}."
        for source in node.inputs
        if source not in before
    ]
    if isinstance(node.layer, Add | Concatenate):
        if count < 2:
            faults.append(f"Layer {name!r} joins branches but reads {count}; give it at least 2.")
    elif count != 1:
        faults.append(f"Layer {name!r} reads {count} inputs; give it one, or join them by Add().")
    return faults


def _nearest(name: str, known: Sequence[str]) -> str:
    """The names most like a wrong one, or the last ones if none is."""
    close = get_close_matches(name, known, n=2) or list(known)[-2:]
    return " or ".join(repr(n) for n in close)


def chain(source: str, layers: Mapping[str, Layer]) -> tuple[Node, ...]:
    """Nodes that read one another in turn, the first reading `source`.

    >>> from kernels.networks.layers import Flatten, Linear
    >>> [(node.name, node.inputs) for node in chain("input", {"a": Flatten(), "b": Linear(4, 2)})]
    [('a', ('input',)), ('b', ('a',))]
    """
    sources = [source, *layers]
    return tuple(
        Node(name, layer, (before,))
        for before, (name, layer) in zip(sources, layers.items(), strict=False)
    )


def sequence(input_shape: Shape, layers: Sequence[Layer] | Mapping[str, Layer]) -> Network:
    """A network without branches; layers that come without a name are called after their kind.

    >>> from kernels.layers.spec import ConvSpec, PoolSpec
    >>> net = sequence((1, 28, 28), [ConvSpec(1, 6, 5), PoolSpec(2), ConvSpec(6, 16, 5)])
    >>> [node.name for node in net.nodes]
    ['conv1', 'max_pool1', 'conv2']
    """
    if isinstance(layers, Mapping):
        return Network(input_shape, chain(INPUT, layers))
    named: dict[str, Layer] = {}
    seen: dict[str, int] = {}
    for layer in layers:
        kind = layer_kind(layer).replace(" ", "_")
        seen[kind] = seen.get(kind, 0) + 1
        named[f"{kind}{seen[kind]}"] = layer
    return Network(input_shape, chain(INPUT, named))

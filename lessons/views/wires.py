"""A layer as nodes and lines: the whole of it where it is small, else one of its axes."""

from __future__ import annotations

from kernels.layers.connections import count_connections
from kernels.layers.links import Links
from kernels.layers.spec import PoolSpec
from kernels.scene.scene import Scene

MOST_NODES = 16

SHOWN: dict[str, tuple[str, dict[str, str]]] = {
    "five": (
        "5 to 5 along one axis",
        {"op": "conv", "size": "5x5", "kernel": "3x3", "stride": "1x1", "padding": "1x1",
         "dilation": "1x1"},
    ),
    "three": (
        "3×3 to 2×2",
        {"op": "conv", "size": "3x3", "kernel": "2x2", "stride": "1x1", "padding": "0x0",
         "dilation": "1x1"},
    ),
}  # fmt: skip
"""Layers of textbooks: a title, and the settings that make them."""


def wired(scene: Scene) -> tuple[Links, ...]:
    """The tables of the axes whose lines are drawn: all of a small layer, else the last one."""
    links = scene.own_links
    count = count_connections(links)
    small = max(count.inputs, count.outputs) <= MOST_NODES
    return links if small else links[-1:]


def wires_sentence(scene: Scene) -> str:
    """How many lines there are, against a fully connected layer.

    >>> from lessons.views.sliding_window import open_sliding
    >>> print(wires_sentence(open_sliding(SHOWN["five"][1])[0]))
    Along the width alone: 13 lines of 25. A fully connected layer has a line, with a weight of \
its own, for each of the 5 × 5 pairs; here 3 weights are shared by all lines. The same colour is \
the same weight.
    >>> print(wires_sentence(open_sliding(SHOWN["three"][1])[0]))
    The whole layer: 16 lines of 36. A fully connected layer has a line, with a weight of its own, \
for each of the 9 × 4 pairs; here 4 weights are shared by all lines. The same colour is the same \
weight.
    """
    links = wired(scene)
    count = count_connections(links)
    what = "The whole layer" if len(links) == len(scene.own_links) else "Along the width alone"
    lines = f"{what}: {count.lines} lines of {count.dense}."
    if isinstance(scene.layer, PoolSpec):
        return f"{lines} A pooling has no weights: a line says only which cells a window looks at."
    weights = "1 weight is" if count.weights == 1 else f"{count.weights} weights are"
    return (
        f"{lines} A fully connected layer has a line, with a weight of its own, for each of the "
        f"{_by(count.inputs, count.outputs)} pairs; here {weights} shared by all lines. The same "
        "colour is the same weight."
    )


def _by(*numbers: int) -> str:
    return " × ".join(map(str, numbers))

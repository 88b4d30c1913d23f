"""A layer as lines between input and output cells: how many there are, and what they cost.

A layer of one channel is a graph. Each output cell has a line to every input cell that it reads,
with one of the kernel's weights on it. A fully connected layer has a line, and a weight, for every
pair. What padding holds is not an input cell, so that nothing leads there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from kernels.layers.links import Links

Line = tuple[int, int, int]


@dataclass(frozen=True)
class ConnectionCount:
    """How many lines there are, and what it takes to store and to compute them.

    One output cell of n lines takes n products and n - 1 additions, as Goodfellow, Bengio and
    Courville count in Deep Learning, section 9.2.

    Attributes
    ----------
    inputs, outputs : cells
    weights : numbers of the kernel
    lines : of the layer
    reading : output cells that read anything at all
    """

    inputs: int
    outputs: int
    weights: int
    lines: int
    reading: int

    @property
    def dense(self) -> int:
        """Lines of a fully connected layer, each with a weight of its own."""
        return self.inputs * self.outputs

    @property
    def operations(self) -> int:
        """Products and additions of the layer."""
        return 2 * self.lines - self.reading

    @property
    def dense_operations(self) -> int:
        """Products and additions of a fully connected layer."""
        return 2 * self.dense - self.outputs


def count_connections(links: Sequence[Links]) -> ConnectionCount:
    """Count the lines of a layer of any number of axes, from its tables.

    >>> from kernels.layers.geometry import Axis
    >>> from kernels.layers.links import links_of
    >>> five = count_connections([links_of(Axis(input=5, kernel=3, before=1, after=1))])
    >>> five.lines, five.dense
    (13, 25)
    >>> three = count_connections([links_of(Axis(input=3, kernel=2))] * 2)
    >>> three.weights, three.lines, three.dense
    (4, 16, 36)
    """
    lines = [[_inputs_read(table, output) for output in range(table.output)] for table in links]
    return ConnectionCount(
        inputs=math.prod(table.input for table in links),
        outputs=math.prod(table.output for table in links),
        weights=math.prod(table.taps for table in links),
        lines=math.prod(sum(axis) for axis in lines),
        reading=math.prod(sum(map(bool, axis)) for axis in lines),
    )


def connections(links: Sequence[Links]) -> tuple[Line, ...]:
    """Every line as (output cell, input cell, tap), each counted in reading order.

    >>> from kernels.layers.geometry import Axis
    >>> from kernels.layers.links import links_of
    >>> connections([links_of(Axis(input=3, kernel=2))])
    ((0, 0, 0), (0, 1, 1), (1, 1, 0), (1, 2, 1))

    Padding that copies may lead to one input cell by several taps.
    """
    found = []
    for output in product(*(range(table.output) for table in links)):
        reads = [_taps(table, at) for table, at in zip(links, output, strict=True)]
        for pairs in product(*reads):
            found.append(
                (
                    _flat(output, [table.output for table in links]),
                    _flat([source for _, source in pairs], [table.input for table in links]),
                    _flat([tap for tap, _ in pairs], [table.taps for table in links]),
                )
            )
    return tuple(found)


def _taps(table: Links, output: int) -> list[tuple[int, int]]:
    """The (tap, input cell) pairs of one output cell."""
    held = ((tap, table.sources[cell]) for tap, cell in table.reads[output])
    return [(tap, source) for tap, source in held if source is not None]


def _inputs_read(table: Links, output: int) -> int:
    return len({source for _, source in _taps(table, output)})


def _flat(at: Sequence[int], size: Sequence[int]) -> int:
    place = 0
    for cell, cells in zip(at, size, strict=True):
        place = place * cells + cell
    return place

"""Which cells of the input one output of a network depends on, whatever its branches do."""

from __future__ import annotations

from collections.abc import Sequence

from kernels.errors import ShapeError
from kernels.layers.geometry import Pair, per_axis
from kernels.layers.spec import ConvTransposeSpec
from kernels.networks.layers import AdaptiveAvgPool, Add, Concatenate, Flatten, Layer, Linear
from kernels.networks.network import INPUT, Network
from kernels.networks.receptive import Whole
from kernels.networks.summary import summarise
from kernels.networks.windows import layer_axes

Cells = tuple[set[int], ...]
"""Cells along each axis; no axes for a row of numbers."""


def receptive_window(network: Network, name: str, position: Whole) -> tuple[Pair, ...] | None:
    """Find the first and last input cell along each axis that one output depends on.

    >>> from kernels.networks.network import sequence
    >>> from kernels.layers.spec import ConvSpec
    >>> up = sequence((1, 8, 8), [ConvSpec(1, 1, 3), ConvTransposeSpec(1, 1, 2, stride=2)])
    >>> receptive_window(up, "transposed_conv1", (4, 5))
    ((2, 4), (2, 4))

    name: a layer of the network. position: the output's place on its map; for a row of numbers,
    its number. Nothing is assumed about jumps and centres, so transposed convolutions and branches
    that do not line up are followed too. Padding is left out: cells are those of the input, and
    cells of a layer's own padding carry nothing on. None if the output depends on no input cell,
    which a transposed convolution with gaps between its kernels can do. Raises ShapeError for an
    unknown name or a position outside the map.
    """
    shapes = {INPUT: network.input_shape}
    shapes |= {row.name: row.shape for row in summarise(network)}
    seen = {name: _start(name, position, shapes.get(name))}
    for node in reversed(network.nodes):
        if node.name not in seen:
            continue
        for source in node.inputs:
            read = _cells_read(node.layer, seen[node.name], shapes[source][1:])
            before = seen.get(source, tuple(set() for _ in read))
            seen[source] = tuple(a | b for a, b in zip(before, read, strict=True))
    cells = seen.get(INPUT, ())
    return tuple((min(axis), max(axis)) for axis in cells) if all(cells) else None


def _start(name: str, position: Whole, shape: tuple[int, ...] | None) -> Cells:
    if shape is None:
        raise ShapeError(f"No layer is called {name!r}; use a name of the network's nodes.")
    size = shape[1:] or shape
    place = per_axis("position", position, len(size))
    if any(n >= most for n, most in zip(place, size, strict=True)):
        raise ShapeError(
            f"position {position!r} lies outside {name!r}, which gives {shape}; use at most "
            f"{tuple(n - 1 for n in size)}."
        )
    return tuple({n} for n in place) if len(shape) > 1 else ()


def _cells_read(layer: Layer, cells: Cells, size: Sequence[int]) -> Cells:
    """Cells of a layer's input, along each axis, that these cells of its output depend on."""
    match layer:
        case Add() | Concatenate():
            return cells
        case Flatten() | Linear():
            return tuple(set(range(n)) for n in size)
        case AdaptiveAvgPool():
            return tuple(
                {cell for n in along for cell in _adaptive_window(n, total, layer.output_size)}
                for along, total in zip(cells, size, strict=True)
            )
        case ConvTransposeSpec():
            return tuple(
                {cell for n in along for cell in axis.sources(n)}
                for along, axis in zip(cells, layer.axes(tuple(size)), strict=True)
            )
    axes = layer_axes(layer, size)
    if not axes:
        return cells
    return tuple(
        {tap - axis.before for n in along for tap in axis.taps(n)} & set(range(axis.input))
        for along, axis in zip(cells, axes, strict=True)
    )


def _adaptive_window(position: int, size: int, windows: int) -> range:
    """Window `position` of `windows` over `size` cells: rounded down at its start, up at its end.

    >>> [list(_adaptive_window(n, 5, 2)) for n in (0, 1)]
    [[0, 1, 2], [2, 3, 4]]
    """
    return range(position * size // windows, -(-(position + 1) * size // windows))

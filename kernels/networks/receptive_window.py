"""Which cells of the input one output of a network depends on, whatever its branches do."""

from __future__ import annotations

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import Pair, per_axis
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.spec import ConvSpec, ConvTransposeSpec
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    Add,
    Concatenate,
    Flatten,
    Layer,
    Linear,
    Shape,
)
from kernels.networks.network import INPUT, Network
from kernels.networks.receptive import Whole
from kernels.networks.summary import summarise
from kernels.networks.windows import layer_axes
from kernels.ops.adaptive import adaptive_windows

Cells = tuple[set[int], ...]
"""Cells along each axis; of a row of numbers, those numbers."""


def receptive_window(network: Network, name: str, position: Whole) -> tuple[Pair, ...] | None:
    """Find the first and last input cell along each axis that one output depends on.

    >>> from kernels.networks.network import sequence
    >>> up = sequence((1, 8, 8), [ConvSpec(1, 1, 3), ConvTransposeSpec(1, 1, 2, stride=2)])
    >>> receptive_window(up, "transposed_conv1", (4, 5))
    ((2, 4), (2, 4))

    name: a layer of the network. position: the output's place on its map; for a row of numbers,
    its number. Nothing is assumed about jumps and centres, so transposed convolutions and branches
    that do not line up are followed too. Cells are those of the input: padding by zeros carries
    nothing on, padding by copies the cells that it copies. None if the output depends on no input
    cell, which a transposed convolution with gaps between its kernels can do. Raises ShapeError for
    an unknown name or a position outside the map.
    """
    return ends_of(cells_seen(network, name, position).get(INPUT, ()))


def ends_of(cells: Cells) -> tuple[Pair, ...] | None:
    """The first and last cell along each axis; None if there is none."""
    return tuple((min(axis), max(axis)) for axis in cells) if cells and all(cells) else None


def cells_seen(network: Network, name: str, position: Whole) -> dict[str, Cells]:
    """The cells along each axis of every node, and of the input, that one output depends on."""
    shapes = {INPUT: network.input_shape}
    shapes |= {row.name: row.shape for row in summarise(network)}
    seen = {name: _start(name, position, shapes.get(name))}
    for node in reversed(network.nodes):
        if not all(seen.get(node.name, [()])):
            continue  # nothing of it is seen
        first = 0
        for source in node.inputs:
            shape = shapes[source]
            if isinstance(node.layer, Concatenate) and len(shape) == 1:
                # Rows are laid end to end: this one's numbers begin where the last one's ended.
                read: Cells = ({n - first for n in seen[node.name][0]} & set(range(shape[0])),)
                first += shape[0]
            else:
                read = cells_read(node.layer, seen[node.name], shape)
            before = seen.get(source, tuple(set() for _ in read))
            seen[source] = tuple(a | b for a, b in zip(before, read, strict=True))
    return seen


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
    return tuple({n} for n in place)


def cells_read(layer: Layer, cells: Cells, shape: Shape) -> Cells:
    """Cells of a layer's input, along each axis, that these cells of its output depend on."""
    size = shape[1:]
    match layer:
        case Add() | Concatenate():
            return cells
        case Flatten() if size:
            (numbers,) = cells
            places = zip(*(np.unravel_index(n, shape)[1:] for n in numbers), strict=True)
            return tuple({int(n) for n in axis} for axis in places) or tuple(set() for _ in size)
        case Linear() | Activation("softmax") if not size:
            return (set(range(shape[0])),)
        case AdaptiveAvgPool():
            windows = (adaptive_windows(n, layer.output_size) for n in size)
            return tuple(
                {cell for n in along for cell in range(some[n].start, some[n].stop)}
                for along, some in zip(cells, windows, strict=True)
            )
        case ConvTransposeSpec():
            return tuple(
                {cell for n in along for cell in axis.sources(n)}
                for along, axis in zip(cells, layer.axes(tuple(size)), strict=True)
            )
    axes = layer_axes(layer, size) if size else ()
    if not axes:
        return cells
    mode = PADDING_MODES[layer.padding_mode if isinstance(layer, ConvSpec) else "zeros"]
    return tuple(
        {
            source
            for n in along
            for tap in axis.taps(n)
            if (source := mode.source(tap - axis.before, axis.input)) is not None
        }
        & set(range(axis.input))
        for along, axis in zip(cells, axes, strict=True)
    )

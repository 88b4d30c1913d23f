"""What would help a window that does not fit on its map, or a crop that leaves nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from kernels.layers.geometry import kernel_reach, largest_dilation, largest_kernel, padding_pair
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.editing import change
from kernels.networks.layers import Crop, Shape
from kernels.networks.network import Network, Node

Way = tuple[str, Callable[[], Network]]
Other = Callable[..., Callable[[], Network]]
Pairs = tuple[tuple[int, int], ...]


def ways_to_fit_a_window(network: Network, node: Node, shape: Shape) -> Iterator[Way]:
    """Other settings of the layer itself, for the map that comes in."""
    layer: Any = node.layer
    size = shape[1:]

    def other(**settings: Any) -> Callable[[], Network]:
        return lambda: change(network, node.name, replace(layer, **settings))

    match layer:
        case Crop() if len(size) == 2:
            cells = tuple(
                pair if sum(pair) < n else ((n - 1) // 2,) * 2
                for pair, n in zip(layer.cells, size, strict=True)
            )
            yield f"Crop {_ends(cells)}", other(cells=cells)
        case ConvTransposeSpec() if layer.rank == len(size):
            # Cropping as little as possible: nothing is left where both ends together take all.
            yield "Crop nothing: padding 0", other(padding=0)
        case ConvSpec() if layer.rank == len(size):
            yield from _padded(layer, size, other)
            yield from _smaller(layer, size, other)
            if PADDING_MODES[layer.padding_mode].copies:
                yield "Pad by zeros", other(padding_mode="zeros")
        case PoolSpec() if layer.rank == len(size):
            if max(size) > 1:  # of a single cell there is nothing to pool
                yield from _smaller(layer, size, other)
                yield from _padded(layer, size, other)
            if isinstance(layer.padding, str):
                yield "Use no padding", other(padding=0)


def _pairs(layer: ConvSpec | PoolSpec, size: Sequence[int]) -> Pairs:
    """The layer's padding in cells."""
    words = [layer.padding] * layer.rank if isinstance(layer.padding, str) else layer.padding
    return tuple(
        padding_pair(word, n, k, s, d)
        for word, n, k, s, d in zip(
            words, size, layer.kernel_size, layer.stride, layer.dilation, strict=True
        )
    )


def _padded(layer: ConvSpec | PoolSpec, size: Sequence[int], other: Other) -> Iterator[Way]:
    """Just as much more padding as the window needs, the same on both ends; less where copies of
    the input's cells run out.
    """
    mode = PADDING_MODES[layer.padding_mode] if isinstance(layer, ConvSpec) else None
    pairs = []
    for (before, after), n, k, d in zip(
        _pairs(layer, size), size, layer.kernel_size, layer.dilation, strict=True
    ):
        missing = max(-(-(kernel_reach(k, d) - before - n - after) // 2), 0)
        most = mode.most(n) if mode is not None else None
        cells = (before + missing, after + missing)
        pairs.append(cells if most is None else (min(cells[0], most), min(cells[1], most)))
    if tuple(pairs) != _pairs(layer, size):
        yield f"Pad by {_ends(tuple(pairs))}", other(padding=tuple(pairs))


def _smaller(layer: ConvSpec | PoolSpec, size: Sequence[int], other: Other) -> Iterator[Way]:
    """The largest window and the largest dilation that fit."""
    pairs = _pairs(layer, size)
    axes = list(zip(pairs, size, layer.kernel_size, layer.dilation, strict=True))
    dilation = tuple(min(d, largest_dilation(n, k, *pair)) for pair, n, k, d in axes)
    if dilation != layer.dilation:
        yield f"Set dilation to {_each(dilation)}", other(dilation=dilation)
    kernel = tuple(min(k, largest_kernel(n, *pair, d)) for pair, n, k, d in axes)
    if isinstance(layer, PoolSpec) and max(kernel) == 1:
        return  # a pooling of single cells does nothing
    settings: dict[str, Any] = {"kernel_size": kernel}
    if isinstance(layer, PoolSpec) and layer.stride == layer.kernel_size:
        settings["stride"] = kernel  # windows side by side stay so
    yield f"Use a window of {'×'.join(map(str, kernel))}", other(**settings)


def _each(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(set(numbers)) == 1 else str(tuple(numbers))


def _ends(pairs: Pairs) -> str:
    """Cells at the ends of the axes, in words.

    >>> _ends(((2, 2), (2, 2))), _ends(((0, 1), (2, 2)))
    ('2 on each side', '((0, 1), (2, 2))')
    """
    cells = {n for pair in pairs for n in pair}
    return f"{cells.pop()} on each side" if len(cells) == 1 else str(pairs)

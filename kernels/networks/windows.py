"""Which windows a layer of a network slides along each axis, whatever it does with the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis, kernel_reach, padding_pair
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import (
    AdaptiveAvgPool,
    Add,
    Concatenate,
    Crop,
    Flatten,
    Layer,
    Linear,
    ZeroPad,
)


def layer_axes(layer: Layer, size: Sequence[int] | None = None) -> tuple[Axis, ...]:
    """The windows that a layer slides along each axis; empty if it looks at each cell alone.

    >>> layer_axes(Crop(4), (64, 64))[0].output
    56

    size: the input's, or None where it is not known; each Axis's input is then 0 and only its
    window counts. Raises ShapeError for a layer whose outputs have no field of their own place.
    """
    match layer:
        case ConvSpec() | PoolSpec():
            return _sliding_axes(layer, size)
        case ConvTransposeSpec():
            return _transposed_axes(layer, size)
        case Crop() | ZeroPad():
            sign = -1 if isinstance(layer, Crop) else 1
            pairs = zip(_known(size, 2), layer.cells, strict=True)
            return tuple(Axis(n, 1, 1, sign * a, sign * b) for n, (a, b) in pairs)
        case AdaptiveAvgPool():
            return _adaptive_axes(layer, size)
        case Flatten() | Linear():
            raise ShapeError("after it a number has no place in the picture any more")
        case Add() | Concatenate():
            raise ShapeError("it joins branches, which a stack has not; use a Network")
    return ()


def _sliding_axes(layer: ConvSpec | PoolSpec, size: Sequence[int] | None) -> tuple[Axis, ...]:
    if size is not None:
        return layer.axes(tuple(size))
    if layer.padding in ("same_upper", "same_lower") and any(s != 1 for s in layer.stride):
        raise ShapeError(
            f"padding {layer.padding!r} with stride {max(layer.stride)} depends on the input's "
            "size; give input_size"
        )
    words = [layer.padding] * layer.rank if isinstance(layer.padding, str) else layer.padding
    return tuple(
        Axis(0, k, s, *padding_pair(word, 1, k, s, d), d)
        for k, s, word, d in zip(
            layer.kernel_size, layer.stride, words, layer.dilation, strict=True
        )
    )


def _transposed_axes(layer: ConvTransposeSpec, size: Sequence[int] | None) -> tuple[Axis, ...]:
    """With stride 1 it is an ordinary convolution with padding d * (k - 1) - p."""
    if any(s != 1 for s in layer.stride):
        raise ShapeError(
            f"with stride {max(layer.stride)}, how much an output sees depends on its position; "
            "ask receptive_window for one position"
        )
    axes = [] if size is None else layer.axes(tuple(size))  # raises where nothing is left
    return tuple(
        Axis(n, k, 1, kernel_reach(k, d) - 1 - before, kernel_reach(k, d) - 1 - after + extra, d)
        for n, k, d, (before, after), extra in zip(
            [axis.input for axis in axes] or _known(None, layer.rank),
            layer.kernel_size,
            layer.dilation,
            layer.padding,
            layer.output_padding,
            strict=True,
        )
    )


def _adaptive_axes(layer: AdaptiveAvgPool, size: Sequence[int] | None) -> tuple[Axis, ...]:
    if size is None:
        raise ShapeError("its windows depend on the input's size; give input_size")
    if any(n % layer.output_size for n in size):
        raise ShapeError(
            f"its windows differ, because {tuple(size)} is not a multiple of "
            f"{layer.output_size}; ask receptive_window for one position"
        )
    return tuple(Axis(n, n // layer.output_size, n // layer.output_size) for n in size)


def _known(size: Sequence[int] | None, rank: int) -> Sequence[int]:
    return (0,) * rank if size is None else size

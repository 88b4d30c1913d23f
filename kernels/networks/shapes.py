"""What comes out of a layer: its output shape, or one sentence that says why it does not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import (
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    Flatten,
    InstanceNorm,
    Layer,
    Linear,
    Shape,
    ZeroPad,
    layer_kind,
    numbers_in,
)
from kernels.networks.network import INPUT, Network

Inputs = Sequence[tuple[str, Shape]]


def output_shape(name: str, layer: Layer, inputs: Inputs) -> Shape:
    """Say what shape a layer makes of its inputs.

    >>> output_shape("conv1", ConvSpec(3, 6, 5), [("input", (3, 32, 32))])
    (6, 28, 28)
    >>> output_shape("fc1", Linear(400, 120), [("pool2", (16, 5, 5))])
    Traceback (most recent call last):
    kernels.errors.ShapeError: Layer 'fc1' (linear) takes a row of 400 numbers but 'pool2' gives a \
map of (16, 5, 5); put a Flatten before it, which makes 400.

    name: the layer's, for the sentence. inputs: the name of each input and the shape that it
    gives, (channels, *size) or (features,). Raises ShapeError with one sentence that names the
    layer, the shapes, what is wrong and what would work.
    """
    try:
        return _shape_of(layer, inputs)
    except ShapeError as error:
        reason = one_sentence(error.faults)
        raise ShapeError(f"Layer {name!r} ({layer_kind(layer)}) {reason}.") from None


def shapes_until_misfit(network: Network) -> tuple[dict[str, Shape], str]:
    """The shape that each node gives, as far as they fit, and the name of the one that does not.

    >>> from kernels.networks.network import sequence
    >>> shapes_until_misfit(sequence((3, 8, 8), [ConvSpec(3, 6, 5), ConvSpec(6, 6, 5)]))
    ({'input': (3, 8, 8), 'conv1': (6, 4, 4)}, 'conv2')
    """
    shapes = {INPUT: network.input_shape}
    for node in network.nodes:
        inputs = [(source, shapes[source]) for source in node.inputs]
        try:
            shapes[node.name] = output_shape(node.name, node.layer, inputs)
        except ShapeError:
            return shapes, node.name
    return shapes, ""


def _shape_of(layer: Layer, inputs: Inputs) -> Shape:
    if isinstance(layer, Add):
        return _added(inputs)
    if isinstance(layer, Concatenate):
        return _concatenated(inputs)
    ((source, shape),) = inputs
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            _check_map(source, shape, layer.rank)
            _check_channels(source, shape, layer.in_channels, "in_channels")
            return (layer.out_channels, *_slid(layer, source, shape))
        case PoolSpec():
            _check_map(source, shape, layer.rank)
            return (shape[0], *_slid(layer, source, shape))
        case BatchNorm() | InstanceNorm():
            _check_channels(source, shape, layer.channels, "channels")
            return shape
        case Linear():
            return _connected(layer, source, shape)
        case Flatten():
            return (numbers_in(shape),)
        case AdaptiveAvgPool():
            if len(shape) < 2:
                raise ShapeError(_no_map(source, shape))
            return (shape[0], *(layer.output_size for _ in shape[1:]))
        case Crop() | ZeroPad():
            _check_map(source, shape, 2)
            return _resized(layer, source, shape)
        case _:
            return shape


def _slid(layer: ConvSpec | ConvTransposeSpec | PoolSpec, source: str, shape: Shape) -> Shape:
    """Size of the output maps; a fault also says on which input the window does not fit."""
    try:
        return layer.output_size(shape[1:])
    except ShapeError as error:
        reason = one_sentence(error.faults)
        raise ShapeError(f"does not fit on {source!r}, which gives {shape}: {reason}.") from None


def _check_map(source: str, shape: Shape, rank: int) -> None:
    if len(shape) == 1:
        raise ShapeError(_no_map(source, shape))
    if len(shape) != rank + 1:
        given = len(shape) - 1
        raise ShapeError(
            f"slides along {rank} {'axis' if rank == 1 else 'axes'} but {source!r} gives {shape}, "
            f"which has {given}; use a layer of {given} {'axis' if given == 1 else 'axes'}."
        )


def _no_map(source: str, shape: Shape) -> str:
    return (
        f"works on maps but {source!r} gives a row of {shape[0]:,} numbers; put it before the "
        "Flatten or the fully connected layers."
    )


def _check_channels(source: str, shape: Shape, channels: int, setting: str) -> None:
    if shape[0] != channels:
        raise ShapeError(
            f"takes {channels} channels but {source!r} gives {shape}, which has {shape[0]}; use "
            f"{setting}={shape[0]}."
        )


def _connected(layer: Linear, source: str, shape: Shape) -> Shape:
    count, wanted = numbers_in(shape), layer.in_features
    also = "" if count == wanted else f", and use in_features={count}"
    if len(shape) > 1:
        raise ShapeError(
            f"takes a row of {wanted:,} numbers but {source!r} gives a map of {shape}; put a "
            f"Flatten before it, which makes {count:,}{also}."
        )
    if count != wanted:
        raise ShapeError(
            f"takes a row of {wanted:,} numbers but {source!r} gives {count:,}; use "
            f"in_features={count}."
        )
    return (layer.out_features,)


def _resized(layer: Crop | ZeroPad, source: str, shape: Shape) -> Shape:
    sign = -1 if isinstance(layer, Crop) else 1
    size = tuple(n + sign * sum(pair) for n, pair in zip(shape[1:], layer.cells, strict=True))
    if min(size) < 1:
        raise ShapeError(
            f"cuts {layer.cells} cells off {source!r}, which gives {shape}, and leaves nothing; "
            f"use at most {min(shape[1:]) - 1} over both ends."
        )
    return (shape[0], *size)


def _added(inputs: Inputs) -> Shape:
    (first, one), *others = inputs
    for second, other in others:
        if one != other:
            raise ShapeError(
                f"adds number by number, but {first!r} gives {one} and {second!r} gives {other}; "
                f"{_projection(first, one, second, other)}."
            )
    return one


def _projection(first: str, one: Shape, second: str, other: Shape) -> str:
    """Which layer on which branch would make two shapes equal."""
    if len(one) != len(other) or len(one) == 1:
        return "give both branches the same shape"
    if other[1:] < one[1:]:
        first, one, second, other = second, other, first, one
    stride = projection_stride(other, one)
    if stride is None:
        return "crop or pad one branch to the size of the other"
    step = f" with stride {stride}" if stride > 1 else ""
    return f"use on {second!r} a 1×1 convolution from {other[0]} to {one[0]} channels{step}"


def projection_stride(shape: Shape, wanted: Shape) -> int | None:
    """The stride of a 1x1 convolution that makes a map of the wanted size; None if none does.

    >>> projection_stride((64, 56, 56), (128, 28, 28)), projection_stride((64, 7, 7), (64, 4, 4))
    (2, 2)
    >>> projection_stride((64, 5, 1), (64, 1, 5)) is None
    True
    """
    axes = list(zip(shape[1:], wanted[1:], strict=True))
    stride = max(-(-large // small) for large, small in axes)
    return stride if all(small == -(-large // stride) for large, small in axes) else None


def _concatenated(inputs: Inputs) -> Shape:
    (first, one), *others = inputs
    for second, other in others:
        if one[1:] != other[1:]:
            raise ShapeError(
                f"stacks channels of maps of one size, but {first!r} gives {one} and {second!r} "
                f"gives {other}; {_cropping(first, one, second, other)}."
            )
    return (sum(shape[0] for _, shape in inputs), *one[1:])


def _cropping(first: str, one: Shape, second: str, other: Shape) -> str:
    """Which crop would make two maps equal in size."""
    if len(one) != len(other):
        return "give both branches the same number of axes"
    surplus = [n - m for n, m in zip(one[1:], other[1:], strict=True)]
    if max(surplus) > 0 > min(surplus):
        return "pad or stride one branch to the size of the other"
    large = first if max(surplus) > 0 else second
    pairs = tuple((abs(n) // 2, abs(n) - abs(n) // 2) for n in surplus)
    same = len({*pairs}) == 1 and pairs[0][0] == pairs[0][1]
    return f"use Crop({pairs[0][0] if same else pairs}) on {large!r}"


def one_sentence(faults: Sequence[str]) -> str:
    """Join faults to one clause without its full stop; faults that differ in the axis become one.

    >>> one_sentence(["The window does not fit along the height: 5.", "The window does not fit \
along the width: 5."])
    'the window does not fit along the height and width: 5'
    """
    axes: dict[str, list[str]] = {}
    for fault in faults:
        found = re.search(r"along the (\w+)", fault)
        place = found.group(1) if found else ""
        template = fault.replace(f"along the {place}", "along the {}") if found else fault
        axes.setdefault(template, []).append(place)
    clauses = [
        template.replace("{}", " and ".join(places), 1) if places[0] else template
        for template, places in axes.items()
    ]
    return "; ".join(clause[:1].lower() + clause[1:].rstrip(".") for clause in clauses)

"""A network's layers in words: what each is set to, and what is said of the chosen one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from kernels.layers.cost import memory_bytes
from kernels.layers.geometry import Pair
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import (
    AdaptiveAvgPool,
    BatchNorm,
    Crop,
    Dropout,
    InstanceNorm,
    Layer,
    Linear,
    LocalResponseNorm,
    Shape,
    ZeroPad,
)
from kernels.networks.receptive import ReceptiveField
from kernels.networks.summary import Row
from lessons.views.networks import NetworksView
from lessons.views.sizes import SizesView
from lessons.views.sizes_facts import Fact, facts, size_formulas, sizes_of


def by(numbers: Sequence[int]) -> str:
    """Numbers as a size: 5 × 5, with thousands apart.

    >>> by((16, 5, 5)), by((1024,))
    ('16 × 5 × 5', '1,024')
    """
    return " × ".join(f"{n:,}" for n in numbers)


def settings_words(layer: Layer) -> str:
    """A layer's settings in short.

    >>> settings_words(ConvSpec(3, 64, 7, stride=2, padding=3, bias=False))
    '64 of 7 × 7, stride 2, padding 3, no bias'
    >>> settings_words(PoolSpec(2)), settings_words(Linear(400, 120)), settings_words(Dropout())
    ('2 × 2, stride 2', '120 neurons', 'p = 0.5')
    """
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            kinds = f"{layer.out_channels:,} of {by(layer.kernel_size)}"
            return ", ".join([kinds, *_moves(layer), *_rest(layer)])
        case PoolSpec():
            return ", ".join([by(layer.kernel_size), *_moves(layer, always=True)])
        case Linear():
            return f"{layer.out_features:,} neurons" + ("" if layer.bias else ", no bias")
        case BatchNorm() | InstanceNorm():
            return f"{layer.channels:,} channels"
        case AdaptiveAvgPool():
            return f"to {by((layer.output_size,) * 2)}"
        case Crop() | ZeroPad():
            return _cells_words(layer.cells)
        case Dropout():
            return f"p = {layer.p:g}"
        case LocalResponseNorm():
            return f"over {layer.size} channels"
        case _:
            return ""


def _moves(layer: ConvSpec | ConvTransposeSpec | PoolSpec, always: bool = False) -> Iterator[str]:
    if always or set(layer.stride) != {1}:
        yield f"stride {_once(layer.stride)}"
    padding = layer.padding
    if isinstance(padding, str):
        yield f"padding {padding}"
    elif any(any(pair) for pair in padding):
        yield f"padding {_cells_words(padding)}"
    if set(layer.dilation) != {1}:
        yield f"dilation {_once(layer.dilation)}"


def _rest(layer: ConvSpec | ConvTransposeSpec) -> Iterator[str]:
    if isinstance(layer, ConvTransposeSpec) and any(layer.output_padding):
        yield f"output padding {_once(layer.output_padding)}"
    if layer.groups > 1:
        depthwise = layer.groups == layer.in_channels
        yield "one for each channel" if depthwise else f"{layer.groups} groups"
    if not layer.bias:
        yield "no bias"


def _once(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(set(numbers)) == 1 else by(numbers)


def _cells_words(cells: Sequence[Pair]) -> str:
    """Cells at the ends of each axis: once where all are alike.

    >>> _cells_words(((3, 3), (3, 3))), _cells_words(((1, 1), (0, 0))), _cells_words(((0, 1),) * 2)
    ('3', '1 × 0', '0 before, 1 after')
    """
    if all(a == b for a, b in cells):
        return _once([a for a, _ in cells])
    if len(set(cells)) == 1:
        (before, after), *_ = cells
        return f"{before} before, {after} after"
    return " × ".join(f"{a} + {b}" for a, b in cells)


def field_words(field: ReceptiveField | None) -> tuple[str, str]:
    """The receptive field and the jump of a row, as texts.

    >>> field_words(ReceptiveField(16, 4, 2, 5.5)), field_words(None)
    (('16', '4'), ('', ''))
    """
    if field is None:
        return "", ""
    return _sides(field.size), _sides(field.jump)


def _sides(size: int | tuple[int, ...]) -> str:
    return by(size) if isinstance(size, tuple) else f"{size:,}"


def given_shape(view: NetworksView, row: Row) -> Shape:
    """The shape that a layer reads first."""
    source = view.row(row.inputs[0])
    return source.shape if source else view.network.input_shape


def sizes_view(layer: Layer, given: Shape) -> SizesView | None:
    """The layer as the Sizes page shows it; None for one that slides no window."""
    if not isinstance(layer, ConvSpec | ConvTransposeSpec | PoolSpec):
        return None
    return sizes_of(layer, given[0], given[1:])


def layer_facts(view: NetworksView, row: Row) -> tuple[Fact, ...]:
    """Each number of a layer with the formula that gives it."""
    given = given_shape(view, row)
    shown = sizes_view(row.layer, given)
    if shown is not None:
        sizes = [
            Fact(f.label, f"{f.result:,}", f"{f.symbols} = {f.arithmetic}")
            for f in size_formulas(shown)
        ]
        found = [*sizes, *(f for f in facts(shown) if f.name not in ("Memory", "Receptive field"))]
    else:
        found = [Fact("Output", by(row.shape), _shape_words(row, given)), *_counts(row)]
    return (*found, *_seen(row), _memory(view, row))


def _shape_words(row: Row, given: Shape) -> str:
    if row.kind == "flatten":
        return f"{by(given)} = {math.prod(given):,} numbers in one row"
    if row.shape == given and len(row.inputs) == 1:
        return "as it came in: each number is worked on where it is"
    if len(row.inputs) > 1:
        return f"from {' and '.join(row.inputs)}"
    return f"from {by(given)}"


def _counts(row: Row) -> Iterator[Fact]:
    layer = row.layer
    if isinstance(layer, Linear):
        bias = f" + {layer.out_features:,} biases" if layer.bias else ""
        product = f"{layer.in_features:,} × {layer.out_features:,}"
        yield Fact("Parameters", f"{row.parameters:,}", f"{product}{bias}")
        yield Fact("MACs", f"{row.macs:,}", product)
    elif row.parameters:
        words = f"a scale and a shift for each of {row.biases:,} channels"
        yield Fact("Parameters", f"{row.parameters:,}", words)
    else:
        yield Fact("Parameters", "0", "nothing to learn")


def _seen(row: Row) -> Iterator[Fact]:
    if row.field is None:
        yield Fact("Receptive field", "not one number", row.note)
        return
    size, jump = field_words(row.field)
    yield Fact("Receptive field", size, f"cells of the input; those of neighbours lie {jump} apart")


def _memory(view: NetworksView, row: Row) -> Fact:
    made = view.batch * row.activations
    inputs = f" for {view.batch:,} inputs" if view.batch > 1 else ""
    learnt = f" + parameters {memory_bytes(row.parameters)}" if row.parameters else ""
    why = f"output {memory_bytes(made)}{inputs}{learnt}, as float32"
    return Fact("Memory", memory_bytes(made + row.parameters), why)

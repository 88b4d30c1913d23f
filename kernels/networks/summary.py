"""What every layer of a network makes, learns, costs and sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kernels.errors import ShapeError
from kernels.networks.layers import (
    AdaptiveAvgPool,
    BatchNorm,
    Flatten,
    InstanceNorm,
    Layer,
    Linear,
    Shape,
    layer_kind,
    layer_macs,
    numbers_in,
    parameter_counts,
)
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.receptive import (
    AxisField,
    ReceptiveField,
    Whole,
    as_field,
    effective_kernel,
    through_layer,
)
from kernels.networks.shapes import one_sentence, output_shape
from kernels.networks.windows import layer_axes

FLOAT32_BYTES = 4


@dataclass(frozen=True)
class Row:
    """What one layer of a network makes, learns, costs and sees.

    shape: its output's. field: what one of its outputs sees of the network's input, or None where
    no one answer holds for every output; `note` then says why.
    """

    name: str
    layer: Layer
    inputs: tuple[str, ...]
    shape: Shape
    weights: int
    biases: int
    macs: int
    field: ReceptiveField | None
    note: str = ""

    @property
    def kind(self) -> str:
        return layer_kind(self.layer)

    @property
    def parameters(self) -> int:
        return self.weights + self.biases

    @property
    def parameter_bytes(self) -> int:
        """Memory of the parameters as float32."""
        return self.parameters * FLOAT32_BYTES

    @property
    def activations(self) -> int:
        """Numbers that the layer puts out for one input."""
        return numbers_in(self.shape)

    @property
    def activation_bytes(self) -> int:
        """Memory of the output for one input as float32."""
        return self.activations * FLOAT32_BYTES

    @property
    def effective_kernel(self) -> Whole:
        """Cells from the first tap to the last; 1 for a layer without a window."""
        return effective_kernel(self.layer)


def summarise(network: Network) -> tuple[Row, ...]:
    """Work out what every layer of a network makes, learns, costs and sees.

    >>> from kernels.networks.network import sequence
    >>> from kernels.layers.spec import ConvSpec, PoolSpec
    >>> net = sequence((3, 8, 8), [ConvSpec(3, 6, 3, padding=1), PoolSpec(2)])
    >>> row = summarise(net)[0]
    >>> row.kind, row.shape, row.weights, row.biases, row.macs, row.activations
    ('conv', (6, 8, 8), 162, 6, 10368, 384)
    >>> row.field
    ReceptiveField(size=3, jump=1, padding=1, centre=0.0)

    One row a layer, in order. Counts are for one input; MACs are those of convolutions and fully
    connected layers, without biases. Every output is counted as memory of its own, also where a
    library would overwrite its input. Raises ShapeError with one sentence for the first layer that
    does not fit.
    """
    return tuple(rows_of(network))


def rows_of(network: Network) -> Iterator[Row]:
    """The rows of `summarise` one by one, as far as the layers fit; then its ShapeError."""
    shapes = {INPUT: network.input_shape}
    fields: dict[str, _Seen] = {INPUT: _Seen((AxisField(),) * (len(network.input_shape) - 1))}
    for node in network.nodes:
        inputs = [(source, shapes[source]) for source in node.inputs]
        shapes[node.name] = output_shape(node.name, node.layer, inputs)
        fields[node.name] = seen = _seen_by(node, inputs, fields)
        yield Row(
            node.name,
            node.layer,
            node.inputs,
            shapes[node.name],
            *parameter_counts(node.layer),
            layer_macs(node.layer, inputs[0][1]),
            as_field(seen.axes) if seen.axes else None,
            seen.note,
        )


class _Seen(NamedTuple):
    """A node's field along each axis, or no axes and the reason."""

    axes: tuple[AxisField, ...]
    note: str = ""


def _seen_by(node: Node, inputs: Sequence[tuple[str, Shape]], fields: Mapping[str, _Seen]) -> _Seen:
    """The field after a node; once there is none, there is none after it."""
    for source in node.inputs:
        if not fields[source].axes:
            return fields[source]
    try:
        if len(inputs) > 1:
            return _Seen(_aligned([(source, fields[source].axes) for source in node.inputs]))
        ((source, shape),) = inputs
        return _Seen(through_layer(fields[source].axes, layer_axes(node.layer, shape[1:])))
    except ShapeError as error:
        reason = one_sentence(error.faults)
        return _Seen((), f"Layer {node.name!r} ({layer_kind(node.layer)}): {reason}.")


def _aligned(branches: Sequence[tuple[str, tuple[AxisField, ...]]]) -> tuple[AxisField, ...]:
    """The field where branches meet: the largest, if all have one jump and one centre.

    Source: Araujo, Norris and Sim 2019, "Arbitrary computation graphs".
    """
    (first, one), *others = branches
    for second, other in others:
        for a, b in zip(one, other, strict=True):
            if (a.jump, a.centre) != (b.jump, b.centre):
                raise ShapeError(
                    f"its branches do not line up: by {first!r} neighbours are {a.jump} apart and "
                    f"the first is centred on {a.centre:g}, by {second!r} {b.jump} apart and on "
                    f"{b.centre:g}; change a stride or padding so that both agree"
                )
    return tuple(max(axis) for axis in zip(*(axes for _, axes in branches), strict=True))


@dataclass(frozen=True)
class Totals:
    """Sums over a network's rows; `conv`, `linear` and `norm` split the parameters by layer."""

    weights: int
    biases: int
    conv: int
    linear: int
    norm: int
    macs: int
    activations: int

    @property
    def parameters(self) -> int:
        return self.weights + self.biases

    @property
    def parameter_bytes(self) -> int:
        """Memory of the parameters as float32."""
        return self.parameters * FLOAT32_BYTES

    @property
    def activation_bytes(self) -> int:
        """Memory of every layer's output for one input as float32."""
        return self.activations * FLOAT32_BYTES


def totals(rows: Sequence[Row]) -> Totals:
    """Add up the rows of a network.

    >>> from kernels.networks.network import sequence
    >>> from kernels.layers.spec import ConvSpec, PoolSpec
    >>> totals(summarise(sequence((4, 8, 8), [ConvSpec(4, 8, 1), BatchNorm(8)]))).parameters
    56
    """
    linear = sum(row.parameters for row in rows if isinstance(row.layer, Linear))
    norm = sum(row.parameters for row in rows if isinstance(row.layer, BatchNorm | InstanceNorm))
    weights, biases = sum(row.weights for row in rows), sum(row.biases for row in rows)
    return Totals(
        weights=weights,
        biases=biases,
        conv=weights + biases - linear - norm,
        linear=linear,
        norm=norm,
        macs=sum(row.macs for row in rows),
        activations=sum(row.activations for row in rows),
    )


def last_map(rows: Sequence[Row]) -> Row:
    """The last layer whose outputs have a place: before Flatten or pooling over the whole map.

    >>> from kernels.networks.network import sequence
    >>> from kernels.layers.spec import ConvSpec, PoolSpec
    >>> net = sequence((1, 9, 9), [ConvSpec(1, 2, 3), AdaptiveAvgPool(1), Flatten()])
    >>> last_map(summarise(net)).name
    'conv1'

    Its receptive field is the one that tables of networks give. A pooling to the size that the map
    has already does not count.
    """
    shapes = {row.name: row.shape for row in rows}
    last = rows[0]
    for row in rows:
        same = row.shape == shapes.get(row.inputs[0])
        global_pool = isinstance(row.layer, AdaptiveAvgPool) and not same
        if global_pool or isinstance(row.layer, Flatten | Linear):
            break
        last = row
    return last

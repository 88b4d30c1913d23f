"""How much of the input one output sees: the receptive field of a stack of layers.

Along each axis a field is a size, a jump and a padding. A layer with effective kernel k, stride s
and padding p (the cells before the input) sees k cells of the map before it, which lie one old
jump apart:

    size    grows by (k - 1) * jump
    padding grows by p * jump
    jump    is multiplied by s

Source: Araujo, Norris and Sim 2019, "Computing receptive fields of convolutional neural networks",
Distill, whose S is the jump and P the padding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis, kernel_reach, per_axis
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import Crop, Layer, ZeroPad, layer_kind
from kernels.networks.shapes import one_sentence
from kernels.networks.windows import layer_axes

Whole = int | tuple[int, ...]
StackLayer = Layer | Mapping[str, Any]


class AxisField(NamedTuple):
    """The receptive field along one axis.

    >>> AxisField().through(Axis(input=9, kernel=3, stride=2)).through(Axis(input=4, kernel=3))
    AxisField(size=7, jump=2, padding=0)
    """

    size: int = 1
    jump: int = 1
    padding: int = 0

    @property
    def centre(self) -> float:
        """Input coordinate of the middle of the first output's field."""
        return (self.size - 1) / 2 - self.padding

    def through(self, axis: Axis) -> AxisField:
        """The field after one more layer that slides along the axis."""
        return AxisField(
            size=self.size + (axis.effective_kernel - 1) * self.jump,
            jump=self.jump * axis.stride,
            padding=self.padding + axis.before * self.jump,
        )


class ReceptiveField(NamedTuple):
    """What one output of a stack sees of the input.

    size: cells that an output sees. jump: cells from one output's field to its neighbour's.
    padding: cells of the first output's field that lie before the input. centre: input coordinate
    of the middle of the first output's field; a half lies between two cells. Each is one number
    if the axes agree in all four, otherwise all four are tuples, (height, width) in 2-D.
    """

    size: Whole
    jump: Whole
    padding: Whole
    centre: float | tuple[float, ...]

    def window(self, position: Whole) -> tuple[Whole, Whole]:
        """First and last input coordinate that the output at `position` sees, padding included.

        >>> receptive_field([{"k": 3, "s": 3, "p": 1}, {"k": 2}]).window(0)
        (-1, 4)
        """
        first = self._each(lambda n, s, p: n * s - p, position, self.jump, self.padding)
        return first, self._each(lambda u, r: u + r - 1, first, self.size)

    def centre_of(self, position: Whole) -> float | tuple[float, ...]:
        """Input coordinate of the middle of the field of the output at `position`.

        >>> ReceptiveField(3039, 32, 1482, 37.0).centre_of((0, 2))
        (37.0, 101.0)
        """
        return self._each(lambda n, s, c: c + n * s, position, self.jump, self.centre)

    @staticmethod
    def _each(rule, *values):
        ranks = {len(v) for v in values if isinstance(v, tuple)}
        if not ranks:
            return rule(*values)
        spread = [v if isinstance(v, tuple) else (v,) * max(ranks) for v in values]
        return tuple(rule(*numbers) for numbers in zip(*spread, strict=True))


class StackRow(NamedTuple):
    """One layer of a stack, its effective kernel (1 if it slides no window), the field after it."""

    layer: StackLayer
    effective_kernel: Whole
    field: ReceptiveField


def receptive_field(
    layers: Sequence[StackLayer], input_size: Whole | None = None
) -> ReceptiveField:
    """Say what one output of a stack of layers sees of the input.

    >>> receptive_field([{"k": 3}, {"k": 3}])
    ReceptiveField(size=5, jump=1, padding=0, centre=2.0)
    >>> lenet = [ConvSpec(1, 6, 5, padding=2), PoolSpec(2), ConvSpec(6, 16, 5), PoolSpec(2)]
    >>> receptive_field(lenet)
    ReceptiveField(size=16, jump=4, padding=2, centre=5.5)
    >>> receptive_field([ConvSpec(1, 1, (3, 5), stride=2), ConvSpec(1, 1, (3, 1), stride=2)]).size
    (7, 5)

    layers: input first; specs, other layers of a network, or dicts with k, s, p and d (kernel,
    stride 1, padding 0, dilation 1 unless given; a number or one per axis). input_size is needed
    only where windows depend on it: 'same_upper' or 'same_lower' padding with a stride, adaptive
    pooling. Where padding differs at the two ends, the end before the input counts. Norms,
    activations and dropout change nothing; an instance norm's mean over the whole map is ignored,
    as is usual.

    Raises ShapeError for a layer after which an output has no field of its own place: a
    transposed convolution with a stride (it depends on the position: `receptive_window` of a
    network says how), Flatten and Linear (all positions at once), Add and Concatenate (a stack has
    no branches).
    """
    return as_field(_fields_through(layers, input_size)[-1])


def receptive_fields(
    layers: Sequence[StackLayer], input_size: Whole | None = None
) -> tuple[StackRow, ...]:
    """Say what an output of each layer of a stack sees of the input, layer by layer.

    >>> rows = receptive_fields([ConvSpec(1, 1, 3, dilation=2), PoolSpec(2)])
    >>> [(row.effective_kernel, row.field.size, row.field.jump) for row in rows]
    [(5, 5, 1), (2, 6, 2)]

    Parameters as for receptive_field.
    """
    fields = _fields_through(layers, input_size)[1:]
    return tuple(
        StackRow(layer, effective_kernel(layer), as_field(field))
        for layer, field in zip(layers, fields, strict=True)
    )


def effective_kernel(layer: StackLayer) -> Whole:
    """Cells from a layer's first tap to its last, dilation * (k - 1) + 1; 1 without a window.

    >>> effective_kernel(ConvSpec(1, 1, 3, dilation=4)), effective_kernel(ConvSpec(1, 1, (1, 7)))
    (9, (1, 7))
    """
    layer = _as_layer(layer, _rank_of(layer) or 1)
    if not isinstance(layer, ConvSpec | ConvTransposeSpec | PoolSpec):
        return 1
    reach = list(map(kernel_reach, layer.kernel_size, layer.dilation))
    return reach[0] if len(set(reach)) == 1 else tuple(reach)


def through_layer(field: Sequence[AxisField], axes: Sequence[Axis]) -> tuple[AxisField, ...]:
    """The field after a layer with these windows; the same if it has none."""
    if not axes:
        return tuple(field)
    return tuple(f.through(axis) for f, axis in zip(field, axes, strict=True))


def as_field(axes: Sequence[AxisField]) -> ReceptiveField:
    """One field for all axes: whole numbers if the axes agree, otherwise tuples."""
    columns = [tuple(column) for column in zip(*axes, strict=True)]
    columns.append(tuple(axis.centre for axis in axes))
    if len(set(axes)) == 1:
        return ReceptiveField(*(column[0] for column in columns))
    return ReceptiveField(*columns)


def _fields_through(
    layers: Sequence[StackLayer], input_size: Whole | None
) -> list[tuple[AxisField, ...]]:
    """The field before the first layer and after each."""
    rank = _rank(layers, input_size)
    size = None if input_size is None else per_axis("input_size", input_size, rank, least=1)
    fields = [(AxisField(),) * rank]
    for number, layer in enumerate(layers, start=1):
        try:
            axes = layer_axes(_as_layer(layer, rank), size)
        except ShapeError as error:
            kind = "" if isinstance(layer, Mapping) else f" ({layer_kind(layer)})"
            raise ShapeError(f"Layer {number}{kind}: {one_sentence(error.faults)}.") from None
        fields.append(through_layer(fields[-1], axes))
        if axes and size is not None:
            size = tuple(axis.output for axis in axes)
    return fields


def _rank(layers: Sequence[StackLayer], input_size: Whole | None) -> int:
    """Number of axes that the layers speak of; 1 if they give single numbers only."""
    ranks = {_rank_of(layer) for layer in layers}
    ranks.add(len(input_size) if isinstance(input_size, (tuple, list)) else 0)
    ranks -= {0}
    if len(ranks) > 1:
        raise ShapeError(
            f"The layers slide along different numbers of axes ({sorted(ranks)}); give all the "
            "same number."
        )
    return ranks.pop() if ranks else 1


def _rank_of(layer: StackLayer) -> int:
    """Number of axes of one layer; 0 if it fits any."""
    if isinstance(layer, Mapping):
        return max((len(v) for v in layer.values() if isinstance(v, (tuple, list))), default=0)
    if isinstance(layer, Crop | ZeroPad):
        return 2
    return getattr(layer, "rank", 0)


def _as_layer(layer: StackLayer, rank: int) -> Layer:
    """A dict with k, s, p and d as the convolution that it describes."""
    if isinstance(layer, Layer):
        return layer
    if not isinstance(layer, Mapping):
        raise ShapeError(f"{layer!r} is not a layer; use a spec or a dict with k, s, p and d")
    unknown = sorted(str(key) for key in set(layer) - set("kspd"))
    if unknown or "k" not in layer:
        wrong = f"has the key {unknown[0]!r}" if unknown else "has no k"
        raise ShapeError(f"the dict {dict(layer)!r} {wrong}; use k, and s, p, d where they differ")
    kernel = per_axis("kernel_size", layer["k"], rank, least=1)
    return ConvSpec(1, 1, kernel, layer.get("s", 1), layer.get("p", 0), layer.get("d", 1))

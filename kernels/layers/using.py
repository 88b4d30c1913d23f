"""Which settings would leave no row or column of the padded input unused.

A layer whose stride does not divide evenly drops the last cells; a stride that is larger than the
kernel, or a dilation, may pass over cells in between. One setting changed is often enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.spec import ConvSpec, PoolSpec

Ranges = Mapping[str, Sequence[range]]
"""For 'kernel', 'stride', 'padding' and 'dilation', what each may be, an axis each."""


@dataclass(frozen=True)
class Offer:
    """One setting that would do: of the axis with this number, or of all axes where it is None."""

    name: str
    axis: int | None
    value: int


def offers_using_all(
    layer: ConvSpec | PoolSpec, input_size: Sequence[int], ranges: Ranges
) -> tuple[Offer, ...]:
    """The nearest settings with which every cell of the padded input is read.

    >>> layer = ConvSpec(1, 1, 3, stride=2, padding=1)
    >>> ranges = {name: [range(1, 5)] * 2 for name in ("stride", "kernel", "padding")}
    >>> [(offer.name, offer.value) for offer in offers_using_all(layer, (4, 4), ranges)]
    [('stride', 1), ('stride', 3), ('kernel', 2), ('kernel', 4)]
    >>> offers_using_all(layer, (5, 4), ranges)[0]
    Offer(name='stride', axis=1, value=1)

    Of each setting those values are offered that lie nearest to its own; none where no value would
    do, as no padding does here: it adds cells in twos, and one is left over. Where several axes
    leave cells unused, one number for all of them is looked for first.
    """
    axes = layer.axes(input_size)
    leaving = [number for number, axis in enumerate(axes) if axis.unused]
    together = _nearest(layer, input_size, leaving, ranges) if len(leaving) > 1 else ()
    return together or tuple(
        offer for number in leaving for offer in _nearest(layer, input_size, [number], ranges)
    )


def _nearest(
    layer: ConvSpec | PoolSpec, input_size: Sequence[int], numbers: Sequence[int], ranges: Ranges
) -> tuple[Offer, ...]:
    """Offers that change these axes, each setting on its own."""
    axis = numbers[0] if len(numbers) == 1 else None
    offers: list[Offer] = []
    for name, spans in ranges.items():
        now = _values(layer, input_size, name)
        values = set.intersection(*(set(spans[number]) for number in numbers))
        away = {value: max(abs(value - now[number]) for number in numbers) for value in values}
        doing = [
            value
            for value in sorted(values)
            if away[value] and _uses_all(layer, input_size, name, numbers, value)
        ]
        nearest = min((away[value] for value in doing), default=None)
        offers += [Offer(name, axis, value) for value in doing if away[value] == nearest]
    return tuple(offers)


def _values(layer: ConvSpec | PoolSpec, input_size: Sequence[int], name: str) -> list[int]:
    """What a setting is along each axis; of uneven padding, the larger end."""
    axes: Sequence[Axis] = layer.axes(input_size)
    match name:
        case "kernel":
            return [axis.kernel for axis in axes]
        case "stride":
            return [axis.stride for axis in axes]
        case "padding":
            return [max(axis.before, axis.after) for axis in axes]
        case "dilation":
            return [axis.dilation for axis in axes]
        case _:
            raise ShapeError(f"{name!r} is not a setting of a window.")


def _uses_all(
    layer: ConvSpec | PoolSpec,
    input_size: Sequence[int],
    name: str,
    numbers: Sequence[int],
    value: int,
) -> bool:
    """Whether a layer with this setting on these axes is possible, and reads all of their cells."""
    if name == "padding":
        now: list[Any] = [(axis.before, axis.after) for axis in layer.axes(input_size)]
    else:
        now = _values(layer, input_size, name)
    changed = tuple(
        ((value, value) if name == "padding" else value) if number in numbers else old
        for number, old in enumerate(now)
    )
    field = "kernel_size" if name == "kernel" else name
    settings: dict[str, Any] = {field: changed}
    try:
        axes = replace(layer, **settings).axes(input_size)
    except ShapeError:
        return False
    return not any(axes[number].unused for number in numbers)

"""What a unit sees: for each layer, which cells of the map before it each of its cells reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kernels.layers.geometry import Pair
from kernels.networks.layers import Flatten, Layer, Linear, Shape
from kernels.networks.network import INPUT
from kernels.networks.receptive_window import cells_read
from lessons.views.networks import NetworksView
from lessons.views.networks_words import by, field_words, settings_words

MOST_DRAWN = 12
"""Maps side by side that can still be looked at."""
MOST_NODES, MOST_ROWS = 16, 8
"""Cells and layers that can still be drawn as nodes and lines."""

Spans = tuple[Pair | None, ...]
"""First and last cell that each cell reads along an axis; None where it reads none."""


@dataclass(frozen=True)
class Stop:
    """A node on the way from the input to the unit.

    Attributes
    ----------
    name, words : the layer's name, and its settings
    size : height and width of its map
    inputs : numbers of the stops that it reads, in the order of the list
    spans : along height and width, what each of its cells reads of each input
    shown : whether its map is drawn; the others only pass on
    reads : where all of it is small, the cells of its input that each of its cells reads along the
        width: what nodes and lines are drawn from
    """

    name: str
    words: str
    size: tuple[int, int]
    inputs: tuple[int, ...]
    spans: tuple[Spans, Spans]
    shown: bool
    reads: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Units:
    """The stops from the input on, the unit on the last of them, and its field in words."""

    stops: tuple[Stop, ...]
    unit: tuple[int, int]
    sentence: str


def looked_at(view: NetworksView) -> str:
    """The layer whose units are looked at: the chosen one, else the last that has a map.

    >>> from lessons.views.networks import settle_networks
    >>> looked_at(settle_networks({})[0]), looked_at(settle_networks({"at": "fc1"})[0])
    ('pool2', 'pool2')
    """
    maps = [row.name for row in view.checked.rows if len(row.shape) == 3]
    if view.at in maps:
        return view.at
    before = []
    for row in view.checked.rows:
        if isinstance(row.layer, Flatten | Linear) or min(row.shape[1:], default=1) == 1:
            break
        before.append(row.name)
    kept = [name for name in before if _changes(view, name)]
    return (kept or maps or [INPUT])[-1]


def _changes(view: NetworksView, name: str) -> bool:
    """Whether a layer looks at more than one cell."""
    row = view.row(name)
    return row is not None and row.effective_kernel not in (1, (1, 1))


def units(view: NetworksView) -> Units | None:
    """Everything from the input to the chosen unit; None where no layer has a map.

    >>> from lessons.views.networks import settle_networks
    >>> found = units(settle_networks({"at": "conv1", "unit": "0x0"})[0])
    >>> [stop.name for stop in found.stops], found.stops[1].spans[0][:3]
    (['input', 'conv1'], ((0, 2), (0, 3), (0, 4)))
    """
    last = looked_at(view)
    if last == INPUT or len(view.network.input_shape) != 3:
        return None
    shapes: dict[str, Shape] = {INPUT: view.network.input_shape}
    shapes |= {row.name: row.shape for row in view.checked.rows}
    names = [INPUT, *_before(view, last)]
    drawn = _drawn(view, names)
    place = {name: at for at, name in enumerate(names)}
    small = _is_small(view, names)
    stops = [Stop(INPUT, by(view.network.input_shape), _size(shapes[INPUT]), (), ((), ()), True)]
    for name in names[1:]:
        row = view.fitting(name)
        given = shapes[row.inputs[0]]
        stops.append(
            Stop(
                name=name,
                words=", ".join(filter(None, (row.kind, settings_words(row.layer)))),
                size=_size(row.shape),
                inputs=tuple(place[source] for source in row.inputs),
                spans=_spans(row.layer, row.shape[1:], given),
                shown=name in drawn,
                reads=_reads(row.layer, row.shape[1:], given) if small else (),
            )
        )
    height, width = stops[-1].size
    unit = view.unit or (height // 2, width // 2)
    return Units(tuple(stops), unit, _sentence(view, last))


def _before(view: NetworksView, last: str) -> list[str]:
    """The nodes that a layer depends on, and itself, in the network's order."""
    sources = {row.name: row.inputs for row in view.checked.rows}
    wanted, found = [last], {last}
    while wanted:
        for source in sources.get(wanted.pop(), ()):
            if source != INPUT and source not in found:
                found.add(source)
                wanted.append(source)
    return [row.name for row in view.checked.rows if row.name in found]


def _drawn(view: NetworksView, names: list[str]) -> set[str]:
    """The input, the last and those between that look at more than a cell; not too many."""
    between = [name for name in names[1:-1] if _changes(view, name)]
    most = MOST_DRAWN - 2
    if len(between) > most:
        between = [between[round(n * (len(between) - 1) / (most - 1))] for n in range(most)]
    return {names[0], *between, names[-1]}


def _size(shape: Shape) -> tuple[int, int]:
    return shape[1], shape[2]


def _spans(layer: Layer, size: Iterable[int], given: Shape) -> tuple[Spans, Spans]:
    """What each cell along each axis reads; the axes are independent of each other."""
    found = []
    for axis, count in enumerate(size):
        spans: list[Pair | None] = []
        for n in range(count):
            cells = tuple({n} if other == axis else {0} for other in range(2))
            read = cells_read(layer, cells, given)[axis]
            spans.append((min(read), max(read)) if read else None)
        found.append(tuple(spans))
    rows, columns = found
    return rows, columns


def _is_small(view: NetworksView, names: list[str]) -> bool:
    """Whether every cell along the width can be drawn as a node, every reading as a line."""
    chain = all(len(row.inputs) == 1 for name in names[1:] if (row := view.row(name)))
    rows = 1 + sum(1 for name in names[1:] if _changes(view, name))
    widths = [view.network.input_shape[-1], *(view.fitting(name).shape[-1] for name in names[1:])]
    return chain and rows <= MOST_ROWS and max(widths) <= MOST_NODES


def _reads(layer: Layer, size: tuple[int, ...], given: Shape) -> tuple[tuple[int, ...], ...]:
    """What each cell along the width reads."""
    return tuple(tuple(sorted(cells_read(layer, ({0}, {n}), given)[1])) for n in range(size[1]))


def _sentence(view: NetworksView, name: str) -> str:
    row = view.fitting(name)
    if row.field is None:
        return f"How much a unit of {name} sees depends on where it lies."
    size, jump = field_words(row.field)
    square = size if "×" in size else f"{size} × {size}"
    field = row.field
    cut = field.padding if isinstance(field.padding, int) else max(field.padding)
    sentence = (
        f"A unit of {name} sees {square} cells of the input; the fields of neighbours lie {jump} "
        "apart."
    )
    if cut:
        sentence += f" Padding counts: the first unit's field begins {cut} cells before the input."
    return sentence

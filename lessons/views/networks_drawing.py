"""A network drawn: its feature maps to scale, from left to right, with the ways between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import (
    AdaptiveAvgPool,
    Add,
    Concatenate,
    Crop,
    Flatten,
    Layer,
    Linear,
    Shape,
    ZeroPad,
)
from kernels.networks.network import INPUT
from lessons.views.networks import NetworksView, blocks_of
from lessons.views.networks_table import is_large
from lessons.views.networks_words import by, settings_words

HIGH = 170.0
"""Height of the highest map, in the drawing's units."""
DEPTH_EACH, LEAST, SLANT = 2.0, 2.5, 0.32
"""Thickness of a map for the root of its channels; the least side; how far a width recedes."""
PITCH, GAP, MARGIN = 72.0, 26.0, 18.0
TITLE, ABOVE = 18.0, 6.0
"""Room of a title above its map, and above all of them."""
FOOT = 46.0
"""Room of the sizes below a map."""
LONGEST = 12
"""The most letters of a title that are written above its map."""
FAR = 1.75
"""How much larger words are that are read from the back row, and the room for them."""
ROW_HIGH = 1.15
"""Height of a row of numbers for the root of their count."""

_MAKES_A_MAP = (
    ConvSpec, ConvTransposeSpec, PoolSpec, AdaptiveAvgPool, Add, Concatenate, Crop, Linear,
)  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A map, or a block's last one, where it is drawn.

    Attributes
    ----------
    id : the layer's name, the block's title, or "input"
    title : what stands above it; shape : what it holds; words : all of it as a sentence
    role : 'input', 'conv', 'pool', 'join', 'row' or 'block'
    x, y : the front's upper left corner; thick, high : its front; back : how far it recedes
    """

    id: str
    title: str
    shape: Shape
    words: str
    role: str
    x: float
    y: float
    thick: float
    high: float
    back: float

    @property
    def middle(self) -> float:
        return self.x + (self.thick + self.back) / 2


@dataclass(frozen=True)
class Way:
    """Numbers that go from one body to another; `skips` over others, then drawn as an arc."""

    start: str
    end: str
    skips: int


@dataclass(frozen=True)
class Drawing:
    """Bodies and ways, and the size of it all; `words` is how much larger words are than usual."""

    bodies: tuple[Body, ...]
    ways: tuple[Way, ...]
    width: float
    height: float
    baseline: float
    words: float = 1.0


@dataclass(frozen=True)
class _Shown:
    """What is drawn as one body: its nodes, the first of which makes the map, or a block's last."""

    id: str
    title: str
    names: tuple[str, ...]
    role: str
    words: str


def drawing(view: NetworksView, *, far: bool = False) -> Drawing:
    """Where everything stands.

    far : whether its words are read from the back row

    >>> from lessons.views.networks import settle_networks
    >>> drawn = drawing(settle_networks({})[0])
    >>> [body.title for body in drawn.bodies]
    ['input', 'conv1', 'pool1', 'conv2', 'pool2', 'fc1', 'fc2', 'fc3']
    """
    larger = FAR if far else 1.0
    shapes = {INPUT: view.network.input_shape}
    shapes |= {row.name: row.shape for row in view.checked.rows}
    shown = _shown(view)
    made = [shapes[item.names[-1 if item.role == "block" else 0]] for item in shown]
    sides = [max(shape[1:], default=1) for shape in made]
    scale = HIGH / max(1, *sides)
    ways = _ways(view, shown)
    baseline = HIGH * (1 + SLANT)
    bodies, x = [], MARGIN
    for item, shape in zip(shown, made, strict=True):
        body = _body(item, shape, scale, x, baseline)
        bodies.append(body)
        x += max(_pitch(body, larger), body.thick + body.back + GAP)
    down = ABOVE - _highest(bodies, ways, larger)
    placed = tuple(replace(body, y=body.y + down) for body in bodies)
    high = baseline + down + FOOT * larger
    return Drawing(placed, ways, x + MARGIN, high, baseline + down, larger)


def _pitch(body: Body, larger: float) -> float:
    """From one map to the next, so that their words stand apart."""
    letters = max(min(len(body.title), LONGEST), *map(len, sizes_below(body)))
    return max(PITCH, 6.2 * larger * letters + 8) if larger > 1 else PITCH


def sizes_below(body: Body) -> tuple[str, ...]:
    """What is written below a map: its height and width, and its channels."""
    channels, *size = body.shape
    return (f"{channels:,}",) if not size else (" × ".join(map(str, size)), f"{channels:,} ch.")


def _highest(bodies: Sequence[Body], ways: Sequence[Way], larger: float) -> float:
    """Where the highest title or arc is."""
    named = {body.id: body for body in bodies}
    titles = [body.y - body.back - TITLE * larger for body in bodies]
    arcs = [
        arc_top(named[way.start], named[way.end], way.skips, larger) for way in ways if way.skips
    ]
    return min(titles + arcs)


def arc_top(start: Body, end: Body, skips: int, larger: float = 1.0) -> float:
    """How high the arc of a way that skips over bodies is pulled; the farther, the higher."""
    rise = 13.0 * math.log2(skips + 1) * 1.4
    return min(start.y - start.back, end.y - end.back) - TITLE * larger - 4 - rise


def _shown(view: NetworksView) -> list[_Shown]:
    """The input, then every layer that makes a new map, alone or as its block."""
    fit = {row.name for row in view.checked.rows}
    nodes = {node.name: node for node in view.network.nodes if node.name in fit}
    found = [_Shown(INPUT, "input", (INPUT,), "input", "The input")]
    blocks = blocks_of(view.network) if is_large(view) else ()
    folded = {
        name: block
        for block in blocks
        if len(block.names) > 1 and block.title not in view.unfolded and set(block.names) <= fit
        for name in block.names
    }
    for name, node in nodes.items():
        block = folded.get(name)
        if block is None:
            if isinstance(node.layer, _MAKES_A_MAP):
                said = ", ".join(
                    filter(None, (view.fitting(name).kind, settings_words(node.layer)))
                )
                found.append(_Shown(name, name, (name,), _role(node.layer), f"{name}: {said}"))
            elif found[-1].role != "block":
                # What changes no map, such as ReLU, belongs to the map that it works on.
                last = found[-1]
                found[-1] = _Shown(last.id, last.title, (*last.names, name), last.role, last.words)
        elif name == block.names[-1]:
            words = f"{block.title}: {len(block.names)} layers"
            found.append(_Shown(block.title, block.title, block.names, "block", words))
    return found


def _role(layer: Layer) -> str:
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            return "conv"
        case Linear() | Flatten():
            return "row"
        case Add() | Concatenate():
            return "join"
        case PoolSpec() | AdaptiveAvgPool() | Crop() | ZeroPad():
            return "pool"
        case _:
            raise TypeError(f"{type(layer).__name__} makes no map of its own.")


def _body(item: _Shown, shape: Shape, scale: float, x: float, baseline: float) -> Body:
    if len(shape) == 1:
        high, thick, back = max(LEAST, ROW_HIGH * math.sqrt(shape[0])), 7.0, 0.0
    else:
        height, width = (shape[1], shape[-1]) if len(shape) > 2 else (1, shape[1])
        high = max(LEAST, scale * height)
        back = max(LEAST, scale * width) * SLANT
        thick = max(LEAST, DEPTH_EACH * math.sqrt(shape[0]))
    # All of them stand on one line through their middles.
    y = baseline - (HIGH * (1 + SLANT) + high - back) / 2
    what = "Input" if item.role == "input" else f"{item.words}. Output"
    words = f"{what} {by(shape)}."
    return Body(item.id, item.title, shape, words, item.role, x, y, thick, high, back)


def _ways(view: NetworksView, shown: Sequence[_Shown]) -> tuple[Way, ...]:
    """What reads what, between bodies."""
    place: Mapping[str, int] = {name: at for at, item in enumerate(shown) for name in item.names}
    fit = {row.name: row for row in view.checked.rows}
    # A flatten or an activation after a folded block stands in no body: its source counts.
    sources = {name: row.inputs for name, row in fit.items()}

    def body_of(name: str) -> int:
        while name not in place:
            name = sources[name][0]
        return place[name]

    found = dict.fromkeys(
        (body_of(source), place[name])
        for name, row in fit.items()
        if name in place
        for source in row.inputs
        if body_of(source) != place[name]
    )
    return tuple(Way(shown[a].id, shown[b].id, b - a - 1) for a, b in found)

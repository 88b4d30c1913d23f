"""A network drawn: feature maps to scale, in lines from left to right, with the ways between."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

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

HIGH, IN_LINES, LOWEST = 170.0, 120.0, 40.0
"""Height of the highest map, in the drawing's units; in one of several lines; and the least."""
DEPTH_EACH, LEAST, SLANT = 2.0, 2.5, 0.32
"""Thickness of a map for the root of its channels; the least side; how far a width recedes."""
PITCH, GAP, MARGIN, APART = 72.0, 26.0, 6.0, 12.0
TITLE, ABOVE = 18.0, 6.0
"""Room of a title above its map, and above all of them."""
FOOT = 36.0
"""Room of the sizes below a map."""
LONGEST, LETTER = 12, 6.2
"""The most letters of a title that are written above its map; how wide one is."""
WIDEST_GAP = 60.0
"""The most by which maps stand farther apart where a line leaves room."""
ROW_HIGH = 1.15
"""Height of a row of numbers for the root of their count."""

_MAKES_A_MAP = (
    ConvSpec, ConvTransposeSpec, PoolSpec, AdaptiveAvgPool, Add, Concatenate, Crop, Linear,
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """What is drawn on.

    wide, tall : its size, which may have no end
    words : how much larger words are than usual; terse : whether they are as short as can be
    """

    wide: float = math.inf
    tall: float = math.inf
    words: float = 1.0
    terse: bool = False


PAGE, PHONE = Paper(wide=860.0), Paper(wide=336.0)
HALL = Paper(wide=908.0, tall=382.0, words=1.75)
"""With words that are read from the back row."""


@dataclass(frozen=True)
class Body:
    """A map, or a block's last one, where it is drawn.

    Attributes
    ----------
    id : the layer's name, the block's title, or "input"
    title : what stands above it; shape : what it holds; words : all of it as a sentence
    role : 'input', 'conv', 'pool', 'join', 'row' or 'block'
    x, y : the front's upper left corner; thick, high : its front; back : how far it recedes
    baseline : what its sizes are written below; all of a line have the same
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
    baseline: float = 0.0

    @property
    def wide(self) -> float:
        return self.thick + self.back

    @property
    def middle(self) -> float:
        return self.x + self.wide / 2


@dataclass(frozen=True)
class Way:
    """Numbers that go from one body to another; `skips` over others, then drawn as an arc."""

    start: str
    end: str
    skips: int


@dataclass(frozen=True)
class Drawing:
    """Bodies and ways, and the size of it all; `words` and `terse` are those of its paper."""

    bodies: tuple[Body, ...]
    ways: tuple[Way, ...]
    width: float
    height: float
    words: float = 1.0
    terse: bool = False


@dataclass(frozen=True)
class _Shown:
    """What is drawn as one body: its nodes, the first of which makes the map, or a block's last."""

    id: str
    title: str
    names: tuple[str, ...]
    role: str
    words: str


def drawing(view: NetworksView, paper: Paper = Paper()) -> Drawing:
    """Where everything stands, in as many lines as the paper asks for.

    >>> from lessons.views.networks import settle_networks
    >>> view = settle_networks({})[0]
    >>> [body.title for body in drawing(view).bodies]
    ['input', 'conv1', 'pool1', 'conv2', 'pool2', 'fc1', 'fc2', 'fc3']
    >>> [len({body.baseline for body in drawing(view, on).bodies}) for on in (PAGE, PHONE)]
    [1, 2]
    """
    drawn = _drawn(view, paper, HIGH)
    if (lines := lines_of(drawn)) > 1:
        shorter = replace(paper, terse=True)
        if lines_of(short := _drawn(view, shorter, HIGH)) < lines:
            drawn, paper, lines = short, shorter, lines_of(short)
    high = HIGH
    if lines > 1:
        drawn = _drawn(view, paper, high := IN_LINES)
    # Lines of small maps shrink less than the one with the highest.
    while (over := drawn.height - paper.tall) > 1 and high > LOWEST:
        drawn = _drawn(view, paper, high := max(LOWEST, high - over / lines / (1 + SLANT)))
    return drawn


def lines_of(drawn: Drawing) -> int:
    """In how many lines the bodies stand."""
    return len({body.baseline for body in drawn.bodies})


def _drawn(view: NetworksView, paper: Paper, highest: float) -> Drawing:
    shapes = {INPUT: view.network.input_shape}
    shapes |= {row.name: row.shape for row in view.checked.rows}
    shown = _shown(view)
    made = [shapes[item.names[-1 if item.role == "block" else 0]] for item in shown]
    scale = highest / max(1, *(max(shape[1:], default=1) for shape in made))
    bodies = [_body(item, shape, scale) for item, shape in zip(shown, made, strict=True)]
    ways = _ways(view, shown)
    lines = _lines(bodies, paper)
    spare = paper.wide - max(_across(line, paper)[1] for line in lines)
    longest = max(map(len, lines))
    more = min(WIDEST_GAP, spare / longest) if paper.tall < math.inf else 0.0
    placed: list[Body] = []
    width, top = 0.0, 0.0
    for line in lines:
        middles, across = _across(line, paper, more)
        width = max(width, across)
        # All of them stand on one line through their middles.
        axis = highest * (1 + SLANT) / 2
        stood = [
            replace(body, x=middle - body.wide / 2, y=axis - (body.high - body.back) / 2)
            for body, middle in zip(line, middles, strict=True)
        ]
        down = top + ABOVE - _highest(stood, ways, paper.words)
        baseline = max(body.y + body.high for body in stood) + down
        placed += [replace(body, y=body.y + down, baseline=baseline) for body in stood]
        top = baseline + FOOT * paper.words
    return Drawing(tuple(placed), ways, width, top, paper.words, paper.terse)


def _lines(bodies: Sequence[Body], paper: Paper) -> list[list[Body]]:
    """The bodies in as few lines as the paper's width allows, which are about equally long."""

    def broken(wide: float) -> list[list[Body]]:
        lines: list[list[Body]] = [[]]
        for body in bodies:
            if lines[-1] and _across([*lines[-1], body], paper)[1] > wide:
                lines.append([])
            lines[-1].append(body)
        return lines

    lines, wide = broken(paper.wide), paper.wide
    while len(lines) > 1 and len(tighter := broken(wide := 0.97 * wide)) == len(lines):
        lines = tighter
    return lines


def _across(line: Sequence[Body], paper: Paper, more: float = 0.0) -> tuple[list[float], float]:
    """The middles of a line's bodies, so that they and their words stand apart; its width.

    more : how much farther apart they stand than they need
    """
    halves = [max(body.wide, _words_wide(body, paper)) / 2 for body in line]
    middles = [MARGIN + halves[0]]
    for at, (one, other) in enumerate(pairwise(line)):
        bodies = (one.wide + other.wide) / 2 + GAP
        apart = max(halves[at] + halves[at + 1] + APART, bodies, 0 if paper.words > 1 else PITCH)
        middles.append(middles[-1] + apart + more)
    return middles, middles[-1] + halves[-1] + MARGIN


def _words_wide(body: Body, paper: Paper) -> float:
    letters = max(map(len, (title_above(body), *sizes_below(body, paper.terse))))
    return LETTER * letters * paper.words


def title_above(body: Body) -> str:
    """A title that fits above its map: the last part of a long name."""
    title = body.title if len(body.title) <= LONGEST else body.title.rsplit(".", 1)[-1]
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def sizes_below(body: Body, terse: bool = False) -> tuple[str, ...]:
    """What is written below a map: its height and width, and its channels.

    terse : 28² for 28 × 28, and the channels' number alone
    """
    channels, *size = body.shape
    if terse and len(set(size)) == 1 and len(size) > 1:
        return f"{size[0]}²", f"{channels:,}"
    return (f"{channels:,}",) if not size else (" × ".join(map(str, size)), f"{channels:,} ch.")


def _highest(line: Sequence[Body], ways: Sequence[Way], larger: float) -> float:
    """Where the highest title or arc of a line is, also of an arc that goes on in another one."""
    named = {body.id: body for body in line}
    tops = [body.y - body.back - TITLE * larger for body in line]
    for way in ways:
        ends = [named[end] for end in (way.start, way.end) if end in named]
        if way.skips and ends:
            tops.append(arc_top(ends[0], ends[-1], way.skips, larger))
    return min(tops)


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


def _body(item: _Shown, shape: Shape, scale: float) -> Body:
    """A body as large as its map; where it stands is found later."""
    if len(shape) == 1:
        high, thick, back = max(LEAST, ROW_HIGH * math.sqrt(shape[0])), 7.0, 0.0
    else:
        height, width = (shape[1], shape[-1]) if len(shape) > 2 else (1, shape[1])
        high = max(LEAST, scale * height)
        back = max(LEAST, scale * width) * SLANT
        thick = max(LEAST, DEPTH_EACH * math.sqrt(shape[0]))
    what = "Input" if item.role == "input" else f"{item.words}. Output"
    words = f"{what} {by(shape)}."
    return Body(item.id, item.title, shape, words, item.role, 0.0, 0.0, thick, high, back)


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

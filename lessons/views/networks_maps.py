"""A picture sent through a small network: every feature map with its values."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice

import numpy as np

from kernels.catalogue import CATALOGUE
from kernels.networks.forward import random_weights, run
from kernels.networks.network import INPUT, Network
from lessons.views.networks import DRAWN, MOST_SIDE, TYPED, NetworksView, read_typed
from lessons.views.networks_pad import drawn
from lessons.views.networks_weights import FIRST_KERNELS, first_convolution, image_weights
from lessons.views.networks_words import by
from lessons.views.pictures import UPLOADED

MOST_MACS = 20_000_000
"""Multiply-adds that are worked out at once."""
MOST_MAPS = 16
"""Maps of one layer that are shown."""
MOST_READ = 10
"""Rows and columns of an input whose maps show their numbers."""


Place = tuple[float, float]


@dataclass(frozen=True)
class MapRow:
    """The maps that one layer makes, with the range of its values; a row of numbers is one map.

    kernels : the image kernels that made them, by their titles; none where they are random
    """

    name: str
    kernels: tuple[str, ...]
    maps: tuple[np.ndarray, ...]
    count: int
    low: float
    high: float
    zeros: float


def digit(size: tuple[int, int]) -> np.ndarray:
    """A handwritten-looking seven on black, grey values from 0 to 1.

    >>> digit((28, 28)).shape, float(digit((28, 28)).max())
    ((28, 28), 1.0)
    """
    rows, columns = np.meshgrid(*(np.linspace(0, 1, n) for n in size), indexing="ij")
    bar = _stroke(rows, columns, (0.25, 0.25), (0.25, 0.75))
    stem = _stroke(rows, columns, (0.25, 0.75), (0.82, 0.42))
    return np.round(np.maximum(bar, stem), 2)


def _stroke(
    rows: np.ndarray, columns: np.ndarray, start: Place, end: Place, width: float = 0.055
) -> np.ndarray:
    (top, left), (bottom, right) = start, end
    down, across = bottom - top, right - left
    along = ((rows - top) * down + (columns - left) * across) / (down**2 + across**2)
    along = np.clip(along, 0, 1)
    distance = np.hypot(rows - top - along * down, columns - left - along * across)
    return np.clip(1.6 - distance / width, 0, 1)


def cross(size: tuple[int, int]) -> np.ndarray:
    """A cross of one horizontal and one vertical bar."""
    picture = np.zeros(size)
    for axis, n in enumerate(size):
        middle, half = n // 2, max(1, n // 12)
        index = [slice(None)] * 2
        index[axis] = slice(middle - half, middle + half)
        picture[tuple(index)] = 1
    return picture


def gradient(size: tuple[int, int]) -> np.ndarray:
    """Dark on the left, light on the right."""
    return np.round(np.tile(np.linspace(0, 1, size[1]), (size[0], 1)), 3)


_DRAWN = {"digit": digit, "cross": cross, "gradient": gradient}
TITLES = {
    "digit": "A seven",
    "cross": "A cross",
    "gradient": "Dark to light",
    "camera": "Photographer",
    "coffee": "Coffee cup",
    "cat": "Cat",
    TYPED: "My numbers",
    DRAWN: "My drawing",
}
WEIGHT_TITLES = {"random": "Random", "kernels": "Image kernels first"}

Photograph = Callable[[str, int, tuple[int, int]], np.ndarray]
"""A photograph's name, how many planes and the size that are wanted -> its values from 0 to 1."""


def too_large(view: NetworksView) -> str:
    """Why a network's maps are not worked out here; empty if they are."""
    rows = view.checked.rows
    macs = sum(row.macs for row in rows)
    side = max(view.network.input_shape[1:], default=1)
    if len(view.network.input_shape) != 3:
        return "Its input is a row of numbers, not a picture."
    if macs > MOST_MACS or side > MOST_SIDE:
        return (
            f"Its input of {side} × {side} and its {macs:,} multiply-adds are too much to look at "
            f"cell by cell. Networks up to {MOST_SIDE} × {MOST_SIDE} and {MOST_MACS:,} are shown "
            "here, such as LeNet-5 and the digit network."
        )
    return ""


def misfit(view: NetworksView) -> str:
    """Why the typed numbers cannot go through; empty if they can, or others are shown."""
    wanted = view.network.input_shape
    if view.picture != TYPED or len(wanted) != 3:
        return ""
    typed = read_typed(view.numbers).shape
    if typed[1:] == wanted[1:] and typed[0] in (1, wanted[0]):
        return ""
    return f"Your numbers are {by(typed)}, but {view.title} takes {by(wanted)}."


def input_for_typed(view: NetworksView) -> tuple[int, ...]:
    """The input's shape that takes the typed numbers; one plane counts for every channel.

    >>> from lessons.views.networks import settle_networks
    >>> input_for_typed(settle_networks({"picture": "typed", "numbers": "1 2; 3 4"})[0])
    (1, 2, 2)
    """
    typed = read_typed(view.numbers).shape
    return (view.network.input_shape[0] if typed[0] == 1 else typed[0], *typed[1:])


def first_layer_sentence(view: NetworksView) -> str:
    """Which weights are at work, in words."""
    node = first_convolution(view.network)
    if view.weights == "random":
        return "All weights are random: nothing has been learned yet."
    if node is None:
        return (
            "Its first layer is not a convolution of at least 3 × 3, so its weights stay random "
            "too."
        )
    others = any(row.parameters for row in view.checked.rows if row.name != node.name)
    return f"{node.name} has image kernels{'; all other weights are random' if others else ''}."


def map_rows(view: NetworksView, photograph: Photograph | None = None) -> tuple[MapRow, ...]:
    """The picture and every layer's maps, as far as the network fits; none if it is too large.

    photograph : gives a photograph's values, where the view asks for one

    >>> from lessons.views.networks import settle_networks
    >>> rows = map_rows(settle_networks({})[0])
    >>> [(row.name, len(row.maps)) for row in rows[:3]]
    [('input', 1), ('conv1', 6), ('conv1.relu', 6)]
    """
    if too_large(view) or misfit(view) or not view.checked.rows:
        return ()
    network = view.network
    if view.checked.fault:
        fit = {row.name for row in view.checked.rows}
        network = Network(
            network.input_shape, tuple(node for node in network.nodes if node.name in fit)
        )
    # What is made of somebody's own photograph is not kept for others.
    compute = _run.__wrapped__ if view.picture == UPLOADED else _run
    given = view.drawn if view.picture == DRAWN else view.numbers
    return compute(network, view.picture, given, view.weights, view.seed, photograph)


@lru_cache(maxsize=8)
def _run(
    network: Network,
    picture: str,
    given: str,
    weights: str,
    seed: int,
    photograph: Photograph | None,
) -> tuple[MapRow, ...]:
    planes = _planes(network.input_shape, picture, given, photograph)
    x = np.broadcast_to(planes, network.input_shape).astype(float)
    chosen = {"random": random_weights, "kernels": image_weights}[weights](network, seed)
    first = first_convolution(network) if weights == "kernels" else None
    named = {} if first is None else {first.name: _kernel_titles(chosen[first.name][0])}
    made = {INPUT: x, **run(network, x, chosen)}
    return tuple(_row(name, named.get(name, ()), values) for name, values in made.items())


def _planes(
    shape: tuple[int, ...], picture: str, given: str, photograph: Photograph | None
) -> np.ndarray:
    channels, height, width = shape
    if picture == TYPED:
        return read_typed(given)
    if picture == DRAWN:
        return drawn(given, (height, width))
    if picture in _DRAWN:
        return _DRAWN[picture]((height, width))
    if photograph is None:
        raise ValueError(f"nothing was given to read the photograph {picture!r}.")
    return photograph(picture, channels, (height, width))


def _kernel_titles(weight: np.ndarray) -> tuple[str, ...]:
    names = islice(cycle(FIRST_KERNELS), min(len(weight), MOST_MAPS))
    return tuple(CATALOGUE[name].title for name in names)


def _row(name: str, kernels: tuple[str, ...], values: np.ndarray) -> MapRow:
    maps = tuple(values[:MOST_MAPS]) if values.ndim == 3 else (_as_strip(values),)
    return MapRow(
        name=name,
        kernels=kernels,
        maps=maps,
        count=values.shape[0],
        low=float(values.min()),
        high=float(values.max()),
        zeros=float(np.mean(values == 0)),
    )


def _as_strip(values: np.ndarray, most: int = 40) -> np.ndarray:
    """A row of numbers as lines one below the other, so that long ones can be seen."""
    columns = min(most, values.size)
    lines = math.ceil(values.size / columns)
    padded = np.full(lines * columns, np.nan)
    padded[: values.size] = values
    return padded.reshape(lines, columns)

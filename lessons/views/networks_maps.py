"""A picture sent through a small network: every feature map with its values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kernels.networks.forward import random_weights, run
from kernels.networks.network import INPUT, Network
from lessons.views.networks import NetworksView

MOST_MACS, MOST_SIDE = 20_000_000, 96
"""What is worked out at once, and drawn cell by cell."""
MOST_MAPS = 16
"""Maps of one layer that are shown."""


Place = tuple[float, float]


@dataclass(frozen=True)
class MapRow:
    """The maps that one layer makes, with the range of its values; a row of numbers is one map."""

    name: str
    kind: str
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


PICTURES = {"digit": digit, "cross": cross, "gradient": gradient}
TITLES = {"digit": "A seven", "cross": "A cross", "gradient": "Dark to light"}


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


def map_rows(view: NetworksView) -> tuple[MapRow, ...]:
    """The picture and every layer's maps, as far as the network fits; none if it is too large.

    >>> from lessons.views.networks import settle_networks
    >>> rows = map_rows(settle_networks({})[0])
    >>> [(row.name, row.count) for row in rows[:3]]
    [('input', 1), ('conv1', 6), ('conv1.relu', 6)]
    """
    if too_large(view) or not view.checked.rows:
        return ()
    network = view.network
    if view.checked.fault:
        fit = {row.name for row in view.checked.rows}
        network = Network(
            network.input_shape, tuple(node for node in network.nodes if node.name in fit)
        )
    return _run(network, view.picture, view.seed)


@lru_cache(maxsize=8)
def _run(network: Network, picture: str, seed: int) -> tuple[MapRow, ...]:
    channels, *size = network.input_shape
    plane = PICTURES[picture]((size[0], size[1]))
    x = np.broadcast_to(plane, (channels, *plane.shape)).astype(float)
    made = {INPUT: x, **run(network, x, random_weights(network, seed))}
    kinds = {row: row for row in made}
    kinds |= {node.name: type(node.layer).__name__ for node in network.nodes}
    return tuple(_row(name, kinds[name], np.asarray(values)) for name, values in made.items())


def _row(name: str, kind: str, values: np.ndarray) -> MapRow:
    maps = tuple(values[:MOST_MAPS]) if values.ndim == 3 else (_as_strip(values),)
    return MapRow(
        name=name,
        kind=kind,
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

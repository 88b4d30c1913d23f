"""A photograph pooled again and again, by max and by average, and how far the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import streamlit as st

from app.components.gallery import Operator, Row, Tile, gallery
from app.page.page import Page
from app.pictures.any_picture import kept_for_samples
from app.pictures.png import png_of
from kernels import PoolSpec, adaptive_avg_pool2d, adaptive_max_pool2d
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.ops.pool import pool_layer
from kernels.pictures.display import DISPLAYS, Measured, number
from kernels.pictures.images import shrink_to
from kernels.pictures.shift import changes
from lessons.places import place_words
from lessons.views.pictures import PictureFacts
from lessons.views.pooling import POOLS, PoolingView

ROOM = 420
POOLED = {kind: POOL_KINDS[kind].title for kind in ("max", "avg")}
PLANES = {1: ("",), 3: ("red ", "green ", "blue ")}


def draw_photo(page: Page[PoolingView], view: PoolingView, present: bool) -> None:
    """Draw the maps of both poolings, their difference, and say what global pooling leaves."""
    rows, difference, said = _pooled(view.picture, view.pool, view.times, view.large)
    gallery(
        rows,
        same_scale=not view.large,
        # Both poolings are to be seen at once, and the original is as high as the rest of them.
        tall=None if view.large else 0.38 if present else 0.34,
        present=present,
        key=page.key("maps"),
    )
    st.markdown(said)
    gallery(
        [difference],
        columns=3,
        present=present,
        key=page.key("maps_difference"),
    )


@kept_for_samples
def _pooled(
    picture: PictureFacts, name: str, times: int, large: bool
) -> tuple[list[Row], Row, str]:
    """A row of maps for each pooling, one of their differences, and the sentence between them."""
    planes, pool = picture.pixels(), POOLS[name]
    chains = {kind: [planes, *_chain(kind, planes, pool, times)] for kind in POOLED}
    windows = f"{' × '.join(map(str, pool.kernel_size))}, stride {pool.stride[0]}"
    rows = []
    for at, (kind, maps) in enumerate(chains.items()):
        # At one scale the original is large: once is enough.
        first = at == 0 or large
        same = "" if first else ", of the same original"
        rows.append(Row(f"{POOLED[kind]} pooling {windows}{same}", _tiles(kind, maps, first=first)))
    return rows, _differences(chains), _global_sentence(planes)


def _chain(kind: str, planes: np.ndarray, pool: PoolSpec, times: int) -> Iterator[np.ndarray]:
    maps = planes.astype(np.float32)
    for _ in range(times):
        if any(side < k for side, k in zip(maps.shape[1:], pool.kernel_size, strict=True)):
            return
        maps = pool_layer(maps, replace(pool, kind=kind))
        yield maps


def _tiles(kind: str, maps: list[np.ndarray], *, first: bool) -> list[Tile | Operator]:
    """The maps with arrows between them; the original only where it is not above already."""
    items: list[Tile | Operator] = []
    for times, values in enumerate(maps):
        if times == 0 and not first:
            continue
        height, width = values.shape[1:]
        title = "Original" if times == 0 else f"{POOLED[kind]}, {_times(times)}"
        facts = (
            f"{height} × {width} = {height * width:,}",
            f"Values {number(float(values.min()))} to {number(float(values.max()))}",
        )
        if items:
            items.append(Operator("→"))
        shown = DISPLAYS["clip"](values).pixels
        items.append(
            Tile(f"{kind} {times}", title, png_of(shrink_to(shown, ROOM, ROOM)), (height, width),
                 facts, role="output" if times else "input")
        )  # fmt: skip
    return items


def _differences(chains: dict[str, list[np.ndarray]]) -> Row:
    """Max minus average after each pooling; it is never below 0."""
    tiles = []
    pairs = zip(chains["max"][1:], chains["avg"][1:], strict=True)
    for times, (largest, mean) in enumerate(pairs, start=1):
        found = changes(mean, largest)
        difference = found.difference
        shown = DISPLAYS["rescale"](difference, Measured.of(difference))
        most, (channel, row, column) = found.largest
        where = f"{PLANES[len(difference)][channel]}at {place_words((row, column))}"
        facts = (f"Largest: {number(most)}, {where}", shown.sentence)
        tiles.append(
            Tile(f"difference {times}", f"Max − average, {_times(times)}",
                 png_of(shrink_to(shown.pixels, ROOM, ROOM)), difference.shape[1:], facts,
                 mark=(row, column), mark_note=number(most), role="output")
        )  # fmt: skip
    note = (
        "Bright where the largest number of a window is far above its mean: at edges and fine "
        "texture. A mean blurs; a maximum keeps what is bright and thickens it."
    )
    return Row("Max minus average", tiles, note)


def _global_sentence(planes: np.ndarray) -> str:
    height, width = planes.shape[1:]

    def listed(values: np.ndarray) -> str:
        names = PLANES[len(planes)]
        return ", ".join(
            f"{n}{number(float(v))}" for n, v in zip(names, values.ravel(), strict=True)
        )

    return (
        f"**Global pooling** takes the whole picture as one window: of {height} × {width} = "
        f"{height * width:,} numbers a channel, **one number a channel** is left. "
        f"Max: {listed(adaptive_max_pool2d(planes, 1))}. "
        f"Average: {listed(adaptive_avg_pool2d(planes, 1))}."
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")

"""A picture sent through the network: each layer's maps, with the range of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from app.components.drawing_pad import drawing_pad
from app.components.drawing_pad.payload import DrawingPadPayload
from app.components.gallery import Row, Tile, gallery
from app.page.browser import commits_taken
from app.page.plain import show_notes
from app.pictures.png import png_of
from app.pictures.shrunk import own_or_sample
from app.screens.networks.state import PAD, NetworksPage, take_typed_size
from kernels.networks.layers import Shape
from kernels.networks.network import INPUT
from kernels.pictures.display import Measured, number, show_rescaled, show_signed
from kernels.pictures.ink import is_dark
from lessons.views.networks import DRAWN, NetworksView
from lessons.views.networks_maps import (
    MOST_MAPS,
    MOST_READ,
    MapRow,
    first_layer_sentence,
    input_for_typed,
    map_rows,
    misfit,
    too_large,
)
from lessons.views.networks_pad import unpacked
from lessons.views.networks_words import by


def draw_maps(page: NetworksPage, view: NetworksView, present: bool) -> None:
    """Draw every layer's maps, one row a layer; presented, one layer after another if need be."""
    if why := misfit(view):
        show_notes([why])
        st.button(
            f"Make its input {by(input_for_typed(view))}",
            key=page.key("typed_size"),
            on_click=page.callback(take_typed_size),
        )
        return
    if why := too_large(view):
        show_notes([why])
        return
    if view.picture != DRAWN or not page.offers("picture"):
        _draw_rows(page, view, map_rows(view, own_or_sample), present)
        return
    # Before a class all of it is on one screen.
    square, maps = st.columns([1, 3]) if present else (st.container(), st.container())
    with square:
        drawing_pad(
            DrawingPadPayload(unpacked(view.drawn)),
            commits=commits_taken(page.key(PAD)),
            key=page.key(PAD),
        )
    with maps:
        if not view.drawn:
            show_notes(["Draw a digit in the black square: its maps appear here."])
            return
        # The square is the input already.
        _draw_rows(page, view, map_rows(view, own_or_sample)[1:], present)


def _draw_rows(
    page: NetworksPage, view: NetworksView, rows: Sequence[MapRow], present: bool
) -> None:
    if view.checked.fault:
        show_notes([view.checked.fault])
    if not rows:
        return
    read = max(view.network.input_shape[1:]) <= MOST_READ
    shown = [_row(row, _shape(view, row.name), read) for row in rows]
    weights = first_layer_sentence(view)
    if present:
        # Each row has the screen to itself: it is said with the first.
        shown[0] = replace(shown[0], note=f"{shown[0].note} {weights}")
    else:
        st.caption(weights)
    gallery(
        shown,
        same_scale=False,
        enlarged=True,
        tall=0.34 if read else 0.16,
        least=None if read else 160 if present else 112,
        present=present,
        first=next((n for n, row in enumerate(rows) if row.name == view.at), 0),
        key=page.key("maps"),
    )


def _shape(view: NetworksView, name: str) -> Shape:
    return view.network.input_shape if name == INPUT else view.fitting(name).shape


def _row(row: MapRow, shape: Shape, read: bool) -> Row:
    measured = Measured.of(np.concatenate([np.nan_to_num(m).ravel() for m in row.maps])[None, None])
    show = show_signed if row.low < 0 else show_rescaled
    tiles = []
    for n, values in enumerate(row.maps):
        pixels = show(np.nan_to_num(values)[None], measured).pixels
        tiles.append(
            Tile(
                f"{row.name}.{n}",
                _title(row, n),
                png_of(pixels),
                values.shape,
                role="input" if row.name == INPUT else "output",
                numbers=tuple(_text(v) for v in values.ravel()) if read else (),
                dark=tuple(is_dark(pixels).ravel().tolist()) if read else (),
            )
        )
    size = by(shape) if len(shape) > 1 else f"{shape[0]:,} numbers"
    return Row(row.name, tiles, f"{size}, {_note(row)}")


def _title(row: MapRow, n: int) -> str:
    if len(row.maps) == 1 and row.count > 1:
        return "Values"
    return f"Map {n}: {row.kernels[n]}" if row.kernels else f"Map {n}"


def _text(value: float) -> str:
    return "" if np.isnan(value) else number(float(value))


def _note(row: MapRow) -> str:
    some = row.count > MOST_MAPS == len(row.maps)
    shown = f" The first {MOST_MAPS} of {row.count:,} are shown." if some else ""
    zeros = f", {row.zeros:.0%} of them 0" if row.zeros > 0.005 else ""
    return f"values from {number(row.low)} to {number(row.high)}{zeros}.{shown}"

"""A picture sent through the network: each layer's maps, with the range of their values."""

from __future__ import annotations

import numpy as np

from app.components.gallery import Row, Tile, gallery
from app.page.plain import show_notes
from app.pictures.png import png_of
from app.screens.networks.state import NetworksPage
from kernels.pictures.display import Measured, number, show_rescaled, show_signed
from lessons.views.networks import NetworksView
from lessons.views.networks_maps import MOST_MAPS, MapRow, map_rows, too_large


def draw_maps(page: NetworksPage, view: NetworksView, present: bool) -> None:
    """Draw every layer's maps, one row a layer."""
    if why := too_large(view):
        show_notes([why])
        return
    rows = map_rows(view)
    if view.checked.fault:
        show_notes([view.checked.fault])
    gallery(
        [_row(row) for row in rows],
        same_scale=False,
        enlarged=True,
        tall=0.16,
        present=present,
        key=page.key("maps"),
    )


def _row(row: MapRow) -> Row:
    measured = Measured.of(np.concatenate([np.nan_to_num(m).ravel() for m in row.maps])[None, None])
    show = show_signed if row.low < 0 else show_rescaled
    tiles = [
        Tile(
            f"{row.name}.{n}",
            "Values" if len(row.maps) == 1 and row.count > 1 else f"Map {n}",
            png_of(show(np.nan_to_num(values)[None], measured).pixels),
            values.shape,
            role="input" if row.name == "input" else "output",
        )
        for n, values in enumerate(row.maps)
    ]
    return Row(f"{row.name}", tiles, _note(row))


def _note(row: MapRow) -> str:
    some = row.count > MOST_MAPS == len(row.maps)
    shown = f" The first {MOST_MAPS} of {row.count:,} are shown." if some else ""
    zeros = f", {row.zeros:.0%} of them 0" if row.zeros > 0.005 else ""
    return f"Values from {number(row.low)} to {number(row.high)}{zeros}.{shown}"

"""What a unit sees: its receptive field on the input and on every map between."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import COMMIT_PARTS, draw_committing
from app.components.registration import registered
from app.components.unit_field.payload import UnitFieldPayload

PARTS = (
    *COMMIT_PARTS,
    "../shared/keys.mjs",
    "../shared/places.mjs",
    "../shared/room.mjs",
    "../stage/drawing.mjs",
    "fields.mjs",
    "maps.mjs",
    "lattice.mjs",
    "unit_field.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def unit_field(payload: UnitFieldPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw it. A press on a map is the commit "unit": a list of the layer, the row, the column.

    commits : what `app.page.browser.commits_taken` says
    """
    draw_committing(_component, payload, commits, key)

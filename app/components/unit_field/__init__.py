"""What a unit sees: its receptive field on the input and on every map between."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import ignore
from app.components.payload import encode
from app.components.registration import registered
from app.components.unit_field.payload import UnitFieldPayload

PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../shared/keys.mjs",
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
    _component(data={**encode(payload), "commits": commits}, key=key, on_commits_change=ignore)

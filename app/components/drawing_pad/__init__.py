"""A square to draw a digit in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import COMMIT_PARTS, draw_committing
from app.components.drawing_pad.payload import DrawingPadPayload
from app.components.registration import registered

PARTS = (
    *COMMIT_PARTS,
    "../shared/places.mjs",
    "strokes.mjs",
    "drawing_pad.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def drawing_pad(payload: DrawingPadPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw it; a finished stroke is the commit "draw" with all cells, a hexadecimal digit each.

    commits : what `app.page.browser.commits_taken` says
    """
    draw_committing(_component, payload, commits, key)

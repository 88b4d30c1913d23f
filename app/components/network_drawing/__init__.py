"""The drawing of a network: hover says what a map is, a press chooses it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import COMMIT_PARTS, draw_committing
from app.components.network_drawing.payload import DrawingPayload
from app.components.registration import registered

PARTS = (
    *COMMIT_PARTS,
    "../shared/roving.mjs",
    "../shared/room.mjs",
    "network_drawing.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def network_drawing(payload: DrawingPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw it; a press on a body is the commit "choose" with its id.

    commits : what `app.page.browser.commits_taken` says
    """
    draw_committing(_component, payload, commits, key)

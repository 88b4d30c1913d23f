"""A square to draw a digit in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import ignore
from app.components.drawing_pad.payload import DrawingPadPayload
from app.components.payload import encode
from app.components.registration import registered

PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "strokes.mjs",
    "drawing_pad.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def drawing_pad(payload: DrawingPadPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw it; a finished stroke is the commit "draw" with all cells, a hexadecimal digit each.

    commits : what `app.page.browser.commits_taken` says
    """
    _component(data={**encode(payload), "commits": commits}, key=key, on_commits_change=ignore)

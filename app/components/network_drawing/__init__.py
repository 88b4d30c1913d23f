"""The drawing of a network: hover says what a map is, a press chooses it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import ignore
from app.components.network_drawing.payload import DrawingPayload
from app.components.payload import encode
from app.components.registration import registered

PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../shared/roving.mjs",
    "network_drawing.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def network_drawing(payload: DrawingPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw it; a press on a body is the commit "choose" with its id.

    commits : what `app.page.browser.commits_taken` says
    """
    _component(data={**encode(payload), "commits": commits}, key=key, on_commits_change=ignore)

"""A network as a table whose lines can be chosen, folded and moved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import COMMIT_PARTS, draw_committing
from app.components.layer_table.payload import LayerTablePayload
from app.components.registration import registered

PARTS = (
    *COMMIT_PARTS,
    "../shared/roving.mjs",
    "lines.mjs",
    "layer_table.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def layer_table(payload: LayerTablePayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw the table.

    A press on a line is the commit "choose" with the layer's name, or "fold" with the block's
    title; the chosen line's buttons are the commit "act", a list of one of `ACTS` and the name.

    commits : what `app.page.browser.commits_taken` says
    """
    draw_committing(_component, payload, commits, key)

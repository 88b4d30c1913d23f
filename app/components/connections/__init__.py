"""A layer's connections: how often each input cell is used, matrix, nodes and lines, both ways."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import draw_committing
from app.components.connections.payload import ConnectionsPayload
from app.components.registration import registered
from app.components.stage.strip_parts import STRIP_PARTS, STRIP_STYLES

# Each part stands after the parts that it imports.
PARTS = (
    *STRIP_PARTS,
    "../shared/places.mjs",
    "../shared/keeping.mjs",
    "../shared/captions.mjs",
    "../stage/lighting.mjs",
    "graph.mjs",
    "ways.mjs",
    "steps.mjs",
    "belonging.mjs",
    "saying.mjs",
    "arranging.mjs",
    "grids.mjs",
    "wires.mjs",
    "stamping.mjs",
    "visiting.mjs",
    "connections.mjs",
)
STYLES = (*STRIP_STYLES, "connections.css")

_component = registered(Path(__file__).parent, PARTS, STYLES)


def connections(payload: ConnectionsPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Draw the connections of a layer; what is pointed at lights up with all that belongs to it.

    Parameters
    ----------
    commits
        What `app.page.browser.commits_taken` says. The page takes in "step", the output cell that
        was chosen, and "set", a setting's number, as from the stage.
    key
        Names the component on its page.
    """
    draw_committing(_component, payload, commits, key)

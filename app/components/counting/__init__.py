"""Counting the places of a window by hand, until the size formula stands there by itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import draw_committing
from app.components.counting.payload import CountingPayload
from app.components.registration import registered
from app.components.stage.strip_parts import STRIP_PARTS, STRIP_STYLES

# Each part stands after the parts that it imports.
PARTS = (
    *STRIP_PARTS,
    "finding.mjs",
    "board.mjs",
    "working.mjs",
    "counting.mjs",
)
STYLES = (*STRIP_STYLES, "counting.css")

_component = registered(Path(__file__).parent, PARTS, STYLES)


def counting(payload: CountingPayload, *, commits: Mapping[str, Any], key: str) -> None:
    """Let somebody find every place of the window, first down and then across.

    Parameters
    ----------
    commits
        What `app.page.browser.commits_taken` says. The page takes in "found", ``{"axis": number,
        "cell": number}``, "again", which forgets what was found, and "set" as from the stage.
    key
        Names the component on its page.
    """
    draw_committing(_component, payload, commits, key)

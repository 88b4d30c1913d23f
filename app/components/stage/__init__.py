"""The stage: draws one layer and plays its computation in the browser."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import draw_committing
from app.components.registration import registered
from app.components.stage.payload import StagePayload

# Each part stands after the parts that it imports.
PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/echo.mjs",
    "../shared/keys.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/nodes.mjs",
    "../shared/numbers.mjs",
    "../shared/places.mjs",
    "../shared/roving.mjs",
    "../shared/room.mjs",
    "../shared/reading.mjs",
    "../shared/keeping.mjs",
    "../shared/captions.mjs",
    "drawing.mjs",
    "numbers.mjs",
    "windows.mjs",
    "links.mjs",
    "easing.mjs",
    "timeline.mjs",
    "counting.mjs",
    "store.mjs",
    "player.mjs",
    "layout.mjs",
    "formula.mjs",
    "stepping.mjs",
    "field.mjs",
    "holding.mjs",
    "strip.mjs",
    "card.mjs",
    "handles.mjs",
    "hint.mjs",
    "formulas.mjs",
    "adding.mjs",
    "model.mjs",
    "words.mjs",
    "stations.mjs",
    "captions.mjs",
    "marks.mjs",
    "panel.mjs",
    "patterns.mjs",
    "bars.mjs",
    "assembly.mjs",
    "placing.mjs",
    "tints.mjs",
    "painting.mjs",
    "copies.mjs",
    "moment.mjs",
    "lighting.mjs",
    "picture.mjs",
    "changes.mjs",
    "tweening.mjs",
    "tables.mjs",
    "chip.mjs",
    "sum_layout.mjs",
    "sum_shape.mjs",
    "sum_words.mjs",
    "sum_sentence.mjs",
    "sum_nodes.mjs",
    "sum_terms.mjs",
    "sum_results.mjs",
    "sum_lines.mjs",
    "copy_lines.mjs",
    "calculation.mjs",
    "sheet.mjs",
    "floor.mjs",
    "change_words.mjs",
    "attempt.mjs",
    "floors.mjs",
    "leftover.mjs",
    "edit.mjs",
    "predicting.mjs",
    "visiting.mjs",
    "showing.mjs",
    "pointing.mjs",
    "editing.mjs",
    "walking.mjs",
    "keys.mjs",
    "guide.mjs",
    "sizing.mjs",
    "stage.mjs",
)

# In the order in which they count.
STYLES = (
    "stage.css",
    "strip.css",
    "formulas.css",
    "picture.css",
    "bars.css",
    "sheet.css",
    "calculation.css",
    "floor.css",
    "transport.css",
    "guide.css",
    "presenter.css",
    "narrow.css",
)

_component = registered(Path(__file__).parent, PARTS, STYLES)


def stage(
    payload: StagePayload,
    *,
    commits: Mapping[str, Any],
    key: str,
) -> None:
    """Draw the layer in `payload` and play it, step by step or on its own.

    A page may ask the stage for its guide over the first cells: see `guide.mjs`.

    Everything is computed in Python; the browser multiplies only the window on show, and says so if
    its sum differs from the output cell.

    Parameters
    ----------
    commits
        What `app.page.browser.commits_taken` says. The page takes the stage's commits in when it
        runs: "step", the step at which the learner paused or stopped stepping; "set", a setting's
        number, ``{"name": ..., "axis": 0 | 1 | None, "value": number}``; and "edit", a number typed
        into a cell, ``{"target": "input" | "kernel" | "bias", "index": [...], "value":
        number}`` with the index [channel, row, column] of the input without its padding,
        [map, channel, row, column] of the kernel as shown, or [map] of the bias.
    key
        Names the stage on its page. Without a key every change would mount it anew and lose the
        step and the focus.
    """
    draw_committing(_component, payload, commits, key)

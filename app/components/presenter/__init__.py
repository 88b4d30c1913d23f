"""The presenter view as a whole: the keyboard's place in and out, Escape, a clicker's keys."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.components.commits import ignore
from app.components.payload import encode
from app.components.presenter.payload import Place, PresenterPayload
from app.components.registration import registered

PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/keys.mjs",
    "../shared/keeping.mjs",
    "../shared/captions.mjs",
    "paging.mjs",
    "jumping.mjs",
    "covering.mjs",
    "live.mjs",
    "asking.mjs",
    "../shared/hall.mjs",
    "prompting.mjs",
    "presenter.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def presenter(
    present: bool,
    turn: int,
    place: Place | None,
    *,
    key: str,
    commits: Mapping[str, Any],
    seen: Mapping[str, int],
) -> None:
    """Follow the way into the presenter view and out, and turn long looks by a clicker.

    The run that follows takes in its commits: "turn", 1 or -1, when PageDown or PageUp has nothing
    more to show here; "jump", a scene's number; and "leave", when Escape was pressed that
    nothing else took.

    Parameters
    ----------
    present, turn, place, commits, seen
        As in `PresenterPayload`.
    key
        Names the component; there is one for all pages.
    """
    payload = PresenterPayload(present, turn, place, commits, seen)
    _component(data=encode(payload), key=key, on_commits_change=ignore)

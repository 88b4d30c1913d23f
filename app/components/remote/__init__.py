"""The presenter's second window: notes, the next scene, the clock, the keys of a clicker."""

from __future__ import annotations

from pathlib import Path

from app.components.payload import encode
from app.components.registration import registered
from app.components.remote.payload import RemotePayload

PARTS = (
    "../shared/hall.mjs",
    "../shared/keys.mjs",
    "../shared/mount.mjs",
    "../shared/nodes.mjs",
    "clock.mjs",
    "remote.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def remote(*, key: str) -> None:
    """Draw the remote of whatever talk another window of this browser presents."""
    _component(data=encode(RemotePayload()), key=key)

"""The time that is left, counted down in the browser."""

from pathlib import Path

from app.components.countdown.payload import CountdownPayload
from app.components.payload import encode
from app.components.registration import registered

PARTS = ("../shared/mount.mjs", "../shared/nodes.mjs", "countdown.mjs")

_component = registered(Path(__file__).parent, PARTS)


def countdown(left: float, *, key: str) -> None:
    """Say how many minutes are left of `left` seconds, and by how many they are over."""
    _component(data=encode(CountdownPayload(round(left, 1))), key=key)

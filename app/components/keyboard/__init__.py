"""The keyboard's place on a page, and what Enter in a box does."""

from pathlib import Path

from app.components.keyboard.payload import KeyboardPayload
from app.components.payload import encode
from app.components.registration import registered

PARTS = ("../shared/mount.mjs", "keyboard.mjs")

_component = registered(Path(__file__).parent, PARTS)


def keyboard(
    area: str,
    token: str,
    *,
    show: str = "",
    says: str = "",
    kept: bool = False,
    boxes: str = "",
    presses: str = "",
    clicker: bool = False,
    key: str,
) -> None:
    """Say where the keyboard belongs, as `KeyboardPayload` has it.

    kept : whether the focus stays where it is unless what had it is gone
    """
    payload = KeyboardPayload(area, token, show, says, kept, boxes, presses, clicker)
    _component(data=encode(payload), key=key)

"""What one component of a page leaves for another: bytes that are sent when they change, and drawn
by neither. See `shared/messages.mjs`."""

from __future__ import annotations

from pathlib import Path

from app.components.registration import registered_unseen
from app.page.styled import style_key

MESSAGE_PARTS = (
    "../shared/mount.mjs",
    "../shared/payload.mjs",
    "../shared/messages.mjs",
    "../shared/message.mjs",
)

_message = registered_unseen(Path(__file__).parent / "shared", "message", MESSAGE_PARTS)


def leave_message(packed: bytes, key: str) -> None:
    """Leave what `packed_bytes` has packed, under the `name` in its header.

    key : names the message on its page
    """
    _message(data=packed, key=style_key("unseen", f"{key}_"))

"""A button that copies the page's link, and says what travels with it."""

from pathlib import Path

from app.components.payload import encode
from app.components.registration import registered
from app.components.share.payload import SharePayload

PARTS = ("../shared/mount.mjs", "share.mjs")

_component = registered(Path(__file__).parent, PARTS)


def share(title: str, travels: str, long_link: str = "", *, key: str) -> None:
    """Draw the button. On a phone it opens the system's own list of ways to share.

    title, travels, long_link : as in `SharePayload`
    """
    _component(data=encode(SharePayload(title, travels, long_link)), key=key, width="content")

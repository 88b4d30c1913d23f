"""Text with a button that copies it, or a button that copies the page's own address."""

from pathlib import Path

from app.components.copy.payload import CopyPayload
from app.components.payload import encode
from app.components.registration import registered

PARTS = ("../shared/mount.mjs", "../shared/nodes.mjs", "copy.mjs")

_component = registered(Path(__file__).parent, PARTS)


def copy_text(text: str | None, label: str, *, key: str, wrapped: bool = False) -> None:
    """Show `text` with a button that copies it; with None, a button for the page's address.

    wrapped : whether it is sentences, whose lines may break anywhere, and no code
    """
    _component(data=encode(CopyPayload(text, label, wrapped)), key=key)

"""What the copy button is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CopyPayload:
    """What is copied, and the words on the button.

    text : shown with the button; None for the page's own address
    wrapped : whether it is sentences, whose lines may break anywhere, and no code
    """

    text: str | None
    label: str
    wrapped: bool = False

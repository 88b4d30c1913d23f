"""What the store in the browser is handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StorePayload:
    """What is to be kept in the browser.

    Parameters
    ----------
    name
        The storage's name for it; with a new name the text kept there is reported first.
    text, revision
        What all tabs share; it is written when the revision is another one than before. None:
        nothing yet.
    own
        What this tab alone keeps, until it is closed. None: nothing yet.
    boxes
        The keys of containers around boxes, each with the name under which what stands in its box
        is reported before it is left.
    word
        This session's word: what the browser has is reported to each new one.
    """

    name: str
    text: str | None
    revision: int
    own: str | None
    boxes: Mapping[str, str]
    word: str

"""What the keyboard's follower is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyboardPayload:
    """Where the keyboard belongs; every name is the key of a container.

    Parameters
    ----------
    area, token
        The first box of `area`, or else its heading, or else its first button, gets the focus,
        once for each new `token`, so that a rerun takes it from nobody. An empty area leaves the
        focus where it is.
    show
        What to bring into view then.
    says
        What a screen reader is to say then.
    stay
        Whether the focus stays where it is unless what had it is gone.
    boxes, presses
        Enter in a box of `boxes` (Ctrl+Enter in one of several lines) presses the button of
        `presses`.
    clicker
        Whether PageUp and PageDown are a clicker's and so must not scroll the page.
    """

    area: str
    token: str
    show: str = ""
    says: str = ""
    stay: bool = False
    boxes: str = ""
    presses: str = ""
    clicker: bool = False

"""What the presenter view's follower is handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PresenterPayload:
    """Whether the presenter view is on, and where the keyboard was moved.

    Parameters
    ----------
    present
        Whether the presenter view is on.
    turn
        How often it was switched on this visit to the page; each new number above 0 moves the
        keyboard to the heading, unless something else has taken it.
    scenes
        Whether there are scenes to jump to by their numbers.
    commits
        What `app.page.browser.commits_taken` says.
    seen
        The last commit that was taken in of every component of any page, by the component's key.
    """

    present: bool
    turn: int
    scenes: bool
    commits: Mapping[str, Any]
    seen: Mapping[str, int]

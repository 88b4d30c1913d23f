"""What the presenter view's follower is handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where a talk is, as the presenter's second window says it.

    Parameters
    ----------
    talk : its title
    number, count : the scene, counted from 1, and how many there are
    title, note : of the scene; the note is for whoever speaks
    following : the next scene's title; empty at the last one
    asks : whether the scene begins with its results hidden
    """

    talk: str
    number: int
    count: int
    title: str
    note: str = ""
    following: str = ""
    asks: bool = False


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
    place
        Where the talk is, whose scenes can be jumped to by their numbers; None where there is none.
    commits
        What `app.page.browser.commits_taken` says.
    seen
        The last commit that was taken in of every component of any page, by the component's key.
    """

    present: bool
    turn: int
    place: Place | None
    commits: Mapping[str, Any]
    seen: Mapping[str, int]

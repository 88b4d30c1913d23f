"""What was there before, for undo and redo: two stacks, changed by making a new pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

MOST = 100


class History(NamedTuple):
    """The settings that were left by a change (`past`) and by an undo (`future`), latest last.

    >>> history = History().changed({"w": "1"})
    >>> undone, history = history.undo({"w": "2"})
    >>> undone, history.redo(undone)[0]
    ({'w': '1'}, {'w': '2'})
    """

    past: tuple[Mapping[str, str], ...] = ()
    future: tuple[Mapping[str, str], ...] = ()

    def changed(self, before: Mapping[str, str]) -> History:
        """A change was made to what was there before; what had been undone is gone."""
        return History((*self.past, before)[-MOST:])

    def undo(self, now: Mapping[str, str]) -> tuple[Mapping[str, str], History]:
        """What to go back to, and the history from there; now itself where there is nothing."""
        if not self.past:
            return now, self
        return self.past[-1], History(self.past[:-1], (*self.future, now))

    def redo(self, now: Mapping[str, str]) -> tuple[Mapping[str, str], History]:
        """What to go forward to again, and the history from there."""
        if not self.future:
            return now, self
        return self.future[-1], History((*self.past, now), self.future[:-1])

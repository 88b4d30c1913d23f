"""What the kernel editor is handed: the kernel as texts, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ACTS = (
    "undo",
    "redo",
    "rotate",
    "flip-rows",
    "flip-columns",
    "transpose",
    "negate",
    "normalise",
    "zero-mean",
    "clear",
)


@dataclass(frozen=True)
class EditorPayload:
    """One kernel to be edited.

    Parameters
    ----------
    rows, columns, texts : its numbers row by row, as they were typed
    divisor, offset : what the sum is divided by, and what is added then, as texts
    badges : lines below
    can : the names of `ACTS` that can be done now
    error : one sentence about what was pasted or sent last; empty if nothing is wrong
    limit : the largest number that may be typed
    commits : what `app.page.browser.commits_taken` says

    Raises ValueError where a text is missing or an act is none of `ACTS`.
    """

    rows: int
    columns: int
    texts: Sequence[str]
    divisor: str
    offset: str
    badges: Sequence[Mapping[str, Any]]
    can: Sequence[str]
    error: str
    limit: float
    commits: Mapping[str, Any]

    def __post_init__(self) -> None:
        if len(self.texts) != self.rows * self.columns:
            raise ValueError(
                f"A kernel of {self.rows} × {self.columns} has {self.rows * self.columns} numbers, "
                f"not {len(self.texts)}."
            )
        if unknown := [act for act in self.can if act not in ACTS]:
            raise ValueError(f"There is no act {unknown[0]!r}; there are {', '.join(ACTS)}.")

"""What the table of answers is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AnswersPayload:
    """A table whose rows can be chosen.

    Attributes
    ----------
    caption : what the rows answer
    heads : the columns' heads
    rows : the cells of each row, as texts
    marked : for each row, whether it is one of the usual ones
    chosen : the row that is on show; -1 if none is
    act : what the button of a row says
    empty : what is said where there is no row
    present : large type
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[bool, ...]
    chosen: int
    act: str
    empty: str
    present: bool = False

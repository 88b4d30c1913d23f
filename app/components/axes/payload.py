"""What the stage in one dimension is handed."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.quiz.axis_pictures import AxisPicture


@dataclass(frozen=True)
class AxesPayload:
    """Rows of cells, drawn on one scale.

    Attributes
    ----------
    pictures : the rows, each with what reads its cells or is added to them
    stacked : one below the other, also where there is room side by side
    present : large type
    """

    pictures: tuple[AxisPicture, ...]
    stacked: bool = False
    present: bool = False

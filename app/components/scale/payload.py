"""What the drawing to scale is handed."""

from __future__ import annotations

from dataclasses import dataclass

from app.components.formulas import HeardFormula
from lessons.views.sizes_drawing import Extent


@dataclass(frozen=True)
class ScalePayload:
    """A layer to scale.

    Attributes
    ----------
    transposed : whether copies of the kernel stand on the output, not windows on the input
    rows, columns : the two axes of the drawing; a layer of one axis has no rows
    depth : the first axis of three
    titles : of the drawing's two sides, such as "Input 224 × 224"
    formulas : what stands above it
    words : the drawing in a sentence
    present : whether it is shown to an audience
    """

    transposed: bool
    rows: Extent | None
    columns: Extent
    depth: Extent | None
    titles: tuple[str, str]
    formulas: tuple[HeardFormula, ...]
    words: str
    present: bool = False

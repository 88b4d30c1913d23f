"""What the row of shrinking squares is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ShrinkingPayload:
    """The sizes of a layer stacked on itself.

    Attributes
    ----------
    sizes : (height, width) of the input and after each layer; (1, length) of one axis
    labels : the same as texts
    ends : why there are no more of them; empty if there are as many as were asked for
    words : all of it in a sentence
    present : large type
    """

    sizes: tuple[tuple[int, int], ...]
    labels: tuple[str, ...]
    ends: str
    words: str
    present: bool = False

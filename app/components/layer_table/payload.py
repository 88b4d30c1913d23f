"""What the table of layers is handed."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from lessons.views.networks_table import Line

ACTS = MappingProxyType({"up": "Move up", "down": "Move down", "copy": "Copy", "remove": "Remove"})
"""What can be done to the chosen layer, as its buttons say it."""


@dataclass(frozen=True)
class LayerTablePayload:
    """A network's table.

    Attributes
    ----------
    caption : the network in a sentence
    heads : the columns' heads, after the one of the layers
    lines : see `Line`
    sums : the last line's cells
    acts : names of the chosen layer's buttons, with what they say
    present : large type, and nothing to change
    """

    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    sums: tuple[str, ...]
    acts: tuple[tuple[str, str], ...] = tuple(ACTS.items())
    present: bool = False

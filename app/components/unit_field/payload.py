"""What the picture of a unit's field is handed."""

from __future__ import annotations

from dataclasses import dataclass

from lessons.views.networks_units import Stop


@dataclass(frozen=True)
class UnitFieldPayload:
    """The way from the input to a unit.

    Attributes
    ----------
    stops : see `Stop`; the unit stands on the last
    unit : its row and column
    sentence : what is said of it
    nodes : whether it is drawn as nodes and lines, along the width
    present : large
    """

    stops: tuple[Stop, ...]
    unit: tuple[int, int]
    sentence: str
    nodes: bool = False
    present: bool = False

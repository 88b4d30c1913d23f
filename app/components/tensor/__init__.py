"""The weight tensor as a grid of small kernels, its count, and bars of what layers cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.components.payload import encode
from app.components.registration import registered
from app.components.tensor.payload import (
    Bar,
    Channel,
    Chart,
    Count,
    Factor,
    Map,
    Part,
    Sheet,
    TensorPayload,
)

__all__ = ["Bar", "Channel", "Chart", "Count", "Factor", "Map", "Part", "Sheet", "tensor"]

# Each part stands after the parts that it imports.
PARTS = (
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/keys.mjs",
    "../shared/nodes.mjs",
    "../shared/roving.mjs",
    "../shared/room.mjs",
    "nodes.mjs",
    "fit.mjs",
    "counts.mjs",
    "bars.mjs",
    "sheet.mjs",
    "sizes.mjs",
    "lights.mjs",
    "walking.mjs",
    "tensor.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def tensor(
    title: str,
    *,
    counts: Sequence[Count] = (),
    sheets: Sequence[Sheet] = (),
    bars: Sequence[Chart] = (),
    invitation: str = "",
    present: bool = False,
    key: str,
) -> None:
    """Show counts, grids of kernels and bars, from top to bottom.

    Every number comes as a finished text: nothing is computed in the browser.

    Parameters
    ----------
    title, counts, sheets, bars, invitation, present : as in `TensorPayload`
    key : names the component on its page
    """
    payload = TensorPayload(title, counts, sheets, bars, invitation, present)
    _component(data=encode(payload), key=key)

"""Original and result under one loupe: the arithmetic at the pointer, a pinned place, a curtain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from app.components.commits import ignore
from app.components.loupe.payload import packed_loupe
from app.components.loupe.shown import KernelShown, Panel, Pin
from app.components.messages import leave_message
from app.components.registration import registered
from kernels import Axis
from kernels.layers.formula import Formula

__all__ = ["KernelShown", "Panel", "Pin", "loupe"]

_FOLDER = Path(__file__).parent
# Each part stands after the parts that it imports.
PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/echo.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/keys.mjs",
    "../shared/payload.mjs",
    "../shared/runs.mjs",
    "../shared/nodes.mjs",
    "../shared/room.mjs",
    "../shared/numbers.mjs",
    "../shared/places.mjs",
    "../shared/messages.mjs",
    "axis.mjs",
    "arithmetic.mjs",
    "view.mjs",
    "pixels.mjs",
    "paint.mjs",
    "curtain.mjs",
    "grids.mjs",
    "sums.mjs",
    "strip.mjs",
    "words.mjs",
    "gestures.mjs",
    "panels.mjs",
    "captions.mjs",
    "readings.mjs",
    "drawing.mjs",
    "pin.mjs",
    "preview.mjs",
    "handling.mjs",
    "arrival.mjs",
    "loupe.mjs",
)

_component = registered(_FOLDER, PARTS)


def loupe(
    original: Panel,
    result: Panel,
    pin: Pin,
    axes: Sequence[Axis],
    padding_mode: str,
    padding_value: float,
    kernel: KernelShown,
    formulas: Sequence[Formula],
    *,
    compare: Literal["side", "curtain"] = "side",
    present: bool = False,
    turns: bool = False,
    key: str,
    commits: Mapping[str, Any],
) -> None:
    """Show both pictures and, below them, the arithmetic under the pointer or at the pinned place.

    Parameters
    ----------
    original, result : the pictures
    pin : the pinned place
    axes : the layer along rows and columns
    padding_mode, padding_value : as in `ConvSpec`; the value is a whole pixel value
    kernel : what the pixels are multiplied by
    formulas : shown below, in one line each
    compare : "side" by side at one scale, or one on the other with a "curtain" between them
    present : large type
    turns : whether a presenter's clicker turns to the next kernel
    key : names the component on its page; it keeps zoom, curtain and a moving pin across reruns
    commits : what `app.page.browser.commits_taken` says; the page takes in, when it runs,
        "place", the pin that has come to rest: [row, column] of the original's pixel in the middle
        of the window, with padding of more than half a window (full) perhaps outside of the
        picture; and "turn", when the presenter turns on (1) or back (-1)
    """
    shown, pixels, pinned = packed_loupe(
        original,
        result,
        pin,
        axes,
        padding_mode,
        padding_value,
        kernel,
        formulas,
        compare=compare,
        present=present,
        turns=turns,
        key=key,
        commits=commits,
    )
    _component(data=shown, key=key, on_commits_change=ignore)
    leave_message(pixels, key=f"{key}_original")
    leave_message(pinned, key=f"{key}_pinned")

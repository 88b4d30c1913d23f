"""The kernel editor: one image kernel as a grid of numbers to type, paint, paste and turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.components.commits import ignore
from app.components.kernel_editor.payload import ACTS, EditorPayload
from app.components.payload import encode
from app.components.registration import registered
from kernels.reading.notation import LARGEST_NUMBER

# Each part stands after the parts that it imports.
PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/echo.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/keys.mjs",
    "../shared/nodes.mjs",
    "../shared/places.mjs",
    "../shared/roving.mjs",
    "../shared/reading.mjs",
    "entries.mjs",
    "grid.mjs",
    "kernel.mjs",
    "cells.mjs",
    "entry.mjs",
    "field.mjs",
    "toolbar.mjs",
    "badges.mjs",
    "drawing.mjs",
    "typing.mjs",
    "beside.mjs",
    "keys.mjs",
    "clipboard.mjs",
    "painting.mjs",
    "kernel_editor.mjs",
)
STYLES = ("kernel_editor.css", "grid.css", "badges.css")

_component = registered(Path(__file__).parent, PARTS, STYLES)


def kernel_editor(
    taps_texts: Sequence[Sequence[str]],
    *,
    divisor: str,
    offset: str,
    badges: Sequence[Mapping[str, Any]] = (),
    can: Sequence[str] = ACTS,
    error: str = "",
    largest: int = 31,
    key: str,
    commits: Mapping[str, Any],
) -> None:
    """Show one kernel and let the learner change it, number by number or as a whole.

    The page owns the kernel: it hands over what to show, on every run, and the editor keeps only
    what has been typed and not yet sent. What it has sent comes back to it as an echo; anything
    else that the page hands over replaces all that the editor shows.

    Parameters
    ----------
    taps_texts : its rows of numbers as texts that `kernels.reading.notation` reads: "-1", "0.5",
        "1/9";
        1 to `largest` rows and as many columns, all rows alike. Best handed back as they were
        typed: other texts of the same number are taken over, other numbers are another kernel.
    divisor, offset : what the sum is divided by, and what is added then, as such texts
    badges : lines below: ``{"title": "Sum 0", "text": "finds change"}``, with "role" (a name of
        `app.components.palette.ROLES`) for the title's colour, with "column" and "row", two lists
        of texts, for the factors of a separable kernel
    can : the names of `ACTS` that can be done now; the others are greyed out
    error : one sentence about what was pasted or sent last; empty if nothing is wrong
    largest : most rows and columns; more raise ValueError
    key : names the editor on its page; without it each change would lose what is being typed
    commits : what `app.page.browser.commits_taken` says; the page takes in, when it runs,
        "taps", when numbers have changed: ``{"rows": 3, "columns": 3, "texts": [...],
        "divisor": "9", "offset": "0"}``, the texts row by row, each a number within
        `LARGEST_NUMBER` of `kernels.reading.notation`; "act", when a button or Ctrl+Z was pressed:
        one of
        `ACTS`, where "rotate" is clockwise by 90°, "flip-rows" turns top and bottom,
        "flip-columns" left and right; and "paste", when a matrix was pasted: the text as it was on
        the clipboard, at most 60,001 characters
    """
    rows, columns = len(taps_texts), len(taps_texts[0]) if taps_texts else 0
    if not (1 <= rows <= largest and 1 <= columns <= largest):
        raise ValueError(
            f"The kernel is {rows} × {columns}; the editor shows 1 × 1 to {largest} × {largest}."
        )
    if any(len(row) != columns for row in taps_texts):
        raise ValueError(
            f"The kernel's rows hold {[len(row) for row in taps_texts]} numbers; all need the same."
        )
    payload = EditorPayload(
        rows=rows,
        columns=columns,
        texts=[text for row in taps_texts for text in row],
        divisor=divisor,
        offset=offset,
        badges=badges,
        can=can,
        error=error,
        limit=LARGEST_NUMBER,
        commits=commits,
    )
    _component(data=encode(payload), key=key, on_commits_change=ignore)

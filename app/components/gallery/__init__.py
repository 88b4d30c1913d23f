"""Rows of picture tiles with operators between them: colour planes, feature maps, borders."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import streamlit as st

from app.components.assets import component_text
from app.components.palette import TINT
from app.components.payload import packed_bytes
from kernels.pictures.display import number

# Each part stands after the parts that it imports.
PARTS = (
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/payload.mjs",
    "../shared/nodes.mjs",
    "layout.mjs",
    "kernel.mjs",
    "overlay.mjs",
    "tile.mjs",
    "gallery.mjs",
)

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_gallery", html=_text.html, css=_text.css, js=_text.js
)

_SPOKEN = MappingProxyType(
    {"+": "plus", "−": "minus", "=": "equals", "×": "times", "∗": "convolved with", "→": "becomes"}
)


@dataclass(frozen=True)
class Tile:
    """One picture with its title and what is said of it.

    >>> Tile("r", "Red plane", b"...", (400, 600), facts=("Values 25 to 240",)).about
    'Red plane. Values 25 to 240.'

    Parameters
    ----------
    id : names the tile in its gallery, and in what the "Open" button sends
    title : the words above it; they name the colour where `tint` shows one
    png : its pixels as they are shown, perhaps shrunk by a whole factor; empty: the kernel itself
        is the picture, large
    size : (height, width) of the numbers behind it
    facts : the lines below it
    mark : (row, column) of the number that a ring is drawn around
    mark_note : said beside the ring, such as the value there
    frame : (top, left, height, width) of the picture inside its padding. It may reach beyond the
        tile, where the tile shows a corner of the picture
    hatched : whether the padding is hatched; not where its pixels are copied and to be seen
    kernel : rows of numbers, drawn as a small grid beside the title
    tint : colour of the rule under the title
    role : colour of the title
    open : whether there is a button that opens it
    """

    id: str
    title: str
    png: bytes
    size: tuple[int, int]
    facts: tuple[str, ...] = ()
    mark: tuple[int, int] | None = None
    mark_note: str = ""
    frame: tuple[int, int, int, int] | None = None
    hatched: bool = True
    kernel: tuple[tuple[float, ...], ...] | None = None
    tint: Literal["", "red", "green", "blue"] = ""
    role: Literal["", "input", "output"] = ""
    open: bool = False

    @property
    def about(self) -> str:
        """What a screen reader says in place of the picture."""
        said = [self.title, *self.facts]
        if self.mark:
            note = f": {self.mark_note}" if self.mark_note else ""
            said.append(f"Ring at row {self.mark[0]}, column {self.mark[1]}{note}")
        return " ".join(f"{words.rstrip('.')}." for words in said)


@dataclass(frozen=True)
class Operator:
    """What is done between two tiles.

    >>> Operator("×").words, Operator("∘", "element by element").words
    ('times', 'element by element')

    Parameters
    ----------
    text : the sign, such as + = × →
    words : what a screen reader says; for the usual signs it is known
    """

    text: str
    words: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", self.words or _SPOKEN.get(self.text, self.text))


@dataclass(frozen=True)
class Row:
    """Tiles that belong together, under one title.

    Parameters
    ----------
    title : the words above them; may be empty
    items : tiles, and operators each before the tile that it leads to
    note : a sentence below the title
    """

    title: str
    items: Sequence[Tile | Operator]
    note: str = ""


def gallery(
    rows: Sequence[Row],
    *,
    columns: int | None = None,
    same_scale: bool = False,
    enlarged: bool = False,
    tall: float | None = None,
    present: bool = False,
    key: str,
    on_open_change: Callable[[], None] | None = None,
) -> None:
    """Show rows of tiles, as many side by side as can be seen well.

    Parameters
    ----------
    rows : what is shown; the ids of all tiles differ. A tile whose id stays is not drawn anew
    columns : tiles side by side, fewer where there is no room; None: a whole row on one line if it
        fits
    same_scale : draw all tiles at one scale, so that smaller maps look smaller
    enlarged : draw each pixel as a whole number of screen pixels, with sharp borders
    tall : the share of the screen's height that a picture may take; None: about half
    present : large type
    key : names the component on its page
    on_open_change : called when a tile is opened; ``st.session_state[key]["open"]`` is its id

    Raises ValueError where ids repeat, a row ends with an operator or has two side by side, a ring
    lies outside its tile, or a tile has neither pixels nor a kernel.
    """
    # Without something to call, what the browser sends would be an error.
    listening = {"on_open_change": on_open_change} if on_open_change else {}
    _component(
        data=payload(
            rows,
            columns=columns,
            same_scale=same_scale,
            enlarged=enlarged,
            tall=tall or (0.6 if present else 0.5),
            present=present,
        ),
        key=key,
        **listening,
    )


def payload(rows: Sequence[Row], **settings: bool | float | None) -> bytes:
    """Everything that the browser draws: a header, then the PNG files one after another."""
    files: list[bytes] = []
    seen: set[str] = set()
    shown = []
    for row in rows:
        cells: list[dict[str, Any]] = []
        before: Operator | None = None
        for item in row.items:
            if isinstance(item, Operator):
                if before:
                    raise ValueError(
                        f"{row.title}: {before.text} and {item.text} stand side by side; "
                        "put a tile between them."
                    )
                before = item
                continue
            _check(item, seen)
            start = sum(map(len, files))
            files.append(item.png)
            cells.append(_cell(item, before) | {"png": [start, len(item.png)]})
            before = None
        if before:
            raise ValueError(f"{row.title}: {before.text} leads to no tile; put one after it.")
        shown.append({"title": row.title, "note": row.note, "cells": cells})
    return packed_bytes({"rows": shown, **settings}, b"".join(files))


def _check(tile: Tile, seen: set[str]) -> None:
    if tile.id in seen:
        raise ValueError(f"two tiles have the id {tile.id!r}; give each its own.")
    seen.add(tile.id)
    if not tile.png and not tile.kernel:
        raise ValueError(f"tile {tile.id!r} has no pixels and no kernel; give it one of them.")
    if tile.mark and not all(0 <= at < side for at, side in zip(tile.mark, tile.size, strict=True)):
        raise ValueError(
            f"tile {tile.id!r}: row {tile.mark[0]}, column {tile.mark[1]} is not one of its "
            f"{tile.size[0]} × {tile.size[1]} pixels."
        )


def _cell(tile: Tile, before: Operator | None) -> dict[str, Any]:
    return {
        "id": tile.id,
        "operator": before and {"text": before.text, "words": before.words},
        "title": tile.title,
        "about": tile.about,
        # The same pixels are not decoded and drawn again.
        "image": f"{zlib.crc32(tile.png):08x}{len(tile.png):x}" if tile.png else "",
        "size": tile.size,
        "facts": tile.facts,
        "mark": tile.mark,
        "note": tile.mark_note,
        "frame": tile.frame,
        "hatched": tile.hatched,
        "kernel": _kernel(tile.kernel) if tile.kernel else None,
        "tint": tile.tint,
        "role": tile.role,
        "open": tile.open,
    }


def _kernel(rows: tuple[tuple[float, ...], ...]) -> dict[str, Any]:
    """The numbers as texts, and how strongly each is tinted, in percent with its sign."""
    # Adding 0 turns −0, which products of zeros leave behind, into 0.
    rows = tuple(tuple(float(tap) + 0.0 for tap in row) for row in rows)
    taps = [tap for row in rows for tap in row]
    most = max(map(abs, taps))
    sizes = f"{len(rows)} × {len(rows[0])} kernel"
    lines = "; ".join(", ".join(number(tap) for tap in row) for row in rows)
    total = number(math.fsum(taps))
    return {
        "columns": len(rows[0]),
        "texts": [number(tap) for tap in taps],
        "tints": [round(100 * TINT * tap / most) if most else 0 for tap in taps],
        "about": f"{sizes}, row by row: {lines}",
        "short": f"{sizes}, {number(min(taps))} to {number(max(taps))}, sum {total}",
    }

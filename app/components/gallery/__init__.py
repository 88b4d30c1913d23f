"""Rows of picture tiles with operators between them: colour planes, feature maps, borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from app.components.commits import ignore
from app.components.gallery.payload import packed_gallery
from app.components.gallery.tiles import Operator, Row, Tile
from app.components.registration import registered

__all__ = ["Operator", "Row", "Tile", "gallery"]

# Each part stands after the parts that it imports.
PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/keys.mjs",
    "../shared/payload.mjs",
    "../shared/nodes.mjs",
    "../shared/room.mjs",
    "layout.mjs",
    "kernel.mjs",
    "overlay.mjs",
    "tile.mjs",
    "rows.mjs",
    "sizes.mjs",
    "singly.mjs",
    "turning.mjs",
    "gallery.mjs",
)

_component = registered(Path(__file__).parent, PARTS)


def gallery(
    rows: Sequence[Row],
    *,
    columns: int | None = None,
    same_scale: bool = False,
    enlarged: bool = False,
    tall: float | None = None,
    least: int | None = None,
    present: bool = False,
    first: int = 0,
    key: str,
    commits: Mapping[str, Any] | None = None,
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
    least : the width in pixels that a picture should have at least; None: as wide as suits words
    present : large type
    first : the row that is then shown first
    key : names the component on its page
    commits : what `app.page.browser.commits_taken` says, needed where a tile can be opened; the
        page takes in, when it runs, "open", the id of the tile that was opened

    Raises ValueError where ids repeat, a row ends with an operator or has two side by side, a ring
    lies outside its tile, a tile has neither pixels nor a kernel, or one can be opened without
    commits.
    """
    _component(
        data=packed_gallery(
            rows,
            columns=columns,
            same_scale=same_scale,
            enlarged=enlarged,
            tall=tall or (0.6 if present else 0.5),
            least=least,
            present=present,
            first=first,
            commits=commits,
        ),
        key=key,
        on_commits_change=ignore,
    )

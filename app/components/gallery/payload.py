"""What a gallery is handed: rows of cells, and after them the PNG files that they name."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.components.gallery.tiles import Operator, Row, Tile
from app.components.palette import TINT
from app.components.payload import packed_bytes
from kernels.pictures.display import number


@dataclass(frozen=True)
class CellKernel:
    """A kernel beside a title.

    Parameters
    ----------
    columns, texts : its numbers, row by row
    tints : how strongly each is tinted, in percent with its sign
    about : all of it in words
    short : its size and range in words, where the numbers have no room
    """

    columns: int
    texts: Sequence[str]
    tints: Sequence[int]
    about: str
    short: str


@dataclass(frozen=True)
class Cell:
    """A tile as it is drawn, with the operator before it; see `Tile`.

    Parameters
    ----------
    image : names the pixels: the same ones are not decoded and drawn again
    png : where its file begins after the header, and its length
    """

    id: str
    operator: Operator | None
    title: str
    about: str
    image: str
    png: tuple[int, int]
    size: tuple[int, int]
    facts: Sequence[str]
    mark: tuple[int, int] | None
    note: str
    frame: tuple[int, int, int, int] | None
    hatched: bool
    kernel: CellKernel | None
    tint: str
    role: str
    numbers: Sequence[str]
    dark: Sequence[bool]
    open: bool


@dataclass(frozen=True)
class CellRow:
    """A row of cells under a title, with a sentence below it."""

    title: str
    note: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class GalleryPayload:
    """A whole gallery; see `gallery`.

    Parameters
    ----------
    commits : what `app.page.browser.commits_taken` says; None where no tile can be opened
    """

    rows: Sequence[CellRow]
    columns: int | None
    same_scale: bool
    enlarged: bool
    tall: float
    least: int | None
    present: bool
    first: int
    commits: Mapping[str, Any] | None


def packed_gallery(
    rows: Sequence[Row],
    *,
    columns: int | None = None,
    same_scale: bool = False,
    enlarged: bool = False,
    tall: float = 0.5,
    least: int | None = None,
    present: bool = False,
    first: int = 0,
    commits: Mapping[str, Any] | None = None,
) -> bytes:
    """Everything that the browser draws: a `GalleryPayload`, then the PNG files one after another.

    The parameters are those of `gallery`, where what is refused is listed, too.
    """
    files: list[bytes] = []
    seen: set[str] = set()
    shown = []
    for row in rows:
        cells: list[Cell] = []
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
            cells.append(_cell(item, before, (start, len(item.png))))
            before = None
        if before:
            raise ValueError(f"{row.title}: {before.text} leads to no tile; put one after it.")
        shown.append(CellRow(row.title, row.note, cells))
    if commits is None and any(cell.open for row in shown for cell in row.cells):
        raise ValueError("a tile can be opened, but nobody takes that in; hand over commits.")
    payload = GalleryPayload(
        shown, columns, same_scale, enlarged, tall, least, present, first, commits
    )
    return packed_bytes(payload, b"".join(files))


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


def _cell(tile: Tile, before: Operator | None, png: tuple[int, int]) -> Cell:
    return Cell(
        id=tile.id,
        operator=before,
        title=tile.title,
        about=tile.about,
        image=f"{zlib.crc32(tile.png):08x}{len(tile.png):x}" if tile.png else "",
        png=png,
        size=tile.size,
        facts=tile.facts,
        mark=tile.mark,
        note=tile.mark_note,
        frame=tile.frame,
        hatched=tile.hatched,
        kernel=_kernel(tile.kernel) if tile.kernel else None,
        tint=tile.tint,
        role=tile.role,
        numbers=tile.numbers,
        dark=tile.dark,
        open=tile.open,
    )


def _kernel(rows: tuple[tuple[float, ...], ...]) -> CellKernel:
    # Adding 0 turns −0, which products of zeros leave behind, into 0.
    rows = tuple(tuple(float(tap) + 0.0 for tap in row) for row in rows)
    taps = [tap for row in rows for tap in row]
    most = max(map(abs, taps))
    sizes = f"{len(rows)} × {len(rows[0])} kernel"
    lines = "; ".join(", ".join(number(tap) for tap in row) for row in rows)
    total = number(math.fsum(taps))
    return CellKernel(
        columns=len(rows[0]),
        texts=[number(tap) for tap in taps],
        tints=[round(100 * TINT * tap / most) if most else 0 for tap in taps],
        about=f"{sizes}, row by row: {lines}",
        short=f"{sizes}, {number(min(taps))} to {number(max(taps))}, sum {total}",
    )

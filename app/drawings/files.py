"""Files of a drawing: pixels of any SVG, and a board's whole animation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import resvg_py
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.drawings.board import Board

_FACES = [str(file) for file in sorted(Path(__file__).parent.glob("*.ttf"))]
"""The app's text face, which `tools/make_font.py` makes, in two weights."""

MOST_STEPS = 100
"""The most steps of an animation: 10 rows of 10, some ten seconds of work."""

_PAUSE, _AT_THE_END, _SHORTEST, _ALTOGETHER = 900, 2500, 250, 60_000
"""Milliseconds that a step stands, that the last one stands, the least, and of all together."""


def png(svg: str, scale: float = 2.0) -> bytes:
    """The pixels of an SVG, in the app's own face.

    >>> png('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>')[1:4]
    b'PNG'
    """
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, font_files=_FACES, skip_system_fonts=True)
    )


def why_not(steps: int) -> str:
    """Why there is no animation of so many steps; empty where there is one."""
    if steps <= MOST_STEPS:
        return ""
    return (
        f"The animation would have {steps:,} steps, and a file takes at most {MOST_STEPS}. Choose "
        "a smaller input, fewer output channels or a larger stride."
    )


def gif(board: Board) -> bytes:
    """The whole animation as a GIF, which every program plays.

    Raises ValueError where it has too many steps.
    """
    frames = _frames(board)
    last = frames[-1].quantize(128)
    coloured = [frame.quantize(palette=last, dither=0) for frame in frames]
    return _animated(coloured, "GIF", disposal=1, comment=board.story.encode())


def apng(board: Board) -> bytes:
    """The whole animation as a PNG that moves: every colour, and smaller than a GIF.

    Raises ValueError where it has too many steps.
    """
    words = PngInfo()
    words.add_itxt("Description", board.story)
    return _animated(_frames(board), "PNG", pnginfo=words)


def pauses(steps: int) -> list[int]:
    """How long each step stands, in milliseconds.

    >>> pauses(3), pauses(100)[0]
    ([900, 900, 2500], 600)
    """
    each = max(_SHORTEST, min(_PAUSE, _ALTOGETHER // steps // 10 * 10))
    return [each] * (steps - 1) + [_AT_THE_END]


def _frames(board: Board) -> list[Image.Image]:
    """The picture of every step; what stays the same is drawn once."""
    if why := why_not(board.scene.steps):
        raise ValueError(why)
    # Results come as they are computed, even where the page still hides them.
    board = replace(board, payload=replace(board.payload, predict=False, revealed=False))
    under = _opened(board.underlay()).convert("RGBA")
    return [_over(under, board.overlay(step)) for step in range(board.scene.steps)]


def _over(under: Image.Image, overlay: str) -> Image.Image:
    return Image.alpha_composite(under, _opened(overlay).convert("RGBA")).convert("RGB")


def _opened(svg: str) -> Image.Image:
    return Image.open(BytesIO(png(svg, 1.0)))


def _animated(frames: Iterable[Image.Image], kind: str, **options: Any) -> bytes:
    first, *others = frames
    file = BytesIO()
    first.save(
        file,
        kind,
        save_all=True,
        append_images=others,
        duration=pauses(1 + len(others)),
        loop=0,
        **options,
    )
    return file.getvalue()


ANIMATIONS: Mapping[str, Callable[[Board], bytes]] = {"GIF": gif, "APNG": apng}
"""What makes an animation of each kind."""

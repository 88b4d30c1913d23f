"""A photograph and what a kernel makes of it, side by side with the kernel between them."""

from __future__ import annotations

import textwrap
from base64 import b64encode
from dataclasses import dataclass

import numpy as np

from app.drawings.cells import Look, filled, fitted, shaded
from app.drawings.svg import document, text

_HIGH, _MARGIN, _GAP, _LINE = 420.0, 28.0, 36.0, 22.0
_LEAST, _KERNEL = 260.0, 240.0
"""The least width of a picture with its words, and the side of the largest kernel."""

_MOST_TAPS = 9
"""Cells on a side of a kernel whose numbers are still written."""


@dataclass(frozen=True)
class Photograph:
    """A picture as it is shown: its file, its size in pixels, its title and what is said of it."""

    png: bytes
    size: tuple[int, int]
    title: str
    facts: tuple[str, ...] = ()


def pair(given: Photograph, made: Photograph, taps: np.ndarray) -> str:
    """The two as one SVG, on white.

    taps : (rows, columns); a large kernel is not drawn, nor one of several slices
    """
    rows, columns = taps.shape[-2:]
    drawn = taps.ndim == 2 and max(rows, columns) <= _MOST_TAPS
    cell = min(44.0, _KERNEL // max(rows, columns))
    top, left, parts, lowest = _MARGIN + 26, _MARGIN, [], 0.0
    for photograph, role in ((given, "input"), (made, "output")):
        high = min(_HIGH, photograph.size[0] * 6.0)
        wide = high * photograph.size[1] / photograph.size[0]
        parts.append(_placed(photograph, role, left, top, wide, high))
        room = max(wide, _LEAST)
        y = top + high + 24
        for fact in photograph.facts:
            for line in textwrap.wrap(fact, int(room / 7.2)):
                parts.append(text(left, y, line, "note", "quiet"))
                y += _LINE - 3
        lowest = max(lowest, y)
        left += room + _GAP
        if photograph is given and drawn:
            down = top + high / 2 - rows * cell / 2
            parts.append(_kernel(taps, left, down, cell))
            left += columns * cell + _GAP
    title = f"{given.title}; {made.title}"
    width, height = left - _GAP + _MARGIN, lowest + _MARGIN - 8
    parts.append(text(width - _MARGIN, height - 12, "Slide & Sum", "small", "quiet", "end"))
    return document("".join(parts), width, height, title, dark=False)


def _placed(
    photograph: Photograph, role: str, x: float, y: float, width: float, height: float
) -> str:
    data = b64encode(photograph.png).decode()
    return text(x, y - 10, photograph.title, "title", "bold", role) + (
        f'<image x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        f'preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'
    )


def _kernel(weights: np.ndarray, x: float, y: float, cell: float) -> str:
    look, shade = Look(cell, fitted(weights, cell), dark=False), shaded("kernel", weights)
    return "".join(
        filled(look, x, y, row, column, value, shade, "input")
        for (row, column), value in np.ndenumerate(weights)
    )

"""The cells of a board: how strongly a number tints one, and how large it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.components.palette import TINT
from app.drawings.numerals import written
from app.drawings.svg import paper, rect, role, rule, signed_tint, text, tinted
from kernels.pictures.ink import is_dark

Shade = Callable[[float, bool], tuple[str, str]]
"""(number, whether the page is dark) -> the cell's colour, and the class of what is written."""

_DIGIT = 0.62
LIGHT = {
    "grey": (255, 255, 255),
    "red": (255, 116, 110),
    "green": (104, 216, 132),
    "blue": (128, 170, 255),
}
"""The light of a plane at its brightest, which is 255, as in `components/stage/tints.mjs`."""


@dataclass(frozen=True)
class Look:
    """How the cells of some panels are drawn: their side, the type and the digits that fit."""

    size: float
    type: tuple[float, int]
    dark: bool

    @staticmethod
    def write(value: float) -> str:
        """A number in a sentence."""
        return written(value)


def fitted(values: np.ndarray, size: float) -> tuple[float, int]:
    """The height of the type, and the significant digits, with which every number fits its cell.

    >>> fitted(np.array([1.0, 25.0]), 44)
    (19.8, 4)
    """
    best = (5.0, 2)
    for digits in (4, 3, 2):
        lengths = [len(_bare(value, digits)) for value in values.ravel() if np.isfinite(value)]
        room = (size - 5) / (max(lengths, default=1) * _DIGIT)
        height = round(min(size * 0.45, room), 1)
        if height >= 9:
            return height, digits
        best = max(best, (height, digits))
    return best


def ranged(name: str, values: np.ndarray) -> Shade:
    """From the lowest number, next to white, to the highest."""
    known = values[np.isfinite(values)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 0.0)

    def shade(value: float, dark: bool) -> tuple[str, str]:
        if not np.isfinite(value):
            return paper(dark), ""
        share = 0.06 + (TINT - 0.09) * (value - low) / (high - low) if high > low else 0.14
        return tinted(name, share, dark), ""

    return shade


def shaded(name: str, values: np.ndarray) -> Shade:
    """Signed numbers on one scale with zero in the middle."""
    finite = np.abs(values[np.isfinite(values)])
    most = float(finite.max()) if finite.size else 0.0

    def shade(value: float, dark: bool) -> tuple[str, str]:
        if not np.isfinite(value):
            return paper(dark), ""
        return tinted("negative" if value < 0 else name, signed_tint(value, most), dark), ""

    return shade


def pixels(plane: str) -> Shade:
    """The pixels of a photograph in their own light, and ink that can be read on them."""

    def shade(value: float, _dark: bool) -> tuple[str, str]:
        share = min(max(value, 0.0), 255.0) / 255
        rgb = [round(light * share) for light in LIGHT[plane]]
        ink = "light" if is_dark(np.array(rgb, float).reshape(3, 1, 1))[0, 0] else "dark"
        return "#" + "".join(f"{n:02X}" for n in rgb), ink

    return shade


def filled(
    look: Look,
    x: float,
    y: float,
    row: int,
    column: int,
    value: float,
    shade: Shade,
    zone: str,
    words: str | None = None,
) -> str:
    """A cell with its number.

    x, y : where its panel begins; zone : 'input', 'padding', 'unused', or 'over' for no cell at all
    words : what stands there instead of a number
    """
    left, top, size = x + column * look.size, y + row * look.size, look.size
    frame = {"stroke": rule(look.dark)}
    ink = "quiet" if zone in ("padding", "unused") else ""
    match zone:
        case "padding":
            fill = "url(#hatch)"
        case "unused":
            fill = "url(#cross)"
        case "over":
            return rect(left, top, size, size, fill="none", stroke_dasharray="2 2", **frame)
        case _:
            fill, ink = shade(value, look.dark)
    cell = rect(left, top, size, size, fill=fill, **frame)
    height, digits = look.type
    said = words if words is not None else "" if np.isnan(value) else written(value, digits)
    if not said:
        return cell
    plain = said.replace("≈", "")
    kinds = ["middle", *([ink] if ink else []), *(["rounded"] if plain != said else [])]
    at = (left + size / 2, top + size / 2 + height * 0.35)
    number = text(*map(_tenth, at), plain, *kinds, style=f"font-size:{height:g}px")
    minus = ""
    if value < 0 and zone == "input" and not words:
        minus = rect(left + 3, top + size - 4.5, 6, 1.5, fill=role("negative", look.dark))
    return cell + number + minus


def _tenth(value: float) -> float:
    return round(value, 1)


def _bare(value: float, digits: int) -> str:
    return written(value, digits).replace("≈", "")

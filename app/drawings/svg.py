"""The shapes of a drawing as SVG, in the app's palette, readable without the app."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from app.components.palette import ROLES, TINT

FACE = "'Slide Sum Text','IBM Plex Sans',Verdana,Arial,sans-serif"
_INK, _PAPER = ("#1C1C1A", "#F2F2EF"), ("#FFFFFF", "#111314")
_QUIET, _RULE = ("#5C5C58", "#B4B4B2"), ("#D6D6D2", "#3A3E41")


def paper(dark: bool) -> str:
    """What everything lies on."""
    return _PAPER[dark]


def role(name: str, dark: bool) -> str:
    """The colour of a role of the palette."""
    return ROLES[name].dark if dark else ROLES[name].light


def tinted(name: str, share: float, dark: bool) -> str:
    """A role's colour over the paper, so that no program has to know of opacity.

    share : 0 for paper alone, 1 for the full colour
    """
    over, under = (_channels(colour) for colour in (role(name, dark), _PAPER[dark]))
    mixed = (round(share * a + (1 - share) * b) for a, b in zip(over, under, strict=True))
    return "#" + "".join(f"{n:02X}" for n in mixed)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def rect(x: float, y: float, width: float, height: float, **look: str) -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{_look(look)}/>'


def text(x: float, y: float, words: str, *kinds: str, **look: str) -> str:
    """Words whose baseline begins here."""
    classes = f' class="{" ".join(kinds)}"' if kinds else ""
    return f'<text x="{x:g}" y="{y:g}"{classes}{_look(look)}>{escape(words)}</text>'


def outline(boxes: Iterable[tuple[float, float, float, float]], *kinds: str) -> str:
    """Frames around boxes of (x, y, width, height), as one path."""
    path = "".join(f"M{x:g} {y:g}h{w:g}v{h:g}h{-w:g}z" for x, y, w, h in boxes)
    return f'<path class="{" ".join(kinds)}" d="{path}"/>' if path else ""


def document(body: str, width: float, height: float, title: str, dark: bool) -> str:
    """A whole file: what stands in it, on its paper, with its words for who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}">'
        f"<title>{escape(title)}</title>{_definitions(dark)}<style>{_style(dark)}</style>"
        f'<rect width="{width:g}" height="{height:g}" fill="{_PAPER[dark]}"/>{body}</svg>'
    )


def layer(body: str, width: float, height: float, dark: bool) -> str:
    """What is laid over a picture that is there already: the same file without paper and title."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}">{_definitions(dark)}'
        f"<style>{_style(dark)}</style>{body}</svg>"
    )


def plain_colours(svg: str) -> str:
    """The same drawing for programs that know no variables: each has what stands for print.

    >>> plain_colours("fill: var(--text, #1c1c1a)")
    'fill: #1c1c1a'
    """
    return re.sub(r"var\(--[\w-]+, *([^()]+)\)", r"\1", svg)


def on_paper(svg: str) -> str:
    """The same drawing on white.

    >>> on_paper('<svg width="2"></svg>')
    '<svg width="2"><rect width="100%" height="100%" fill="#FFFFFF"/></svg>'
    """
    return svg.replace(">", f'><rect width="100%" height="100%" fill="{_PAPER[False]}"/>', 1)


def _style(dark: bool) -> str:
    """The rules of a drawing; a program that knows none still has each shape's own colours."""
    roles = "".join(f".{name}{{fill:{role(name, dark)}}}" for name in ROLES if "-" not in name)
    line, casing = role("window-line", dark), role("window-casing", dark)
    return (
        f"text{{font:400 16px {FACE};fill:{_INK[dark]}}}{roles}"
        f".middle{{text-anchor:middle}}.end{{text-anchor:end}}"
        f".quiet{{fill:{_QUIET[dark]}}}.bold{{font-weight:600}}.title{{font-size:19px}}"
        ".sign{font-size:26px}.note{font-size:14px}.small{font-size:12px}"
        ".rounded{text-decoration:underline}"
        f".taps,.casing{{fill:none;stroke:{casing};stroke-width:5.5;stroke-linejoin:round}}"
        f".taps{{stroke:{line};stroke-width:3}}"
        f".place{{fill:none;stroke:{role('output', dark)};stroke-width:3}}"
        f".light{{fill:#FFF}}.dark{{fill:#000}}"
    )


def _definitions(dark: bool) -> str:
    """What padding and unused cells are filled with, so that colour never stands alone."""
    ground, ink = tinted("padding", 0.09, dark), tinted("padding", 0.5, dark)
    patterns = "".join(
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ground}"/>'
        f'<path d="{lines}" stroke="{ink}" fill="none"/></pattern>'
        for name, lines in (("hatch", "M0 0V6"), ("cross", "M0 0V6M0 0H6"))
    )
    return f"<defs>{patterns}</defs>"


def rule(dark: bool) -> str:
    """The colour of thin lines between cells."""
    return _RULE[dark]


def signed_tint(value: float, most: float) -> float:
    """How strongly a number tints its cell, on a scale with zero in the middle."""
    return abs(value) / most * TINT if most else 0.0


def _look(look: dict[str, str]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in look.items())

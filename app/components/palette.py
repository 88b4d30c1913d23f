"""One colour per role of the picture language, light and dark, for CSS, SVG and Plotly alike.

The hues start from the Okabe-Ito set (M. Okabe, K. Ito, "Color Universal Design", 2008) and are
darkened or lightened until they carry text with a contrast of at least 4.5 : 1 on the page (WCAG
AA). Colour never stands alone: padding is hatched, the window outlined, unused cells cross-hatched.
"""

from types import MappingProxyType
from typing import NamedTuple


class Tone(NamedTuple):
    """A colour for the light and for the dark theme, as #rrggbb."""

    light: str
    dark: str


ROLES = MappingProxyType(
    {
        "input": Tone("#0067A3", "#6CBDF0"),  # blue
        "kernel": Tone("#B54700", "#FF9A5C"),  # vermilion
        "padding": Tone("#5F6672", "#A7AEBA"),  # grey
        "window": Tone("#7A5B00", "#E8B531"),  # gold, dark enough to be read
        "output": Tone("#00734F", "#3FCF9F"),  # bluish green
        "bias": Tone("#93357F", "#E9A0D3"),  # reddish purple
        "stride": Tone("#7A5B00", "#E8B531"),  # the window's gold: stride is how the window moves
        "dilation": Tone("#0B6B78", "#62CCDA"),  # teal
        "positive": Tone(
            "#BA5013", "#F08A4B"
        ),  # the two ends of the signed scale: orange above zero,
        "negative": Tone("#5B4FB3", "#A59BF5"),  # violet below
        "window-line": Tone(
            "#F2B600", "#FFD24A"
        ),  # the outline itself, always drawn over its casing
        "window-casing": Tone("#3A2D00", "#1A1400"),
    }
)

# The strongest tint behind a number, as a share of the role's colour over the page;
# stage/tints.mjs has the same.
TINT = 0.55


# Where the browser forces its user's colours, text and lines take these; what a drawing fills, too.
_FORCED = {
    **dict.fromkeys(ROLES, "CanvasText"),
    "window-line": "Highlight",
    "window-casing": "CanvasText",
}
_FORCED_INKS = {"text": "CanvasText", "quiet": "CanvasText", "rule": "CanvasText", "page": "Canvas"}


def css_variables() -> str:
    """Return the palette as custom properties of a component's host, a `light-dark()` pair each.

    Forced colours, which browsers lay on text and boxes but not on drawings, take their place.

    >>> css_variables().startswith(":host{--ss-input:light-dark(#0067A3,#6CBDF0);")
    True
    """
    roles = "".join(
        f"--ss-{role}:light-dark({tone.light},{tone.dark});" for role, tone in ROLES.items()
    )
    forced = "".join(f"--ss-{role}:{colour};" for role, colour in _FORCED.items())
    inks = "".join(f"--{name}:{colour}!important;" for name, colour in _FORCED_INKS.items())
    return (
        f":host{{{roles}}}\n@media (forced-colors:active){{:host{{{forced}}}:host *{{{inks}}}}}\n"
    )

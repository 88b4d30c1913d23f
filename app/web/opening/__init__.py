"""The opening: what a convolution is, in ten seconds, while Streamlit connects.

It stands in the page at the bare address, plays once for each browser, and gets in nobody's way:
whatever key or press comes, it goes, and the page beneath takes the press.
"""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path
from string import Template

from app.components.assets import css_text
from app.components.palette import css_variables
from app.web.inline import inline_script

_FOLDER = Path(__file__).parent
PARTS = ("timeline.mjs", "places.mjs", "drawing.mjs", "painting.mjs", "memory.mjs", "opening.mjs")
NAME = "slide-and-sum.opening"
"""The browser remembers under this name that it has shown the opening."""


@cache
def opening() -> str:
    """The opening, with the numbers that the kernels have computed for it."""
    from app.web.opening.scene import opening_scene  # NumPy, which a server imports when it starts

    scene = opening_scene()
    text = (_FOLDER / "opening.html").read_text(encoding="utf-8")
    return Template(text).substitute(
        name=NAME, spoken=html.escape(scene.spoken()), scene=json.dumps(scene.flat())
    )


@cache
def style() -> str:
    """The style sheet of the opening, in the colours of the picture language."""
    colours = css_variables().replace(":host", "#opening")
    return colours + css_text(_FOLDER / "opening.css")


@cache
def script() -> str:
    """The script that plays the opening where it has not been seen."""
    return inline_script(_FOLDER, PARTS)

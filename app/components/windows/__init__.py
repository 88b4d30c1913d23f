"""Windows along one axis, several ways side by side: the right ones, and those of a mistake."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from app.components.assets import component_text
from app.components.payload import encode

PARTS = ("../shared/mount.mjs", "../shared/theme.mjs", "windows.mjs")

_text = component_text(Path(__file__).parent, PARTS)
_component = st.components.v2.component(
    "slide_and_sum_windows", html=_text.html, css=_text.css, js=_text.js
)


@dataclass(frozen=True)
class Diagram:
    """One row of cells with its windows.

    title, words: what it is, and what to see. before, input, after: cells of padding and of the
    input. starts: first cells of the windows, in input coordinates. reach: cells that a window
    covers. taps: which of these it multiplies; empty for all of them. role: of the cells; those of
    an 'output' are what windows add to, and what lands outside them is cropped.
    """

    title: str
    words: str
    before: int
    input: int
    after: int
    starts: tuple[int, ...]
    reach: int
    taps: tuple[int, ...] = ()
    role: Literal["input", "output"] = "input"


def windows(diagrams: Sequence[Diagram], *, stacked: bool = False, key: str) -> None:
    """Draw rows of cells and their windows, all on one scale.

    stacked : one below the other, also where there is room side by side
    """
    data = {"diagrams": [asdict(one) for one in diagrams], "stacked": stacked}
    _component(data=encode(data), key=key)

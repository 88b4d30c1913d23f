"""A phone's menu: four pages in the bar at the bottom, and a button that opens the list of all.

The links are Streamlit's own, which `app/page/phone.css` lays along the lower edge; opening them is
all that happens here. Without this (under `streamlit run`) the bar holds every name and is swiped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from app.components.assets import css_text
from app.screens import FIRST, ON_A_PHONE
from app.web.inline import inline_script

_FOLDER = Path(__file__).parent
PARTS = ("phone_menu.mjs",)


def phone_menu() -> str:
    """The button, to stand before what Streamlit draws, so that its links come next."""
    return (_FOLDER / "phone_menu.html").read_text(encoding="utf-8").strip()


@cache
def style() -> str:
    """The style sheet of bar and list; it finds a page's link by its address."""
    ends = (f'[href$="/{"" if name == FIRST else name}"]' for name in ON_A_PHONE)
    return Template(css_text(_FOLDER / "phone_menu.css")).substitute(in_the_bar=", ".join(ends))


@cache
def script() -> str:
    """The script that opens the list and closes it again."""
    return inline_script(_FOLDER, PARTS)

"""What a page shows before Streamlit has connected: its bar, its heading, the picture's place.

It stands in the page itself. Streamlit draws beneath it unseen, so that nobody watches a page being
put together; when nothing moves there any more, the page takes its place. When another page of the
app is opened, its title and its picture's place stand there again until it is whole.
"""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path
from string import Template
from urllib.parse import quote

from app.components.assets import css_text
from app.screens import FIRST, FOR_TEACHERS, TITLES
from app.web.inline import inline_script

_FOLDER = Path(__file__).parent
_APP = _FOLDER.parents[1]
PARTS = ("settled.mjs", "theme.mjs", "switching.mjs", "first_frame.mjs")
_WITHOUT_PICTURE = ("quiz", *FOR_TEACHERS)


def page_at(path: str) -> str:
    """The page that an address's path leads to, by its folder's name.

    >>> page_at("/"), page_at("/quiz"), page_at("/below/picture"), page_at("/no-such-page")
    ('sliding_window', 'quiz', 'picture', 'sliding_window')
    """
    name = path.rsplit("/", 1)[-1]
    return name if name in TITLES or name in FOR_TEACHERS else FIRST


def title_of(page: str) -> str:
    """A page's title."""
    return {**TITLES, **FOR_TEACHERS}[page]


@cache
def first_frame(page: str) -> str:
    """The first frame of a page, to stand before what Streamlit draws."""
    links = "".join(
        f'<span class="link{" here" if name == page else ""}">{html.escape(title)}</span>'
        for name, title in TITLES.items()
    )
    text = (_FOLDER / "first_frame.html").read_text(encoding="utf-8")
    return Template(text).substitute(
        mark=mark_address(),
        links=links,
        title=html.escape(title_of(page)),
        titles=json.dumps({"": TITLES[FIRST], **TITLES, **FOR_TEACHERS}),
        without=json.dumps(_WITHOUT_PICTURE),
        hidden=" hidden" if page in _WITHOUT_PICTURE else "",
    )


@cache
def mark_address() -> str:
    """The app's mark, the gold window with the "&" in it, as an address that holds it whole."""
    drawing = (_APP / "assets" / "mark.svg").read_text(encoding="utf-8").strip()
    return f"data:image/svg+xml,{quote(drawing, safe=' /:=;,()')}"


@cache
def style() -> str:
    """The style sheet of the first frame."""
    return css_text(_FOLDER / "first_frame.css")


@cache
def script() -> str:
    """The script that shows the first frame, and takes it away in time."""
    return inline_script(_FOLDER, PARTS)

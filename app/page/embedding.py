"""A page inside another one: an LMS, a slide, a blog. No menu, no heading, and chosen boxes only.

`?embed=1` asks for it and `&hide=example,stride` leaves boxes out; `hide=all` leaves the picture
alone. Streamlit keeps `embed` in the address by itself and shows it to no app.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qs, urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

HIDE, EVERYTHING = "hide", "all"
_KEY = "embedding"


@dataclass(frozen=True)
class Embedding:
    """Whether the app stands inside another page, and which boxes that page has left out."""

    on: bool = False
    hidden: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: str) -> Embedding:
        """What an address asks for.

        >>> Embedding.read("embed=1&hide=example,%20stride&size=5x5")
        Embedding(on=True, hidden=('example', 'stride'))
        >>> Embedding.read("hide=all")
        Embedding(on=False, hidden=('all',))
        """
        given = parse_qs(query)
        return cls(given.get("embed") == ["1"], names_in(given.get(HIDE, [""])[-1]))

    def address(self) -> dict[str, str]:
        """The part of it that stands in the address, beside `embed`."""
        return {HIDE: ",".join(self.hidden)} if self.on and self.hidden else {}


def embedding() -> Embedding:
    """What this session was opened with: a frame's address does not change."""
    if _KEY not in st.session_state:
        context = get_script_run_ctx()
        st.session_state[_KEY] = Embedding.read(context.query_string if context else "")
    return st.session_state[_KEY]


def names_in(text: str) -> tuple[str, ...]:
    """The names of boxes that a text lists."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


def snippet(page: str, settings: dict[str, str], hidden: tuple[str, ...], title: str) -> str:
    """The code that shows a page inside another one.

    >>> print(snippet("http://a.org/quiz", {"q": "macs"}, (), "Quiz"))
    <iframe src="http://a.org/quiz?embed=1&amp;q=macs" title="Quiz · Slide &amp; Sum" \
width="100%" height="640" style="border: 0" allow="clipboard-write; fullscreen"></iframe>

    page : its address without settings; hidden : boxes to leave out
    """
    query = {"embed": "1", **Embedding(True, hidden).address(), **settings}
    source, name = escape(f"{page}?{urlencode(query, safe=',')}"), escape(f"{title} · Slide & Sum")
    return (
        f'<iframe src="{source}" title="{name}" width="100%" height="640" style="border: 0" '
        'allow="clipboard-write; fullscreen"></iframe>'
    )

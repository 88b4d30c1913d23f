"""Facts as one table, also for screen readers: a name, a value, how it comes about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import streamlit as st

_LOWERED = re.compile(r"\b(p|[CHWDk])_(\w+)")


def draw_facts(rows: Iterable[tuple[str, str, str]]) -> None:
    """Three columns of text; C_out is set as C with a lowered "out"."""
    lines = "".join(
        f"<tr><th scope='row'>{name}</th><td>{value}</td><td>{why}</td></tr>"
        for name, value, why in (map(escape, row) for row in rows)
    )
    lines = _LOWERED.sub(r"\1<sub>\2</sub>", lines)
    st.html(f"<table class='facts'>{lines}</table>")

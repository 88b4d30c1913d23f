"""Facts as one table, also for screen readers: a name, a value, how it comes about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import streamlit as st

_LOWERED = re.compile(r"\b(p|[CHWDk])_(\w+)")


def draw_facts(rows: Iterable[tuple[str, ...]], heads: tuple[str, ...] = ()) -> None:
    """Rows of texts, the first of each its head; C_out is set as C with a lowered "out".

    heads : what stands above the columns; without, they have no heads
    """
    top = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    lines = "".join(
        f"<tr><th scope='row'>{name}</th>{''.join(f'<td>{text}</td>' for text in rest)}</tr>"
        for name, *rest in (tuple(map(escape, row)) for row in rows)
    )
    head = f"<thead><tr>{top}</tr></thead>" if heads else ""
    kind = "facts headed" if heads else "facts"
    table = f"<table class='{kind}'>{head}<tbody>{lines}</tbody></table>"
    st.html(_LOWERED.sub(r"\1<sub>\2</sub>", table))

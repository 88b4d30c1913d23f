"""A question's words, tables and worked solution as HTML that every course system shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from lessons.quiz.compare import written
from lessons.quiz.figures import Figure
from lessons.quiz.figures.drawing import WIDTH
from lessons.quiz.question import Table
from lessons.quiz.wording import unbroken

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML file may hold (W3C, XML 1.0, 2.2 Characters)."""

# A theme of Moodle's gives a table no lines and puts its caption below it.
TABLE = (
    "display:inline-table; width:auto; margin:0 1.5em 1em 0; vertical-align:top; "
    "border-collapse:collapse; caption-side:top"
)
CELL = "border:1px solid; padding:0.2em 0.6em; text-align:right"


def set_in_html(text: str) -> str:
    """A text whose sizes are never broken, with a line for each layer of a chain.

    >>> set_in_html("a 2 × 2 kernel; then a flatten")
    'a 2\\xa0×\\xa02 kernel;<br/>then a flatten'
    """
    return unbroken(escape(text, quote=False)).replace("; then ", ";<br/>then ")


def paragraphs(text: Sequence[str]) -> str:
    """Paragraphs, of which the last one asks."""
    *given, asks = map(set_in_html, text)
    return "".join(f"<p>{one}</p>" for one in given) + f"<p><strong>{asks}</strong></p>"


def table(caption: str, rows: Table) -> str:
    """Numbers as a table with a caption."""
    return table_of(caption, [[escape(written(number)) for number in row] for row in rows])


def table_of(caption: str, rows: Sequence[Sequence[str]]) -> str:
    """A table of what is HTML already."""
    body = "".join(
        "<tr>" + "".join(f'<td style="{CELL}">{cell}</td>' for cell in row) + "</tr>"
        for row in rows
    )
    return (
        f'<table style="{TABLE}"><caption style="caption-side:top">{escape(caption)}</caption>'
        f"<tbody>{body}</tbody></table>"
    )


def worked_html(lines: Sequence[str]) -> str:
    """A worked solution, a line for each of its parts.

    >>> worked_html(["Sum: 1 + 1 = 2; 2 + 2 = 4"])
    '<p>Sum: 1 + 1 = 2;<br/>2 + 2 = 4</p>'
    """
    parts = (unbroken(escape(line, quote=False)).replace("; ", ";<br/>") for line in lines)
    return "".join(f"<p>{part}</p>" for part in parts)


def bare(html: str) -> str:
    """HTML without the styles of its elements, where a format has no room for them.

    >>> bare('<td style="color:red">1</td>')
    '<td>1</td>'
    """
    return re.sub(r' style="[^"]*"', "", html)


def picture(figure: Figure | None, source: str) -> str:
    """A drawing that is a file of its own; nothing where there is none."""
    if figure is None:
        return ""
    size = f'width="{WIDTH}" height="{figure.height}"'
    return f'<p><img src="{source}" alt="{unbroken(escape(figure.alt))}" {size}/></p>'

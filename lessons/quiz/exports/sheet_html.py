"""A sheet as one HTML page that prints well: black on white, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from html import escape

from lessons.quiz.compare import written
from lessons.quiz.exports.sheet import Sheet, SheetItem
from lessons.quiz.exports.words_html import picture, set_in_html
from lessons.quiz.figures import standalone
from lessons.quiz.question import Table
from lessons.quiz.wording import counted, unbroken

_STYLE = """
@page { margin: 18mm 18mm 20mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 9pt Georgia, serif; } }
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 174mm; color: #000; background: #fff;
  font: 11pt/1.4 Georgia, "Times New Roman", serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 17pt; font-weight: normal; }
h2 { margin: 0 0 1mm; font-size: 11pt; }
p { margin: 0 0 1.5mm; }
header { margin-bottom: 7mm; }
.about { margin: 0 0 6mm; font-size: 9pt; }
.write { display: flex; flex-wrap: wrap; gap: 3mm 8mm; }
.write > span { display: flex; min-width: 78mm; align-items: flex-end; gap: 2mm;
  white-space: nowrap; }
.write > span::after { content: ""; flex: 1; min-width: 22mm; height: 7mm;
  border-bottom: 0.5pt solid #000; }
.write > .filled::after { border: 0; }
section > article { margin-bottom: 5mm; break-inside: avoid; }
.convention { font-size: 9pt; }
.tables { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 3mm 5mm;
  margin: 3mm 0; }
img { width: 105mm; height: auto; }
table { border-collapse: collapse; break-inside: avoid; }
caption { padding-bottom: 0.5mm; font-size: 9pt; text-align: left; white-space: nowrap; }
td { min-width: 5.5mm; padding: 0.6mm 1mm; border: 0.5pt solid #000; text-align: center; }
.choices { margin: 2mm 0; padding: 0 0 0 7mm; list-style: upper-alpha; }
.choices li { margin-bottom: 1mm; padding-left: 1mm; }
h2 { display: flex; justify-content: space-between; gap: 5mm; }
h2 > span { font-weight: normal; font-size: 9pt; white-space: nowrap; }
footer { display: flex; gap: 6mm; align-items: center; margin-top: 8mm; font-size: 9pt;
  break-inside: avoid; overflow-wrap: anywhere; }
footer a { color: inherit; }
footer svg { flex: none; }
.room { height: 13mm; }
.room.large { height: 36mm; }
.key { break-before: page; }
.key > .about { margin-bottom: 6mm; }
.key > article { margin-bottom: 4mm; }
.key article p { display: flex; flex-wrap: wrap; gap: 0 6mm; align-items: baseline;
  margin: 0 0 0.5mm; }
.working { font-size: 9pt; }
sub { font-size: 70%; line-height: 0; }
@media screen { body { padding: 10mm; } .key { margin-top: 15mm; } }
"""


def sheet_html(sheet: Sheet, qr: str = "") -> str:
    """Write a sheet as a page to print; with answers in it, a key on pages of its own.

    qr: SVG of a code that leads to the sheet's address.

    >>> from lessons.quiz.exports.sheet import sheet_of
    >>> from lessons.quiz.sets import QuizSet
    >>> quiz = QuizSet((("output_size", (1,)),), 2, 3)
    >>> plain, with_key = sheet_html(sheet_of(quiz)), sheet_html(sheet_of(quiz, key=True))
    >>> "<h1>Key" in plain, "<h1>Key" in with_key, with_key.count("<article>")
    (False, True, 4)
    """
    has_key = any(item.key for item in sheet.items)
    title = escape(sheet.title)
    body = [
        f"<header><h1>{title}</h1>{_about(sheet)}{_name(sheet)}</header>",
        _section("", (_question(item) for item in sheet.items)),
    ]
    if sheet.address:
        body.append(_foot(sheet.address, qr))
    if has_key:
        head = f"<h1>Key: {title}</h1>{_about(sheet)}"
        body.append(_section(' class="key"', (_answers(item) for item in sheet.items), head))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _section(kind: str, articles: Iterable[str], head: str = "") -> str:
    body = "\n".join(f"<article>{article}</article>" for article in articles)
    return f"<section{kind}>{head}\n{body}\n</section>"


def _about(sheet: Sheet) -> str:
    """What the sheet can be printed again by."""
    count = len(sheet.items)
    questions = f"{counted(count, 'question')} · {counted(count, 'point')}"
    return f'<p class="about">{questions} · set {sheet.seed}</p>'


def _foot(address: str, qr: str) -> str:
    """Where the set is on a screen."""
    link = f'<a href="{escape(address)}">{escape(address)}</a>'
    return f"<footer>{qr}<p>The same questions on a screen, with hints:<br/>{link}</p></footer>"


def _name(sheet: Sheet) -> str:
    filled = f'<span class="filled">Name: {escape(sheet.student)}</span>' if sheet.student else ""
    return f'<div class="write">{filled or "<span>Name</span>"}<span>Date</span></div>'


def _question(item: SheetItem) -> str:
    """The question with its numbers and room to write."""
    points = "<span>1 point</span>"
    parts = [_heading(item, points), *(f"<p>{set_in_html(text)}</p>" for text in item.text)]
    if item.convention:
        parts.append(f'<p class="convention">{set_in_html(" ".join(item.convention))}</p>')
    if item.tables:
        tables = "".join(_table(caption, rows) for caption, rows in item.tables)
        parts.append(f'<div class="tables">{tables}</div>')
    if item.figure:
        drawn = b64encode(standalone(item.figure).encode()).decode()
        parts.append(picture(item.figure, f"data:image/svg+xml;base64,{drawn}"))
    if item.choices:
        options = "".join(f"<li>{unbroken(escape(choice))}</li>" for choice in item.choices)
        parts.append(f'<ol class="choices">{options}</ol>')
    elif item.whole_output:
        parts.append(f'<p>{escape(item.lines[0])}:</p><div class="room large"></div>')
    else:
        boxes = "".join(f"<span>{escape(line)}</span>" for line in item.lines)
        parts.append(f'<div class="room"></div><div class="write">{boxes}</div>')
    return "".join(parts)


def _answers(item: SheetItem) -> str:
    """The answers, each with how it is worked out."""
    lines = []
    for answer, working in zip(item.key, item.working, strict=True):
        how = f'<span class="working">{_formula(working)}</span>'
        lines.append(f"<p><span>{unbroken(escape(answer))}</span>{how}</p>")
    return _heading(item) + "".join(lines)


def _formula(text: str) -> str:
    """Formula text with its indices set lower.

    >>> _formula("C_out·k_h < 9")
    'C<sub>out</sub>·k<sub>h</sub> &lt; 9'
    """
    return re.sub(r"(?<=[A-Za-z])_([a-z]+)", r"<sub>\1</sub>", unbroken(escape(text)))


def _heading(item: SheetItem, beside: str = "") -> str:
    return f"<h2>{item.number}. {escape(item.title)}{beside}</h2>"


def _table(caption: str, rows: Table) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(written(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption>{body}</table>"

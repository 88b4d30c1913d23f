"""A set as Moodle XML.

Source: Moodle documentation, "Moodle XML format".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from html import escape
from xml.etree import ElementTree

from lessons.quiz.compare import TOLERANCE, written
from lessons.quiz.exports.items import MARK_DECIMALS, Item, items_of
from lessons.quiz.question import Matrix, Number, Question

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML file may hold (W3C, XML 1.0, 2.2 Characters)."""


def to_moodle(
    questions: Sequence[Question], category: str = "Slide & Sum", student: str = ""
) -> str:
    """Write a set as Moodle XML: numbers as numerical questions, choices as multiple choice.

    >>> from lessons.quiz import generate
    >>> to_moodle([generate("macs", 1, 0)]).count("<question ")
    2

    The first question names the category that Moodle puts the others in; those of a student go
    into one of the student's own below it.
    """
    quiz = ElementTree.Element("quiz")
    top = ElementTree.SubElement(quiz, "question", type="category")
    _text(
        ElementTree.SubElement(top, "category"), f"$course$/top/{category_path(category, student)}"
    )
    for item in items_of(questions):
        _add(quiz, item)
    ElementTree.indent(quiz)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + ElementTree.tostring(quiz, encoding="unicode") + "\n"


def category_path(*names: str) -> str:
    """Categories, each below the one before, as Moodle writes them in its files; empty ones go.

    >>> category_path("Input/output", "Ada  Lovelace"), category_path("Sizes", "")
    ('Input//output/Ada Lovelace', 'Sizes')
    """
    plain = (" ".join(name.split()).replace("/", "//") for name in names)
    return "/".join(name for name in plain if name)


def _add(quiz: ElementTree.Element, item: Item) -> None:
    kind = "multichoice" if item.choices else "numerical"
    question = ElementTree.SubElement(quiz, "question", type=kind)
    _text(ElementTree.SubElement(question, "name"), item.name)
    _text(ElementTree.SubElement(question, "questiontext", format="html"), _html(item))
    ElementTree.SubElement(question, "defaultgrade").text = plain_number(item.mark, MARK_DECIMALS)
    ElementTree.SubElement(question, "penalty").text = "0"
    if item.choices:
        ElementTree.SubElement(question, "single").text = "true"
        ElementTree.SubElement(question, "shuffleanswers").text = "false"
        ElementTree.SubElement(question, "answernumbering").text = "none"
    says = {wrong.answer: wrong.feedback for wrong in item.wrong}
    for answer in item.choices or (item.answer, *says):
        right = answer == item.answer
        entry = ElementTree.SubElement(
            question, "answer", fraction="100" if right else "0", format="plain_text"
        )
        ElementTree.SubElement(entry, "text").text = plain_number(answer)
        if not item.choices:
            ElementTree.SubElement(entry, "tolerance").text = tolerance_of(answer)
        feedback = ElementTree.SubElement(entry, "feedback", format="plain_text")
        _text(feedback, "Right." if right else says[answer])


def plain_number(answer: Number | str, decimals: int = 4) -> str:
    """A number with a point and an ASCII minus, as files want it.

    >>> plain_number(-12345), plain_number(Fraction(5, 3)), plain_number(Fraction(2))
    ('-12345', '1.6667', '2')
    """
    if not isinstance(answer, Fraction):
        return str(answer)
    return f"{float(answer):.{decimals}f}".rstrip("0").rstrip(".")


def tolerance_of(answer: Number | str) -> str:
    """None for whole numbers; for others half a unit of the second decimal."""
    return "0" if isinstance(answer, int) else str(float(TOLERANCE))


def _html(item: Item) -> str:
    *given, asks = (escape(text) for text in item.text)
    paragraphs = [f"<p>{text}</p>" for text in given] + [f"<p><strong>{asks}</strong></p>"]
    return "".join(paragraphs + [_table(caption, rows) for caption, rows in item.tables])


# A theme of Moodle's gives a table no lines and puts its caption below it.
_TABLE = (
    "display:inline-table; width:auto; margin:0 1.5em 1em 0; vertical-align:top; "
    "border-collapse:collapse; caption-side:top"
)
_CELL = "border:1px solid; padding:0.2em 0.6em; text-align:right"


def _table(caption: str, rows: Matrix) -> str:
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{escape(written(n))}</td>' for n in row) + "</tr>"
        for row in rows
    )
    return (
        f'<table style="{_TABLE}"><caption style="caption-side:top">{escape(caption)}</caption>'
        f"<tbody>{body}</tbody></table>"
    )


def _text(parent: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(parent, "text").text = NOT_IN_XML.sub("", text)

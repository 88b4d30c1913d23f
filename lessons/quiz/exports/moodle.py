"""A set as Moodle XML.

Source: Moodle documentation, "Moodle XML format".
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree

from lessons.quiz.compare import TOLERANCE, written
from lessons.quiz.exports.items import Item, items_of
from lessons.quiz.question import Matrix, Number, Question


def to_moodle(questions: Sequence[Question], category: str = "Slide & Sum") -> str:
    """Write a set as Moodle XML: numbers as numerical questions, choices as multiple choice.

    >>> from lessons.quiz import generate
    >>> to_moodle([generate("macs", 1, 0)]).count("<question ")
    2

    The first question names the category that Moodle puts the others in.
    """
    quiz = ElementTree.Element("quiz")
    top = ElementTree.SubElement(quiz, "question", type="category")
    _text(ElementTree.SubElement(top, "category"), f"$course$/top/{category.replace('/', '//')}")
    for item in items_of(questions):
        _add(quiz, item)
    ElementTree.indent(quiz)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + ElementTree.tostring(quiz, encoding="unicode") + "\n"


def _add(quiz: ElementTree.Element, item: Item) -> None:
    kind = "multichoice" if item.choices else "numerical"
    question = ElementTree.SubElement(quiz, "question", type=kind)
    _text(ElementTree.SubElement(question, "name"), item.name)
    _text(ElementTree.SubElement(question, "questiontext", format="html"), _html(item))
    ElementTree.SubElement(question, "defaultgrade").text = "1"
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


def plain_number(answer: Number | str) -> str:
    """A number with a point and an ASCII minus, as files want it.

    >>> from fractions import Fraction
    >>> plain_number(-12345), plain_number(Fraction(5, 3))
    ('-12345', '1.6667')
    """
    if isinstance(answer, str | int):
        return str(answer)
    return f"{float(answer):.4f}".rstrip("0")


def tolerance_of(answer: Number | str) -> str:
    """None for whole numbers; for others half a unit of the second decimal."""
    return "0" if isinstance(answer, int) else str(float(TOLERANCE))


def _html(item: Item) -> str:
    paragraphs = [f"<p>{escape(text)}</p>" for text in item.text]
    return "".join(paragraphs + [_table(caption, rows) for caption, rows in item.tables])


def _table(caption: str, rows: Matrix) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(written(n))}</td>" for n in row) + "</tr>" for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption>{body}</table>"


def _text(parent: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(parent, "text").text = text

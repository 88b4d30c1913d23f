"""A set as Moodle XML: boxes of one question stay together, and a choice is a choice.

Source: Moodle documentation, "Moodle XML format".
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from xml.etree import ElementTree

from lessons.quiz.exports.cloze import boxes_html
from lessons.quiz.exports.items import Item
from lessons.quiz.exports.numbers import plain_number, tolerance_of
from lessons.quiz.exports.pool import Kind, kind_title
from lessons.quiz.exports.whole import Whole, whole_of
from lessons.quiz.exports.words_html import (
    NOT_IN_XML,
    paragraphs,
    picture,
    set_in_html,
    table,
    worked_html,
)
from lessons.quiz.figures import standalone
from lessons.quiz.question import Question

FIGURE = "drawing.svg"
"""The file of a question's drawing."""

PENALTY = "0.3333333"
"""Of each try but the first, where a quiz lets a student try again: Moodle's own."""


def to_moodle(
    questions: Sequence[Question], category: str = "Slide & Sum", student: str = ""
) -> str:
    """Write a set as Moodle XML, in a category; a student's set in one of the student's own.

    >>> from lessons.quiz import generate
    >>> to_moodle([generate("macs", 1, 0)]).count("<question ")
    2

    A question with several boxes is a Cloze question, one with a single box a numerical one; each
    has its hints, its worked solution as general feedback, and tags. The first question names the
    category that Moodle puts the others in.
    """
    quiz = ElementTree.Element("quiz")
    _add_category(quiz, category, student)
    for number, question in enumerate(questions, start=1):
        _add(quiz, whole_of(question, number))
    return _written(quiz)


def pool_to_moodle(pool: Sequence[Kind], category: str = "Slide & Sum") -> str:
    """Write variants of each kind, a category each, as Moodle's random questions draw from them.

    >>> from lessons.quiz import generate
    >>> pool = [(("macs", 1), (generate("macs", 1, 0), generate("macs", 1, 1)))]
    >>> ElementTree.fromstring(pool_to_moodle(pool)).findtext("question/category/text")
    '$course$/top/Slide & Sum/Multiply-adds, level 1'
    """
    quiz = ElementTree.Element("quiz")
    for level, questions in pool:
        _add_category(quiz, category, kind_title(level))
        for number, question in enumerate(questions, start=1):
            _add(quiz, whole_of(question, number))
    return _written(quiz)


def _written(quiz: ElementTree.Element) -> str:
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


def _add_category(quiz: ElementTree.Element, *names: str) -> None:
    top = ElementTree.SubElement(quiz, "question", type="category")
    _text(ElementTree.SubElement(top, "category"), f"$course$/top/{category_path(*names)}")


def _add(quiz: ElementTree.Element, whole: Whole) -> None:
    kind = "multichoice" if whole.choice else "numerical" if len(whole.boxes) == 1 else "cloze"
    question = ElementTree.SubElement(quiz, "question", type=kind)
    _text(ElementTree.SubElement(question, "name"), whole.name)
    shown = paragraphs(whole.text) + "".join(table(*one) for one in whole.tables)
    shown += picture(whole.figure, f"@@PLUGINFILE@@/{FIGURE}")
    shown += boxes_html(whole) if kind == "cloze" else ""
    asked = ElementTree.SubElement(question, "questiontext", format="html")
    _text(asked, shown)
    if whole.figure:
        file = ElementTree.SubElement(asked, "file", name=FIGURE, path="/", encoding="base64")
        file.text = b64encode(standalone(whole.figure).encode()).decode()
    worked = ElementTree.SubElement(question, "generalfeedback", format="html")
    _text(worked, worked_html(whole.known.worked))
    if kind != "cloze":  # whose boxes come to its grade
        ElementTree.SubElement(question, "defaultgrade").text = "1"
    ElementTree.SubElement(question, "penalty").text = PENALTY
    ElementTree.SubElement(question, "idnumber").text = whole.key
    if whole.choice:
        ElementTree.SubElement(question, "single").text = "true"
        ElementTree.SubElement(question, "shuffleanswers").text = "false"
        ElementTree.SubElement(question, "answernumbering").text = "ABCD"
    if kind != "cloze":
        _add_answers(question, whole.boxes[0])
    for hint in whole.known.hints:
        said = ElementTree.SubElement(question, "hint", format="html")
        _text(said, f"<p>{set_in_html(hint)}</p>")
    tags = ElementTree.SubElement(question, "tags")
    for tag in whole.known.tags:
        _text(ElementTree.SubElement(tags, "tag"), tag)


def _add_answers(question: ElementTree.Element, item: Item) -> None:
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


def _text(parent: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(parent, "text").text = NOT_IN_XML.sub("", text)

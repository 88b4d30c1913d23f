"""Boxes inside a text in the notation of Moodle's Cloze questions.

Source: Moodle documentation, "Embedded Answers (Cloze) question type".
"""

from __future__ import annotations

from html import escape

from lessons.quiz.exports.items import Item
from lessons.quiz.exports.numbers import plain_number, tolerance_of
from lessons.quiz.exports.whole import Whole
from lessons.quiz.exports.words_html import table_of

_SIGNS = {"~": "&#126;", "{": "&#123;", "}": "&#125;", "\\": "&#92;"}
"""What would end an answer, as entities: Moodle does not take the escape before all of them away
again."""


def boxes_html(whole: Whole) -> str:
    """The boxes of a question: those of a matrix in a table, others one below the other."""
    boxes = [box_of(item) for item in whole.boxes]
    if whole.columns:
        rows = [boxes[n : n + whole.columns] for n in range(0, len(boxes), whole.columns)]
        return table_of("output", rows)
    lines = zip(whole.boxes, boxes, strict=True)
    return "".join(f"<p>{escape(item.label)}: {box}</p>" for item, box in lines)


def box_of(item: Item) -> str:
    """A box for a number, with the wrong ones that have a name.

    >>> from lessons.quiz import generate
    >>> from lessons.quiz.exports.items import items_of
    >>> box_of(items_of([generate("output_size", 1, 0)])[0])[:38]
    '{1:NUMERICAL:=49:0#Right.~%0%48:0#The '
    """
    answers = [f"={_number(item.answer)}#Right."]
    answers += [f"%0%{_number(one.answer)}#{_text(one.feedback)}" for one in item.wrong]
    return f"{{1:NUMERICAL:{'~'.join(answers)}}}"


def _number(answer) -> str:
    return f"{plain_number(answer)}:{tolerance_of(answer)}"


def _text(text: str) -> str:
    # Entities are read once as the box is found and once as its feedback is shown.
    html = escape(escape(text, quote=False), quote=True)
    return "".join(_SIGNS.get(sign, sign) for sign in html)

"""A set in GIFT, the plain text format that many course systems read.

The format gives every question one mark, so a matrix is asked for whole. Tags stand in a comment
before a question, where Moodle reads them; there are no hints.

Source: Moodle documentation, "GIFT format".
"""

from __future__ import annotations

from collections.abc import Sequence

from lessons.quiz.exports.items import Item, items_of, plain_text
from lessons.quiz.exports.moodle import category_path
from lessons.quiz.exports.numbers import plain_number, tolerance_of
from lessons.quiz.question import Question
from lessons.quiz.wording import unbroken


def to_gift(questions: Sequence[Question], category: str = "Slide & Sum", student: str = "") -> str:
    """Write a set in GIFT; the questions of a student go into a category of the student's own.

    >>> from lessons.quiz import generate
    >>> print(to_gift([generate("channels_out", 3, 0)]).splitlines()[0])
    $CATEGORY: Slide & Sum
    """
    items = "\n\n".join(_item(item) for item in items_of(questions, matrices_as_choices=True))
    return f"$CATEGORY: {category_path(category, student)}\n\n{items}\n"


def _item(item: Item) -> str:
    text = escaped(unbroken(plain_text(item)))
    says = {wrong.answer: wrong.feedback for wrong in item.wrong}
    if item.choices:
        lines = [
            f"{'=' if choice == item.answer else '~'}{escaped(choice)}"
            f"#{escaped(says.get(choice, 'Right.'))}"
            for choice in item.choices
        ]
        opening = "{"
    else:
        lines = [f"=%100%{_number(item.answer)}#Right."]
        lines += [f"=%0%{_number(answer)}#{escaped(says[answer])}" for answer in says]
        opening = "{#"
    body = "\n".join(f"\t{line}" for line in lines)
    tags = " ".join(f"[tag:{tag}]" for tag in item.known.tags)
    worked = escaped(unbroken("\n".join(item.known.worked)))
    return f"// {tags}\n::{escaped(item.name)}::{text} {opening}\n{body}\n\t####{worked}\n}}"


def _number(answer) -> str:
    return f"{plain_number(answer)}:{tolerance_of(answer)}"


def escaped(text: str) -> str:
    r"""Text in which GIFT's own signs are marked as text.

    >>> print(escaped("i = 5: {a}~b#c"))
    i \= 5\: \{a\}\~b\#c
    """
    for sign in "\\~=#{}:":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")

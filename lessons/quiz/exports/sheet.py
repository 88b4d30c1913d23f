"""A set to print, as plain data; with the key it has answers and worked solutions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lessons.quiz.compare import written
from lessons.quiz.explain import solution
from lessons.quiz.exports.items import tables_of
from lessons.quiz.question import Matrix, Question
from lessons.quiz.sets import QuizSet


@dataclass(frozen=True)
class SheetItem:
    """One question on paper.

    lines: the boxes to fill. whole_output: the only box is a table of numbers, whose size is asked
    too. key, working: empty without the key.
    """

    number: int
    title: str
    text: tuple[str, ...]
    convention: tuple[str, ...]
    tables: tuple[tuple[str, Matrix], ...]
    lines: tuple[str, ...]
    choices: tuple[str, ...]
    whole_output: bool = False
    key: tuple[str, ...] = ()
    working: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A printable set."""

    title: str
    student: str
    seed: int
    items: tuple[SheetItem, ...]


def sheet_of(quiz: QuizSet, key: bool = False, title: str = "Quiz") -> Sheet:
    """Lay a set out for paper.

    >>> quiz = QuizSet((("output_size", (1,)),), 2, 3)
    >>> sheet_of(quiz).items[0].key, len(sheet_of(quiz, key=True).items[0].key)
    ((), 2)
    """
    items = tuple(_item(n, one, key) for n, one in enumerate(quiz.questions(), start=1))
    return Sheet(title, quiz.student, quiz.seed, items)


def _item(number: int, question: Question, key: bool) -> SheetItem:
    steps = solution(question).steps if key else ()
    return SheetItem(
        number,
        question.title,
        question.prompt,
        question.convention,
        tables_of(question),
        tuple(field.label for field in question.fields),
        tuple(option.label for option in question.setup.options),
        question.fields[0].kind == "matrix",
        tuple(f"{step.label}: {step.answer}" for step in steps),
        tuple(grouped(step.text) for step in steps),
    )


def grouped(text: str) -> str:
    """Text with its large whole numbers as `written` writes an answer.

    >>> grouped("16·16·360 = 92160; 4600 − 12.34567 = 0")
    '16·16·360 = 92,160; 4600 − 12.34567 = 0'
    """
    return re.sub(r"(?<![\d.,])\d{5,}(?![\d.,]*\d)", lambda found: written(int(found[0])), text)

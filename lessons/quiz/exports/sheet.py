"""A set to print, as plain data; with the key it has answers and worked solutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from lessons.quiz.explain import Step, solution
from lessons.quiz.exports.items import tables_of
from lessons.quiz.exports.known import grouped
from lessons.quiz.figures import Figure, figure_of
from lessons.quiz.question import Question, Table
from lessons.quiz.sets import QuizSet


@dataclass(frozen=True)
class SheetItem:
    """One question on paper.

    lines: the boxes to fill. choices: each has a letter, which the key names. whole_output: the
    only box is a table of numbers, whose size is asked too. key, working: empty without the key.
    """

    number: int
    title: str
    text: tuple[str, ...]
    convention: tuple[str, ...]
    tables: tuple[tuple[str, Table], ...]
    lines: tuple[str, ...]
    choices: tuple[str, ...]
    whole_output: bool = False
    figure: Figure | None = None
    key: tuple[str, ...] = ()
    working: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A printable set; address: where it is on a screen, or ""."""

    title: str
    student: str
    seed: int
    items: tuple[SheetItem, ...]
    address: str = ""


def sheet_of(quiz: QuizSet, key: bool = False, title: str = "Quiz", address: str = "") -> Sheet:
    """Lay a set out for paper.

    >>> quiz = QuizSet((("output_size", (1,)),), 2, 3)
    >>> sheet_of(quiz).items[0].key, len(sheet_of(quiz, key=True).items[0].key)
    ((), 2)
    """
    items = tuple(_item(n, one, key) for n, one in enumerate(quiz.questions(), start=1))
    return Sheet(title, quiz.student, quiz.seed, items, address)


def _item(number: int, question: Question, key: bool) -> SheetItem:
    steps = solution(question).steps if key else ()
    choices = tuple(option.label for option in question.setup.options)
    letters = dict(zip(choices, ascii_uppercase, strict=False))
    return SheetItem(
        number,
        question.title,
        question.prompt,
        question.convention,
        tables_of(question),
        tuple(field.label for field in question.fields),
        choices,
        question.fields[0].kind == "matrix",
        figure_of(question),
        tuple(_answer(step, letters) for step in steps),
        tuple(grouped(step.text) for step in steps),
    )


def _answer(step: Step, letters: Mapping[str, str]) -> str:
    """A box's answer; of a choice its letter too."""
    letter = f"{letters[step.answer]}, " if step.answer in letters else ""
    return f"{step.label}: {letter}{step.answer}"

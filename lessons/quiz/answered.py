"""Answers as plain data, for the browser's storage or a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from lessons.quiz.checked import Checked, check
from lessons.quiz.question import Question, QuizError
from lessons.quiz.registry import question_of
from lessons.quiz.reply import Promise

LONGEST_TYPED = 5_000
"""Signs that are kept of a box: more than any answer that can be read has."""


def typed_texts(question: Question, typed: Any) -> dict[str, str]:
    """Those texts that belong to the question's own boxes, none longer than an answer can be."""
    typed = typed if isinstance(typed, Mapping) else {}
    texts = {one.id: typed.get(one.id) for one in question.fields}
    return {id: text[:LONGEST_TYPED] for id, text in texts.items() if isinstance(text, str)}


def written_answers(answers: Sequence[Checked]) -> list[list]:
    """Answers as plain data: each its question, what was typed, what was promised.

    >>> from lessons.quiz import generate
    >>> written_answers([check(generate("macs", 1, 0), {"macs": "7"})])
    [['macs.1.0.2', {'macs': '7'}, '']]
    """
    return [[one.question.key, one.typed, one.promise] for one in answers]


def answers_of(data: Any) -> tuple[Checked, ...]:
    """Read what `written_answers` wrote; what cannot be read is left out.

    >>> [one.typed for one in answers_of([["macs.1.0.2", {"macs": "7"}, ""], ["x"], 5])]
    [{'macs': '7'}]

    What is promised for the next question is kept, what else was said of an answer is not.
    """
    found: list[Checked] = []
    for entry in data[-60:] if isinstance(data, list) else ():
        checked = _answer(entry)
        if checked is not None:
            found.append(checked)
    return tuple(found)


def _answer(entry: Any) -> Checked | None:
    if not isinstance(entry, list) or len(entry) < 2 or not isinstance(entry[0], str):
        return None
    try:
        question = question_of(entry[0])
    except QuizError:
        return None
    checked = check(question, typed_texts(question, entry[1]))
    promise = entry[2] if len(entry) > 2 and entry[2] in get_args(Promise) else ""
    return replace(checked, promise=promise) if checked.readable else None

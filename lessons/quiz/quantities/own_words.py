"""The answer to a question that somebody asks in words of their own."""

from __future__ import annotations

from lessons.quiz.compare import written
from lessons.quiz.mistakes.reckoning import Reckoning
from lessons.quiz.quantities.quantity import Quantity

ROWS = (
    Quantity(
        "own_answer",
        solve=lambda setup, field: setup.answer,
        working=lambda question, field, before: Reckoning((question.setup.answer, ""), {}),
        rule=lambda question, field: "",
        numbers=lambda question, field: "",
        worked=lambda question, field, value: f"The answer is {written(value)}.",
        picture=lambda question, field: None,
        slides=False,
    ),
)

"""Right, wrong or not readable, box by box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lessons.quiz.answers import accepts
from lessons.quiz.compare import same
from lessons.quiz.diagnose import Candidate
from lessons.quiz.question import Question, Value

Outcome = Literal["right", "carried", "wrong", "repeated", "not readable"]


@dataclass(frozen=True)
class BoxVerdict:
    """One box. right: its value; expected: what it should be after the learner's own earlier boxes.

    outcome: 'carried' is right, worked out from an earlier box that is wrong; 'repeated' is the
    same slip as in an earlier wrong box. Both keep their marks.
    """

    field: str
    outcome: Outcome
    credit: Fraction
    right: Value
    expected: Value


@dataclass(frozen=True)
class Verdict:
    """The whole question; credit is between 0 and 1, and None while a box is not readable."""

    boxes: tuple[BoxVerdict, ...]
    outcome: Literal["right", "wrong", "not readable"]
    credit: Fraction | None

    def box(self, field: str) -> BoxVerdict:
        """The verdict on the box of that id."""
        return next(box for box in self.boxes if box.field == field)


def verdict_of(
    question: Question,
    values: Mapping[str, Value],
    right: Mapping[str, Value],
    expected: Mapping[str, Value],
    candidates: Mapping[str, Sequence[Candidate]],
) -> Verdict:
    """Judge the values that could be read.

    Every box counts the same. In a chain a box is judged from the learner's own box before it, so
    that one error costs once.

    >>> from lessons.quiz import check, generate, solve
    >>> question = generate("output_size", 6, 0)
    >>> typed = {"height": str(solve(question)["height"]), "width": "1000"}
    >>> verdict = check(question, typed).verdict
    >>> verdict.outcome, [box.outcome for box in verdict.boxes], verdict.credit
    ('wrong', ['right', 'wrong'], Fraction(1, 2))
    >>> check(question, {"height": "3"}).verdict.outcome
    'not readable'
    """
    settings = [field.id for field in question.fields if field.kind == "setting"]
    legal = bool(settings) and all(id in values for id in settings) and accepts(question, values)
    boxes: list[BoxVerdict] = []
    slipped: set[str] = set()
    for field in question.fields:
        value = values.get(field.id)
        outcome: Outcome = "wrong"
        credit = Fraction(0)
        if value is None:
            outcome = "not readable"
        elif legal if field.kind == "setting" else same(value, right[field.id]):
            outcome, credit = "right", Fraction(1)
        elif field.kind != "setting" and same(value, expected[field.id]):
            outcome, credit = "carried", Fraction(1)
        elif field.follows or any(other.follows == field.id for other in question.fields):
            found = {one.slips[0] for one in candidates[field.id] if len(one.slips) == 1}
            if found & slipped:
                outcome, credit = "repeated", Fraction(1)
            slipped |= found
        if outcome == "wrong" and field.kind == "matrix":
            credit = _cells_right(value, right[field.id])
        boxes.append(BoxVerdict(field.id, outcome, credit, right[field.id], expected[field.id]))
    if any(box.outcome == "not readable" for box in boxes):
        return Verdict(tuple(boxes), "not readable", None)
    credit = sum((box.credit for box in boxes), Fraction(0)) / len(boxes)
    perfect = all(box.outcome == "right" for box in boxes)
    return Verdict(tuple(boxes), "right" if perfect else "wrong", credit)


def _cells_right(value: Value, right: Value) -> Fraction:
    """The share of cells that are right, where the size is; nothing for a wrong size."""
    sizes = [(len(m), len(m[0])) for m in (value, right)]
    if sizes[0] != sizes[1]:
        return Fraction(0)
    cells = [
        same(a, b) for r, s in zip(value, right, strict=True) for a, b in zip(r, s, strict=True)
    ]
    return Fraction(sum(cells), len(cells))

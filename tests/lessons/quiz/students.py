"""Simulated students: who slips and how soon it is named; and whole practices of several kinds."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache

from lessons.quiz import (
    FAMILIES,
    Checked,
    Readable,
    Session,
    believe,
    check,
    declared_undetectable,
    generate,
    judge,
    next_question,
    solve,
    written_by,
)
from lessons.quiz.compare import written
from lessons.quiz.question import Question, Value
from lessons.quiz.revealing import slips_of

SAMPLE = 40  # questions of a level by which its slips are compared


def pools() -> Iterator[tuple[tuple[str, int], ...]]:
    """What a set may draw from: one level of one family."""
    for family in FAMILIES.values():
        for level in range(1, len(family.levels) + 1):
            yield ((family.id, level),)


@cache
def classes(pool: tuple[tuple[str, int], ...]) -> dict[str, frozenset[str]]:
    """The slips that a pool can reveal, each with those that write the same in every question."""
    written, revealed = defaultdict(list), set()
    for level in pool:
        for seed in range(SAMPLE):
            question = generate(*level, seed)
            right = solve(question)
            for slip in slips_of(question):
                values = written_by(question, (slip,)) or right
                written[slip].append((level, seed, tuple(values.values())))
            revealed |= set(slips_of(question)) - declared_undetectable(question).as_right
    by_answers = defaultdict(set)
    for slip in revealed:
        by_answers[tuple(written[slip])].add(slip)
    return {slip: frozenset(group) for group in by_answers.values() for slip in group}


def disturbed(question: Question, values: dict[str, Value], draw: random.Random) -> dict:
    """One box with a number that no rule explains."""
    field = draw.choice(question.fields)
    return {**values, field.id: _some_other(values[field.id], question, draw)}


def _some_other(value: Value, question: Question, draw: random.Random) -> Value:
    if isinstance(value, str):
        return draw.choice([o.id for o in question.setup.options if o.id != value])
    if isinstance(value, tuple):
        row, column = draw.randrange(len(value)), draw.randrange(len(value[0]))
        rows = [list(r) for r in value]
        rows[row][column] = _some_other(rows[row][column], question, draw)
        return tuple(tuple(r) for r in rows)
    other = value + draw.choice([-11, -3, -2, -1, 1, 2, 3, 7, 10, 20])
    if question.fields[0].kind != "number" and other < 1:
        other = value + 13
    return int(other) if Fraction(other).denominator == 1 else other


def named_after(
    slip: str,
    pool: Sequence[tuple[str, int]],
    seed: int,
    most: int,
    noise: float = 0.0,
) -> tuple[bool, int]:
    """Whether the first slip that the engine names is the one made, and after how many questions.

    A name is given once all suspects write the same in every question of the pool.
    """
    draw = random.Random(f"{slip} {seed}")
    equal = classes(tuple(pool))
    history, asked = [], []
    for number in range(1, most + 1):
        question = next_question(pool, believe(pool, history), seed + number, asked)
        values = written_by(question, (slip,)) or solve(question)
        if draw.random() < noise:
            values = disturbed(question, values, draw)
        asked.append(question)
        history.append(written_down(question, values))
        named = believe(pool, history).named
        groups = {equal.get(one[0]) if len(one) == 1 else one for one in named}
        if len(groups) == 1:
            return groups == {equal[slip]}, number
    return False, most


def written_down(question: Question, values: dict[str, Value]) -> Checked:
    """The answer of somebody who has these values in the boxes."""
    return judge(question, {id: Readable(written(value), value) for id, value in values.items()})


Student = Callable[[Question], dict[str, Value]]


def able(question: Question) -> dict[str, Value]:
    """Someone who is always right."""
    return solve(question)


def slipping(slip: str) -> Student:
    """Someone who makes one slip wherever it can be made, and no other."""
    return lambda question: written_by(question, (slip,)) or solve(question)


def guessing(seed: int) -> Student:
    """Someone who writes what comes to mind; of a few choices that is right now and then."""
    draw = random.Random(f"guess {seed}")

    def guess(question: Question) -> dict[str, Value]:
        values = solve(question)
        return {
            field.id: draw.choice(question.setup.options).id
            if field.kind == "choice"
            else _some_other(values[field.id], question, draw)
            for field in question.fields
        }

    return guess


def practised(
    session: Session, student: Student, questions: int
) -> tuple[Session, list[tuple[Question, bool]]]:
    """The session after so many questions, a minute each, with what was asked and how it went."""
    now, seen = datetime(2026, 3, 1, 12, tzinfo=UTC), []
    for number in range(questions):
        at = now + timedelta(minutes=number)
        question = session.next_question(at)
        typed = {id: _typed(question, value) for id, value in student(question).items()}
        checked = check(question, typed)
        session = session.answered(checked, at)
        seen.append((question, checked.right_in_all))
    return session, seen


def _typed(question: Question, value: Value) -> str:
    labels = {option.id: option.label for option in question.setup.options}
    return labels.get(value, value) if isinstance(value, str) else written(value)

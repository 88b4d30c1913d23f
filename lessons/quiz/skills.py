"""What questions train, and what an answer shows of it. Plain data in, plain data out.

A skill is a point that slips are made at. A right number shows a skill only where the slips of
that skill would have given another number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.quiz.checked import Checked
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.question import Question, QuizError
from lessons.quiz.registry import FAMILIES, is_level
from lessons.quiz.revealing import declared_undetectable, points_of, points_shown, slips_of
from lessons.quiz.skill_names import SKILLS

Record = Mapping[str, Mapping[str, Any]]


def trains(family: str, level: int) -> tuple[str, ...]:
    """The skills that a level's questions show.

    >>> trains("output_size", 2)
    ('padding', 'first-position', 'kernel-reach')
    """
    if not is_level(family, level):
        raise QuizError(f"There is no level {level} of a kind of question “{family}”.")
    return points_of(FAMILIES[family].levels[level - 1])


def levels_of(skill: str) -> tuple[tuple[str, int], ...]:
    """Every (family, level) that trains a skill, easier levels first."""
    found = [
        (family.id, number)
        for family in FAMILIES.values()
        for number in range(1, len(family.levels) + 1)
        if skill in trains(family.id, number)
    ]
    return tuple(sorted(found, key=lambda pair: pair[1]))


def skills_shown(question: Question) -> tuple[str, ...]:
    """The skills that a right answer to this very question would show.

    >>> from lessons.quiz import generate
    >>> "padding" in skills_shown(generate("output_size", 2, 0))
    True
    >>> "padding" in skills_shown(generate("output_size", 1, 0))
    False
    """
    shown = points_shown(question)
    return tuple(skill for skill in SKILLS if skill in shown)


@dataclass(frozen=True)
class Evidence:
    """What one answer shows. shown: skills; missed: skills of the likeliest slips in wrong boxes.

    slips: the single slips that fit, box by box and without repeats. withstood: slips that would
    have given another number and were not made.
    """

    shown: tuple[str, ...]
    missed: tuple[str, ...]
    slips: tuple[str, ...]
    withstood: tuple[str, ...]


def evidence(checked: Checked, suspected: Collection[str] = ()) -> Evidence:
    """Say what an answer shows; nothing while a box is not readable.

    suspected: slips that earlier answers speak of. Where one of them fits, the others that would
    give the same number are not held against the learner.
    """
    question = checked.question
    if checked.verdict.outcome == "not readable":
        return Evidence((), (), (), ())
    if checked.verdict.outcome == "right":
        hidden = declared_undetectable(question).as_right
        withstood = tuple(id for id in slips_of(question) if id not in hidden)
        return Evidence(skills_shown(question), (), (), withstood)
    slips = checked.single_slips
    slips = tuple(id for id in slips if id in suspected) or slips
    missed = tuple(dict.fromkeys(SLIPS[id].point for id in slips))
    return Evidence((), missed or trains(question.family, question.level), slips, ())


def recorded(record: Record, found: Evidence) -> dict:
    """The record with what one more answer shows: numbers and texts only, ready for JSON.

    >>> from lessons.quiz import check, generate, solve
    >>> question = generate("output_size", 2, 0)
    >>> typed = {id: str(value) for id, value in solve(question).items()}
    >>> recorded({}, evidence(check(question, typed)))["padding"]["right"]
    1

    For each skill: right, wrong, streak (right ones since the last wrong one), made and withstood
    (how often each slip). A right answer that does not show a skill leaves it as it was.
    """
    after = {skill: dict(entry) for skill, entry in record.items()}
    for skill in (*found.shown, *found.missed):
        entry = after.setdefault(skill, {})
        right = skill in found.shown
        entry["right"] = entry.get("right", 0) + right
        entry["wrong"] = entry.get("wrong", 0) + (not right)
        entry["streak"] = entry.get("streak", 0) + 1 if right else 0
        for kind, slips in (("made", found.slips), ("withstood", found.withstood)):
            counts = dict(entry.get(kind, {}))
            for id in slips:
                if SLIPS[id].point == skill:
                    counts[id] = counts.get(id, 0) + 1
            entry[kind] = counts
    return after


def record_of(data: Any) -> dict:
    """Read a record from plain data that a file or a browser gave back.

    >>> record_of({"padding": {"right": 2, "streak": -1, "made": {"padding-once": 1}}, "x": 3})
    {'padding': {'right': 2, 'wrong': 0, 'streak': 0, 'made': {'padding-once': 1}, 'withstood': {}}}

    Skills and slips that are not known, and counts that are no counts, are left out.
    """
    data = data if isinstance(data, Mapping) else {}
    record = {}
    for skill in SKILLS:
        entry = data.get(skill)
        if isinstance(entry, Mapping):
            record[skill] = {
                **{key: _count(entry.get(key)) for key in ("right", "wrong", "streak")},
                **{key: _counts(entry.get(key), skill) for key in ("made", "withstood")},
            }
    return record


def is_entry(data: Any) -> bool:
    """Whether this is all that `recorded` writes of a skill, with counts that can be counts.

    >>> is_entry({"right": 2, "wrong": 0, "streak": 2, "made": {}, "withstood": {"a-slip": 1}})
    True
    >>> is_entry({"right": 2}), is_entry(None)
    (False, False)
    """
    if not isinstance(data, Mapping):
        return False
    kinds = [data.get(key) for key in ("made", "withstood")]
    if not all(isinstance(kind, Mapping) for kind in kinds):
        return False
    counts = [data.get(key) for key in ("right", "wrong", "streak")]
    counts += [count for kind in kinds for count in kind.values()]
    return all(type(count) is int and _count(count) == count for count in counts)


def _count(number: Any) -> int:
    return number if type(number) is int and 0 <= number < 10**9 else 0


def _counts(data: Any, skill: str) -> dict[str, int]:
    data = data if isinstance(data, Mapping) else {}
    slips = [id for id, slip in SLIPS.items() if slip.point == skill]
    return {id: _count(data.get(id)) for id in slips if _count(data.get(id))}


def mastery(record: Record, skill: str) -> float:
    """How well a skill is mastered, from 0 (never shown) to 1.

    >>> mastery({"padding": {"right": 3, "wrong": 0, "streak": 3}}, "padding")
    0.8
    >>> mastery({}, "padding")
    0.0

    The share of right answers, with one wrong one added so that a single right answer is not
    mastery, halved while the last answer was wrong.
    """
    entry = record.get(skill, {})
    right, wrong = entry.get("right", 0), entry.get("wrong", 0)
    if not right:
        return 0.0
    share = (right + 1) / (right + wrong + 2)
    return share if entry.get("streak", 0) else share / 2


AGAIN, HARD, GOOD = 1, 2, 3
"""Ratings as spaced repetition (FSRS) numbers them; 4, easy, is for the learner to say."""


def ratings(found: Evidence, hints: int = 0) -> dict[str, int]:
    """How each skill that an answer speaks of went: 1 again, 2 hard (with a hint), 3 good."""
    return {
        **dict.fromkeys(found.shown, HARD if hints else GOOD),
        **dict.fromkeys(found.missed, AGAIN),
    }

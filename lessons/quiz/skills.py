"""What questions train, and what an answer shows of it. Plain data in, plain data out.

A skill is a point that slips are made at. A right number shows a skill only where the slips of
that skill would have given another number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lessons.quiz.checked import Checked
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.own_words import FAMILY as OWN_WORDS
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
    if family == OWN_WORDS.id:
        return ()
    if not is_level(family, level):
        raise QuizError(f"There is no level {level} of a kind of question “{family}”.")
    return points_of(FAMILIES[family].levels[level - 1])


def _levels_of(skill: str) -> tuple[tuple[str, int], ...]:
    found = [
        (family.id, number)
        for family in FAMILIES.values()
        for number in range(1, len(family.levels) + 1)
        if skill in trains(family.id, number)
    ]
    return tuple(sorted(found, key=lambda pair: pair[1]))


LEVELS_OF: dict[str, tuple[tuple[str, int], ...]] = {skill: _levels_of(skill) for skill in SKILLS}
"""Every (family, level) that trains a skill, easier levels first."""


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


def evidence(checked: Checked, weigh: Callable[[tuple[str, ...]], float] | None = None) -> Evidence:
    """Say what an answer shows; nothing while a box is not readable.

    One slip is one mark: of several that give the same number the one that explains most wrong
    boxes is held against the learner, of several such ones the likeliest. A wrong number that no
    slip explains speaks against the skill that its level is about.

    weigh: how likely slips are by all that was answered; else their evidence in general counts.
    """
    question = checked.question
    if checked.verdict.outcome == "not readable":
        return Evidence((), (), (), ())
    if checked.verdict.outcome == "right":
        hidden = declared_undetectable(question).as_right
        withstood = tuple(id for id in slips_of(question) if id not in hidden)
        return Evidence(skills_shown(question), (), (), withstood)
    slips = _made(checked, weigh)
    missed = tuple(dict.fromkeys(SLIPS[id].point for id in slips))
    return Evidence((), missed or main_skill(question), slips, ())


def _made(checked: Checked, weigh: Callable[[tuple[str, ...]], float] | None) -> tuple[str, ...]:
    """The fewest slips that explain the wrong boxes, as far as slips do."""
    fitting = [
        {one.slips[0] for one in checked.candidates[box.field] if len(one.slips) == 1}
        for box in checked.verdict.boxes
        if box.outcome in ("wrong", "repeated")
    ]
    made: list[str] = []
    while left := [slips for slips in fitting if slips and not slips & set(made)]:
        made.append(
            max(
                checked.single_slips,  # of equal ones the first
                key=lambda id: (sum(id in one for one in left), weigh((id,)) if weigh else 0),
            )
        )
    return tuple(made)


def main_skill(question: Question) -> tuple[str, ...]:
    """The skill that a question is about, of several the first that its level is to show."""
    return trains(question.family, question.level)[:1]


def given_up(question: Question) -> Evidence:
    """What it shows that somebody looked the solution up."""
    return Evidence((), main_skill(question), (), ())


def recorded(record: Record, found: Evidence) -> dict:
    """The record with what one more answer shows: numbers and texts only, ready for JSON.

    >>> from lessons.quiz import check, generate, solve
    >>> question = generate("output_size", 2, 0)
    >>> typed = {id: str(value) for id, value in solve(question).items()}
    >>> recorded({}, evidence(check(question, typed)))["padding"]["right"]
    1

    For each skill: right, wrong, streak (right ones since the last wrong one), made (how often each
    slip) and withstood (how often since it was made last). A right answer that does not show a
    skill leaves it as it was.
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
        entry["withstood"] = {
            id: count for id, count in entry["withstood"].items() if id not in found.slips
        }
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


SLIPS_AT: dict[str, tuple[str, ...]] = {
    skill: tuple(id for id, slip in SLIPS.items() if slip.point == skill) for skill in SKILLS
}
"""The slips of each skill."""

SEEN_LITTLE, NOT_SEEN_ALL = 0.5, 0.8
"""The most that a skill counts as mastered while no slip of it, or not every one, had a chance to
show."""


def open_slips(record: Record, skill: str) -> frozenset[str]:
    """The slips of a skill that were not withstood yet, or not since they were made last.

    >>> missed = open_slips({"groups": {"withstood": {"groups-ignored": 2}}}, "sharing")
    >>> "sharing-forgotten" in missed, "groups-ignored" in missed
    (True, False)
    """
    withstood = record.get(skill, {}).get("withstood", {})
    return frozenset(id for id in SLIPS_AT[skill] if not withstood.get(id))


def mastery(record: Record, skill: str) -> float:
    """How well a skill is mastered, from 0 (never shown) to 1.

    >>> entry = {"right": 9, "wrong": 0, "streak": 9}
    >>> round(mastery({"padding": entry}, "padding"), 2), mastery({}, "padding")
    (0.5, 0.0)
    >>> withstood = dict.fromkeys(SLIPS_AT["padding"], 1)
    >>> round(mastery({"padding": {**entry, "withstood": withstood}}, "padding"), 2)
    0.91

    The share of right answers, with one wrong one added so that a single right answer is not
    mastery, halved while the last answer was wrong. A slip that never had a chance to show may
    still be there: until each was withstood, no more than `NOT_SEEN_ALL`.
    """
    entry = record.get(skill, {})
    right, wrong = entry.get("right", 0), entry.get("wrong", 0)
    if not right:
        return 0.0
    share = (right + 1) / (right + wrong + 2)
    if unseen := len(open_slips(record, skill)):
        seen = 1 - unseen / len(SLIPS_AT[skill])
        share = min(share, SEEN_LITTLE + (NOT_SEEN_ALL - SEEN_LITTLE) * seen)
    return share if entry.get("streak", 0) else share / 2


AGAIN, HARD, GOOD = 1, 2, 3
"""Ratings as spaced repetition (FSRS) numbers them; 4, easy, is for the learner to say."""


def ratings(found: Evidence, hints: int = 0) -> dict[str, int]:
    """How each skill that an answer speaks of went: 1 again, 2 hard (with a hint), 3 good."""
    return {
        **dict.fromkeys(found.shown, HARD if hints else GOOD),
        **dict.fromkeys(found.missed, AGAIN),
    }

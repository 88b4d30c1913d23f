"""What a question can tell: which slips it reveals, and which skills a right answer shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lessons.quiz.answers import accepts, carried_box, solve
from lessons.quiz.compare import same
from lessons.quiz.mistakes.size_workings import SizeWorking
from lessons.quiz.mistakes.table import SLIPS, SLIPS_OF, slips_for
from lessons.quiz.quantities import quantity_of, working_of
from lessons.quiz.question import Level, Question, Value
from lessons.quiz.tried_settings import settings_by


@dataclass(frozen=True)
class Undetectable:
    """What a question cannot tell.

    as_right: slips whose answer is the right one in every box. coinciding: those of them that do
    apply, and give the right answer by chance. together: groups of slips that give the same
    answer as one another.
    """

    as_right: frozenset[str]
    coinciding: frozenset[str]
    together: tuple[frozenset[str], ...]


def written_by(
    question: Question,
    slips: Sequence[str],
    typed: Mapping[str, Value] | None = None,
    right: Mapping[str, Value] | None = None,
) -> dict[str, Value] | None:
    """What someone writes who makes these slips wherever they apply; None if nowhere.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 2, 1)
    >>> written_by(question, ["padding-once"]) != solve(question)
    True

    typed: what stands in the boxes, where a box that follows another is worked out from it; the
    slips' own numbers unless given. right: the right values, where they are known already.
    """
    made = [SLIPS[id] for id in slips]
    if question.fields[0].kind == "setting":
        return settings_by(question, made)
    right = solve(question) if right is None else right
    values: dict[str, Value] = {}
    touched = False
    for field in question.fields:
        value = None
        before = values if typed is None else typed
        working = working_of(question, field, before)
        if working is not None:
            for slip in made:
                changed = slip.changed(working)
                if changed is not None and changed.value() is not None:
                    working, touched = changed, True
            value = working.value() if touched else None
        values[field.id] = carried_box(question, field, before, right) if value is None else value
    return values if touched else None


def slips_of(question: Question) -> tuple[str, ...]:
    """The slips that can be made in a question's boxes, in teaching order."""
    if question.fields[0].kind == "setting":
        return tuple(slip.id for slip in SLIPS_OF[SizeWorking])
    workings = [working_of(question, field) for field in question.fields]
    possible = {slip.id for working in workings if working for slip in slips_for(working)}
    return tuple(id for id in SLIPS if id in possible)


@lru_cache(maxsize=4096)
def declared_undetectable(question: Question) -> Undetectable:
    """Which slips this question cannot reveal, and which it cannot tell from one another.

    Kept: the skills that a question shows are asked for again and again while the next one is
    drawn, which without it takes 46 ms instead of 31 in a chain of layers.

    >>> from lessons.quiz import generate
    >>> "padding-once" in declared_undetectable(generate("output_size", 1, 0)).as_right
    True
    """
    groups: dict[tuple, list[str]] = {}
    idle, coinciding = [], []
    right = solve(question)
    for id in slips_of(question):
        values = written_by(question, (id,), right=right)
        if values is None:
            idle.append(id)
        elif _is_right(question, values, right):
            coinciding.append(id)
        else:
            groups.setdefault(tuple(values.items()), []).append(id)
    together = tuple(frozenset(group) for group in groups.values() if len(group) > 1)
    return Undetectable(frozenset(idle + coinciding), frozenset(coinciding), together)


def shown_slips(question: Question) -> frozenset[str]:
    """The slips that would give a wrong answer to this question."""
    return frozenset(slips_of(question)) - declared_undetectable(question).as_right


def points_shown(question: Question, *, late: bool = True) -> frozenset[str]:
    """The skills that a right answer to this very question shows.

    At least one slip of the skill gives another number here, and none gives the right one by
    chance, save those that the level lets pass. late: whether slips count that came late.
    """
    hidden = declared_undetectable(question)
    revealed = {SLIPS[id].point for id in shown_slips(question)}
    revealed |= {skill for field in question.fields for skill in quantity_of(field).shows}
    passing = hidden.coinciding.difference(question.by_chance)
    by_chance = {SLIPS[id].point for id in passing if late or not SLIPS[id].late}
    return frozenset(revealed - by_chance)


def points_of(level: Level) -> tuple[str, ...]:
    """The skills that a level's questions train: those of the slips that they reveal, and more."""
    points = (SLIPS[id].point for id in level.reveals)
    return tuple(dict.fromkeys((*level.trains, *points)))


def _is_right(question: Question, values: dict[str, Value], right: Mapping[str, Value]) -> bool:
    if question.fields[0].kind == "setting":
        return accepts(question, values)
    return all(same(values[id], right[id]) for id in right)


def hidden_slips(question: Question, slips: Sequence[str]) -> frozenset[str]:
    """Those of some slips whose answer is the right one: quicker than looking at all of them."""
    right, possible = solve(question), slips_of(question)
    made = {id: written_by(question, (id,), right=right) for id in slips if id in possible}
    return frozenset(
        id for id, values in made.items() if values is None or _is_right(question, values, right)
    )

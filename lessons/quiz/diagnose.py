"""The slips behind a wrong number: every one, and every two together, that give exactly it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lessons.quiz.answers import setting_axis
from lessons.quiz.compare import same
from lessons.quiz.mistakes.size_workings import SizeWorking, size_working
from lessons.quiz.mistakes.slip import PAIR_FACTOR, Slip, Working, can_be_made_together
from lessons.quiz.mistakes.table import SLIPS, SLIPS_OF, slips_for
from lessons.quiz.quantities import working_of
from lessons.quiz.question import Question, Value


@dataclass(frozen=True)
class Candidate:
    """One slip or two that give a number, and how likely they are before anything is known."""

    slips: tuple[str, ...]
    prior: float

    @property
    def name(self) -> str:
        """What was done, in a few words."""
        return " and ".join(SLIPS[id].name for id in self.slips)


@dataclass(frozen=True)
class WrongNumber:
    """What a box holds after one slip or two."""

    slips: tuple[str, ...]
    value: Value


def prior_of(slips: Sequence[str]) -> float:
    """How likely slips are before anything is known: their evidence; two together far less so."""
    prior = 1.0
    for id in slips:
        prior *= SLIPS[id].prior
    return prior if len(slips) == 1 else prior * PAIR_FACTOR


def applied(working, slips: Sequence[Slip]) -> Value | None:
    """What a working comes to with these slips; None where one of them does not apply."""
    for slip in slips:
        working = slip.changed(working)
        if working is None:
            return None
    return working.value()


def wrong_numbers(
    question: Question,
    field: str,
    typed: Mapping[str, Value] | None = None,
    pairs: bool = True,
) -> tuple[WrongNumber, ...]:
    """What every slip, and every two, make of a box; slips that change nothing there are left out.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 2, 1)
    >>> {w.slips[0] for w in wrong_numbers(question, "height", pairs=False)} >= {"padding-once"}
    True

    Singles come first. A pair is listed where its number differs from those of its two slips and
    from the right one. typed: the learner's own earlier boxes, where this one follows them.
    """
    working = working_of(question, question.field(field), typed)
    if working is None:
        return ()
    possible: list[tuple[Slip, Value]] = []
    for slip in slips_for(working):
        value = applied(working, (slip,))
        if value is not None:
            possible.append((slip, value))
    singles = tuple(WrongNumber((slip.id,), value) for slip, value in possible)
    return singles + (_in_pairs(working, possible) if pairs else ())


def _in_pairs(working: Working, possible: Sequence[tuple[Slip, Value]]) -> tuple[WrongNumber, ...]:
    right, found = working.value(), []
    for (one, first), (other, second) in combinations(possible, 2):
        if not can_be_made_together(one, other):
            continue
        value = applied(working, (one, other))
        if value is not None and not any(same(value, v) for v in (first, second, right)):
            found.append(WrongNumber((one.id, other.id), value))
    return tuple(found)


def diagnose(
    question: Question,
    field: str,
    value: Value,
    typed: Mapping[str, Value] | None = None,
) -> tuple[Candidate, ...]:
    """Rank every slip and every pair of slips that gives exactly this number.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 2, 1)
    >>> wrong = next(w for w in wrong_numbers(question, "height") if w.slips == ("padding-once",))
    >>> "padding-once" in [c.slips[0] for c in diagnose(question, "height", wrong.value)]
    True

    Singles before pairs; among each the likelier first by their priors, then in teaching order.
    None where the number is the one that the right working comes to. typed: the values of the
    learner's other boxes; settings are judged by all of them together.
    """
    box = question.field(field)
    if box.kind == "setting":
        return _diagnose_settings(question, dict(typed or {}))
    working = working_of(question, box, typed)
    if working is None or same(value, working.value()):
        return ()
    found = [w for w in wrong_numbers(question, field, typed) if same(w.value, value)]
    candidates = [Candidate(w.slips, prior_of(w.slips)) for w in found]
    return tuple(sorted(candidates, key=lambda c: (len(c.slips), -c.prior)))


def _diagnose_settings(question: Question, values: dict[str, Value]) -> tuple[Candidate, ...]:
    """The slips with which the typed settings would give the target."""
    axis = setting_axis(question, values)
    target = question.setup.target
    if axis is None or (axis.room >= 0 and axis.output == target):
        return ()
    working = size_working(axis)
    slips = [s for s in SLIPS_OF[SizeWorking] if applied(working, (s,)) == target]
    candidates = [Candidate((slip.id,), slip.prior) for slip in slips]
    return tuple(sorted(candidates, key=lambda c: -c.prior))

"""The slips behind a wrong number: every one, and every two together, that give exactly it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from lessons.quiz.answers import accepts, setting_axis, solve
from lessons.quiz.compare import same
from lessons.quiz.dice import Dice
from lessons.quiz.mistakes import SLIPS, SLIPS_OF, Slip, can_be_made_together
from lessons.quiz.mistakes.size_workings import SizeWorking, size_working
from lessons.quiz.mistakes.slip import PAIR_FACTOR
from lessons.quiz.question import Question, Value
from lessons.quiz.workings import working_of


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
    written: Mapping[str, Value] | None = None,
    pairs: bool = True,
) -> tuple[WrongNumber, ...]:
    """What every slip, and every two, make of a box; slips that change nothing there are left out.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 2, 1)
    >>> {w.slips[0] for w in wrong_numbers(question, "height", pairs=False)} >= {"padding-once"}
    True

    Singles come first. A pair is listed where its number differs from those of its two slips and
    from the right one. written: the learner's own earlier boxes, where this one follows them.
    """
    before = tuple((written or {}).items()) if question.field(field).follows else ()
    singles, doubles = _wrong_numbers(question, field, before, pairs)
    return singles + doubles


@lru_cache(maxsize=4096)
def _wrong_numbers(question, field, before, pairs):
    box = question.field(field)
    working = working_of(question, box, dict(before))
    if working is None:
        return (), ()
    right = solve(question, dict(before))[field]
    possible: list[tuple[Slip, Value]] = []
    for slip in SLIPS_OF.get(type(working), ()):
        value = applied(working, (slip,))
        if value is not None:
            possible.append((slip, value))
    singles = tuple(WrongNumber((slip.id,), value) for slip, value in possible)
    if not pairs:
        return singles, ()
    doubles = []
    for (one, first), (other, second) in combinations(possible, 2):
        if not can_be_made_together(one, other):
            continue
        value = applied(working, (one, other))
        if value is not None and not any(same(value, v) for v in (first, second, right)):
            doubles.append(WrongNumber((one.id, other.id), value))
    return singles, tuple(doubles)


def diagnose(
    question: Question,
    field: str,
    value: Value,
    written: Mapping[str, Value] | None = None,
) -> tuple[Candidate, ...]:
    """Rank every slip and every pair of slips that gives exactly this number; none if it is right.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 2, 1)
    >>> wrong = next(w for w in wrong_numbers(question, "height") if w.slips == ("padding-once",))
    >>> "padding-once" in [c.slips[0] for c in diagnose(question, "height", wrong.value)]
    True

    Singles before pairs; among each the likelier first by their priors, then in teaching order.
    For a setting give all the typed settings as `written`.
    """
    box = question.field(field)
    if box.kind == "setting":
        return _diagnose_setting(question, dict(written or {}))
    if same(value, solve(question, written)[field]):
        return ()
    found = [w for w in wrong_numbers(question, field, written) if same(w.value, value)]
    candidates = [Candidate(w.slips, prior_of(w.slips)) for w in found]
    return tuple(sorted(candidates, key=lambda c: (len(c.slips), -c.prior)))


def _diagnose_setting(question: Question, values: dict[str, Value]) -> tuple[Candidate, ...]:
    """The slips with which the typed settings would give the target."""
    axis = setting_axis(question, values)
    target = question.setup.target
    if axis is None or (axis.room >= 0 and axis.output == target):
        return ()
    working = size_working(axis)
    slips = [s for s in SLIPS_OF[SizeWorking] if applied(working, (s,)) == target]
    candidates = [Candidate((slip.id,), slip.prior) for slip in slips]
    return tuple(sorted(candidates, key=lambda c: -c.prior))


def setting_fits(question: Question, slips: Sequence[str], values: Mapping[str, Value]) -> bool:
    """Whether typed settings give the target for someone with these slips, right or not."""
    axis = setting_axis(question, values)
    return axis is not None and _slipped(size_working(axis), slips) == question.setup.target


@lru_cache(maxsize=8192)
def settings_fitting(question: Question, slips: tuple[str, ...]) -> frozenset[tuple[int, ...]]:
    """Which of the settings that people try give the target for someone with these slips."""
    target = question.setup.target
    tried = _small_settings(question)
    return frozenset(typed for typed, working in tried if _slipped(working, slips) == target)


def _slipped(working: SizeWorking, slips: Sequence[str]) -> Value | None:
    """What a working comes to with these slips in it, of those that apply."""
    for id in slips:
        working = SLIPS[id].changed(working) or working
    return working.value()


@dataclass(frozen=True)
class Undetectable:
    """What a question cannot tell.

    as_right: slips whose answer is the right one in every box. coinciding: those of them that do
    apply, and come to the right answer by chance. together: groups of slips that give the same
    answer as one another.
    """

    as_right: frozenset[str]
    coinciding: frozenset[str]
    together: tuple[frozenset[str], ...]


def written_by(
    question: Question, slips: Sequence[str], written: Mapping[str, Value] | None = None
) -> dict[str, Value] | None:
    """What someone writes who makes these slips wherever they apply; None if nowhere.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 2, 1)
    >>> written_by(question, ["padding-once"]) != solve(question)
    True

    written: what stands in the boxes, where a box that follows another is worked out from it; the
    slips' own numbers unless given.
    """
    made = [SLIPS[id] for id in slips]
    if question.fields[0].kind == "setting":
        return _settings_by(question, made)
    values: dict[str, Value] = {}
    touched = False
    for field in question.fields:
        value = None
        before = values if written is None else written
        working = working_of(question, field, before)
        if working is not None:
            for slip in made:
                changed = slip.changed(working)
                if changed is not None and changed.value() is not None:
                    working, touched = changed, True
            value = working.value() if touched else None
        values[field.id] = value if value is not None else solve(question, before)[field.id]
    return values if touched else None


def _settings_by(question: Question, slips: Sequence[Slip]) -> dict[str, Value] | None:
    """Settings that give the target by a wrong formula: the first of those that people try."""
    for typed, working in _small_settings(question):
        if applied(working, slips) == question.setup.target:
            return dict(zip((field.id for field in question.fields), typed, strict=True))
    return None


@lru_cache(maxsize=256)
def _small_settings(question: Question) -> tuple[tuple[tuple[int, ...], SizeWorking], ...]:
    """The settings that people try, in an order of this question's own, and their workings."""
    found = []
    ranges = {"kernel": (2, 3, 4, 5, 7), "stride": (1, 2, 3, 4), "padding": (0, 1, 2, 3)}
    names = [field.id for field in question.fields]
    for typed in product(*(ranges[name] for name in names)):
        axis = setting_axis(question, dict(zip(names, typed, strict=True)))
        if axis is not None:
            found.append((typed, size_working(axis)))
    return Dice("settings", question.key).shuffled(found)


@lru_cache(maxsize=4096)
def slips_of(question: Question) -> tuple[str, ...]:
    """The slips that can be made in a question's boxes, in teaching order."""
    if question.fields[0].kind == "setting":
        kinds = {SizeWorking}
    else:
        kinds = {type(working_of(question, field)) for field in question.fields}
    return tuple(id for id, slip in SLIPS.items() if kinds & set(slip.ways))


@lru_cache(maxsize=4096)
def declared_undetectable(question: Question) -> Undetectable:
    """Which slips this question cannot reveal, and which it cannot tell from one another.

    >>> from lessons.quiz import generate
    >>> "padding-once" in declared_undetectable(generate("output_size", 1, 0)).as_right
    True
    """
    groups: dict[tuple, list[str]] = {}
    idle, coinciding = [], []
    for id in slips_of(question):
        values = written_by(question, (id,))
        if values is None:
            idle.append(id)
        elif _is_right(question, values):
            coinciding.append(id)
        else:
            groups.setdefault(tuple(values.items()), []).append(id)
    together = tuple(frozenset(group) for group in groups.values() if len(group) > 1)
    return Undetectable(frozenset(idle + coinciding), frozenset(coinciding), together)


def points_shown(question: Question) -> frozenset[str]:
    """The skills that a right answer to this very question shows.

    At least one slip of the skill gives another number here, and none gives the right one by
    chance, save those that the level lets pass.
    """
    hidden = declared_undetectable(question)
    revealed = {SLIPS[id].point for id in slips_of(question) if id not in hidden.as_right}
    if question.fields[0].asks == "kernel_name":
        # Whoever picks the kernel out of several has read it, even where none looks like it.
        revealed.add(SLIPS[_OF_CHOICES[0]].point)
    by_chance = {SLIPS[id].point for id in hidden.coinciding.difference(question.by_chance)}
    return frozenset(revealed - by_chance)


def points_of(reveals: Sequence[str]) -> tuple[str, ...]:
    """The skills that a level's questions train, from the slips that they reveal."""
    return tuple(dict.fromkeys(SLIPS[id].point for id in reveals or _OF_CHOICES))


#: Which of these a question with kernels to name can reveal depends on its choices.
_OF_CHOICES = ("direction-exchanged",)


def _is_right(question: Question, values: dict[str, Value]) -> bool:
    if question.fields[0].kind == "setting":
        return accepts(question, values)
    right = solve(question)
    return all(same(values[id], right[id]) for id in right)


def hidden_slips(question: Question, slips: Sequence[str]) -> frozenset[str]:
    """Those of some slips whose answer is the right one: quicker than looking at all of them."""
    made = {id: written_by(question, (id,)) for id in slips if id in slips_of(question)}
    return frozenset(
        id for id, values in made.items() if values is None or _is_right(question, values)
    )

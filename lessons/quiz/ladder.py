"""Which levels a learner may meet now, which skill is asked about, and by which of its levels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lessons.quiz.belief import Level
from lessons.quiz.checked import Checked
from lessons.quiz.coverage import BESIDE, slips_shown_by
from lessons.quiz.mistakes.slip import REASONED
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.question import Question
from lessons.quiz.registry import FAMILIES
from lessons.quiz.review import Cards, due
from lessons.quiz.skills import LEVELS_OF, SKILLS, Record, mastery, open_slips, trains

DEFAULT_POOL: tuple[Level, ...] = tuple(
    (family.id, number)
    for family in FAMILIES.values()
    for number in range(1, len(family.levels) + 1)
)
"""Every level of every family."""

#: A skill that one of the last questions trained waits, where there are others.
REST = 2

#: As often a skill is tried before others that are no better mastered get their turn.
TRIES_IN_A_ROUND = 2

#: Within so many questions a topic does not ask one level again, where it has others.
APART = 2


#: After a family's first level the one of so many new ones comes next that can show most: many are
#: beside one another, such as pooling by the smallest and by the middle number, and not above.
AT_ONCE = 3


@dataclass(frozen=True)
class Ladder:
    """What was answered in a practice, and the levels that are open by it.

    record: what is known of each skill (see skills.recorded). cards: when each is to be reviewed
    (see review.reviewed). asked: how many questions were answered in all. met: how often each level
    was. left: the questions that were last left without an answer; leavings: how many there were in
    all.
    """

    pool: tuple[Level, ...]
    seed: int = 0
    history: tuple[Checked, ...] = ()
    record: Record = field(default_factory=dict)
    cards: Cards = field(default_factory=dict)
    asked: int = 0
    met: Mapping[Level, int] = field(default_factory=dict)
    left: tuple[Question, ...] = field(default=(), repr=False)
    leavings: int = field(default=0, repr=False)

    def next_skill(self, now: datetime) -> str:
        """The skill to ask about when no slip is to be found out.

        Of the skills due for review the least recalled; else the least mastered, in teaching
        order, of those that have a level within reach. What the last questions trained waits while
        there is anything else, and a skill that keeps going wrong lets new ones in after every few
        tries. Of chosen families an open level that was not asked yet comes first.
        """
        trained = {skill for level in self.open_levels() for skill in trains(*level)}
        rested = [skill for skill in SKILLS if skill in trained - self._tired()]
        if self.pool == DEFAULT_POOL:
            rested = [skill for skill in rested if self._within_reach(skill)]
        # Whoever gets nothing right has everything due, and would meet nothing else.
        if not self.failing() or self.asked % 2 == 0:
            for skill in due(self.cards, now):
                if skill in rested:
                    return skill
        if self.pool != DEFAULT_POOL:
            new = [level for level in self.open_levels() if level not in self._answered]
            trained = {skill for level in new for skill in trains(*level)} or trained
            rested = [skill for skill in rested if skill in trained]
        skills = rested or [skill for skill in SKILLS if skill in trained]
        if not rested and self.pool == DEFAULT_POOL:
            skills = [skill for skill in skills if self._within_reach(skill)] or skills
        return min(skills, key=lambda skill: (mastery(self.record, skill), self._rounds(skill)))

    def _tired(self) -> set[str]:
        """The skills that the last questions trained."""
        lately = self.history[-REST:]
        return {skill for seen in lately for skill in trains(*level_of(seen.question))}

    @property
    def _answered(self) -> frozenset[Level]:
        return frozenset(level_of(seen.question) for seen in self.history)

    def _rounds(self, skill: str) -> int:
        tries = sum(self.met.get(level, 0) for level in LEVELS_OF[skill])
        return tries // TRIES_IN_A_ROUND

    def failing(self) -> bool:
        return bool(self.history) and not self.history[-1].right_in_all

    def open_levels(self) -> tuple[Level, ...]:
        """The levels of the pool that this learner may meet now.

        Of families that were chosen the lowest first, and each right answer opens one more; a
        wrong one closes its own level and those above, save the lowest. Before the first answer
        the levels are open up to the first one with a skill that was never shown, or that went
        wrong last. Of the whole quiz, where the skills come in their order, all but those above
        one that went wrong, until it goes right.
        """
        ladders: dict[str, list[Level]] = {}
        for level in sorted(self.pool, key=lambda level: level[1]):
            ladders.setdefault(level[0], []).append(level)
        allowed = {
            level for ladder in ladders.values() for level in ladder[: self._reached(ladder) + 1]
        }
        return tuple(level for level in self.pool if level in allowed)

    def _reached(self, ladder: list[Level]) -> int:
        """The place of the highest open level of a family among its levels in the pool."""
        seen = [one for one in self.history if level_of(one.question) in ladder]
        reached = 0
        if self.pool == DEFAULT_POOL:
            reached = len(ladder) - 1
        elif seen:
            reached = ladder.index(level_of(seen[0].question))
        else:
            known = {skill for skill in self.record if self._is_known(skill)}
            while reached < len(ladder) - 1 and known.issuperset(trains(*ladder[reached])):
                reached += 1
        for one in seen:
            place = ladder.index(level_of(one.question))
            # The whole quiz rests a level that went wrong anyway; it closes only what is above.
            back = place if self.pool == DEFAULT_POOL else max(place - 1, 0)
            reached = max(reached, place + 1) if one.right_in_all else back
        return reached

    def _is_known(self, skill: str) -> bool:
        """Whether it was shown, and not missed since."""
        entry = self.record.get(skill, {})
        return bool(entry.get("right") and entry.get("streak"))

    def _is_missed(self, skill: str) -> bool:
        """Whether it went wrong when it was last asked for."""
        entry = self.record.get(skill, {})
        return bool(entry.get("wrong") and not entry.get("streak"))

    def _within_reach(self, skill: str) -> list[Level]:
        """The levels of the whole quiz by which this learner may be asked about a skill now.

        They are open and, above the first of their family, need no other skill that went wrong
        last. After a wrong answer they need no other skill that was never shown either: it does
        not get harder while things go wrong. A skill that went wrong comes again by its easiest
        levels.
        """
        return [level for level in self._levels_open(skill) if self._is_reached(level, skill)]

    def _is_reached(self, level: Level, skill: str = "") -> bool:
        """Whether nothing that a level needs beside one skill keeps it out of reach."""
        failing = self.failing()

        def keeps_out(other: str) -> bool:
            return self._is_missed(other) or (failing and not self._is_known(other))

        family, number = level
        # A family that builds on what went wrong waits as a whole.
        needed = [*FAMILIES[family].after]
        if number > 1:
            needed += [s for s in (*trains(family, 1), *trains(*level)) if s != skill]
        return not any(map(keeps_out, needed))

    def _levels_open(self, skill: str) -> list[Level]:
        open_levels = set(self.open_levels())
        return [level for level in LEVELS_OF[skill] if level in open_levels]

    def suitable_levels(self, skill: str) -> tuple[Level, ...]:
        """The levels of the pool by which this learner is asked about a skill.

        Those within reach that need the fewest skills that are still to come. Of these, for a skill
        that was never shown or went wrong last, the first one of the first family in teaching
        order. Later all up to as many above the easiest as there were more right answers than
        wrong ones: of these the two that can still show most slips, or that were met least. Of
        chosen families the hardest open level of each until all were answered once.
        """
        if self.pool != DEFAULT_POOL:
            return self._open_and_telling(skill)
        levels = self._within_reach(skill) or self._levels_open(skill) or LEVELS_OF[skill]
        fewest = min(self._ahead(level, skill) for level in levels)
        levels = [level for level in levels if self._ahead(level, skill) == fewest]
        entry = self.record.get(skill, {})
        if fewest or not self._is_known(skill):
            return (min(levels, key=DEFAULT_POOL.index),)
        opened = levels[0][1] + max(0, entry["right"] - entry["wrong"])
        beside = [level for level in BESIDE.get(skill, ()) if self._is_reached(level, skill)]
        return self._most_telling([*(one for one in levels if one[1] <= opened), *beside], skill)

    def new_levels(self) -> tuple[Level, ...]:
        """Levels of the whole quiz that were never met, for the questions that go on to new ones.

        Once each skill was shown and while nothing goes wrong, three questions of four do: of
        the lowest of each family that are within reach the two that can show most of what has not
        had a chance to show yet.
        """
        shown = all(self.record.get(skill, {}).get("right") for skill in SKILLS)
        if self.pool != DEFAULT_POOL or not shown or self.failing() or self.asked % 4 == 0:
            return ()
        lowest: dict[str, list[Level]] = {}
        for level in self.open_levels():
            if level not in self.met:
                lowest.setdefault(level[0], []).append(level)
        unseen, tired = self.unseen(), self._tired()
        new = [
            one
            for levels in lowest.values()
            for one in levels[: 1 if levels[0][1] == 1 else AT_ONCE]
        ]
        new = [level for level in new if self._is_reached(level)]
        new = [level for level in new if not tired.issuperset(trains(*level))]
        return tuple(sorted(new, key=lambda level: -_weight(unseen & slips_shown_by(*level)))[:2])

    def _open_and_telling(self, skill: str) -> tuple[Level, ...]:
        levels = [level for level in self.open_levels() if skill in trains(*level)]
        new = [level for level in levels if level not in self._answered]
        if new:
            return tuple({level[0]: level for level in sorted(new)}.values())
        lately = [level_of(seen.question) for seen in self.history[-APART:]]
        if all(level in lately for level in levels):
            levels = [level for level in self.open_levels() if level not in lately] or levels
        return self._most_telling(levels, skill)

    def _most_telling(self, levels: list[Level], skill: str) -> tuple[Level, ...]:
        """Of some levels the two that can show most of what has not had a chance to show yet."""
        lately = [level_of(seen.question) for seen in self.history[-APART:]]
        own, unseen = open_slips(self.record, skill), self.unseen()

        def rank(level: Level) -> tuple:
            found = slips_shown_by(*level)
            return (
                level in lately,
                -_weight(own & found),
                -_weight(unseen & found),
                self.met.get(level, 0),
            )

        ranked = sorted(levels, key=rank)
        return tuple(level for level in ranked[:2] if rank(level)[:2] == rank(ranked[0])[:2])

    def unseen(self) -> frozenset[str]:
        """The slips that have had no chance to show yet."""
        return frozenset().union(*(open_slips(self.record, skill) for skill in SKILLS))

    def _ahead(self, level: Level, skill: str) -> int:
        """How many skills that were never shown a level needs ahead of their turn."""
        order = list(SKILLS)
        later = [s for s in trains(*level) if order.index(s) > order.index(skill)]
        needed = {*FAMILIES[level[0]].after, *later}
        return sum(not self.record.get(s, {}).get("right") for s in needed)


def _weight(slips: Collection[str]) -> float:
    """How much slips ask for a chance to show; those of few courses can wait."""
    return sum(min(SLIPS[id].prior, REASONED) for id in slips)


def level_of(question: Question) -> Level:
    """The level that a question is of."""
    return question.family, question.level

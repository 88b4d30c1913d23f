"""A practice: what was asked and answered, and what comes next. Pure state transitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from lessons.quiz.belief import Belief, Level, believe, next_question, tells_apart
from lessons.quiz.checked import Checked
from lessons.quiz.question import LARGEST_SEED, Question
from lessons.quiz.registry import FAMILIES, is_level
from lessons.quiz.review import Cards, cards_of, due, reviewed
from lessons.quiz.skills import (
    SKILLS,
    Record,
    evidence,
    levels_of,
    mastery,
    ratings,
    record_of,
    recorded,
    trains,
)

VERSION = 1
"""Of the plain data that a session is written as."""

DEFAULT_POOL: tuple[Level, ...] = tuple(
    (family.id, number)
    for family in FAMILIES.values()
    for number in range(1, len(family.levels) + 1)
)
"""Every level of every family."""

#: Answers older than these no longer weigh on what slip is suspected.
REMEMBERED = 12

#: A skill that one of the last questions trained waits, where there are others.
REST = 2

#: As often a skill is tried before others that are no better mastered get their turn.
TRIES_IN_A_ROUND = 2

#: So many questions on one point are enough, whatever is still suspected.
LONGEST_CHASE = 5

#: Of so many questions drawn the one that shows most is asked.
TRIES = 12


@dataclass(frozen=True)
class Session:
    """A practice on some (family, level) pairs.

    >>> from datetime import UTC
    >>> from lessons.quiz import check, solve
    >>> now = datetime(2026, 3, 1, tzinfo=UTC)
    >>> session = fresh_session(seed=5)
    >>> question = session.next_question(now)
    >>> question.family, question.level
    ('output_size', 1)
    >>> typed = {id: str(value) for id, value in solve(question).items()}
    >>> session = session.answered(check(question, typed), now)
    >>> len(session.history), session.belief.named, session.record["first-position"]["right"]
    (1, (), 1)
    >>> session.next_question(now).prompt[0].count("padding")
    1

    record: what is known of each skill (see skills.recorded). cards: when each is to be reviewed
    (see review.reviewed). asked: how many questions were answered in all. left: the questions that
    were last left without an answer; leavings: how many there were in all.
    """

    pool: tuple[Level, ...]
    seed: int = 0
    history: tuple[Checked, ...] = ()
    record: Record = field(default_factory=dict)
    cards: Cards = field(default_factory=dict)
    asked: int = 0
    left: tuple[Question, ...] = field(default=(), repr=False)
    leavings: int = field(default=0, repr=False)

    @property
    def belief(self) -> Belief:
        """What is thought of the learner's slips, of those that the questions asked could show."""
        return believe((), self.history)

    def answered(self, checked: Checked, now: datetime, hints: int = 0) -> Session:
        """The session after an answer; the same while a box is not readable.

        hints: how many were opened; with one a right answer counts as a hard one for the review.
        """
        if not checked.readable:
            return self
        history = (*self.history, checked)[-REMEMBERED:]
        after = replace(self, history=history, asked=self.asked + 1)
        suspected = {slip for slips in after.belief.named for slip in slips}
        found = evidence(checked, suspected)
        return replace(
            after,
            record=recorded(self.record, found),
            cards=reviewed(self.cards, ratings(found, hints), now),
        )

    def leave(self, question: Question) -> Session:
        """The session after a question that was left for another one; nothing is held against it.

        The next question is another one, of the same level as long as nothing else was answered.
        """
        left = (*self.left, question)[-REMEMBERED:]
        return replace(self, left=left, leavings=self.leavings + 1)

    def next_question(self, now: datetime) -> Question:
        """What tells suspected slips apart; else a skill due for review; else the weakest skill."""
        between = self._question_between_suspects()
        if between is not None:
            return between
        skill = self.next_skill(now)
        return self._drawn(self.suitable_levels(skill), skill)

    def next_skill(self, now: datetime) -> str:
        """The skill to ask about when no slip is to be found out.

        Of the skills due for review the least recalled; else the least mastered, in teaching
        order, of those that have a level within reach. What the last questions trained waits while
        there is anything else, and a skill that keeps going wrong lets new ones in after every few
        tries. Of chosen families an open level that was not asked yet comes first.
        """
        trained = {skill for level in self.open_levels() for skill in trains(*level)}
        lately = self.history[-REST:]
        tired = {skill for seen in lately for skill in trains(*_level(seen.question))}
        rested = [skill for skill in SKILLS if skill in trained - tired]
        if self.pool == DEFAULT_POOL:
            rested = [skill for skill in rested if self._within_reach(skill)]
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

    @property
    def _answered(self) -> frozenset[Level]:
        return frozenset(_level(seen.question) for seen in self.history)

    def _rounds(self, skill: str) -> int:
        tries = sum(skill in trains(*_level(seen.question)) for seen in self.history)
        return tries // TRIES_IN_A_ROUND

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
        seen = [one for one in self.history if _level(one.question) in ladder]
        reached = 0
        if self.pool == DEFAULT_POOL:
            reached = len(ladder) - 1
        elif seen:
            reached = ladder.index(_level(seen[0].question))
        else:
            known = {skill for skill in self.record if self._is_known(skill)}
            while reached < len(ladder) - 1 and known.issuperset(trains(*ladder[reached])):
                reached += 1
        for one in seen:
            place = ladder.index(_level(one.question))
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
        failing = bool(self.history) and not self.history[-1].right_in_all

        def keeps_out(other: str) -> bool:
            return self._is_missed(other) or (failing and not self._is_known(other))

        def is_reached(level: Level) -> bool:
            family, number = level
            # A family that builds on what went wrong waits as a whole.
            needed = [*FAMILIES[family].after]
            if number > 1:
                needed += [s for s in (*trains(family, 1), *trains(*level)) if s != skill]
            return not any(map(keeps_out, needed))

        return [level for level in self._levels_open(skill) if is_reached(level)]

    def _levels_open(self, skill: str) -> list[Level]:
        open_levels = set(self.open_levels())
        return [level for level in levels_of(skill) if level in open_levels]

    def suitable_levels(self, skill: str) -> tuple[Level, ...]:
        """The levels of the pool by which this learner is asked about a skill.

        Those within reach that need the fewest skills that are still to come. Of these, for a skill
        that was never shown or went wrong last, the first one of the first family in teaching
        order. Later the easiest level and as many above it as there were more right answers than
        wrong ones, and of those the two hardest. Of chosen families the hardest open level of
        each, and the one below it once both were answered.
        """
        if self.pool != DEFAULT_POOL:
            return self._hardest_open(skill)
        levels = self._within_reach(skill) or self._levels_open(skill) or levels_of(skill)
        fewest = min(self._ahead(level, skill) for level in levels)
        levels = [level for level in levels if self._ahead(level, skill) == fewest]
        entry = self.record.get(skill, {})
        if fewest or not self._is_known(skill):
            return (min(levels, key=DEFAULT_POOL.index),)
        opened = levels[0][1] + max(0, entry["right"] - entry["wrong"])
        hardest = max(number for _, number in levels if number <= opened)
        return tuple(level for level in levels if hardest - 1 <= level[1] <= hardest)

    def _hardest_open(self, skill: str) -> tuple[Level, ...]:
        found: dict[str, list[Level]] = {}
        for level in self.open_levels():
            if skill in trains(*level):
                found.setdefault(level[0], []).append(level)
        tops = [sorted(levels)[-2:] for levels in found.values()]
        return tuple(
            level for top in tops for level in (top if top[-1] in self._answered else top[-1:])
        )

    def _ahead(self, level: Level, skill: str) -> int:
        """How many skills that were never shown a level needs ahead of their turn."""
        order = list(SKILLS)
        later = [s for s in trains(*level) if order.index(s) > order.index(skill)]
        needed = {*FAMILIES[level[0]].after, *later}
        return sum(not self.record.get(s, {}).get("right") for s in needed)

    def _question_between_suspects(self) -> Question | None:
        """A question to which the suspected slips give different answers, if there is one."""
        suspects = self.belief.named
        if len(suspects) < 2 or self._chasing():
            return None
        # Where the suspicion arose, and so within the learner's reach; never above the last one.
        asked = [_level(seen.question) for seen in self.history]
        last = dict(level for level in asked if level in self.pool)
        levels = [level for level in dict.fromkeys(asked) if level in self.pool]
        levels = [level for level in levels if level[1] <= last[level[0]]]
        if not levels:
            return None
        question = self._drawn(tuple(levels))
        return question if tells_apart(question, suspects) else None

    def _chasing(self) -> bool:
        """Whether the last questions were all about one point."""
        lately = [set(trains(*_level(seen.question))) for seen in self.history[-LONGEST_CHASE:]]
        return len(lately) == LONGEST_CHASE and bool(set.intersection(*lately))

    def _drawn(self, levels: tuple[Level, ...], skill: str = "") -> Question:
        asked = (*(seen.question for seen in self.history), *self.left)
        seed = self.seed + self.asked + self.leavings
        return next_question(levels, self.belief, seed, asked, TRIES, skill)

    def to_data(self) -> dict[str, Any]:
        """The session as plain data for the browser's storage or a file.

        The answers themselves are not kept: seed, count, record and cards are, and the pool where
        it is not the whole quiz.
        """
        data = {
            "version": VERSION,
            "seed": self.seed,
            "asked": self.asked,
            "record": {skill: dict(entry) for skill, entry in self.record.items()},
            "cards": {skill: dict(card) for skill, card in self.cards.items()},
        }
        if self.pool != DEFAULT_POOL:
            data["pool"] = [list(level) for level in self.pool]
        return data


def fresh_session(seed: int) -> Session:
    """A practice of everything, with nothing known of the learner."""
    return Session(DEFAULT_POOL, seed % (LARGEST_SEED + 1))


def session_of(data: Any) -> Session:
    """Read a session from plain data, as a browser or a file gives it back; it never fails.

    >>> session_of({"pool": [["macs", 1], ["no such", 1]], "seed": 3, "record": 5}).pool
    (('macs', 1),)
    >>> session_of(Session((("macs", 1),), 3, asked=4).to_data())
    Session(pool=(('macs', 1),), seed=3, history=(), record={}, cards={}, asked=4)

    What cannot be read is left out; where no level is left, the pool is the whole quiz.
    """
    data = data if isinstance(data, Mapping) else {}
    pool: dict[Level, None] = {}
    listed = data.get("pool")
    for level in listed if isinstance(listed, list | tuple) else ():
        if isinstance(level, list | tuple) and len(level) == 2 and is_level(*level):
            pool[level[0], level[1]] = None
    numbers = [data.get(key) for key in ("seed", "asked")]
    seed, asked = (n if type(n) is int and 0 <= n <= LARGEST_SEED else 0 for n in numbers)
    return Session(
        tuple(pool) or DEFAULT_POOL,
        seed,
        (),
        record_of(data.get("record")),
        cards_of(data.get("cards")),
        asked,
    )


def _level(question: Question) -> Level:
    return question.family, question.level

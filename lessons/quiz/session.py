"""A practice: what was asked and answered, and what comes next. Pure state transitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lessons.quiz.answered import answers_of, written_answers
from lessons.quiz.belief import Belief, Level, believe, next_question, parts
from lessons.quiz.checked import Checked, check, told
from lessons.quiz.dice import Dice
from lessons.quiz.ladder import DEFAULT_POOL, Ladder, level_of
from lessons.quiz.question import LARGEST_SEED, Question
from lessons.quiz.registry import generate, is_level
from lessons.quiz.reply import Promise
from lessons.quiz.review import cards_of, due, reviewed
from lessons.quiz.skills import (
    Evidence,
    evidence,
    given_up,
    ratings,
    record_of,
    recorded,
    trains,
)

VERSION = 1
"""Of the plain data that a session is written as."""

#: Answers older than these no longer weigh on what slip is suspected.
REMEMBERED = 12

#: So many questions on one point are enough, whatever is still suspected.
LONGEST_CHASE = 4

#: Of so many questions drawn the one that shows most is asked.
TRIES = 12

#: So many questions are drawn until one parts all the ways to a wrong number.
TRIES_TO_TELL = 30


@dataclass(frozen=True)
class Session(Ladder):
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
    """

    @property
    def belief(self) -> Belief:
        """What is thought of the learner's slips, of those that the questions asked could show."""
        return believe((), self.history)

    def reply(self, question: Question, typed: Mapping[str, str]) -> Checked:
        """Read and judge an answer, and say of it what all the answers so far let be said.

        Several ways to a wrong number are promised to be told apart only where the next question
        will do so.
        """
        return self.told(check(question, typed))

    def told(self, checked: Checked) -> Checked:
        """What was judged, with what to say of it."""
        after = told(checked, self.history)
        ways = _ways(after)
        if len(ways) < 2:
            return after
        promise = self._with_answer(after)._promise(ways)
        return told(checked, self.history, promise) if promise else after

    def retold(self, checked: Checked) -> Checked:
        """What was judged, with what was said of it when it was counted, if it was lately."""
        for number, one in enumerate(self.history):
            if one == checked:
                return told(checked, self.history[:number], one.promise)
        return checked

    def answered(self, checked: Checked, now: datetime, hints: int = 0) -> Session:
        """The session after an answer; the same while a box is not readable.

        hints: how many were opened; with one a right answer counts as a hard one for the review.
        """
        if not checked.readable:
            return self
        after = self._with_answer(checked)
        return after._shown(evidence(checked, after.belief.weight), now, hints)

    def gave_up(self, question: Question, now: datetime) -> Session:
        """The session after the solution of a question was looked up instead of answering it."""
        after = replace(self, asked=self.asked + 1, met=self._met(question))
        return after._shown(given_up(question), now)

    def _with_answer(self, checked: Checked) -> Session:
        history = (*self.history, checked)[-REMEMBERED:]
        met = self._met(checked.question)
        return replace(self, history=history, asked=self.asked + 1, met=met)

    def _met(self, question: Question) -> dict[Level, int]:
        level = level_of(question)
        return {**self.met, level: self.met.get(level, 0) + 1}

    def _shown(self, found: Evidence, now: datetime, hints: int = 0) -> Session:
        return replace(
            self,
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
        between = self._promised() or self._question_between_suspects()
        if between is not None:
            return between
        skill = self.next_skill(now)
        if new := self.new_levels() if skill not in due(self.cards, now) else ():
            return self._drawn(new)
        return self._drawn(self.suitable_levels(skill), skill)

    def _promised(self) -> Question | None:
        """The question that the last answer was promised, unless it was left for another one."""
        if not self.history or not self.history[-1].promise:
            return None
        question = self._telling(_ways(self.history[-1]))
        return None if question in self.left else question

    def _promise(self, ways: tuple[tuple[str, ...], ...]) -> Promise:
        """What can be said of the question after this answer."""
        if self._chasing() or self.belief.slipping < 0.5:
            return ""
        question = self._telling(ways)
        found = parts(question, ways) if question else 1
        return "shows" if found == len(ways) else "narrows" if found > 1 else ""

    def _telling(self, ways: tuple[tuple[str, ...], ...]) -> Question | None:
        """A question that parts as many ways to the last wrong number as any that is found.

        Of levels that were asked, and of that one's family none above it.
        """
        family, number = level_of(self.history[-1].question)
        levels = [(family, n) for n in range(number, 0, -1)]
        levels = [one for one in (*levels, *self._asked_levels()) if one in self.pool]
        seeds = Dice("telling", self.seed, self.asked)
        asked = [seen.question for seen in self.history]
        best, most = None, 1
        for turn in range(TRIES_TO_TELL):
            if not levels or most == len(ways):
                break
            level = levels[turn % len(levels)]
            question = generate(*level, seeds.whole(0, LARGEST_SEED))
            if any(question.setup == other.setup for other in asked):
                continue
            if (found := parts(question, ways)) > most:
                best, most = question, found
        return best

    def _asked_levels(self) -> tuple[Level, ...]:
        """The levels asked lately, of each family none above the last one."""
        asked = [level_of(seen.question) for seen in self.history]
        last = dict(asked)
        return tuple(level for level in dict.fromkeys(asked) if level[1] <= last[level[0]])

    def _question_between_suspects(self) -> Question | None:
        """A question to which the suspected slips give different answers, if there is one."""
        suspects = self.belief.named
        if len(suspects) < 2 or self._chasing():
            return None
        # Where the suspicion arose, and so within the learner's reach; never above the last one.
        levels = tuple(level for level in self._asked_levels() if level in self.pool)
        if not levels:
            return None
        question = self._drawn(levels)
        return question if parts(question, suspects) > 1 else None

    def _chasing(self) -> bool:
        """Whether the last questions were all about one point."""
        lately = [set(trains(*level_of(seen.question))) for seen in self.history[-LONGEST_CHASE:]]
        return len(lately) == LONGEST_CHASE and bool(set.intersection(*lately))

    def _drawn(self, levels: tuple[Level, ...], skill: str = "") -> Question:
        asked = (*(seen.question for seen in self.history), *self.left)
        seed = self.seed + self.asked + self.leavings
        return next_question(levels, self.belief, seed, asked, TRIES, skill, self.unseen())

    def to_data(self) -> dict[str, Any]:
        """The session as plain data for the browser's storage or a file.

        Of the answers the last ones are kept, by which it is known what slip is suspected; seed,
        count, record and cards are, and the pool where it is not the whole quiz.
        """
        data = {
            "version": VERSION,
            "seed": self.seed,
            "asked": self.asked,
            "record": {skill: dict(entry) for skill, entry in self.record.items()},
            "cards": {skill: dict(card) for skill, card in self.cards.items()},
            "met": {f"{family}.{number}": n for (family, number), n in self.met.items()},
            "history": written_answers(self.history),
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
    Session(pool=(('macs', 1),), seed=3, history=(), record={}, cards={}, asked=4, met={})

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
        answers_of(data.get("history"))[-REMEMBERED:],
        record_of(data.get("record")),
        cards_of(data.get("cards")),
        asked,
        _met_of(data.get("met")),
    )


def _met_of(data: Any) -> dict[Level, int]:
    """How often levels were met, from plain data; what no level can have is left out."""
    data = data if isinstance(data, Mapping) else {}
    counts = {level: data.get(f"{level[0]}.{level[1]}") for level in DEFAULT_POOL}
    return {
        level: count
        for level, count in counts.items()
        if type(count) is int and 0 < count <= LARGEST_SEED
    }


def _ways(checked: Checked) -> tuple[tuple[str, ...], ...]:
    """The ways to a wrong number that are listed where there are several."""
    several = (box.ways for box in checked.boxes if len(box.ways) > 1)
    return tuple(dict.fromkeys(way.slips for ways in several for way in ways))

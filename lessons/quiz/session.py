"""A practice: what was asked and answered, and what comes next. Pure state transitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lessons.quiz.belief import Belief, Level, Observation, believe, next_question
from lessons.quiz.grade import values_of
from lessons.quiz.parse import NotReadable, Reading
from lessons.quiz.question import LARGEST_SEED, Question, QuizError
from lessons.quiz.registry import is_level
from lessons.quiz.skills import Record, levels_of, mastery, record_of, recorded, trains

#: Answers older than these no longer weigh on what slip is suspected.
REMEMBERED = 12


@dataclass(frozen=True)
class Session:
    """A practice on some (family, level) pairs.

    >>> from lessons.quiz import parse, solve
    >>> session = Session((("output_size", 2), ("output_size", 3)), seed=5)
    >>> question = session.next_question()
    >>> typed = {id: str(value) for id, value in solve(question).items()}
    >>> session = session.answered(question, parse(question, typed))
    >>> len(session.history), session.belief.named, session.record["first-position"]["right"]
    (1, (), 1)

    record: what is known of each skill, plain data (see skills.recorded). asked: how many
    questions were answered in all.
    """

    pool: tuple[Level, ...]
    seed: int = 0
    history: tuple[Observation, ...] = ()
    record: Record = field(default_factory=dict)
    asked: int = 0

    @property
    def belief(self) -> Belief:
        """What is thought of the learner's slips."""
        return believe(self.pool, self.history)

    def answered(self, question: Question, reading: Mapping[str, Reading]) -> Session:
        """The session after an answer; the same while a box is not readable."""
        if any(isinstance(one, NotReadable) for one in reading.values()):
            return self
        seen = Observation.of(question, values_of(reading))
        return replace(
            self,
            history=(*self.history, seen)[-REMEMBERED:],
            record=recorded(self.record, question, reading),
            asked=self.asked + 1,
        )

    def next_question(self) -> Question:
        """What tells the suspected slips apart; while there are none, the weakest skill's."""
        belief = self.belief
        asked = tuple(seen.question for seen in self.history)
        pool = self.pool if belief.slipping > 0.5 else self.weakest_levels()
        return next_question(pool, belief, self.seed + self.asked, asked)

    def weakest_levels(self) -> tuple[Level, ...]:
        """The levels of the pool that train its least mastered skill."""
        skills = dict.fromkeys(skill for level in self.pool for skill in trains(*level))
        weakest = min(skills, key=lambda skill: mastery(self.record, skill))
        return tuple(level for level in levels_of(weakest) if level in self.pool)

    def to_data(self) -> dict[str, Any]:
        """The session as plain data for the browser's storage or a file.

        The answers themselves are not kept: pool, seed, count and record are.
        """
        return {
            "pool": [list(level) for level in self.pool],
            "seed": self.seed,
            "asked": self.asked,
            "record": {skill: dict(entry) for skill, entry in self.record.items()},
        }


def session_of(data: Any) -> Session:
    """Read a session from plain data, as a browser or a file gives it back.

    >>> session_of({"pool": [["macs", 1], ["no such", 1]], "seed": 3, "record": 5}).pool
    (('macs', 1),)
    >>> session_of(Session((("macs", 1),), 3, asked=4).to_data())
    Session(pool=(('macs', 1),), seed=3, history=(), record={}, asked=4)

    What cannot be read is left out; QuizError where no level is left.
    """
    data = data if isinstance(data, Mapping) else {}
    pool = []
    for level in _list(data.get("pool")):
        if isinstance(level, list | tuple) and len(level) == 2 and is_level(*level):
            pool.append((level[0], level[1]))
    if not pool:
        raise QuizError("The saved practice names no level of this quiz; start a new one.")
    numbers = [data.get(key) for key in ("seed", "asked")]
    seed, asked = (n if type(n) is int and 0 <= n <= LARGEST_SEED else 0 for n in numbers)
    return Session(tuple(pool), seed, (), record_of(data.get("record")), asked)


def _list(data: Any) -> list | tuple:
    return data if isinstance(data, list | tuple) else []


def weakest_first(record: Record, skills: Sequence[str]) -> tuple[str, ...]:
    """Skills in the order in which to practise them."""
    return tuple(sorted(skills, key=lambda skill: mastery(record, skill)))

"""A practice: what was asked and answered, and what comes next. Pure state transitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from lessons.quiz.answered import answers_of, written_answers
from lessons.quiz.belief import Belief, Level, believe, next_question, parts
from lessons.quiz.checked import Checked, check, told
from lessons.quiz.coverage import BESIDE, slips_shown_by
from lessons.quiz.dice import Dice
from lessons.quiz.question import LARGEST_SEED, Question
from lessons.quiz.registry import FAMILIES, generate, is_level
from lessons.quiz.reply import Promise
from lessons.quiz.review import Cards, cards_of, due, reviewed
from lessons.quiz.skills import (
    SKILLS,
    Evidence,
    Record,
    evidence,
    given_up,
    levels_of,
    mastery,
    open_slips,
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
LONGEST_CHASE = 4

#: Of so many questions drawn the one that shows most is asked.
TRIES = 12

#: So many questions are drawn until one parts all the ways to a wrong number.
TRIES_TO_TELL = 30

#: Within so many questions a topic does not ask one level again, where it has others.
APART = 2


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
    (see review.reviewed). asked: how many questions were answered in all. met: how often each level
    was. left: the questions that
    were last left without an answer; leavings: how many there were in all.
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
        level = _level(question)
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
        if new := self._new_levels() if skill not in due(self.cards, now) else ():
            return self._drawn(new)
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
        # Whoever gets nothing right has everything due, and would meet nothing else.
        if not self._failing() or self.asked % 2 == 0:
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
        tries = sum(self.met.get(level, 0) for level in levels_of(skill))
        return tries // TRIES_IN_A_ROUND

    def _failing(self) -> bool:
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
        return [level for level in self._levels_open(skill) if self._is_reached(level, skill)]

    def _is_reached(self, level: Level, skill: str = "") -> bool:
        """Whether nothing that a level needs beside one skill keeps it out of reach."""
        failing = self._failing()

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
        return [level for level in levels_of(skill) if level in open_levels]

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
        levels = self._within_reach(skill) or self._levels_open(skill) or levels_of(skill)
        fewest = min(self._ahead(level, skill) for level in levels)
        levels = [level for level in levels if self._ahead(level, skill) == fewest]
        entry = self.record.get(skill, {})
        if fewest or not self._is_known(skill):
            return (min(levels, key=DEFAULT_POOL.index),)
        opened = levels[0][1] + max(0, entry["right"] - entry["wrong"])
        beside = [level for level in BESIDE.get(skill, ()) if self._is_reached(level, skill)]
        return self._most_telling([*(one for one in levels if one[1] <= opened), *beside], skill)

    def _new_levels(self) -> tuple[Level, ...]:
        """Levels of the whole quiz that were never met, for the questions that go on to new ones.

        Once each skill was shown and while nothing goes wrong, two questions of three do: the
        lowest of each family that is within reach, and of these the two that can show most of what
        has not had a chance to show yet.
        """
        shown = all(self.record.get(skill, {}).get("right") for skill in SKILLS)
        if self.pool != DEFAULT_POOL or not shown or self._failing() or self.asked % 3 == 0:
            return ()
        lowest: dict[str, Level] = {}
        for level in self.open_levels():
            if level not in self.met:
                lowest.setdefault(level[0], level)
        unseen = self._unseen()
        new = [level for level in lowest.values() if self._is_reached(level)]
        return tuple(sorted(new, key=lambda level: -len(unseen & slips_shown_by(*level)))[:2])

    def _open_and_telling(self, skill: str) -> tuple[Level, ...]:
        levels = [level for level in self.open_levels() if skill in trains(*level)]
        new = [level for level in levels if level not in self._answered]
        if new:
            return tuple({level[0]: level for level in sorted(new)}.values())
        lately = [_level(seen.question) for seen in self.history[-APART:]]
        if all(level in lately for level in levels):
            levels = [level for level in self.open_levels() if level not in lately] or levels
        return self._most_telling(levels, skill)

    def _most_telling(self, levels: list[Level], skill: str) -> tuple[Level, ...]:
        """Of some levels the two that can show most of what has not had a chance to show yet."""
        lately = [_level(seen.question) for seen in self.history[-APART:]]
        own, unseen = open_slips(self.record, skill), self._unseen()

        def rank(level: Level) -> tuple:
            found = slips_shown_by(*level)
            return (
                level in lately,
                -len(own & found),
                -len(unseen & found),
                self.met.get(level, 0),
            )

        ranked = sorted(levels, key=rank)
        return tuple(level for level in ranked[:2] if rank(level)[:2] == rank(ranked[0])[:2])

    def _unseen(self) -> frozenset[str]:
        """The slips that have had no chance to show yet."""
        return frozenset().union(*(open_slips(self.record, skill) for skill in SKILLS))

    def _ahead(self, level: Level, skill: str) -> int:
        """How many skills that were never shown a level needs ahead of their turn."""
        order = list(SKILLS)
        later = [s for s in trains(*level) if order.index(s) > order.index(skill)]
        needed = {*FAMILIES[level[0]].after, *later}
        return sum(not self.record.get(s, {}).get("right") for s in needed)

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
        family, number = _level(self.history[-1].question)
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
        asked = [_level(seen.question) for seen in self.history]
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
        lately = [set(trains(*_level(seen.question))) for seen in self.history[-LONGEST_CHASE:]]
        return len(lately) == LONGEST_CHASE and bool(set.intersection(*lately))

    def _drawn(self, levels: tuple[Level, ...], skill: str = "") -> Question:
        asked = (*(seen.question for seen in self.history), *self.left)
        seed = self.seed + self.asked + self.leavings
        return next_question(levels, self.belief, seed, asked, TRIES, skill, self._unseen())

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


def _level(question: Question) -> Level:
    return question.family, question.level

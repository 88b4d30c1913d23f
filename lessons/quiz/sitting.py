"""One student's run through a set. Pure state transitions; the clock is passed in, in seconds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from lessons.quiz.answered import typed_texts
from lessons.quiz.checked import Checked, check
from lessons.quiz.explain import hints
from lessons.quiz.question import Question
from lessons.quiz.sets import MOST_MINUTES, QuizSet, ScoreRow, score_rows, total

VERSION = 1
"""Of the plain data that a sitting is written as."""


@dataclass(frozen=True)
class Answer:
    """What was done at one question.

    typed: text by field id. checked: what was typed, read and judged; None before anything was.
    handed_in: final, no longer changeable. hints: rungs of the hint ladder that were opened.
    solution_seen: the worked solution was asked for. changed: when it was changed last, by which
    `merged` knows the newer one.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    checked: Checked | None = field(default=None, compare=False, repr=False, kw_only=True)
    handed_in: bool = False
    hints: int = 0
    solution_seen: bool = False
    changed: float = 0.0


@dataclass(frozen=True)
class Sitting:
    """A set being answered.

    >>> sitting = start(QuizSet((("macs", (1,)),), count=2), now=0.0)
    >>> sitting = sitting.answer({"macs": "many"})
    >>> sitting.given.handed_in  # not readable: it costs nothing and can be mended
    False
    >>> sitting = sitting.answer({"macs": "7"}).go(1).finish(now=90.0)
    >>> [(row.typed, row.outcome) for row in sitting.rows()]
    [('7', 'wrong'), ('', 'not answered')]
    >>> sitting_facts(sitting)
    ('0 of 2 marks.', 'It took 1 minute and 30 seconds.', '1 of 2 boxes not answered.')

    started, finished: seconds of one clock. answers: one for each question. here: the question
    shown, counted from 0. extended: minutes added to the timer.
    """

    quiz: QuizSet
    started: float
    answers: tuple[Answer, ...]
    here: int = 0
    extended: int = 0
    finished: float | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """The set's questions in order."""
        return _questions(self.quiz)

    @property
    def question(self) -> Question:
        """The question shown."""
        return self.questions[self.here]

    @property
    def given(self) -> Answer:
        """What was done at the question shown."""
        return self.answers[self.here]

    @property
    def checked(self) -> Checked:
        """The answer to the question shown, read and judged; blank before anything was typed."""
        return self.given.checked or _checked(self.question, {})

    def answer(self, typed: Mapping[str, str]) -> Sitting:
        """Type into the question shown.

        With feedback after each question it is handed in once every box can be read; with feedback
        at the end it can be changed until the set is finished.
        """
        after = self.note(typed)
        if self.quiz.feedback == "each" and after.checked.readable:
            return after._with(handed_in=True)
        return after

    def note(self, typed: Mapping[str, str]) -> Sitting:
        """Keep what is typed into the question shown, without handing it in."""
        typed = typed_texts(self.question, typed)
        if self.given.checked is not None and typed == self.given.typed:
            return self
        return self._with(typed=typed, checked=_checked(self.question, typed))

    def hint(self) -> Sitting:
        """Open one more rung of the hint ladder."""
        return self._with(hints=min(self.given.hints + 1, len(hints(self.question))))

    def see_solution(self) -> Sitting:
        """Hand in what is typed and show the solution; an empty or unreadable box counts 0."""
        return self._with(handed_in=True)._put(solution_seen=True)

    def _with(self, **changes: Any) -> Sitting:
        """With the answer to the question shown changed, unless it is final."""
        return self if self.given.handed_in else self._put(**changes)

    def _put(self, **changes: Any) -> Sitting:
        if self.finished is not None:
            return self
        changed = replace(self.given, **changes)
        return replace(
            self, answers=(*self.answers[: self.here], changed, *self.answers[self.here + 1 :])
        )

    def go(self, number: int) -> Sitting:
        """Show another question; the first or last one for a number beyond them."""
        return replace(self, here=min(max(number, 0), len(self.answers) - 1))

    def extend(self, minutes: int = 5) -> Sitting:
        """Add minutes to the timer, if there is one."""
        if not self.quiz.minutes or self.finished is not None:
            return self
        return replace(self, extended=min(self.extended + max(minutes, 0), MOST_MINUTES))

    def finish(self, now: float) -> Sitting:
        """Hand in the whole set; a second time changes nothing."""
        return self if self.finished is not None else replace(self, finished=max(now, self.started))

    def left(self, now: float) -> float | None:
        """Seconds left, negative when the time is over; None without a timer."""
        if not self.quiz.minutes:
            return None
        until = now if self.finished is None else self.finished
        return self.started + 60 * (self.quiz.minutes + self.extended) - until

    def rows(self) -> tuple[ScoreRow, ...]:
        """The score sheet, as it would be if nothing more were answered."""
        answers = [
            answer.checked or _checked(question, {})
            for question, answer in zip(self.questions, self.answers, strict=True)
        ]
        return tuple(map(_counted, score_rows(answers, self.quiz.student)))

    def to_data(self) -> dict[str, Any]:
        """The sitting as plain data for the browser's storage."""
        return {
            "version": VERSION,
            "set": _mark(self.quiz),
            "started": self.started,
            "here": self.here,
            "extended": self.extended,
            "finished": self.finished,
            "answers": [
                {
                    "typed": dict(answer.typed),
                    "handed_in": answer.handed_in,
                    "hints": answer.hints,
                    "solution_seen": answer.solution_seen,
                    "changed": answer.changed,
                }
                for answer in self.answers
            ],
        }


def start(quiz: QuizSet, now: float) -> Sitting:
    """Begin a set; now: seconds of the clock that later times are read from."""
    return Sitting(quiz, now, (Answer(),) * quiz.count)


def sitting_of(quiz: QuizSet, data: Any) -> Sitting | None:
    """Read a sitting of this set and student from plain data, as a browser gives it back.

    >>> quiz = QuizSet((("macs", (1,)),), count=2)
    >>> sitting = start(quiz, 5.0).answer({"macs": "7"}).go(1)
    >>> sitting_of(quiz, sitting.to_data()) == sitting
    True
    >>> sitting_of(QuizSet((("macs", (2,)),), count=2), sitting.to_data()) is None
    True

    None for anything else. What is damaged in it is as if it had not been done.
    """
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        return None
    started, finished = _seconds(data.get("started")), _seconds(data.get("finished"))
    if started is None or data.get("set") != _mark(quiz):
        return None
    listed = data.get("answers")
    listed = listed if isinstance(listed, list | tuple) else ()
    answers = tuple(
        _answer(question, listed[number] if number < len(listed) else None)
        for number, question in enumerate(_questions(quiz))
    )
    return Sitting(
        quiz,
        started,
        answers,
        _whole(data.get("here"), quiz.count - 1),
        _whole(data.get("extended"), MOST_MINUTES) if quiz.minutes else 0,
        None if finished is None else max(finished, started),
    )


def stamped(before: Sitting | None, after: Sitting, now: float) -> Sitting:
    """The sitting with the time written to those answers that are not as they were before.

    An answer keeps the time when it was handed in.
    """
    if before is None or len(before.answers) != len(after.answers):
        return after
    answers = tuple(
        new if new == old or old.handed_in else replace(new, changed=now)
        for old, new in zip(before.answers, after.answers, strict=True)
    )
    return replace(after, answers=answers)


def final_in(before: Sitting | None, after: Sitting) -> tuple[int, ...]:
    """The questions whose answers have become final from one state of a sitting to the next.

    >>> begun = start(QuizSet((("macs", (1,)),), count=2), 0.0)
    >>> one = begun.answer({"macs": "7"})
    >>> final_in(begun, one), final_in(one, one.finish(9.0)), final_in(None, one)
    ((0,), (1,), ())
    """
    if before is None or before.started != after.started or before.quiz != after.quiz:
        return ()

    def is_final(sitting: Sitting, number: int) -> bool:
        return sitting.finished is not None or sitting.answers[number].handed_in

    numbers = range(len(after.answers))
    return tuple(n for n in numbers if is_final(after, n) and not is_final(before, n))


def mark_of(sitting: Sitting, number: int) -> str:
    """What an answer of a sitting is known by where it counts for practice too."""
    return f"{_mark(sitting.quiz)[:8]}.{round(sitting.started)}.{number}"


def merged(one: Sitting, other: Sitting) -> Sitting:
    """What two tabs have made of one sitting, at the place of the first.

    >>> begun = start(QuizSet((("macs", (1,)),), count=2), 0.0)
    >>> one = stamped(begun, begun.answer({"macs": "7"}), 5.0)
    >>> other = stamped(begun, begun.go(1).note({"macs": "8"}), 6.0)
    >>> [answer.typed["macs"] for answer in merged(one, other).answers]
    ['7', '8']
    >>> merged(other, one).answers == merged(one, other).answers
    True

    Of each answer the one handed in counts, the first where both are; else the newer one. A sitting
    that was begun later takes the place of another.
    """
    if one.started != other.started or one.quiz != other.quiz:
        return one if one.started >= other.started else other
    pairs = zip(one.answers, other.answers, strict=True)
    ends = [end for end in (one.finished, other.finished) if end is not None]
    return replace(
        one,
        answers=tuple(max(pair, key=_weight) for pair in pairs),
        extended=max(one.extended, other.extended),
        finished=min(ends, default=None),
    )


def _weight(answer: Answer) -> tuple:
    age = -answer.changed if answer.handed_in else answer.changed
    return answer.handed_in, age, answer.solution_seen, answer.hints, sorted(answer.typed.items())


def sitting_facts(sitting: Sitting) -> tuple[str, ...]:
    """What a score sheet says besides its rows, in plain sentences."""
    rows = sitting.rows()
    reached, possible = total(rows)
    found = [f"{float(round(reached, 2)):g} of {_count(possible, 'mark')}."]
    if sitting.finished is None:
        found.append("Not finished yet.")
    else:
        found.append(f"It took {_duration(sitting.finished - sitting.started)}.")
        over = -(sitting.left(sitting.finished) or 0)
        if over > 0:
            allowed = _duration(60 * (sitting.quiz.minutes + sitting.extended))
            found.append(f"Handed in {_duration(over)} late: the time was {allowed}.")
    if sitting.extended:
        found.append(f"The time was extended by {_count(sitting.extended, 'minute')}.")
    opened = [answer.hints for answer in sitting.answers if answer.hints]
    if opened:
        found.append(f"{_count(sum(opened), 'hint')} used, in {_count(len(opened), 'question')}.")
    empty = sum(row.outcome == "not answered" for row in rows)
    if empty:
        found.append(f"{empty} of {_count(len(rows), 'box', 'boxes')} not answered.")
    return tuple(found)


def _counted(row: ScoreRow) -> ScoreRow:
    """What cannot be read costs nothing while it can be mended, and counts 0 in the end."""
    if row.outcome != "not readable":
        return row
    outcome = row.outcome if row.typed.strip() else "not answered"
    return replace(row, outcome=outcome, credit=Fraction(0))


@lru_cache(maxsize=64)
def _questions(quiz: QuizSet) -> tuple[Question, ...]:
    """Kept: fifty questions take 60 ms to draw, and every run of the page asks for them."""
    return quiz.questions()


def _mark(quiz: QuizSet) -> str:
    """What tells the sittings of one set and student from all others."""
    keys = [question.key for question in _questions(quiz)]
    text = repr((sorted(quiz.to_link().items()), quiz.student.strip(), keys))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _answer(question: Question, data: Any) -> Answer:
    data = data if isinstance(data, Mapping) else {}
    typed = typed_texts(question, data.get("typed"))
    return Answer(
        typed,
        data.get("handed_in") is True,
        _whole(data.get("hints"), len(hints(question))),
        data.get("solution_seen") is True,
        _seconds(data.get("changed")) or 0.0,
        checked=_checked(question, typed) if any(typed.values()) else None,
    )


def _checked(question: Question, typed: Mapping[str, str]) -> Checked:
    """An answer of a set: the next question does not depend on it."""
    return check(question, typed)


def _whole(number: Any, most: int) -> int:
    return number if type(number) is int and 0 <= number <= most else 0


def _seconds(number: Any) -> float | None:
    """A time of a clock; 10¹¹ seconds are some three thousand years."""
    possible = type(number) in (int, float) and 0 <= number < 1e11
    return number if possible else None


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"


def _duration(seconds: float) -> str:
    """A time in words.

    >>> _duration(60.4), _duration(0.2), _duration(3700)
    ('1 minute', '1 second', '1 hour and 1 minute')
    """
    whole = max(round(seconds), 1)
    parts = [
        (whole // 3600, "hour"),
        (whole // 60 % 60, "minute"),
        (whole % 60 if whole < 3600 else 0, "second"),
    ]
    return " and ".join(_count(number, name) for number, name in parts if number)

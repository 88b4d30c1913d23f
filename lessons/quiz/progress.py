"""A learner's progress as text, for the browser's own storage or a file, and as a table."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from lessons.quiz.checked import Checked
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.plain import LONGEST_TEXT, read_object
from lessons.quiz.question import LARGEST_SEED, QuizError
from lessons.quiz.registry import FAMILIES, is_level
from lessons.quiz.review import as_time, cards_of, next_due, recall
from lessons.quiz.session import VERSION, Session, session_of
from lessons.quiz.skills import SKILLS, is_entry, mastery, trains

APP = "slide-and-sum"

MOST_COUNTED = 60
"""Answers that are remembered as counted: more than anybody gives in `LATE`."""

LATE = timedelta(minutes=5)
"""For so long an answer is looked for in what another tab has written, and counted if it is not."""


@dataclass(frozen=True)
class Progress:
    """A session as it is kept, with what makes one of two that were kept at the same moment.

    counted: marks of the answers that were counted last. since: when it was begun or taken over;
    answers given before that do not count in it.
    """

    session: Session
    counted: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True)
class Given:
    """An answer that was given, with the mark that it is recognised by.

    given_up: the solution was looked up instead; what was typed until then does not count.
    """

    mark: str
    checked: Checked
    now: datetime
    hints: int = 0
    given_up: bool = False

    def count_in(self, session: Session) -> Session:
        """The session with this answer in it."""
        if self.given_up:
            return session.gave_up(self.checked.question, self.now)
        return session.answered(self.checked, self.now, self.hints)


def counted(progress: Progress, answers: Iterable[Given], now: datetime) -> Progress:
    """The progress with those late answers in it that it lacks: a second time changes nothing.

    >>> from datetime import UTC
    >>> from lessons.quiz import check, fresh_session, generate
    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> answer = check(generate("macs", 1, 0), {"macs": "7"})
    >>> one, two = (Given(mark, answer, noon) for mark in "ab")
    >>> here = counted(Progress(fresh_session(7)), [one], noon)
    >>> there = counted(Progress(fresh_session(7)), [two], noon)
    >>> both = counted(there, [one], noon)
    >>> both.session.asked, both.counted, counted(both, [one, two], noon) == both
    (2, ('b', 'a'), True)
    """
    since = max(progress.since or now - LATE, now - LATE)
    for one in answers:
        if one.mark not in progress.counted and one.now >= since:
            progress = replace(
                progress,
                session=one.count_in(progress.session),
                counted=(*progress.counted, one.mark)[-MOST_COUNTED:],
            )
    return progress


def written_progress(progress: Session | Progress) -> str:
    """Write a session as JSON text.

    >>> from lessons.quiz.session import fresh_session
    >>> written_progress(fresh_session(7))[:50]
    '{"app": "slide-and-sum", "version": 1, "seed": 7, '
    """
    if isinstance(progress, Session):
        progress = Progress(progress)
    data = {"app": APP, **progress.session.to_data()}
    if progress.counted:
        data["counted"] = list(progress.counted)
    if progress.since:
        data["since"] = progress.since.isoformat()
    return json.dumps(data, allow_nan=False)


def read_progress(text: str) -> Session:
    """Read what `written_progress` wrote; QuizError says in one sentence why a text is not that.

    >>> from lessons.quiz.session import fresh_session
    >>> read_progress(written_progress(fresh_session(7))) == fresh_session(7)
    True
    >>> read_progress('{"app": "another"}')
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: This is not progress in this quiz.
    >>> read_progress('{"app": "slide-and-sum", "version": 1, "seed": 7, "asked": null}')
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: This progress is damaged: it does not say how much was asked.

    It is read as a whole or not at all; only skills and mistakes that this quiz does not know are
    left out.
    """
    return read_kept(text).session


def read_kept(text: str) -> Progress:
    """Read progress with its marks, as `read_progress` reads the session."""
    if len(text) > LONGEST_TEXT:
        raise QuizError("This is too long to be progress in this quiz.")
    if not text.strip():
        raise QuizError("There is no progress in it: it is empty.")
    data = read_object(text)
    if data is None and text.lstrip().startswith("{") and f'"{APP}"' in text:
        raise QuizError("This progress is damaged: it is cut off, or it was changed by hand.")
    if data is None or data.get("app") != APP:
        raise QuizError("This is not progress in this quiz.")
    version = data.get("version")
    if type(version) is int and version > VERSION:
        raise QuizError("This progress was saved by a later version of the quiz.")
    if wrong := _damage(data):
        raise QuizError(f"This progress is damaged: {wrong}.")
    marks = data.get("counted", [])
    since = data.get("since")
    return Progress(
        session_of(data), tuple(marks)[-MOST_COUNTED:], since and datetime.fromisoformat(since)
    )


def read_file(data: bytes) -> Progress:
    """Read progress from a file, as editors on any system save it again.

    >>> saved = written_progress(Session((("macs", 1),), 3, asked=4))
    >>> [read_file(saved.encode(code)).session.asked for code in ("utf-8-sig", "utf-16")]
    [4, 4]
    """
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise QuizError("This is not progress in this quiz: it is not text.") from None
    return read_kept(text)


def progress_words(session: Session) -> str:
    """How much progress that is.

    >>> progress_words(Session((("macs", 1),), 3, asked=1))
    '1 question answered, 0 skills met'
    """
    met = sum(1 for entry in session.record.values() if entry["right"] + entry["wrong"])
    return f"{_many(session.asked, 'question')} answered, {_many(met, 'skill')} met"


def _many(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _damage(data: Mapping[str, Any]) -> str:
    """What of a written progress is missing or impossible, in words; "" if nothing is."""
    if type(data.get("version")) is not int or data["version"] != VERSION:
        return "it does not say its version"
    for key, words in (("seed", "which questions are next"), ("asked", "how much was asked")):
        if type(data.get(key)) is not int or not 0 <= data[key] <= LARGEST_SEED:
            return f"it does not say {words}"
    for key, words in (("record", "skills"), ("cards", "reviews")):
        if not isinstance(data.get(key), Mapping):
            return f"its {words} are missing"
    for skill, name in SKILLS.items():
        entry, card = data["record"].get(skill), data["cards"].get(skill)
        if skill in data["record"] and not is_entry(entry):
            return f"what it says of “{name}” cannot be right"
        if skill in data["cards"] and not cards_of({skill: card}):
            return f"the review of “{name}” cannot be right"
    if not _is_pool(data.get("pool", [])):
        return "its kinds of question cannot be right"
    marks = data.get("counted", [])
    if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
        return "what it says of the last answers cannot be right"
    if "since" in data and as_time(data["since"]) is None:
        return "the day when it was begun cannot be right"
    return ""


def _is_pool(listed: Any) -> bool:
    """Whether this can be a list of levels; kinds of question that are not known are no damage."""
    return isinstance(listed, list) and all(
        isinstance(level, list)
        and [type(part) for part in level] == [str, int]
        and (level[0] not in FAMILIES or is_level(*level))
        for level in listed
    )


@dataclass(frozen=True)
class SkillRow:
    """One skill of a progress table.

    recall: how likely it is still known now, next_due: when it comes up for review; both None
    where it was never reviewed. slip_name, slip_say: the slip made most often, "" if none was.
    """

    skill: str
    name: str
    mastery: float
    right: int
    wrong: int
    recall: float | None
    next_due: datetime | None
    slip_name: str
    slip_say: str

    @property
    def seen(self) -> bool:
        """Whether an answer has ever said anything of the skill."""
        return self.right + self.wrong > 0


def skill_rows(session: Session, now: datetime) -> tuple[SkillRow, ...]:
    """The skills that a practice trains: weakest first, those that were never seen last.

    >>> from datetime import UTC
    >>> from lessons.quiz.session import fresh_session
    >>> rows = skill_rows(fresh_session(7), datetime(2026, 3, 1, tzinfo=UTC))
    >>> rows[0].name, rows[0].mastery, rows[0].recall, rows[0].seen
    ('the first position counts', 0.0, None, False)
    """
    trained = {skill for level in session.pool for skill in trains(*level)}
    rows = [_row(session, skill, now) for skill in SKILLS if skill in trained]
    return tuple(sorted(rows, key=lambda row: (not row.seen, row.mastery)))


def _row(session: Session, skill: str, now: datetime) -> SkillRow:
    entry = session.record.get(skill, {})
    made = entry.get("made", {})
    slip = SLIPS[max(made, key=made.__getitem__)] if made else None
    return SkillRow(
        skill,
        SKILLS[skill],
        mastery(session.record, skill),
        entry.get("right", 0),
        entry.get("wrong", 0),
        recall(session.cards, skill, now),
        next_due(session.cards, skill),
        slip.name if slip else "",
        slip.say if slip else "",
    )

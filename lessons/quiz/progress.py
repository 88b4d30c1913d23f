"""A learner's progress as text, for the browser's own storage or a file, and as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lessons.quiz.mistakes import SLIPS
from lessons.quiz.question import QuizError
from lessons.quiz.review import next_due, recall
from lessons.quiz.session import VERSION, Session, session_of
from lessons.quiz.skills import SKILLS, mastery, trains

APP = "slide-and-sum"

LONGEST_TEXT = 200_000
"""Characters; the progress of someone who has met every slip has a tenth of them."""


def written_progress(session: Session) -> str:
    """Write a session as JSON text.

    >>> from lessons.quiz.session import fresh_session
    >>> written_progress(fresh_session(7))[:50]
    '{"app": "slide-and-sum", "version": 1, "seed": 7, '
    """
    return json.dumps({"app": APP, **session.to_data()}, allow_nan=False)


def read_progress(text: str) -> Session:
    """Read what `written_progress` wrote; QuizError says in one sentence why a text is not that.

    >>> from lessons.quiz.session import fresh_session
    >>> read_progress(written_progress(fresh_session(7))) == fresh_session(7)
    True
    >>> read_progress('{"app": "another"}')
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: This is not a file of progress in this quiz.

    In a damaged file of this quiz, what cannot be read is left out without a word.
    """
    if len(text) > LONGEST_TEXT:
        raise QuizError("This file is too large to be progress in this quiz.")
    if not text.strip():
        raise QuizError("This file is empty: there is no progress in it.")
    data = _object(text)
    version = data.get("version")
    if type(version) is int and version > VERSION:
        raise QuizError("This progress was saved by a later version of the quiz.")
    return session_of(data)


def _object(text: str) -> Mapping[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, Mapping) or data.get("app") != APP:
        raise QuizError("This is not a file of progress in this quiz.")
    return data


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

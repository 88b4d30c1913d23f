"""A question in practice and what was done about it; as text for the tab that it stands in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lessons.quiz import Checked, Question, QuizError, check, hints, question_of
from lessons.quiz.answered import typed_texts
from lessons.quiz.plain import read_object


@dataclass(frozen=True)
class Attempt:
    """A question and what was done about it.

    typed: what stands in the boxes. checked: the answer that was last judged. counts: whether that
    was the first to be judged, and so is the one that counts. recorded: whether this question's
    answer has been counted, or cannot be any more. hints: rungs that were opened.
    """

    question: Question
    typed: Mapping[str, str] = field(default_factory=dict)
    checked: Checked | None = None
    counts: bool = True
    recorded: bool = False
    hints: int = 0
    solution: bool = False

    @property
    def judged(self) -> bool:
        """Whether every box was read and judged."""
        return self.checked is not None and self.checked.readable


@dataclass(frozen=True)
class Tab:
    """What a tab shows of a practice beside the progress that all tabs share.

    before: the progress before it was replaced or erased, as text, while that can be undone.
    offer: progress from a file, as text, while nobody has said whether to take it.
    """

    attempt: Attempt | None = None
    before: str = ""
    offer: str = ""


def written_tab(tab: Tab) -> str:
    """Write what a tab shows as JSON text."""
    now = tab.attempt
    data: dict[str, Any] = {
        "before": tab.before,
        "offer": tab.offer,
    }
    if now is not None:
        data["attempt"] = {
            "q": now.question.key,
            "typed": dict(now.typed),
            "checked": None if now.checked is None else now.checked.typed,
            "counts": now.counts,
            "recorded": now.recorded,
            "hints": now.hints,
            "solution": now.solution,
        }
    return json.dumps(data, separators=(",", ":"))


def read_tab(text: str) -> Tab:
    """Read what `written_tab` wrote; what cannot be read is as if it had not been done."""
    data = read_object(text) or {}
    before, offer = (data.get(key) for key in ("before", "offer"))
    return Tab(
        _attempt(data.get("attempt")),
        before if isinstance(before, str) else "",
        offer if isinstance(offer, str) else "",
    )


def _attempt(data: Any) -> Attempt | None:
    question = _question(data.get("q")) if isinstance(data, Mapping) else None
    if question is None:
        return None
    checked, opened = data.get("checked"), data.get("hints")
    known = type(opened) is int and 0 <= opened <= len(hints(question))
    return Attempt(
        question,
        typed_texts(question, data.get("typed")),
        check(question, typed_texts(question, checked)) if isinstance(checked, Mapping) else None,
        data.get("counts") is not False,
        data.get("recorded") is True,
        opened if known else 0,
        data.get("solution") is True,
    )


def _question(key: Any) -> Question | None:
    try:
        return question_of(key) if isinstance(key, str) else None
    except QuizError:
        return None

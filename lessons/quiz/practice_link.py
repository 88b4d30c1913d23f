"""A link to practice: a topic, one of its levels, and the question to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernels.reading.link_text import quoted, whole_number
from lessons.quiz.question import Question, QuizError
from lessons.quiz.registry import FAMILIES, is_level, question_of

LINK_NAMES = ("topic", "level", "q")


@dataclass(frozen=True)
class PracticeLink:
    """What a link to practice asks for.

    topic: a family's id, "" for all. level: one of its levels, None for those that suit the
    learner. question: the one to begin with, if the link names one.
    """

    topic: str = ""
    level: int | None = None
    question: Question | None = None


def read_practice_link(link: Mapping[str, str]) -> tuple[PracticeLink, tuple[str, ...]]:
    """Read a link to practice, and say what of it cannot be.

    >>> read_practice_link({"topic": "output_size", "level": "2"})
    (PracticeLink(topic='output_size', level=2, question=None), ())
    >>> read_practice_link({"topic": "output_size", "level": "①"})[1]
    ('“①” is not a level of “Output size”, which has 1 to 10; those that suit you are asked.',)
    """
    notes: list[str] = []
    topic, level, question = link.get("topic", ""), None, None
    if topic and topic not in FAMILIES:
        notes.append(f"There is no topic {quoted(topic, 30)}; all topics are asked.")
        topic = ""
    if asked := link.get("level"):
        level = whole_number(asked)
        if not topic:
            notes.append(f"Level {quoted(asked)} is left out, as a level belongs to one topic.")
            level = None
        elif not is_level(topic, level):
            family = FAMILIES[topic]
            notes.append(
                f"{quoted(asked)} is not a level of “{family.title}”, which has 1 to "
                f"{len(family.levels)}; those that suit you are asked."
            )
            level = None
    if key := link.get("q"):
        try:
            question = question_of(key)
        except QuizError as error:
            notes.append(str(error))
    return PracticeLink(topic, level, question), tuple(notes)

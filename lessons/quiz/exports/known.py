"""What the app knows of a question besides its answers: hints, the worked solution, what to find
it by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from lessons.quiz.compare import written
from lessons.quiz.explain import hints, solution
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.question import Question
from lessons.quiz.registry import family_of
from lessons.quiz.skill_names import SKILLS
from lessons.quiz.wording import sentence


@dataclass(frozen=True)
class Known:
    """hints: what helps, from the formula to its numbers. worked: the solution, a line for each
    working. tags: kind, level, skills and slips."""

    hints: tuple[str, ...] = ()
    worked: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


NOTHING = Known()


@lru_cache(maxsize=512)
def known_of(question: Question) -> Known:
    """All that is known of a question.

    >>> from lessons.quiz import generate
    >>> len(known_of(generate("macs", 1, 0)).hints)
    2
    """
    helps = tuple(hint.text for hint in hints(question) if hint.kind != "picture" and hint.text)
    return Known(helps, worked_lines(question), tags_of(question))


def worked_lines(question: Question) -> tuple[str, ...]:
    """The worked solution, a line for each box or for those that one working gives.

    >>> from lessons.quiz import generate
    >>> worked_lines(generate("legal_setting", 1, 0))
    ('Stride 4, padding per side 2: For example: ⌊(41 + 2 × 2 − 3) / 4⌋ + 1 = 11',)
    """
    lines = []
    for text, alike in groupby(solution(question).steps, key=lambda step: step.text):
        steps = tuple(alike)
        if len(steps) > 1:
            boxes = ", ".join(f"{step.label} {step.answer}" for step in steps)
        elif steps[0].answer in grouped(text) or " / " in steps[0].answer:
            boxes = steps[0].label
        else:  # it is explained, not counted
            boxes = f"{steps[0].label} {steps[0].answer}"
        lines.append(f"{sentence(boxes)}: {grouped(text)}")
    return tuple(lines)


def tags_of(question: Question) -> tuple[str, ...]:
    """What a question can be found by in a question bank.

    >>> from lessons.quiz import generate
    >>> tags_of(generate("output_size", 3, 0))[:5]
    ('Slide & Sum', 'Output size', 'level 3', 'stride', 'the first position counts')
    """
    slips = [SLIPS[id] for id in question.reveals]
    skills = (SKILLS[slip.point] for slip in slips)
    about = family_of(question).title
    level = "own numbers" if question.given else f"level {question.level}"
    tags = ("Slide & Sum", about, level, *skills, *(slip.name for slip in slips))
    return tuple(dict.fromkeys(tag.replace(",", "") for tag in tags))


def grouped(text: str) -> str:
    """Text with its large whole numbers as `written` writes an answer.

    >>> grouped("16 × 16 × 360 = 92160; 4600 − 12.34567 = 0")
    '16 × 16 × 360 = 92,160; 4600 − 12.34567 = 0'
    """
    return re.sub(r"(?<![\d.,])\d{5,}(?![\d.,]*\d)", lambda found: written(int(found[0])), text)

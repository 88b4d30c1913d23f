"""Variants of each kind of question, from which a course system draws at random."""

from __future__ import annotations

from lessons.quiz.dice import Dice
from lessons.quiz.question import LARGEST_SEED, Question
from lessons.quiz.registry import FAMILIES, generate
from lessons.quiz.sets import QuizSet

MOST_VARIANTS = 50
"""Of each kind: a file with all kinds then has some thousands of questions."""

Kind = tuple[tuple[str, int], tuple[Question, ...]]
"""A kind and level, and its variants."""


def pool_of(quiz: QuizSet, count: int) -> tuple[Kind, ...]:
    """So many variants of each kind and level that a set asks for; none stands there twice.

    >>> quiz = QuizSet((("output_size", (1, 2)), ("macs", (1,))), 3, 7)
    >>> [(level, len(questions)) for level, questions in pool_of(quiz, 4)]
    [(('output_size', 1), 4), (('output_size', 2), 4), (('macs', 1), 4)]

    A level that has fewer questions gives those that it has.
    """
    levels = [(family, level) for family, levels in quiz.families for level in levels]
    return tuple((level, _variants(*level, quiz, count)) for level in dict.fromkeys(levels))


def _variants(family: str, level: int, quiz: QuizSet, count: int) -> tuple[Question, ...]:
    dice = Dice("pool", family, level, quiz.seed)
    found: list[Question] = []
    for _ in range(4 * count):
        question = generate(family, level, dice.whole(0, LARGEST_SEED))
        if all(question.setup != other.setup for other in found):
            found.append(question)
        if len(found) == count:
            break
    return tuple(found)


def kind_title(level: tuple[str, int]) -> str:
    """A kind and its level by name.

    >>> kind_title(("macs", 2))
    'Multiply-adds, level 2'
    """
    return f"{FAMILIES[level[0]].title}, level {level[1]}"

"""Questions in somebody's own words, with a number for an answer.

The text is that of a link: `ask`, the question, an equals sign and the answer.

>>> question = own_question("ask How many layers does VGG-16 count? = 16")
>>> question.prompt, question.setup.answer
(('How many layers does VGG-16 count?',), 16)
>>> question.key
'own.How many layers does VGG-16 count? = 16'
"""

from __future__ import annotations

from kernels.reading.link_text import quoted
from lessons.quiz.parse import read_number
from lessons.quiz.question import Family, Field, Level, Question, QuizError, Setup

ASK, OWN = "ask ", "own."
"""How such a text and such a key begin."""

MOST_LETTERS = 300

FAMILY = Family("own_words", "A question from your teacher", (Level("in words of their own"),), ())
"""It belongs to no practice: nothing is known of what a right answer shows."""


def is_own(text: str) -> bool:
    """Whether it is such a text or key."""
    return text.startswith((ASK, OWN))


def own_question(text: str) -> Question:
    """The question that a text or a key says; QuizError says what is wrong with it.

    >>> own_question("ask How many kernels? six")
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: “ask How many kernels? six” has no answer: end with an \
equals sign and a number.
    """
    said = quoted(text.strip(), 60)
    body = " ".join(text.strip().removeprefix(ASK).removeprefix(OWN).split())
    words, equals, answer = body.rpartition("=")
    words, answer = words.strip(), answer.strip()
    if len(body) > MOST_LETTERS:
        raise QuizError(f"{said} is too long; use at most {MOST_LETTERS} letters.")
    if not equals or not words:
        raise QuizError(f"{said} has no answer: end with an equals sign and a number.")
    number = read_number(answer)
    if isinstance(number, str):
        raise QuizError(f"{said}: the answer {quoted(answer, 30)} is not a number. {number}")
    return Question(
        FAMILY.id,
        1,
        0,
        1,
        FAMILY.title,
        (words,),
        (),
        Setup((1,), (), answer=number),
        (Field("answer", "answer", "number", "own_answer"),),
        (),
        (),
        given=f"{OWN}{words} = {answer}",
    )

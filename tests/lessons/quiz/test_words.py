"""A second reader, who has only what is shown, finds every answer that the quiz accepts."""

from itertools import product

import pytest

from lessons.quiz import FAMILIES, Question, generate, solve
from lessons.quiz.answers import accepts
from lessons.quiz.exports.items import lines_of, tables_of
from tests.lessons.quiz.words.page import Page
from tests.lessons.quiz.words.reader import accepted_settings, answers

LEVELS = [
    pytest.param(family.id, level, id=f"{family.id}-{level}")
    for family in FAMILIES.values()
    for level in range(1, len(family.levels) + 1)
]
LARGEST = 9
"""Up to this number every choice of settings is tried."""


def shown(question: Question) -> Page:
    """What a learner reads, and nothing else of a question."""
    return Page(
        given=" ".join(question.prompt[:-1]),
        asked=question.prompt[-1],
        agreed=" ".join(question.convention),
        tables=tuple((caption, lines_of(rows)) for caption, rows in tables_of(question)),
        boxes=tuple(field.label for field in question.fields),
        choices=tuple(option.label for option in question.setup.options),
    )


def check_words(question: Question) -> None:
    page, right = shown(question), solve(question)
    ids = [field.id for field in question.fields]
    if question.fields[0].kind == "setting":
        found = set(accepted_settings(page, LARGEST))
        ours = product(range(LARGEST + 1), repeat=len(ids))
        assert found == {
            values for values in ours if accepts(question, dict(zip(ids, values, strict=True)))
        }
        return
    labels = {option.id: option.label for option in question.setup.options}
    expected = [labels.get(right[id], right[id]) for id in ids]
    found = [tuple(map(tuple, one)) if isinstance(one, list) else one for one in answers(page)]
    assert found == expected, f"{question.key}: {page}"


@pytest.mark.parametrize("family, level", LEVELS)
def test_the_words_alone_give_the_answer(family, level):
    for seed in range(3, 300, 20):
        check_words(generate(family, level, seed))


@pytest.mark.long
@pytest.mark.parametrize("family, level", LEVELS)
def test_the_words_alone_give_the_answer_to_three_hundred_questions(family, level):
    for seed in range(300):
        check_words(generate(family, level, seed))

"""Expressions in letters are read safely, and are the same where their numbers are."""

import pytest

from lessons.quiz import QuizError, generate, solve
from lessons.quiz.symbols import agrees, value_at


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "n.real", "n ** 99", "f(n)", "n if n else 1", "1.5·n", "m + 1", "[n]"],
)
def test_nothing_but_sums_and_products_is_worked_out(text):
    with pytest.raises(QuizError, match="something other than letters"):
        value_at(text, {"n": 3})


def test_what_cannot_be_read_at_all_is_said_too():
    with pytest.raises(QuizError, match="something other than letters"):
        value_at("n + ", {"n": 3})


def test_one_expression_has_many_forms():
    def right(at):
        return at["n"] + 2 * at["p"] - 5 + 1

    letters = ("n", "p")
    for same in ("n + 2·p − 4", "n − 4 + p + p", "(n + 2·p) − 5 + 1", "2·(p − 2) + n"):
        assert agrees(same, letters, right)
    for other in ("n + p − 4", "n + 2·p − 5", "n − 4"):
        assert not agrees(other, letters, right)


def test_only_one_of_the_choices_is_right():
    for level in (1, 2, 3, 4):
        for seed in range(30):
            question = generate("in_letters", level, seed)
            assert len({option.label for option in question.setup.options}) == 4
            assert solve(question)["expression"] in "ABCD"

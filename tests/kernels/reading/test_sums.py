"""Sums as people type them: what they come to is what Python makes of them."""

import random
from fractions import Fraction

import pytest

from kernels.reading import NotationError, read_sum
from lessons.course.typed import read_prediction


def test_a_sum_comes_to_what_python_makes_of_it():
    chance = random.Random(6)
    for _ in range(200):
        text = str(chance.randint(0, 9))
        for _ in range(chance.randint(1, 9)):
            number = chance.choice(["{}", "(-{})", "({} + 2)"]).format(chance.randint(1, 9))
            text += chance.choice([" + ", "-", "*", " / "]) + number
        exact = eval("".join(f"Fraction({c})" if c.isdigit() else c for c in text))
        assert read_sum(text) == exact == read_sum(f"= {text}"), text


@pytest.mark.parametrize(
    ("typed", "comes_to"),
    [
        ("=0+3+4", 7),
        ("3*1+2*0", 3),
        ("3x1 + 2x0", 3),
        ("3·1 + 2·(−1)", 1),
        ("(3)(2)+1", 7),
        ("0+3+4=", 7),
        ("0,5 + 1.5", 2),
        ("7 − 3 + 1 = 5", 5),
        ("−2 − −3", 1),
        ("\uff11+\uff12", 3),
        ("10 : 4", 2.5),
    ],
)
def test_a_prediction_may_be_typed_as_a_sum(typed, comes_to):
    assert read_prediction(typed) == comes_to
    assert read_sum(typed) == Fraction(comes_to)


@pytest.mark.parametrize(
    "typed",
    ["", "+", "1+", "(1+2", "1+2)", "()", "1/0", "2+1/0", "1 2+3", "a+1", "(" * 300, "-" * 99],
)
def test_what_is_no_sum_is_refused_in_one_sentence(typed):
    with pytest.raises(NotationError) as fault:
        read_sum(typed)
    assert str(fault.value).endswith(".") and isinstance(read_prediction(typed), str)


@pytest.mark.parametrize("typed", ["3x3", "3×3×3", "two", "1 2", "12?", "5 or 6"])
def test_a_shape_or_a_word_is_still_no_number(typed):
    assert isinstance(read_prediction(typed), str)

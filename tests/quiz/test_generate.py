"""A question is rebuilt from (family, level, seed, version); what cannot be is said plainly."""

import pytest

from lessons.quiz import FAMILIES, generate
from lessons.quiz.dice import Dice
from lessons.quiz.question import QuizError


@pytest.mark.parametrize(
    "identity, says",
    [
        (("output", 1, 0), "There is no family “output”"),
        (("output_size", 0, 0), "levels 1 to 9, but level 0"),
        (("output_size", "1", 0), "but level 1 was asked for"),
        (("output_size", 1, -1), "A seed is a whole number from 0 to 2147483647"),
        (("output_size", 1, 2**31), "A seed is a whole number"),
        (("output_size", 1, 0, 2), "versions 1 to 1, but version 2"),
    ],
)
def test_what_cannot_be_is_said(identity, says):
    with pytest.raises(QuizError, match=says.replace("(", r"\(")):
        generate(*identity)


def test_draws_are_the_same_for_ever():
    # Written down when the first questions were drawn: links to them must keep them.
    dice = Dice("output_size", 1, 0, 1)
    assert [dice.whole(0, 99) for _ in range(6)] == [83, 64, 50, 60, 73, 63]


def test_dice_reach_every_number_about_as_often():
    dice = Dice("fair")
    counts = [0] * 6
    for _ in range(6000):
        counts[dice.whole(1, 6) - 1] += 1
    assert all(900 < count < 1100 for count in counts)


def test_shuffled_keeps_everything():
    assert sorted(Dice("s", 1).shuffled("abcdef")) == list("abcdef")


def test_a_field_is_found_by_id():
    question = generate("output_size", 1, 0)
    assert question.field("width").label == "width"
    with pytest.raises(QuizError, match="no box 'depth'; use one of height, width"):
        question.field("depth")


def test_families_name_themselves():
    assert all(id == family.id for id, family in FAMILIES.items())

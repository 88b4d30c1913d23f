"""A question is rebuilt from (family, level, seed, version); what cannot be is said plainly."""

import hashlib
import os
import subprocess
import sys

import pytest

from lessons.quiz import DEFAULT_POOL, FAMILIES, generate, solve
from lessons.quiz.dice import Dice
from lessons.quiz.question import QuizError
from tests.serving import ROOT


@pytest.mark.parametrize(
    "identity, says",
    [
        (("output", 1, 0), "There is no kind of question “output”"),
        (("output_size", 0, 0), "levels 1 to 10, but level 0"),
        (("output_size", "1", 0), "but level 1 was asked for"),
        (("output_size", 1, -1), "A seed is a whole number from 0 to 2147483647"),
        (("output_size", 1, 2**31), "A seed is a whole number"),
        (("output_size", 1, 0, 3), "versions 1 to 2, but version 3"),
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


def digest_of_questions():
    """One question of each level, with its answers, in a few characters."""
    text = []
    for family, level in DEFAULT_POOL:
        question = generate(family, level, 11)
        text.append(repr((question, solve(question))))
    return hashlib.sha256("".join(text).encode()).hexdigest()


def test_another_process_gives_the_same_questions():
    # Its hashes of texts differ, and with them the order of every set.
    script = "from tests.lessons.quiz.test_generate import *; print(digest_of_questions())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest_of_questions()


def test_under_a_relu_some_sums_are_negative_but_few_answers_are_0():
    answers = [solve(generate("cell_value", 6, seed))["number"] for seed in range(60)]
    assert 8 <= answers.count(0) <= 20

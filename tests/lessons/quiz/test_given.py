"""Questions with given numbers: what is typed is asked, diagnosed, pinned in a set and its link."""

import pytest

from lessons.quiz import QuizError, QuizSet, check, question_of, set_of, solution, solve
from lessons.quiz.given import ASKED, given_question
from lessons.quiz.ready_sets import LECTURES, READY_SETS
from lessons.quiz.set_link import nearest_set
from tests.lessons.quiz import by_hand

PUBLISHED = (
    *((2, 2), (3, 3), (2, 2), (280, 319), (3,), (4,), (125,), (5,), (456,), (178_640,)),
    *((66_696,), (32_970,), (61_706,), (92_170_100,), (943_728_500,), (3072,), (120_000,)),
)
"""The answers of the lectures' exercises, in the order in which they are asked."""


def test_the_exercises_of_lectures_have_their_published_answers():
    answers = [tuple(solve(question_of(key)).values()) for key in LECTURES]
    assert answers == list(PUBLISHED)


@pytest.mark.parametrize("key", LECTURES)
def test_a_given_question_is_like_a_drawn_one(key):
    question = question_of(key)
    assert question.key == key and question_of(question.key) == question
    for field in question.fields:
        assert by_hand.answer(question, field) == solve(question)[field.id]
    assert solution(question).steps and check(question, {}).verdict.outcome == "not readable"


@pytest.mark.parametrize(
    "text, typed, slip",
    [
        ("size 1x256x256; c1k3s2p1; m4s1", "127", "layers-turned-round"),
        ("parameters 3x32x32; c6k5", "450", "bias-forgotten"),
        ("macs 1x280x320; c1k1x2", "357280", "operations-for-macs"),
        ("weights 10x12x12; c20k5", "500", "input-channels-forgotten"),
        ("channels 3x32x32; c6k5", "3", "depth-kept"),
    ],
)
def test_its_wrong_numbers_are_diagnosed(text, typed, slip):
    question = given_question(text)
    checked = check(question, {question.fields[0].id: typed})
    assert slip in checked.single_slips


@pytest.mark.parametrize(
    "text, says",
    [
        ("sise 1x5x5; c1k3", "begin with size, channels"),
        ("size 1x5x5; q1", "q1"),
        ("size 1x4x4; c1k5", "do not fit"),
        ("size 784; l10", "cannot be asked for “size”"),
        ("size 1x20x30; c1k3; m2", "square input"),
        ("macs 1x9x9; c1k3; c1k3", "one convolution"),
        ("size 1x9x9; relu", "has 0 layers"),
        ("size 1x999x999;" + "c1k3;" * 200, "too long"),
    ],
)
def test_what_cannot_be_asked_is_said(text, says):
    with pytest.raises(QuizError, match=says):
        given_question(text)


def test_every_word_asks_something():
    for word, asked in ASKED.items():
        network = "3x9x9; c4k3"
        assert given_question(f"{word} {network}").title == asked.title


def test_pinned_questions_come_first_and_stay_whatever_the_seed():
    pinned = ("given.size.1x5x5;c1k3", "macs.1.7.2")
    quiz = QuizSet((("output_size", (1,)),), 4, 7, pinned=pinned)
    other = QuizSet((("output_size", (1,)),), 4, 8, pinned=pinned)
    assert tuple(one.key for one in quiz.questions()[:2]) == pinned
    assert other.questions()[:2] == quiz.questions()[:2] != other.questions()[2:]
    assert set_of(quiz.to_link()) == quiz
    assert "pin" not in QuizSet((("output_size", (1,)),)).to_link()


def test_a_pinned_question_that_cannot_be_is_left_out_with_a_sentence():
    first = READY_SETS["sizes"].quiz
    quiz, notes = nearest_set({"from": "macs.1", "pin": "size 1x5x5; c1k3~size 1x2x2; c1k3"}, first)
    assert quiz.pinned == ("given.size.1x5x5;c1k3",) and "left out" in " ".join(notes)
    with pytest.raises(QuizError, match="3 questions are pinned"):
        QuizSet((("macs", (1,)),), 1, pinned=("macs.1.1.2", "macs.1.2.2", "macs.1.3.2"))

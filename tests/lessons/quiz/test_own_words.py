"""Questions in a teacher's own words: read, asked, judged, kept in a link and in files."""

from fractions import Fraction

import pytest

from lessons.quiz import QuizError, QuizSet, check, fresh_session, question_of, set_of, solution
from lessons.quiz.exports import items_of, to_gift, to_moodle
from lessons.quiz.figures import figure_of
from lessons.quiz.given import typed_key
from lessons.quiz.own_words import own_question
from lessons.quiz.set_link import nearest_set
from tests.lessons.quiz.targets import NOON

TEXT = "ask How many layers with weights does VGG-16 count? = 16"


@pytest.mark.parametrize(
    "written, number",
    [("16", 16), ("1,234", 1234), ("-3", -3), ("2.5", Fraction(5, 2)), ("1/3", Fraction(1, 3))],
)
def test_the_number_after_the_last_equals_sign_is_right(written, number):
    question = own_question(f"ask With n = 3: how many? = {written}")
    assert question.prompt == ("With n = 3: how many?",) and question.setup.answer == number
    typed = {"answer": written.replace(",", "")}
    assert check(question, typed).right_in_all
    assert not check(question, {"answer": "999"}).right_in_all


@pytest.mark.parametrize(
    "text, says",
    [
        ("ask How many?", "has no answer: end with an equals sign and a number"),
        ("ask = 3", "has no answer"),
        ("ask How many? = six", "“six” is not a number"),
        (f"ask {'How many? ' * 40} = 3", "too long; use at most 300 letters"),
    ],
)
def test_what_cannot_be_asked_is_said(text, says):
    with pytest.raises(QuizError, match=says):
        own_question(text)


def test_it_comes_back_by_its_key_and_as_it_was_typed():
    question = own_question(TEXT)
    assert question_of(question.key) == question and typed_key(question.key) == TEXT
    assert figure_of(question) is None and solution(question).steps[0].answer == "16"


def test_a_set_asks_it_first_by_its_link_and_leaves_out_what_cannot_be():
    first = QuizSet((("macs", (1,)),), 2, 7)
    quiz, notes = nearest_set({"pin": f"{TEXT}~ask How many?"}, first)
    assert quiz.questions()[0] == own_question(TEXT)
    assert set_of(quiz.to_link()) == quiz and "has no answer" in " ".join(notes)


def test_files_have_it_with_its_number():
    question = own_question(TEXT)
    (item,) = items_of([question])
    assert item.answer == 16 and item.text == question.prompt and not item.wrong
    assert "%100%16:0" in to_gift([question]) and question.prompt[0] in to_moodle([question], "x")


def test_its_answers_say_nothing_about_any_skill():
    session = fresh_session(1)
    for typed in ("15", "16"):
        session = session.answered(check(own_question(TEXT), {"answer": typed}), NOON)
    assert session.asked == 2 and not session.record and session.next_question(NOON)

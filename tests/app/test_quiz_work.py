"""One answer is read, solved and diagnosed once, however many panels speak of it."""

import sys
from collections import Counter

import pytest

from lessons.quiz import QuizSet
from lessons.quiz.answers import solve
from lessons.quiz.diagnose import diagnose
from lessons.quiz.parse import parse
from lessons.quiz.question import Question
from tests.app.test_quiz_page import answers, opened, page, pressed, question_of, shown, typed

KEY = "layer_parameters.2.0.2"  # one box
ONCE = {"parse": 1, "solve": 1, "diagnose": 1}


@pytest.fixture
def work(monkeypatch):
    """Counts what is done about each question, in whichever module it is called."""
    done: Counter = Counter()

    def counting(function):
        def counted(question: Question, *args, **more):
            done[question.key, function.__name__] += 1
            return function(question, *args, **more)

        return counted

    for function in (parse, solve, diagnose):
        ours = [m for name, m in sys.modules.items() if name.startswith(("app.", "lessons."))]
        for module in ours:
            if getattr(module, function.__name__, None) is function:
                monkeypatch.setattr(module, function.__name__, counting(function))
    return done


def about(work: Counter, key: str) -> dict[str, int]:
    return {name: count for (question, name), count in work.items() if question == key}


def test_a_wrong_answer_in_practice_is_worked_on_once(work):
    at = page(q=KEY)
    typed(at, *answers(question_of(KEY), "bias-forgotten"))
    work.clear()
    pressed(at, "Check")
    assert "Biases forgotten" in shown(at) and at.session_state["quiz_session"].asked == 1
    assert about(work, KEY) == ONCE


def test_nothing_is_worked_on_again_while_the_verdict_stands(work):
    at = page(q=KEY)
    pressed(typed(at, *answers(question_of(KEY), "bias-forgotten")), "Check")
    work.clear()
    pressed(at, "Hint")
    assert "Biases forgotten" in shown(at)
    assert about(work, KEY) == {}


@pytest.mark.parametrize("feedback", ["each", "end"])
def test_a_wrong_answer_in_a_set_is_worked_on_once_from_the_box_to_the_score_sheet(work, feedback):
    quiz = QuizSet((("layer_parameters", (2,)),), 1, 4, feedback=feedback)
    (question,) = quiz.questions()
    at = pressed(opened(quiz), "Begin")
    typed(at, *answers(question, "bias-forgotten"))
    work.clear()
    pressed(at, "Check" if feedback == "each" else "Keep")
    pressed(at, "Finish")
    assert "biases forgotten" in shown(at)
    assert about(work, question.key) == ONCE

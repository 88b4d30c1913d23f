"""The page that builds a set, run without a browser: its controls, link, files and answers."""

import io
import zipfile
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app.panels.set_builder_panel import _qr_code, _zipped
from app.session.set_builder_state import FIRST, quiz_url
from lessons.quiz import FAMILIES, QuizSet, set_of, solution
from lessons.quiz.exports import to_gift
from lessons.quiz.ready_sets import READY_SETS


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../app/main.py", default_timeout=30)
    at.switch_page("screens/make_a_set.py")
    for key, value in address.items():
        at.query_params[key] = value
    return ran(at)


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def built(at: AppTest) -> QuizSet:
    return at.session_state["builder_set"]


def shown(at: AppTest) -> str:
    return " ".join(each.proto.body for each in at.get("html"))


def told(at: AppTest) -> dict[str, str]:
    """What the address says."""
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def notes(at: AppTest) -> str:
    return " ".join(each.value for each in at.info)


def test_opens_on_a_ready_set_with_its_questions_and_answers():
    at = page()
    assert built(at) == FIRST.started(built(at).seed)
    for question in built(at).questions():
        assert all(step.answer in shown(at) for step in solution(question).steps)


def test_every_control_is_part_of_the_set_and_of_the_address():
    at = page()
    at.multiselect(key="builder_families").set_value(["macs", "output_size"])
    at.number_input(key="builder_count").set_value(4)
    at.number_input(key="builder_seed").set_value(77)
    at.number_input(key="builder_minutes").set_value(20)
    at.toggle(key="builder_own").set_value(True)
    ran(at)
    quiz = built(at)
    assert [family for family, _ in quiz.families] == ["output_size", "macs"]  # the first stays
    assert (quiz.count, quiz.seed, quiz.minutes, quiz.own) == (4, 77, 20, True)
    assert set_of(told(at)) == quiz
    assert built(page(**told(at))) == quiz


def test_without_a_kind_of_question_the_last_ones_stay():
    at = page()
    before = built(at)
    at.multiselect(key="builder_families").set_value([])
    ran(at)
    assert built(at) == before


def test_a_ready_set_can_be_begun_from():
    at = page()
    at.selectbox(key="builder_ready").set_value("parameters")
    ran(at)
    assert built(at) == READY_SETS["parameters"].started(built(at).seed)
    assert built(at).seed != READY_SETS["parameters"].quiz.seed


def test_each_start_of_a_ready_set_has_questions_of_its_own():
    assert len({built(page()).seed for _ in range(3)}) == 3


def test_the_widest_set_there_is_can_be_built():
    every = tuple((id, tuple(range(1, len(f.levels) + 1))) for id, f in FAMILIES.items())
    quiz = QuizSet(every, 100, 5)
    assert built(page(**quiz.to_link())) == quiz


def test_the_link_leads_to_the_quiz_page_with_this_set():
    quiz = READY_SETS["networks"].quiz
    link = urlsplit(quiz_url("https://example.org/class/make_a_set", quiz))
    assert link.path == "/class/quiz"
    assert set_of(dict(parse_qsl(link.query))) == quiz


def test_the_longest_link_fits_into_a_qr_code():
    every = tuple((id, (1, 3)) for id, f in FAMILIES.items() if len(f.levels) > 2)
    quiz = QuizSet(every, 100, 2**31 - 1, own=True, minutes=600, feedback="end")
    assert _qr_code(quiz_url("https://" + "a" * 60 + ".example.org/make_a_set", quiz))[:4] == (
        b"\x89PNG"
    )


@pytest.mark.parametrize("bad", [{"from": "no such"}, {"from": "macs.1", "n": "x"}])
def test_a_damaged_link_is_said(bad):
    at = page(**bad)
    assert at.info and built(at).count == FIRST.quiz.count


def test_own_sets_are_an_example_until_names_are_written():
    at = page(**{**FIRST.quiz.to_link(), "own": "1"})
    said = shown(at) + " ".join(each.value for each in at.caption)
    assert "example questions" in said and "Questions of an example" in said
    at.text_area(key="builder_student").set_value("Ada Lovelace\n\n Alan  Turing\nAda Lovelace")
    ran(at)
    said = shown(at) + " ".join(each.value for each in at.caption)
    assert "example" not in said and "Questions of <bdi>Ada Lovelace</bdi>" in said
    own = replace(FIRST.quiz, own=True, student="Ada Lovelace").questions()[0]
    assert own.prompt[0] in shown(at)


def test_each_student_gets_a_file_of_their_own():
    quiz = replace(FIRST.quiz, own=True)
    sets = [replace(quiz, student=name) for name in ("Ada", "../Älan/*?")]
    data = _zipped(sets, "gift", lambda one: to_gift(one.questions()))
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert files.namelist() == ["001-Ada.gift", "002----Älan---.gift"]
        texts = [files.read(name).decode() for name in files.namelist()]
    assert texts == [to_gift(one.questions()) for one in sets] and texts[0] != texts[1]

"""The course: its files hold what they promise, and its page leads through them."""

from __future__ import annotations

import dataclasses
from html import escape

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.course.live import LIVE, page_of
from lessons.course.coverage import address_of, coverage, gaps, slips
from lessons.course.lesson import Lesson, Prediction, Step
from lessons.course.linter import faults, step_faults
from lessons.course.loader import course, read_texts
from lessons.views.course import settle_course
from tests.sampled import sampled


def opens(name: str):
    page = page_of(name)

    def open_(link):
        view, said = page.open(dict(link))
        return dict(page.flat(view)), tuple(said)

    return open_


PAGES = {name: opens(name) for name in LIVE}
CONTROLS = {name: frozenset(box.name for box in page_of(name).boxes) for name in LIVE}
STEP = course()[0].steps[1]
STEPS = [step for lesson in course() for step in lesson.steps]


def test_nothing_is_wrong_with_the_courses_files():
    assert list(faults(course(), PAGES, CONTROLS)) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": "word " * 81}, "81 words"),
        ({"text": "One two three " * 9 + "."}, "a sentence of 28 words"),
        ({"text": "So 5 − 3 + 1 = 4."}, "is not true"),
        ({"reach": {}, "do": ""}, "has no task"),
        ({"hint": ""}, "lacks do or hint"),
        ({"reach": {"step": "0"}}, "is done before"),
        ({"reach": {"step": "99"}}, "cannot be reached"),
        ({"settings": {"kernel": "9x9"}}, "not what its settings say"),
        ({"controls": ("zoom",)}, "offers zoom"),
        ({"page": ""}, "shows the page ''"),
        ({"before": {"kernel": "2x2"}}, "nothing to predict"),
        ({"text": "So 20 it is.", "prediction": Prediction("How many?", 20, "Right.")}, "20 away"),
        ({"page": "weather"}, "shows the page 'weather'"),
        ({"checkpoint": "riddles.1"}, "is not a family"),
        ({"checkpoint": "output_size.77"}, "level '77'"),
    ],
)
def test_the_linter_says_what_is_wrong_with_a_step(change, says):
    found = " ".join(step_faults(dataclasses.replace(STEP, **change), PAGES, CONTROLS))
    assert says in found


def test_two_steps_of_one_name_are_found():
    lesson = Lesson("twice", "Twice", "", (STEP, STEP))
    assert any("two steps are called" in fault for fault in faults([lesson], PAGES, CONTROLS))


def test_every_row_of_the_curriculum_has_its_step_and_every_step_its_row():
    assert list(gaps()) == []
    every = [f"{deck}{n:02d}" for deck, most in _ROWS.items() for n in range(1, most + 1)]
    assert {row.id for row in coverage()} == set(every) - _NO_SUCH_ROWS


@pytest.mark.parametrize("slip", slips(), ids=lambda slip: slip.step)
def test_what_slides_print_otherwise_is_named_in_its_step(slip):
    assert slip.is_named, f"{slip.step} no longer says “{slip.words}”"
    assert not dataclasses.replace(slip, words=f"{slip.words}, or not").is_named


_ROWS = {"U": 39, "W": 34, "K": 32, "B": 29, "G": 32}
_NO_SUCH_ROWS = {"U31", "W23", "B19", "G28"}


def test_texts_come_from_their_parts_of_the_file():
    assert read_texts("## one\nA.\n## two\nB.\n\nC.") == {"one": "A.", "two": "B.\n\nC."}


def test_going_on_from_the_first_step_comes_by_every_step_once():
    view, seen = settle_course({})[0], []
    while view:
        seen.append((view.lesson.id, view.step.id))
        view = view.beside(1)
    assert seen == [(lesson.id, step.id) for lesson in course() for step in lesson.steps]


@pytest.fixture
def page() -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/course/course.py")
    return at


def opened(page: AppTest, lesson: str, step: str) -> AppTest:
    page.query_params["lesson"], page.query_params["step"] = lesson, step
    page.run()
    assert not page.exception
    return page


def test_a_right_prediction_is_said_to_be_right_and_counts(page):
    at = opened(page, "stride", "formula")
    box = at.text_input(key="course_number_stride_formula")
    box.set_value("3").run()
    assert "3 is not it" in at.warning[0].value
    at.text_input(key="course_number_stride_formula").set_value("128").run()
    assert "is 128" in at.success[0].value
    assert "1 step done" in at.expander[0].label


def test_a_picture_that_tells_the_number_comes_once_it_is_found_or_shown(page):
    at = opened(page, "stride", "floor")

    def stride():
        return at.session_state["coursestridefloor_sliding_state"].view.layer.stride

    assert stride() == (1, 1)
    at.text_input(key="course_number_stride_floor").set_value("3").run()
    assert stride() == (1, 1)
    at.checkbox(key="course_number_stride_floor_shown").check().run()
    assert stride() == (2, 2)
    assert "short lessons" in at.expander[0].label


def test_what_was_reached_counts_also_when_the_picture_changes_after_it(page):
    at = opened(page, "stride", "exact")
    at.toggle(key="coursestrideexact_sizes_ceil").set_value(True).run()
    assert len(at.success) == 1
    at.text_input(key="course_number_stride_exact").set_value("3").run()
    assert len(at.success) == 2
    assert "1 step done" in at.expander[0].label


def test_what_the_course_covers_leads_to_a_step_a_view_and_a_question_for_every_topic(page):
    page.query_params["covers"] = "1"
    at = page.run()
    assert not at.exception
    drawn = " ".join(one.body for one in at.get("html"))
    for row in coverage():
        for address in (address_of(row.step), row.view, row.question[1]):
            assert f'href="{escape(address)}"' in drawn, (row.id, address)
    at.button(key="course_back").click().run()
    assert any("Multiply, then add" in one.value for one in at.markdown)


def test_present_leads_into_the_presenter_view_and_out_of_it_at_the_first_press(page):
    at = opened(page, "window", "count")
    next(button for button in at.button if button.label == "Present").click().run()
    assert "Leave presenter view" in [button.label for button in at.button]
    next(button for button in at.button if button.label == "Leave presenter view").click().run()
    assert "Present" in [button.label for button in at.button]


def test_before_a_class_the_question_is_asked_and_the_picture_does_not_answer_it(page):
    page.query_params["present"] = "1"
    at = opened(page, "window", "sum")
    assert "first number of the output?" in at.markdown[0].value
    assert at.session_state["coursewindowsum_sliding_state"].memory["predict"] == "1"
    at = opened(page, "padding", "check")
    assert "How large is the output?" in at.markdown[0].value


def test_a_number_may_be_typed_as_people_write_it(page):
    at = opened(page, "pictures", "colour")
    at.text_input(key="course_number_pictures_colour").set_value("= 3,072 numbers").run()
    assert "3,072" in at.success[0].value


def test_a_text_that_is_no_number_is_asked_for_again(page):
    at = opened(page, "stride", "formula")
    at.text_input(key="course_number_stride_formula").set_value("two").run()
    assert [one.value for one in at.warning] == ["Write a number with digits only, such as 28."]
    assert "Show me the answer" in [one.label for one in at.checkbox]


def test_a_setting_that_is_reached_is_noticed(page):
    at = opened(page, "padding", "values")
    assert not at.success
    at.selectbox(key="coursepaddingvalues_sliding_mode").set_value("reflect").run()
    assert "continues the picture" in at.success[0].value


def test_a_checkpoint_diagnoses_and_is_passed_by_the_right_numbers(page):
    from app.screens.course.state import box_key
    from lessons.quiz import generate, solve
    from lessons.quiz.compare import written

    at = opened(page, "padding", "check")
    question = at.session_state["course_typed_padding_check"].question
    assert question == generate("output_size", 2, question.seed)
    right = {name: written(value) for name, value in solve(question).items()}
    for box in question.fields:
        at.text_input(key=box_key(question, box)).set_value("1")
    at.button(key="course_check").click().run()
    assert at.markdown[0].value and not at.success
    for box in question.fields:
        at.text_input(key=box_key(question, box)).set_value(right[box.id])
    at.button(key="course_check").click().run()
    assert "padding.check" in at.session_state["course_done"].steps


@pytest.mark.parametrize("lesson", course(), ids=lambda lesson: lesson.id)
def test_every_step_of_a_lesson_draws(page, lesson: Lesson):
    for step in lesson.steps:
        at = opened(page, lesson.id, step.id)
        assert any(step.title in one.value for one in at.markdown), step


@pytest.mark.parametrize("lesson", sampled(course(), 13), ids=lambda lesson: lesson.id)
def test_a_lesson_stands_on_one_page_with_every_question_and_nothing_to_press(page, lesson: Lesson):
    page.query_params["lesson"], page.query_params["whole"] = lesson.id, "1"
    at = page.run()
    assert not at.exception
    assert not [box.key for box in at.text_input if box.key.startswith("course")]
    said = " ".join(one.value for one in at.markdown)
    assert all(f"{number}. {step.title}" in said for number, step in enumerate(lesson.steps, 1))
    assert all(step.prediction.question in said for step in lesson.steps if step.prediction)
    questions = [one.body for one in at.get("html") if 'class="quiz question' in one.body]
    assert len(questions) == sum(bool(step.checkpoint) for step in lesson.steps)
    at.button(key="course_back").click().run()
    assert any(lesson.steps[0].title in one.value for one in at.markdown)


def test_steps_are_plain_data():
    assert all(isinstance(step, Step) and step.id.isalnum() for step in STEPS)

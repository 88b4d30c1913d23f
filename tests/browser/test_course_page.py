"""The course in a real browser: a lesson by the keyboard alone, one by touch, and what is kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from lessons.course.lesson import Lesson, Step
from lessons.course.loader import course
from lessons.quiz import question_of, solve
from lessons.quiz.compare import written
from tests.browser.runs import eventually, wait_until_idle

pytestmark = pytest.mark.browser
STRIDE = next(lesson for lesson in course() if lesson.id == "stride")


def heading(page: Page, step: Step):
    return page.get_by_role("heading", name=step.title, exact=True)


def solved(page: Page, lesson: Lesson, step: Step) -> None:
    """Do what the step asks for, by keys."""
    if step.reach:
        page.get_by_role("spinbutton", name=re.compile("stride")).first.press("ArrowUp")
        expect(page.get_by_text("Done. Look what has changed.")).to_be_visible()
    if step.prediction:
        box = page.get_by_label(step.prediction.question)
        box.fill(written_number(step.prediction.answer))
        box.press("Enter")
        expect(page.get_by_test_id("stAlertContentSuccess")).to_be_visible()
    if step.checkpoint:
        boxes = page.locator(".st-key-quiz_boxes input")
        expect(boxes.first).to_be_visible()
        key = page.locator("[class*='st-key-course_box_']").first.get_attribute("class")
        found = re.search(r"course_box_(\w+)-(\d+)-(\d+)-(\d+)", key)
        question = question_of(found.expand(r"\1.\2.\3.\4"))
        for box, value in zip(boxes.all(), solve(question).values(), strict=True):
            box.fill(written(value))
        boxes.last.press("Enter")
        expect(page.locator(".quiz .marks li").first).to_contain_text("Right")


def written_number(number: float) -> str:
    return f"{number:g}"


def test_a_whole_lesson_is_walked_by_the_keyboard_alone(page, open_page):
    open_page(page, "/course?lesson=stride")
    for step in STRIDE.steps:
        expect(heading(page, step)).to_be_visible()
        solved(page, STRIDE, step)
        expect(page.get_by_text(f"{STRIDE.steps.index(step) + 1} of 88 steps done")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Next")).press("Enter")
    following = course()[course().index(STRIDE) + 1]
    expect(heading(page, following.steps[0])).to_be_visible()
    wait_until_idle(page)  # a button that is being drawn anew has no shortcut
    page.keyboard.press("b")
    expect(heading(page, STRIDE.steps[-1])).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"{len(STRIDE.steps)} of 88 steps done")).to_be_visible()


def test_a_phone_shows_the_view_above_the_words_and_nothing_scrolls_sideways(new_page, open_page):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_page(page, "/course?lesson=window&step=count")
    words = page.get_by_text("Count the places of the window")

    def fits() -> None:
        assert page.locator(".stage").bounding_box()["y"] < words.bounding_box()["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    eventually(page, fits)
    page.get_by_role("button", name=re.compile("^Next")).tap()
    expect(page.get_by_role("heading", name="Your turn")).to_be_visible()

"""The course in a real browser: a lesson by the keyboard alone, one by touch, and what is kept."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from lessons.course.lesson import Step
from lessons.course.loader import course
from lessons.quiz import question_of, solve
from lessons.quiz.compare import written
from tests.browser.heard import heard, listen
from tests.browser.runs import eventually, wait_until_idle

pytestmark = pytest.mark.browser
STRIDE, FLIP = (
    next(lesson for lesson in course() if lesson.id == name) for name in ("stride", "flip")
)


def heading(page: Page, step: Step):
    return page.get_by_role("heading", name=step.title, exact=True)


"""How many there are in the whole course."""


def said(page: Page, text: str):
    """A sentence that says that something is done."""
    return page.get_by_test_id("stAlertContentSuccess").filter(has_text=text.split(":")[0])


def predicted(page: Page, step: Step) -> None:
    """Type the number that the step asks for."""
    box = page.get_by_label(step.prediction.question)
    box.fill(written_number(step.prediction.answer))
    box.press("Enter")
    expect(page.get_by_test_id("stAlertContentSuccess").first).to_be_visible()
    wait_until_idle(page)  # the picture that tells the number has come


def answered(page: Page) -> None:
    """Fill in the boxes of the step's question."""
    boxes = page.locator(".st-key-quiz_boxes input")
    expect(boxes.first).to_be_visible()
    key = page.locator("[class*='st-key-course_box_']").first.get_attribute("class")
    found = re.search(r"course_box_(\w+)-(\d+)-(\d+)-(\d+)", key)
    question = question_of(found.expand(r"\1.\2.\3.\4"))
    for box, value in zip(boxes.all(), solve(question).values(), strict=True):
        box.fill(written(value))


def solved_by_keys(page: Page, step: Step) -> None:
    """Do what a step about strides asks for, by keys."""
    if step.prediction:
        predicted(page, step)
    if "stride" in step.reach:
        page.get_by_role("spinbutton", name=re.compile("stride")).first.press("ArrowUp")
    if "ceil" in step.reach:
        page.get_by_label("Round up").first.press("Space")
    if step.reach:
        expect(said(page, step.then)).to_be_visible()
    if step.checkpoint:
        answered(page)
        page.locator(".st-key-quiz_boxes input").last.press("Enter")
        expect(page.locator(".quiz .marks li").first).to_contain_text("Right")


def written_number(number: float) -> str:
    return f"{number:g}"


def said_done(count: int) -> str:
    return f"Contents: {len(course())} short lessons, {count} step{'s' * (count > 1)} done"


def has_been_said(page: Page, step: Step, said: list[str]) -> None:
    """What is said of the step's tasks, each once."""
    said += heard(page)
    tasks = [step.then] if step.reach else []
    tasks += [step.prediction.then] if step.prediction else []
    for task in tasks:
        assert sum(task.split(":")[0] in each for each in said) == 1, said
    if step.checkpoint:
        assert sum(each.startswith("Right") for each in said) == 1, said
    assert len(said) == len(set(said)), said


def is_read_in_order(page: Page) -> bool:
    """Whether the words come first, then the numbers they speak of, then what is asked."""
    return page.evaluate("""() => {
      const [words, view, ...asked] = ['[class*=styled-step] h2', '[class*=_stage]',
        '[class*=styled-asked], .st-key-quiz_boxes, .stPopover', '.st-key-course_ways']
        .map((part) => document.querySelector(part));
      const parts = [words, view, ...asked].filter(Boolean);
      return parts.every((part, at) => !at
        || part.compareDocumentPosition(parts[at - 1]) === Node.DOCUMENT_POSITION_PRECEDING);
    }""")


def test_a_whole_lesson_is_walked_by_the_keyboard_alone_and_everything_is_said_once(
    page, open_page
):
    listen(page)
    open_page(page, "/course?lesson=stride")
    expect(heading(page, STRIDE.steps[0])).to_be_focused()
    page.get_by_role("link", name="Skip to the task").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show me how")).to_be_focused()
    for step in STRIDE.steps:
        expect(heading(page, step)).to_be_visible()
        assert is_read_in_order(page)
        heard(page)
        solved_by_keys(page, step)
        eventually(page, partial(has_been_said, page, step, []))
        done = said_done(STRIDE.steps.index(step) + 1)
        expect(page.get_by_text(done)).to_be_visible()
        page.get_by_role("button", name=re.compile("^Next")).press("Enter")
        expect(page.locator(".st-key-course_words h2")).to_be_focused()
    following = course()[course().index(STRIDE) + 1]
    expect(heading(page, following.steps[0])).to_be_visible()
    wait_until_idle(page)  # a button that is being drawn anew has no shortcut
    page.keyboard.press("b")
    expect(heading(page, STRIDE.steps[-1])).to_be_visible()
    page.reload()
    expect(page.get_by_text(said_done(len(STRIDE.steps)))).to_be_visible()


def fits(page: Page, step: Step) -> None:
    """The picture stands above the words, and nothing is wider than the phone."""
    picture = page.locator(".stage, .turned, .connections").first.bounding_box()
    assert picture is not None and picture["y"] < heading(page, step).bounding_box()["y"]
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= 390


def test_a_whole_lesson_is_walked_on_a_phone_by_touch(new_page, open_page):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_page(page, "/course?lesson=flip")
    page.get_by_role("link", name="your task").tap()
    expect(heading(page, FLIP.steps[0])).to_be_in_viewport()
    for step in FLIP.steps:
        expect(heading(page, step)).to_be_visible()
        eventually(page, partial(fits, page, step))
        if step.reach:
            page.get_by_text("Flip the kernel", exact=True).tap()
            expect(said(page, step.then)).to_be_in_viewport()
        if step.prediction:
            predicted(page, step)
        if step.checkpoint:
            answered(page)
            page.get_by_role("button", name="Check", exact=True).tap()
            expect(page.locator(".quiz .marks li").first).to_contain_text("Right")
        done = said_done(FLIP.steps.index(step) + 1)
        expect(page.get_by_text(done)).to_be_visible()
        page.get_by_role("button", name=re.compile("^Next")).tap()
        expect(page.locator("h1")).to_be_in_viewport()
    following = course()[course().index(FLIP) + 1]
    expect(heading(page, following.steps[0])).to_be_visible()

"""Whatever is presented, all that a class has to read is large enough, and nothing falls below."""

import pytest
from playwright.sync_api import expect

from lessons.course.loader import course
from lessons.talks.loader import ready_talks
from tests.browser.accessible_states import drawn
from tests.browser.back_row import too_small
from tests.browser.runs import eventually, turn, wait_until_idle
from tests.sampled import sampled

LOOKS = {
    "/": (
        ("example=valid", "stage"),
        ("example=rgb", "stage"),
        ("example=unused-row", "stage"),
        ("example=video", "stage"),
        ("example=causal", "stage"),
        ("example=transposed", "stage"),
        ("example=two-channels&predict=1", "stage"),
        ("size=8x8&kernel=3x5&padding=0x1&stride=3x4", "stage"),
        ("example=checkerboard&look=ways", "connections"),
        ("look=use&padding=1x1", "connections"),
        ("look=matrix&padding=1x1", "connections"),
        ("look=lines", "connections"),
        ("look=turned", "connections"),
        ("look=count&counted=0.1.2x0", "counting"),
    ),
    "/picture": (
        ("kernel=corner", "loupe"),
        ("kernel=gaussian&ksize=7x7", "loupe"),
        ("picture=coffee&colour=each&curtain=1", "loupe"),
        ("picture=coffee&look=channels", "gallery"),
        ("look=bank", "gallery"),
        ("look=border", "gallery"),
    ),
    "/pooling": (
        ("kinds=max.avg.min.median.lp", "stage"),
        ("look=photo", "gallery"),
        ("look=shift", "rows"),
        ("look=shift&on=photo", "gallery"),
    ),
    "/channels": (
        ("look=cell", "stage"),
        ("look=weights", "tensor"),
        ("look=mix", "gallery"),
        ("look=separable", "tensor"),
        ("look=dense", "tensor"),
    ),
    "/sizes": (
        ("look=layer", "scale"),
        ("example=video", "scale"),
        ("look=solver", "answers"),
        ("look=shrink", "shrinking"),
    ),
    "/networks": (
        ("net=lenet_5", "layers"),
        ("look=draw", "drawing"),
        ("look=unit", "field"),
        ("look=maps", "gallery"),
    ),
    "/quiz": (
        ("q=which_kernel.1.3.1", "quiz"),
        ("q=output_size.2.3.1", "quiz"),
    ),
}
MORE_QUESTIONS = (("q=cell_value.1.0.1", "quiz"), ("q=layer_weights.1.0.1", "quiz"))


def read_by_all(page) -> None:
    assert too_small(page) == []


def answer_wrongly(page) -> None:
    """Go on from a question to its mistake's pictures."""
    choices, boxes = (page.locator(f".st-key-quiz_boxes {one}") for one in ("label", "input"))
    if page.locator(".st-key-quiz_boxes [role=radiogroup]").count():
        choices.last.click()
    else:
        for box in boxes.all():
            box.fill("99")
            box.press("Tab")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".st-key-quiz_verdict")).to_be_visible()


def show_solution(page) -> None:
    page.get_by_role("button", name="Show the solution").click()
    expect(page.locator(".st-key-quiz_worked")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "looks"),
    sampled([*LOOKS.items(), ("/quiz", MORE_QUESTIONS)], list(LOOKS).index("/quiz")),
    ids=lambda given: given if isinstance(given, str) else given[0][0],
)
def test_a_class_can_read_every_look(page, open_page, path, looks):
    first = looks[0][0]
    open_page(page, f"{path}?{first}&present=1")  # another page must not be drawn first
    for settings, part in looks:
        if settings != first:
            turn(page, f"{path}?{settings}&present=1")
        drawn(page, part)
        eventually(page, lambda: read_by_all(page))
        for go_on in (answer_wrongly, show_solution) if part == "quiz" else ():
            go_on(page)
            wait_until_idle(page)
            eventually(page, lambda: read_by_all(page))


def on_one_screen(page) -> None:
    assert page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]');"
        " return main.scrollHeight <= main.clientHeight && main.scrollWidth <= main.clientWidth; }"
    )


LONG = {"pooling.nothing", "learning.augment"}
"""Steps of several galleries: a clicker turns them screen by screen."""


@pytest.mark.parametrize("lesson", sampled(course(), 1), ids=lambda lesson: lesson.id)
def test_a_class_can_read_every_step_of_a_lesson(page, open_page, lesson):
    open_page(page, f"/course?lesson={lesson.id}&present=1")
    for step in lesson.steps:
        turn(page, f"/course?lesson={lesson.id}&step={step.id}&present=1")
        eventually(page, lambda: read_by_all(page))
        if f"{lesson.id}.{step.id}" not in LONG:
            eventually(page, lambda: on_one_screen(page))


@pytest.mark.parametrize("name", sampled(ready_talks(), 1))
def test_a_class_can_read_every_scene_of_a_ready_talk(page, open_page, name):
    open_page(page, f"/talks?talk={name}&present=1")
    for scene in range(1, len(ready_talks()[name].scenes) + 1):
        turn(page, f"/talks?talk={name}&scene={scene}&present=1")
        eventually(page, lambda: read_by_all(page))

"""The Sizes page as somebody with homework uses it, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible_states import drawn
from tests.browser.runs import eventually, turn
from tests.sampled import sampled

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def at(open_page):
    """Open an address of the page and wait until its part is drawn."""

    def open_(page: Page, more: str = "", part: str = "scale") -> Page:
        open_page(page, f"/sizes?{more}")
        drawn(page, part)
        return page

    return open_


def box(page: Page, label: str):
    return page.get_by_role("textbox", name=label, exact=True)


def fact(page: Page, name: str):
    return page.locator(".facts tr").filter(
        has=page.locator("th", has_text=re.compile(f"^{name}$"))
    )


def test_a_typed_layer_travels_with_the_link_and_what_cannot_be_read_stays_with_a_sentence(
    page, at
):
    at(page)
    expect(fact(page, "Output")).to_contain_text("64 × 112 × 112")
    box(page, "Input height × width").fill("224 × 180")
    page.keyboard.press("Enter")
    expect(fact(page, "Output")).to_contain_text("64 × 112 × 90")
    expect(page).to_have_url(re.compile("size=224x180"))
    expect(page.locator(".to-scale .title.output")).to_have_text("Output 112 × 90")
    box(page, "Input height × width").fill("large")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The input “large” cannot be read")).to_be_visible()
    expect(box(page, "Input height × width")).to_have_value("large")
    expect(fact(page, "Output")).to_contain_text("64 × 112 × 90")


def test_the_drawing_is_to_scale_and_says_of_each_part_what_it_is(page, at):
    at(page)
    side = "svg.to-scale > .bodies > .inside.{}"

    def to_scale() -> None:
        given, made = (
            page.locator(side.format(name)).bounding_box()["width"] for name in ("input", "output")
        )
        assert abs(given / made - 224 / 112) < 0.05

    eventually(page, to_scale)
    expect(page.locator(".glass")).to_have_count(2)
    page.locator(".glass .window-box.first").first.hover()
    expect(page.locator(".hovered")).to_have_text("The first window: it reaches over 7 × 7.")


def test_an_answer_is_loaded_a_layer_undone_and_a_small_one_shown_by_one_press_each(page, at):
    at(page, "look=solver", "answers")
    row = page.locator(".answers tbody tr").filter(has_text="2 before, 3 after").first
    row.get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"padding=2\.3"))
    expect(page.locator(".answers tr.chosen")).to_contain_text("2 before, 3 after")
    page.get_by_role("radio", name="One layer").click()
    expect(fact(page, "Padding")).to_contain_text("2 before and 3 after")
    expect(fact(page, "Padding")).to_contain_text("TensorFlow's 'same'")
    small = "/sizes?size=6&kernel=3&stride=2&padding=1&cin=1&cout=1&bias=0"
    turn(page, small)
    expect(fact(page, "Output")).to_contain_text("1 × 3 × 3")
    page.get_by_role("button", name="Undo this layer").click()
    expect(fact(page, "Output")).to_contain_text("1 × 6 × 6")
    turn(page, small)
    expect(fact(page, "Output")).to_contain_text("1 × 3 × 3")
    page.get_by_role("button", name="See it on the stage").click()
    expect(page).to_have_url(re.compile("size=6x6"))
    drawn(page, "stage")


@pytest.mark.parametrize(
    ("more", "part"),
    sampled(
        [
            ("", "scale"),
            ("look=solver", "answers"),
            ("look=shrink&size=32&kernel=5&stride=1&padding=0", "shrinking"),
        ],
        0,
    ),
)
def test_a_phone_needs_no_sideways_scrolling(new_page, at, more, part):
    page = at(new_page(viewport=PHONE), more, part)
    eventually(
        page,
        lambda: page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390,
    )

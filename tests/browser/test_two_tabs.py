"""Two tabs of one browser that answer at the same moment, and a browser that keeps what is bent."""

import json
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from lessons.quiz import QuizSet, question_of, solve
from lessons.quiz.compare import written
from tests.browser.drawers import unfold
from tests.browser.runs import follow_runs
from tests.sampled import sampled

KEYS = ("output_size.2.0.1", "layer_parameters.1.0.1")
SET = QuizSet((("macs", (1,)),), 2, 5)
ASKED = "JSON.parse(localStorage.getItem('slide-and-sum.practice'))?.asked"
CHECK = "document.querySelector('.st-key-quiz_check button').click()"


@pytest.fixture
def two_tabs(new_page, open_page):
    """Open an address each in two tabs of one browser."""

    def open_(*addresses: str) -> list[Page]:
        first = new_page()
        second = first.context.new_page()
        follow_runs(second)
        tabs = [first, second]
        for tab, address in zip(tabs, addresses, strict=True):
            open_page(tab, address)
        return tabs

    return open_


def fill(tab: Page, question) -> None:
    boxes = tab.locator(".st-key-quiz_boxes input")
    texts = [written(value).replace(",", "") for value in solve(question).values()]
    expect(boxes).to_have_count(len(texts))
    expect(boxes.first).to_be_focused()  # where the page puts the keyboard for a new question
    for box, text in zip(boxes.all(), texts, strict=True):
        box.fill(text)
        box.press("Tab")


def right(tab: Page):
    return tab.locator(".quiz .marks li", has_text="✓ Right").first


def test_answers_of_two_tabs_at_the_same_moment_both_count(two_tabs):
    tabs = two_tabs(*(f"/quiz?q={key}" for key in KEYS))
    for number in range(2):
        keys = [key.replace(".0.", f".{number}.") for key in KEYS]
        for tab, key in zip(tabs, keys, strict=True):
            if number:
                tab.goto(f"/quiz?q={key}")
            fill(tab, question_of(key))
        for tab in tabs:
            tab.evaluate(CHECK)
        for tab in tabs:
            expect(right(tab)).to_be_visible()
            tab.wait_for_function(f"() => {ASKED} === {2 * number + 2}")
            expect(tab.locator(".skills").last).to_contain_text("padding on both sides")
            expect(tab.locator(".skills").last).to_contain_text("biases")


@pytest.mark.long
def test_answers_of_two_tabs_to_one_set_both_stand_in_it(two_tabs):
    tabs = two_tabs(*[f"/quiz?{urlencode(SET.to_link())}"] * 2)
    tabs[0].get_by_role("button", name="Begin").click()
    about = [tab.locator(".question .about") for tab in tabs]
    for one in about:
        expect(one).to_contain_text("Question 1 of 2")
    tabs[1].get_by_role("button", name="Next question").click()
    expect(about[1]).to_contain_text("Question 2 of 2")
    for tab, question in zip(tabs, SET.questions(), strict=True):
        fill(tab, question)
    for tab in tabs:
        tab.evaluate(CHECK)
    for tab in tabs:
        expect(right(tab)).to_be_visible()
        expect(tab.locator(".stProgress")).to_contain_text("2 of 2 answered")
    tabs[1].get_by_role("button", name="Finish").click()
    expect(tabs[0].locator(".quiz .total")).to_have_text("2 of 2 marks.")


@pytest.mark.long
def test_a_tab_that_erases_is_followed_by_the_other_one(two_tabs):
    tabs = two_tabs(*(f"/quiz?q={key}" for key in KEYS))
    fill(tabs[0], question_of(KEYS[0]))
    tabs[0].evaluate(CHECK)
    expect(tabs[1].locator(".skills").last).to_contain_text("padding on both sides")
    unfold(tabs[1], "Your progress")
    tabs[1].get_by_text("I want to start over").click()
    tabs[1].get_by_role("button", name="Erase my progress").click()
    for tab in tabs:
        expect(tab.locator(".skills")).to_have_count(0)
        tab.wait_for_function(f"() => {ASKED} === 0")


@pytest.mark.parametrize(
    "bent",
    sampled(
        [
            '{"app": "slide-and-sum", "version": 1, "seed": 1' + "0" * 400 + "}",
            "[" * 200_000,
            '{"app": "slide-and-sum", "version": 1, "record": null}',
            "\x01" * 900_000,
        ],
        3,
    ),
    ids=["400 digits", "200,000 brackets", "no record", "too large for a message"],
)
def test_what_is_kept_and_cannot_be_read_is_said_and_erased_only_when_asked(page, open_page, bent):
    page.goto("/_stcore/health")  # of the app's own address, and nothing to draw
    page.evaluate("(text) => localStorage.setItem('slide-and-sum.practice', text)", bent)
    open_page(page, f"/quiz?q={KEYS[0]}")
    expect(page.get_by_text("kept of your progress cannot be read")).to_be_visible()
    fill(page, question_of(KEYS[0]))
    page.evaluate(CHECK)
    expect(right(page)).to_be_visible()
    kept = "localStorage.getItem('slide-and-sum.practice')"
    assert page.evaluate(kept) == bent
    page.get_by_role("button", name="Erase what was kept").click()
    expect(page.get_by_text("kept of your progress cannot be read")).to_have_count(0)
    page.wait_for_function(f"() => {ASKED} === 0")
    assert json.loads(page.evaluate(kept))["app"] == "slide-and-sum"

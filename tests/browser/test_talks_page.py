"""Talks in a real browser: walked by keyboard alone, put together page by page."""

import re

from playwright.sync_api import Page, expect

from lessons.talks.loader import ready_talks
from tests.browser.accessible_states import drawn
from tests.browser.runs import wait_until_idle


def place(page: Page, number: int, count: int) -> None:
    expect(page.locator(".place")).to_have_text(re.compile(f"^{number} of {count} · "))


def test_a_whole_talk_is_walked_by_keyboard_alone(page, open_page):
    talk = ready_talks()["padding"]
    count = len(talk.scenes)
    open_page(page, "/talks")
    page.get_by_role("button", name="Present", exact=True).nth(2).focus()
    page.keyboard.press("Enter")
    place(page, 1, count)
    expect(page).to_have_url(re.compile(r"talk=padding.*present=1|present=1.*talk=padding"))
    drawn(page, "stage")
    wait_until_idle(page)  # the whole page knows by then that it is presented
    for step in range(2, 10):
        page.keyboard.press("PageDown")
        expect(page.locator(".stage .count")).to_have_text(f"step {step} of 9")
    page.keyboard.press("PageDown")
    place(page, 2, count)
    drawn(page, "shrinking")
    page.reload()
    place(page, 2, count)
    drawn(page, "shrinking")
    wait_until_idle(page)
    page.keyboard.press("Shift+PageDown")
    place(page, 3, count)
    page.keyboard.press("4")
    place(page, 4, count)
    page.keyboard.press("b")
    expect(page.locator(".cover.blank")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator(".cover")).to_have_count(0)
    place(page, 4, count)
    page.keyboard.press("p")
    expect(page.locator(".cover.spot")).to_be_visible()
    page.keyboard.press("p")
    for full in (True, False):
        page.keyboard.press("f")
        page.wait_for_function(f"() => !!document.fullscreenElement === {str(full).lower()}")
    page.keyboard.press("Shift+PageDown")
    place(page, 5, count)
    page.keyboard.press("6")
    place(page, 6, count)
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    wait_until_idle(page)
    page.keyboard.press("PageDown")
    expect(page.locator(".working")).to_be_visible()
    page.keyboard.press("PageUp")
    place(page, 5, count)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name=talk.title)).to_be_visible()


def test_screens_added_from_pages_make_a_talk_that_the_browser_keeps(page, open_page):
    open_page(page, "/?stride=2x2")
    page.get_by_role("button", name="Add to my talk").click()
    expect(page.get_by_text("Added to your talk as scene 1.")).to_be_visible()
    open_page(page, "/picture")
    page.get_by_role("button", name="Add to my talk").click()
    expect(page.get_by_text("Added to your talk as scene 2.")).to_be_visible()
    open_page(page, "/quiz?q=macs.1.3.1")
    page.get_by_role("button", name="Add to my talk").click()
    expect(page.get_by_text("Added to your talk as scene 3.")).to_be_visible()
    open_page(page, "/talks?talk=mine&present=1")
    place(page, 1, 3)
    expect(page.locator(".stage .count")).to_have_text("step 1 of 4")
    wait_until_idle(page)
    page.keyboard.press("2")
    place(page, 2, 3)
    drawn(page, "loupe")
    wait_until_idle(page)
    page.keyboard.press("PageDown")  # here it chooses no kernel
    expect(page.locator(".place")).to_have_text("3 of 3 · Multiply-adds")
    expect(page.locator(".question")).to_contain_text("How many multiply-adds")


def test_the_remote_shows_the_notes_and_turns_the_talk_whichever_window_is_reloaded(
    page, open_page
):
    talk = ready_talks()["padding"]
    open_page(page, "/talks?talk=padding&present=1")
    place(page, 1, 6)
    drawn(page, "stage")
    remote = page.context.new_page()
    remote.goto("/talks?remote=1")
    expect(remote.locator(".note")).to_have_text(talk.scenes[0].note)
    expect(remote.locator(".following")).to_have_text(f"Next: {talk.scenes[1].title}")
    remote.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".stage .count")).to_have_text("step 2 of 9")
    remote.keyboard.press("PageUp")
    expect(page.locator(".stage .count")).to_have_text("step 1 of 9")
    remote.get_by_role("button", name="Blank the screen").click()
    expect(page.locator(".cover.blank")).to_be_visible()
    remote.get_by_role("button", name="Next scene").click()
    place(page, 2, 6)
    expect(remote.locator(".note")).to_have_text(talk.scenes[1].note)
    remote.reload()
    expect(remote.locator(".at")).to_have_text("Scene 2 of 6")
    page.reload()
    place(page, 2, 6)
    remote.get_by_role("button", name="Next scene").click()
    place(page, 3, 6)
    page.keyboard.press("Escape")
    expect(remote.locator(".waiting")).to_be_visible()

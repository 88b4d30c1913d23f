"""The other layers of the sliding window page, walked through in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.runs import eventually, wait_until_idle


@pytest.fixture
def at(open_page):
    """Open the page at an address and wait until its stage is drawn."""

    def open_(page: Page, address: str) -> Page:
        open_page(page, address)
        expect(page.locator(".stage .count")).to_have_text(re.compile(r"step \d+ of \d+"))
        return page

    return open_


def numbers(page: Page) -> list[str]:
    """What stands in the output's cells; empty for a cell that holds nothing yet."""
    return page.locator(".stage .panel.output .cells").evaluate(
        "body => [...body.querySelectorAll('rect')].map(rect =>"
        " rect.nextElementSibling?.tagName === 'text' ? rect.nextElementSibling.textContent : '')"
    )


def shows(page: Page, wanted: list[str]) -> None:
    assert numbers(page) == wanted


def test_a_transposed_convolution_is_found_from_the_layers_and_shown_both_ways(page, at):
    at(page, "/?size=2x2&kernel=2x2&x=1+2_3+4&w=1+2_3+4&stride=2x2")
    page.get_by_role("radio", name="Transposed", exact=True).click()
    count, readout = page.locator(".stage .count"), page.locator(".readout")
    expect(count).to_have_text("step 1 of 4")
    expect(page).to_have_url(re.compile("example=transposed"))
    eventually(page, lambda: shows(page, ["1", "2", "", "", "3", "4", *[""] * 10]))
    # A kernel of three: the copies overlap.
    page.locator(".strip .stepper[data-name=kernel] .by").last.click()
    expect(page.locator(".stage .title.output")).to_have_text("Output 5 × 5")
    page.locator(".scrub").focus()
    page.keyboard.press("ArrowRight")
    expect(count).to_have_text("step 2 of 4")
    expect(readout).to_contain_text("2 times the kernel is added at output rows 0–2, columns 2–4")
    expect(readout).to_contain_text("3 cells held a number already")
    page.keyboard.press("End")
    expect(count).to_have_text("step 4 of 4")
    expect(page).to_have_url(re.compile("step=3"))
    wait_until_idle(page)
    expect(page.locator(".stage .panel.output .cells text").nth(24)).not_to_be_empty()
    whole = numbers(page)
    assert "" not in whole
    page.locator(".stage .panel.output .cells rect").nth(12).hover()
    expect(readout).to_contain_text("Output row 2, column 2: 4 copies of the kernel reach it")
    # The same numbers the other way: zeros put in, and an ordinary window.
    page.get_by_role("radio", name="Zeros put in").click()
    expect(page.locator(".stage .legend")).to_contain_text("zeros put in: 7 × 7")
    expect(page).to_have_url(re.compile("way=zeros"))
    # At the same place: where the last copy has its middle.
    expect(count).to_have_text("step 19 of 25")
    expect(page.get_by_role("button", name="Hide", exact=True)).to_be_visible()
    eventually(page, lambda: shows(page, whole))
    expect(page.locator(".stage .title.kernel")).to_contain_text("flipped")


def test_a_video_lies_frame_by_frame_under_the_frames_of_its_kernel(page, at):
    at(page, "/?example=video")
    count, readout = page.locator(".stage .count"), page.locator(".readout")
    expect(count).to_have_text("step 1 of 27")
    frames = page.locator(".stage .panel.input")
    windows = frames.locator(".window:visible")
    expect(frames).to_have_count(4)
    expect(windows).to_have_count(2)
    expect(page.locator(".stage .title.output")).to_have_text("Output 1 × 3 × 3 × 3")
    # Over the last cell of the first frame, the kernel goes on to the next two frames.
    page.locator(".scrub").focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect(readout).to_have_text(
        "Output frame 1, row 0, column 0: window frames 1–2, rows 0–2, columns 0–2; "
        "18 products sum to 0."
    )
    expect(windows).to_have_count(2)
    expect(frames.nth(2).locator(".window")).to_be_visible()
    expect(page.locator(".stage .calculation")).to_have_attribute(
        "aria-label", re.compile("^frame 1: .*= −3; frame 2: .*= 3; together −3 \\+ 3 = 0")
    )
    expect(page).to_have_url(re.compile("step=9"))
    wait_until_idle(page)
    # One more frame before: its numbers are padding, those of a frame of the video can be changed.
    page.locator(".strip .stepper[data-name=padding_t] .by").last.click()
    expect(page).to_have_url(re.compile("padding=1x0x0"))
    expect(frames).to_have_count(6)
    expect(page.locator(".stage .legend")).to_contain_text("padded to 6 × 5 × 5")
    edit = page.locator(".stage .edit")
    frames.nth(0).locator("rect").nth(6).click()
    expect(edit).to_be_hidden()
    frames.nth(1).locator("rect").nth(6).click()
    expect(edit).to_be_visible()
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"x=1\+0\+0\+0\+0_1\+7"))
    page.keyboard.press("Escape")
    wait_until_idle(page)
    page.reload()
    expect(frames).to_have_count(6)
    expect(page.locator(".stage .tables caption").first).to_have_text("Input frame −1")


def test_a_signal_has_bars_and_a_window_under_them_and_is_set_in_the_drawer_of_sizes(page, at):
    at(page, "/?example=causal")
    count, readout = page.locator(".stage .count"), page.locator(".readout")
    expect(count).to_have_text("step 1 of 12")
    expect(readout).to_have_text("Output cell 0: window cells −2 to 0; 3 products sum to 1.")
    expect(page.locator(".stage .legend")).to_contain_text("padded to 14")
    expect(page.locator(".stage .panel.input .bars").first).to_be_visible()
    page.locator(".scrub").focus()
    page.keyboard.press("ArrowRight")
    expect(readout).to_have_text("Output cell 1: window cells −1 to 1; 3 products sum to 3.")
    expect(page).to_have_url(re.compile("step=1"))
    wait_until_idle(page)
    page.get_by_role("radio", name="Image 2-D").click()
    expect(page.locator(".stage .title.input")).to_have_text("Input 12 × 12")
    expect(page.locator(".stage .bars")).to_have_count(0)

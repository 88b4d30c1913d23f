"""The Pooling page as a learner uses it, in a real browser; predict-then-reveal on every page."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible_states import drawn
from tests.browser.drawers import unfold_sizes
from tests.browser.runs import ends_above, eventually, turn

PHONE = {"width": 390, "height": 844}
CHANGED = ".shiftrows .changed"
EXAMPLES = ("all", "clipped", "corner")
LONG_NUMBERS = (
    "/pooling?look=shift&window=2&pad=0"
    "&row=123456.75+234567.5+-345678.25+0.5+999999.99+-123456.78+5+1+2+3+4+5"
)


@pytest.fixture
def at(open_page):
    """Open the page at an address and wait until its stage is drawn."""

    def open_(page: Page, address: str = "/pooling") -> Page:
        open_page(page, address)
        if "look=" not in address:
            expect(count(page)).to_have_text(re.compile(r"step \d+ of \d+"))
        return page

    return open_


def count(page: Page):
    return page.locator(".stage .count")


def outputs(page: Page, panel: int):
    return page.locator(".stage .panel.output").nth(panel).locator(".cells text")


def results(page: Page):
    """What each pooling's line of terms comes to."""
    return page.locator(".stage .channel .total .piece.output")


def calculation(page: Page, words: str):
    """The calculation as it is said to those who hear it."""
    return page.get_by_role("img", name=words)


def reveal(page: Page):
    return page.locator(".stage .reveal")


# Numbers


def test_max_and_average_stand_side_by_side_with_winner_and_divisor_and_step_at_once(page, at):
    at(page)
    page.get_by_role("button", name="Show all").click()
    expect(outputs(page, 0)).to_have_text(["6", "8", "3", "4"])
    expect(outputs(page, 1)).to_have_text(["3.25", "5.25", "2", "2"])
    expect(page.locator(".stage .win", has_text="▲")).to_have_count(1)
    expect(results(page)).to_have_text(["= 6", "= 3.25"])
    expect(calculation(page, "(1 + 1 + 5 + 6) / 4 = 3.25")).to_have_count(1)
    page.locator(".scrub").focus()
    page.keyboard.press("ArrowRight")
    expect(count(page)).to_have_text("step 2 of 4")
    expect(results(page)).to_have_text(["= 8", "= 5.25"])
    expect(calculation(page, "(2 + 4 + 7 + 8) / 4 = 5.25")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"[?&]step=1$"))
    # A typed number changes both, and the link.
    page.locator(".stage .panel.input .cells rect").first.click(force=True)
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    expect(outputs(page, 0).first).to_have_text("20")
    expect(outputs(page, 1).first).to_have_text("8")
    expect(page).to_have_url(re.compile(r"x=20\+1\+2\+4"))


@pytest.mark.long
def test_each_pooling_takes_padding_for_its_own(page, at):
    at(page, "/pooling?example=corner&kinds=max.avg.median")
    lines = page.locator(".stage .calculation .channel")
    padding = [lines.nth(at).locator(".product.padding .value").first for at in range(3)]
    expect(padding[0]).to_have_text("−∞")
    expect(padding[1]).to_have_text("0")
    expect(padding[2]).to_have_text("")
    expect(results(page).nth(1)).to_have_text("≈ 1.111")
    expect(calculation(page, "/ 9 ≈ 1.111")).to_have_count(1)
    at(page, "/pooling?example=corner-uncounted")
    expect(results(page).nth(1)).to_have_text("= 2.5")
    expect(calculation(page, "(1 + 2 + 3 + 4) / 4 = 2.5")).to_have_count(1)


@pytest.mark.long
def test_a_cell_of_the_second_output_leads_to_its_step(page, at):
    at(page)
    page.locator(".stage .panel.output").nth(1).locator("rect").nth(3).click(force=True)
    expect(count(page)).to_have_text("step 4 of 4")
    expect(calculation(page, "(1 + 0 + 3 + 4) / 4 = 2.")).to_have_count(1)


@pytest.mark.long
def test_a_kind_is_chosen_and_another_look_keeps_it(page, at):
    at(page)
    page.get_by_role("button", name="Median").click()
    expect(page.locator(".stage .panel.output")).to_have_count(3)
    expect(page).to_have_url(re.compile("kinds=max.avg.median"))
    page.get_by_text("Shift test", exact=True).click()
    expect(page.locator(CHANGED)).to_have_count(4 + 2 + 3)
    page.get_by_text("Numbers", exact=True).click()
    expect(page.locator(".stage .panel.output")).to_have_count(3)


# Predict, then reveal


def test_a_result_is_hidden_also_when_it_is_pointed_at_until_enter_then_next_goes_on(page, at):
    at(page, "/pooling?predict=1")
    expect(outputs(page, 0)).to_have_text(["?"] * 4)
    expect(results(page)).to_have_text([re.compile(r"= \?$")] * 2)
    expect(page.locator(".stage .win", has_text="▲")).to_have_count(0)
    expect(page.locator(".readout")).not_to_contain_text("max")
    page.locator(".stage .panel.output").first.locator("rect").nth(1).hover(force=True)
    expect(page.locator(".readout")).to_contain_text("column 1")
    expect(page.locator(".readout")).not_to_contain_text("max")
    expect(results(page).nth(0)).to_have_text(re.compile(r"= \?$"))
    page.locator(".lead h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Enter")
    expect(outputs(page, 0)).to_have_text(["6", "?", "?", "?"])
    expect(outputs(page, 1)).to_have_text(["3.25", "?", "?", "?"])
    expect(page.locator(".readout")).to_contain_text("max 6")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("step 2 of 4")
    expect(outputs(page, 0)).to_have_text(["6", "?", "?", "?"])
    # The button does the same, and keeps the focus.
    expect(reveal(page)).to_have_text("Reveal")
    reveal(page).click()
    expect(reveal(page)).to_have_text("Next")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("step 3 of 4")
    expect(reveal(page)).to_have_text("Reveal")
    page.keyboard.press("Enter")
    expect(outputs(page, 0)).to_have_text(["6", "8", "3", "?"])


@pytest.mark.long
def test_playing_waits_for_the_prediction(page, at):
    page.clock.install()
    at(page, "/?predict=1")
    page.locator(".stage select").select_option("8")
    page.get_by_role("button", name="Play", exact=True).click()
    page.clock.run_for(5000)  # more than a step takes at this speed
    expect(count(page)).to_have_text("step 1 of 9")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Enter") if reveal(page).evaluate(
        "button => button === button.getRootNode().activeElement"
    ) else reveal(page).click()
    expect(count(page)).to_have_text("step 2 of 9")
    expect(outputs(page, 0).nth(0)).to_have_text("12")
    expect(outputs(page, 0).nth(1)).to_have_text("?")


@pytest.mark.long
def test_other_numbers_are_to_be_predicted_again(page, at):
    at(page, "/pooling?predict=1")
    reveal(page).click()
    expect(outputs(page, 0).first).to_have_text("6")
    unfold_sizes(page)
    page.get_by_label("Stride down", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(count(page)).to_have_text("step 1 of 6")
    expect(outputs(page, 0)).to_have_text(["?"] * 6)


@pytest.mark.long
def test_the_sliding_window_page_has_the_switch(page, at):
    at(page, "/")
    expect(reveal(page)).to_be_hidden()
    page.get_by_text("Predict, then reveal").click()
    expect(reveal(page)).to_be_visible()
    expect(page).to_have_url(re.compile(r"predict=1$"))
    expect(outputs(page, 0)).to_have_text(["?"] * 9)
    # The focus is still on the switch.
    page.keyboard.press("Enter")
    expect(outputs(page, 0)).to_have_text(["12"] + ["?"] * 8)
    expect(reveal(page)).to_be_visible()


# Photograph and shift test


def test_a_photograph_gets_smaller_and_what_a_pixel_more_or_less_changes_is_counted(page, at):
    at(page, "/pooling?look=photo&times=2")
    expect(page.get_by_text("128 × 128 = 16,384").first).to_be_visible()
    expect(page.get_by_text("Largest: 111, at row 92, column 24")).to_be_visible()
    expect(page.get_by_text("one number a channel")).to_be_visible()
    page.get_by_label("Repeated").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_text("64 × 64 = 4,096").first).to_be_visible()
    turn(page, "/pooling?look=shift&on=photo&window=2&every=2")
    expect(
        page.get_by_text("193,175 of 254,016 numbers (76 %) of the input changed")
    ).to_be_visible()
    expect(page.get_by_text("Change after max pooling")).to_be_visible()


def test_ties_are_all_marked_and_said_and_the_shift_test_asks_before_enter_reveals(page, at):
    at(page, "/pooling?kinds=min.median")
    expect(page.locator(".stage .win", has_text="▼")).to_have_count(2)
    expect(page.locator(".stage .win", has_text="◆")).to_have_count(3)
    expect(page.locator(".stage .channel .note").nth(0)).to_have_text("(2 cells tie)")
    expect(page.locator(".readout")).to_contain_text("min 1, which 2 cells share; median 3")
    turn(page, "/pooling?look=shift&predict=1")
    drawn(page, "rows")
    expect(page.get_by_text("2 of 4 changed")).to_have_count(0)
    page.locator(".lead h1").click()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 of 4 changed")).to_be_visible()
    expect(page.locator(CHANGED)).to_have_count(4 + 2 + 3)


@pytest.mark.long
def test_of_fine_waves_a_pixel_changes_almost_everything(page, at):
    at(page, "/pooling?look=shift&on=photo")
    page.get_by_role("combobox", name="Example").fill("Nearly all")
    page.get_by_role("option", name="Nearly all changes: fine waves").click()
    expect(page.get_by_text(re.compile(r"Max pooling: .* \(9\d %\) changed"))).to_be_visible()
    expect(page).to_have_url(re.compile("picture=waves"))


@pytest.mark.long
def test_both_poolings_of_a_photograph_are_on_the_first_screen(page, at):
    at(page, "/pooling?look=photo")
    last = page.get_by_text("64 × 64 = 4,096").last
    expect(last).to_be_visible()
    picture = page.get_by_role("img", name=re.compile("^Average, once"))
    eventually(page, lambda: ends_above(picture, 720))


def fits(page: Page, width: int) -> None:
    """Assert that the long numbers of a row stay in their cells, and the page in the window."""
    inside = "all => all.every(cell => cell.scrollWidth <= cell.offsetWidth + 1)"
    assert page.locator(".shiftrows .cells span").evaluate_all(inside)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.long
def test_long_numbers_of_a_row_stay_in_their_cells(page, at):
    at(page, LONG_NUMBERS)
    expect(page.locator(".shiftrows .cells span").first).to_have_text("123,456.75")
    eventually(page, partial(fits, page, 1280))


@pytest.mark.long
def test_cells_too_small_for_numbers_say_how_to_read_them(page, at):
    hint = page.get_by_text("too small for numbers")
    at(page, "/pooling")
    expect(page.locator(".stage .panel").first).to_be_visible()
    expect(hint).to_be_hidden()
    at(page, "/pooling?size=16x16&x=random:3&kinds=lp.avg.max.median.min")
    expect(hint).to_be_visible()


@pytest.mark.long
def test_an_arrow_steps_right_after_predicting_was_switched_on(page, at):
    at(page, "/pooling")
    page.get_by_text("Predict, then reveal").click()
    expect(page.locator(".stage .reveal")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".stage .count")).to_have_text("step 2 of 4")


# Everywhere


def test_a_phone_shows_it_without_sideways_scrolling_and_long_numbers_in_their_cells(new_page, at):
    page = at(new_page(viewport=PHONE, color_scheme="dark"), "/pooling?example=all")
    for look, part in {"numbers": "stage", "photo": "gallery", "shift": "rows"}.items():
        if look != "numbers":
            turn(page, f"/pooling?look={look}&example=all")
        drawn(page, part)
        for wide in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
            page.wait_for_function(f"() => {wide}.scrollWidth <= {PHONE['width']}")
    turn(page, LONG_NUMBERS)
    expect(page.locator(".shiftrows .cells span").first).to_have_text("123,456.75")
    eventually(page, partial(fits, page, PHONE["width"]))


@pytest.mark.long
def test_the_step_is_whole_above_the_fold(page, at):
    at(page)
    for address in ("/pooling", *(f"/pooling?example={name}" for name in EXAMPLES)):
        turn(page, address)
        eventually(page, lambda: ends_above(page.locator(".stage .transport"), 720))


@pytest.mark.long
def test_the_presenter_view_leads_back(page, at):
    at(page, "/pooling?example=all&present=1")
    controls = page.locator('[class*="styled-controls"]')
    expect(controls).to_have_count(0)
    stage = page.locator(".stage")
    eventually(page, lambda: ends_above(stage, stage.bounding_box()["y"] + 700))
    page.keyboard.press("Escape")
    expect(controls).to_be_visible()
    expect(page.locator(".stage .panel.output")).to_have_count(5)

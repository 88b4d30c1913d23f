"""The sliding window page as a learner uses it, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawers import unfold_sizes
from tests.browser.runs import eventually, turn, wait_until_idle
from tests.sampled import sampled

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def at(open_page):
    """Open the page at an address and wait until its stage is drawn."""

    def open_(page: Page, address: str = "/") -> Page:
        open_page(page, address)
        expect(page.locator(".stage .count")).to_have_text(re.compile(r"step \d+ of \d+"))
        return page

    return open_


def count(page: Page):
    return page.locator(".stage .count")


def cell(page: Page, kind: str, row: int, column: int, columns: int):
    """A cell's rectangle; the cells of a panel stand in reading order."""
    panel = page.locator(f".stage .panel.{kind}").first
    return panel.locator(".cells rect").nth(row * columns + column)


def test_space_plays_from_anywhere_and_pausing_puts_the_step_into_the_link(page, at):
    at(page, "/?size=16x16&x=random:3")  # so many steps that they do not end meanwhile
    page.locator(".stage select").select_option("8")
    page.locator(".lead h1").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(count(page)).to_have_text(re.compile(r"step ([3-9]|\d\d+) of 196"))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    step = int(count(page).inner_text().split()[1]) - 1
    expect(page).to_have_url(re.compile(rf"[?&]step={step}(&|$)"))


def test_formula_and_grid_are_one_tab_stop_each_with_arrow_keys_inside_and_the_scale_steps(
    page, at
):
    at(page)
    page.locator(".term[tabindex='0']").focus()
    lit = page.locator(".term.on")
    expect(lit.first).to_have_attribute("data-role", "input")
    page.keyboard.press("ArrowRight")
    expect(lit.first).to_have_attribute("data-role", "padding")
    page.keyboard.press("ArrowDown")
    expect(lit.first).to_have_attribute("data-role", "kernel")
    expect(count(page)).to_have_text("step 1 of 9")
    page.keyboard.press("End")
    last = page.locator(".term:focus")
    expect(last).to_have_class(re.compile("result"))
    page.keyboard.press("Tab")
    expect(page.locator(".panel.input:focus")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(last).to_have_class(re.compile("result"))
    # A walk over a grid names row and column of the cell.
    grid = page.get_by_role("grid", name=re.compile("^Input"))
    grid.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(grid.get_by_role("gridcell")).to_have_attribute("aria-colindex", "2")
    expect(grid.get_by_role("gridcell", name=re.compile("Input row 0, column 1"))).to_have_count(1)
    expect(count(page)).to_have_text("step 1 of 9")
    page.locator(".scrub").focus()
    for key, step in {"ArrowRight": 2, "ArrowDown": 5}.items():
        page.keyboard.press(key)
        expect(count(page)).to_have_text(f"step {step} of 9")
    expect(page.locator(".readout")).to_contain_text("9 products sum to 17")
    for key, step in {"End": 9, "PageUp": 8, "Home": 1}.items():
        page.keyboard.press(key)
        expect(count(page)).to_have_text(f"step {step} of 9")


@pytest.mark.long
def test_a_reloaded_link_shows_the_same_step(page, at):
    at(page, "/?example=padded-stride&step=4")
    expect(count(page)).to_have_text("step 5 of 9")
    page.locator(".scrub").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("step=5"))
    page.reload()
    expect(count(page)).to_have_text("step 6 of 9")


def test_pointing_shows_a_window_counts_the_uses_of_a_cell_and_lights_up_formula_and_picture(
    page, at
):
    at(page)
    cell(page, "output", 2, 2, 3).hover(force=True)
    expect(page.locator(".readout")).to_contain_text("row 2, column 2")
    expect(page.locator(".readout")).to_contain_text("sum to 14")
    page.locator(".lead h1").hover()
    expect(page.locator(".readout")).to_contain_text("row 0, column 0")
    expect(count(page)).to_have_text("step 1 of 9")  # it has shown it without going there
    cell(page, "input", 2, 2, 5).hover(force=True)
    expect(page.locator(".readout")).to_contain_text("9 output")
    cell(page, "kernel", 0, 0, 3).hover(force=True)
    expect(page.locator(".term.on[data-role=kernel]").first).to_be_visible()
    page.locator(".term[data-role=padding]").first.hover()
    expect(page.locator(".term.on[data-role=padding]").first).to_be_visible()


def test_a_control_keeps_step_and_focus_and_back_brings_the_setting_before_back(page, at):
    at(page)
    page.locator(".scrub").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("step=1"))
    unfold_sizes(page)
    box = page.get_by_label("Padding height", exact=True)
    box.focus()
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile("padding=1x0"))
    expect(count(page)).to_have_text("step 2 of 15")
    expect(box).to_be_focused()
    wait_until_idle(page)
    page.go_back()
    expect(count(page)).to_have_text("step 2 of 9")
    expect(box).to_have_value("0")


@pytest.mark.long
def test_the_code_is_there_to_copy(page, at):
    at(page)
    page.get_by_text("Code of this layer").click()
    code = page.locator(".copy pre")
    expect(code).to_contain_text("nn.Conv2d(1, 1, kernel_size=(3, 3)")
    page.get_by_text("NumPy", exact=True).click()
    expect(code).to_contain_text("for r in range(3)")


def test_a_clicker_steps_and_reveals_before_an_audience_and_a_button_leads_back(page, at):
    at(page, "/?example=two-by-two&predict=1&present=1")
    results = page.locator(".stage .panel.output .cells text")
    expect(results).to_have_text(["?"] * 4)
    page.keyboard.press("PageDown")
    expect(results).to_have_text(["19", "?", "?", "?"])
    expect(count(page)).to_have_text("step 1 of 4")
    page.keyboard.press("PageDown")
    expect(count(page)).to_have_text("step 2 of 4")
    page.keyboard.press("PageUp")
    expect(count(page)).to_have_text("step 1 of 4")
    expect(results).to_have_text(["19", "?", "?", "?"])
    expect(page).to_have_url(re.compile("predict=1"))
    turn(page, "/?example=rgb&present=1")
    expect(count(page)).to_have_text("step 1 of 72")
    page.keyboard.press("PageDown")
    expect(count(page)).to_have_text("step 2 of 72")
    expect(page).to_have_url(re.compile("step=1"))
    controls = page.locator('[class*="styled-controls"]')
    expect(controls).to_have_count(0)
    page.get_by_role("button", name="Leave presenter view").click()
    expect(controls).to_be_visible()
    expect(count(page)).to_have_text("step 2 of 72")


@pytest.mark.parametrize(
    "address", sampled(["/?example=rgb", "/?example=unused-row", "/?example=curve-match"], 0)
)
def test_a_phone_shows_it_without_sideways_scrolling_the_picture_first(new_page, at, address):
    page = at(new_page(viewport=PHONE), address)

    def fits():
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert page.locator(".stage .picture").bounding_box()["y"] < 400
        assert page.locator('[class*="styled-controls"]').bounding_box()["y"] > 500

    eventually(page, fits)


@pytest.mark.long
def test_reduced_motion_steps_without_sliding(new_page, at):
    page = at(new_page(reduced_motion="reduce"), "/")
    page.locator(".stage select").select_option("8")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(count(page)).to_have_text(re.compile("step [2-9] of 9"))


def test_the_numbers_are_tables_that_say_a_new_one_and_keep_what_is_to_be_predicted(page, at):
    at(page, "/?example=padded-stride")
    stage = page.locator(".stage")
    table = stage.get_by_role("table", name="Input")
    row = table.get_by_role("row", name=re.compile("^row −1 "))
    expect(row.get_by_role("rowheader")).to_have_text("row −1")
    expect(row.get_by_role("cell").first).to_have_text("0, padding")
    expect(table.get_by_role("columnheader").first).to_have_text("column −1")
    turn(page, "/?predict=1")
    results = stage.get_by_role("table", name="Output").get_by_role("cell")
    expect(results.filter(has_text="to be predicted")).to_have_count(9)
    page.keyboard.press("Enter")
    expect(results.filter(has_text="to be predicted")).to_have_count(8)
    cell(page, "input", 0, 0, 5).click()
    page.keyboard.type("77")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(table.get_by_role("row").nth(1).get_by_role("cell").first).to_have_text("77")
    # A typed number changes the layer, too, and the link.
    turn(page, "/?example=two-by-two")
    cell(page, "kernel", 0, 0, 2).click(force=True)
    page.keyboard.type("10")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"w=10\+1_2\+3"))
    page.keyboard.press("Escape")
    kernel = stage.get_by_role("table", name="Kernel").get_by_role("row").nth(1)
    expect(kernel.get_by_role("cell").first).to_have_text("10")
    page.get_by_role("button", name="Show all").click()
    texts = page.locator(".stage .panel.output .cells text")
    expect(texts.first).to_have_text("19")
    expect(texts.nth(1)).to_have_text("35")


def test_an_illegal_link_is_clamped_and_says_so_in_sentences_that_move_nothing_as_they_go(page, at):
    at(page, "/?kernel=9x2&x=foo&op=zzz")
    said = page.get_by_test_id("stAlert")
    expect(said).to_contain_text("Kernel height 9 is not possible here; 5 is the nearest")
    expect(said).to_contain_text("“foo” is not a number")
    turn(page, "/?example=unknown")
    expect(said).to_contain_text("unknown")
    unfold_sizes(page)
    strip = page.locator(".stage .strip")
    place = strip.bounding_box()
    box = page.get_by_label("Kernel height", exact=True)
    box.focus()
    box.press("ArrowUp")
    expect(page).to_have_url(re.compile("kernel=4x3"))
    expect(said).to_have_count(0)
    expect(box).to_be_focused()

    def is_where_it_was() -> None:
        assert strip.bounding_box() == place

    eventually(page, is_where_it_was)

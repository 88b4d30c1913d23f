"""The looks of the Sliding window page as a learner uses them, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawers import unfold
from tests.browser.runs import turn


def cell(page: Page, panel: str, number: int):
    return page.locator(f".connections .panel.{panel} .cells rect").nth(number)


def readout(page: Page):
    return page.locator(".connections .readout")


def test_a_row_of_the_matrix_is_a_window_and_padding_evens_out_how_often_a_pixel_is_used(
    page, open_page
):
    open_page(page, "/?look=matrix")
    expect(readout(page)).to_have_text(
        "Row 0 is what output row 0, column 0 (top left) reads: 9 weights and 16 zeros; times "
        "the input, 12."
    )
    cell(page, "matrix", 4 * 25 + 6).click()
    expect(page).to_have_url(re.compile("step=4"))
    cell(page, "kernel", 2).hover()
    expect(readout(page)).to_have_text(
        "The weight 2 stands in the matrix 9 times, and is stored once."
    )
    page.get_by_text("Transpose the matrix").click()
    expect(page.locator(".connections .title.matrix")).to_have_text(
        "The matrix transposed, Cᵀ: 25 × 9"
    )
    expect(page.locator(".facts")).to_contain_text("225 numbers stored")
    turn(page, "/?look=use")
    numbers = page.locator(".connections .panel.input .cells text")
    expect(numbers).to_have_count(25)
    expect(numbers.nth(0)).to_have_text("1")
    expect(numbers.nth(12)).to_have_text("9")
    cell(page, "input", 6).hover()
    expect(readout(page)).to_have_text(
        "Input row 1, column 1: used by 4 windows: 2 down × 2 across."
    )
    expect(page.locator(".connections .panel.output .lit")).to_have_attribute(
        "d", re.compile(r"(M.*){4}")
    )
    page.keyboard.press("Tab")
    page.locator(".connections .panel.input").focus()
    page.keyboard.press("ArrowRight")
    expect(readout(page)).to_have_text(
        "Input row 0, column 1: used by 2 windows: 1 down × 2 across."
    )
    page.get_by_role("spinbutton", name="padding").fill("2")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("look=use&padding=2x2|padding=2x2&look=use"))
    expect(page.locator(".connections .sentence")).to_contain_text("Every cell is used 9 times")
    button = page.get_by_role("button", name="Slide the window and count")
    button.click()
    expect(readout(page)).to_contain_text("of 49: one more for every cell under it")
    page.get_by_role("button", name="Show the whole count").click()
    expect(button).to_be_visible()


@pytest.mark.long
def test_a_layer_too_large_for_a_matrix_is_one_click_from_one_that_fits(page, open_page):
    open_page(page, "/?look=matrix&size=16x16")
    expect(page.get_by_text("The matrix would have 196 rows and 256 columns")).to_be_visible()
    page.get_by_role("button", name="Make it small enough").click()
    expect(page.locator(".connections .title.matrix")).to_have_text("The matrix C: 36 × 64")


def test_a_node_shows_its_lines_and_a_turned_kernel_gives_true_convolution(page, open_page):
    open_page(page, "/?look=lines")
    page.get_by_role("button", name="5 to 5 along one axis").click()
    expect(page.locator(".connections .wire")).to_have_count(13)
    page.locator(".connections .node.output").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".connections .wire.on")).to_have_count(3)
    expect(readout(page)).to_contain_text("Output 2: 3 lines of 5")
    page.get_by_role("button", name="3×3 to 2×2").click()
    expect(page.locator(".connections .wire")).to_have_count(16)
    expect(page.locator(".connections .sentence")).to_contain_text("16 lines of 36")
    # Beside cross-correlation.
    turn(page, "/?look=turned")
    page.locator(".connections .panel.convolved .cells rect").nth(1).click()
    expect(readout(page)).to_contain_text("= 12. Turned: 3 × 2 + 2 × 1 + 1 × 0")
    expect(page).to_have_url(re.compile("step=1"))
    page.get_by_text("Average", exact=True).click()
    page.get_by_role("button", name="Show a convolution").click()
    expect(page.locator(".connections .panel.turned")).to_be_visible()


def test_copies_and_windows_fill_one_output_and_a_step_is_kept(page, open_page):
    open_page(page, "/?look=ways")
    output = page.locator(".connections .panel.output .cells")
    expect(output.locator("rect")).to_have_count(49)  # an example: the layer is another
    mine = page.get_by_role("button", name="Make this my layer")
    mine.click()
    expect(mine).to_have_count(0)
    expect(output.locator("rect")).to_have_count(49)
    cell(page, "input", 1).click()
    expect(readout(page)).to_contain_text("3 cells held a number already, so they add up")
    expect(page).to_have_url(re.compile("step=1"))
    # The second number lies over the zeros, the third is not there yet.
    inserted = page.locator(".connections .panel.inserted")
    expect(inserted.locator(".lit")).to_have_attribute("d", re.compile("^M"))
    cell(page, "output", 2).hover()
    expect(readout(page)).to_contain_text("2 copies reach it, 3 × 2 + 3 × 0 = 6")
    page.get_by_role("button", name="Lay down copy after copy").click()
    expect(readout(page)).to_contain_text("Input row 2, column 2")
    expect(page).to_have_url(re.compile("step=8"))
    expect(page.get_by_role("button", name="Lay down copy after copy")).to_be_visible()
    page.get_by_role("radio", name="One window").click()
    expect(page.get_by_role("button", name="Slide the window")).to_be_visible()
    expect(page).to_have_url(re.compile("way=zeros"))
    page.locator(".connections .panel.output").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(readout(page)).to_contain_text("Its window covers")


def test_places_are_counted_and_the_formula_follows_part_by_part(page, open_page):
    open_page(page, "/?look=count&padding=1x1&stride=2x2")
    marks, said = page.locator(".counting .mark"), page.locator(".counting .readout")
    heads = page.locator(".workings h2")
    marks.nth(1).click()
    expect(said).to_have_text("With a stride of 2 the window steps over this row.")
    marks.nth(6).click()
    expect(said).to_have_text("The window would hang over the end by 2 rows.")
    expect(heads.nth(0)).to_have_text("Down: none found yet")
    for cell in (0, 4, 2):
        marks.nth(cell).click()
    expect(heads.nth(0)).to_have_text("Down: 3 places, all of them")
    expect(page.locator(".workings li b")).to_have_text(["H + 2·p", "− k", "/ s", "+ 1"])
    expect(page).to_have_url(re.compile(r"counted=0\.2\.4x"))
    marks.nth(7).focus()
    for key in ("Enter", "ArrowRight", "ArrowRight", "Enter", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(heads.nth(1)).to_have_text("Across: 3 places, all of them")
    expect(page.locator(".workings .total")).to_have_text(
        "3 down × 3 across: 9 windows, one output number for each."
    )
    page.get_by_role("button", name="Count again").click()
    expect(heads.nth(0)).to_have_text("Down: none found yet")
    expect(page).not_to_have_url(re.compile("counted"))


def test_looks_are_turned_without_a_complaint_and_the_layer_stays(page, open_page):
    open_page(page, "/?padding=1x1")
    for look in ("How often used", "Nodes and lines", "As a matrix", "Counting windows"):
        page.get_by_text(look, exact=True).click()
        expect(page.get_by_role("spinbutton", name="padding").first).to_have_value("1")
    page.get_by_text("The window", exact=True).click()
    expect(page.locator(".stage .count")).to_have_text("step 1 of 25")
    expect(page).to_have_url(re.compile(r"/\?padding=1x1$"))


@pytest.mark.long
def test_a_real_size_is_one_click_away_from_the_boxes_that_end_at_16(page, open_page):
    open_page(page, "/?stride=2x2")
    unfold(page, "Sizes and padding")
    expect(page.get_by_text("At most 16 on a side")).to_be_visible()
    page.get_by_role("button", name="Real sizes, such as 224").click()
    expect(page).to_have_url(re.compile(r"/sizes\?size=5&cin=1&cout=1&kernel=3&padding=0&bias=0"))
    expect(page.locator(".facts")).to_contain_text("1 × 2 × 2")

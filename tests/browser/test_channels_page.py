"""The Channels page as a learner uses it, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawers import unfold
from tests.browser.runs import ends_above, eventually, turn

PHONE = {"width": 390, "height": 844}
# What is there once a look is drawn.
SHOWN = {
    "cell": ".stage .count",
    "weights": ".tensor .line",
    "mix": ".gallery .tile",
    "separable": ".tensor .line",
    "dense": ".tensor .line",
}
LOOKS = list(SHOWN)

GROWTH = "How both grow with the picture"


@pytest.fixture
def at(open_page):
    """Open a look and wait until it is drawn."""

    def open_(page: Page, look: str, more: str = "") -> Page:
        open_page(page, f"/channels?look={look}{more}")
        expect(page.locator(SHOWN[look]).first).to_be_visible()
        return page

    return open_


def line(page: Page, count: int = 0):
    return page.locator(".tensor .count .line").nth(count)


def readout(page: Page):
    return page.locator(".tensor .readout")


def test_three_partial_sums_and_the_bias_are_one_number_and_weights_of_the_mix_repaint_the_map(
    page, at
):
    at(page, "cell", "&x=1+2_3+4~5+6_7+8~9+10_11+12&kernel=2&maps=1&w=1+0_0+1~0+1_1+0~1+1_1+1&b=-3")
    sums = page.locator(".stage .calculation .sum")
    expect(sums).to_have_text(["= 5", "= 13", "= 42"])
    terms = page.locator(
        ".stage .calculation > .total .value, .stage .calculation > .total .piece.output"
    )
    expect(terms).to_have_text(["5", "13", "42", "3", "= 57"])
    calculation = page.get_by_role("img", name=re.compile(r"5 \+ 13 \+ 42 − 3 \(bias\) = 57\.$"))
    expect(calculation).to_have_count(1)
    expect(page.locator(".gallery").last).to_contain_text("5 + 13 + 42 − 3 (bias) = 57")
    expect(page.locator(".strip .word")).to_have_text(["kernel", "kernels"])
    turn(page, "/channels?look=mix")
    tiles = page.locator(".gallery .tile")
    expect(tiles.filter(has_text="Feature map 0")).to_be_visible()
    page.get_by_role("spinbutton", name="Kernel 0: blue").fill("-1")
    page.keyboard.press("Enter")
    expect(tiles.filter(has_text="Blue × −1")).to_be_visible()
    expect(page).to_have_url(re.compile(r"mix=0\.299\+0\.587\+-1\+0"))


@pytest.mark.long
def test_a_step_made_on_the_stage_moves_the_ring_and_the_link(page, at):
    at(page, "cell")
    page.locator(".stage .scrub").focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("step=1"))
    expect(page.locator(".gallery").last).to_contain_text("Feature map 0, row 0, column 1")


def test_kernels_and_channels_that_are_pointed_at_or_walked_by_keys_are_lit_and_said(page, at):
    at(page, "weights", "&cin=4&cout=4&groups=2")
    page.locator(".tensor tbody th").nth(3).hover()
    expect(readout(page)).to_contain_text("Kernel 3 (group 1) sees channels 2 to 3")
    expect(page.locator(".tensor thead th.on .name")).to_have_text(["2", "3"])
    expect(page.locator(".tensor td.read.on")).to_have_count(2)
    page.locator(".tensor thead th.channel").first.hover()
    expect(readout(page)).to_contain_text("Channel 0 is seen by kernels 0 to 1 only")
    expect(page.locator(".tensor td.read.on")).to_have_count(2)
    page.locator(".lead h1").hover()
    expect(page.locator(".tensor td.read.on")).to_have_count(0)
    turn(page, "/channels?look=weights&cout=9")
    expect(line(page)).to_contain_text("243 weights")
    page.locator(".tensor .term[tabindex='0']").focus()
    expect(readout(page)).to_contain_text("output channels")
    page.keyboard.press("ArrowRight")
    expect(readout(page)).to_contain_text("input channels")
    page.keyboard.press("Tab")
    expect(readout(page)).to_contain_text("Channel 0 (red)")
    page.keyboard.press("ArrowRight")
    expect(readout(page)).to_contain_text("Channel 1 (green)")
    page.keyboard.press("Tab")
    expect(readout(page)).to_contain_text("Kernel 0 sees every channel")
    page.keyboard.press("ArrowDown")
    expect(readout(page)).to_contain_text("Kernel 1")
    page.keyboard.press("End")
    expect(readout(page)).to_contain_text("Kernel 8")
    page.keyboard.press("ArrowUp")  # over the kernels that are left out
    expect(readout(page)).to_contain_text("Kernel 3")


def test_a_factor_lights_its_part_and_a_mistake_is_shown_beside_what_is_right(page, at):
    at(page, "weights")
    page.locator(".tensor .term[data-part=columns]").hover()
    expect(readout(page)).to_contain_text("C in = 3: input channels")
    expect(page.locator(".tensor table")).to_have_attribute("data-part", "columns")
    question = page.get_by_role("button", name="Is it one feature map for each input channel?")
    question.click()
    expect(page.locator(".tensor .sheet")).to_have_count(2)
    expect(page.locator(".tensor .sheet.wrong")).to_contain_text("12 feature maps, 120 parameters")
    expect(page.locator(".tensor .sheet.wrong .map")).to_have_count(12)
    question.click()  # and put away again
    expect(page.locator(".tensor .sheet")).to_have_count(1)


@pytest.mark.long
def test_a_changed_count_keeps_the_focus_in_the_grid(page, at, wait_until_idle):
    at(page, "weights")
    box = page.get_by_label("Channels out")
    box.focus()
    page.keyboard.press("ArrowUp")
    expect(line(page)).to_contain_text("135 weights")
    expect(box).to_be_focused()
    expect(page).to_have_url(re.compile("cout=5"))
    expect(page.locator(".tensor tbody tr")).to_have_count(5)


@pytest.mark.long
def test_the_picture_size_changes_one_count_and_not_the_other(page, at):
    at(page, "dense")
    expect(line(page)).to_contain_text("92,170,100 weights")
    unfold(page, GROWTH)
    chart = page.get_by_test_id("stPlotlyChart")
    expect(chart).to_contain_text("92,170,301")
    slider = page.get_by_role("slider", name="Picture size (height × width)")
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(line(page)).to_contain_text("943,728,500 weights")
    expect(line(page, 1)).to_contain_text("112")
    expect(chart).to_contain_text("943,728,701")


@pytest.mark.long
def test_plotly_is_fetched_for_its_own_look_alone(page, at):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    at(page, "separable")
    assert not [url for url in asked if "lotly" in url]
    page.get_by_text("Fully connected", exact=True).click()
    unfold(page, GROWTH)
    expect(page.locator(".js-plotly-plot")).to_be_visible()
    assert [url for url in asked if "lotly" in url]


@pytest.mark.long
def test_escape_leads_out_of_the_presenter_view(page, at):
    at(page, "separable", "&present=1")
    expect(page.get_by_label("Channels in")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_label("Channels in")).to_be_visible()


@pytest.mark.long
def test_the_scene_goes_on_in_the_sliding_window(page, at):
    at(page, "cell", "&maps=1&patch=4")
    page.get_by_role("button", name="Open in the sliding window").click()
    expect(page).to_have_url(re.compile(r"/\?.*x=u8"))
    expect(page.locator(".stage .count")).to_have_text("step 1 of 4")


@pytest.mark.long
def test_a_phone_shows_every_look_without_sideways_scrolling(new_page, at):
    page = at(new_page(viewport=PHONE), LOOKS[0])

    def fits():
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for sheet in page.locator(".tensor .sheet").all():
            assert sheet.evaluate("node => node.scrollWidth <= node.clientWidth + 1")

    for look in LOOKS:
        turn(page, f"/channels?look={look}")
        expect(page.locator(SHOWN[look]).first).to_be_visible()
        eventually(page, fits)


def fits_the_projector(page: Page) -> None:
    """Assert that a presented look ends on the screen, and that its count is large."""
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stMain]').scrollHeight <= 720"
    )
    number = line(page).locator("b").first

    def is_large():
        assert number.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 26

    eventually(page, is_large)


@pytest.mark.long
def test_presented_weights_fit_the_projector(page, at):
    at(page, "weights", "&present=1")
    fits_the_projector(page)


def test_enter_reveals_what_was_to_be_predicted_and_a_sum_had_its_room_before(new_page, at):
    page = at(new_page(viewport=PHONE), "weights", "&predict=1")
    expect(line(page)).not_to_contain_text("108")
    page.locator(".lead h1").click()
    page.keyboard.press("Enter")
    expect(line(page)).to_contain_text("108 weights")
    expect(page.get_by_role("button", name="Reveal")).to_have_count(0)
    turn(page, "/channels?look=cell&predict=1")
    picture, sum = page.locator(".stage .picture"), page.locator(".stage .piece.output")
    expect(sum).to_have_text("= ?")
    before = picture.bounding_box(), sum.bounding_box()["x"]
    page.keyboard.press("Enter")
    expect(sum).to_have_text("= −1254")

    def nothing_moved() -> None:
        around, after = picture.bounding_box(), sum.bounding_box()
        assert (around, after["x"]) == before
        assert after["x"] + after["width"] <= around["x"] + around["width"]

    eventually(page, nothing_moved)


def test_before_an_audience_each_look_is_on_one_screen_and_its_numbers_can_be_read(new_page, at):
    page = at(new_page(color_scheme="dark"), "separable", "&present=1")
    fits_the_projector(page)
    turn(page, "/channels?look=dense&present=1")
    chart, bars = page.locator(".js-plotly-plot"), page.locator(".tensor .chart")

    def side_by_side():
        ends_above(chart, 720)
        left = bars.bounding_box()
        assert left["x"] + left["width"] <= chart.bounding_box()["x"]

    eventually(page, side_by_side)
    turn(page, "/channels?look=cell&present=1")
    numbers = page.locator(".stage .panel.output .cells").first

    def fits():
        assert numbers.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 13
        ends_above(page.locator(".stage .transport"), 720)

    eventually(page, fits)

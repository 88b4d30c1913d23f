"""The Picture page's shelf: point at a kernel to see it large, press it to use it."""

import re
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from kernels import CATALOGUE
from tests.browser.runs import (
    ends_above,
    eventually,
    lies_within,
    runs_begun,
    turn,
    wait_until_idle,
)
from tests.browser.test_picture_page import wait_until_drawn

RESULT = ".loupe [data-panel=result]"
# The mean of each colour in a canvas, so that a picture can be told from another one.
MEAN = """node => {
  const { width, height } = node, pen = new OffscreenCanvas(width, height).getContext('2d');
  pen.drawImage(node, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height), sums = [0, 0, 0];
  data.forEach((value, at) => { if (at % 4 < 3) sums[at % 4] += value; });
  return sums.map((sum) => Math.round((1000 * sum) / (width * height)) / 1000);
}"""
# How far a page's parts have moved since `watchShifts`, as browsers count it, also after a click.
WATCH_SHIFTS = """() => {
  window.moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { moved += value; }))
    .observe({ type: 'layout-shift' });
}"""


def kernel(page: Page, name: str) -> Locator:
    return page.locator(f".shelf [data-kernel={name}]")


def title(page: Page) -> Locator:
    return page.locator(f"{RESULT} .title")


def mean(canvas: Locator) -> list[float]:
    return canvas.evaluate(MEAN)


@pytest.fixture
def opened(page, open_page):
    """Open the page at an address, and wait until shelf and loupe are drawn."""

    def open_(address: str = "/picture") -> Page:
        open_page(page, address)
        wait_until_drawn(page)
        expect(page.locator(".shelf .kernel")).to_have_count(10)
        # A canvas is 300 × 150 before anything is drawn on it.
        page.wait_for_function(
            """() => [...document.querySelectorAll('*')].some(({ shadowRoot }) =>
                 shadowRoot?.querySelector('.shelf canvas')?.width < 300)"""
        )
        return page

    return open_


def test_pointing_or_walking_by_arrows_previews_a_kernel_leaving_it_brings_the_own_one_back(opened):
    page = opened("/picture?picture=coffee")
    wait_until_idle(page)
    pixels, runs = page.locator(f"{RESULT} .pixels"), runs_begun(page)
    eventually(page, lambda: _differs(mean(pixels), [0, 0, 0]))  # a canvas with nothing on it yet
    before, address = mean(pixels), page.url
    kernel(page, "emboss").hover()
    expect(title(page)).to_have_text("Preview: Emboss")
    eventually(page, lambda: _differs(mean(pixels), before))
    kernel(page, "box").hover()
    expect(title(page)).to_have_text("Preview: Box blur")
    page.mouse.move(5, 5)
    expect(title(page)).to_have_text("Result: Sobel, vertical edges (Gx)")
    eventually(page, lambda: _equals(mean(pixels), before))
    # By keys it is one stop.
    assert page.locator(".shelf .kernel").evaluate_all("all => all.map(n => n.tabIndex)") == [
        0, *[-1] * 9
    ]  # fmt: skip
    kernel(page, "identity").focus()
    page.keyboard.press("ArrowRight")
    expect(kernel(page, "brighten")).to_be_focused()
    expect(title(page)).to_have_text("Preview: Brighten")
    page.keyboard.press("End")
    expect(title(page)).to_have_text("Preview: Corner")
    page.keyboard.press("Escape")
    expect(title(page)).to_have_text("Result: Sobel, vertical edges (Gx)")
    assert (runs_begun(page), page.url) == (runs, address), "nothing was changed"
    page.keyboard.press("ArrowLeft")
    expect(title(page)).to_have_text("Preview: Emboss")
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Result: Emboss")
    wait_until_idle(page)
    expect(kernel(page, "emboss")).to_be_focused()
    page.keyboard.press("Tab")
    expect(title(page)).to_have_text("Result: Emboss")


def _differs(one, other):
    assert one != other


def _equals(one, other):
    assert one == other


@pytest.mark.long
def test_the_chosen_kernel_is_marked_and_has_no_preview(opened):
    page = opened()
    expect(kernel(page, "sobel-across")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".shelf [aria-pressed=true]")).to_have_count(1)
    kernel(page, "sobel-across").hover()
    expect(title(page)).to_have_text("Result: Sobel, vertical edges (Gx)")


@pytest.mark.long
def test_a_pressed_kernel_is_marked_at_once_and_used(opened):
    page = opened()
    kernel(page, "corner").click()
    expect(kernel(page, "corner")).to_have_attribute("aria-pressed", "true")
    expect(title(page)).to_have_text("Result: Corner detector")
    expect(page).to_have_url(re.compile("kernel=corner"))
    expect(page.get_by_role("combobox", name="Kernel")).to_have_value("Corner detector")
    page.get_by_role("button", name="Undo").click()
    expect(kernel(page, "sobel-across")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".shelf [aria-pressed=true]")).to_have_count(1)


@pytest.mark.long
def test_a_photograph_is_in_colour_wherever_it_is_itself(opened):
    page = opened("/picture?picture=coffee")

    def coloured(canvas: Locator):
        red, _, blue = mean(canvas)
        assert red > 1.3 * blue

    def grey(canvas: Locator):
        red, green, blue = mean(canvas)
        assert red == green == blue

    eventually(page, partial(coloured, page.locator(".loupe [data-panel=original] .pixels")))
    eventually(page, partial(coloured, kernel(page, "identity").locator("canvas")))
    eventually(page, partial(grey, kernel(page, "box").locator("canvas")))
    page.get_by_role("radio", name="Padding and stride").click()
    corner = page.locator(".gallery [data-role=input] canvas")
    eventually(page, partial(coloured, corner.first))
    page.get_by_role("radio", name="Many kernels").click()
    expect(page.get_by_text("The picture, and the kernel")).to_be_visible()
    eventually(page, partial(coloured, corner))


@pytest.mark.long
def test_another_kernel_moves_nothing(opened):
    page = opened("/picture?picture=coffee")
    wait_until_idle(page)
    page.evaluate(WATCH_SHIFTS)
    parts = [".shelf", ".loupe .pair", f"{RESULT} .pixels", ".loupe .steps", ".loupe .formulas"]
    before = [page.locator(part).bounding_box()["y"] for part in parts]
    for name in ("box", "emboss", "edge-4", "identity", "corner"):
        kernel(page, name).click()
        expect(kernel(page, name)).to_have_attribute("aria-pressed", "true")
        wait_until_idle(page)
        eventually(
            page,
            lambda: _equals([page.locator(part).bounding_box()["y"] for part in parts], before),
        )
        assert page.evaluate("moved") < 0.02
        page.evaluate("() => { moved = 0; }")


def test_shelf_pictures_sum_and_formula_are_on_the_first_screen_and_the_pictures_on_one_line(
    opened,
):
    page = opened("/picture?picture=coffee")
    for width, height in ((1920, 1080), (1366, 768), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        for part in (".shelf", ".loupe .pair", ".loupe .steps", ".loupe .formulas"):
            eventually(page, partial(ends_above, page.locator(part), height))
        # The editor's first rows, beside them.
        first = page.get_by_role("grid").get_by_role("gridcell").nth(3)
        eventually(page, partial(lies_within, first, 0, height))

    def even():
        original, result = (
            page.locator(f".loupe [data-panel={name}] .pixels").bounding_box()
            for name in ("original", "result")
        )
        assert original["y"] == result["y"]
        assert (original["width"], original["height"]) == (result["width"], result["height"])
        titles = page.locator(".loupe .pair .title")
        heights = {titles.nth(n).bounding_box()["height"] for n in range(2)}
        assert len(heights) == 1

    turn(page, "/picture?picture=coffee&kernel=sharpen&padding=same")
    expect(title(page)).to_have_text("Result: Sharpen")
    eventually(page, even)


@pytest.mark.long
def test_no_kernel_of_the_list_is_clipped_in_its_box(opened):
    page = opened()
    clipped = page.get_by_role("combobox", name="Kernel").evaluate(
        """(node, titles) => {
          const pen = document.createElement('canvas').getContext('2d');
          const { font, paddingLeft, paddingRight } = getComputedStyle(node);
          pen.font = font;
          const room = node.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
          return titles.filter((text) => pen.measureText(text).width > room);
        }""",
        [kernel.title for kernel in CATALOGUE.values()],
    )
    assert clipped == []


def test_on_a_phone_list_and_shelf_stay_in_sight_and_the_page_does_not_scroll_sideways(
    new_page, open_page
):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_page(page, "/picture?picture=coffee")
    wait_until_drawn(page)
    shelf, result = page.locator(".shelf"), page.locator(f"{RESULT} .pixels")
    # The chosen one is in sight, and more can be scrolled to.
    eventually(page, partial(lies_between, kernel(page, "sobel-across"), 0, 390))
    assert shelf.evaluate("node => node.scrollWidth > node.clientWidth")
    page.wait_for_function("() => document.documentElement.scrollWidth <= 390")
    for part in (kernel(page, "sobel-across"), page.locator(".loupe [data-act=in]")):
        box = part.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    result.evaluate("node => node.scrollIntoView({ block: 'end' })")

    def in_sight():
        above = page.get_by_role("combobox", name="Kernel").bounding_box()
        row = shelf.bounding_box()
        assert 0 < above["y"] < row["y"] < result.bounding_box()["y"]
        assert above["y"] + above["height"] <= row["y"] < 300

    eventually(page, in_sight)
    kernel(page, "sobel-down").tap()
    expect(title(page)).to_have_text("Result: Sobel, horizontal edges (Gy)")


def lies_between(part: Locator, left: float, right: float) -> None:
    """Assert that a part of the page lies between these places from left to right."""
    box = part.bounding_box()
    assert box["x"] >= left
    assert box["x"] + box["width"] <= right

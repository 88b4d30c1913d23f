"""The presenter view of every page and look: what fits, what its keys do, where the keyboard is."""

import re

import pytest
from playwright.sync_api import Page, expect

from lessons.views.networks_pad import packed
from tests.browser.accessible_states import drawn
from tests.browser.back_row import too_small
from tests.browser.runs import eventually, turn, wait_until_idle
from tests.sampled import sampled

BAR = packed("0" * 400 + "f" * 384)
SCREENS = ((1280, 720), (1366, 768), (1920, 1080))
ONE_SCREEN = {
    "/": {
        "example=rgb": "stage",
        "example=unused-row": "stage",
        "example=video": "stage",
        "example=checkerboard&look=ways": "connections",
        "look=use&padding=1x1": "connections",
        "look=matrix&padding=1x1": "connections",
        "look=lines": "connections",
        "look=turned": "connections",
        "look=count": "counting",
    },
    "/picture": {
        "kernel=corner": "loupe",
        "kernel=gaussian&ksize=7x7": "loupe",
        "kernel=corner&curtain=1": "loupe",
    },
    "/pooling": {"example=all": "stage", "look=shift": "rows"},
    "/channels": {
        "look=cell": "stage",
        "look=weights": "tensor",
        "look=mix": "gallery",
        "look=separable": "tensor",
        "look=dense": "tensor",
    },
    "/sizes": {
        "look=solver": "answers",
        "look=shrink": "shrinking",
        "example=resnet": "scale",
        "example=video": "scale",
        "example=celeba": "scale",
    },
    "/networks": {
        "look=build": "layers",
        "look=unit": "field",
        "look=maps": "gallery",
        "look=maps&picture=drawn&drawn=" + BAR: "gallery",
    },
    "/quiz": {"q=which_kernel.1.3.1": "quiz"},
    "/make_a_set": {"own=0": "invitation"},
}
SEVERAL = {
    "/picture": {
        "picture=coffee&look=channels": "gallery",
        "look=bank": "gallery",
        "look=border": "gallery",
    },
    "/pooling": {"look=photo": "gallery", "look=shift&on=photo": "gallery"},
}
# The rows of galleries, each of which is to be seen as a whole.
TALLEST = """
() => Math.max(0, ...[...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
  .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('section[role=group]')])
  .map((section) => section.offsetHeight))
"""
MAIN = "document.querySelector('[data-testid=stMain]')"


def presented(page: Page, address: str, part: str) -> None:
    page.goto(f"{address}&present=1")
    drawn(page, part)
    expect(leave(page)).to_be_visible()


def leave(page: Page):
    return page.get_by_role("button", name="Leave presenter view")


def settled(page: Page, condition: str) -> None:
    """Wait until it holds, and still holds two frames later."""
    page.wait_for_function(
        f"""async () => {{
          const frame = () => new Promise(requestAnimationFrame);
          await frame();
          await frame();
          return {condition};
        }}"""
    )


def on_every_screen(page: Page, path: str, looks: dict[str, str], condition: str) -> None:
    """Present one look after another and assert that this holds on every screen."""

    def covers_nothing() -> None:
        main = page.get_by_test_id("stMain").bounding_box()
        assert main["y"] + main["height"] <= leave(page).bounding_box()["y"]

    first = next(iter(looks))
    presented(page, f"{path}?{first}", looks[first])
    for look, part in looks.items():
        turn(page, f"{path}?{look}&present=1")
        drawn(page, part)
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            settled(page, condition)
            eventually(page, covers_nothing)
    # A phone in the same view is not moved sideways.
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page, f"{MAIN}.scrollWidth <= {MAIN}.clientWidth")


@pytest.mark.parametrize("path", sampled(ONE_SCREEN, 0))
def test_a_look_fits_the_screen_and_the_way_back_covers_none_of_it(page, path):
    on_every_screen(page, path, ONE_SCREEN[path], f"{MAIN}.scrollHeight <= {MAIN}.clientHeight")


@pytest.mark.parametrize("path", sampled(SEVERAL, 1))
def test_a_long_look_is_turned_row_by_row_each_seen_whole(page, path):
    whole = f"({TALLEST})() > 0 && ({TALLEST})() <= {MAIN}.clientHeight"
    on_every_screen(page, path, SEVERAL[path], whole)


def test_a_clicker_reads_a_long_look_to_its_end_and_goes_on_to_the_next(page):
    presented(page, "/pooling?look=photo", "gallery")
    # Of a look that ends on the screen, since its pictures are not there yet, a press leads on.
    settled(page, f"{MAIN}.scrollHeight > {MAIN}.clientHeight + 100")
    page.keyboard.press("PageDown")
    page.wait_for_function(f"() => {MAIN}.scrollTop > 100")
    page.keyboard.press("End")
    # A picture that grows after it is there puts the end off once more.
    for _ in range(20):
        page.keyboard.press("PageDown")
        wait_until_idle(page)
        if "look=shift" in page.url:
            break
    expect(page).to_have_url(re.compile("look=shift"))
    drawn(page, "rows")
    page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile("look=photo"))


def test_a_clicker_goes_through_the_kernels_of_the_weights_and_on(page):
    presented(page, "/channels?look=weights", "tensor")
    readout = page.locator(".tensor .readout")
    for kernel in range(4):
        page.keyboard.press("PageDown")
        expect(readout).to_contain_text(f"Kernel {kernel} ")
    page.keyboard.press("PageUp")
    expect(readout).to_contain_text("Kernel 2 ")
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(page).to_have_url(re.compile("look=mix"))


def enter(page: Page, title: str):
    """Press Present; return the heading, which has the keyboard then."""
    page.get_by_role("button", name="Present", exact=True).click()
    heading = page.get_by_role("heading", name=title, level=1)
    expect(leave(page)).to_be_visible()
    expect(heading).to_be_focused()
    return heading


def come_out(page: Page, heading) -> None:
    page.keyboard.press("Escape")
    expect(leave(page)).to_have_count(0)
    expect(heading).to_be_focused()
    for name in ("Share", "Add to my talk", "Present"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()


@pytest.mark.long
def test_the_keyboard_goes_to_the_heading_on_the_way_in_and_out_of_a_gallery(page, open_page):
    open_page(page, "/pooling?look=photo")
    come_out(page, enter(page, "Pooling"))


def test_the_keyboard_goes_to_the_heading_in_and_out_and_stays_where_it_is_on_another_page(
    page, open_page
):
    """There a clicker steps the stage, and a key brings its captions."""
    open_page(page, "/")
    heading = enter(page, "Sliding window")
    expect(page.locator(".stage.present")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator(".stage .count")).to_have_text("step 2 of 9")
    words = page.locator(".stage .readout")
    expect(words).to_be_hidden()
    page.keyboard.press("c")
    expect(words).to_have_text(re.compile("Output row 0, column 1: "))
    expect(words).to_be_visible()
    assert too_small(page) == []
    page.keyboard.press("c")
    expect(words).to_be_hidden()
    come_out(page, heading)
    link = page.get_by_test_id("stTopNavLink").filter(has_text="Pooling")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pooling")).to_be_visible()
    drawn(page, "stage")
    expect(link).to_be_focused()


def test_a_slim_bar_comes_with_movement_changes_the_layer_and_covers_nothing(page, open_page):
    open_page(page, "/?present=1")
    drawn(page, "stage")
    wait_until_idle(page)
    bar, example = page.locator(".stage .strip"), page.get_by_role("combobox", name="Example")
    expect(bar).to_be_hidden()
    expect(example).to_be_hidden()
    page.mouse.move(300, 300)
    page.mouse.move(310, 310)
    expect(bar).to_be_visible()
    expect(example).to_be_visible()
    end = page.get_by_test_id("stMain").bounding_box()
    for part in (bar, example, page.locator(".stage .speed")):
        assert part.bounding_box()["y"] >= end["y"] + end["height"] - 1
    bar.get_by_role("button", name="More: stride").click()
    expect(page.locator(".stage .count")).to_have_text("step 1 of 4")
    # What is not seen yet is reached by Tab all the same.
    page.reload()
    drawn(page, "stage")
    wait_until_idle(page)
    expect(bar).to_be_hidden()
    page.keyboard.press("Tab")
    expect(bar).to_be_visible()


HIDDEN_AT_LENGTH = (
    ("/sizes", ".written .result, .facts td:nth-child(2)", ".facts th"),
    ("/?look=turned", ".panel:is(.output, .convolved)", ".panel.kernel"),
    ("/?look=use", ".panel.input .cells text, .readout", ".panel.input"),
    ("/picture", "[data-panel=result] .frame, .sum .result", "[data-panel=original] .frame"),
    ("/picture?look=bank", "[data-role=output] .frame", ".tile .title"),
    ("/pooling?look=shift", ".shiftrows .output .cells span", ".shiftrows .input .cells span"),
    ("/channels?look=weights", ".term[data-part=result]", ".term[data-part=rows]"),
    ("/sizes?look=solver", ".answers td", ".answers th"),
    ("/sizes?look=shrink", ".shrinking .result", ".shrinking .map.first"),
    ("/networks?look=unit", ".unit-field .where", ".unit-field .map"),
)


@pytest.mark.parametrize(
    ("path", "asked", "left"),
    [
        ("/", ".formulas .result, .panel.output, .title.output", ".panel.input"),
        ("/networks", ".layer-table td", ".layer-table thead th"),
        *(pytest.param(*row, marks=pytest.mark.long) for row in HIDDEN_AT_LENGTH),
    ],
)
def test_sizes_and_counts_are_hidden_until_the_next_key(page, open_page, path, asked, left):
    open_page(page, f"{path}{'&' if '?' in path else '?'}present=1")
    answer = page.locator(asked).filter(visible=True)
    expect(answer.first).to_be_visible()
    wait_until_idle(page)
    page.keyboard.press("q")
    expect(answer).to_have_count(0)
    expect(page.locator(left).first).to_be_visible()
    page.keyboard.press("PageDown")
    expect(answer.first).to_be_visible()
    expect(page).to_have_url(re.compile("present=1"))

"""The layer's settings in sight of the picture: in a strip, and in the formulas themselves."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from app.screens import FOR_TEACHERS, ON_A_PHONE, TITLES
from tests.browser.drawers import unfold, unfold_sizes
from tests.browser.runs import ends_above, eventually, lies_within, turn, wait_until_idle
from tests.sampled import sampled

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
# What somebody needs who plays, changes a setting and reads the result.
NEEDED = (".strip", ".formulas", ".picture", ".transport", ".readout")
# How much of the window input, kernel and output cover.
SHARE = """
(svg) => {
  const areas = [...svg.querySelectorAll('.panel:is(.input, .kernel, .output) .cells')]
    .map((cells) => cells.getBoundingClientRect()).map(({ width, height }) => width * height);
  return areas.reduce((sum, area) => sum + area, 0) / (innerWidth * innerHeight);
}
"""


@pytest.fixture
def at(open_page) -> Callable[..., Page]:
    """Open a page and wait until its stage is drawn."""

    def open_(page: Page, path: str = "/") -> Page:
        open_page(page, path)
        expect(page.locator(".stage .count")).not_to_be_empty()
        return page

    return open_


def field(page: Page, name: str):
    return page.locator(".strip").get_by_role("spinbutton", name=name, exact=True)


def press(page: Page, name: str, by: int = 1):
    way = "More" if by > 0 else "Less"
    page.locator(".strip").get_by_label(f"{way}: {name}", exact=True).click()


def letter(page: Page, name: str):
    return page.locator(".formulas").get_by_role("spinbutton", name=name, exact=True)


def output(page: Page):
    return page.locator(".stage .title.output")


def test_a_press_changes_layer_link_and_native_box_and_brings_what_differs_and_no_script(page, at):
    asked, received = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "websocket", lambda line: line.on("framereceived", lambda frame: received.append(frame))
    )
    at(page)
    words = page.locator(".strip .word")
    expect(words).to_have_text(["kernel", "stride", "padding", "dilation"])
    (module,) = [url for url in asked if "bidi-components/slide_and_sum.stage" in url]
    answer = page.request.get(module)
    assert "immutable" in answer.headers["cache-control"]
    wait_until_idle(page)
    asked.clear()
    received.clear()
    press(page, "padding")
    expect(field(page, "padding")).to_have_value("1")
    expect(output(page)).to_have_text("Output 5 × 5")
    expect(page).to_have_url(re.compile(r"padding=1x1$"))
    wait_until_idle(page)
    assert not [url for url in asked if "bidi-components" in url]
    assert sum(map(len, received)) < 60_000
    unfold_sizes(page)
    expect(page.get_by_label("Padding height", exact=True)).to_have_value("1")


def test_the_number_is_there_at_once_the_result_to_come_pales_and_all_quick_presses_count(page, at):
    at(page)
    page.evaluate(
        """() => {
          const send = WebSocket.prototype.send;
          window.straight = send;
          window.held = [];
          WebSocket.prototype.send = function (data) {
            window.held.push(() => send.call(this, data));
          };
        }"""
    )
    press(page, "stride")
    press(page, "stride")
    expect(field(page, "stride")).to_have_value("3")
    expect(letter(page, "s, stride")).to_have_attribute("aria-valuenow", "3")
    expect(page.locator(".formulas")).to_have_class(re.compile("waiting"))
    # Whatever the page sends from now on goes through: the second press may not have left it yet.
    page.evaluate(
        """() => {
          WebSocket.prototype.send = window.straight;
          window.held.forEach((send) => send());
        }"""
    )
    expect(page.locator(".formulas")).not_to_have_class(re.compile("waiting"))
    expect(output(page)).to_have_text("Output 1 × 1")
    turn(page, "/?size=16x16")
    expect(output(page)).to_have_text("Output 14 × 14")
    for _ in range(5):
        press(page, "padding")
    press(page, "padding", -1)
    press(page, "stride")
    expect(field(page, "padding")).to_have_value("4")
    expect(page).to_have_url(re.compile(r"padding=4x4"))
    expect(page).to_have_url(re.compile(r"stride=2x2"))
    wait_until_idle(page)
    expect(output(page)).to_have_text("Output 11 × 11")


def test_a_number_is_typed_or_stepped_by_key_and_keeps_the_focus_while_space_plays(page, at):
    at(page)
    field(page, "kernel").click()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(output(page)).to_have_text("Output 1 × 1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(output(page)).to_have_text("Output 3 × 3")
    expect(field(page, "kernel")).to_be_focused()
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(field(page, "kernel")).to_have_value("5")
    expect(page.locator(".stage .readout")).to_contain_text("would not fit")
    page.keyboard.press("ArrowDown")
    expect(output(page)).to_have_text("Output 2 × 2")
    page.keyboard.press(" ")
    expect(page.locator(".stage.playing")).to_be_visible()
    expect(field(page, "kernel")).to_have_value("4")
    expect(field(page, "kernel")).to_be_focused()


@pytest.mark.long
def test_a_button_that_is_held_goes_on(page, at):
    at(page, "/?size=16x16")
    button = page.locator(".strip").get_by_label("More: padding", exact=True)
    button.hover()
    page.mouse.down()
    expect(field(page, "padding")).to_have_value("6")
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"padding=6x6"))


def test_each_size_formula_changes_its_own_axis_and_the_lock_opens_and_joins_both(page, at):
    at(page, "/?stride=1x2")
    width = page.locator(".formula[data-id=width]").get_by_role("spinbutton", name="W, input width")
    width.focus()
    page.keyboard.press("ArrowUp")
    expect(page).to_have_url(re.compile(r"size=5x6"))
    turn(page, "/")
    page.get_by_role("button", name="Height and width together").click()
    press(page, "stride across")
    expect(page).to_have_url(re.compile(r"stride=1x2$"))
    expect(output(page)).to_have_text("Output 3 × 2")
    page.get_by_role("button", name="Height and width together").click()
    expect(page).not_to_have_url(re.compile("stride"))
    expect(output(page)).to_have_text("Output 3 × 3")
    expect(field(page, "stride")).to_have_value("1")


@pytest.mark.long
def test_axes_that_differ_stand_apart_as_they_open(page, at):
    at(page, "/?kernel=2x3")
    expect(field(page, "kernel height")).to_have_value("2")
    expect(field(page, "kernel width")).to_have_value("3")
    expect(field(page, "stride")).to_have_value("1")


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/pooling", ["window", "stride", "padding", "dilation"]),
        ("/channels", ["kernel", "kernels"]),
        ("/?op=avg", ["window", "stride", "padding", "dilation"]),
    ],
)
def test_every_page_has_the_settings_of_its_layer(page, at, path, names):
    at(page, path)
    expect(page.locator(".strip .word")).to_have_text(names)


def test_a_letter_says_what_it_is_and_stepped_by_key_keeps_the_focus_as_the_formula_grows(page, at):
    at(page, "/?padding=1x1")
    card = page.locator(".formulas .card")
    expect(card).to_be_hidden()
    letter(page, "p, padding").hover()
    expect(card).to_contain_text("p = 1")
    expect(card).to_contain_text("0 to 6")
    expect(page.locator(".panel.input .lit").first).not_to_have_attribute("d", "")
    page.locator(".stage .readout").hover()
    expect(card).to_be_hidden()
    turn(page, "/?dilation=2x2")
    letter(page, "d, dilation").focus()
    page.keyboard.press("ArrowDown")
    expect(page).not_to_have_url(re.compile("dilation"))
    kernel = letter(page, "k, kernel")
    kernel.focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"kernel=2x2$"))
    expect(kernel).to_be_focused()
    press(page, "dilation")
    expect(letter(page, "d, dilation")).to_be_visible()
    expect(letter(page, "k, kernel")).to_be_focused()


def test_a_number_of_the_formula_is_dragged_sideways_and_at_a_bound_a_button_says_why(page, at):
    at(page)
    expect(page.locator(".formulas .how")).to_be_visible()
    button = page.locator(".strip").get_by_label("Less: stride", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("title", re.compile("at least one cell"))
    button.click(force=True)  # it says that it is disabled
    expect(page.locator(".stage .readout")).to_contain_text("at least one cell")
    expect(field(page, "stride")).to_have_value("1")
    handle = page.locator(".formulas .handle[data-role=padding]").last
    handle.hover(position={"x": 3, "y": 8})  # once it stands still
    place = handle.bounding_box()
    page.mouse.down()
    page.mouse.move(place["x"] + 30, place["y"] + 8)
    page.mouse.move(place["x"] + 50, place["y"] + 8, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"padding=2x2$"))
    expect(field(page, "padding")).to_have_value("2")
    expect(output(page)).to_have_text("Output 7 × 7")
    # Who has done it once is not told again.
    expect(page.locator(".formulas .how:visible")).to_have_count(0)
    page.reload()
    expect(output(page)).to_have_text("Output 7 × 7")
    expect(page.locator(".formulas .how:visible")).to_have_count(0)


def test_panels_cover_a_fifth_of_the_screen_and_nothing_needed_lies_below_the_fold(page, at):
    at(page, "/?stride=1x2&dilation=2x1&size=12x12&padding=3x3")
    parts = [page.locator(f".stage {name}") for name in NEEDED]
    parts.append(page.locator('[class*="styled-controls"]').get_by_text("Layer", exact=True))

    def large_enough() -> None:
        assert page.locator(".stage .picture").evaluate(SHARE) >= 0.2

    def all_in_sight() -> None:
        for part in parts:
            lies_within(part, 0, page.viewport_size["height"])

    for width, height in ((1366, 768), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        eventually(page, all_in_sight)
    turn(page, "/")
    eventually(page, all_in_sight)
    for width, height in ((1366, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        eventually(page, all_in_sight)
        eventually(page, large_enough)


@pytest.mark.long
def test_an_open_drawer_moves_no_part_of_the_stage(page, at):
    at(page)
    parts = [page.locator(f".stage {name}") for name in NEEDED]
    before = [part.bounding_box() for part in parts]

    def stay() -> None:
        assert [part.bounding_box() for part in parts] == before

    for drawer in ("Sizes and padding", "Padding cells, flip", "Channels"):
        unfold(page, drawer)
        wait_until_idle(page)
    # To reach the last drawer the test's hand may have scrolled the page, as a person's need not.
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    eventually(page, stay)
    column = page.locator('[data-testid="stColumn"]').first
    assert column.evaluate("column => column.scrollHeight > column.clientHeight")
    assert column.bounding_box()["y"] + column.bounding_box()["height"] <= 720


@pytest.mark.long
def test_formulas_have_one_height_whatever_they_say(page, at):
    at(page)
    height = page.locator(".formulas").bounding_box()["height"]
    for path in ("/?example=rgb", "/?stride=1x2&dilation=2x1&size=12x12&padding=3x3", "/pooling"):
        at(page, path)

        def fits() -> None:
            outside = page.locator(".formulas").bounding_box()
            inside = page.locator(".formulas .fitted").bounding_box()
            assert outside["height"] == height
            assert inside["width"] <= outside["width"] + 1

        eventually(page, fits)


def none_is_clipped(page: Page, address: str) -> None:
    clipped = """() => [...document.querySelectorAll('.stSelectbox input')]
      .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.value)"""
    assert page.evaluate(clipped) == [], address


@pytest.mark.long
def test_no_select_box_clips_its_text(page, open_page):
    for path, *others in (
        ("/?example=depthwise", "/?example=flipped", "/?example=rgb", "/?padding=same_upper"),
        (
            "/pooling?example=all", "/pooling?example=corner-alone", "/pooling?look=shift",
            "/pooling?look=photo",
        ),
        ("/channels", "/channels?look=weights", "/channels?look=dense"),
    ):  # fmt: skip
        open_page(page, path)
        for address in (path, *others):
            turn(page, address)
            unfold_sizes(page)
            eventually(page, partial(none_is_clipped, page, address))


def phone(new_page, at, path: str) -> Page:
    return at(new_page(viewport=PHONE, has_touch=True, is_mobile=True), path)


@pytest.mark.parametrize(
    "path",
    sampled(
        [
            "/",
            "/?size=16x16&padding=2x2",
            "/?example=rgb",
            "/pooling",
            "/channels",
            "/channels?patch=12&maps=4",
        ],
        5,
    ),
)
def test_a_phone_shows_board_settings_keys_and_result_and_scrolled_the_settings_above_the_keys(
    new_page, at, path
):
    page = phone(new_page, at, path)
    strip, keys = page.locator(".stage .strip"), page.locator(".stage .transport")
    pages = page.get_by_test_id("stSidebarNavItems")
    bar = PHONE["height"] - pages.bounding_box()["height"]

    def all_in_sight() -> None:
        for name in (".strip", ".transport", ".readout", ".picture", ".calculation > .total"):
            box = page.locator(f".stage {name}").bounding_box()
            assert box["y"] >= 0 and box["y"] + box["height"] <= bar + 1, name
        output = page.locator(".stage .panel.output .cells").all()
        for box in [part.bounding_box() for part in output]:
            assert box["y"] + box["height"] <= strip.bounding_box()["y"]
            assert box["x"] + box["width"] <= PHONE["width"]

    def docked() -> None:
        ends_above(strip, keys.bounding_box()["y"] + 1)
        ends_above(keys, pages.bounding_box()["y"] + 1)
        ends_above(pages, PHONE["height"] + 1)

    eventually(page, all_in_sight)
    eventually(page, docked)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 150)")
    eventually(page, docked)


def test_a_phones_bar_has_four_pages_and_a_button_that_opens_the_list_of_all(new_page, at):
    page = phone(new_page, at, "/channels")
    names = page.get_by_test_id("stSidebarNavLink")
    titles = [*TITLES.values(), *FOR_TEACHERS.values()]
    shown = names.filter(visible=True)
    expect(shown).to_have_text([TITLES[name] for name in ON_A_PHONE])
    more = page.get_by_role("button", name="More pages")
    for part in (*shown.all(), more):
        box = part.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] + 1
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(shown).to_have_text(titles)
    expect(names.filter(has_text="Channels")).to_be_focused()
    expect(names.filter(has_text="Channels")).to_have_attribute("aria-current", "page")
    for part in shown.all():
        assert part.bounding_box()["height"] >= 44
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    expect(shown).to_have_count(len(ON_A_PHONE))
    more.tap()
    page.touchscreen.tap(100, 150)  # the veil over the page
    expect(more).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".stage .edit")).to_be_hidden()
    more.tap()
    names.filter(has_text="Pooling").tap()
    expect(page.get_by_role("heading", name="Pooling", exact=True)).to_be_visible()
    expect(shown).to_have_count(len(ON_A_PHONE))


def test_on_a_phone_a_setting_is_chosen_by_its_letter_and_everything_is_large_enough(new_page, at):
    page = phone(new_page, at, "/")
    expect(field(page, "padding")).to_be_hidden()
    page.locator(".strip .stepper[data-name=padding] .name").tap()
    expect(field(page, "padding")).to_be_visible()
    expect(field(page, "padding")).to_have_attribute("inputmode", "numeric")
    page.locator(".strip").get_by_label("More: padding", exact=True).tap()
    expect(page).to_have_url(re.compile(r"padding=1x1$"))
    expect(page.locator(".strip .stepper[data-name=padding] .now")).to_have_text("1")
    for part in page.locator(".strip button:visible, .transport button:visible").all():
        box = part.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44, part.get_attribute("aria-label")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

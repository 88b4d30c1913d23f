"""Over a slow line, with quick hands: nothing that a person did is lost, and the page lives on."""

import contextlib
import functools
import re
import time
from itertools import cycle, islice
from urllib.parse import parse_qsl, urlsplit
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Page, expect

from tests.browser.drawers import unfold_sizes
from tests.browser.runs import two_frames, wait_until_idle
from tests.line import Line, line_to
from tests.serving import IDLE, PATIENCE

pytestmark = pytest.mark.browser

_line_of: WeakKeyDictionary[Page, Line] = WeakKeyDictionary()

# A page and two of its boxes of whole numbers: on each page the same twice or two that differ. All
# pages take in their boxes by the one mechanism of app/page, which is why these tell for all.
PLACES = (
    ("/", "Padding height", "Padding height"),
    ("/", "Kernel height", "Stride down"),
    ("/pooling", "Window height", "Padding width"),
    ("/pooling?look=shift", "Move by", "Window"),
    ("/channels?look=weights", "Channels out", "Channels out"),
    ("/picture?kernel=sobel-across", "Patch size", "Row"),
    ("/", "Padding height", "Padding width"),
    ("/?op=max", "Stride down", "Input height"),
    ("/pooling", "Stride down", "Stride down"),
    ("/pooling?look=photo", "Repeated", "Repeated"),
    ("/channels", "Kernels", "Kernel size"),
    ("/channels?look=dense", "Picture height", "Channels in"),
    ("/picture", "Row", "Column"),
    ("/picture?kernel=box", "Rows", "Rows"),
)
DISTANCES = (0, 50, 100, 300)
PAUSES = (30, 90, 250, 400)


@pytest.fixture(scope="module")
def lines(server):
    """`lines(milliseconds)`: a line to the app of that length, the same for all tests.

    So the browser keeps the app's scripts, and a page opens as quickly as on a second visit.
    """
    port = int(urlsplit(server.url).port)
    with contextlib.ExitStack() as stack:
        yield functools.cache(lambda ms: stack.enter_context(line_to(port, ms / 1000)))


@pytest.fixture
def far_page(new_page, lines):
    """`far_page(milliseconds, path)`: a page whose server is that far away."""

    def open_(milliseconds: int, path: str) -> Page:
        page = new_page(base_url=lines(milliseconds).url)
        _line_of[page] = lines(milliseconds)
        page.goto(path)
        rest(page)
        return page

    return open_


def rest(page: Page) -> None:
    """Wait until the page has drawn its controls, number boxes in a drawer as well, and is idle."""
    # The last thing that a page draws; its script comes over a slow line after the boxes' own.
    expect(page.locator("[class*=st-key-browser_mark] input")).not_to_have_value("", timeout=60_000)
    settle(page)
    unfold_sizes(page)
    settle(page)


def settle(page: Page) -> None:
    """Wait until nothing is under way between page and server, however many runs that takes."""
    deadline = time.monotonic() + PATIENCE
    while True:
        wait_until_idle(page)
        # Of several messages in a row the server answers the first while others are on their way.
        if _line_of[page].at_rest:
            two_frames(page)
            if _line_of[page].at_rest and page.locator(IDLE).count():
                return
        assert time.monotonic() < deadline, f"still under way after {PATIENCE} s"


def box(page: Page, label: str):
    return page.get_by_label(label, exact=True)


def value(page: Page, label: str) -> int:
    return int(box(page, label).input_value())


def change_twice(page: Page, first: str, second: str, pause: int) -> dict[str, int]:
    """Step both boxes up by one, so many milliseconds apart; return what they are to show."""
    wanted = {label: value(page, label) for label in (first, second)}
    for label in (first, second):
        wanted[label] += 1
    # By the page's own clock: a busy machine must not stretch the pause, nor a test wait for it.
    page.evaluate(
        """async ([boxes, pause]) => {
          for (const box of boxes) {
            box.focus();
            const press = { key: 'ArrowUp', code: 'ArrowUp', keyCode: 38, bubbles: true };
            box.dispatchEvent(new KeyboardEvent('keydown', press));
            await new Promise((done) => setTimeout(done, pause));
          }
        }""",
        [[box(page, label).element_handle() for label in (first, second)], pause],
    )
    return wanted


def settles_at(page: Page, wanted: dict[str, int], *, reloaded: bool = True) -> None:
    """The boxes show these values and go on doing so; the address says the same when reloaded."""
    agree(page, wanted)
    # What is still on its way comes in while another run goes there and back.
    page.evaluate("() => document.activeElement?.blur()")
    agree(page, wanted)
    if not reloaded:
        return
    page.reload()
    rest(page)
    agree(page, wanted)


def agree(page: Page, wanted: dict[str, int]) -> None:
    for label, number in wanted.items():
        expect(box(page, label)).to_have_value(str(number), timeout=60_000)
    settle(page)
    for label, number in wanted.items():
        expect(box(page, label)).to_have_value(str(number), timeout=60_000)


def address(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def test_cells_typed_in_one_breath_and_two_quick_changes_are_all_kept(far_page):
    page = far_page(100, "/")
    page.locator(".panel.input rect").nth(0).click()
    for number in ("77", "78"):
        page.locator(".edit").fill(number)
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("x=77.*78"), timeout=60_000)
    settle(page)
    wanted = change_twice(page, "Padding height", "Padding height", PAUSES[0])
    settles_at(page, wanted, reloaded=False)
    assert address(page)["x"].replace("_", " ").split()[:2] == ["77", "78"]


@pytest.mark.long
@pytest.mark.parametrize("pause", PAUSES)
@pytest.mark.parametrize("distance", DISTANCES)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_two_quick_changes_are_kept_at_any_distance(far_page, place, distance, pause):
    path, first, second = place
    page = far_page(distance, path)
    settles_at(page, change_twice(page, first, second, pause))


# At 100 ms presses and answers overlap.
@pytest.mark.long
@pytest.mark.parametrize(("distance", "presses"), [(100, 15), (0, 50), (100, 50), (300, 50)])
def test_presses_in_quick_succession_end_where_the_last_one_led(far_page, distance, presses):
    page = far_page(distance, "/?example=textbook")
    field = box(page, "Kernel height")
    field.focus()
    size = 3
    for step in islice(cycle((1, 1, -1)), presses):
        field.press("ArrowUp" if step > 0 else "ArrowDown", delay=60)
        size = min(size + step, 5)  # the input's height is the most
    settles_at(page, {"Kernel height": size})


@pytest.mark.long
def test_a_step_back_and_forward_between_changes_is_followed(far_page):
    page = far_page(100, "/")
    box(page, "Padding height").press("ArrowUp")
    expect(page).to_have_url(re.compile("padding=1x0"), timeout=60_000)
    settle(page)
    box(page, "Stride down").press("ArrowUp")
    expect(page).to_have_url(re.compile("stride=2x1"), timeout=60_000)
    settle(page)
    page.go_back()
    agree(page, {"Padding height": 1, "Stride down": 1})
    box(page, "Kernel width").press("ArrowDown")
    agree(page, {"Padding height": 1, "Stride down": 1, "Kernel width": 2})
    assert address(page) == {"padding": "1x0", "kernel": "3x2"}
    page.go_back()
    agree(page, {"Padding height": 1, "Kernel width": 3})
    page.go_forward()
    agree(page, {"Padding height": 1, "Kernel width": 2})


@pytest.mark.long
def test_an_example_chosen_and_stepped_back_at_once_stays_stepped_back(far_page):
    """The example sets the padding to 1; the box then goes back to the 0 that it showed before."""
    page = far_page(100, "/")
    page.get_by_label("Example", exact=True).click()
    page.get_by_role("option", name="Padding 1, stride 2", exact=True).click()
    expect(box(page, "Padding height")).not_to_have_value("0", timeout=60_000)
    padding = value(page, "Padding height")
    for _ in range(padding):
        box(page, "Padding height").press("ArrowDown")
    settles_at(page, {"Padding height": 0})


@pytest.mark.long
def test_a_typed_cell_followed_at_once_by_a_step_of_a_box_is_kept(far_page):
    page = far_page(100, "/")
    page.locator(".panel.input rect").nth(0).click()
    page.locator(".edit").fill("77")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    box(page, "Padding height").press("ArrowUp")
    agree(page, {"Padding height": 1})
    page.reload()
    rest(page)
    agree(page, {"Padding height": 1})
    assert "77" in address(page)["x"].replace("_", " ").split()


@pytest.mark.long
def test_send_takes_the_place_that_an_arrow_key_has_just_pinned(far_page):
    page = far_page(100, "/picture?kernel=box&row=60&column=60")
    pictures = page.locator(".pair")
    pictures.focus()
    pictures.press("Shift+ArrowRight")
    pictures.press("Shift+ArrowUp")
    page.get_by_role("button", name="Send to the sliding window").click()
    expect(page).to_have_url(re.compile(r"/\?"), timeout=60_000)
    rest(page)
    sent = address(page)["x"]
    page.go_back()
    expect(page).to_have_url(re.compile(r"/picture"), timeout=60_000)
    expect(box(page, "Row")).to_have_value("52", timeout=60_000)
    expect(box(page, "Column")).to_have_value("68", timeout=60_000)
    settle(page)
    page.get_by_role("button", name="Send to the sliding window").click()
    expect(page).to_have_url(re.compile(r"/\?"), timeout=60_000)
    rest(page)
    assert address(page)["x"] == sent


@pytest.mark.long
def test_a_number_typed_on_one_page_is_there_after_a_visit_to_another(far_page):
    page = far_page(100, "/?padding=1x1")
    box(page, "Stride down").press("ArrowUp")
    page.get_by_test_id("stTopNavLink").filter(has_text="Pooling").click()
    expect(page.get_by_role("heading", name="Pooling", exact=True)).to_be_visible(timeout=60_000)
    settle(page)
    page.get_by_test_id("stTopNavLink").filter(has_text="Sliding window").click()
    expect(page.locator(".stage .count")).to_be_visible(timeout=60_000)
    settle(page)
    unfold_sizes(page)  # shut again, as all drawers are where a page opens
    agree(page, {"Padding height": 1, "Stride down": 2})

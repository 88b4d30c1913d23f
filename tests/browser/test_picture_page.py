"""The Picture page as a visitor uses it: photograph, kernel, result, loupe, sliding window."""

import io
import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from app.pictures.samples import sample_picture
from kernels import CATALOGUE, conv2d
from kernels.pictures.images import to_grey
from tests.browser.drawers import unfold
from tests.browser.runs import (
    ends_above,
    eventually,
    lies_within,
    turn,
    two_frames,
    wait_until_idle,
)
from tests.sampled import sampled

PAIR = ".loupe .pair"


def wait_until_drawn(page: Page) -> None:
    """Until the loupe has its pictures, its place and its sum."""
    expect(page.locator(".loupe .at")).to_contain_text("row")
    expect(page.locator(".loupe dd.result")).to_have_text(re.compile("[0-9]"))


def place(page: Page) -> tuple[int, int]:
    """The row and column of the result that the words below the pictures name."""
    two_frames(page)
    text = page.locator(".loupe .gives").inner_text()
    row, column = re.search(r"row ([\d,]+), column ([\d,]+)", text).groups()
    return int(row.replace(",", "")), int(column.replace(",", ""))


def expect_place(page: Page, row: int, column: int) -> None:
    """Wait until the words below the pictures name this place of the result."""
    words = f"→ result row {row}, column {column}"
    expect(page.locator(".loupe .gives")).to_have_text(words)


def point_at(page: Page, spot: list[float]) -> None:
    """Move the pointer to another pixel, and wait until the loupe has followed."""
    words = page.locator(".loupe .gives")
    before = words.inner_text()
    page.mouse.move(*spot)
    expect(words).not_to_have_text(before)


def numbers_of(page: Page, grid: str) -> np.ndarray:
    """The numbers in one of the loupe's grids, in reading order."""
    texts = page.locator(f".loupe .term.{grid} .grid span").all_inner_texts()
    return np.array([_number(text) for text in texts])


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def answer(page: Page) -> float:
    """What the loupe says that the result is there."""
    return _number(page.locator(".loupe dd.result").inner_text())


def over(page: Page, panel: str, row: float, column: float) -> list[float]:
    """The place on the screen of a share of the original's height and width, in either picture.

    Both are drawn at one scale, and the original is the higher one; its canvas may be wider.
    """
    facts = page.locator(".loupe [data-panel=original] .facts").inner_text()
    height, width = map(int, re.search(r"(\d+) high × (\d+) wide", facts).groups())
    box = page.locator(f".loupe [data-panel={panel}] .pixels").bounding_box()
    scale = box["height"] / height
    return [box["x"] + column * width * scale, box["y"] + row * height * scale]


def photograph(height: int, width: int, **options) -> bytes:
    """A picture with an edge in the middle: dark left half, light right half, some noise."""
    noise = np.random.default_rng(1).integers(0, 20, (height, width))
    grey = np.where(np.arange(width) < width // 2, 40, 200) + noise
    file = io.BytesIO()
    Image.fromarray(grey.astype(np.uint8)).save(file, **({"format": "PNG"} | options))
    return file.getvalue()


def upload(page: Page, name: str, data: bytes) -> None:
    choose_file(page, {"name": name, "mimeType": "application/octet-stream", "buffer": data})


def choose_file(page: Page, file: dict | Path) -> None:
    page.get_by_text("Your own photograph").click()
    page.locator("input[type=file]").set_input_files(file)


def choose(page: Page, label: str, option: str) -> None:
    # A page that is drawn anew closes the list. Only the options near the chosen one are there
    # until a name is typed.
    wait_until_idle(page)
    page.get_by_role("combobox", name=label).fill(option)
    page.get_by_role("option", name=option).click()


def test_photograph_kernel_loupe_sliding_window(page, open_page, wait_until_idle):
    open_page(page, "/picture")
    wait_until_drawn(page)
    upload(page, "mine.png", photograph(120, 160))
    expect(page.get_by_text("120 high × 160 wide")).to_be_visible()
    choose(page, "Kernel", "Prewitt, vertical edges")
    expect(page.get_by_text("Result: Prewitt, vertical edges")).to_be_visible()
    expect(page.get_by_text("118 high × 158 wide")).to_be_visible()

    page.locator(PAIR).focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    expect_place(page, 58, 87)
    wait_until_idle(page)
    page.get_by_role("button", name="Send to the sliding window").click()
    expect(page.locator(".stage")).to_be_visible()
    wait_until_idle(page)
    expect(page).to_have_url(re.compile("size=8x8"))
    expect(page).to_have_url(re.compile("x=u8"))

    page.get_by_test_id("stTopNavLink").filter(has_text="Picture").click()
    expect(page.get_by_text("120 high × 160 wide")).to_be_visible()
    wait_until_drawn(page)
    expect_place(page, 58, 87)


def test_the_arithmetic_follows_the_pointer_without_asking_the_server_until_a_click_pins_the_place(
    page, open_page, wait_until_idle
):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(data)))
    open_page(page, "/picture?picture=coffee&kernel=sobel-down&padding=same&mode=reflect")
    wait_until_drawn(page)
    wait_until_idle(page)
    grey = np.pad(to_grey(sample_picture("coffee").pixels).astype(float), 1, mode="reflect")
    taps = CATALOGUE["sobel-down"].taps
    answers = conv2d(grey[None], taps[None, None])[0]
    before, seen = len(sent), set()
    for panel in ("original", "result"):
        for share in ((0.001, 0.001), (0.31, 0.62), (0.77, 0.2), (0.999, 0.999)):
            point_at(page, over(page, panel, *share))
            row, column = place(page)
            assert abs(row - share[0] * 400) <= 2
            assert abs(column - share[1] * 600) <= 2
            assert answer(page) == answers[row, column]
            window = grey[row : row + 3, column : column + 3]
            np.testing.assert_array_equal(numbers_of(page, "input"), window.ravel())
            np.testing.assert_array_equal(numbers_of(page, "products"), (window * taps).ravel())
            seen.add((row, column))
    assert len(seen) >= 4
    assert len(sent) == before
    page.mouse.move(2, 2)
    expect_place(page, 209, 386)  # away from the pictures the pinned place is back
    turn(page, "/picture?picture=shapes&stride=2x2")
    expect(page.get_by_text("199 high × 299 wide")).to_be_visible()
    for panel, share in (("original", (0.25, 0.4)), ("result", (0.75, 0.25))):
        pins(page, panel, share)


def pins(page: Page, panel: str, share: tuple[float, float]) -> None:
    """Click at a share of the picture under a stride of 2, and see place and address follow."""
    # At one scale the result is half as large, in the corner of its frame.
    half = 0.5 if panel == "result" else 1
    page.mouse.click(*over(page, panel, half * share[0], half * share[1]))
    row, column = place(page)
    assert abs(2 * row + 1 - share[0] * 400) <= 3
    assert abs(2 * column + 1 - share[1] * 600) <= 3
    page.mouse.move(2, 2)
    expect(page).to_have_url(re.compile(r"row=\d+&column=\d+"))
    expect(page.get_by_role("spinbutton", name="Row", exact=True)).to_have_value(
        re.compile(f"{2 * row + 1}|{2 * row}|{2 * row + 2}")
    )
    expect_place(page, row, column)


@pytest.mark.long
def test_keys_keep_their_focus_and_place_across_reruns(page, open_page, wait_until_idle):
    open_page(page, "/picture")
    wait_until_drawn(page)
    page.locator(PAIR).focus()
    start = place(page)
    row = page.get_by_role("spinbutton", name="Row", exact=True)
    first = int(row.input_value())
    for pressed in (1, 2, 3):
        page.keyboard.press("ArrowDown")
        expect(row).to_have_value(str(first + pressed))  # the pause is over, the place committed
    wait_until_idle(page)
    page.keyboard.press("ArrowDown")
    expect_place(page, start[0] + 4, start[1])
    expect(page.locator(PAIR)).to_be_focused()


@pytest.mark.long
def test_both_pictures_grow_together_and_stay_so_under_another_kernel(page, open_page):
    open_page(page, "/picture?picture=shapes")
    wait_until_drawn(page)
    words = page.locator(".loupe .zoom")
    fitted = words.inner_text()
    page.locator(PAIR).focus()
    for _ in range(3):
        page.keyboard.press("+")
    expect(words).not_to_have_text(fitted)
    two_frames(page)
    grown = words.inner_text()
    choose(page, "Kernel", "Box blur")
    expect(page.get_by_text("Result: Box blur")).to_be_visible()
    expect(words).to_have_text(grown)
    page.get_by_role("button", name="Fit").click()
    expect(words).to_have_text(fitted)


def test_the_curtain_moves_by_mouse_and_by_key_and_the_saved_file_is_the_result(page, open_page):
    open_page(page, "/picture?picture=coffee&kernel=edge-8")
    wait_until_drawn(page)
    page.get_by_text("Curtain", exact=True).click()
    curtain = page.get_by_role("slider", name="Curtain")
    expect(curtain).to_be_visible()
    middle = curtain.get_attribute("aria-valuenow")
    before = float(middle)
    curtain.focus()
    page.keyboard.press("ArrowRight")
    expect(curtain).not_to_have_attribute("aria-valuenow", middle)
    moved = curtain.get_attribute("aria-valuenow")
    assert float(moved) > before
    box = curtain.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 120, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()

    def is_moved_left():
        assert float(curtain.get_attribute("aria-valuenow")) < before

    eventually(page, is_moved_left)
    expect(page).to_have_url(re.compile("curtain=1"))
    turn(page, "/picture?picture=shapes&kernel=sharpen&padding=same")
    expect(page.get_by_text("Result: Sharpen")).to_be_visible()
    unfold(page, "Take it along")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as PNG").click()
    saved = np.array(Image.open(waiting.value.path()))
    shapes = sample_picture("shapes").pixels.astype(float)
    answers = conv2d(shapes, CATALOGUE["sharpen"].weights[None, None], padding="same")[0]
    np.testing.assert_array_equal(saved, np.clip(answers, 0, 255))
    assert waiting.value.suggested_filename == "sharpen.png"


def test_a_kernel_is_typed_turned_undone_and_pasted(page, open_page, wait_until_idle):
    open_page(page, "/picture?kernel=difference-across")
    wait_until_drawn(page)
    page.get_by_role("gridcell").first.click()
    page.keyboard.type("-3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"kernel=own&w=-3(\+|%20)1"))
    page.get_by_role("button", name="Turn by 90°").click()
    expect(page).to_have_url(re.compile(r"w=-3_1"))
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile(r"w=-3(\+|%20)1"))
    page.get_by_role("button", name="Undo").click()
    expect(page).to_have_url(re.compile("kernel=difference-across"))
    page.get_by_role("button", name="Redo").click()
    expect(page).to_have_url(re.compile(r"w=-3(\+|%20)1"))
    page.get_by_role("grid").evaluate(
        """grid => {
            const data = new DataTransfer();
            data.setData('text/plain', '1 2 1\\n2 4 2\\n1 2 1');
            const cell = grid.querySelector('[role=gridcell]');
            cell.focus();
            cell.dispatchEvent(new ClipboardEvent('paste',
                { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
        }"""
    )
    expect(page.get_by_role("gridcell")).to_have_count(9)
    expect(page.locator(".loupe .sum")).to_contain_text("9 products")


@pytest.mark.long
def test_a_feature_map_of_a_bank_is_opened(page, open_page):
    open_page(page, "/picture?look=bank")
    tiles = page.locator(".gallery [data-id], .gallery figure")
    expect(tiles.first).to_be_visible()
    page.locator(".gallery").get_by_role("button", name="Open").nth(1).click()
    wait_until_drawn(page)
    expect(page.get_by_text("Result: Sobel, horizontal edges")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/picture\?kernel=sobel-down&row=346&column=294$"))


@pytest.mark.long
def test_channels_border_and_histogram_draw_without_a_complaint(page, open_page):
    open_page(page, "/picture?picture=coffee&look=channels")
    expect(page.get_by_text("Three ways to treat colour")).to_be_visible()
    page.get_by_role("radio", name="Padding and stride").click()
    expect(page.get_by_text("A larger stride, a smaller picture")).to_be_visible()
    page.get_by_role("radio", name="Original and result").click()
    wait_until_drawn(page)
    page.get_by_text("Histogram of values").click()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


@pytest.mark.long
def test_a_link_brings_the_same_screen_back(page, open_page):
    link = "/picture?picture=cat&kernel=own&w=0+1_-1+0&divisor=2&stride=2x1&row=12&column=34"
    open_page(page, link)
    wait_until_drawn(page)
    before = place(page), answer(page)
    page.reload()
    wait_until_drawn(page)
    expect_place(page, *before[0])
    assert answer(page) == before[1]
    assert set(re.split(r"[?&]", page.url)) >= {"picture=cat", "row=12", "column=34"}


@pytest.mark.long
def test_a_text_that_is_called_a_picture_gets_one_sentence(page, open_page):
    open_page(page, "/picture")
    wait_until_drawn(page)
    upload(page, "letter.png", b"Dear Sir or Madam")
    expect_refused(page, "This is text, not a picture")


def expect_refused(page: Page, sentence: str) -> None:
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text(sentence)
    expect(page.get_by_text("512 high × 512 wide")).to_be_visible()


def test_half_a_picture_and_a_file_over_20_megabytes_are_refused_in_words_that_can_be_seen(
    page, open_page, tmp_path
):
    open_page(page, "/picture")
    wait_until_drawn(page)
    upload(page, "half.jpg", photograph(90, 90, format="JPEG")[:-300])
    expect_refused(page, "is incomplete or damaged")
    large = tmp_path / "large.png"
    large.write_bytes(bytes(21 * 2**20))
    page.locator("input[type=file]").set_input_files(large)
    refused = page.get_by_test_id("stFileUploader").filter(
        has=page.get_by_test_id("stFileChipIconError")
    )
    expect(refused).to_be_visible()
    content = "node => getComputedStyle(node, '::after').content"

    def is_said():
        assert "larger than 20 MB" in refused.evaluate(content)

    eventually(page, is_said)


@pytest.mark.long
def test_twelve_megapixels_show_at_once_and_stay_below_a_gigabyte(page, open_page, server):
    open_page(page, "/picture")
    wait_until_drawn(page)
    upload(page, "large.jpg", photograph(3000, 4000, format="JPEG", quality=80))
    expect(page.get_by_text("Shrunk from 3,000 × 4,000")).to_be_visible()
    page.get_by_text("Full size", exact=True).click()
    expect(page.get_by_text("3,000 high × 4,000 wide")).to_be_visible()
    choose(page, "Kernel", "Edges, 8 neighbours")
    expect(page.get_by_text("2,998 high × 3,998 wide")).to_be_visible()
    expect(
        page.get_by_text("Drawn smaller: each pixel is the mean of 6 × 6.").first
    ).to_be_visible()
    with open(f"/proc/{server.process.pid}/status") as status:
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1))
    assert peak < 1_000_000


@pytest.mark.parametrize(
    "scheme, width, height", sampled([("light", 1280, 720), ("dark", 390, 844)], 0)
)
def test_it_fits_the_screen(new_page, open_page, scheme, width, height):
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": height})
    address = "/picture?picture=coffee&colour=each&kernel=sharpen&look="
    open_page(page, f"{address}channels")
    for look in ("channels", "bank", "border"):
        turn(page, f"{address}{look}")
        expect(page.locator(".gallery canvas").first).to_be_visible()
        page.wait_for_function(f"() => document.documentElement.scrollWidth <= {width}")
    turn(page, f"{address}compare")
    wait_until_drawn(page)
    page.wait_for_function(f"() => document.documentElement.scrollWidth <= {width}")

    def fits():
        original = page.locator("[data-panel=original] .pixels").bounding_box()
        result = page.locator("[data-panel=result] .pixels").bounding_box()
        if width == 1280:
            assert result["x"] > original["x"] + original["width"]
            ends_above(page.locator(".loupe .strip"), height)
        else:
            assert original["x"] + original["width"] <= width

    eventually(page, fits)


@pytest.mark.long
def test_on_a_phone_the_list_of_kernels_stays_above_the_pictures(new_page, open_page):
    page = new_page(viewport={"width": 390, "height": 844})
    open_page(page, "/picture")
    wait_until_drawn(page)
    kernels = page.get_by_role("combobox", name="Kernel")

    def top(part):
        return part.bounding_box()["y"]

    result, editor = page.locator("[data-panel=result] .pixels"), page.get_by_role("grid").first

    def in_order():
        assert top(kernels) < top(page.locator("[data-panel=original] .pixels")) < top(result)
        assert top(result) < top(editor)

    def scrolled_away():
        assert top(result) < 0, "but for the list"

    eventually(page, in_order)
    editor.scroll_into_view_if_needed()
    eventually(page, scrolled_away)
    choose(page, "Kernel", "Box blur")
    expect(page.get_by_text("Result: Box blur")).to_be_attached()

    def is_on_top():
        assert 0 < top(kernels) < 120

    eventually(page, is_on_top)


@pytest.mark.long
def test_a_sum_of_49_products_is_on_the_first_screen(page, open_page):
    open_page(page, "/picture?kernel=gaussian&ksize=7x7")
    wait_until_drawn(page)
    expect(page.locator(".loupe .sum")).to_contain_text("49 products")
    eventually(page, lambda: ends_above(page.locator(".loupe .sum .shown").last, 720))


def test_the_presenter_view_holds_all_on_one_screen_and_a_clicker_goes_from_map_to_map(
    page, open_page
):
    open_page(page, "/picture?kernel=corner&present=1")
    wait_until_drawn(page)
    for part in (
        "[data-panel=original] .pixels",
        "[data-panel=result] .pixels",
        ".loupe .term.kernel .grid",
    ):
        eventually(page, partial(lies_within, page.locator(part), 0, 720))
    expect(page.get_by_role("combobox")).to_have_count(0)
    turn(page, "/picture?look=bank&present=1")
    expect(page.locator(".gallery canvas").first).to_be_visible()
    in_turn = []
    for key in ("PageDown", "PageDown", "PageUp"):
        page.keyboard.press(key)
        focused = page.locator(".gallery .open:focus")
        expect(focused).to_be_in_viewport()
        in_turn.append(focused.get_attribute("aria-label"))
    first, second, again = in_turn
    assert first == again == "Open Sobel, vertical edges (Gx)"
    assert second == "Open Sobel, horizontal edges (Gy)"
    page.keyboard.press("PageDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Result: Sobel, horizontal edges")).to_be_visible()


@pytest.mark.long
def test_back_from_the_sliding_window_brings_this_very_screen_back(page, open_page):
    open_page(page, "/picture?picture=coffee&row=126&column=204&kernel=box")
    page.get_by_role("button", name="Send to the sliding window").click()
    expect(page).to_have_url(re.compile("x=u8"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/picture\?.*kernel=box"))
    expect(page.get_by_role("spinbutton", name="Row", exact=True)).to_have_value("126")

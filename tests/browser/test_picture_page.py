"""The Picture page as a visitor uses it: photograph, kernel, result, patch, sliding window."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

PATCH = "[data-panel=original] .patch"


def pixels_of(page: Page, panel: str) -> np.ndarray:
    """What a canvas holds, (H, W, 4)."""
    height, width, values = page.locator(f"[data-panel={panel}] .pixels").evaluate(
        """canvas => [canvas.height, canvas.width, Array.from(
            canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data)]"""
    )
    return np.array(values, dtype=np.uint8).reshape(height, width, 4)


def wait_until_drawn(page: Page) -> None:
    expect(page.locator(".where")).to_contain_text("Patch of")
    for panel in ("original", "result"):
        page.wait_for_function(
            """panel => {
                const host = [...document.querySelectorAll('[class*=st-key-pictures] *')]
                    .find(node => node.shadowRoot?.querySelector('.pair'));
                return host?.shadowRoot.querySelector(`[data-panel=${panel}] canvas`).width > 1;
            }""",
            arg=panel,
        )


def corner(page: Page) -> tuple[int, int]:
    """Row and column that the words below the pictures name."""
    text = page.locator(".where").inner_text()
    row, column = re.search(r"row (\d+), column (\d+)", text).groups()
    return int(row), int(column)


def photograph(height: int, width: int, **options) -> bytes:
    """A picture with an edge in the middle: dark left half, light right half, some noise."""
    noise = np.random.default_rng(1).integers(0, 20, (height, width))
    grey = np.where(np.arange(width) < width // 2, 40, 200) + noise
    file = io.BytesIO()
    Image.fromarray(grey.astype(np.uint8)).save(file, **({"format": "PNG"} | options))
    return file.getvalue()


def upload(page: Page, name: str, data: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def test_photograph_kernel_patch_sliding_window(page, open_page, wait_until_idle):
    open_page(page, "/picture")
    wait_until_drawn(page)
    upload(page, "mine.png", photograph(120, 160))
    expect(page.get_by_text("120 high × 160 wide")).to_be_visible()
    choose(page, "Kernel", "Prewitt, vertical edges")
    expect(page.get_by_text("Result: Prewitt, vertical edges")).to_be_visible()
    expect(page.get_by_text("118 high × 158 wide")).to_be_visible()
    result = pixels_of(page, "result")[..., 0].astype(int)
    assert abs(result[:, 78:80] - 128).min() > 60  # the edge answers, at the left of its middle
    assert abs(np.median(result) - 128) <= 12  # the rest is near zero: mid grey

    page.locator(PATCH).focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowUp")
    assert corner(page) == (55, 84)
    page.get_by_role("button", name="Send this patch").click()
    expect(page.locator(".stage")).to_be_visible()
    wait_until_idle(page)
    assert "size=8x8" in page.url
    assert "x=u8" in page.url

    page.get_by_test_id("stTopNavLink").nth(1).click()
    expect(page.get_by_text("120 high × 160 wide")).to_be_visible()
    wait_until_drawn(page)
    assert corner(page) == (55, 84)


def test_pixels_arrive_exactly(page, open_page):
    open_page(page, "/picture?picture=shapes&kernel=identity&padding=same")
    wait_until_drawn(page)
    original = pixels_of(page, "original")
    assert original.shape == (400, 600, 4)
    assert (original[..., 3] == 255).all()
    # The stair of greys that the drawing promises: 0, 17, 34 … 255.
    assert original[350, 25::35, 0].tolist()[:16] == [17 * step for step in range(16)]
    np.testing.assert_array_equal(pixels_of(page, "result"), original)


def test_the_patch_follows_the_mouse_on_both_pictures_and_the_address_follows_it(page, open_page):
    open_page(page, "/picture?picture=shapes&stride=2x2")
    wait_until_drawn(page)
    for panel, place in (("original", (0.25, 0.4)), ("result", (0.75, 0.25))):
        box = page.locator(f"[data-panel={panel}] .pixels").bounding_box()
        at = [box["x"] + place[1] * box["width"], box["y"] + place[0] * box["height"]]
        page.mouse.move(at[0] - 30, at[1] - 20)
        page.mouse.down()
        page.mouse.move(*at, steps=5)
        page.mouse.up()
        row, column = corner(page)
        assert abs(row + 4 - place[0] * 400) <= 4
        assert abs(column + 4 - place[1] * 600) <= 4
        expect(page).to_have_url(re.compile(f"row={row}&column={column}"))
    expect(page.get_by_role("spinbutton", name="Patch row")).to_have_value(str(corner(page)[0]))


def test_keys_keep_their_focus_and_place_across_reruns(page, open_page, wait_until_idle):
    open_page(page, "/picture")
    wait_until_drawn(page)
    page.locator(PATCH).focus()
    start = corner(page)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(400)  # longer than the pause after which the patch is committed
    wait_until_idle(page)
    page.keyboard.press("ArrowDown")
    assert corner(page) == (start[0] + 4, start[1])
    assert page.locator(PATCH).evaluate("node => node.matches(':focus')")


def test_a_link_brings_the_same_screen_back(page, open_page):
    link = "/picture?picture=cat&kernel=own&w=0+1_-1+0&divisor=2&stride=2x1&row=12&column=34"
    open_page(page, link)
    wait_until_drawn(page)
    assert corner(page) == (12, 34)
    before = pixels_of(page, "result")
    page.reload()
    wait_until_drawn(page)
    assert corner(page) == (12, 34)
    np.testing.assert_array_equal(pixels_of(page, "result"), before)
    assert set(re.split(r"[?&]", page.url)) >= {"picture=cat", "row=12", "column=34"}


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("letter.png", b"Dear Sir or Madam", "This is text, not a picture"),
        ("half.jpg", photograph(90, 90, format="JPEG")[:-300], "is incomplete or damaged"),
    ],
)
def test_a_file_that_is_no_picture_gets_one_sentence(page, open_page, name, data, sentence):
    open_page(page, "/picture")
    wait_until_drawn(page)
    upload(page, name, data)
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text(sentence)
    expect(page.get_by_text("512 high × 512 wide")).to_be_visible()


def test_twelve_megapixels_stay_below_a_gigabyte(page, open_page, server):
    open_page(page, "/picture")
    wait_until_drawn(page)
    upload(page, "large.jpg", photograph(3000, 4000, format="JPEG", quality=80))
    expect(page.get_by_text("3,000 high × 4,000 wide")).to_be_visible(timeout=30_000)
    choose(page, "Kernel", "Edges, 8 neighbours")
    expect(page.get_by_text("2,998 high × 3,998 wide")).to_be_visible(timeout=30_000)
    expect(
        page.get_by_text("Drawn smaller: each pixel is the mean of 6 × 6.").first
    ).to_be_visible()
    with open(f"/proc/{server.process.pid}/status") as status:
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1))
    assert peak < 1_000_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_the_screen(new_page, open_page, scheme, width):
    height = {1280: 720, 390: 844}[width]
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": height})
    open_page(page, "/picture?picture=coffee&colour=1&kernel=sharpen")
    wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    original = page.locator("[data-panel=original] .pixels").bounding_box()
    result = page.locator("[data-panel=result] .pixels").bounding_box()
    if width == 1280:
        assert result["x"] > original["x"] + original["width"]
        send = page.get_by_role("button", name="Send this patch").bounding_box()
        assert send["y"] + send["height"] <= height
    else:
        assert result["y"] > original["y"] + original["height"]
        assert original["x"] + original["width"] <= width


def test_the_presenter_view_holds_both_pictures_and_the_kernel_on_one_screen(page, open_page):
    open_page(page, "/picture?kernel=corner&present=1")
    wait_until_drawn(page)
    expect(page.locator(".taps")).to_be_visible()
    for part in ("[data-panel=original] .pixels", "[data-panel=result] .pixels", ".taps"):
        box = page.locator(part).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720
    expect(page.get_by_role("combobox")).to_have_count(0)


def test_back_from_the_sliding_window_brings_this_very_screen_back(page, open_page):
    open_page(page, "/picture?picture=coffee&row=126&column=204&kernel=box")
    page.get_by_role("button", name="Send this patch to the sliding window").click()
    expect(page).to_have_url(re.compile("x=u8"))
    page.wait_for_timeout(800)  # a person is slower than the address
    page.go_back()
    expect(page).to_have_url(re.compile(r"/picture\?.*kernel=box"))
    expect(page.get_by_label("Patch row")).to_have_value("126")


def test_a_file_over_20_megabytes_is_refused_in_words_that_can_be_seen(page, open_page):
    open_page(page, "/picture")
    upload(page, "large.png", bytes(21 * 2**20))
    refused = page.get_by_test_id("stFileUploader").filter(
        has=page.get_by_test_id("stFileChipIconError")
    )
    expect(refused).to_be_visible()
    said = refused.evaluate("node => getComputedStyle(node, '::after').content")
    assert "larger than 20 MB" in said

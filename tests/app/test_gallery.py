"""The gallery of picture tiles: what is sent, what is refused, and what a browser makes of it."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from app.components import gallery as gallery_module
from app.components.assets import component_text
from app.components.gallery import PARTS, Operator, Row, Tile
from app.components.gallery.payload import packed_gallery
from app.components.palette import ROLES
from app.pictures.png import png_of

FOLDER = Path(gallery_module.__file__).parent
TEXT = component_text(FOLDER, PARTS)
SETTINGS = {
    "columns": None,
    "same_scale": False,
    "enlarged": False,
    "tall": 0.5,
    "present": False,
    "commits": {"of": "maps", "session": "one", "seen": 0},
}


def flat(value: int, height: int = 20, width: int = 30) -> bytes:
    return png_of(np.full((1, height, width), value, dtype=np.uint8))


def tile(name: str, value: int = 0, **more) -> Tile:
    return Tile(name, f"Map {name}", flat(value), (20, 30), **more)


def read(data: bytes) -> tuple[dict, bytes]:
    """The header and what follows it, by the written format."""
    length = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + length]), data[4 + length :]


# --- what is sent ---


def test_every_picture_is_found_where_the_header_says():
    rows = [Row("A", [tile("a", 10), Operator("+"), tile("b", 20)]), Row("B", [tile("c", 10)])]
    header, files = read(packed_gallery(rows, **SETTINGS))
    cells = [cell for row in header["rows"] for cell in row["cells"]]
    sent = [files[start : start + length] for start, length in (cell["png"] for cell in cells)]
    assert sent == [flat(10), flat(20), flat(10)]
    assert cells[0]["image"] == cells[2]["image"] != cells[1]["image"]
    assert [cell["operator"] for cell in cells] == [None, {"text": "+", "words": "plus"}, None]


def test_a_screen_reader_hears_title_facts_and_ring():
    marked = tile("a", facts=("0 to 9", "20 × 30."), mark=(3, 4), mark_note="9")
    assert marked.about == "Map a. 0 to 9. 20 × 30. Ring at row 3, column 4: 9."


def test_a_kernel_is_sent_as_texts_and_tints_without_a_minus_at_zero():
    taps = ((0.0, -0.0), (-2.0, 0.5))
    header, _ = read(packed_gallery([Row("", [Tile("k", "Kernel", b"", (2, 2), kernel=taps)])]))
    kernel = header["rows"][0]["cells"][0]["kernel"]
    assert kernel["texts"] == ["0", "0", "−2", "0.5"]
    assert kernel["tints"] == [0, 0, -55, 14]  # at most TINT, 0.55
    assert kernel["about"] == "2 × 2 kernel, row by row: 0, 0; −2, 0.5"
    assert kernel["short"] == "2 × 2 kernel, −2 to 0.5, sum −1.5"


def test_a_kernel_of_zeros_has_no_tint():
    header, _ = read(packed_gallery([Row("", [tile("k", kernel=((0.0, 0.0),))])]))
    assert header["rows"][0]["cells"][0]["kernel"]["tints"] == [0, 0]


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([tile("a"), tile("a")], "two tiles have the id 'a'; give each its own"),
        ([tile("a"), Operator("=")], "Sum: = leads to no tile; put one after it"),
        ([tile("a"), Operator("+"), Operator("="), tile("b")], r"Sum: \+ and = stand side by side"),
        ([replace(tile("a"), png=b"")], "tile 'a' has no pixels and no kernel"),
        ([tile("a", mark=(20, 0))], "row 20, column 0 is not one of its 20 × 30 pixels"),
        ([tile("a", mark=(0, -1))], "row 0, column -1 is not one of"),
    ],
)
def test_what_cannot_be_shown_is_refused(items, words):
    with pytest.raises(ValueError, match=words):
        packed_gallery([Row("Sum", items)])


def test_every_part_is_joined_small_and_in_the_palette():
    own = {part for part in PARTS if "/" not in part}
    assert own == {path.name for path in FOLDER.glob("*.mjs")}
    assert len(TEXT.js.encode()) < 15_500
    css = (FOLDER / "gallery.css").read_text(encoding="utf-8")
    assert set(re.findall(r"--ss-([\w-]+)", css)) <= set(ROLES)


# --- in a real browser ---

MOUNT = """async ({ html, css, js, data }) => {
  const root = document.getElementById('host').attachShadow({ mode: 'open' });
  root.innerHTML = '<style>' + css + '</style>' + html;
  const file = new Blob([js], { type: 'text/javascript' });
  const { default: mount } = await import(URL.createObjectURL(file));
  const calls = [];
  const show = (numbers) => mount({
    data: Uint8Array.from(numbers), parentElement: root,
    // Of commits, which are sent as the list of those not taken in yet, the last one is new.
    setStateValue: (name, { list }) => calls.push(list.at(-1).slice(1)),
  });
  const canvases = () => Object.fromEntries([...root.querySelectorAll('.tile')].map((figure) => {
    const canvas = figure.querySelector('canvas');
    return [figure.querySelector('.title').textContent, canvas];
  }));
  const painted = () => Object.entries(canvases()).map(([title, canvas]) =>
    [title, canvas.getContext('2d').getImageData(0, 0, 1, 1).data[0]]);
  Object.assign(window, { root, calls, show, canvases, painted });
  show(data);
}"""


@pytest.fixture
def shown(blank_page):
    """`shown(rows)`: a page with these rows; `shown.again(rows)` shows others in their place."""
    page = blank_page(960, 720)
    style = "--st-background-color:#ffffff;--st-text-color:#31333f"
    page.set_content(f'<body style="{style}"><div id="host"></div>')

    def show(rows, **settings):
        data = {"data": list(packed_gallery(rows, **(SETTINGS | settings)))}
        page.evaluate(MOUNT, {**TEXT._asdict(), **data})
        return page

    def again(rows, **settings):
        page.evaluate(
            "(data) => { show(data); }", list(packed_gallery(rows, **(SETTINGS | settings)))
        )

    show.again = again
    return show


def wait_for_pixels(page, expected: list) -> None:
    page.wait_for_function("(expected) => JSON.stringify(painted()) === expected",
                           arg=json.dumps(expected, separators=(",", ":")))  # fmt: skip


def test_a_new_order_moves_tiles_and_draws_only_what_changed(shown):
    rows = [Row("Maps", [tile("a", 10), tile("b", 20), tile("c", 30)])]
    page = shown(rows)
    wait_for_pixels(page, [["Map a", 10], ["Map b", 20], ["Map c", 30]])
    # A pixel of another value shows later whether a canvas was drawn on again.
    page.evaluate("""Object.values(canvases()).forEach((canvas) => {
        const pen = canvas.getContext('2d');
        pen.fillStyle = 'rgb(99, 99, 99)';
        pen.fillRect(0, 0, 1, 1);
    })""")
    shown.again([Row("Maps", [tile("c", 30), tile("a", 40), tile("d", 50)])])
    wait_for_pixels(page, [["Map c", 99], ["Map a", 40], ["Map d", 50]])


def test_a_tile_opens_by_button_by_key_and_by_its_picture(shown):
    page = shown([Row("", [tile("a", 10, open=True), tile("b", 20, open=True), tile("c", 30)])])
    page.get_by_role("button", name="Open Map a").click()
    page.get_by_role("button", name="Open Map b").focus()
    page.keyboard.press("Enter")
    page.get_by_role("img", name="Map a.").click()
    page.get_by_role("img", name="Map c.").click()
    assert page.evaluate("calls") == [["open", "a"], ["open", "b"], ["open", "a"]]
    expect(page.get_by_role("button")).to_have_count(2)


def test_the_focus_stays_on_its_tile_when_the_order_changes(shown):
    tiles = [tile(name, 10, open=True) for name in "abc"]
    page = shown([Row("", tiles)])
    page.get_by_role("button", name="Open Map c").focus()
    shown.again([Row("", tiles[::-1])])
    page.wait_for_function("() => root.querySelector('.title').textContent === 'Map c'")
    assert page.evaluate("root.activeElement.getAttribute('aria-label')") == "Open Map c"


def test_few_pixels_are_drawn_sharp_and_ring_and_frame_lie_on_theirs(shown):
    small = Tile("s", "Small", flat(90, 10, 10), (10, 10), mark=(2, 7), frame=(1, 1, 8, 8))
    page = shown([Row("", [small])], enlarged=True)
    page.wait_for_function("() => root.querySelector('canvas.large') !== null")
    canvas = page.locator("canvas").bounding_box()
    scale = canvas["width"] / 10
    assert scale == int(scale) >= 20
    ring = page.locator(".mark .line").bounding_box()
    centre = (ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    assert centre == pytest.approx((canvas["x"] + 7.5 * scale, canvas["y"] + 2.5 * scale), abs=0.6)
    border = page.locator(".border .line").evaluate(
        "path => { const { x, y, width, height } = path.getBBox(); return [x, y, width, height]; }"
    )
    assert border == pytest.approx([scale, scale, 8 * scale, 8 * scale])
    overlay = page.locator(".overlay").bounding_box()
    assert overlay == pytest.approx(canvas, abs=0.1)


def test_a_large_kernel_tells_its_numbers_to_whoever_points_at_it_or_comes_by_key(shown):
    taps = tuple(tuple(float(row == column) for column in range(7)) for row in range(7))
    page = shown([Row("", [tile("a", kernel=taps), tile("b")])])
    tip = page.locator(".tip").first
    expect(tip).to_be_hidden()
    page.locator(".taps").first.hover()
    expect(tip).to_be_visible()
    page.mouse.move(900, 700)
    page.keyboard.press("Tab")
    expect(tip).to_be_visible()
    expect(tip.locator("span")).to_have_count(49)


def test_a_phone_needs_no_sideways_scrolling(shown):
    row = [tile("a"), Operator("+"), tile("b"), Operator("="), tile("c", kernel=((1.0, -1.0),))]
    page = shown([Row("Sum", row)])
    page.set_viewport_size({"width": 390, "height": 720})
    page.wait_for_function("() => root.querySelector('.cells').style.columnGap === '0px'")
    page.wait_for_function("() => document.documentElement.scrollWidth <= 390")
    boxes = [box.bounding_box() for box in page.locator(".frame").all()]
    assert boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"]
    expect(page.get_by_role("img", name="equals")).to_be_visible()


def test_presented_rows_that_have_no_room_together_are_turned_one_by_one(shown):
    rows = [Row(f"layer {n}", [tile(f"{n}.{k}") for k in range(12)], "Values.") for n in range(4)]
    page = shown(rows, present=True, first=1)
    page.evaluate("addEventListener('keydown', (event) => (window.taken = event.defaultPrevented))")
    on_show, where = page.locator("section").filter(visible=True), page.get_by_role("status")
    expect(on_show).to_have_count(1)
    expect(where).to_have_text("layer 1: 2 of 4")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.keyboard.press("ArrowRight")
    expect(on_show.get_by_role("heading")).to_have_text("layer 2")
    page.get_by_role("button", name="Next").click()
    expect(where).to_have_text("layer 3: 4 of 4")
    assert page.evaluate("taken")
    page.keyboard.press("PageDown")  # a clicker goes on to the next look
    expect(where).to_have_text("layer 3: 4 of 4")
    assert not page.evaluate("taken")
    shown.again(rows[::-1], present=True)
    expect(where).to_have_text("layer 3: 1 of 4")
    shown.again(rows[:1], present=True)
    expect(page.get_by_role("button")).to_have_count(0)
    shown.again(rows)
    expect(on_show).to_have_count(4)

"""The loupe in a real browser, mounted in a plain page: what it reads, sends and keeps."""

import base64
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from app.components.assets import component_text
from app.components.loupe import _FOLDER, PARTS, KernelShown, Panel, Pin
from app.components.loupe.payload import packed_loupe
from app.pictures.png import png_of
from kernels import ConvSpec, conv2d, layer_formulas
from kernels.layers.geometry import window_near
from kernels.pictures.photograph import photograph_answer

SIZE = (60, 90)
PHOTO = np.random.default_rng(4).integers(0, 256, (3, *SIZE), dtype=np.uint8)
TAPS = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])

MOUNT = """async ({ html, css, js }) => {
  const root = document.getElementById('host').attachShadow({ mode: 'open' });
  root.innerHTML = '<style>' + css + '</style>' + html;
  const file = new Blob([js], { type: 'text/javascript' });
  const { default: mount } = await import(URL.createObjectURL(file));
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const note = (data) => {
    const length = new DataView(data.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
    const first = 4 + length;
    const bytesOf = ([start, count]) => data.subarray(first + start, first + start + count);
    slideAndSumMessages.put(header.name, { header, bytesOf });
  };
  // Decoding takes its time; when nothing is being decoded, the next frames draw all that there is.
  let decoding = 0;
  const own = createImageBitmap;
  window.createImageBitmap = (...parts) => {
    decoding += 1;
    return own(...parts).finally(() => { decoding -= 1; });
  };
  const twoFrames = () => new Promise(
    (done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  window.allDrawn = async () => {
    do await twoFrames(); while (decoding);
    await twoFrames();
  };
  window.calls = [];
  // Of commits, which are sent as the list of those not taken in yet, the last one is new.
  const keep = (name, value) => calls.push(
    name === 'commits' ? value.list.at(-1).slice(1) : [name, value]);
  const call = (data) => mount(
    { data, parentElement: root, setStateValue: keep });
  window.send = (parts) => {
    const [words, original, pinned] = parts.map(bytes);
    window.stop = call(words);
    note(original);
    note(pinned);
  };
}"""


def sent(
    place=(30, 45),
    *,
    grey=True,
    taps=TAPS,
    divisor=4.0,
    sums_over=False,
    factor=1,
    wrong=0.0,
    about="Original: noise",
    layer=None,
    **options,
) -> list[str]:
    """The three messages, as text for the page."""
    planes = PHOTO[:1] if grey else PHOTO
    layer = {"padding": 1, "padding_mode": "reflect"} | (layer or {})
    spec = ConvSpec(1, 1, taps.shape, bias=False, **layer)
    axes = spec.axes(SIZE)
    shown = np.zeros((1 if sums_over else len(planes), axes[0].output, axes[1].output), np.uint8)
    weights = taps / divisor
    mode = layer["padding_mode"]
    index = tuple(window_near(axis, at) for axis, at in zip(axes, place, strict=True))
    slices = np.stack([weights] * len(planes)) if sums_over and weights.ndim == 2 else weights
    answer = photograph_answer(planes, slices, spec, 0.0, index)
    pin = Pin(*place, index, answer.window, tuple(value + wrong for value in answer.values))
    parts = packed_loupe(
        Panel("Original", about, png_of(planes[:, ::factor, ::factor]), SIZE, ("60 × 90",), factor),
        Panel("Result", "Result: Sobel", png_of(shown), shown.shape[1:], ("60 × 90",), 1),
        pin,
        axes,
        mode,
        0,
        KernelShown("Sobel", taps, divisor, 0, sums_over),
        [f for f in layer_formulas(spec, SIZE) if f.id == "height"],
        **{
            "compare": "side",
            "present": False,
            "turns": False,
            "key": "loupe",
            "commits": {"session": "one", "seen": 0},
        }
        | options,
    )
    return [base64.b64encode(part).decode() for part in parts]


@pytest.fixture
def mounted(blank_page):
    """Mount the loupe; whatever the test does, nothing is logged as an error."""
    text = component_text(_FOLDER, PARTS)

    def mount(width: int = 940, **settings):
        page = blank_page(max(width + 16, 390), 720)
        style = "--st-background-color:#ffffff;--st-text-color:#31333f;--st-font:sans-serif"
        page.set_content(
            f'<body style="margin:8px;{style}"><div id="host" style="width:{width}px"></div>'
        )
        page.evaluate(MOUNT, text._asdict())
        update(page, **settings)
        page.wait_for_function(
            "() => document.getElementById('host').shadowRoot.querySelector('.at').textContent"
        )
        return page

    return mount


def update(page, **settings):
    page.evaluate("(parts) => send(parts)", sent(**settings))


def settle(page):
    """Wait until what was sent, pressed or pointed at is drawn."""
    page.evaluate("allDrawn()")


def frame(page, panel="original"):
    return page.locator(f"[data-panel={panel}] .frame").bounding_box()


def text(page, part: str) -> str:
    settle(page)
    return page.locator(part).inner_text()


def point(page, row, column, panel="original", scale=None):
    """The middle of a pixel on the screen, in the fitted picture."""
    box = frame(page, panel)
    scale = scale or min(box["height"] / SIZE[0], box["width"] / SIZE[1])
    return box["x"] + (column + 0.5) * scale, box["y"] + (row + 0.5) * scale


def value(said: str) -> float:
    return float(said.replace("−", "-").replace("=", ""))


@pytest.mark.parametrize("panel", ["original", "result"])
def test_the_strip_follows_the_pointer_and_says_what_the_layer_gives(mounted, panel):
    page = mounted()
    padded = np.pad(PHOTO[:1].astype(float), ((0, 0), (1, 1), (1, 1)), mode="reflect")
    answer = conv2d(padded, TAPS[None, None])[0]
    for row, column in [(0, 0), (59, 89), (30, 1), (17, 62), (58, 40)]:
        page.mouse.move(*point(page, row, column, panel))
        corner = " (top left)" if (row, column) == (0, 0) else ""
        said = f"→ result row {row}, column {column}{corner}"
        expect(page.locator(".gives")).to_have_text(said)
        assert value(text(page, "dd.result")) == pytest.approx(answer[row, column] / 4, rel=1e-4)
        cells = page.locator(".term.input .grid span").all_inner_texts()
        window = padded[0, row : row + 3, column : column + 3]
        assert [int(cell) for cell in cells] == window.ravel().tolist()
    page.mouse.move(5, 715)
    expect(page.locator(".at")).to_have_text(re.compile("^Pinned: rows 29–31, columns 44–46"))
    assert page.evaluate("calls") == []


def test_cells_in_the_padding_are_marked(mounted):
    page = mounted(place=(0, 5))
    marks = page.locator(".term.input .grid span").evaluate_all(
        "cells => cells.map(cell => cell.classList.contains('padded'))"
    )
    assert marks == [True] * 3 + [False] * 6


def test_a_click_pins_what_is_under_it_and_commits_it_once(mounted):
    page = mounted()
    page.clock.install()
    page.mouse.click(*point(page, 10, 20))
    page.mouse.move(5, 715)
    expect(page.locator(".at")).to_have_text("Pinned: rows 9–11, columns 19–21")
    page.wait_for_function("() => calls.length > 0")
    update(page, place=(30, 45))  # a run for another reason, which had not heard of it
    taken_in = {"session": "one", "seen": 1}
    update(page, place=(10, 20), commits=taken_in)  # the echo
    page.clock.run_for(1000)
    assert page.evaluate("calls") == [["place", [10, 20]]]
    expect(page.locator(".at")).to_have_text("Pinned: rows 9–11, columns 19–21")
    update(page, place=(40, 50), commits=taken_in)  # a box on the page
    expect(page.locator(".at")).to_have_text("Pinned: rows 39–41, columns 49–51")


def test_arrow_keys_move_the_pin_by_pixels_of_the_result(mounted):
    page = mounted(place=(31, 45), layer={"stride": (2, 2), "padding": 0, "padding_mode": "zeros"})
    page.locator(".pair").focus()
    for key in ("ArrowDown", "Shift+ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator(".gives")).to_have_text("→ result row 16, column 15")
    # One commit, or on a slow machine one after each key.
    page.wait_for_function("() => String(calls.at(-1)) === 'place,33,31'")


def test_zoom_is_kept_through_another_kernel_and_left_with_another_picture(mounted):
    page = mounted()
    fitted = text(page, ".zoom")
    for _ in range(3):
        page.locator("[data-act=in]").click()
    expect(page.locator(".zoom")).to_have_text("36×")
    update(page, taps=np.ones((5, 5)), divisor=25.0)
    expect(page.locator(".zoom")).to_have_text("36×")
    update(page, about="Original: another")
    expect(page.locator(".zoom")).to_have_text(fitted)
    page.locator(".pair").focus()
    page.keyboard.press("+")
    expect(page.locator(".zoom")).to_have_text("8×")
    page.keyboard.press("0")
    expect(page.locator(".zoom")).to_have_text(fitted)


def test_the_wheel_alone_scrolls_and_with_ctrl_zooms_about_the_pointer(mounted):
    page = mounted()
    fitted = text(page, ".zoom")
    page.mouse.move(*point(page, 20, 70))
    said = text(page, ".gives")
    page.mouse.wheel(0, -100)
    expect(page.locator(".zoom")).to_have_text(fitted)
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page.locator(".zoom")).not_to_have_text(fitted)
    assert said == "→ result row 20, column 70"
    expect(page.locator(".gives")).to_have_text(said)


def test_a_drag_pans_an_enlarged_picture_and_pins_nothing(mounted):
    page = mounted()
    for _ in range(2):
        page.locator("[data-act=in]").click()
    pinned = text(page, ".at")
    box = frame(page)
    page.mouse.move(box["x"] + 200, box["y"] + 150)
    before = text(page, ".gives")
    page.mouse.down()
    page.mouse.move(box["x"] + 264, box["y"] + 118, steps=4)
    page.mouse.up()
    expect(page.locator(".gives")).to_have_text(before)  # the picture went with the pointer
    page.mouse.move(box["x"] + 200, box["y"] + 150)
    expect(page.locator(".gives")).not_to_have_text(before)
    page.mouse.move(5, 715)
    expect(page.locator(".at")).to_have_text(pinned)
    assert page.evaluate("calls") == []


def test_colours_are_read_one_by_one_and_summed_where_the_layer_sums(mounted):
    page = mounted(grey=False, sums_over=True)
    window = PHOTO[:, 29:32, 44:47].astype(float)
    sums = (window * TAPS).sum(axis=(1, 2))
    parts = [value(part) for part in re.findall(r"[RGB] (\S+)", text(page, "dt.parts"))]
    assert parts == sums.tolist()
    assert value(text(page, "dd.result")) == pytest.approx(sums.sum() / 4, rel=1e-4)
    page.get_by_role("button", name="B", exact=True).click()
    expect(page.locator(".term.input .grid span")).to_have_text(
        [f"{cell:.0f}" for cell in window[2].ravel()]
    )


def test_a_wrong_value_is_said_and_not_hidden(mounted):
    page = mounted(wrong=3.0)
    expect(page.locator(".difference")).to_contain_text("but the layer computed")
    update(page)
    expect(page.locator(".difference")).to_be_hidden()


def test_a_picture_that_is_drawn_smaller_has_no_sum_until_it_is_pinned(mounted):
    page = mounted(factor=2)
    pinned = text(page, "dd.result")
    assert value(pinned) == pytest.approx((PHOTO[0, 29:32, 44:47] * TAPS).sum() / 4, rel=1e-4)
    page.mouse.move(*point(page, 10, 20))
    expect(page.locator("p.means")).to_have_text(
        "Drawn smaller: each value here is the mean of 2 × 2 pixels; click for the real ones."
    )
    expect(page.locator("dd.result")).to_be_hidden()
    page.mouse.move(5, 715)
    expect(page.locator("dd.result")).to_have_text(pinned)


@pytest.mark.parametrize("stride", [1, 2])
def test_under_the_curtain_both_sides_give_the_same_place(mounted, stride):
    layer = {"stride": (stride, stride), "padding_mode": "zeros"}
    page = mounted(compare="curtain", layer=layer)
    divider = page.locator(".divider")
    divider.focus()
    seen = []
    for key in ("Home", "End"):
        page.keyboard.press(key)
        settle(page)
        x, y = frame(page)["x"] + 200.3, frame(page)["y"] + 120.3
        page.mouse.move(x, y)
        seen.append(text(page, ".gives"))
        on = page.evaluate(
            "([x, y]) => document.getElementById('host').shadowRoot"
            ".elementFromPoint(x, y).closest('figure').dataset.panel",
            [x, y],
        )
        assert on == {"Home": "result", "End": "original"}[key]
    assert seen[0] == seen[1]
    assert divider.get_attribute("aria-valuenow") == "100"


def test_the_presenters_keys(mounted):
    page = mounted(present=True, turns=True)
    taken = "window.addEventListener('keydown', (event) => { taken = event.defaultPrevented; })"
    page.evaluate(taken)
    for key, calls in (("PageDown", [["turn", 1]]), ("PageUp", [["turn", 1], ["turn", -1]])):
        page.keyboard.press(key)
        assert page.evaluate("[calls, taken]") == [calls, True]
    # The way out is the page's, as is whatever else is pressed.
    page.keyboard.press("Escape")
    assert page.evaluate("[calls.length, taken]") == [2, False]
    # In a talk the clicker goes on to the next scene.
    page = mounted(present=True)
    page.evaluate(taken)
    page.keyboard.press("PageDown")
    assert page.evaluate("[calls, taken]") == [[], False]


@pytest.mark.parametrize("compare", ["side", "curtain"])
@pytest.mark.parametrize("side", [3, 7, 31])
def test_a_phone_needs_no_sideways_scrolling(mounted, compare, side):
    page = mounted(
        width=358,
        grey=False,
        sums_over=True,
        compare=compare,
        taps=np.full((side, side), -30.0),
        layer={"padding": 0, "padding_mode": "zeros"},
    )
    assert page.evaluate("document.documentElement.scrollWidth <= 390")


def test_after_the_last_cleanup_nothing_listens_any_more(mounted):
    page = mounted(present=True, turns=True)
    page.evaluate("document.getElementById('host').remove(); stop()")
    page.evaluate("new Promise((done) => setTimeout(done))")  # the cleanup's own timer is over
    page.keyboard.press("PageDown")
    assert page.evaluate("calls") == []


PREVIEW = """async (title) => {
  const pixels = new ImageData(6, 4);
  pixels.data.forEach((_, at) => { pixels.data[at] = at % 4 === 3 ? 255 : 40 * (at % 4) + 100; });
  const bitmap = await createImageBitmap(pixels);
  slideAndSumMessages.put('loupe preview', title && { id: title, title, bitmap });
}"""
MIDDLE = """node => [...node.getContext('2d')
  .getImageData(node.width / 4, node.height / 2, 1, 1).data.slice(0, 3)]"""


def test_a_preview_stands_in_for_the_result_until_it_is_taken_away_or_another_result_comes(mounted):
    page = mounted()
    settle(page)
    pixels, title = page.locator("[data-panel=result] .pixels"), "[data-panel=result] .title"
    assert pixels.evaluate(MIDDLE) == [0, 0, 0]
    for end in (lambda: page.evaluate(PREVIEW, None), lambda: update(page, taps=TAPS.T)):
        page.evaluate(PREVIEW, "Emboss")
        settle(page)
        assert text(page, title) == "Preview: Emboss"
        assert pixels.evaluate(MIDDLE) == [100, 140, 180]
        update(page, place=(10, 10))
        settle(page)
        assert text(page, title) == "Preview: Emboss", "a moved pin is no other result"
        end()
        settle(page)
        assert text(page, title) == "Result"
        assert pixels.evaluate(MIDDLE) == [0, 0, 0]

"""The stage's board: its share of the screen, what stays where it is, what is shown, what moves."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.runs import eventually, turn, wait_until_idle

pytestmark = pytest.mark.browser
WITH_KEYS = "/?example=unused-row"
SETTINGS = ("kernel", "stride", "padding", "dilation")
# Writes down what is animated, and lays a shift of the layout beside it.
FOLLOWED = """
window.moved = [];
window.shifts = 0;
const animate = Element.prototype.animate;
Element.prototype.animate = function (...given) {
  window.moved.push(this.getAttribute('class') ?? '');
  return animate.apply(this, given);
};
const add = (entries) => { for (const { value } of entries) window.shifts += value; };
const shifting = new PerformanceObserver((list) => add(list.getEntries()));
shifting.observe({ type: 'layout-shift', buffered: true });
// What has been added up since the last call, with what the browser has not told yet.
window.shifted = () => {
  add(shifting.takeRecords());
  const sum = window.shifts;
  window.shifts = 0;
  return sum;
};
"""
STILL = """
() => [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
  .map(({ shadowRoot }) => shadowRoot.querySelector('.stage'))
  .every((stage) => !stage?.getAnimations({ subtree: true }).length)
"""
# The drawing as it is seen: each shape and number with its place and its paint.
SEEN = """
(svg) => [...svg.querySelectorAll('rect, path, text')].filter((node) => node.checkVisibility({
  checkOpacity: true, checkVisibilityCSS: true,
})).flatMap((node) => {
  const { x, y, width, height } = node.getBoundingClientRect();
  const { fill, fillOpacity, stroke } = getComputedStyle(node);
  const round = (length) => Math.round(10 * length) / 10;
  const box = [x, y, width, height].map(round).join(' ');
  const words = node.tagName === 'text' ? node.textContent : '';
  const name = `${node.tagName} ${[...node.classList].sort().join(' ')}`;
  return width + height && (words || node.tagName !== 'text')
    ? [[name, box, words, fill, fillOpacity, stroke].join(' | ')]
    : [];
})
"""


@pytest.fixture
def at(open_page) -> Callable[..., Page]:
    """Open a page and wait until its stage is drawn."""

    followed = set()

    def open_(page: Page, path: str = "/") -> Page:
        if page not in followed:
            page.add_init_script(FOLLOWED)
            followed.add(page)
        open_page(page, path)
        expect(page.locator(".stage .count")).not_to_be_empty()
        return page

    return open_


def press(page: Page, setting: str) -> None:
    """One more of a setting, by the arrow key in its number."""
    number = page.locator(".strip").get_by_role("spinbutton", name=setting, exact=True)
    now = int(number.input_value())
    number.press("ArrowUp")
    expect(number).to_have_value(str(now + 1))


def cells(page: Page, kind: str):
    return page.locator(f".stage .panel.{kind} .cells")


def numbers(page: Page) -> list[str]:
    """The texts of the output's cells, empty ones left out."""
    return [text for text in cells(page, "output").locator("text").all_text_contents() if text]


def settled(page: Page) -> None:
    """Wait until the page is drawn and nothing moves."""
    wait_until_idle(page)
    page.wait_for_function(STILL)


def test_no_setting_shifts_layout_and_none_and_no_drawer_moves_input_transport_or_formulas(
    new_page, at
):
    page = at(new_page(viewport={"width": 1366, "height": 768}), "/?size=7x7")

    def places() -> list[float]:
        settled(page)
        corner = cells(page, "input").locator("rect").first.bounding_box()
        parts = [page.locator(f".stage {part}") for part in (".transport", ".formulas")]
        around = [part.bounding_box() for part in parts]
        return [corner["x"], corner["y"], *(box[edge] for box in around for edge in ("x", "y"))]

    before = places()

    # On the way cells slide and grow; where they come to rest is what counts.
    def stay() -> None:
        assert places() == before

    page.evaluate("shifted()")
    for setting in SETTINGS:
        press(page, setting)
        eventually(page, stay)
    assert page.evaluate("shifted()") < 0.02
    page.locator("summary").first.click()
    eventually(page, stay)


@pytest.mark.long
@pytest.mark.parametrize("setting", SETTINGS)
def test_after_a_change_the_picture_equals_that_of_a_fresh_page(new_page, at, setting):
    page = at(new_page(viewport={"width": 1366, "height": 768}), "/?size=7x7&padding=1x1")
    settled(page)
    press(page, setting)
    # A busy machine may show the new number long before the picture that follows from it.
    page.wait_for_function("() => moved.some((name) => name.includes('panel'))")
    settled(page)
    page.locator(".lead h1").hover()
    fresh = at(new_page(viewport={"width": 1366, "height": 768}), page.url)
    settled(fresh)
    fresh.locator(".lead h1").hover()

    def alike() -> None:
        changed, opened = (one.locator(".stage .picture").evaluate(SEEN) for one in (page, fresh))
        assert changed == opened

    eventually(fresh, alike)


def test_of_a_large_picture_no_node_is_touched_while_it_moves_and_negative_numbers_have_a_bar(
    page, at
):
    at(page, "/?size=16x16&cin=3&cout=2&x=random:3&w=random:4")
    settled(page)
    # From the frame after the first animation on.
    page.evaluate(
        """() => {
          const play = Element.prototype.animate;
          const picture = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
            .map(({ shadowRoot }) => shadowRoot.querySelector('.picture')).find(Boolean);
          window.touched = 0;
          const watcher = new MutationObserver((records) => { touched += records.length; });
          let begun = false;
          Element.prototype.animate = function (...given) {
            const animation = play.apply(this, given);
            if (!begun) requestAnimationFrame(() => {
              watcher.observe(picture, { subtree: true, attributes: true, childList: true });
            });
            begun = true;
            return animation;
          };
        }"""
    )
    press(page, "padding")
    page.wait_for_function("() => moved.length > 0")
    settled(page)
    assert len(page.evaluate("moved")) < 60
    assert page.evaluate("touched") == 0
    page.get_by_role("button", name="Show all").click()
    negative = cells(page, "output").locator("rect.negative")
    expect(negative.first).to_be_visible()

    def each_has_a_bar() -> None:
        bars = page.locator(".stage .panel.output .minus").all()
        assert sum(bar.get_attribute("d").count("M") for bar in bars) == negative.count()

    eventually(page, each_has_a_bar)


@pytest.mark.long
def test_two_quick_changes_leave_nothing_behind(page, at):
    at(page, "/?size=9x9")
    settled(page)
    for setting in ("stride", "padding", "stride", "dilation"):
        press(page, setting)
    expect(page).to_have_url(re.compile("dilation=2x2"))
    expect(page).to_have_url(re.compile("stride=3x3"))
    settled(page)
    expect(page.locator(".stage").locator(".ghost, .ripple, .gone")).to_have_count(0)


def test_a_longer_stride_draws_the_next_window_and_an_edit_reaches_its_readers(page, at):
    at(page, "/?size=7x7")
    press(page, "stride")
    page.wait_for_function("() => moved.includes('ghost')")
    settled(page)
    cells(page, "kernel").locator("rect").first.click(force=True)
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.wait_for_function("() => moved.includes('ripple kernel')")
    page.keyboard.press("Escape")
    cells(page, "input").locator("rect").first.click(force=True)
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.wait_for_function("() => moved.includes('ripple input')")


def test_with_reduced_motion_nothing_moves(new_page, at):
    page = at(new_page(reduced_motion="reduce"), "/?size=7x7")
    for setting in SETTINGS:
        press(page, setting)
    expect(page).to_have_url(re.compile("dilation=2x2"))
    settled(page)
    assert page.evaluate("moved") == []


def test_the_output_is_empty_until_it_is_visited_or_shown_which_stays_so_under_another_setting(
    page, at
):
    at(page)
    eventually(page, lambda: _equal(numbers(page), ["12"]))
    page.keyboard.press("ArrowRight")
    eventually(page, lambda: _equal(numbers(page), ["12", "12"]))
    cells(page, "output").locator("rect").nth(8).hover(force=True)
    eventually(page, lambda: _equal(numbers(page), ["12", "12", "14"]))
    table = page.locator(".stage .tables table").last
    eventually(page, lambda: _equal(table.get_by_text("not shown yet").count(), 6))
    page.get_by_role("button", name="Show all").click()
    eventually(page, lambda: _equal(len(numbers(page)), 9))
    press(page, "padding")
    expect(page).to_have_url(re.compile("padding=1x1"))
    eventually(page, lambda: _equal(len(numbers(page)), 25))
    page.get_by_role("button", name="Hide").click()
    eventually(page, lambda: _equal(len(numbers(page)), 1))
    page.locator(".scrub").focus()
    page.keyboard.press("End")
    eventually(page, lambda: _equal(len(numbers(page)), 25))


def test_unused_cells_say_what_they_are_and_what_would_use_them_is_one_press_away(page, at):
    at(page, "/?example=two-by-two")
    keys = page.locator(".stage .legend .key")
    expect(keys).to_have_count(0)
    turn(page, WITH_KEYS)
    unused = "The last row and the last column of the padded input are never used"
    expect(keys).to_have_text(["padded to 6 × 6", unused])
    expect(page.locator(".leftover")).to_contain_text("The last row and the last column")
    fills = keys.locator("rect").evaluate_all("all => all.map((one) => getComputedStyle(one).fill)")
    assert len(set(fills)) == 2
    page.get_by_role("button", name="What would use them?").click()
    offers = page.locator(".leftover .offer")
    expect(offers).to_have_text(["stride 1", "stride 3", "kernel 2", "kernel 4"])
    offers.first.click()
    expect(page).to_have_url(re.compile("stride=1x1"))
    wait_until_idle(page)
    expect(page.locator(".leftover")).to_be_hidden()


@pytest.mark.long
def test_the_planes_of_a_photograph_keep_their_own_light(page, at):
    at(page, "/channels")
    labels = page.locator(".stage .panel.input .label")
    expect(labels).to_have_text(["red", "green", "blue"])
    first = cells(page, "input").locator("rect").first
    red, green, blue = map(int, re.findall(r"\d+", first.evaluate("rect => rect.style.fill")))
    assert red > green
    assert red > blue


def test_a_weight_over_a_pixel_can_be_read_whatever_its_light(new_page, at):
    page = at(new_page(viewport={"width": 1920, "height": 1080}), "/channels")
    settled(page)
    leaves = page.locator(".stage .leaf")
    inks = leaves.evaluate_all("leaves => leaves.map((leaf) => leaf.dataset.ink)")
    assert set(inks) == {"light", "dark"}
    for ink in ("light", "dark"):
        text = page.locator(f".stage .leaf[data-ink={ink}] text").first
        assert text.text_content()
        fill, halo = text.evaluate(
            "text => [getComputedStyle(text).fill, getComputedStyle(text).stroke]"
        )
        assert contrast(fill, halo) >= 7


def test_under_forced_colours_numbers_and_outlines_take_them(new_page, at):
    page = at(new_page(forced_colors="active", viewport={"width": 1366, "height": 768}), WITH_KEYS)
    settled(page)
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    inks = page.locator(".stage .picture").evaluate(
        """svg => [...svg.querySelectorAll('.title, .key .says, .leaf text, .cells text')]
        .map((text) => getComputedStyle(text).fill)"""
    )
    assert min(contrast(ink, ground) for ink in set(inks)) >= 7
    tints = page.locator(".stage .panel.kernel .cells rect").evaluate_all(
        "all => all.map((one) => [getComputedStyle(one).fill, getComputedStyle(one).fillOpacity])"
    )
    assert len(set(map(tuple, tints))) > 1
    play = page.locator(".stage [data-act=play]")
    assert play.evaluate("one => getComputedStyle(one).backgroundColor") != ground


def test_on_a_phone_window_sum_result_and_keys_are_seen_together(new_page, at):
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    at(page, "/")
    eventually(page, partial(seen_together, page, "/"))
    path = "/?size=7x7&padding=1x1"
    turn(page, path)
    settled(page)
    eventually(page, partial(seen_together, page, path))


def seen_together(page: Page, path: str) -> None:
    """Assert that panels, sum and a number stand above the settings of a phone."""
    end = page.locator(".stage .strip").bounding_box()["y"]
    for part in (".panel.input .cells", ".panel.kernel .cells", ".panel.output .cells"):
        box = page.locator(f".stage {part}").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, (path, part)
        assert box["y"] >= 0 and box["y"] + box["height"] <= end, (path, part)
    box = page.locator(".calculation > .total .piece.output").bounding_box()
    assert box["y"] + box["height"] <= end, path
    assert numbers(page), path


@pytest.mark.long
def test_long_numbers_fit_their_cells(page, at):
    at(page, "/channels")
    page.get_by_role("button", name="Show all").click()
    expect(cells(page, "output").get_by_text("−1254")).to_be_visible()
    texts = cells(page, "output").locator("text")
    clipped = """texts => texts.filter((text) => text.getBoundingClientRect().width
      > text.previousElementSibling.getBoundingClientRect().width - 1).length"""
    eventually(page, lambda: _equal(texts.evaluate_all(clipped), 0))


def _equal(found: object, wanted: object) -> None:
    assert found == wanted


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written `rgb(…)`, as WCAG computes it."""

    def light(colour: str) -> float:
        shares = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)

"""Slide & sum, moment by moment: the products fly into the sum and the result into its cell.

Time stands still but where a test lets it pass, so that every moment can be looked at.
"""

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.mounted_stage import load, mount_stage, stop_time
from tests.sampled import sampled

FRAME = 17
FEW = 3 * FRAME
# What there is to be seen of the picture: texts and shapes that are not hidden, where they stand.
SEEN = """() => [...root.querySelectorAll('.picture :is(text, rect, path)')].map(node => {
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  let opacity = 1;
  for (let at = node; at && at.classList; at = at.parentElement)
    opacity *= getComputedStyle(at).opacity;
  if (!box.width || style.visibility === 'hidden' || opacity < 0.01) return null;
  return [node.tagName, node.textContent, ...[box.x, box.y, box.width, box.height].map(Math.round)];
}).filter(Boolean).map(String)"""
PRODUCTS = """() => [...root.querySelectorAll('.product')]
  .filter(node => node.style.display !== 'none')
  .map(node => node.getAttribute('transform'))"""


@pytest.fixture
def playing(blank_page) -> Callable[..., Page]:
    """Mount a sample layer at its first step and press Play; time stands still then."""

    def play(name: str, **shown) -> Page:
        page = mount_stage(blank_page, {**load(name), "step": 0, **shown})
        stop_time(page)
        page.locator("[data-act=play]").click()
        page.clock.run_for(2 * FRAME)
        return page

    return play


def total(page: Page) -> str:
    return page.locator(".calculation > .total .piece.output").text_content()


def run_until(page: Page, there: Callable[[], bool], most: int = 20_000, by: int = FEW) -> int:
    """Let time pass, a few frames at a time, until it is there; how much has passed."""
    for passed in range(0, most, by):
        if there():
            return passed
        page.clock.run_for(by)
    raise AssertionError(f"not there after {most} ms")


def note(page: Page, part: str) -> None:
    """Write down from now on what a part says, and when, as it changes: see `noted`."""
    page.evaluate(
        """(part) => {
          window.noted = [];
          const look = () => {
            const words = root.querySelector(part)?.textContent;
            if (words !== noted.at(-1)?.[0]) noted.push([words, Date.now()]);
          };
          look();
          new MutationObserver(look)
            .observe(root, { childList: true, characterData: true, subtree: true });
        }""",
        part,
    )


def noted(page: Page) -> list[tuple[str, int]]:
    """What a part has said since `note`, each with the millisecond at which it began."""
    return [tuple(each) for each in page.evaluate("noted")]


def step_of(page: Page) -> int:
    return int(page.locator(".count").text_content().split()[1])


def test_the_total_counts_up_from_the_first_product_on(playing):
    page = playing("textbook")
    run_until(page, lambda: total(page) == "")
    note(page, ".calculation > .total .piece.output")
    waiting = page.locator(".panel.output rect.waiting")
    run_until(page, lambda: waiting.count() == 0, by=4 * FEW)
    # The sum before the last step fades while the window glides.
    seen = [words for words, _ in noted(page)]
    assert seen[seen.index("= 0") :] == ["= 0", "= 3", "= 7", "= 8", "= 12"]


@pytest.mark.long
def test_products_wait_for_the_window_and_the_result_waits_for_the_products(playing):
    page = playing("textbook")
    run_until(page, lambda: total(page) == "")
    waiting = page.locator(".panel.output rect.waiting")
    assert waiting.count() == 1
    assert page.evaluate(PRODUCTS) == []
    run_until(page, lambda: total(page) == "= 12")
    assert len(page.evaluate(PRODUCTS)) == 9
    assert waiting.count() == 1
    run_until(page, lambda: page.locator(".drop").evaluate("node => node.style.display !== 'none'"))
    assert page.locator(".drop .value").text_content() == "12"
    run_until(page, lambda: waiting.count() == 0)


@pytest.mark.parametrize(
    "name", sampled(["textbook", "two", "rgb", "dilated", "avg", "pools", "max"], 0)
)
def test_the_last_frame_is_the_still_picture(playing, name):
    page = playing(name)
    run_until(page, lambda: page.locator(".panel.output rect.waiting").count() > 0)
    arrived = partial(
        lambda waiting: waiting.count() == 0, page.locator(".panel.output rect.waiting")
    )
    drop = page.locator(".drop").first
    run_until(page, lambda: drop.evaluate("node => node.style.display !== 'none'"), by=2 * FEW)
    run_until(page, arrived, by=FRAME)
    assert step_of(page) == 1
    moving = page.evaluate(SEEN)
    page.locator("[data-act=play]").click()
    page.clock.run_for(1000)
    assert page.evaluate(SEEN) == moving


def test_a_pause_shows_every_product(playing):
    page = playing("textbook")
    page.clock.run_for(900)
    assert len(page.evaluate(PRODUCTS)) < 9
    page.locator("[data-act=play]").click()
    page.clock.run_for(FRAME)
    assert len(page.evaluate(PRODUCTS)) == 9
    assert total(page) == "= 12"


def test_the_first_step_takes_three_seconds_the_second_half_the_rest_half_a_second(playing):
    page = playing("textbook")
    note(page, ".count")
    page.clock.run_for(6000)
    said, begun = zip(*noted(page)[:5], strict=True)
    assert [words.split()[1] for words in said] == ["1", "2", "3", "4", "5"]
    lengths = [after - before for before, after in pairwise(begun)]
    for length, wanted in zip(lengths, [3000, 1500, 500, 500], strict=True):
        assert abs(length - wanted) <= 5 * FRAME, lengths


@pytest.mark.long
def test_after_a_pause_the_next_step_is_slow_again(playing):
    page = playing("textbook")
    run_until(page, lambda: step_of(page) == 4)
    page.locator("[data-act=play]").click()
    page.clock.run_for(FRAME)
    page.locator("[data-act=play]").click()
    assert abs(run_until(page, lambda: step_of(page) == 5) - 3000) <= 5 * FRAME


@pytest.mark.long
def test_the_speed_multiplies(playing):
    page = playing("textbook")
    page.locator("select").select_option("4")
    assert abs(run_until(page, lambda: step_of(page) == 2) - 750) <= 5 * FRAME


def test_channel_by_channel_then_the_bias(playing):
    page = playing("two")
    run_until(page, lambda: total(page) == "")
    sums = page.locator(".calculation .sum")
    run_until(page, lambda: sums.nth(0).text_content() == "= 19")
    assert sums.nth(1).text_content() == ""
    run_until(page, lambda: total(page) == "= 19")
    run_until(page, lambda: sums.nth(1).text_content() == "= 37")
    run_until(page, lambda: total(page) == "= 56")
    run_until(page, lambda: total(page) == "= 56.5")


@pytest.mark.long
def test_without_motion_products_appear_in_their_slots(blank_page):
    page = mount_stage(blank_page, {**load("textbook"), "step": 0})
    slots = page.evaluate(PRODUCTS)
    page.emulate_media(reduced_motion="reduce")
    stop_time(page)
    page.locator("[data-act=play]").click()
    page.clock.run_for(FRAME)
    seen, counts = set(), set()
    while step_of(page) == 1:
        products = page.evaluate(PRODUCTS)
        assert set(products) <= set(slots)
        assert page.locator(".drop").evaluate("node => node.style.display") == "none"
        counts.add(len(products))
        seen.add(total(page))
        page.clock.run_for(2 * FRAME)
    assert counts == set(range(10))
    assert {"= 0", "= 3", "= 7", "= 8", "= 12"} <= seen


def test_the_winner_of_a_pooling_is_marked_and_drops(playing):
    page = playing("max")
    winner = page.locator(".product.winner")
    run_until(page, lambda: winner.count() == 0)
    run_until(page, lambda: winner.count() == 1)
    assert page.locator(".panel.output rect.waiting").count() == 1
    run_until(page, lambda: page.locator(".drop").evaluate("node => node.style.display !== 'none'"))
    drop, card = page.locator(".drop").bounding_box(), winner.bounding_box()
    assert abs(drop["x"] + drop["width"] / 2 - card["x"] - card["width"] / 2) < card["width"]


def test_a_result_to_be_predicted_is_asked_for_and_then_drops(playing):
    page = playing("textbook", predict=True)
    page.clock.run_for(10_000)
    assert step_of(page) == 1
    assert total(page) == "= ?"
    assert len(page.evaluate(PRODUCTS)) == 9
    page.locator(".reveal").click()
    run_until(page, lambda: total(page) == "= 12")
    run_until(page, lambda: step_of(page) == 2)


def test_a_bias_stands_in_the_sum_that_is_to_be_predicted(blank_page):
    page = mount_stage(blank_page, {**load("two"), "predict": True})
    assert total(page) == "= ?"
    expect(page.locator(".piece.bias")).to_be_visible()
    expect(page.locator(".piece.bias")).to_contain_text("0.5")


def test_a_term_lights_its_cell_and_weight_and_both_light_the_term(blank_page):
    page = mount_stage(blank_page, load("textbook"))
    page.locator(".product").nth(4).hover()
    lit = page.locator(".panel.input .lit, .panel.kernel .lit")
    boxes = [lit.nth(at).bounding_box() for at in range(2)]
    cells = [
        page.locator(".panel.input .cells rect").nth(6).bounding_box(),
        page.locator(".panel.kernel .cells rect").nth(4).bounding_box(),
    ]
    for box, cell in zip(boxes, cells, strict=True):
        assert abs(box["x"] - cell["x"]) <= 3 and abs(box["y"] - cell["y"]) <= 3
    page.locator(".panel.kernel .cells rect").nth(2).hover(force=True)
    expect(page.locator(".product.lit")).to_have_count(1)
    assert page.evaluate("root.querySelector('.product.lit').tap") == {"slice": 0, "tap": 2}
    page.locator(".panel.input .cells rect").nth(11).hover(force=True)
    assert page.evaluate("root.querySelector('.product.lit').tap") == {"slice": 0, "tap": 7}
    page.locator(".panel.input .cells rect").nth(4).hover(force=True)
    expect(page.locator(".product.lit")).to_have_count(0)


def test_after_the_first_row_the_window_tries_one_step_more_and_falls_back(playing):
    page = playing("strided")
    attempt = page.locator(".attempts .attempt")
    run_until(page, lambda: attempt.count() == 1, by=4 * FEW)
    assert step_of(page) == 2
    panel = page.locator(".panel.input .cells").bounding_box()
    right = panel["x"] + panel["width"]

    def hangs_over() -> bool:
        box = attempt.bounding_box()
        return box["x"] + box["width"] > right + 20

    run_until(page, hangs_over)
    rounding = page.locator(".rounding")
    assert rounding.text_content() == "3 / 2 = 1.5"
    assert rounding.locator(".lost").evaluate("node => node.style.opacity") == "1"
    run_until(
        page, lambda: rounding.locator(".lost").evaluate("n => n.style.opacity") == "0", by=2 * FEW
    )
    assert step_of(page) == 2
    run_until(page, lambda: attempt.count() == 0, by=4 * FEW)
    assert rounding.count() == 0
    run_until(page, lambda: step_of(page) == 3, by=4 * FEW)
    # The last step of the first column ends the rows.
    run_until(page, lambda: attempt.count() == 1, by=4 * FEW)
    run_until(page, lambda: step_of(page) == 4, by=4 * FEW)


def test_pointing_at_the_floor_bracket_shows_what_it_drops_and_leaves_the_picture_as_it_was(
    blank_page,
):
    page = mount_stage(blank_page, {**load("strided"), "step": 1})
    stop_time(page)
    before = page.evaluate(SEEN)
    page.locator(".formula .bracket[data-role=floor]").first.hover(force=True)
    page.clock.run_for(700)
    expect(page.locator(".attempts .attempt")).to_have_count(1)
    page.clock.run_for(5000)
    expect(page.locator(".attempts .attempt")).to_have_count(0)
    page.locator(".readout").hover()
    assert page.evaluate(SEEN) == before


def test_a_setting_that_leaves_something_over_is_tried_at_once(blank_page):
    page = mount_stage(blank_page, load("textbook"))
    expect(page.locator(".attempts .attempt")).to_have_count(0)
    stop_time(page)
    page.evaluate("(data) => { mount(component(data)); }", load("strided"))
    page.clock.run_for(100)
    expect(page.locator(".attempts .attempt")).to_have_count(1)
    page.evaluate("(data) => { mount(component(data)); }", load("textbook"))
    page.clock.run_for(100)
    expect(page.locator(".attempts .attempt")).to_have_count(0)


def test_rounded_up_the_window_hangs_over_the_edge_and_stays(blank_page):
    page = mount_stage(blank_page, load("ceil-max"))
    stop_time(page)
    page.locator(".formula .bracket[data-role=floor]").first.hover(force=True)
    attempt, rounding = page.locator(".attempts .attempt"), page.locator(".rounding")
    run_until(page, lambda: attempt.count() == 1)
    run_until(page, lambda: rounding.text_content() == "5 / 2 = 2.5")
    run_until(page, lambda: rounding.locator(".kept").text_content() == "3")
    panel, hanging = page.locator(".panel.input .cells").bounding_box(), attempt.bounding_box()
    # The cells beyond the padding, which no input has, are drawn, and it reaches to their end.
    assert hanging["x"] + hanging["width"] > panel["x"] + panel["width"] - 6
    run_until(page, lambda: attempt.count() == 0)


def test_the_guide_plays_the_first_three_cells_with_a_sentence_at_each_station(blank_page):
    page = mount_stage(blank_page, {**load("textbook"), "step": 0})
    stop_time(page)
    page.evaluate(
        """() => {
          const words = root.querySelector('.guide p');
          window.said = [];
          new MutationObserver(() => said.push(words.textContent))
            .observe(words, { childList: true, characterData: true, subtree: true });
          dispatchEvent(new Event('slide-and-sum-guide'));
        }"""
    )
    guide = page.locator(".guide")
    expect(guide).to_be_visible()
    onward = guide.get_by_role("link", name="Work one out yourself")
    expect(onward).to_be_hidden()
    for _ in range(60):
        if guide.locator("p").text_content().startswith("That is"):
            break
        page.clock.run_for(1000)
    again = "The window slides on: other numbers, the same kernel.", "Multiply again."
    assert page.evaluate("said") == [
        "A small window lies on the input. It holds 9 numbers.",
        "Multiply each of them by the kernel’s number that lies on it.",
        "Add the products: 12.",
        "This sum is the first number of the output.",
        *(*again, "Add the products: 12.", "The sum goes into the next cell of the output."),
        *(*again, "Add the products: 17.", "The sum goes into the next cell of the output."),
        "That is a convolution, written ∗. Press Play for the rest, or change any number.",
    ]
    expect(page.locator(".count")).to_have_text("step 3 of 9")
    expect(onward).to_have_attribute("href", "./course")
    expect(onward).to_be_visible()
    play = page.locator("[data-act=play]")
    expect(play).to_have_attribute("aria-label", "Play")
    play.click()
    page.clock.run_for(FRAME)
    expect(guide).to_be_hidden()


def test_with_captions_each_station_is_said_and_waits_until_it_is_read(playing):
    page = playing("textbook")
    page.locator(".transport .captions").press("Space")
    note(page, ".readout")
    run_until(page, lambda: step_of(page) >= 3, most=60_000, by=1000)
    said, begun = zip(*noted(page), strict=True)
    assert said[1:6] == (
        "A small window lies on the input. It holds 9 numbers.",
        "Multiply each of them by the kernel’s number that lies on it.",
        "Add the products: 12.",
        "This sum is the first number of the output.",
        "The window slides on: other numbers, the same kernel.",
    )
    assert len(said) > 8
    lengths = [after - before for before, after in pairwise(begun)]
    for words, length in zip(said[1:-1], lengths[1:], strict=True):
        assert length >= 260 * len(words.split()) - 2 * FRAME, words
    # Quick steps have a sentence each.
    run_until(page, lambda: step_of(page) == 5, by=4 * FEW)
    assert re.match("Output row 1, column 0: .*sum to 10", page.locator(".readout").text_content())

"""What is there before the page: its first frame, and the opening, which gets in nobody's way."""

import re
from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser.contexts import OPENING
from tests.browser.runs import eventually, wait_until_idle
from tests.browser.test_app_opens import PAGES
from tests.sampled import sampled

SIZES = {"laptop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
# Adds up what moves by itself, as browsers report it to those who measure a site.
COUNT_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      const alone = list.getEntries().filter((shift) => !shift.hadRecentInput);
      window.shifts.push(...alone.map((shift) => shift.value));
    }).observe({ type: 'layout-shift', buffered: true });
"""
# Where the heading stands in the very first frame.
NOTE_HEADING = """
    const look = () => {
      const title = document.querySelector('#first-frame .title');
      if (!title) return requestAnimationFrame(look);
      const range = document.createRange();
      range.selectNodeContents(title);
      const { x, y, height } = range.getBoundingClientRect();
      window.firstHeading = [title.textContent, x, y + height / 2];
    };
    requestAnimationFrame(look);
"""
# A slow machine may have come to its last picture when the page is looked at.
PLAYED = "#opening:is([data-state=playing], [data-state=still])"
SEEN = f"localStorage.getItem('{OPENING}')"


def first_visit(new_page, **settings):
    """A page in a browser that has never been here, its opening playing or already over."""
    page = new_page(first_visit=True, **settings)
    page.goto("/")
    expect(page.locator(PLAYED)).to_be_visible()
    return page


def gone(page):
    """The opening is away, and the page beneath it is there."""
    expect(page.locator("#opening")).to_have_count(0)
    expect(page.locator("#first-frame")).to_be_hidden()
    expect(page.locator(".stage .panel").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.getElementById('root')).opacity") == "1"


# One page on a laptop and another on a phone; at length every page on both.
@pytest.mark.parametrize(("path", "size"), sampled(product(PAGES, SIZES), 8, 15))
def test_every_page_opens_without_a_jump_its_heading_there_from_the_first_frame_on(
    new_page, open_page, path, size
):
    page = new_page(viewport=SIZES[size])
    page.add_init_script(COUNT_SHIFTS)
    page.add_init_script(NOTE_HEADING)
    open_page(page, path)
    expect(page).to_have_title(f"{PAGES[path]} · Slide & Sum")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    expect(page.locator("#first-frame")).to_be_hidden()
    assert sum(page.evaluate("shifts")) < 0.1
    text, x, middle = page.evaluate("firstHeading")
    heading = page.locator(".lead h1")
    expect(heading).to_have_text(text)

    def stands_there() -> None:
        box = heading.bounding_box()
        assert (x, middle) == pytest.approx((box["x"], box["y"] + box["height"] / 2), abs=3)

    eventually(page, stands_there)


@pytest.mark.long
def test_the_opening_plays_once_and_never_again_by_itself(new_page):
    page = first_visit(new_page)
    expect(page.locator("#opening[data-state=still]")).to_be_visible()
    expect(page.locator("#opening h2 .said")).to_have_count(4)
    assert page.evaluate(SEEN)
    page.reload()
    gone(page)


@pytest.mark.long
def test_the_press_that_sends_it_away_reaches_the_page(new_page):
    page = first_visit(new_page)
    link = page.get_by_test_id("stTopNavLink").filter(has_text="Pooling")
    link.click()
    expect(page).to_have_url(re.compile("/pooling"))
    expect(page.locator("#opening")).to_have_count(0)


def test_a_press_on_it_reaches_the_page_beneath(new_page, wait_until_idle):
    page = first_visit(new_page)
    wait_until_idle(page)
    expect(page.locator("#first-frame")).to_be_hidden()
    # No force: Playwright itself refuses to click what something else would take.
    page.locator(".transport [data-act=forward]").click()
    gone(page)
    expect(page.locator(".stage .count")).to_have_text(re.compile("2 of 9"))


@pytest.mark.long
def test_the_wheel_leads_on_too(new_page):
    page = first_visit(new_page)
    page.mouse.move(600, 400)
    page.mouse.wheel(0, 40)
    gone(page)


@pytest.mark.parametrize("way", sampled(["Show me, step by step", "Let me play"], 0))
def test_its_buttons_lead_to_the_stage(new_page, way):
    page = first_visit(new_page)
    page.get_by_role("button", name=way).click()
    gone(page)
    expect(page.locator(".stage .guide")).to_be_visible(visible=way.startswith("Show me"))
    expect(page).to_have_url(re.compile(r":\d+/$"))


@pytest.mark.long
def test_enter_on_a_button_of_it_leads_to_the_page(new_page):
    page = first_visit(new_page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Let me play")).to_be_focused()
    page.keyboard.press("Enter")
    gone(page)


def test_a_newcomer_comes_past_its_buttons_to_a_first_right_number_by_the_keyboard_alone(
    new_page, wait_until_idle
):
    page = first_visit(new_page)
    wait_until_idle(page)
    page.evaluate("() => { window.loaded = 'once'; }")
    for name in ("Show me, step by step", "Let me play"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Start the course")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Multiply, then add")).to_be_focused()
    assert page.evaluate("window.loaded") == "once"
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip the picture")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Work out the first sum")).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stAlertContentSuccess")).to_contain_text("That is a convolution")


@pytest.mark.long
def test_the_keyboard_can_go_past_it(new_page, wait_until_idle):
    page = first_visit(new_page)
    wait_until_idle(page)
    for _ in range(4):  # its two buttons, the way to the course, and on
        page.keyboard.press("Tab")
    gone(page)
    expect(page.locator("body:focus")).to_have_count(0)


def test_who_wants_no_motion_sees_its_last_picture(new_page):
    page = new_page(first_visit=True, reduced_motion="reduce")
    page.goto("/")
    expect(page.locator("#opening[data-state=still]")).to_be_visible()
    expect(page.locator("#opening h2 .said")).to_have_count(4)
    page.keyboard.press("Escape")
    gone(page)


@pytest.mark.long
@pytest.mark.parametrize("path", ["/?kernel=2x2", "/quiz", "/?present=1"])
def test_a_link_to_something_shows_that_and_no_opening(new_page, open_page, path):
    page = open_page(new_page(first_visit=True), path)
    expect(page.locator("#opening")).to_have_count(0)
    assert page.evaluate(SEEN) is None


@pytest.mark.long
def test_it_can_be_asked_for_again(page, open_page):
    open_page(page, "/")
    expect(page.locator("#opening")).to_have_count(0)
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    page.get_by_role("menuitem", name="About").click()
    page.get_by_role("link", name="Play the opening").click()
    expect(page.locator(PLAYED)).to_be_visible()
    expect(page).to_have_url(re.compile(r":\d+/$"))


@pytest.mark.parametrize(
    ("size", "scheme", "key"),
    sampled([("laptop", "light", "Escape"), ("phone", "dark", "a")], 1),
)
def test_nothing_of_it_is_cut_off_and_any_key_leads_on_to_the_page(new_page, size, scheme, key):
    page = first_visit(new_page, viewport=SIZES[size], color_scheme=scheme)
    width, height = SIZES[size].values()
    for part in page.locator("#opening :is(h2, canvas, button)").all():
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        assert box["y"] >= 60 and box["y"] + box["height"] <= height
    # While Streamlit starts, the page's first frame lies beneath it; what is drawn takes it away.
    opening, frame = page.evaluate(
        """() => {
          const html = document.documentElement, isThere = html.classList.contains('first-frame');
          html.classList.add('first-frame');
          const heights = ['opening', 'first-frame'].map((id) => Number(
            getComputedStyle(document.getElementById(id)).zIndex));
          html.classList.toggle('first-frame', isThere);
          return heights;
        }"""
    )
    assert opening > frame
    shown = page.locator("#opening").evaluate("each => getComputedStyle(each).backgroundColor")
    assert shown == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 19, 20)"}[scheme]
    page.keyboard.press(key)
    gone(page)


def test_without_scripts_nothing_is_covered(new_page, complaints):
    page = new_page(first_visit=True, java_script_enabled=False)
    page.goto("/")
    expect(page.locator("#opening")).to_be_hidden()
    expect(page.locator("#first-frame")).to_be_hidden()
    expect(page.locator("noscript p").first).to_be_visible()
    page.close()
    complaints.clear()  # what was to be fetched for the scripts that may not run


def test_a_server_that_never_answers_is_said_at_last_and_not_covered(new_page, complaints):
    page = new_page()
    page.clock.install()
    page.route("**/_stcore/**", lambda route: route.abort())
    page.goto("/", wait_until="commit")
    expect(page.locator("#first-frame")).to_be_visible()

    def uncovered():
        page.clock.run_for(2000)
        assert page.locator("#first-frame").is_hidden()

    eventually(page, uncovered)
    page.close()
    complaints.clear()


def test_a_link_can_ask_for_the_guide_without_the_opening_and_it_ends_when_it_is_told_to(new_page):
    page = new_page(first_visit=True)
    page.goto("/?guide=1")
    expect(page.locator(".stage .guide p")).not_to_be_empty()
    expect(page.locator("#opening")).to_have_count(0)
    assert page.evaluate(SEEN) is None
    page.get_by_role("button", name="End the guide").click()
    expect(page.locator(".stage .guide")).to_be_hidden()
    expect(page.locator(".stage [data-act=play]")).to_have_attribute("aria-label", "Play")


def test_share_copies_the_link_and_says_what_travels_with_it(new_page, open_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, "/pooling?stride=1x1")
    page.get_by_role("button", name="Share").click()
    said = page.get_by_role("status").filter(has_text="Link copied.")
    expect(said).to_contain_text("A photograph of your own and what you have reached in the quiz")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.keyboard.press("Escape")
    expect(said).to_have_count(0)


@pytest.mark.parametrize(
    ("start", "names"), sampled([("/quiz", ["Channels"]), ("/", ["Quiz", "Channels"])], 0)
)
def test_from_page_to_page_the_title_is_there_at_once_and_nothing_is_put_together_in_sight(
    page, open_page, start, names
):
    # What moves right after a press counts, too.
    page.add_init_script(COUNT_SHIFTS.replace("!shift.hadRecentInput", "true"))
    open_page(page, start)
    page.evaluate("() => { shifts.length = 0; }")
    for name in names:
        page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
        expect(page.locator("#first-frame .title")).to_have_text(name)
        expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        wait_until_idle(page)
        expect(page.locator("html")).not_to_have_class(re.compile("switching|arriving"))
        expect(page.get_by_test_id("stMain")).to_have_css("opacity", "1")
    page.get_by_role("button", name="Open in the sliding window").click()
    expect(page.locator("#first-frame .title")).to_have_text("Sliding window")
    expect(page.get_by_role("heading", name="Sliding window", exact=True)).to_be_visible()
    wait_until_idle(page)
    assert sum(page.evaluate("shifts")) < 0.02

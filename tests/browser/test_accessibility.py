"""Every page in its main states under axe-core: light and dark, as wide as a desk and a phone."""

import re
import sys
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible_states import WALKS
from tests.browser.runs import runs_begun, turn, wait_until_idle

AXE = Path(sys.prefix) / "axe" / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}
BACKGROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 19, 20)"}


class Excused(NamedTuple):
    """What Streamlit does and we cannot change: rule, pattern of the element, and the reason."""

    rule: str
    pattern: str
    reason: str
    met_on: str
    """The walk on which it is met; when it no longer is, it is no longer to be excused."""


STREAMLITS = (
    Excused(
        "presentation-role-conflict",
        r'data-testid="stFileUploaderDropzone"',
        "the area to drop a file on has a name and the role presentation; its button is right",
        "picture",
    ),
    Excused(
        "region",
        r'^<div id="react-aria|id="stFloatingOverlayPortal"',
        "open lists and tips are drawn at the end of the page, outside its main part",
        "make a set",
    ),
    Excused(
        "list",
        r'data-testid="stSidebarNavItems"',
        "a menu in sections, on a phone, is one list with the sections' headings in it",
        "sliding window",
    ),
    Excused(
        "listitem",
        r'^<li class="st-emotion-cache',
        "and its entries stand in the sections, not in the list",
        "sliding window",
    ),
)

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Colours that are still on their way to the other theme would be measured half way, and Streamlit
# fades what a slow run has not drawn again yet.
STILL = """
*, *::before, *::after { transition: none !important; animation: none !important; }
[data-testid="stElementContainer"] { opacity: 1 !important; }
"""
RUN = """
async (runOnly) => {
  const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => ({
    rule: id,
    html: node.html,
    says: [...node.any, ...node.all, ...node.none][0]?.message ?? '',
  })));
}
"""
# Components take the theme and their width a moment after the page.
SETTLED = """
async (scheme) => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  if (document.querySelector('[data-stale="true"]')) return false;
  await frame();
  return [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
    .flatMap(({ shadowRoot }) => [...(shadowRoot?.children ?? [])])
    .every(({ style }) => !style?.colorScheme || style.colorScheme === scheme);
}
"""


class Fault(NamedTuple):
    """A rule that is broken: the element, and where and how."""

    rule: str
    html: str
    words: str


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.fail("axe-core is not there: `make test` installs it", pytrace=False)
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def faults_of(new_page, axe):
    """`faults_of("picture")`: what axe finds in all states of a page."""

    def find(walk: str, everything: bool) -> list[Fault]:
        # What is still fading in or out is not yet, or no longer, to be read.
        page, found = new_page(viewport=DESK, reduced_motion="reduce"), []

        def go(address: str) -> None:
            if page.url.startswith("http") and urlsplit(page.url).path == urlsplit(address).path:
                turn(page, address)
                return
            page.goto(address)
            page.add_style_tag(content=STILL)
            page.evaluate(axe)

        go.everything = everything
        # One after the other, unless each state is looked at in all four: with few changes of the
        # theme and few of the width, which take time.
        every = list(product(("light", "dark"), (DESK, PHONE)))
        turns = cycle(every[place] for place in (0, 2, 3, 2, 0, 1))
        for state in WALKS[walk](page, go):
            for scheme, size in every if everything else (next(turns),):
                if state.endswith("presented"):
                    size = DESK  # before an audience no screen is narrow
                if page.viewport_size != size:
                    page.set_viewport_size(size)
                found += _look(page, f"{walk}, {state}, {size['width']} px", scheme)
            if page.viewport_size != DESK:
                page.set_viewport_size(DESK)
                wait_until_idle(page)  # components take their new width
        return found

    return find


def _look(page: Page, state: str, scheme: str) -> list[Fault]:
    page.emulate_media(color_scheme=scheme)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUND[scheme])
    while True:
        wait_until_idle(page)
        # What stays in sight covers what is scrolled beneath it, and gives it back.
        page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 0)")
        page.wait_for_function(SETTLED, arg=scheme)
        runs = runs_begun(page)
        faults = page.evaluate(RUN, {"type": "tag", "values": RULES})
        # What is being drawn anew is dimmed: then the colours measured were not those of a page.
        if runs == runs_begun(page):
            break
    return [
        Fault(each["rule"], each["html"], f"{state}, {scheme}: {each['says']}") for each in faults
    ]


def _matches(fault: Fault, excused: Excused) -> bool:
    return fault.rule == excused.rule and re.search(excused.pattern, fault.html) is not None


@pytest.mark.parametrize("walk", WALKS)
def test_no_state_of_a_page_has_a_fault_of_ours(faults_of, walk):
    _has_none(faults_of(walk, everything=False), walk)


@pytest.mark.long
@pytest.mark.parametrize("walk", WALKS)
def test_no_state_has_one_in_either_theme_at_either_width(faults_of, walk):
    _has_none(faults_of(walk, everything=True), walk)


def _has_none(found: list[Fault], walk: str) -> None:
    ours = [
        f"{fault.rule}: {fault.words}\n    {fault.html}"
        for fault in found
        if not any(_matches(fault, excused) for excused in STREAMLITS)
    ]
    assert not ours, "\n".join(ours)
    gone = [
        excused.reason
        for excused in STREAMLITS
        if excused.met_on == walk and not any(_matches(fault, excused) for fault in found)
    ]
    assert not gone, "no longer found, so no longer to be excused"

"""Magnified, or in the narrowest window, no page scrolls sideways or cuts anything off.

A window of 1280 by 1024 pixels has 320 by 256 of them at 400 %, and 640 by 512 at 200 %.
"""

from functools import partial

import pytest
from playwright.sync_api import Page

from app.screens import TITLES
from tests.browser.runs import eventually

pytestmark = pytest.mark.browser
EVERY = (
    "/",
    *(f"/{name}" for name in TITLES if name != "sliding_window"),
    "/?look=matrix",
    "/?look=count",
    "/?example=video-causal",
    "/?present=1",
    "/course?covers=1",
    "/pooling?look=shift",
    "/channels?look=weights",
    "/networks?look=draw",
)
WINDOWS = {"four times": (320, 256), "twice": (640, 512), "a small phone": (320, 640)}
HALF = 0.5
"""How much of the window may be covered by what stays in sight."""

LOOK = """() => {
  const main = document.querySelector('[data-testid=stMain]'), cut = [];
  const above = (el) => el.parentElement ?? el.getRootNode().host;
  const isSeen = (el) => {
    for (let one = el; one; one = above(one)) {
      const style = getComputedStyle(one);
      if (style.opacity === '0' || style.visibility === 'hidden') return false;
      if (style.clipPath.startsWith('inset(50')) return false;
    }
    return true;
  };
  const isScrolled = (el) => {
    for (let one = el; one && one !== main; one = above(one)) {
      const moves = /auto|scroll/.test(getComputedStyle(one).overflowX);
      if (moves && one.scrollWidth > one.clientWidth + 1) return true;
    }
    return false;
  };
  const look = (root) => root.querySelectorAll('*').forEach((el) => {
    if (el.shadowRoot) look(el.shadowRoot);
    const says = [...el.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
    if (!says && !el.matches('input, button, select, textarea, img, canvas')) return;
    const { left, right, width, height } = el.getBoundingClientRect();
    const isOut = width && height && (right > innerWidth + 1 || left < -1);
    if (!isOut || el.matches('.skip') || !isSeen(el) || isScrolled(el)) return;
    cut.push(el.outerHTML.slice(0, 120));
  });
  look(main);
  let covered = 0;
  for (let y = 1; y < innerHeight; y += 2) {
    const at = document.elementFromPoint(innerWidth / 2, y);
    if (!at || !main.contains(at) || getComputedStyle(at).position === 'fixed') covered += 2;
  }
  return { wide: main.scrollWidth - main.clientWidth, covered: covered / innerHeight, cut };
}"""


def fits(page: Page, path: str) -> None:
    found = page.evaluate(LOOK)
    assert found["wide"] <= 0, f"{path} is {found['wide']} pixels wider than the window"
    assert found["covered"] < HALF, f"{found['covered']:.0%} of {path} is covered"
    assert found["cut"] == [], f"{path} shows a part of this only"


def test_a_stage_whose_result_is_to_be_predicted_fits_a_window_magnified_four_times(
    new_page, open_page
):
    page = new_page(viewport={"width": 320, "height": 256})
    open_page(page, "/?predict=1")
    eventually(page, partial(fits, page, "/?predict=1"))
    keys = page.locator(".stage .transport").bounding_box()
    for key in page.locator(".stage .transport > :visible").all():
        box = key.bounding_box()
        assert box["y"] >= keys["y"] and box["y"] + box["height"] <= keys["y"] + keys["height"]


@pytest.mark.long
@pytest.mark.parametrize("window", WINDOWS)
def test_every_page_fits_every_small_window(new_page, open_page, window):
    width, height = WINDOWS[window]
    page = new_page(viewport={"width": width, "height": height})
    for path in EVERY:
        open_page(page, path)
        eventually(page, partial(fits, page, path))

"""How soon the stage shows a change, and how smoothly it plays, in a real Chromium.

`make bench` runs this after the server's load; by itself, with another control or scene:

    .venv/bin/python -m tests.bench.stage_latency --key stride --query "size=16x16&cin=3"

Latency runs from a press of a stepper's button, through the server and back, to the picture's first
changed node and to the paint after it; the stepper's own number changes at once and is not counted.
A native slider or number box, on a page that shows one, is given by its key. Frames are counted
while the stage plays 16x16 cells in 3 channels. Nothing is asserted.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.bench.server_load import percentile, target
from tests.serving import BROWSER_ARGUMENTS, IDLE, app_server, find_chromium

MEDIAN, P95 = 100, 150
"""Milliseconds to the paint that are aimed at, on a machine that does nothing else."""
LARGE = "size=16x16&cin=3&padding=1x1&x=random:1"

# Runs in the page: notes when a key or button goes down, when the stage's nodes first change and
# when that has been painted (the first task after the frame in which it was drawn).
WATCH = """() => {
  const host = [...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('.stage'))
  const root = host?.shadowRoot ?? document.querySelector('.stage')
  if (!root) return false
  const times = window.stageTimes = {}
  for (const act of ['keydown', 'pointerdown']) document.addEventListener(act, () => {
    for (const name of Object.keys(times)) delete times[name]
    times.act = performance.now()
  }, true)
  new MutationObserver((changes) => {
    if (times.act === undefined || times.changed !== undefined) return
    // What lights up below the pointer is no answer of the server: that writes or makes nodes.
    const isAnswer = ({ type, target }) => {
      const node = target.closest ? target : target.parentElement
      return type !== 'attributes' && node?.closest('.picture')
    }
    if (!changes.some(isAnswer)) return
    times.changed = performance.now() - times.act
    requestAnimationFrame(() => {
      const after = new MessageChannel()
      after.port1.onmessage = () => { times.painted = performance.now() - times.act }
      after.port2.postMessage(null)
    })
  }).observe(root, {subtree: true, childList: true, attributes: true, characterData: true})
  return true
}"""

# Runs in the page: counts animation frames for so many milliseconds.
COUNT_FRAMES = """milliseconds => new Promise(done => {
  let frames = 0, longest = 0, start, last
  const frame = now => {
    if (start === undefined) start = now
    else { frames += 1; longest = Math.max(longest, now - last) }
    last = now
    if (now - start < milliseconds) requestAnimationFrame(frame)
    else done({persecond: 1000 * frames / (now - start), longest})
  }
  requestAnimationFrame(frame)
})"""


def wait_until_idle(page: Page) -> None:
    expect(page.locator(IDLE)).to_be_attached(timeout=30_000)


class Stepper:
    """A stepper of the stage: one step up or down, by its buttons."""

    def __init__(self, page: Page, name: str) -> None:
        root = page.locator(f".strip .stepper[data-name={name}]")
        self.less, self.more = root.locator(".by").first, root.locator(".by").last

    def there(self) -> bool:
        return bool(self.more.count())

    def step(self, up: bool) -> None:
        (self.more if up else self.less).click()


class Native:
    """A native slider or number box: one step up or down, by key or by its button."""

    def __init__(self, page: Page, key: str) -> None:
        box = page.locator(f".st-key-{key}")
        self.page = page
        self.handle = box.get_by_role("slider")
        self.buttons = (
            box.get_by_test_id("stNumberInputStepUp"),
            box.get_by_test_id("stNumberInputStepDown"),
        )

    def there(self) -> bool:
        return bool(self.handle.count() or self.buttons[0].count())

    def step(self, up: bool) -> None:
        if self.handle.count():
            self.handle.first.focus()
            self.page.keyboard.press("ArrowRight" if up else "ArrowLeft")
        else:
            self.buttons[0 if up else 1].click()


def measure_latency(page: Page, key: str, presses: int) -> None:
    control = (Native if "_" in key else Stepper)(page, key)
    if not control.there() or not page.evaluate(WATCH):
        print(f"The page has no stage or no control '{key}'.")
        return
    changed, painted = [], []
    for press in range(presses):
        control.step(up=press % 2 == 0)
        page.wait_for_timeout(700)
        wait_until_idle(page)
        times = page.evaluate("window.stageTimes")
        if "painted" in times:
            changed.append(times["changed"])
            painted.append(times["painted"])
    print(f"'{key}' one up, one down: {len(painted)} of {presses} presses changed the stage")
    for title, values in (("first node changed", changed), ("painted", painted)):
        if values:
            median, p95 = statistics.median(values), percentile(values, 0.95)
            print(f"  {title:<20} median {median:5.0f}  p95 {p95:5.0f} ms")
            if values is painted:
                print(f"  median: {target(median, MEDIAN)}; p95: {target(p95, P95)}")


def measure_frames(page: Page, speed: str, seconds: float) -> None:
    page.locator(".stage .speed select").select_option(speed)
    page.locator(".stage [data-act=first]").click()
    before = page.locator(".stage .count").inner_text()
    page.locator(".stage [data-act=play]").click()
    page.wait_for_timeout(300)
    frames = page.evaluate(COUNT_FRAMES, 1000 * seconds)
    page.locator(".stage [data-act=play]").click()
    after = page.locator(".stage .count").inner_text()
    print(
        f"playing at speed {speed}: {frames['persecond']:.1f} frames a second, longest gap "
        f"{frames['longest']:.0f} ms ({before!r} to {after!r})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the stage in Chromium, on loopback.")
    parser.add_argument("--path", default="/", help="the page")
    parser.add_argument("--query", default=LARGE, help="its address after the question mark")
    parser.add_argument("--key", default="padding", help="a stepper, or a number box's key")
    parser.add_argument("--presses", type=int, default=30, choices=range(1, 501), metavar="N")
    parser.add_argument("--seconds", type=float, default=3, help="of playing (at most 60)")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        app_server(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=BROWSER_ARGUMENTS
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{server.url}{options.path}?{options.query}")
        wait_until_idle(page)
        page.wait_for_timeout(1000)
        measure_latency(page, options.key, options.presses)
        if page.locator(".stage [data-act=play]").count():
            for speed in ("1", "8"):
                measure_frames(page, speed, min(options.seconds, 60))
        browser.close()


if __name__ == "__main__":
    main()

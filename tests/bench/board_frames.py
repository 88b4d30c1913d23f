"""How smoothly the stage's picture moves from one setting to the next, in a real Chromium.

`make bench` runs this after the server's load; by itself, with another scene:

    .venv/bin/python -m tests.bench.board_frames --query "size=9x9" --changes 20

Frames are timed from the first animation of a change to its end, 250 ms later, with 16x16 cells in
3 channels; beside them, what the change cost before its first frame: the new picture's nodes, their
style and their layout. Nothing is asserted.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.bench.server_load import percentile, target
from tests.serving import BROWSER_ARGUMENTS, app_server, find_chromium

LONGEST = 33.4
"""Milliseconds between two frames that are aimed at as the most: two refreshes of 60 in a second.
In the first frame of a change the new picture is painted, which may take longer than one."""
LARGE = "size=16x16&cin=3&x=random:1"
SETTINGS = ("padding", "stride", "dilation", "kernel")

# Runs in the page: after each change, the frames from its first animation on, for its 250 ms.
WATCH = """() => {
  const animate = Element.prototype.animate
  window.changes = []
  let ends = 0
  Element.prototype.animate = function (...given) {
    const now = performance.now()
    if (now > ends) {
      ends = now + 250
      const change = {frames: []}
      window.changes.push(change)
      let last
      const frame = at => {
        if (last !== undefined) change.frames.push(at - last)
        last = at
        if (performance.now() < ends) requestAnimationFrame(frame)
        else change.over = true
      }
      requestAnimationFrame(frame)
    }
    return animate.apply(this, given)
  }
}"""


def frames_of_changes(page: Page, count: int) -> list[list[float]]:
    """The frames of so many changes of the strip's settings, in milliseconds."""
    page.evaluate(WATCH)
    for nth in range(count):
        setting, way = SETTINGS[nth // 2 % len(SETTINGS)], ("ArrowUp", "ArrowDown")[nth % 2]
        page.locator(".strip").get_by_role("spinbutton", name=setting, exact=True).press(way)
        page.wait_for_function(f"() => changes.length > {nth} && changes[{nth}].over")
        page.wait_for_timeout(700)
    return [change["frames"] for change in page.evaluate("changes")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--query", default=LARGE)
    parser.add_argument("--changes", type=int, default=16)
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        app_server(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=list(BROWSER_ARGUMENTS)
        )
        page = browser.new_page(base_url=server.url, viewport={"width": 1366, "height": 768})
        page.goto(f"/?{asked.query}")
        expect(page.locator(".stage .count")).not_to_be_empty(timeout=60_000)
        page.wait_for_timeout(1000)
        changes = frames_of_changes(page, asked.changes)
        browser.close()
    frames = [frame for change in changes for frame in change]
    longest = [max(change) for change in changes if change]
    print(f"{len(changes)} changes of {asked.query}: {len(frames)} frames while the picture moves")
    print(f"frames a second       {1000 / statistics.mean(frames):6.1f}")
    print(f"a frame, median       {statistics.median(frames):6.1f} ms")
    print(f"a frame, p95          {percentile(frames, 0.95):6.1f} ms")
    print(f"longest of a change   {statistics.median(longest):6.1f} ms (median)")
    print(f"longest of all        {max(longest):6.1f} ms, {target(max(longest), LONGEST)}")


if __name__ == "__main__":
    main()

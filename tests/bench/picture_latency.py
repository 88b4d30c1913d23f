"""How soon an edited kernel shows on a photograph, in a real Chromium.

`make bench` runs this after the others; by itself:

    .venv/bin/python -m tests.bench.picture_latency --edits 20

A number is typed into the kernel's editor; the time runs from Enter, through the server and back,
to the result's words and pixels and the paint after them. Photographs of 2 and of 12 megapixels,
at display size, as the page works at first, and at full size. Nothing is asserted.
"""

import argparse
import io
import statistics
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.bench.server_load import percentile
from tests.serving import BROWSER_ARGUMENTS, IDLE, app_server, find_chromium

PHOTOGRAPHS = ((1080, 1920), (3000, 4000))

# Runs in the page: notes when Enter goes down and when the result that follows is painted.
WATCH = """() => {
  const root = [...document.querySelectorAll('*')]
    .find(e => e.shadowRoot?.querySelector('.loupe')).shadowRoot
  const times = window.pictureTimes = {}
  document.addEventListener('keydown', event => {
    if (event.key === 'Enter') { delete times.painted; times.act = performance.now() }
  }, true)
  new MutationObserver(() => {
    if (times.act === undefined || times.painted !== undefined) return
    requestAnimationFrame(() => {
      const after = new MessageChannel()
      after.port1.onmessage = () => { times.painted ??= performance.now() - times.act }
      after.port2.postMessage(null)
    })
  }).observe(root.querySelector('[data-panel=result] .facts'),
             {subtree: true, childList: true, characterData: true})
}"""


def photograph(height: int, width: int) -> bytes:
    """A JPEG with edges and noise."""
    rng = np.random.default_rng(1)
    rows, columns = np.mgrid[0:height, 0:width]
    waves = 110 + 60 * np.sin(rows / 37) * np.cos(columns / 53) + rng.normal(0, 6, (height, width))
    file = io.BytesIO()
    Image.fromarray(waves.clip(0, 255).astype(np.uint8)).save(file, format="JPEG", quality=85)
    return file.getvalue()


def settled(page: Page) -> None:
    page.wait_for_timeout(900)
    expect(page.locator(IDLE)).to_be_attached(timeout=30_000)


def measure(page: Page, title: str, edits: int) -> None:
    page.evaluate(WATCH)
    painted = []
    for edit in range(edits):
        cell = page.get_by_role("gridcell").first
        cell.click()
        page.keyboard.type(str(2 + edit))
        page.keyboard.press("Enter")
        settled(page)
        if (time := page.evaluate("window.pictureTimes.painted")) is not None:
            painted.append(time)
    if not painted:
        print(f"{title:<32} no edit changed the result")
        return
    median, p95 = statistics.median(painted), percentile(painted, 0.95)
    print(f"{title:<32} median {median:5.0f}  p95 {p95:5.0f} ms  ({len(painted)} of {edits} edits)")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the Picture page, on loopback.")
    parser.add_argument("--edits", type=int, default=20, choices=range(1, 201), metavar="N")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        app_server(Path(folder) / "server.log") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=BROWSER_ARGUMENTS
        )
        for height, width in PHOTOGRAPHS:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{server.url}/picture?padding=same")
            settled(page)
            page.get_by_text("Your own photograph").click()
            page.locator("input[type=file]").set_input_files(
                {
                    "name": "photograph.jpg",
                    "mimeType": "image/jpeg",
                    "buffer": photograph(height, width),
                }
            )
            expect(page.get_by_text("Shrunk from").first).to_be_visible(timeout=30_000)
            settled(page)
            name = f"{height * width / 1e6:.0f} megapixels"
            measure(page, f"{name}, at display size", options.edits)
            page.get_by_text("Full size", exact=True).click()
            expect(page.get_by_text(f"{height:,} high").first).to_be_visible(timeout=30_000)
            settled(page)
            measure(page, f"{name}, at full size", options.edits)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()

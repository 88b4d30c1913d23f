"""Make the picture that a link's preview shows: `.venv/bin/python -m tools.make_preview`.

It is the app's own stage in the presenter view, a few cells played, under the app's name.
"""

import base64
import html
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from app.web import first_frame, preview
from tests.browser.contexts import SEEN
from tests.serving import BROWSER_ARGUMENTS, IDLE, app_server, find_chromium

MADE = Path(__file__).parents[1] / "app" / "static" / "preview.png"
ADDRESS = "/?step=4&present=1"
STYLE = """
body { margin: 0; width: 1200px; height: 630px; overflow: hidden; background: #fff; color: #1a1a1a;
  font-family: "Slide Sum Text"; display: grid; grid-template-rows: auto 1fr; }
header { padding: 34px 56px 0; }
.name { display: flex; align-items: center; gap: 12px; font-size: 44px; font-weight: 650; }
p { margin: 10px 0 0; font-size: 27px; color: #4a4a48; }
.stage { min-height: 0; margin: 14px 40px 24px; background: no-repeat center / contain; }
@font-face { font-family: "Slide Sum Text"; font-weight: 400 700; src: url("FONT"); }
"""
SENTENCE = "Slide a small window. Multiply. Add. That is a convolution."


def stage_picture(page: Page, url: str) -> str:
    """The stage as an address that holds its picture."""
    page.goto(url + ADDRESS)
    page.locator(IDLE).wait_for()
    page.locator(".stage .panel").first.wait_for()
    page.wait_for_function("() => !document.getElementById('first-frame')")
    picture = page.locator(".stage svg.picture").screenshot()
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def main() -> None:
    log = Path(tempfile.mkdtemp()) / "server.log"
    with app_server(log) as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=BROWSER_ARGUMENTS
        )
        context = chromium.new_context(
            viewport={"width": preview.WIDTH, "height": 700}, device_scale_factor=2
        )
        context.add_init_script(SEEN)
        stage = stage_picture(context.new_page(), server.url)
        size = {"width": preview.WIDTH, "height": preview.HEIGHT}
        page = chromium.new_page(viewport=size)
        font = base64.b64encode((MADE.parent / "slide-sum-text.woff2").read_bytes()).decode()
        style = STYLE.replace("FONT", f"data:font/woff2;base64,{font}")
        mark = f'<img src="{html.escape(first_frame.mark_address())}" width="56" height="56">'
        page.set_content(
            f"<style>{style}</style><header><div class=name>Slide{mark}Sum</div>"
            f'<p>{SENTENCE}</p></header><div class=stage style="background-image:url({stage})">'
        )
        page.evaluate("() => document.fonts.ready")
        page.screenshot(path=MADE)
        chromium.close()
    print(f"{MADE.name}: {MADE.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())

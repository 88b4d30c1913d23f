"""The stage alone in a plain page, with a payload of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from app.components.assets import component_text
from app.components.stage import PARTS, STYLES

STAGE = Path(__file__).parents[1] / "app" / "components" / "stage"
FIXTURES = Path(__file__).parent / "js" / "fixtures" / "stage"

MOUNT = """async ({ html, css, js, data }) => {
  const root = document.getElementById('host').attachShadow({ mode: 'open' });
  root.innerHTML = '<style>' + css + '</style>' + html;
  const file = new Blob([js], { type: 'text/javascript' });
  const { default: mount } = await import(URL.createObjectURL(file));
  window.calls = [];
  // Of commits, which are sent as the list of those not taken in yet, the last one is new.
  window.component = (data) => ({
    data: { commits: { session: 'one', seen: 0 }, ...data }, parentElement: root, key: 'stage',
    setStateValue: (name, { list }) => calls.push(list.at(-1).slice(1)),
    setTriggerValue: (name, value) => calls.push([name, value]),
  });
  Object.assign(window, { root, mount, first: mount(component(data)) });
}"""


def load(name: str) -> dict[str, Any]:
    """A payload as Python sends it: tests/js/write_fixtures.py."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def mount_stage(
    blank_page: Callable[..., Page], data: dict[str, Any], width: int = 940, height: int = 720
) -> Page:
    """Mount a payload; `window.calls` has what the stage commits."""
    page = blank_page(max(width + 16, 390), height)
    style = "--st-background-color:#ffffff;--st-text-color:#31333f;--st-font:sans-serif"
    page.set_content(
        f'<body style="margin:8px;{style}"><div id="host" style="width:{width}px"></div>'
    )
    text = component_text(STAGE, PARTS, STYLES)
    page.evaluate(MOUNT, {**text._asdict(), "data": data})
    return page


def stop_time(page: Page) -> None:
    """From here on time passes only where the test lets it: `page.clock.run_for(milliseconds)`."""
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)

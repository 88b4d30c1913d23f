"""A real Chromium for the tests in this folder.

A test asks for `page` and calls `open_page(page, "/")`. It fails on any console error, uncaught
exception or failed request, even when its own assertions hold.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.serving import IDLE

VIEWPORT = {"width": 1280, "height": 720}
# A busy machine is slow, which is no fault of the page.
expect.set_options(timeout=15_000)
# Not a fault, and nothing else is let through: a request that the browser itself gave up because
# the page was left or its node removed.
GIVEN_UP = "net::ERR_ABORTED"


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the pages of this test so far; a test may empty it if it must."""
    return []


@pytest.fixture
def new_page(browser: Browser, server, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open pages with settings of your own: `new_page(color_scheme="dark", viewport=...)`.

    The keywords are those of Playwright's `Browser.new_context`.
    """
    contexts: list[BrowserContext] = []

    def create(**settings) -> Page:
        settings = {"viewport": VIEWPORT, "base_url": server.url} | settings
        context = browser.new_context(**settings)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, complaints)
        return page

    yield create
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page, 1280x720, in a browser context of its own."""
    return new_page()


def watch(page: Page, complaints: list[str]) -> None:
    """Write every console error, uncaught exception and failed request into `complaints`."""

    def on_console(message):
        if message.type == "error":
            complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def on_response(response):
        if response.status >= 400:
            complaints.append(f"request: {response.status} {response.url}")

    def on_failed(request):
        if request.failure != GIVEN_UP:
            complaints.append(f"request: {request.failure} {request.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"exception: {error}"))
    page.on("response", on_response)
    page.on("requestfailed", on_failed)


@pytest.fixture
def wait_until_idle() -> Callable[[Page], None]:
    """`wait_until_idle(page)`: return when the script has run and nothing is under way."""

    def wait(page: Page) -> None:
        expect(page.locator(IDLE)).to_be_attached(timeout=30_000)
        # A key or click reaches the server a moment later: idle must last for two frames.
        page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        expect(page.locator(IDLE)).to_be_attached(timeout=30_000)

    return wait


@pytest.fixture
def open_page(wait_until_idle) -> Callable[[Page, str], Page]:
    """`open_page(page, "/picture?kernel=box")`: go there and wait until Streamlit is idle."""

    def open_(page: Page, path: str = "/") -> Page:
        page.goto(path)
        wait_until_idle(page)
        return page

    return open_

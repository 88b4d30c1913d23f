"""A real Chromium for the tests in this folder.

A test asks for `page` and calls `open_page(page, "/")`. It fails on any console error, uncaught
exception or failed request, even when its own assertions hold. Each page has a browser context of
its own; the browser and the app's server are shared by all tests of a worker (tests/conftest.py).
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.contexts import Contexts
from tests.browser.runs import follow_runs, wait_until_idle

VIEWPORT = {"width": 1280, "height": 720}
# Not a fault, and nothing else is let through: a request that the browser itself gave up because
# the page was left or its node removed.
GIVEN_UP = "net::ERR_ABORTED"


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the pages of this test so far; a test may empty it if it must."""
    return []


@pytest.fixture(scope="session")
def contexts(browser: Browser, server) -> Iterator[Contexts]:
    """Wiped browser contexts for the pages of all tests: see tests/browser/contexts.py."""
    contexts = Contexts(browser, server.url)
    yield contexts
    contexts.close()


@pytest.fixture
def new_page(contexts: Contexts, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open pages with settings of your own: `new_page(color_scheme="dark", viewport=...)`.

    The keywords are those of Playwright's `Browser.new_context`; `first_visit=True` is met by the
    opening as well. Every page has a context of its own, with nothing in it from another page or
    test.
    """
    pages: list[Page] = []

    def create(**settings) -> Page:
        page = contexts.lend({"viewport": VIEWPORT} | settings)
        pages.append(page)
        watch(page, complaints)
        follow_runs(page)
        return page

    yield create
    for page in pages:
        contexts.take_back(page)
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
    page.on("pageerror", lambda error: complaints.append(f"exception: {error.stack or error}"))
    page.on("response", on_response)
    page.on("requestfailed", on_failed)


@pytest.fixture(name="wait_until_idle")
def _wait_until_idle() -> Callable[[Page], None]:
    """`wait_until_idle(page)`: return when no run is asked for or under way, and all is drawn."""
    return wait_until_idle


@pytest.fixture
def open_page() -> Callable[[Page, str], Page]:
    """`open_page(page, "/picture?kernel=box")`: go there and wait until Streamlit is idle."""

    def open_(page: Page, path: str = "/") -> Page:
        page.goto(path)
        wait_until_idle(page)
        return page

    return open_

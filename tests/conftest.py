"""What every test may use: the browser's path, and the app running as `make run` runs it."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.serving import BROWSER_ARGUMENTS, NoBrowser, Server, app_server, find_chromium


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    """The running app: `server.url` is where, `server.said()` its log."""
    with app_server(tmp_path_factory.mktemp("server") / "server.log") as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; without one, tests are skipped, but in CI they fail."""
    try:
        return find_chromium()
    except NoBrowser as error:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium for all tests; open a context of your own in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Tests that ask for the browser carry its marker and come last.

    Faults that are quicker to find are found first; and Playwright keeps an event loop running,
    so that no `asyncio.run` would work after it.
    """
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test that used the server shows the end of what the server said."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server is not None:
        report.sections.append(("the server's log, its end", server.said()[-6000:]))
    return report

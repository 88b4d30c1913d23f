"""What every test may use: the browser's path, and the app running as `make run` runs it."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.contexts import Contexts
from tests.serving import (
    PATIENCE,
    TEST_BROWSER_ARGUMENTS,
    NoBrowser,
    Server,
    app_server,
    find_chromium,
)

# The same examples on every machine, and no limit on how long one takes.
settings.load_profile("ci")
BROWSER_TESTS = Path(__file__).parent / "browser"
# Chromium's advice to a test that looks at single pixels.
READ_BACK = "Canvas2D: Multiple readback operations"
expect.set_options(timeout=1000 * PATIENCE)


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
        browser = playwright.chromium.launch(executable_path=chromium, args=TEST_BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _blank_contexts(browser: Browser) -> Iterator[Contexts]:
    contexts = Contexts(browser)
    yield contexts
    contexts.close()


@pytest.fixture
def blank_page(_blank_contexts: Contexts) -> Iterator[Callable[..., Page]]:
    """`blank_page(width, height)`: an empty page to mount a component in.

    The test fails on any warning, error or uncaught exception. No test waits for a pause to pass:
    `page.clock.install()`, once the component is mounted, then `page.clock.run_for(milliseconds)`.
    """
    complaints: list[str] = []
    pages: list[Page] = []

    def on_console(message):
        if message.type in ("error", "warning") and READ_BACK not in message.text:
            complaints.append(message.text)

    def create(width: int, height: int) -> Page:
        page = _blank_contexts.lend({"viewport": {"width": width, "height": height}})
        page.on("console", on_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        pages.append(page)
        return page

    yield create
    for page in pages:
        _blank_contexts.take_back(page)
    assert complaints == []


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector, obj):
    """Exhaustive tests are not even collected where they do not run: they are 70,000."""
    marks = getattr(obj, "pytestmark", [])
    if "not long" in collector.config.option.markexpr and any(m.name == "long" for m in marks):
        return []
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Tests that ask for the browser carry its marker, and files that hold one come last.

    Faults that are quicker to find are found first; and Playwright keeps an event loop running,
    so that no `asyncio.run` would work after it.
    """
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    late = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: (item.path in late, BROWSER_TESTS in item.path.parents))


def pytest_collection_finish():
    """The 15,000 tests stay to the end: no collection of garbage looks through them again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Side by side, a file's tests stay together in one worker; those in browser/ go one by one.

    So what a module shares is made once, no worker is left with all the long tests at the end,
    and the order above holds in each worker.
    """
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            alone = nodeid.startswith("tests/browser/")
            return nodeid if alone else super()._split_scope(nodeid)

    config.option.loadscopereorder = False
    return Scheduling(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test that used the server shows the end of what the server said."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    if report.failed and server is not None:
        report.sections.append(("the server's log, its end", server.said()[-6000:]))
    return report

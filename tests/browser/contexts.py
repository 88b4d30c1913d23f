"""Browser tabs that are wiped and lent again.

A page that opens in a new context fetches and compiles 2.7 MB of Streamlit's scripts, which costs
more than most tests; in a new tab it still compiles them. Between two tests cookies and storage are
wiped and the tab is left empty; scripts stay in the cache, compiled.
"""

import json
from contextlib import suppress
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

from tests.serving import PATIENCE

# Who has seen the opening is shown the page itself; under this name the browser remembers it.
OPENING = "slide-and-sum.opening"
# A page of no server has no storage.
SEEN = f"try {{ localStorage.setItem('{OPENING}', 'seen'); }} catch {{}}"
# What a tab is given anew each time it is lent, with what a new context would have.
VIEWPORT = {"width": 1280, "height": 720}
MEDIA = {
    "color_scheme": "light",
    "reduced_motion": "no-preference",
    "forced_colors": "none",
    "contrast": "no-preference",
}
# What a test does to a page for good.
LASTING = (
    "add_locator_handler",
    "expose_binding",
    "expose_function",
    "once",
    "route",
    "route_from_har",
    "route_web_socket",
    "set_default_navigation_timeout",
    "set_default_timeout",
    "set_extra_http_headers",
)


class LentPage(Page):
    """A page whose tab is lent again unless the test did to it what nobody could undo.

    So it is with `LASTING`, and with whatever a test reached for in its context or clock.
    """

    reached = False
    browser: CDPSession | None = None

    def add_init_script(self, script: str) -> None:
        """Run this at the beginning of every document, until the tab is taken back."""
        asked = {"source": script}
        added = self.browser.send("Page.addScriptToEvaluateOnNewDocument", asked)
        self.scripts = [*getattr(self, "scripts", ()), added]

    def drop_scripts(self) -> None:
        """Take back every `add_init_script`."""
        for added in getattr(self, "scripts", ()):
            self.browser.send("Page.removeScriptToEvaluateOnNewDocument", added)
        self.scripts = []

    @property
    def context(self) -> BrowserContext:
        self.reached = True
        return super().context

    @property
    def clock(self):
        self.reached = True
        return super().clock

    def on(self, event, f) -> None:
        super().on(event, f)
        self.listening = [*getattr(self, "listening", ()), (event, f)]

    def fall_silent(self) -> None:
        """Take back every `on`."""
        for event, f in getattr(self, "listening", ()):
            with suppress(KeyError):  # the test has taken it back itself
                self.remove_listener(event, f)
        self.listening = []


def _lasting(name: str):
    def reach(self, *args, **more):
        self.reached = True
        return getattr(Page, name)(self, *args, **more)

    return reach


for _name in LASTING:
    setattr(LentPage, _name, _lasting(_name))


class Tab(NamedTuple):
    """A page, the context it is alone in, and a line to the browser about it."""

    page: Page
    context: BrowserContext
    browser: CDPSession
    url: str | None


class Contexts:
    """`lend(settings)` gives a page in a context with these settings, `take_back(page)` ends it.

    What pages of the server at `url`, or at the settings' `base_url`, stored is wiped; pages of no
    server store nothing. The app's opening counts as seen, but not with `"first_visit": True`
    among the settings.
    """

    def __init__(self, browser: Browser, url: str | None = None) -> None:
        self.browser = browser
        self.url = url
        self.free: dict[str, list[Tab]] = {}
        self.lent: dict[Page, tuple[str, Tab]] = {}

    def lend(self, settings: dict) -> Page:
        media = {name: settings.get(name, usual) for name, usual in MEDIA.items()}
        viewport = settings.get("viewport", VIEWPORT)
        rest = {k: v for k, v in settings.items() if k != "viewport" and k not in MEDIA}
        key = json.dumps(rest, sort_keys=True, default=repr)
        if self.free.get(key):
            tab = self.free[key].pop()
            _wipe(tab)
        else:
            tab = self._open(rest)
        tab.page.set_viewport_size(viewport)
        tab.page.emulate_media(**media)
        self.lent[tab.page] = key, tab
        return tab.page

    def _open(self, settings: dict) -> Tab:
        asked = {"base_url": self.url} | settings
        first_visit = asked.pop("first_visit", False)
        context = self.browser.new_context(**asked)
        if not first_visit:
            context.add_init_script(SEEN)
        context.set_default_timeout(1000 * PATIENCE)
        page = context.new_page()
        page.__class__ = LentPage
        page.browser = context.new_cdp_session(page)
        page.browser.send("Page.enable")
        return Tab(page, context, page.browser, asked["base_url"])

    def take_back(self, page: Page) -> None:
        key, tab = self.lent.pop(page)
        if page.reached or page.is_closed() or not _leave(tab):
            tab.context.close()
            return
        self.free.setdefault(key, []).append(tab)

    def close(self) -> None:
        for tabs in self.free.values():
            for tab in tabs:
                tab.context.close()


def _leave(tab: Tab) -> bool:
    """End what runs in a tab, and say whether it could be emptied."""
    tab.page.fall_silent()
    tab.page.drop_scripts()
    for one in tab.context.pages:
        if one is not tab.page:
            one.close()
    try:
        tab.page.goto(f"{tab.url}/_stcore/health" if tab.url else "about:blank")
        # A page writes while it is left, and of all that is stored only this is the tab's own.
        tab.page.evaluate("() => location.origin === 'null' || sessionStorage.clear()")
    except Error:  # a test has ended the server
        return False
    return True


def _wipe(tab: Tab) -> None:
    """Leave nothing of the last test: no cookie, nothing stored, no way back."""
    tab.browser.send("Page.resetNavigationHistory")
    tab.context.clear_cookies()
    if tab.url:
        tab.browser.send("Storage.clearDataForOrigin", {"origin": tab.url, "storageTypes": "all"})

"""Browser contexts that are wiped and lent again.

A page that opens in a new context fetches and compiles 2.7 MB of Streamlit's scripts, which costs
more than most tests. Cookies and storage are wiped between two tests; scripts stay in the cache.
"""

import json

from playwright.sync_api import Browser, BrowserContext, Page

from tests.serving import PATIENCE

# Who has seen the opening is shown the page itself; under this name the browser remembers it.
OPENING = "slide-and-sum.opening"
# A page of no server has no storage.
SEEN = f"try {{ localStorage.setItem('{OPENING}', 'seen'); }} catch {{}}"


class LentPage(Page):
    """A page in a context that is lent again unless the test reached for the context itself.

    Nobody could undo what a test has done there: routes, scripts, permissions, a clock of its own.
    """

    reached = False

    @property
    def context(self) -> BrowserContext:
        self.reached = True
        return super().context

    @property
    def clock(self):
        self.reached = True
        return super().clock


class Contexts:
    """`lend(settings)` gives a page in a context with these settings, `take_back(page)` ends it.

    What pages of the server at `url`, or at the settings' `base_url`, stored is wiped; pages of no
    server store nothing. The app's opening counts as seen, but not with `"first_visit": True`
    among the settings.
    """

    def __init__(self, browser: Browser, url: str | None = None) -> None:
        self.browser = browser
        self.url = url
        self.free: dict[str, list[BrowserContext]] = {}
        self.lent: dict[Page, tuple[str, BrowserContext]] = {}
        self.kept: dict[BrowserContext, Page] = {}

    def lend(self, settings: dict) -> Page:
        key = json.dumps(settings, sort_keys=True, default=repr)
        if self.free.get(key):
            context = self.free[key].pop()
            page = context.new_page()
            url = settings.get("base_url", self.url)
            if url:
                self._wipe(context, page, url)
        else:
            asked = {"base_url": self.url} | settings
            first_visit = asked.pop("first_visit", False)
            context = self.browser.new_context(**asked)
            if not first_visit:
                context.add_init_script(SEEN)
            context.set_default_timeout(1000 * PATIENCE)
            page = context.new_page()
        page.__class__ = LentPage
        self.lent[page] = key, context
        return page

    def take_back(self, page: Page) -> None:
        key, context = self.lent.pop(page)
        if page.reached:
            self.kept.pop(context, None)
            context.close()
            return
        # An empty page stays behind: a tab in an open window costs half as much as a window.
        if context not in self.kept:
            self.kept[context] = context.new_page()
        for one in context.pages:
            if one is not self.kept[context]:
                one.close()
        self.free.setdefault(key, []).append(context)

    def close(self) -> None:
        for contexts in self.free.values():
            for context in contexts:
                context.close()

    def _wipe(self, context: BrowserContext, page: Page, url: str) -> None:
        context.clear_cookies()
        storage = {"origin": url, "storageTypes": "all"}
        context.new_cdp_session(page).send("Storage.clearDataForOrigin", storage)

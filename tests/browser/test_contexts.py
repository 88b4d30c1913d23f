"""Every page of these tests is alone: nothing in it comes from another page or test."""

import pytest
from playwright.sync_api import Error

from tests.browser.contexts import Contexts

SETTINGS = {"locale": "en-GB"}
LEAVE = """() => {
  const leave = () => {
    localStorage.left = sessionStorage.left = 'left';
    document.cookie = 'left=left';
  };
  leave();
  addEventListener('pagehide', leave);
}"""
FOUND = "[localStorage.left, sessionStorage.left, document.cookie.includes('left')]"


@pytest.mark.parametrize("elsewhere", [False, True], ids=["the server", "another server"])
def test_a_tab_is_lent_again_without_what_was_left_in_it(browser, server, elsewhere):
    contexts = Contexts(browser, "http://127.0.0.1:9" if elsewhere else server.url)
    settings = SETTINGS | ({"base_url": server.url} if elsewhere else {})
    first = contexts.lend(settings | {"viewport": {"width": 500, "height": 500}})
    heard = []
    first.on("console", lambda said: heard.append(said.text))
    first.goto("/_stcore/health?first")
    first.emulate_media(color_scheme="dark")
    first.evaluate(LEAVE)
    assert first.evaluate(FOUND) == ["left", "left", True]
    first.add_init_script("window.mine = 1")
    first.reload()
    assert first.evaluate("window.mine") == 1
    contexts.take_back(first)
    again = contexts.lend(settings)
    assert again is first
    again.evaluate("console.log('of the second test')")
    again.goto("/_stcore/health?second")
    assert again.evaluate(FOUND) == [None, None, False]
    assert again.evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") == [
        1280,
        False,
    ]
    again.go_back()
    assert "first" not in again.url
    assert again.evaluate("window.mine") is None
    assert heard == []
    beside = contexts.lend(settings)
    assert beside is not again
    for page in (again, beside):
        contexts.take_back(page)
    contexts.close()


def test_a_tab_that_a_test_changed_for_good_is_not_lent_again(browser, server):
    contexts = Contexts(browser, server.url)
    for reach in (
        lambda page: page.context.add_init_script("window.mine = 1"),
        lambda page: page.clock.install(),
        lambda page: page.route("**/*", lambda route: route.abort()),
        lambda page: page.close(),
    ):
        page = contexts.lend(SETTINGS)
        reach(page)
        contexts.take_back(page)
        assert not any(contexts.free.values())
    contexts.close()


def test_a_tab_whose_server_has_ended_is_not_lent_again(browser):
    contexts = Contexts(browser, "http://127.0.0.1:9")
    page = contexts.lend(SETTINGS)
    with pytest.raises(Error):
        page.goto("/")
    contexts.take_back(page)
    assert not any(contexts.free.values())
    contexts.close()

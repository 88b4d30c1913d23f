"""Every page of these tests is alone: nothing in it comes from another page or test."""

import pytest

from tests.browser.contexts import Contexts

SETTINGS = {"locale": "en-GB"}
LEAVE = "localStorage.left = sessionStorage.left = 'left'; document.cookie = 'left=left'"
FOUND = "[localStorage.left, sessionStorage.left, document.cookie.includes('left')]"


@pytest.mark.parametrize("elsewhere", [False, True], ids=["the server", "another server"])
def test_a_context_is_lent_again_without_what_was_left_in_it(browser, server, elsewhere):
    contexts = Contexts(browser, "http://127.0.0.1:9" if elsewhere else server.url)
    settings = SETTINGS | ({"base_url": server.url} if elsewhere else {})
    first = contexts.lend(settings)
    context = contexts.lent[first][1]
    first.goto("/_stcore/health")
    first.evaluate(LEAVE)
    assert first.evaluate(FOUND) == ["left", "left", True]
    contexts.take_back(first)
    again = contexts.lend(settings)
    assert contexts.lent[again][1] is context
    again.goto("/_stcore/health")
    assert again.evaluate(FOUND) == [None, None, False]
    beside = contexts.lend(settings)
    assert contexts.lent[beside][1] is not context
    for page in (again, beside):
        contexts.take_back(page)
    contexts.close()


def test_a_context_that_a_test_reached_for_is_not_lent_again(browser, server):
    contexts = Contexts(browser, server.url)
    for reach in (
        lambda page: page.context.add_init_script("window.mine = 1"),
        lambda page: page.clock.install(),
    ):
        page = contexts.lend(SETTINGS)
        reach(page)
        contexts.take_back(page)
        assert not any(contexts.free.values())
    contexts.close()

"""Every page of these tests is alone: nothing in it comes from another page or test."""

from tests.browser.contexts import Contexts

SETTINGS = {"locale": "en-GB"}
LEAVE = "localStorage.left = sessionStorage.left = 'left'; document.cookie = 'left=left'"
FOUND = "[localStorage.left, sessionStorage.left, document.cookie.includes('left')]"


def test_a_context_is_lent_again_without_what_was_left_in_it(browser, server):
    contexts = Contexts(browser, server.url)
    first = contexts.lend(SETTINGS)
    context = contexts.lent[first][1]
    first.goto("/_stcore/health")
    first.evaluate(LEAVE)
    assert first.evaluate(FOUND) == ["left", "left", True]
    contexts.take_back(first)
    again = contexts.lend(SETTINGS)
    assert contexts.lent[again][1] is context
    again.goto("/_stcore/health")
    assert again.evaluate(FOUND) == [None, None, False]
    beside = contexts.lend(SETTINGS)
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

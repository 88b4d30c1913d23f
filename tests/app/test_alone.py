"""What a control changes runs alone; what that leaves to the rest of a page."""

from types import SimpleNamespace

import pytest

from app.page import alone
from app.page import browser as browser_module
from app.page.browser import Browser, component_left


@pytest.mark.parametrize(("drawn", "asked"), [(True, "part"), (False, "")])
def test_a_message_for_a_part_that_was_never_drawn_runs_the_whole_page(monkeypatch, drawn, asked):
    runs = []
    monkeypatch.setattr(alone, "_request_rerun", lambda _session, message: runs.append(message))
    session = SimpleNamespace(has_fragment=lambda part: drawn and part == "part")
    alone.AppSession.request_rerun(session, SimpleNamespace(fragment_id="part"))
    alone.AppSession.request_rerun(session, None)
    assert [message and message.fragment_id for message in runs] == [asked, None]


@pytest.mark.parametrize(
    ("before", "drawn", "left"),
    [
        ({"maps", "presenter"}, {"maps"}, False),
        ({"maps", "stage"}, {"stage"}, True),
        (set(), {"stage"}, False),
    ],
)
def test_a_component_of_the_page_that_is_no_longer_drawn_is_noticed(
    monkeypatch, before, drawn, left
):
    now = Browser(components={"maps", "stage"}, before=before, drawn=drawn)
    monkeypatch.setattr(browser_module, "browser", lambda: now)
    assert component_left() is left

"""Commits as the page takes them in: each once, in order, after what a restart left behind."""

import pytest

from app.page import browser as browser_module
from app.page.browser import Browser, commits_taken, new_commits, take_acts


@pytest.fixture
def sent(monkeypatch):
    """`sent(...)`: this session's browser, whose message holds these commits of "maps"."""

    def send(*numbered, session="", **state) -> Browser:
        now = Browser(**state)
        commits = {"session": session or now.session, "list": list(numbered)}
        monkeypatch.setattr(browser_module, "browser", lambda: now)
        monkeypatch.setattr(browser_module, "sent_value", {"maps": {"commits": commits}}.get)
        return now

    return send


def test_only_what_was_not_taken_in_is_new(sent):
    now = sent((1, "open", "a"), (2, "open", "b"))
    now.commits["maps"] = 1
    assert new_commits("maps") == [(2, "open", "b")]
    assert commits_taken("maps") == {"of": "maps", "session": now.session, "seen": 2}
    assert new_commits("maps") == []


def test_what_was_sent_to_another_session_is_left_to_be_sent_again(sent):
    sent((1, "open", "a"), session="another")
    assert commits_taken("maps")["seen"] == 0


def test_what_controls_show_from_before_a_restart_comes_first(sent):
    now = sent((1, "open", "a"), restarted=True)
    assert new_commits("maps") == []
    assert commits_taken("maps")["seen"] == 0
    now.restarted = False
    assert new_commits("maps") == [(1, "open", "a")]


def test_what_came_in_one_message_is_asked_for_once_and_in_its_order(sent, monkeypatch):
    queued, done = [], []
    monkeypatch.setattr(browser_module, "queue_act", queued.append)
    sent((1, "turn", 1), (2, "leave", True))
    acts = {"turn": lambda by: done.append(("turn", by)), "leave": lambda _: done.append("leave")}
    take_acts("maps", acts)
    take_acts("maps", acts)
    for act in queued:
        act()
    assert done == [("turn", 1), "leave"]

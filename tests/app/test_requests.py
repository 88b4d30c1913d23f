"""Messages of a browser that Streamlit alone would lose, or would take for something else."""

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSessionState

from app.page import requests


class Session:
    """As much of Streamlit's session as is asked: the page it runs, and the parts it has drawn."""

    def __init__(self, page="sliding", parts=("part",)):
        self.page_script_hash, self.parts = page, parts
        self._state = AppSessionState.APP_NOT_RUNNING

    def runs(self, page, *, still):
        """A run of the page has begun, and has not ended yet or has."""
        self.page_script_hash = page
        self._state = AppSessionState.APP_IS_RUNNING if still else AppSessionState.APP_NOT_RUNNING

    def has_fragment(self, part):
        return part in self.parts


@pytest.fixture
def heard(monkeypatch):
    """What reaches Streamlit of the messages sent: page, address and part of each."""
    runs = []
    monkeypatch.setattr(requests, "_request_rerun", lambda _session, message: runs.append(message))

    def heard(session, *messages):
        runs.clear()
        for message in messages:
            requests.AppSession.request_rerun(session, message)
        return [
            message and (message.page_script_hash, message.query_string, message.fragment_id)
            for message in runs
        ]

    return heard


def press(page):
    """A press on a page's name: it brings no value of the page that is left."""
    return ClientState(page_script_hash=page, query_string=f"of={page}")


def report(page, part="", stride="2"):
    """What a component tells, of the page's own part or of the whole page."""
    message = ClientState(page_script_hash=page, query_string="k=3", fragment_id=part)
    message.widget_states.widgets.add(id="stride", string_value=stride)
    return message


@pytest.mark.parametrize(("part", "asked"), [("part", "part"), ("another", "")])
def test_a_message_for_a_part_that_was_never_drawn_runs_the_whole_page(heard, part, asked):
    messages = heard(Session(), report("sliding", part), None)
    assert messages == [("sliding", "k=3", asked), None]


@pytest.mark.parametrize("part", ["part", ""])
@pytest.mark.parametrize("runs_already", [False, True])
def test_a_page_that_is_left_does_not_call_back_whoever_leaves_it(heard, part, runs_already):
    session = Session()
    way = ("pooling", "of=pooling", "")
    assert heard(session, press("pooling")) == [way]
    if runs_already:
        session.runs("pooling", still=True)
    assert heard(session, report("sliding", part), report("sliding", part, "3")) == [way, way]


def test_once_the_browser_shows_the_page_its_parts_run_alone_and_it_can_be_left(heard):
    session = Session()
    heard(session, press("pooling"))
    session.page_script_hash = "pooling"
    assert heard(
        session, report("pooling", "part"), press("sliding"), report("sliding", "part")
    ) == [
        ("pooling", "k=3", "part"),
        ("sliding", "of=sliding", ""),
        ("sliding", "k=3", "part"),
    ]


def test_a_name_pressed_once_the_other_page_stands_leads_back_whatever_came_in_meanwhile(heard):
    session = Session()
    heard(session, press("pooling"))
    session.runs("pooling", still=False)
    back = press("sliding")
    back.widget_states.widgets.add(id="talk", string_value="as the browser has kept it")
    assert heard(session, back) == [("sliding", "of=sliding", "")]


def test_what_a_part_of_a_page_left_tells_late_does_not_call_back_either(heard):
    session = Session()
    heard(session, press("pooling"))
    session.runs("pooling", still=False)
    assert heard(session, report("sliding", "part")) == [("pooling", "of=pooling", "")]


def test_of_several_names_pressed_the_last_one_counts(heard):
    session = Session()
    heard(session, press("pooling"), press("quiz"))
    left = [report("sliding", "part"), report("pooling", "part")]
    assert heard(session, *left) == [("quiz", "of=quiz", "")] * 2
    assert (
        heard(session, press("sliding"), report("quiz", "part"))
        == [("sliding", "of=sliding", "")] * 2
    )


def test_a_page_that_the_app_itself_turned_to_is_heard(heard):
    session = Session()
    heard(session, report("sliding", "part"))
    session.runs("course", still=False)  # by st.switch_page
    assert heard(session, report("course", "part")) == [("course", "k=3", "part")]


def test_what_was_pressed_is_forgotten_with_its_session(heard):
    session = Session()
    heard(session, press("pooling"))
    assert len(requests._ways) == 1
    del session
    assert len(requests._ways) == 0

"""What a browser's message asks of its session, where Streamlit would lose it.

A press on a page's name is one message, and what a component of the page that is left reports in
the same moment is another. The second still names the old page; Streamlit would join the two, keep
the later one's page and stay where it was.
"""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession


@dataclass(frozen=True)
class Way:
    """A way to another page, until the browser shows it.

    asked : the message that asks for the page.
    left : the pages that the browser may still show meanwhile.
    """

    asked: ClientState
    left: frozenset[str]

    def is_reported_by_a_page_left(self, message: ClientState) -> bool:
        """Whether this follows from a page that is left: a press on a name sends nothing new."""
        reports = message.fragment_id or message.widget_states != self.asked.widget_states
        return message.page_script_hash in self.left and bool(reports)


_request_rerun = AppSession.request_rerun
_ways: WeakKeyDictionary[Any, Way] = WeakKeyDictionary()


def _keep_to_the_way(session: Any, message: ClientState) -> None:
    """Let a page that is left report to the page that was asked for, which then runs as a whole."""
    way, page = _ways.get(session), message.page_script_hash
    if way and way.is_reported_by_a_page_left(message):
        message.page_script_hash = way.asked.page_script_hash
        message.page_name = way.asked.page_name
        message.query_string = way.asked.query_string
        message.fragment_id = ""
    elif way and page == way.asked.page_script_hash:
        del _ways[session]  # the browser shows it
    elif page and not message.fragment_id and (way or page != session.page_script_hash):
        asked = ClientState()
        asked.CopyFrom(message)
        left = {session.page_script_hash, *(way.left | {way.asked.page_script_hash} if way else ())}
        _ways[session] = Way(asked, frozenset(left - {page}))


def lose_no_request() -> None:
    """Let every message be heard: by the page that was asked for, whole where its part is unknown.

    Streamlit would drop a message for a part that a session has not drawn yet: the first change
    after a restart would be lost.
    """

    def request_rerun(self: AppSession, client_state: Any) -> None:
        if client_state:
            _keep_to_the_way(self, client_state)
            part = client_state.fragment_id
            if part and not self.has_fragment(part):
                client_state.fragment_id = ""
        _request_rerun(self, client_state)

    AppSession.request_rerun = request_rerun


lose_no_request()

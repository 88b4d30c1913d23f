"""What a browser's message asks of its session, where Streamlit would lose it.

A press on a page's name is one message, and what a component of the page that is left reports in
the same moment is another. The second still names the old page; Streamlit would join the two, keep
the later one's page and stay where it was.
"""

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession, AppSessionState


@dataclass(frozen=True)
class Way:
    """A way to another page, until the browser shows it.

    asked : the message that asks for the page.
    left : the pages that the browser may still show meanwhile.
    """

    asked: ClientState
    left: frozenset[str]


_request_rerun = AppSession.request_rerun
_ways: WeakKeyDictionary[Any, Way] = WeakKeyDictionary()


def _is_reported_by_a_page_left(session: Any, way: Way, message: ClientState) -> bool:
    """Whether a page that is left reports this, and nobody pressed a page's name."""
    if message.page_script_hash not in way.left:
        return False
    if message.fragment_id:
        return True
    # What stands around every page reports without naming a part, as a press on a name does. A
    # press comes once the other page is there to be seen, or it brings no new values.
    page = way.asked.page_script_hash
    turns = session.page_script_hash != page or session._state == AppSessionState.APP_IS_RUNNING
    return turns and message.widget_states != way.asked.widget_states


def _keep_to_the_way(session: Any, message: ClientState) -> None:
    """Let a page that is left report to the page that was asked for, which then runs as a whole."""
    way, page = _ways.get(session), message.page_script_hash
    if way and _is_reported_by_a_page_left(session, way, message):
        message.page_script_hash = way.asked.page_script_hash
        message.page_name = way.asked.page_name
        message.query_string = way.asked.query_string
        message.fragment_id = ""
        return
    left = {session.page_script_hash, *(way.left | {way.asked.page_script_hash} if way else ())}
    if message.fragment_id or page in ("", way.asked.page_script_hash if way else None):
        _ways.pop(session, None)  # the browser shows it, or begins anew
    elif way or page != session.page_script_hash:
        asked = ClientState()
        asked.CopyFrom(message)
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

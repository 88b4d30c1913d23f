"""A click is told to the server once: it counts, whatever the browser sends right after it."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.serving import PATIENCE

TRIES = 10


class Visitor:
    """A session that speaks Streamlit's own protocol."""

    def __init__(self, stream: ClientConnection, path: str) -> None:
        self.stream, self.path = stream, path
        self.button, self.query = "", ""

    def ask(self, query: str = "", click: str = "") -> None:
        """Ask for a run, with a click or without one."""
        message = BackMsg()
        message.rerun_script.page_name = self.path
        message.rerun_script.query_string = query or self.query
        if click:
            message.rerun_script.widget_states.widgets.add(id=click, trigger_value=True)
        self.stream.send(message.SerializeToString())

    def follow(self, label: str) -> None:
        """Note the address and the button with this label until all that was asked for is done."""
        message = ForwardMsg()
        while not done(message):
            message = ForwardMsg.FromString(self.stream.recv(timeout=PATIENCE))
            if message.WhichOneof("type") == "page_info_changed":
                self.query = message.page_info_changed.query_string
            button = message.delta.new_element.button
            if button.label == label:
                self.button = button.id


def done(message: ForwardMsg) -> bool:
    ended = message.WhichOneof("type") == "script_finished"
    return ended and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


@contextmanager
def visitor(url: str, path: str) -> Iterator[Visitor]:
    browser = requests.Session()
    for name in ("host-config", "health"):
        browser.get(f"{url}/_stcore/{name}", timeout=PATIENCE)
    token = browser.cookies["_streamlit_xsrf"]
    with connect(
        url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=["streamlit", token],
        additional_headers={"Cookie": f"_streamlit_xsrf={token}", "Origin": url},
        max_size=None,
    ) as stream:
        yield Visitor(stream, path)


def test_a_click_counts_though_another_message_follows_at_once(server):
    with visitor(server.url, "make_a_set") as teacher:
        teacher.ask("from=macs.1&n=5&seed=7")
        teacher.follow("Other questions")
        for _ in range(TRIES):
            before = teacher.query
            teacher.ask(click=teacher.button)
            teacher.ask()
            teacher.follow("Other questions")
            assert teacher.query != before, "other questions have another seed"

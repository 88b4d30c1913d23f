"""What a control changes runs alone; what that leaves to the rest of a page."""

from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from app.page import alone
from app.page import browser as browser_module
from app.page.browser import Browser, component_left


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


def drawn(part: str, words: str) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 1])
    message.delta.fragment_id = part
    message.delta.new_element.markdown.body = words
    return message


@pytest.mark.parametrize("part_runs", [True, False])
def test_what_waits_to_be_sent_is_kept_for_a_part_that_runs_again_and_not_for_the_whole_page(
    part_runs,
):
    session = SimpleNamespace(_browser_queue=ForwardMsgQueue())
    queue = session._browser_queue
    queue.enqueue(drawn("part", "by the whole page"))
    queue.enqueue(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    alone.AppSession._clear_queue(session, ["part"] if part_runs else None)
    queue.enqueue(drawn("part", "by the part"))
    sent = [one.delta.new_element.markdown.body or one.script_finished for one in queue.flush()]
    assert sent == (
        ["by the whole page", ForwardMsg.FINISHED_SUCCESSFULLY, "by the part"]
        if part_runs
        else [ForwardMsg.FINISHED_EARLY_FOR_RERUN, "by the part"]
    )

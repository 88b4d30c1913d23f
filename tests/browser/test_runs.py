"""A page is busy from the moment a run is asked for until the last run has ended."""

import re
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.runs import Runs, eventually
from tests.serving import PATIENCE

ASKED = BackMsg(rerun_script={}).SerializeToString()
BEGUN = ForwardMsg(new_session={}).SerializeToString()


def ended(status: int) -> bytes:
    return ForwardMsg(script_finished=status).SerializeToString()


DONE = ended(ForwardMsg.FINISHED_SUCCESSFULLY)
CUT_SHORT = ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN)


@pytest.mark.parametrize(
    ("messages", "busy"),
    [
        ([], False),
        ([ASKED], True),
        ([ASKED, BEGUN], True),
        ([ASKED, BEGUN, DONE], False),
        ([ASKED, BEGUN, ASKED, DONE], True),
        ([ASKED, BEGUN, ASKED, CUT_SHORT], True),
        ([ASKED, BEGUN, ASKED, CUT_SHORT, BEGUN, DONE], False),
        ([ASKED, ASKED, BEGUN, CUT_SHORT], True),
    ],
)
def test_a_page_is_busy_until_what_was_asked_last_is_done(messages, busy):
    runs = Runs()
    for message in messages:
        (runs._on_sent if message is ASKED else runs._on_received)(message)
    assert runs.busy is busy


def test_a_check_is_repeated_until_it_holds(blank_page):
    page = blank_page(400, 300)
    tries = []

    def third_time():
        tries.append(1)
        assert len(tries) == 3

    eventually(page, third_time)
    assert len(tries) == 3


def test_no_test_waits_for_a_time_or_gives_up_before_its_patience_is_over():
    sleeps = re.compile(r"\b(wait_for_timeout|sleep)\(")
    limits = re.compile(r"\btimeout=([\d_]+)")
    found = []
    for file in sorted(Path(__file__).parent.glob("*.py")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            short = any(int(limit) < 1000 * PATIENCE for limit in limits.findall(line))
            if short or sleeps.search(line):
                found.append(f"{file.name}:{number}: {line.strip()}")
    assert not found, "\n".join(found)

"""When a page of the app is at rest: what the browser asked for is answered, and drawn.

    follow_runs(page)           once, before the page is opened
    wait_until_idle(page)       after an act whose effect is to be read
    two_frames(page)            what is moved in the browser alone is drawn at its next frame
    turn(page, address)         another state of the same page, without opening it anew
    eventually(page, check)     what no `expect` can say, such as where boxes lie

Prefer to wait for what the test is about: `expect(...)` waits by itself. Never wait for a time.
"""

import time
from collections.abc import Callable
from weakref import WeakKeyDictionary

from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.serving import IDLE, PATIENCE


class Runs:
    """Whether a run of the page's script is asked for or under way, told by its websocket.

    The page's own sign, `IDLE`, alone is not enough: between a click and the server's first word
    about the run that it causes it still says that nothing is running.
    """

    def __init__(self) -> None:
        self.asked = False  # and no run has begun since
        self.running = False
        self.begun = 0  # how many runs have begun in all

    def follow(self, socket: WebSocket) -> None:
        socket.on("framesent", self._on_sent)
        socket.on("framereceived", self._on_received)
        socket.on("close", lambda _: self._on_close())

    @property
    def busy(self) -> bool:
        return self.asked or self.running

    def _on_close(self) -> None:
        self.asked = self.running = False

    def _on_sent(self, data: bytes | str) -> None:
        if isinstance(data, bytes) and BackMsg.FromString(data).HasField("rerun_script"):
            self.asked = True

    def _on_received(self, data: bytes | str) -> None:
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.asked, self.running = False, True
            self.begun += 1
        elif kind == "script_finished":
            # A run that was cut short is followed by the one that cut it.
            self.running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


_runs: WeakKeyDictionary[Page, Runs] = WeakKeyDictionary()


def follow_runs(page: Page) -> None:
    """Listen to the page's websocket, so that `wait_until_idle` knows what is under way."""
    _runs[page] = runs = Runs()
    page.on("websocket", runs.follow)


def runs_begun(page: Page) -> int:
    """How many runs of the page's script have begun since `follow_runs`."""
    return _runs[page].begun


def two_frames(page: Page) -> None:
    """Wait until the browser has drawn what was changed before, in the page's own type."""
    page.evaluate(
        """async () => {
          await document.fonts.ready;
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        }"""
    )


def eventually(page: Page, check: Callable[[], object]) -> None:
    """Call `check` at one frame after another until none of its assertions fails."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            check()
            return
        except (AssertionError, TypeError):  # what is not drawn yet has None for its box
            if time.monotonic() > deadline:
                raise
        two_frames(page)


def ends_above(part: Locator, height: float) -> None:
    """Assert that a part of the page ends no lower than this."""
    box = part.bounding_box()
    assert box["y"] + box["height"] <= height


def lies_within(part: Locator, top: float, bottom: float) -> None:
    """Assert that a part of the page lies between these heights."""
    assert part.bounding_box()["y"] >= top
    ends_above(part, bottom)


def wait_until_idle(page: Page) -> None:
    """Return when every run that was asked for has ended, and its outcome is drawn."""
    runs, deadline = _runs[page], time.monotonic() + PATIENCE
    while True:
        expect(page.locator(IDLE)).to_be_attached()
        two_frames(page)  # what is under way between page and server arrives meanwhile
        if not runs.busy and page.locator(IDLE).count():
            return
        assert time.monotonic() < deadline, f"still busy after {PATIENCE} s: {vars(runs)}"


def turn(page: Page, address: str) -> None:
    """Go to another address of the same page as the browser's own buttons do, without a reload."""
    page.evaluate(
        """(address) => {
          history.pushState({}, '', address);
          dispatchEvent(new PopStateEvent('popstate', { state: {} }));
          document.querySelector('[data-testid="stMain"]').scrollTo(0, 0);
        }""",
        address,
    )
    wait_until_idle(page)

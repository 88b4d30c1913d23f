"""How long a visitor waits for a rerun while a whole class uses the app.

`make bench` runs this after the kernels; by itself, with other numbers:

    .venv/bin/python -m tests.bench.server_load --sessions 100 --think 5 --key sliding_stride_0

It starts the app and first measures, on each page by itself, the processor time that one change
costs the server. Then it opens sessions that speak Streamlit's own protocol over websockets, lets
each think for a while and then change a setting, and measures from the message's sending to the end
of the script's run. A setting is a stepper of the stage or a native control, by its key. The client
shares the machine's cores with the server, so the figures are on the high side. Nothing is
asserted.
"""

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.TextInput_pb2 import TextInput
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from websockets.asyncio.client import ClientConnection, connect

from tests.serving import app_server

TURNS = 3
DRAWERS = {"picture_stride_0": "picture_windows"}
PATIENCE = 60  # seconds for one rerun; then the run is given up
STAGE, MARK = "_stage", "-browser_mark-styled-unseen"
CHANGE, THINKING, TOGETHER = 12, 30, 1000
"""What is aimed at, in milliseconds, on a machine that does nothing else: processor time of a
change; p95 of 100 sessions that think 5 s; the slowest of 100 changes at the same moment."""
# What is changed on each page, for the processor's time: page, address, key or stepper; a control
# that is folded away has its drawer opened before.
CHANGES = (
    ("", "", "padding"),
    ("", "size=16x16&cin=3&padding=1x1&x=random:1", "padding"),
    ("", "", "stride"),
    ("picture", "", "picture_stride_0"),
    ("picture", "look=border", "picture_stride_0"),
    ("pooling", "", "stride"),
    ("pooling", "look=photo", "pooling_times"),
    ("pooling", "look=shift", "pooling_by"),
    ("channels", "", "kernel"),
    ("channels", "look=weights", "channels_cin"),
    ("channels", "look=mix", "channels_mix_0_0"),
    ("channels", "look=separable", "channels_cin"),
    ("channels", "look=dense", "channels_cin"),
    ("quiz", "", ""),
    ("make_a_set", "", "builder_count"),
)


@dataclass
class Control:
    """A slider or a number box as the browser knows it: its limits and its value."""

    proto: Slider | NumberInput
    value: float
    fragment: str

    def write(self, states: WidgetStates) -> None:
        """Add this control's value to what is sent back to the script."""
        state = states.widgets.add(id=self.proto.id)
        if isinstance(self.proto, Slider):
            state.double_array_value.data.append(self.value)
        elif self.proto.data_type == NumberInput.INT:
            state.int_value = int(self.value)
        else:
            state.double_value = self.value

    def others(self) -> list[float]:
        """Values that it could have instead."""
        low, step = self.proto.min, self.proto.step or 1
        count = min(100, int((self.proto.max - low) / step) + 1)
        return [v for v in (low + step * i for i in range(count)) if v != self.value]


@dataclass
class Stepper:
    """A stepper of the stage: a number that the component commits."""

    proto: BidiComponent
    name: str
    fragment: str

    def __post_init__(self) -> None:
        data = json.loads(self.proto.json)
        self.taken = data["commits"]
        (self.row,) = (row for row in data["steppers"] if row["name"] == self.name)
        self.value = self.row["values"][0]

    def write(self, states: WidgetStates) -> None:
        change = {"name": self.name, "axis": None, "value": self.value}
        numbered = [[self.taken["seen"] + 1, "set", change]]
        sent = {"commits": {"session": self.taken["session"], "list": numbered}}
        states.widgets.add(id=self.proto.id).json_value = json.dumps(sent)

    def others(self) -> list[float]:
        least = max(span["least"] for span in self.row["spans"])
        most = min(span["most"] for span in self.row["spans"])
        return [value for value in range(least, most + 1) if value != self.row["values"][0]]


@dataclass
class Session:
    """One visitor: a connection, the page's controls, and the one that is moved."""

    connection: ClientConnection
    page: str
    query: str
    key: str | None
    chance: random.Random
    controls: dict[str, Control] = field(default_factory=dict)
    stage: tuple[BidiComponent, str] | None = None
    mark: TextInput | None = None
    drawer: str = ""
    kept: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    async def open(self) -> float:
        """Run the page for the first time, with its seconds; open the control's drawer then."""
        waited = await self.rerun()
        if self.key in DRAWERS:
            await self.rerun()
        return waited

    async def rerun(self, moved: Control | Stepper | None = None) -> float:
        """Run the page's script, one control just moved; the seconds until it has finished."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_name = self.page
        state.fragment_id = moved.fragment if moved else ""
        for control in self.controls.values():
            control.write(state.widget_states)
        if isinstance(moved, Stepper):
            moved.write(state.widget_states)
        if self.drawer:
            state.widget_states.widgets.add(id=self.drawer).bool_value = True
        # As a browser does: what it keeps is named by the server, not sent again.
        state.cached_message_hashes.extend(self.kept)
        if self.mark:
            state.widget_states.widgets.add(id=self.mark.id).string_value = self.mark.value
        self.controls = {}
        start = time.perf_counter()
        await self.connection.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(
                await asyncio.wait_for(self.connection.recv(), timeout=PATIENCE)
            )
            kind = answer.WhichOneof("type")
            if answer.metadata.cacheable:
                self.kept.add(answer.hash or answer.ref_hash)
            if kind == "delta":
                self._look_at(answer.delta)
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif (
                kind == "script_finished"
                and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return time.perf_counter() - start

    def _look_at(self, delta: Delta) -> None:
        folded = delta.add_block.expandable.id
        if self.key in DRAWERS and folded.endswith(f"-{DRAWERS[self.key]}"):
            self.drawer = folded
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.errors.append(element.exception.message)
        elif kind == "text_input" and element.text_input.id.endswith(MARK):
            self.mark = element.text_input
        elif kind == "bidi_component" and element.bidi_component.id.endswith(STAGE):
            self.stage = element.bidi_component, delta.fragment_id
        elif kind in ("slider", "number_input"):
            proto = getattr(element, kind)
            default = proto.default
            if kind == "slider":  # of a list of choices only their places can be moved
                if proto.type != Slider.SLIDER:
                    return
                default = default[0]
            value = proto.value[0] if kind == "slider" and proto.value else proto.value
            self.controls[proto.id] = Control(
                proto, value if proto.set_value else default, delta.fragment_id
            )

    def chosen(self) -> Control | Stepper | None:
        """The control whose key was asked for, or the stage's stepper of this name."""
        if self.stage and self.key and "_" not in self.key:
            return Stepper(self.stage[0], self.key, self.stage[1])
        movable = [control for control in self.controls.values() if control.others()]
        named = [c for c in movable if self.key and c.proto.id.endswith(f"-{self.key}")]
        return next(iter(named if self.key else movable), None)

    def keys(self) -> list[str]:
        """The keys of all controls that can be moved."""
        return [control.proto.id.rpartition("-")[2] for control in self.controls.values()]

    async def move(self) -> float:
        """Give the control another value and rerun."""
        control = self.chosen()
        if control is None:
            return await self.rerun()
        control.value = self.chance.choice(control.others())
        return await self.rerun(control)

    async def use(self, think: float, until: float) -> list[float]:
        """Think, move, wait, and again until the time is up; the seconds of every rerun."""
        waits = []
        while True:
            pause = think * self.chance.uniform(0.5, 1.5)
            if time.perf_counter() + pause > until:
                return waits
            await asyncio.sleep(pause)
            waits.append(await self.move())


def target(reached: float, aim: float) -> str:
    """What is aimed at, and whether it was reached.

    >>> target(12.3, 12), target(99, 100)
    ('target 12 ms: missed', 'target 100 ms: met')
    """
    return f"target {aim:.0f} ms: {'met' if reached <= aim else 'missed'}"


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def describe(title: str, waits: list[float]) -> str:
    if not waits:
        return f"{title}: nothing measured"
    p50, p95, top = (1000 * percentile(waits, share) for share in (0.5, 0.95, 1.0))
    return f"{title:<44} p50 {p50:6.0f}  p95 {p95:6.0f}  max {top:6.0f} ms  ({len(waits)} reruns)"


def resident_megabytes(process: int) -> float | None:
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor_seconds(process: int) -> float | None:
    """The processor time that a process has had so far; None where the system does not tell."""
    status = Path(f"/proc/{process}/stat")
    if not status.exists():
        return None
    user, system = status.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


async def processor(url: str, process: int, changes: int) -> None:
    """Print what one change of each page costs, one session alone."""
    if processor_seconds(process) is None:
        return
    print("processor time of one change")
    for page, query, key in CHANGES:
        connection = await _connected(url)
        session = Session(connection, page, query, key or None, random.Random(1))
        await session.open()
        if key and session.chosen() is None:
            print(f"  /{page}?{query}: no control {key}; it has {sorted(session.keys())}")
            await connection.close()
            continue
        for _ in range(5):
            await session.move()
        # The best of some turns: what else the machine does adds to each in another way.
        turns = []
        for _ in range(TURNS):
            before = processor_seconds(process)
            for _ in range(max(1, changes // TURNS)):
                await session.move()
            spent = processor_seconds(process) - before
            turns.append(1000 * spent / max(1, changes // TURNS))
        spent = min(turns)
        title = f"/{page}{'?' if query else ''}{query[:24]}, {key or 'nothing changed'}"
        print(f"  {title:<58} {spent:5.1f} ms, {target(spent, CHANGE)}", *session.errors[:1])
        await connection.close()


async def _connected(url: str) -> ClientConnection:
    stream = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    return await connect(stream, subprotocols=["streamlit"], max_size=None, compression=None)


async def load(options: argparse.Namespace, url: str, process: int) -> None:
    if options.changes:
        await processor(url, process, options.changes)
    sessions = []
    first = []
    try:
        for number in range(options.sessions):
            connection = await _connected(url)
            session = Session(
                connection, options.page, options.query, options.key, random.Random(number)
            )
            sessions.append(session)
            first.append(await session.open())
        control = sessions[0].chosen()
        if control is None:
            print(f"The page has no '{options.key}' to move; it has {sorted(sessions[0].keys())}.")
            return
        print(f"page /{options.page}, control '{options.key}', "
              f"{options.sessions} sessions, thinking {options.think:g} s")  # fmt: skip
        print(describe("first run of a page, one after the other", first))

        until = time.perf_counter() + options.seconds
        waits = await asyncio.gather(*(s.use(options.think, until) for s in sessions))
        moves = [wait for some in waits for wait in some]
        print(describe("a control is moved", moves))
        if moves:
            print(f"  p95: {target(1000 * percentile(moves, 0.95), THINKING)}")

        burst = await asyncio.gather(*(s.move() for s in sessions))
        print(describe("all move a control at the same moment", list(burst)))
        print(f"  max: {target(1000 * max(burst), TOGETHER)}")

        if (memory := resident_megabytes(process)) is not None:
            print(f"the server holds {memory:.0f} MB")
        errors = [error for session in sessions for error in session.errors]
        print(f"errors shown to visitors: {len(errors)}", *sorted(set(errors))[:3])
    finally:
        await asyncio.gather(*(session.connection.close() for session in sessions))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure reruns under load, on loopback.")
    parser.add_argument("--sessions", type=int, default=100, choices=range(1, 501), metavar="N")
    parser.add_argument("--think", type=float, default=5, help="mean seconds between two moves")
    parser.add_argument("--seconds", type=float, default=30, help="how long (at most 600)")
    parser.add_argument("--page", default="", help="the page's name in the address")
    parser.add_argument("--query", default="", help="the address after the question mark")
    parser.add_argument(
        "--key", default="padding", help="a stepper of the stage, or the key of a native control"
    )
    parser.add_argument("--changes", type=int, default=60, help="of each page alone; 0 for none")
    options = parser.parse_args()
    options.seconds = min(options.seconds, 600)
    with (
        tempfile.TemporaryDirectory() as folder,
        app_server(Path(folder) / "server.log") as server,
    ):
        asyncio.run(load(options, server.url, server.process.pid))


if __name__ == "__main__":
    main()

"""The shift test of the Pooling page: how far an input moves, and the pooling that looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from kernels import PoolSpec
from kernels.reading.notation import format_numbers, parse_numbers, read_source
from kernels.scene.reader import SettingsReader

DIRECTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"right": (0, 1), "left": (0, -1), "down": (1, 0), "up": (-1, 0)}
)
MAX_SHIFT, MAX_ROW, MAX_WINDOW, MAX_STRIDE = 4, 12, 5, 4
SHIFT_DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "on": "row",
        "row": "0.1 1 0.2 0.1",
        "window": "3",
        "every": "1",
        "pad": "1",
        "by": "1",
        "to": "right",
        "enters": "0.3",
    }
)
"""The settings of the test that the page opens on. every: the pooling's stride."""


@dataclass(frozen=True)
class ReadyShift:
    """A ready shift test: what it shows, and the settings that make it."""

    title: str
    settings: Mapping[str, str]


_HALF = "0 5 0 3 0 8 0 2"
ROWS: Mapping[str, ReadyShift] = MappingProxyType(
    {
        "goodfellow": ReadyShift(
            "Half changes: Goodfellow, fig. 9.8",
            {key: value for key, value in SHIFT_DEFAULTS.items() if key != "on"},
        ),
        "within": ReadyShift(
            "Nothing changes: within windows",
            {"row": "5 0 3 0 8 0 2 0", "window": "2", "every": "2", "pad": "0", "by": "1",
             "to": "right", "enters": "0"},
        ),
        "across": ReadyShift(
            "Everything changes: stride 2",
            {"row": _HALF, "window": "2", "every": "2", "pad": "0", "by": "1",
             "to": "right", "enters": "0"},
        ),
        "stride": ReadyShift(
            "It moves along: by the stride",
            {"row": _HALF, "window": "2", "every": "2", "pad": "0", "by": "2",
             "to": "right", "enters": "0"},
        ),
    }
)  # fmt: skip
"""Ready rows; the first is what the shift test opens on."""

_HALVED = {"window": "2", "every": "2", "by": "1", "to": "right"}
PHOTOS: Mapping[str, ReadyShift] = MappingProxyType(
    {
        "photograph": ReadyShift("Half changes: a photograph", {"picture": "camera", **_HALVED}),
        "waves": ReadyShift("Nearly all changes: fine waves", {"picture": "waves", **_HALVED}),
        "checks": ReadyShift("Nothing changes: pixel checks", {"picture": "checks", **_HALVED}),
        "along": ReadyShift(
            "It moves along: waves",
            {"picture": "waves", **_HALVED, "by": "2"},
        ),
    }
)
"""Ready pictures for the shift test."""

READY: Mapping[str, Mapping[str, ReadyShift]] = MappingProxyType({"row": ROWS, "photo": PHOTOS})


@dataclass(frozen=True)
class Shift:
    """A shift test: on a row of numbers or a photograph, how far, which way, and the pooling.

    Parameters
    ----------
    on : 'row' or 'photo'
    row : the numbers; `enters` comes in at the end that the move leaves free
    window, stride : of the pooling; for a row along it, for a photograph both ways
    padded : whether half a window is padded at each end of a row
    by, to : how many pixels, and in which of DIRECTIONS
    """

    on: str
    row: tuple[float, ...]
    window: int
    stride: int
    padded: bool
    by: int
    to: str
    enters: float

    @property
    def steps(self) -> tuple[int, int]:
        """(rows, columns) by which the input moves."""
        down, across = DIRECTIONS[self.to]
        return down * self.by, across * self.by

    def pool(self, kind: str) -> PoolSpec:
        """The pooling of this test; the padding of a row does not count in a mean."""
        if self.on == "photo":
            return PoolSpec(self.window, self.stride, kind=kind)
        ends = self.window // 2 if self.padded else 0
        return PoolSpec(
            (1, self.window),
            (1, self.stride),
            ((0, 0), (ends, ends)),
            count_include_pad=False,
            kind=kind,
        )

    def to_flat(self) -> dict[str, str]:
        """All settings as text; `read_shift` reads them back."""
        return {
            "on": self.on,
            "row": format_numbers(np.array([[self.row]])),
            "window": str(self.window),
            "every": str(self.stride),
            "pad": str(int(self.padded)),
            "by": str(self.by),
            "to": self.to,
            "enters": format_numbers(np.array([[[self.enters]]])),
        }


def read_shift(reader: SettingsReader) -> Shift:
    """The nearest test that can be shown; the reader notes what had to be moved."""
    on = reader.choice("on", ("row", "photo"))
    row = _numbers(reader, "row", "row of numbers")
    if len(row) > MAX_ROW:
        reader.notes.append(f"A row has at most {MAX_ROW} numbers; the first {MAX_ROW} are used.")
        row = row[:MAX_ROW]
    longest = min(MAX_WINDOW, len(row)) if on == "row" else MAX_WINDOW
    to = reader.choice("to", tuple(DIRECTIONS))
    if on == "row" and to in ("down", "up"):
        reader.notes.append(f"A row does not move {to}; it moves to the right.")
        to = "right"
    return Shift(
        on=on,
        row=row,
        window=reader.number("window", "window", 1, longest),
        stride=reader.number("every", "stride", 1, MAX_STRIDE),
        padded=reader.flag("pad"),
        by=reader.number("by", "shift", 0, MAX_SHIFT),
        to=to,
        enters=_one_number(reader),
    )


def _numbers(reader: SettingsReader, key: str, name: str) -> tuple[float, ...]:
    """The row that a value source gives; the usual one where it is to be drawn at random."""
    found = read_source(reader.source(key, name))
    if found is None:
        reader.notes.append(f"The {name} cannot be drawn at random; {SHIFT_DEFAULTS[key]} is used.")
        found = parse_numbers(SHIFT_DEFAULTS[key])
    if found.shape[:2] != (1, 1):
        reader.notes.append(f"The {name} has more than one row; the first is used.")
    return tuple(float(value) for value in found[0, 0])


def _one_number(reader: SettingsReader) -> float:
    first, *others = _numbers(reader, "enters", "number that comes in")
    if others:
        reader.notes.append(f"Only one number enters at the end; the first, {first:g}, is used.")
    return first

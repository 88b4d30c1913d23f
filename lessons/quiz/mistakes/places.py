"""Where a window stands, and the slips in it: it starts at position·s − p, counted from 0."""

from __future__ import annotations

from typing import NamedTuple

from lessons.quiz.mistakes.slip import REASONED, Slip, changed_where


class PlaceWorking(NamedTuple):
    """First cell of a window along one axis, in input coordinates; negative in the padding.

    >>> PlaceWorking(2, 3, 2, 1).value()
    3
    """

    position: int
    kernel: int
    stride: int
    padding: int
    other: int | None = None  # the position along the other axis
    moves: str = "stride"
    start: int = -1  # how often the padding is added
    earlier: int = 0
    first: int = 0  # the number of the input's first cell

    def value(self) -> int:
        step = {"stride": self.stride, "one": 1, "kernel": self.kernel}[self.moves]
        return (self.position + self.earlier) * step + self.start * self.padding + self.first

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        position = str(self.position)
        if self.earlier:
            position = f"({self.position} {'−' if self.earlier < 0 else '+'} 1)"
        step = {"stride": self.stride, "one": 1, "kernel": self.kernel}[self.moves]
        text = f"{position} × {step}"
        if self.start and self.padding:
            text += f" {'−' if self.start < 0 else '+'} {self.padding}"
        return text + (" + 1" if self.first else "")


def _slip(id, name, say, point, step, condition, **changes) -> Slip:
    return Slip(
        id, name, say, point, step, REASONED, {PlaceWorking: changed_where(condition, **changes)}
    )


PLACE_SLIPS = (
    _slip(
        "origin-without-padding",
        "padding left out",
        "The first window starts p cells before the input: subtract the padding.",
        "window",
        "padding",
        lambda w: w.padding > 0,
        start=0,
    ),
    _slip(
        "origin-padding-added",
        "padding added rather than subtracted",
        "Padding lies before the input, at negative numbers: subtract it.",
        "window",
        "padding",
        lambda w: w.padding > 0,
        start=1,
    ),
    _slip(
        "origin-stride-ignored",
        "stride ignored",
        "From one window to the next the start moves by the stride.",
        "window",
        "stride",
        lambda w: w.stride > 1,
        moves="one",
    ),
    _slip(
        "origin-by-window",
        "windows placed side by side",
        "Windows may overlap: the start moves by the stride, not by the kernel.",
        "window",
        "stride",
        lambda w: w.stride != w.kernel,
        moves="kernel",
    ),
    _slip(
        "origin-counted-from-one",
        "positions counted from 1",
        "Positions are counted from 0: position 0 is the first window.",
        "window",
        "count",
        lambda w: True,
        earlier=-1,
    ),
    _slip(
        "origin-told-from-one",
        "counted from 1",
        "Rows and columns are counted from 0: the first cell is number 0.",
        "window",
        "first",
        lambda w: True,
        first=1,
    ),
    _slip(
        "origin-one-late",
        "one window too far",
        "Position 0 is the first window: it has not moved yet.",
        "window",
        "count",
        lambda w: True,
        earlier=1,
    ),
    _slip(
        "origin-axes-exchanged",
        "row and column exchanged",
        "The row comes first: rows give the first number.",
        "axes",
        "axes",
        lambda w: w.other is not None and w.other != w.position,
        position=lambda w: w.other,
        other=lambda w: w.position,
    ),
)

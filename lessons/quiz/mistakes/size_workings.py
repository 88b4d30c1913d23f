"""How an output size is worked out along one axis, forwards and turned round for a setting.

o = floor((i + 2p - ke) / s) + 1, with ke = d(k - 1) + 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from kernels import Axis
from lessons.quiz.question import Number


class SizeWorking(NamedTuple):
    """The windows along one axis, counted or, for `asks` 'leftover', what they leave over.

    >>> axis = Axis(input=5, kernel=3, stride=2, before=1, after=1)
    >>> size_working(axis).value(), size_working(axis)._replace(step=1).value()
    (3, 5)
    """

    axis: Axis
    other: Axis | None
    word: str
    pool: bool
    stride_given: bool
    padding: int  # cells in all
    reach: int
    step: int
    rounding: str
    one: str  # the first position is counted 'after' the division, 'before' it, or not: 'no'
    outside: int = 0
    asks: str = "size"
    instead: Number | None = None
    line: str = ""  # how `instead` was worked out

    def value(self) -> Number | None:
        if self.instead is not None:
            return plain(self.instead)
        room = self.axis.input + self.padding - self.reach + (self.one == "before")
        if self.asks == "leftover":
            return room % self.step if room >= 0 else None
        size = _ROUND[self.rounding](room, self.step) + (self.one == "after") + self.outside
        return plain(size) if size > 0 else None

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        if self.line:
            return self.line
        room = str(self.axis.input) + self._padded()
        if self.reach:
            room += f" − {self.reach}"
        if self.one == "before":
            room += " + 1"
        if self.asks == "leftover":
            return f"({room}) mod {self.step}" if " " in room else f"{room} mod {self.step}"
        if self.step == 1:
            text = room
        else:
            quotient = f"({room}) / {self.step}" if " " in room else f"{room} / {self.step}"
            text = {
                "down": f"⌊{quotient}⌋",
                "up": f"⌈{quotient}⌉",
                "nearest": f"round({quotient})",
                "none": quotient,
            }[self.rounding]
        text += " + 1" if self.one == "after" else ""
        return text + (f" + {self.outside}" if self.outside else "")

    def _padded(self) -> str:
        before, after = self.axis.before, self.axis.after
        if not self.padding:
            return ""
        if self.padding == before + after and before and after:
            return f" + 2 × {before}" if before == after else f" + {before} + {after}"
        return f" + {self.padding}"


_ROUND: dict[str, Callable[[int, int], Number]] = {
    "down": lambda room, step: room // step,
    "up": lambda room, step: -(-room // step),
    "nearest": lambda room, step: (2 * room + step) // (2 * step),
    "none": Fraction,
}


def plain(number: Number) -> Number:
    """A whole number as int."""
    return number if isinstance(number, int) or number.denominator > 1 else int(number)


def size_working(
    axis: Axis,
    other: Axis | None = None,
    word: str = "",
    pool: bool = False,
    stride_given: bool = True,
    asks: str = "size",
) -> SizeWorking:
    """The right working of an axis. word: its padding word; other: the other axis of the shape."""
    return SizeWorking(
        axis,
        other,
        word,
        pool,
        stride_given,
        axis.before + axis.after,
        axis.effective_kernel,
        axis.stride,
        "up" if axis.ceil_mode else "down",
        "after",
        asks=asks,
    )


class InverseWorking(NamedTuple):
    """Which padding per side or stride gives a known size: the forward working, searched."""

    axis: Axis
    unknown: str  # 'padding' or 'stride'
    target: int
    changes: tuple[Callable[[SizeWorking], SizeWorking | None], ...] = ()
    sides: int = 1  # how many sides' padding is given together

    def value(self) -> Number | None:
        """The first number that gives the size; None if there is none or a change never applied."""
        found = self._found()
        return found and found[0] * self.sides

    def tried(self) -> SizeWorking | None:
        """The forward working with the number that was found."""
        found = self._found()
        return found and found[1]

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        return self.tried().arithmetic()

    def _found(self) -> tuple[int, SizeWorking] | None:
        first = 0 if self.unknown == "padding" else 1
        unused = set(self.changes)
        for number in range(first, self.axis.input + 1):
            working = size_working(with_setting(self.axis, self.unknown, number))
            for change in self.changes:
                changed = change(working)
                if changed is not None:
                    working = changed
                    unused.discard(change)
            if working.value() == self.target:
                return None if unused else (number, working)
        return None


def with_setting(axis: Axis, name: str, number: int) -> Axis:
    """The axis with another stride, or another padding on both sides."""
    if name == "stride":
        before, after, stride = axis.before, axis.after, number
    else:
        before, after, stride = number, number, axis.stride
    return Axis(axis.input, axis.kernel, stride, before, after, axis.dilation, axis.ceil_mode)

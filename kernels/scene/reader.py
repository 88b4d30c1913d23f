"""Flat settings read one by one: what cannot be, or is too large, is moved, and a note says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.geometry import AXIS_NAMES, PADDING_WORDS, Pair, largest_kernel
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.reading.link_text import (
    decimal_number,
    quoted,
    whole_number,
    whole_numbers,
    whole_pair,
)
from kernels.reading.notation import LARGEST_NUMBER, NotationError, number_text, read_source
from kernels.scene.axes import ENDS, NAMES, OF_FRAMES, ends_at, numbers_at
from kernels.scene.limits import LEAST_POWER, MOST_POWER, Room, dilation_limit, rooms_of


class SettingsReader:
    """Reads one flat dict over another, collecting a note for every value it had to move.

    What `base` says must be readable, as it stands in for whatever is not. `rank` is how many axes
    the layer has: 1 to 3. `rooms` is how large each can be.
    """

    def __init__(self, base: Mapping[str, str], flat: Mapping[str, str], rank: int = 2):
        self._base, self._flat, self.rank = dict(base), flat, rank
        self.rooms: tuple[Room, ...] = rooms_of(rank)
        self.notes: list[str] = []

    def choice(self, key: str, options: Sequence[str]) -> str:
        """One of some words."""
        *some, last = filter(None, options)
        listed = f"{', '.join(some)} or {last}" if some else last
        return self._read(key, lambda text: text if text in options else None, listed)

    def flag(self, key: str) -> bool:
        """Yes or no, written 1 or 0."""
        return self.choice(key, ("0", "1")) == "1"

    def number(self, key: str, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        form = f"a whole number from {least} to {most}"
        return self._clamp(name, self._read(key, whole_number, form), least, most)

    def among(self, key: str, options: Sequence[int]) -> int:
        """The option nearest to a whole number."""
        listed = " or ".join(map(str, options))
        asked = self._read(key, whole_number, listed)
        nearest = min(options, key=lambda option: (abs(option - asked), option))
        self._note_move(key, asked, nearest)
        return nearest

    def pair(self, key: str, name: str, least: int, most: int | Sequence[int]) -> tuple[int, int]:
        """Two whole numbers, height x width, each within its own bounds."""
        asked = self._read(key, whole_pair, "two whole numbers such as 3x3")
        height, width = self.at_most(name, asked, most, least)
        return height, width

    def lengths(
        self, key: str, name: str, least: int, most: int | Sequence[int]
    ) -> tuple[int, ...]:
        """A whole number for each of the layer's axes, each within its own bounds.

        Of two numbers, a layer of one axis takes the second: the width.
        """
        forms = {1: "a whole number", 2: "two whole numbers such as 3x3"}
        form = forms.get(self.rank, "three whole numbers such as 2x3x3")
        asked = self._read(key, lambda text: numbers_at(text, self.rank, OF_FRAMES[key]), form)
        return self.at_most(name, asked, most, least)

    def axes(self, key: str, name: str, rank: int, least: int, most: int) -> tuple[int, ...]:
        """A whole number an axis within bounds, such as 3x3x3; one counts for all."""
        example = "x".join("3" * rank)
        form = f"a whole number, or {rank} such as {example}" if rank > 1 else "a whole number"
        asked = self._read(key, lambda text: whole_numbers(text, rank), form)
        names = AXIS_NAMES[rank] if rank > 1 else ("",)
        return tuple(
            self._clamp(f"{name} {axis}".strip(), n, least, most)
            for axis, n in zip(names, asked, strict=True)
        )

    def place(self, usual: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
        """A pixel of a picture of this size, by `row` and `column`; the usual one unless given."""
        keys = ("row", "column")
        self._base |= dict(zip(keys, map(str, usual), strict=True))
        row, column = (
            self.number(key, key, 0, side - 1) if self._flat.get(key) else at
            for key, at, side in zip(keys, usual, size, strict=True)
        )
        return row, column

    def at_most(
        self, name: str, asked: tuple[int, ...], most: int | Sequence[int], least: int = 1
    ) -> tuple[int, ...]:
        """Whole numbers, an axis each, brought within bounds."""
        mosts = (most,) * len(asked) if isinstance(most, int) else most
        names = NAMES[len(asked)] if len(asked) > 1 else ("",)
        return tuple(
            self._clamp(f"{name} {axis}".strip(), n, least, m)
            for axis, n, m in zip(names, asked, mosts, strict=True)
        )

    def padding(self, size: Sequence[int] = ()) -> str | tuple[Pair, ...]:
        """A padding word, or cells (before, after) for each axis.

        size : of the input, where it leaves room for only so much around it
        """

        def parse(text: str) -> str | tuple[Pair, ...] | None:
            word = text in PADDING_WORDS and text != "valid"
            return text if word else ends_at(text, self.rank)

        padding = self._read("padding", parse, "written as 1x1, 0.1x0.1 or same")
        if isinstance(padding, str):
            return padding
        free = [
            room.padded - n for room, n in zip(self.rooms, size or (0,) * self.rank, strict=True)
        ]
        return tuple(
            (first, self._clamp(f"padding {after}", pair[1], 0, min(room.padding, left - first)))
            for (before, after), pair, room, left in zip(
                self._ends(), padding, self.rooms, free, strict=True
            )
            for first in (self._clamp(f"padding {before}", pair[0], 0, min(room.padding, left)),)
        )

    def _ends(self) -> tuple[tuple[str, str], ...]:
        return tuple(ENDS[axis] for axis in NAMES[self.rank])

    def cropped(self, padding: tuple[Pair, ...], most: Sequence[int]) -> tuple[Pair, ...]:
        """Padding that crops an output, with at most so many cells of it over both ends."""
        return tuple(
            (first, self._clamp(f"padding {after}", pair[1], 0, n - first))
            for (before, after), pair, n in zip(self._ends(), padding, most, strict=True)
            for first in (self._clamp(f"padding {before}", pair[0], 0, n),)
        )

    def clamp_pool_padding(
        self, padding: tuple[Pair, ...], kernel: tuple[int, ...]
    ) -> tuple[Pair, ...]:
        """Pooling pads at most half the kernel per side."""
        halves = [size // 2 for size in kernel]
        allowed = tuple(
            (min(before, half), min(after, half))
            for (before, after), half in zip(padding, halves, strict=True)
        )
        if allowed != padding:
            names = ("rows", "columns") if len(kernel) > 1 else ("cells",)
            said = ", ".join(
                f"{size} // 2 = {half} {name}"
                for size, half, name in zip(kernel, halves, names, strict=True)
            )
            self.notes.append(
                f"Pooling pads at most half its window ({said} per side), so the padding was "
                "reduced to that."
            )
        return allowed

    def padding_mode(self, conv: ConvSpec, size: tuple[int, ...] | None) -> ConvSpec:
        """Give a convolution its padding mode, or zeros where the input is too small for it.

        size : of its input; None where there is none that it could be too small for
        """
        mode = self.choice("mode", tuple(PADDING_MODES))
        fill = self._fill() if PADDING_MODES[mode].takes_value else 0.0
        try:
            moded = replace(conv, padding_mode=mode, padding_value=fill)
            if size is not None:
                moded.axes(size)
        except ShapeError as error:
            self.notes.append(f"{_causes(error)} Zeros are used instead.")
            return conv
        return moded

    def power(self) -> float:
        """The power of Lp pooling."""
        asked = self._read("p", _decimal, f"a number from {LEAST_POWER:g} to {MOST_POWER:g}")
        power = min(max(asked, LEAST_POWER), MOST_POWER)
        self._note_move("power p", number_text(asked), number_text(power))
        return power

    def pool(
        self, kind: str, conv: ConvSpec, size: tuple[int, ...], norm_type: float = 2.0
    ) -> tuple[PoolSpec, ConvSpec]:
        """A pooling with the windows of a convolution; without padding where it pads too much."""
        layer = PoolSpec(
            kernel_size=conv.kernel_size,
            stride=conv.stride,
            dilation=conv.dilation,
            ceil_mode=self.flag("ceil"),
            count_include_pad=self.flag("countpad"),
            kind=kind,
            norm_type=norm_type if POOL_KINDS[kind].takes_norm else None,
        )
        try:
            padded = replace(layer, padding=conv.padding)
            padded.axes(size)
            return padded, conv
        except ShapeError as error:
            self.notes.append(f"{_causes(error)} No padding is used instead.")
        kernel = self.at_most("kernel", conv.kernel_size, [largest_kernel(n) for n in size])
        dilation = self.at_most(
            "dilation",
            conv.dilation,
            [dilation_limit(n, k, (0, 0)) for n, k in zip(size, kernel, strict=True)],
        )
        unpadded: dict[str, Any] = {"kernel_size": kernel, "dilation": dilation, "padding": 0}
        return replace(layer, **unpadded), replace(
            conv, padding_mode="zeros", padding_value=0.0, **unpadded
        )

    def source(self, key: str, name: str) -> str:
        """A value source that can be read."""
        text = self._flat.get(key, self._base[key])
        try:
            read_source(text)
        except NotationError as error:
            self.notes.append(f"The {name} could not be read: {error}")
            return self._base[key]
        return text

    def read(self, key: str, parse: Callable[[str], Any], form: str) -> Any:
        """What `parse` makes of a value; where that is None, the base's, with a sentence."""
        return self._read(key, parse, form)

    def move(self, name: str, asked: Any, value: Any) -> Any:
        """The value; a sentence says so where it is not the one asked for."""
        self._note_move(name, asked, value)
        return value

    def _fill(self) -> float:
        return self._read("fill", _decimal, f"a number up to {LARGEST_NUMBER:.0f}")

    def _read(self, key, parse, form):
        """Parse one value; a text that is not a setting counts as missing and is named."""
        asked = self._flat.get(key, self._base[key])
        value = parse(asked)
        if value is None:
            value = parse(self._base[key])
            self.notes.append(
                f"{quoted(asked)} is not a value for {key}, which is {form}; "
                f"{self._base[key]} is used."
            )
        return value

    def _clamp(self, name: str, asked: int, least: int, most: int) -> int:
        value = min(max(asked, least), max(most, least))
        self._note_move(name, asked, value)
        return value

    def _note_move(self, name: str, asked: int | str, value: int | str) -> None:
        if value != asked:
            self.notes.append(
                f"{name[0].upper()}{name[1:]} {asked} is not possible here; {value} is the "
                "nearest that works."
            )


def _causes(error: ShapeError) -> str:
    """What is wrong, without the advice: here it is not the reader who mends it."""
    return " ".join(fault.partition("; use ")[0].rstrip(".") + "." for fault in error.faults)


def _decimal(text: str) -> float | None:
    value = decimal_number(text)
    return value if value is not None and abs(value) <= LARGEST_NUMBER else None

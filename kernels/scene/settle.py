"""Flat settings, from a link or from controls, brought to the nearest scene that can be.

`settle` is the only way from text to a Scene. It never refuses: what cannot be is moved to the
nearest setting that works, and a sentence says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import AXIS_NAMES, PADDING_WORDS, Pair, largest_kernel
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.reading.link_text import (
    decimal_number,
    padding_ends,
    quoted,
    whole_number,
    whole_numbers,
    whole_pair,
)
from kernels.reading.notation import LARGEST_NUMBER, NotationError, number_text, read_source
from kernels.scene.flat import DEFAULTS, FlatScene, others_of
from kernels.scene.scene import Numbers
from kernels.scene.values import fit_bias, fit_input, fit_weight

MAX_INPUT, MAX_KERNEL, MAX_CHANNELS = 16, 7, 4
MAX_STRIDE, MAX_PADDING, MAX_DILATION, MAX_REACH = 8, 6, 6, 13
"""What the stage can draw legibly. MAX_REACH bounds the effective kernel."""

LEAST_POWER, MOST_POWER = 0.5, 10.0
"""Powers of Lp pooling: below and above them its numbers say nothing new."""


def settle(
    flat: Mapping[str, str], base: Mapping[str, str] = DEFAULTS
) -> tuple[FlatScene, tuple[str, ...]]:
    """Read a flat dict of settings as the nearest legal scene, and say what had to be moved.

    >>> scene, notes = settle({"kernel": "9x9"})
    >>> scene.layer.kernel_size, notes
    ((5, 5), ('Kernel height 9 is not possible here; 5 is the nearest that works.', \
'Kernel width 9 is not possible here; 5 is the nearest that works.'))

    Missing keys are taken from `base`. Every value is text, as in an address; text that is no
    setting at all counts as missing and is named in a note.
    """
    reader = SettingsReader({**DEFAULTS, **base}, flat)
    kind = reader.choice("op", ("conv", *POOL_KINDS))
    size = reader.pair("size", "input", 1, MAX_INPUT)
    channels = reader.number("cin", "channels in", 1, MAX_CHANNELS)
    out_channels = reader.number("cout", "channels out", 1, MAX_CHANNELS)
    padding = reader.padding()
    if isinstance(padding, str):  # every word pads enough for its own kernel to fit
        most = [MAX_KERNEL] * 2
    else:
        most = [
            min(MAX_KERNEL, largest_kernel(n, *pair)) for n, pair in zip(size, padding, strict=True)
        ]
    kernel = reader.pair("kernel", "kernel", 1, most)
    if kind != "conv" and not isinstance(padding, str):
        padding = reader.clamp_pool_padding(padding, kernel)
        most = [largest_kernel(n, *pair) for n, pair in zip(size, padding, strict=True)]
        kernel = reader.at_most("kernel", kernel, most)
    stride = reader.pair("stride", "stride", 1, MAX_STRIDE)
    if padding == "same" and stride != (1, 1):
        padding = "same_upper"
        reader.notes.append(
            "Padding 'same' needs stride 1; 'same_upper' (TensorFlow's SAME) is used."
        )
    dilation = reader.pair(
        "dilation",
        "dilation",
        1,
        [
            dilation_limit(n, k, padding if isinstance(padding, str) else padding[axis])
            for axis, (n, k) in enumerate(zip(size, kernel, strict=True))
        ],
    )
    conv = ConvSpec(
        in_channels=channels,
        out_channels=out_channels,
        kernel_size=kernel,
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=reader.among("groups", legal_groups(channels, out_channels)),
        bias=reader.flag("bias"),
    )
    conv = reader.padding_mode(conv, size)
    pool = None
    norm_type = reader.power()
    if kind != "conv":
        pool, conv = reader.pool(kind, conv, size, norm_type)
    sources = {
        key: reader.source(key, f"{name} numbers")
        for key, name in (("x", "input"), ("w", "kernel"), ("b", "bias"))
    }
    kept = {
        "ceil": str(int(pool.ceil_mode if pool else 0)),
        "countpad": str(int(pool.count_include_pad if pool else 1)),
        "p": number_text(norm_type),
        "flip": str(int(reader.flag("flip"))),
    }
    scene = _shown(pool or conv, conv, size, sources, kept)
    step = reader.number("step", "step", 0, scene.steps - 1)
    return replace(scene, step=step), tuple(reader.notes)


def _shown(
    layer: ConvSpec | PoolSpec,
    conv: ConvSpec,
    size: tuple[int, int],
    sources: Mapping[str, str],
    kept: Mapping[str, str],
) -> FlatScene:
    """The scene of a layer, with what the settings say beside it: of the convolution, `kept`."""
    x = _numbers(fit_input, sources["x"], (conv.in_channels, *size))
    if isinstance(layer, PoolSpec):
        scene = FlatScene(layer, x)
    else:
        w = _numbers(fit_weight, sources["w"], conv.weight_shape)
        b = Numbers(fit_bias(sources["b"], conv.out_channels), source=sources["b"])
        flip = kept["flip"] == "1"
        scene = FlatScene(layer, x, w, b if conv.bias else None, flip=flip)
    settings = {
        "cout": str(conv.out_channels),
        "mode": conv.padding_mode,
        "fill": number_text(conv.padding_value),
        "groups": str(conv.groups),
        "bias": str(int(conv.bias)),
    }
    return replace(scene, others=others_of(scene, {**DEFAULTS, **settings, **sources, **kept}))


def _numbers(
    fit: Callable[[str, tuple[int, ...]], tuple[np.ndarray, str]],
    source: str,
    shape: tuple[int, ...],
) -> Numbers:
    array, note = fit(source, shape)
    return Numbers(array, source, note)


def legal_groups(in_channels: int, out_channels: int) -> tuple[int, ...]:
    """Group counts that divide both channel counts.

    >>> legal_groups(4, 2)
    (1, 2)
    """
    common = math.gcd(in_channels, out_channels)
    return tuple(g for g in range(1, common + 1) if common % g == 0)


def dilation_limit(size: int, kernel: int, padding: str | Pair) -> int:
    """Largest dilation that fits the axis and that the stage can draw.

    >>> dilation_limit(5, 3, (0, 0)), dilation_limit(5, 3, "same"), dilation_limit(5, 3, "full")
    (2, 6, 3)
    """
    if kernel == 1:
        return MAX_DILATION
    return max(min(MAX_DILATION, _reach_limit(size, padding) // (kernel - 1)), 1)


def kernel_limit(size: int, dilation: int, padding: str | Pair) -> int:
    """Largest kernel that fits the axis at a dilation and that the stage can draw.

    >>> kernel_limit(5, 1, (0, 0)), kernel_limit(5, 2, (1, 1)), kernel_limit(5, 3, "full")
    (5, 4, 3)
    """
    return min(MAX_KERNEL, _reach_limit(size, padding) // dilation + 1)


def _reach_limit(size: int, padding: str | Pair) -> int:
    """Most cells between a window's first tap and its last."""
    if isinstance(padding, str):
        return MAX_PADDING if padding == "full" else MAX_REACH - 1
    return min(MAX_REACH, size + sum(padding)) - 1


class SettingsReader:
    """Reads one flat dict over another, collecting a note for every value it had to move.

    What `base` says must be readable, as it stands in for whatever is not.
    """

    def __init__(self, base: Mapping[str, str], flat: Mapping[str, str]):
        self._base, self._flat = dict(base), flat
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
        self, name: str, asked: tuple[int, int], most: int | Sequence[int], least: int = 1
    ) -> tuple[int, int]:
        """Two whole numbers brought within bounds."""
        mosts = (most, most) if isinstance(most, int) else most
        height, width = (
            self._clamp(f"{name} {axis}", n, least, m)
            for axis, n, m in zip(("height", "width"), asked, mosts, strict=True)
        )
        return height, width

    def padding(self) -> str | tuple[Pair, Pair]:
        """A padding word, or cells (before, after) for each axis."""
        padding = self._read("padding", _padding, "written as 1x1, 0.1x0.1 or same")
        if isinstance(padding, str):
            return padding
        (top, bottom), (left, right) = (
            [
                self._clamp(f"padding {end}", n, 0, MAX_PADDING)
                for end, n in zip(ends, pair, strict=True)
            ]
            for ends, pair in zip((("top", "bottom"), ("left", "right")), padding, strict=True)
        )
        return (top, bottom), (left, right)

    def clamp_pool_padding(
        self, padding: tuple[Pair, Pair], kernel: tuple[int, int]
    ) -> tuple[Pair, Pair]:
        """Pooling pads at most half the kernel per side."""
        (top, bottom), (left, right) = padding
        rows, columns = kernel[0] // 2, kernel[1] // 2
        allowed = (min(top, rows), min(bottom, rows)), (min(left, columns), min(right, columns))
        if allowed != padding:
            self.notes.append(
                f"Pooling pads at most half its window ({kernel[0]} // 2 = {rows} rows, "
                f"{kernel[1]} // 2 = {columns} columns per side), so the padding was "
                "reduced to that."
            )
        return allowed

    def padding_mode(self, conv: ConvSpec, size: tuple[int, int]) -> ConvSpec:
        """Give a convolution its padding mode, or zeros where the input is too small for it."""
        mode = self.choice("mode", tuple(PADDING_MODES))
        fill = self._fill() if PADDING_MODES[mode].takes_value else 0.0
        try:
            moded = replace(conv, padding_mode=mode, padding_value=fill)
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
        self, kind: str, conv: ConvSpec, size: tuple[int, int], norm_type: float = 2.0
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
        """Parse one value; a text that is no setting counts as missing and is named."""
        asked = self._flat.get(key, self._base[key])
        value = parse(asked)
        if value is None:
            value = parse(self._base[key])
            self.notes.append(
                f"{quoted(asked)} is no setting for {key}, which is {form}; "
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


def _padding(text: str) -> str | tuple[Pair, Pair] | None:
    return text if text in PADDING_WORDS and text != "valid" else padding_ends(text)


def _decimal(text: str) -> float | None:
    value = decimal_number(text)
    return value if value is not None and abs(value) <= LARGEST_NUMBER else None

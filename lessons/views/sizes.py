"""What the Sizes page shows: a layer of any size along one to three axes, and the link to it.

Nothing here is limited by what can be drawn cell by cell: the page draws to scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kernels import ConvSpec, ConvTransposeSpec, PoolSpec, ShapeError
from kernels.layers.conventions import CONVENTIONS
from kernels.layers.geometry import (
    PADDING_WORDS,
    Pair,
    largest_dilation,
    largest_kernel,
)
from kernels.layers.transposed import TransposedAxis
from kernels.reading.link_names import MEANT, open_link, own_names
from kernels.reading.link_text import ends_of_axes
from kernels.scene.flat import by, padding_text
from kernels.scene.limits import legal_groups
from kernels.scene.reader import SettingsReader

Layer = ConvSpec | ConvTransposeSpec | PoolSpec

LOOKS = ("layer", "solver", "shrink")
OPS = ("conv", "transposed", "max", "avg")
MOST = 100_000
"""Cells along an axis, and channels."""
MOST_SETTING, MOST_TIMES, MOST_BATCH = 1_000, 50, 10_000

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "look": "layer",
        "op": "conv",
        "rank": "2",
        "size": "224",
        "cin": "3",
        "cout": "64",
        "kernel": "7",
        "stride": "2",
        "padding": "3",
        "dilation": "1",
        "opad": "0",
        "groups": "1",
        "bias": "1",
        "ceil": "0",
        "batch": "1",
        "convention": "torch",
        "want": "112",
        "times": "7",
    }
)
"""The page as it opens: the first layer of ResNet."""

_MEANT = {
    "layer": "op",
    "i": "size",
    "output_padding": "opad",
    "n": "times",
    "batch_size": "batch",
}


@dataclass(frozen=True)
class SizesView:
    """Everything that the page shows.

    layer, size : the layer and its input's size, one number an axis
    batch : inputs at once; only memory depends on it
    convention : in whose letters the size formula is written
    want : the size along an axis that the solver is to reach from `size[0]`
    times : how often the layer is stacked on itself
    cout : output channels of a convolution; a pooling has as many as go in
    kept : settings that only other layers have, for when one of them is shown again
    """

    look: str
    layer: Layer
    size: tuple[int, ...]
    cin: int
    cout: int
    batch: int
    convention: str
    want: int
    times: int
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def op(self) -> str:
        """'conv', 'transposed' or the kind of pooling."""
        match self.layer:
            case ConvTransposeSpec():
                return "transposed"
            case _:
                return self.layer.kind

    @property
    def rank(self) -> int:
        return self.layer.rank

    def to_flat(self) -> dict[str, str]:
        """All settings as a flat dict of strings; `settle_sizes` reads it back."""
        layer = self.layer
        own = {
            "look": self.look,
            "op": self.op,
            "rank": str(self.rank),
            "size": _by(self.size),
            "cin": str(self.cin),
            "cout": str(self.cout),
            "kernel": _by(layer.kernel_size),
            "stride": _by(layer.stride),
            "padding": _padding_text(layer.padding),
            "dilation": _by(layer.dilation),
            "batch": str(self.batch),
            "convention": self.convention,
            "want": str(self.want),
            "times": str(self.times),
        }
        if isinstance(layer, ConvTransposeSpec):
            own["opad"] = _by(layer.output_padding)
        if isinstance(layer, PoolSpec):
            own["ceil"] = str(int(layer.ceil_mode))
        else:
            own |= {"groups": str(layer.groups), "bias": str(int(layer.bias))}
        return {**dict(self.kept), **own}

    def link(self) -> dict[str, str]:
        """The address: what differs from the page as it opens."""
        flat = self.to_flat()
        return {key: flat[key] for key, usual in DEFAULTS.items() if flat[key] != usual}


def settle_sizes(flat: Mapping[str, str]) -> tuple[SizesView, tuple[str, ...]]:
    """Read settings as the nearest layer that can be, and say what had to be moved.

    >>> view, notes = settle_sizes({"size": "224", "kernel": "7", "stride": "2", "padding": "3"})
    >>> view.layer.output_size(view.size), notes
    ((112, 112), ())
    >>> settle_sizes({"size": "5", "padding": "0", "kernel": "9"})[1]
    ('Kernel 9 is not possible here; 5 is the nearest that works.',)
    """
    reader = SettingsReader(DEFAULTS, flat)
    op = reader.choice("op", OPS)
    rank = reader.number("rank", "axes", 1, 3)
    size = reader.axes("size", "input", rank, 1, MOST)
    cin = reader.number("cin", "channels in", 1, MOST)
    cout = reader.number("cout", "channels out", 1, MOST)
    windows: dict[str, Any] = {
        "kernel_size": reader.axes("kernel", "kernel", rank, 1, MOST_SETTING),
        "stride": reader.axes("stride", "stride", rank, 1, MOST_SETTING),
        "padding": _padding(reader, op, rank),
        "dilation": reader.axes("dilation", "dilation", rank, 1, MOST_SETTING),
    }
    extra = reader.axes("opad", "output padding", rank, 0, MOST_SETTING)
    ceil_mode = reader.flag("ceil")
    groups = reader.among("groups", legal_groups(cin, cout))
    bias = reader.flag("bias")
    layer: Layer
    if op == "transposed":
        layer = _transposed(reader, size, windows, extra, (cin, cout), groups=groups, bias=bias)
    else:
        _fit(reader, op, size, windows)
        if op == "conv":
            layer = ConvSpec(cin, cout, groups=groups, bias=bias, **windows)
        else:
            layer = PoolSpec(**_poolable(reader, size, windows), kind=op, ceil_mode=ceil_mode)
    kept = {
        "opad": _by(extra),
        "groups": str(groups),
        "bias": str(int(bias)),
        "ceil": str(int(ceil_mode)),
    }
    view = SizesView(
        look=reader.choice("look", LOOKS),
        layer=layer,
        size=size,
        cin=cin,
        cout=cout,
        batch=reader.number("batch", "batch", 1, MOST_BATCH),
        convention=reader.choice("convention", tuple(CONVENTIONS)),
        want=reader.number("want", "wanted size", 1, MOST),
        times=reader.number("times", "layers", 1, MOST_TIMES),
        kept=tuple((key, text) for key, text in kept.items() if key not in _shown_by(layer)),
    )
    return view, tuple(reader.notes)


def _shown_by(layer: Layer) -> tuple[str, ...]:
    """Settings that only some layers have, and this one has."""
    match layer:
        case PoolSpec():
            return ("ceil",)
        case ConvTransposeSpec():
            return ("groups", "bias", "opad")
        case _:
            return ("groups", "bias")


def open_sizes(
    link: Mapping[str, str], base: Mapping[str, str] = DEFAULTS
) -> tuple[SizesView, tuple[str, ...]]:
    """Open a link to the page; an input of three numbers, such as 16x112x112, has three axes.

    What the link does not say is taken from `base`.

    >>> view, notes = open_sizes({"size": "16x112x112", "k": "3", "p": "1", "s": "1"})
    >>> view.layer.output_size(view.size)
    (16, 112, 112)
    """
    if "rank" not in link and link.get("size", "").count("x") == 2:
        link = {**link, "rank": "3"}
    meant = {**MEANT, "p": "padding", **_MEANT}

    def settled(flat: Mapping[str, str]) -> tuple[SizesView, tuple[str, ...]]:
        return settle_sizes({**base, **flat})

    return open_link(link, own_names(DEFAULTS), meant, settled)


def _padding(reader: SettingsReader, op: str, rank: int) -> str | tuple[Pair, ...]:
    words = () if op == "transposed" else tuple(w for w in PADDING_WORDS if w != "valid")

    def parse(text: str) -> str | tuple[Pair, ...] | None:
        if text == "valid":
            return ((0, 0),) * rank
        return text if text in words else ends_of_axes(text, rank)

    example = "x".join(["1"] * rank)
    form = f"cells such as 1, {example} or 2.3" + (", or a word such as same" if words else "")
    asked = reader.read("padding", parse, form)
    if isinstance(asked, str):
        return asked
    pairs = tuple((min(max(a, 0), MOST_SETTING), min(max(b, 0), MOST_SETTING)) for a, b in asked)
    reader.move("padding", _padding_text(asked), _padding_text(pairs))
    return pairs


def _fit(reader: SettingsReader, op: str, size: tuple[int, ...], windows: dict[str, Any]) -> None:
    """Bring windows to what fits the input; changes `windows`."""
    if windows["padding"] == "same" and set(windows["stride"]) != {1}:
        windows["padding"] = "same_upper"
        reader.notes.append(
            "Padding 'same' needs stride 1; 'same_upper' (TensorFlow's SAME) is used."
        )
    if op != "conv":
        windows["padding"] = _pool_padding(reader, windows["padding"], windows["kernel_size"])
    padding = windows["padding"]
    if isinstance(padding, str):  # every word pads enough for its own kernel to fit
        return
    most = [largest_kernel(n, *pair) for n, pair in zip(size, padding, strict=True)]
    kernel = tuple(map(min, windows["kernel_size"], most))
    windows["kernel_size"] = _moved(reader, "kernel", windows["kernel_size"], kernel)
    if op != "conv":
        windows["padding"] = _pool_padding(reader, padding, kernel)
    limits = (
        largest_dilation(n, k, *pair)
        for n, k, pair in zip(size, kernel, windows["padding"], strict=True)
    )
    dilation = tuple(map(min, windows["dilation"], limits))
    windows["dilation"] = _moved(reader, "dilation", windows["dilation"], dilation)


def _pool_padding(
    reader: SettingsReader, padding: str | tuple[Pair, ...], kernel: tuple[int, ...]
) -> str | tuple[Pair, ...]:
    if isinstance(padding, str):
        if padding != "full":
            return padding
        reader.notes.append("Pooling pads at most half its window, so it has no padding 'full'.")
        return ((0, 0),) * len(kernel)
    allowed = tuple(
        (min(before, k // 2), min(after, k // 2))
        for (before, after), k in zip(padding, kernel, strict=True)
    )
    if allowed != padding:
        reader.notes.append(
            f"Pooling pads at most half its window, so padding {_padding_text(padding)} was "
            f"reduced to {_padding_text(allowed)}."
        )
    return allowed


def _poolable(
    reader: SettingsReader, size: tuple[int, ...], windows: dict[str, Any]
) -> dict[str, Any]:
    """The windows, unpadded where a word would pad more than half of one."""
    try:
        PoolSpec(**windows).axes(size)
    except ShapeError:
        reader.notes.append(
            f"Padding '{windows['padding']}' would pad more than half of this window, which "
            "pooling does not; none is used."
        )
        bare = {**windows, "padding": ((0, 0),) * len(size)}
        _fit(reader, "max", size, bare)
        return bare
    return windows


def _transposed(
    reader: SettingsReader,
    size: tuple[int, ...],
    windows: dict[str, Any],
    extra: tuple[int, ...],
    channels: tuple[int, int],
    **counts: Any,
) -> ConvTransposeSpec:
    bounds = [max(s, d) - 1 for s, d in zip(windows["stride"], windows["dilation"], strict=True)]
    extra = _moved(reader, "output padding", extra, tuple(map(min, extra, bounds)))
    cropped = []
    for axis, (before, after) in enumerate(windows["padding"]):
        made = TransposedAxis(
            size[axis],
            windows["kernel_size"][axis],
            windows["stride"][axis],
            dilation=windows["dilation"][axis],
            output_padding=extra[axis],
        ).output
        most = (made - 1) // 2
        cropped.append((before, after) if before + after < made else (most, most))
    asked, padding = _padding_text(windows["padding"]), tuple(cropped)
    reader.move("padding", asked, _padding_text(padding))
    cin, cout = channels
    return ConvTransposeSpec(
        cin, cout, **{**windows, "padding": padding}, output_padding=extra, **counts
    )


def _moved(
    reader: SettingsReader, name: str, asked: tuple[int, ...], value: tuple[int, ...]
) -> tuple[int, ...]:
    reader.move(name, _by(asked), _by(value))
    return value


def _by(numbers: tuple[int, ...]) -> str:
    """3x2 as it stands in a link; one number where all are alike.

    >>> _by((3, 3, 3)), _by((3, 2))
    ('3', '3x2')
    """
    return _shortest(by(numbers))


def _padding_text(padding: str | tuple[Pair, ...]) -> str:
    return _shortest(padding_text(padding))


def _shortest(text: str) -> str:
    """What is said of each axis, said once where all are alike."""
    parts = text.split("x")
    return parts[0] if len(set(parts)) == 1 else text

"""Flat settings, from a link or from controls, brought to the nearest scene that can be.

`settle` is the only way from text to a Scene. It never refuses: what cannot be is moved to the
nearest setting that works, and a sentence says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from kernels.layers.geometry import largest_kernel
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec
from kernels.reading.notation import number_text
from kernels.scene.axes import NAMES
from kernels.scene.flat import DEFAULTS, FlatScene, by, others_of
from kernels.scene.layer_kinds import WAYS, LayerKind, kind_named, layer_kinds
from kernels.scene.limits import (
    MAX_DILATION,
    MAX_KERNEL,
    MAX_REACH,
    MAX_STRIDE,
    dilation_limit,
    kernel_limit,
    legal_groups,
    most_channels,
    most_cropped,
    most_input,
    rooms_of,
)
from kernels.scene.reader import SettingsReader
from kernels.scene.scene import Numbers, as_stored
from kernels.scene.values import fit_bias, fit_input, fit_weight

_ANY_EXTRA = "opad", "output padding", 0, MAX_STRIDE - 1
"""What a layer without output padding keeps of it for later."""

Windows = tuple[tuple[int, ...], dict[str, Any], dict[str, Any]]
"""The input's size, the settings of its windows, and those that only one kind of layer has."""


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
    kind = kind_named(reader.choice("op", layer_kinds()))
    reader.rank = _rank(reader, kind)
    most = most_channels(reader.rank)
    channels = reader.number("cin", "channels in", 1, most)
    out_channels = reader.number("cout", "channels out", 1, most)
    counts: dict[str, Any] = {"in_channels": channels, "out_channels": out_channels}
    reader.rooms = rooms_of(reader.rank, max(channels, out_channels))
    size = reader.lengths("size", "input", 1, [room.input for room in reader.rooms])
    size, windows, extra = _WINDOWS[kind.spec](reader, size)
    conv = ConvSpec(
        **counts,
        **windows,
        groups=reader.among("groups", legal_groups(channels, out_channels)),
        bias=reader.flag("bias"),
    )
    conv = reader.padding_mode(conv, None if kind.spec is ConvTransposeSpec else size)
    norm_type = reader.power()
    layer: LayerSpec = conv
    if kind.spec is PoolSpec:
        layer, conv = reader.pool(kind.name, conv, size, norm_type)
    if kind.spec is ConvTransposeSpec:
        layer = ConvTransposeSpec(**counts, **windows, **extra, groups=conv.groups, bias=conv.bias)
    sources = {
        key: reader.source(key, f"{name} numbers")
        for key, name in (("x", "input"), ("w", "kernel"), ("b", "bias"))
    }
    pool = layer if isinstance(layer, PoolSpec) else None
    kept = {
        "ceil": str(int(pool.ceil_mode if pool else 0)),
        "countpad": str(int(pool.count_include_pad if pool else 1)),
        "p": number_text(norm_type),
        "flip": str(int(reader.flag("flip"))),
        "way": reader.choice("way", tuple(WAYS)),
        "opad": by(extra.get("output_padding") or reader.lengths(*_ANY_EXTRA)),
    }
    scene = _shown(kind, layer, conv, size, sources, kept)
    step = reader.number("step", "step", 0, scene.steps - 1)
    return replace(scene, step=step), tuple(reader.notes)


def _rank(reader: SettingsReader, kind: LayerKind) -> int:
    """How many axes the layer has: those of an image where its kind has no picture of a volume."""
    rank = int(reader.choice("rank", tuple(map(str, NAMES))))
    if rank in kind.ranks:
        return rank
    reader.notes.append(
        "Of the layers over frames only a convolution is drawn, so this one is shown on an image; "
        "the Sizes page counts it over frames, too."
    )
    return 2


def _sliding_windows(reader: SettingsReader, size: tuple[int, ...], pools: bool = False) -> Windows:
    """The windows of a convolution, or of a pooling, which pads less."""
    padding = reader.padding(size)
    if isinstance(padding, str):  # every word pads enough for its own kernel to fit
        most = [
            kernel_limit(n, 1, padding, room) for n, room in zip(size, reader.rooms, strict=True)
        ]
    else:
        most = [
            min(room.kernel, largest_kernel(n, *pair))
            for n, pair, room in zip(size, padding, reader.rooms, strict=True)
        ]
    kernel = reader.lengths("kernel", "kernel", 1, most)
    if pools and not isinstance(padding, str):
        padding = reader.clamp_pool_padding(padding, kernel)
        most = [largest_kernel(n, *pair) for n, pair in zip(size, padding, strict=True)]
        kernel = reader.at_most("kernel", kernel, most)
    stride = reader.lengths("stride", "stride", 1, [room.stride for room in reader.rooms])
    if padding == "same" and max(stride) > 1:
        padding = "same_upper"
        reader.notes.append(
            "Padding 'same' needs stride 1; 'same_upper' (TensorFlow's SAME) is used."
        )
    dilation = reader.lengths(
        "dilation",
        "dilation",
        1,
        [
            dilation_limit(n, k, padding if isinstance(padding, str) else padding[axis], room)
            for axis, (n, k, room) in enumerate(zip(size, kernel, reader.rooms, strict=True))
        ],
    )
    windows = {"kernel_size": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    return size, windows, {}


def _pooling_windows(reader: SettingsReader, size: tuple[int, ...]) -> Windows:
    return _sliding_windows(reader, size, pools=True)


def _landing_copies(reader: SettingsReader, size: tuple[int, ...]) -> Windows:
    """The copies of a transposed convolution: an input that can be drawn with its zeros put in."""
    kernel = reader.lengths("kernel", "kernel", 1, MAX_KERNEL)
    stride = reader.lengths("stride", "stride", 1, MAX_STRIDE)
    most = [(MAX_REACH - 1) // max(k - 1, 1) for k in kernel]
    dilation = reader.lengths("dilation", "dilation", 1, [min(MAX_DILATION, n) for n in most])
    most = [max(pair) - 1 for pair in zip(stride, dilation, strict=True)]
    extra = reader.lengths("opad", "output padding", 0, most)
    settings = list(zip(kernel, stride, dilation, extra, strict=True))
    size = reader.at_most("input", size, [most_input(*each) for each in settings])
    padding = reader.padding(size)
    if isinstance(padding, str):
        reader.notes.append(
            f"A transposed convolution crops its output by a number of cells, so padding "
            f"'{padding}' says nothing here; 0 is used."
        )
        padding = ((0, 0),) * reader.rank
    most = [most_cropped(n, *each) for n, each in zip(size, settings, strict=True)]
    padding = reader.cropped(padding, most)
    windows = {"kernel_size": kernel, "stride": stride, "padding": padding, "dilation": dilation}
    return size, windows, {"output_padding": extra}


_WINDOWS: Mapping[type[LayerSpec], Callable[[SettingsReader, tuple[int, ...]], Windows]]
_WINDOWS = MappingProxyType(
    {ConvSpec: _sliding_windows, PoolSpec: _pooling_windows, ConvTransposeSpec: _landing_copies}
)


def _shown(
    kind: LayerKind,
    layer: LayerSpec,
    conv: ConvSpec,
    size: tuple[int, ...],
    sources: Mapping[str, str],
    kept: Mapping[str, str],
) -> FlatScene:
    """The scene of a layer, with what the settings say beside it: of the convolution, `kept`."""
    x = _numbers(fit_input, sources["x"], (conv.in_channels, *size), layer.rank)
    own: dict[str, Any] = {}
    if kind.weighs:
        w = _numbers(fit_weight, sources["w"], conv.weight_shape, layer.rank)
        b = Numbers(fit_bias(sources["b"], conv.out_channels), source=sources["b"])
        own = {
            "weight": replace(w, array=as_stored(layer, w.array)),
            "bias": b if conv.bias else None,
        }
    if kind.has("flip"):
        own["flip"] = kept["flip"] == "1"
    if kind.has("way"):
        own["way"] = kept["way"]
    scene = FlatScene(layer, x, **own)
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
    rank: int,
) -> Numbers:
    """Numbers of a shape; those along one axis are a single row, frames are planes one by one."""
    rows = (*shape[:-1], 1, shape[-1]) if rank == 1 else shape
    if rank == 3:
        rows = (*shape[:-4], math.prod(shape[-4:-2]), *shape[-2:])
    array, note = fit(source, rows)
    return Numbers(array.reshape(shape), source, note)

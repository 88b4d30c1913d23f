"""Original and result under one loupe: the arithmetic at the pointer, a pinned place, a curtain."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import streamlit as st

from app.components.assets import component_text, joined, packed
from app.components.commits import ignore
from app.components.payload import encode, packed_bytes
from kernels import Axis
from kernels.layers.formula import Formula

_FOLDER = Path(__file__).parent
# Each part stands after the parts that it imports.
PARTS = (
    "../shared/line.mjs",
    "../shared/commits.mjs",
    "../shared/mount.mjs",
    "../shared/theme.mjs",
    "../shared/payload.mjs",
    "../shared/nodes.mjs",
    "../shared/numbers.mjs",
    "board.mjs",
    "place.mjs",
    "arithmetic.mjs",
    "view.mjs",
    "pixels.mjs",
    "paint.mjs",
    "curtain.mjs",
    "strip.mjs",
    "words.mjs",
    "gestures.mjs",
    "loupe.mjs",
)
COURIER_PARTS = ("../shared/payload.mjs", "board.mjs", "courier.mjs")

_text = component_text(_FOLDER, PARTS)
_loupe = st.components.v2.component(
    "slide_and_sum_loupe", html=_text.html, css=_text.css, js=_text.js
)
_courier = st.components.v2.component(
    "slide_and_sum_loupe_courier", js=packed(joined(_FOLDER, COURIER_PARTS), "courier")
)


@dataclass(frozen=True)
class Panel:
    """One of the two pictures and what is said of it.

    Parameters
    ----------
    title : the word above it
    about : what a screen reader says in place of the picture; another `about` or size of the
        original is another picture, which is seen whole first
    png : its pixels as they are shown, perhaps shrunk by a whole factor
    size : (height, width) of the full picture
    facts : the lines below it
    factor : full-size pixels on a side of one in `png`
    seen : what is drawn in place of `png`, of the same size: a picture in colour, while its grey
        is what the kernel meets; empty: `png` itself
    """

    title: str
    about: str
    png: bytes
    size: tuple[int, int]
    facts: tuple[str, ...]
    factor: int = 1
    seen: bytes = b""


@dataclass(frozen=True, eq=False)
class Pin:
    """The pinned place and what was computed there, which the browser's own sums are held against.

    Parameters
    ----------
    row, column : the original's pixel in the middle of the window
    index : row and column of the result's pixel
    window : (P, kh, kw) uint8, the pixels that the kernel's taps meet, padding included
    values : the result there, one number for each of its planes
    """

    row: int
    column: int
    index: tuple[int, int]
    window: np.ndarray
    values: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class KernelShown:
    """The kernel as a textbook prints it.

    Parameters
    ----------
    title : its name
    taps : (P, kh, kw), or (kh, kw) where all planes share them: the numbers before the division
    divisor : what the sum is divided by
    offset : what is added after that
    sums_over : whether the planes are added up to one result, as a layer with colour channels does
    """

    title: str
    taps: np.ndarray
    divisor: float = 1.0
    offset: float = 0.0
    sums_over: bool = False


def loupe(
    original: Panel,
    result: Panel,
    pin: Pin,
    axes: Sequence[Axis],
    padding_mode: str,
    padding_value: float,
    kernel: KernelShown,
    formulas: Sequence[Formula],
    *,
    compare: Literal["side", "curtain"] = "side",
    present: bool = False,
    key: str,
    commits: Mapping[str, Any],
    on_leave_change: Callable[[], None],
) -> None:
    """Show both pictures and, below them, the arithmetic under the pointer or at the pinned place.

    Parameters
    ----------
    original, result : the pictures
    pin : the pinned place
    axes : the layer along rows and columns
    padding_mode, padding_value : as in `ConvSpec`; the value is a whole pixel value
    kernel : what the pixels are multiplied by
    formulas : shown below, in one line each
    compare : "side" by side at one scale, or one on the other with a "curtain" between them
    present : large type
    key : names the component on its page; it keeps zoom, curtain and a moving pin across reruns
    commits : what `app.page.browser.commits_taken` says; the page takes in, when it runs,
        "place", the pin that has come to rest: [row, column] of the original's pixel in the middle
        of the window, with padding of more than half a window (full) perhaps outside of the
        picture; and "turn", when the presenter turns on (1) or back (-1)
    on_leave_change : called when Escape is pressed in the presenter view
    """
    words, first, pinned = payloads(
        original,
        result,
        pin,
        axes,
        padding_mode,
        padding_value,
        kernel,
        formulas,
        compare=compare,
        present=present,
        key=key,
        commits=commits,
    )
    with st.container(gap=None):
        _loupe(
            data=words,
            key=key,
            on_commits_change=ignore,
            on_leave_change=on_leave_change,
        )
        _courier(data=first, key=f"{key}_original")
        _courier(data=pinned, key=f"{key}_pinned")


def payloads(
    original: Panel,
    result: Panel,
    pin: Pin,
    axes: Sequence[Axis],
    padding_mode: str,
    padding_value: float,
    kernel: KernelShown,
    formulas: Sequence[Formula],
    *,
    compare: str,
    present: bool,
    key: str,
    commits: Mapping[str, Any],
) -> tuple[bytes, bytes, bytes]:
    """Return what is sent: the result with all words, the original, the pinned place.

    A moved pin must not send both pictures again, nor another kernel the original, so each of the
    three is a message of its own.
    """
    layer = {
        "axes": [_axis(axis) for axis in axes],
        "padding": {"mode": padding_mode, "value": padding_value},
        "kernel": {
            "title": kernel.title,
            "taps": [plane.ravel().tolist() for plane in _planes(kernel.taps)],
            "divisor": kernel.divisor,
            "offset": kernel.offset,
            "sumsOver": kernel.sums_over,
        },
        "planes": len(pin.window),
    }
    identity = _crc(json.dumps(encode(layer)).encode() + _crc(original.png).encode())
    words = {
        **layer,
        "layer": identity,
        "key": key,
        "original": _panel(original),
        "result": {**_panel(result), "png": [0, len(result.png)]},
        "formulas": [
            {"label": f.label, "pieces": formula_pieces(f), "result": f"{f.result:,}"}
            for f in formulas
        ],
        "compare": compare,
        "present": present,
    }
    original_note = {
        "name": f"{key} original",
        "id": _crc(original.png + original.seen),
        "png": [0, len(original.png)],
        "seen": [len(original.png), len(original.seen)],
    }
    pin_note = {
        "name": f"{key} pinned",
        "commits": commits,
        "layer": identity,
        "place": [pin.row, pin.column],
        "index": pin.index,
        "values": pin.values,
        "shape": pin.window.shape,
        "window": [0, pin.window.size],
    }
    window = pin.window.astype(np.uint8, copy=False)
    return (
        packed_bytes(words, result.png),
        packed_bytes(original_note, original.png + original.seen),
        packed_bytes(pin_note, window.tobytes()),
    )


def formula_pieces(formula: Formula) -> list[list[str]]:
    """A formula with its numbers in one line, as pieces of text with their roles.

    >>> from kernels import size_formula
    >>> "".join(text for text, role in formula_pieces(size_formula(Axis(5, 3, 2, 1, 1), "height")))
    '⌊(5 + 2·1 − 3) / 2⌋ + 1'
    """
    pieces = []
    for term in formula.terms:
        role = "" if term.role in ("operator", "floor", "one") else term.role
        if term.kind == "value":
            pieces.append([f"{term.value:,}", role])
        elif term.kind == "open":
            pieces.append([f"{term.symbol}(", ""])
        elif term.kind == "over":
            pieces.append([") / ", ""])
        else:
            pieces.append([f" {term.symbol} " if term.symbol in "+−" else term.symbol, ""])
    return pieces


def _axis(axis: Axis) -> dict[str, int]:
    return {
        "size": axis.input,
        "before": axis.before,
        "taps": axis.kernel,
        "dilation": axis.dilation,
        "reach": axis.effective_kernel,
        "stride": axis.stride,
        "outputs": axis.output,
    }


def _planes(taps: np.ndarray) -> np.ndarray:
    return taps if taps.ndim == 3 else taps[None]


def _panel(panel: Panel) -> dict[str, Any]:
    return {
        # The same pixels are not decoded and drawn again.
        "id": _crc(panel.png + panel.seen),
        "title": panel.title,
        "about": panel.about,
        "size": panel.size,
        "facts": panel.facts,
        "factor": panel.factor,
    }


def _crc(data: bytes) -> str:
    return f"{zlib.crc32(data):08x}{len(data):x}"

"""Two pictures side by side, original and result, and a patch that is moved on them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from app.components.assets import component_text, joined, packed
from app.components.payload import encode
from kernels import Axis, Formula

_FOLDER = Path(__file__).parent
# Each part stands after the parts that it imports.
PARTS = ("payload.mjs", "board.mjs", "place.mjs", "pictures.mjs")
COURIER_PARTS = ("payload.mjs", "board.mjs", "courier.mjs")

_text = component_text(_FOLDER, PARTS)
_pictures = st.components.v2.component(
    "slide_and_sum_pictures", html=_text.html, css=_text.css, js=_text.js
)
_courier = st.components.v2.component(
    "slide_and_sum_courier", js=packed(joined(_FOLDER, COURIER_PARTS), "courier")
)


@dataclass(frozen=True)
class Panel:
    """One of the two pictures and what is said of it.

    Parameters
    ----------
    title : the word above it
    about : what a screen reader says in place of the picture
    png : its pixels as they are shown, perhaps shrunk by a whole factor
    size : (height, width) of the full picture
    facts : the lines below it
    """

    title: str
    about: str
    png: bytes
    size: tuple[int, int]
    facts: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Patch:
    """The patch: its top left pixel in the original, and its pixels, (C, h, w) uint8."""

    row: int
    column: int
    pixels: np.ndarray


def pictures(
    original: Panel,
    result: Panel,
    patch: Patch,
    axes: Sequence[Axis],
    formulas: Sequence[Formula],
    kernel_title: str,
    kernel_taps: Sequence[Sequence[str]],
    *,
    present: bool = False,
    key: str,
    on_patch_change: Callable[[], None],
    on_turn_change: Callable[[], None],
    on_leave_change: Callable[[], None],
) -> None:
    """Show both pictures at one scale, with the patch on both.

    Parameters
    ----------
    original, result : the pictures
    patch : where the patch is
    axes : the layer along rows and columns, which says where a place of the original lies in the
        result
    formulas : shown below, in one line each
    kernel_title, kernel_taps : the kernel's name and its rows of numbers, for the presenter view
    present : large type
    key : names the component on its page; it keeps the patch that is being moved across reruns
    on_patch_change : called when the patch has come to rest;
        ``st.session_state[key]["patch"]`` holds its [row, column]
    on_turn_change : called when the presenter turns on (1) or back (-1), in
        ``st.session_state[key]["turn"]``
    on_leave_change : called when Escape is pressed in the presenter view
    """
    words = {
        "original": _panel(original),
        "result": {**_panel(result), "png": [0, len(result.png)]},
        "place": {
            "before": [axis.before for axis in axes],
            "reach": [axis.effective_kernel for axis in axes],
            "stride": [axis.stride for axis in axes],
        },
        "formulas": [
            {"label": f.label, "pieces": formula_pieces(f), "result": f"{f.result:,}"}
            for f in formulas
        ],
        "kernel": {
            "title": kernel_title,
            "columns": max((len(row) for row in kernel_taps), default=1),
            "taps": [tap for row in kernel_taps for tap in row],
        },
        "present": present,
    }
    # A moved patch must not send both pictures again, nor another kernel the original.
    original_note = {
        "name": "original",
        "id": _panel(original)["id"],
        "png": [0, len(original.png)],
    }
    patch_note = {
        "name": "patch",
        "row": patch.row,
        "column": patch.column,
        "size": patch.pixels.shape[1:],
        "shape": patch.pixels.shape,
        "pixels": [0, patch.pixels.size],
    }
    with st.container(gap=None):
        _pictures(
            data=packed_bytes(words, result.png),
            key=key,
            on_patch_change=on_patch_change,
            on_turn_change=on_turn_change,
            on_leave_change=on_leave_change,
        )
        _courier(data=packed_bytes(original_note, original.png), key=f"{key}_original")
        _courier(data=packed_bytes(patch_note, patch.pixels.tobytes()), key=f"{key}_patch")


def packed_bytes(header: Mapping[str, Any], pixels: bytes) -> bytes:
    """Pack a payload: 4 bytes with the header's length, the header as JSON, the pixels.

    >>> packed_bytes({"id": 7}, b"...")
    b'\\t\\x00\\x00\\x00{"id": 7}...'

    Bytes as a whole are sent as they are, without base64; inside a dict they would not be sent.
    """
    text = json.dumps(encode(header), ensure_ascii=False, allow_nan=False).encode()
    return b"".join((len(text).to_bytes(4, "little"), text, pixels))


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


def _panel(panel: Panel) -> dict[str, Any]:
    return {
        # The same pixels are not decoded and drawn again.
        "id": f"{zlib.crc32(panel.png):08x}{len(panel.png):x}",
        "title": panel.title,
        "about": panel.about,
        "size": panel.size,
        "facts": panel.facts,
    }

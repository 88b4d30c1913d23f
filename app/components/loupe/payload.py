"""What the loupe is handed: three messages of a header and bytes, each sent when it changes.

A moved pin must not send both pictures again, nor another kernel the original.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.components.loupe.axis_table import AxisTable, axis_table, drawn_table
from app.components.loupe.shown import KernelShown, Panel, Pin
from app.components.payload import encode, packed_bytes
from kernels import Axis
from kernels.layers.formula import Formula
from kernels.layers.terms import sign_text

Bytes = tuple[int, int]
"""Where something begins after the header, and how many bytes it has."""


@dataclass(frozen=True)
class Layer:
    """All of the arithmetic.

    Parameters
    ----------
    axes : along rows and columns
    drawn : the same for windows on a smaller drawing of the original; None where it is drawn whole
    padding_value : what constant padding holds
    kernel : its taps as (P, kh, kw)
    planes : of the original
    """

    axes: Sequence[AxisTable]
    drawn: Sequence[AxisTable] | None
    padding_value: float
    kernel: KernelShown
    planes: int


@dataclass(frozen=True)
class PanelPayload:
    """A `Panel`; id : names its pixels: the same ones are not decoded and drawn again."""

    id: str
    title: str
    about: str
    size: tuple[int, int]
    facts: Sequence[str]
    factor: int


@dataclass(frozen=True)
class FormulaPayload:
    """A formula in one line: pieces of text, each with its role or "", and what comes out."""

    label: str
    pieces: Sequence[tuple[str, str]]
    result: str


@dataclass(frozen=True)
class ResultPayload:
    """The result with all words; the picture follows as PNG.

    Parameters
    ----------
    key : names the loupe, and the messages that belong to it
    id : names the layer on this original
    png : the result's pixels
    """

    key: str
    id: str
    layer: Layer
    original: PanelPayload
    result: PanelPayload
    png: Bytes
    formulas: Sequence[FormulaPayload]
    compare: str
    present: bool
    turns: bool


@dataclass(frozen=True)
class OriginalPayload:
    """The original, as it is read and, where that is another picture, as it is seen."""

    name: str
    id: str
    png: Bytes
    seen: Bytes


@dataclass(frozen=True)
class PinPayload:
    """The pinned place and what the layer `of` this id computed there; see `Pin`.

    Parameters
    ----------
    shape : of the window, whose pixels follow
    """

    name: str
    of: str
    commits: Mapping[str, Any]
    place: tuple[int, int]
    index: tuple[int, int]
    values: Sequence[float]
    shape: Sequence[int]
    window: Bytes


def packed_loupe(
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
    turns: bool,
    key: str,
    commits: Mapping[str, Any],
) -> tuple[bytes, bytes, bytes]:
    """Return what is sent: the result with all words, the original, the pinned place."""
    layer = Layer(
        axes=[axis_table(axis, padding_mode) for axis in axes],
        drawn=_drawn_axes(original, axes, padding_mode),
        padding_value=padding_value,
        kernel=KernelShown(**{**vars(kernel), "taps": _planes(kernel.taps)}),
        planes=len(pin.window),
    )
    id = _crc(json.dumps(encode(layer)).encode() + _crc(original.png).encode())
    shown = ResultPayload(
        key=key,
        id=id,
        layer=layer,
        original=_panel(original),
        result=_panel(result),
        png=(0, len(result.png)),
        formulas=[FormulaPayload(f.label, formula_pieces(f), f"{f.result:,}") for f in formulas],
        compare=compare,
        present=present,
        turns=turns,
    )
    pixels = OriginalPayload(
        name=f"{key} original",
        id=_crc(original.png + original.seen),
        png=(0, len(original.png)),
        seen=(len(original.png), len(original.seen)),
    )
    pinned = PinPayload(
        name=f"{key} pinned",
        of=id,
        commits=commits,
        place=(pin.row, pin.column),
        index=pin.index,
        values=pin.values,
        shape=pin.window.shape,
        window=(0, pin.window.size),
    )
    window = pin.window.astype(np.uint8, copy=False)
    return (
        packed_bytes(shown, result.png),
        packed_bytes(pixels, original.png + original.seen),
        packed_bytes(pinned, window.tobytes()),
    )


def formula_pieces(formula: Formula) -> list[tuple[str, str]]:
    """A formula with its numbers in one line, as pieces of text with their roles.

    >>> from kernels import size_formula
    >>> "".join(text for text, role in formula_pieces(size_formula(Axis(5, 3, 2, 1, 1), "height")))
    '⌊(5 + 2 × 1 − 3) / 2⌋ + 1'
    """
    return [
        (f"{term.value:,}", "" if term.role == "one" else term.role)
        if term.kind == "value"
        else (sign_text(term, numbers=True), "")
        for term in formula.terms
    ]


def _drawn_axes(original: Panel, axes: Sequence[Axis], padding_mode: str) -> list[AxisTable] | None:
    if original.factor == 1:
        return None
    sizes = (-(-side // original.factor) for side in original.size)
    return [drawn_table(axis, size, padding_mode) for axis, size in zip(axes, sizes, strict=True)]


def _planes(taps: np.ndarray) -> np.ndarray:
    return taps if taps.ndim == 3 else taps[None]


def _panel(panel: Panel) -> PanelPayload:
    id = _crc(panel.png + panel.seen)
    return PanelPayload(id, panel.title, panel.about, panel.size, panel.facts, panel.factor)


def _crc(data: bytes) -> str:
    return f"{zlib.crc32(data):08x}{len(data):x}"

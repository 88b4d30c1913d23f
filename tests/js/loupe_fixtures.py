"""The loupe's numbers: tables of axes as they are sent, and what NumPy says of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.components.loupe.axis_table import axis_table
from app.components.payload import encode
from kernels import Axis, ConvSpec, conv2d

PHOTO = np.random.default_rng(8).integers(0, 256, (3, 11, 9), dtype=np.uint8)
NUMPY_MODE = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}
AXES = [
    Axis(*numbers)
    for numbers in [
        # input, kernel, stride, before, after, dilation
        (9, 3, 1, 0, 0, 1),
        (9, 3, 1, 1, 1, 1),
        (9, 3, 1, 2, 2, 1),  # full
        (9, 2, 1, 0, 0, 1),
        (9, 4, 1, 1, 2, 1),
        (9, 3, 2, 0, 0, 1),
        (10, 3, 2, 1, 1, 1),
        (10, 2, 2, 0, 0, 1),
        (10, 4, 3, 2, 1, 1),
        (12, 1, 4, 0, 0, 1),
        (11, 3, 1, 2, 2, 2),
        (7, 7, 1, 3, 3, 1),
        (5, 5, 1, 0, 0, 1),
        (1, 1, 1, 0, 0, 1),
    ]
]
# Layers of which only the drawing is tested: input, kernel, stride, padding on both sides.
DRAWN = [
    (100, 3, 1, 1), (100, 3, 1, 0), (100, 3, 2, 0), (100, 4, 1, 2), (100, 3, 2, 1), (150, 3, 2, 1),
    (1, 1, 1, 0), (3, 3, 1, 1), (1, 3, 1, 1), (3, 1, 1, 0),
]  # fmt: skip


def loupe_fixtures() -> dict[str, Any]:
    """Tables with what they must answer, and one layer computed by NumPy."""
    return {
        "loupe/numpy.json": {
            "windows": [_windows(axis, mode) for axis in AXES for mode in modes_of(axis)],
            "tables": [
                {"of": list(of), "modes": _tables(Axis(*of[:3], of[3], of[3]))} for of in DRAWN
            ],
            "layer": _layer(),
        }
    }


def nearest_window(place: int, axis: Axis) -> int:
    """The first of the windows whose middle is nearest to a place, by looking at all of them."""
    middles = np.array(axis.origins) + (axis.effective_kernel - 1) / 2
    return int(np.argmin(abs(middles - place)))


def padded_positions(axis: Axis, mode: str) -> list[int | None]:
    """The pixels that np.pad shows, from the first cell of the padding on."""
    positions, widths = np.arange(axis.input), (axis.before, axis.after)
    if mode in NUMPY_MODE:
        return np.pad(positions, widths, mode=NUMPY_MODE[mode]).tolist()
    padded = np.pad(positions, widths, constant_values=-1).tolist()
    return [None if cell < 0 else cell for cell in padded]


def modes_of(axis: Axis) -> list[str]:
    """The padding modes that an axis can have; reflection needs as many pixels as it mirrors."""
    fits = max(axis.before, axis.after) < axis.input
    return ["zeros", "replicate", *(["reflect", "circular"] if fits else [])]


def _tables(axis: Axis) -> dict[str, Any]:
    return {mode: encode(axis_table(axis, mode)) for mode in modes_of(axis)}


def _windows(axis: Axis, mode: str) -> dict[str, Any]:
    places = range(-3, axis.input + 3)
    return {
        "table": encode(axis_table(axis, mode)),
        "of": f"{axis} {mode}",
        "shows": padded_positions(axis, mode),
        "places": list(places),
        "nearest": [nearest_window(place, axis) for place in places],
        "cells": [
            [start + tap * axis.dilation for tap in range(axis.kernel)] for start in axis.origins
        ],
    }


def _layer() -> dict[str, Any]:
    settings = {"stride": (2, 1), "padding": ((2, 1), (1, 2)), "padding_mode": "reflect"}
    taps = np.random.default_rng(3).integers(-5, 6, (4, 3))
    answer = conv2d(PHOTO[:, None].astype(float), taps[None, None] / 4, **settings)[:, 0] + 10
    axes = ConvSpec(1, 1, taps.shape, bias=False, **settings).axes(PHOTO.shape[1:])
    return {
        "pixels": PHOTO.tolist(),
        "axes": [encode(axis_table(axis, "reflect")) for axis in axes],
        "taps": taps.tolist(),
        "divisor": 4,
        "offset": 10,
        "answer": answer.tolist(),
    }

"""A digit that somebody draws: a square of cells, short enough for a link."""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

import numpy as np

from kernels.ops.adaptive import adaptive_avg_pool
from kernels.reading.notation import NotationError

SIDE = 28
"""Rows and columns, as of MNIST's digits."""
LEVELS = 16
_CELLS = SIDE * SIDE
_MOST_TEXT = 1200


def packed(cells: str) -> str:
    """The cells, a hexadecimal digit each, as a text for links; empty for an empty square.

    >>> packed("0" * 784)
    ''
    >>> unpacked(packed("f" + "0" * 783))[:3]
    'f00'

    Raises NotationError for anything but 28 times 28 digits.
    """
    if not re.fullmatch(f"[0-9a-f]{{{_CELLS}}}", cells):
        raise NotationError(f"A drawing has {SIDE} × {SIDE} cells of 0 to f.")
    if not cells.strip("0"):
        return ""
    return urlsafe_b64encode(zlib.compress(bytes.fromhex(cells), 9)).decode().rstrip("=")


def unpacked(text: str) -> str:
    """The cells of a text that `packed` wrote; raises NotationError for any other one."""
    if not text:
        return "0" * _CELLS
    try:
        data = urlsafe_b64decode(text[:_MOST_TEXT] + "=" * (-len(text[:_MOST_TEXT]) % 4))
        # One byte more than there may be: what unpacks to more is not a drawing.
        cells = zlib.decompressobj().decompress(data, _CELLS // 2 + 1)
    except (ValueError, binascii.Error, zlib.error):
        cells = b""
    if len(cells) != _CELLS // 2:
        raise NotationError("The drawing cannot be read.")
    return cells.hex()


def drawn(text: str, size: tuple[int, int]) -> np.ndarray:
    """The drawing's values from 0 to 1, brought to a size.

    >>> drawn(packed("f" * 784), (14, 14)).shape, float(drawn(packed("f" * 784), (14, 14)).min())
    ((14, 14), 1.0)
    """
    values = np.array([int(cell, LEVELS) for cell in unpacked(text)]) / (LEVELS - 1)
    square = values.reshape(1, SIDE, SIDE)
    return np.round(adaptive_avg_pool(2, square, size)[0], 3)

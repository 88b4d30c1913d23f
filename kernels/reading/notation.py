"""Numbers written down: how a matrix is carried in a link.

A value source is one short string:

- numbers: `3 3 2_0 0 1`, columns apart by spaces, rows by `_`, planes (channels) by `~`; any other
  notation that `kernels.reading` knows is read as well;
- `random:7`: whole numbers drawn with that seed;
- `u8:1x2x2:AAECAw`: bytes of a picture's patch, channels x rows x columns.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kernels.reading import LARGEST_NUMBER, LONGEST_TEXT, NotationError, read_numbers

__all__ = [
    "LARGEST_NUMBER",
    "LONGEST_TEXT",
    "NotationError",
    "divisor_of",
    "encode_patch",
    "format_numbers",
    "number_text",
    "parse_numbers",
    "read_source",
    "seed_of",
]


def parse_numbers(text: str) -> np.ndarray:
    """Read numbers as planes of rows, float64 (planes, rows, columns).

    >>> parse_numbers("1 2_3 4~5 6_7 8").shape
    (2, 2, 2)
    >>> parse_numbers("1/4 1/2").tolist()
    [[[0.25, 0.5]]]

    In any notation that `kernels.reading` knows. Raises NotationError with one sentence.
    """
    return read_numbers(text).array


def divisor_of(array: npt.ArrayLike, most: int = 1000) -> int:
    """The whole number by which whole numbers were divided, where decimals would be long; else 1.

    >>> divisor_of([[1 / 16, 2 / 16], [2 / 16, 4 / 16]]), divisor_of([1 / 9] * 9)
    (16, 9)
    >>> divisor_of([0.5, 0.25]), divisor_of([3, -1]), divisor_of([2**0.5])
    (1, 1, 1)

    most : the largest one. Multiplied by it and divided again, each number is exactly the same.
    """
    values = np.asarray(array, dtype=np.float64).ravel()
    if np.array_equal(values, np.round(values, 2)):
        return 1
    divisors = np.arange(2, most + 1)[:, None]
    fits = (np.round(values * divisors) / divisors == values).all(axis=1)
    return int(divisors[fits.argmax(), 0]) if fits.any() else 1


def format_numbers(array: npt.ArrayLike, row: str = "_", plane: str = "~") -> str:
    """Write planes of rows as typed numbers; reading them back gives the same array.

    >>> format_numbers(np.array([[[1, 2.5], [-3, 0]]]))
    '1 2.5_-3 0'
    """
    planes = np.asarray(array, dtype=np.float64)
    return plane.join(
        row.join(" ".join(number_text(value) for value in cells) for cells in rows)
        for rows in planes
    )


def encode_patch(array: np.ndarray) -> str:
    """Write (channels, rows, columns) bytes of a picture as a value source.

    >>> encode_patch(np.arange(4, dtype=np.uint8).reshape(1, 2, 2))
    'u8:1x2x2:AAECAw'
    """
    array = np.asarray(array)
    if not ((array >= 0) & (array <= 255) & (array % 1 == 0)).all():
        raise NotationError("A patch holds whole numbers from 0 to 255; rescale the picture.")
    array = array.astype(np.uint8)
    size = "x".join(str(n) for n in array.shape)
    body = base64.urlsafe_b64encode(array.tobytes()).decode().rstrip("=")
    return f"u8:{size}:{body}"


@lru_cache(maxsize=128)
def read_source(source: str) -> np.ndarray | None:
    """Read a value source as planes of rows; None for `random:`, which needs a size.

    >>> read_source("u8:1x2x2:AAECAw").tolist()
    [[[0.0, 1.0], [2.0, 3.0]]]

    What was read is kept and cannot be written to: every control moved on a page asks for the same.
    """
    if source.startswith("random:"):
        seed_of(source)
        return None
    read = _decode_patch(source) if source.startswith("u8:") else parse_numbers(source)
    read.flags.writeable = False
    return read


def seed_of(source: str) -> int:
    """The seed of a `random:` source."""
    digits = source.removeprefix("random:")
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        shown = " ".join(digits[:20].split())
        raise NotationError(f"random:{shown} has no seed; write for example random:7.")
    return int(digits)


def _decode_patch(source: str) -> np.ndarray:
    wrong = NotationError("The picture patch in the link is damaged; copy the whole link again.")
    parts = source.split(":")
    if len(parts) != 3 or not re.fullmatch(r"\d{1,2}x\d{1,2}x\d{1,2}", parts[1]):
        raise wrong
    shape = tuple(int(n) for n in parts[1].split("x"))
    try:
        padded = parts[2] + "=" * (-len(parts[2]) % 4)
        body = base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise wrong from None
    if len(body) != math.prod(shape) or not body:
        raise wrong
    return np.frombuffer(body, dtype=np.uint8).reshape(shape).astype(np.float64)


def number_text(value: float) -> str:
    """Write one number so that reading it gives the same number: whole ones without a point.

    >>> number_text(-3.0), number_text(0.1)
    ('-3', '0.1')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))

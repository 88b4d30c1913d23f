"""Numbers written down: how a matrix is typed, pasted and carried in a link.

A value source is one short string:

- typed numbers: `3 3 2_0 0 1`, columns apart by spaces or commas, rows by `_`, ` / ` or a new line,
  planes (channels) by `~`, `;` or an empty line; `1/9` is a fraction;
- `random:7`: whole numbers drawn with that seed;
- `u8:1x2x2:AAECAw`: bytes of a picture's patch, channels x rows x columns.
"""

from __future__ import annotations

import base64
import binascii
import math
import re

import numpy as np

LONGEST_TEXT = 60_000
"""Characters of typed numbers that are read; 4 x 4 kernels of 7 x 7 or 4 planes of 16 x 16 fit."""

LARGEST_NUMBER = 1e6
"""Largest magnitude that is read, so that sums of products stay exact for whole numbers: 4 planes
of 7 x 7 products are at most 196e12, less than 2 ** 53."""

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?", re.IGNORECASE)


class NotationError(ValueError):
    """A text that is no matrix; the message says where and how to write it."""


def parse_numbers(text: str) -> np.ndarray:
    """Read typed numbers as planes of rows.

    >>> parse_numbers("1 2\\n3 4").tolist()
    [[[1.0, 2.0], [3.0, 4.0]]]
    >>> parse_numbers("1, 2 / 3, 4; 5 6 / 7 8").shape
    (2, 2, 2)
    >>> parse_numbers("1/4 1/2").tolist()
    [[[0.25, 0.5]]]
    >>> parse_numbers("[[1, 2], [3, 4]]").tolist()
    [[[1.0, 2.0], [3.0, 4.0]]]
    >>> parse_numbers("1 2 / 3")
    Traceback (most recent call last):
    kernels.notation.NotationError: Row 1 has 1 number but row 0 has 2; give every row the same.

    Returns float64 (planes, rows, columns). A minus sign may also be the typographic one. Raises
    NotationError with one sentence.
    """
    if len(text) > LONGEST_TEXT:
        raise NotationError(
            f"The text has {len(text)} characters; at most {LONGEST_TEXT} are read."
        )
    text = text.replace("\u2212", "-").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise NotationError("There are no numbers; type rows such as 1 2 3, one row a line.")
    if re.match(r"(?:[A-Za-z_][\w.]*\()?\s*\[", text):
        text = _without_brackets(text)
    planes = []
    for plane_text in re.split(r"[~;]|\n\s*\n", text):
        rows = [_row(row) for row in re.split(r"[_\n]|\s/\s", plane_text)]
        if rows := [row for row in rows if row]:
            planes.append(_rectangle(rows))
    if not planes:
        raise NotationError("There are no numbers; type rows such as 1 2 3, one row a line.")
    shapes = [(len(p), len(p[0])) for p in planes]
    for n, shape in enumerate(shapes):
        if shape != shapes[0]:
            raise NotationError(
                f"Plane {n} is {shape[0]} x {shape[1]} but plane 0 is {shapes[0][0]} x "
                f"{shapes[0][1]}; give every plane the same size."
            )
    return np.array(planes, dtype=np.float64)


def format_numbers(array: np.ndarray, row: str = "_", plane: str = "~") -> str:
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


def read_source(source: str) -> np.ndarray | None:
    """Read a value source as planes of rows; None for `random:`, which needs a size.

    >>> read_source("u8:1x2x2:AAECAw").tolist()
    [[[0.0, 1.0], [2.0, 3.0]]]
    """
    if source.startswith("random:"):
        seed_of(source)
        return None
    if source.startswith("u8:"):
        return _decode_patch(source)
    return parse_numbers(source)


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


def _without_brackets(text: str) -> str:
    """Python's nested lists as rows and planes: the innermost brackets are rows.

    >>> _without_brackets("np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], dtype=float)")
    '1, 2_3, 4~5, 6_7, 8'
    """
    pieces: list[str] = []
    closed = 0
    opened = False
    for piece in re.split(r"([\[\]])", text):
        if piece == "[":
            opened = True
        elif piece == "]":
            opened, closed = False, closed + 1
        elif opened and piece.strip():
            # Two brackets closed since the last row: a new plane.
            pieces += [*(["~" if closed > 1 else "_"] if pieces else []), piece.strip()]
            closed = 0
    return "".join(pieces)


def _row(text: str) -> list[float]:
    return [_number(word) for word in re.split(r"[\s,]+", text.strip()) if word]


def _number(word: str) -> float:
    top, slash, bottom = word.partition("/")
    if not _NUMBER.fullmatch(top) or (slash and not _NUMBER.fullmatch(bottom)):
        raise NotationError(f"“{word[:20]}” is not a number; write for example -1, 0.5 or 1/9.")
    if slash and float(bottom) == 0:
        raise NotationError(f"{word[:20]} divides by zero; write for example 1/9.")
    value = float(top) / float(bottom) if slash else float(top)
    if not abs(value) <= LARGEST_NUMBER:
        raise NotationError(f"{word[:20]} is too large; use numbers up to {LARGEST_NUMBER:,.0f}.")
    return value


def _rectangle(rows: list[list[float]]) -> list[list[float]]:
    for n, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise NotationError(
                f"Row {n} has {len(row)} number{'s' if len(row) != 1 else ''} but row 0 has "
                f"{len(rows[0])}; give every row the same."
            )
    return rows


def number_text(value: float) -> str:
    """Write one number so that reading it gives the same number: whole ones without a point.

    >>> number_text(-3.0), number_text(0.1)
    ('-3', '0.1')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))

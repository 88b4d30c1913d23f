"""PBM, PGM and PPM files, the plainest pictures there are, read with NumPy.

Pillow reads them as well, but their text forms number by number: a few megabytes of comments keep
it busy for minutes.
"""

from __future__ import annotations

import re

import numpy as np

# Header numbers, with white space and comments between them, stand at the start.
_MAX_HEADER = 65536
_NUMBER = rb"(?>\s+|#[^\r\n]*+[\r\n])++(\d{1,9})"
_HEADER = re.compile(rb"P(?:[14]" + 2 * _NUMBER + rb"|[2356]" + 3 * _NUMBER + rb")\s")
_COMMENT = re.compile(rb"#[^\r\n]*+")
_SPACE = b" \t\r\n\v\f"

KINDS = {b"P1": "PBM", b"P4": "PBM", b"P2": "PGM", b"P5": "PGM", b"P3": "PPM", b"P6": "PPM"}


def netpbm_kind(data: bytes) -> str | None:
    """PBM, PGM or PPM, or None where the first bytes are no header of one.

    >>> netpbm_kind(b"P5 # a comment\\n3 2\\n255\\n......"), netpbm_kind(b"P5 is a letter.")
    ('PGM', None)
    """
    return KINDS[data[:2]] if _HEADER.match(data[:_MAX_HEADER]) else None


def netpbm_size(data: bytes) -> tuple[int, int]:
    """(width, height) as the header says."""
    width, height, _, _ = _header(data)
    return width, height


def netpbm_planes(data: bytes) -> tuple[np.ndarray, bool]:
    """The pixels as uint8, (1, H, W) or (3, H, W), and whether they had more than 8 bits.

    >>> netpbm_planes(b"P2 3 1 10  0 5 10")[0].tolist()
    [[[0, 128, 255]]]

    Raises ValueError where numbers are missing or are larger than the header allows.
    """
    width, height, most, start = _header(data)
    if not 1 <= most <= 65535:
        raise ValueError("no such largest value")
    form, channels = data[:2], 3 if data[1:2] in b"36" else 1
    count = width * height * channels
    if form == b"P4":
        bits = np.frombuffer(data, np.uint8, -(-width // 8) * height, start)
        dark = np.unpackbits(bits.reshape(height, -1), axis=1, count=width)
        return _dark_as_0(dark)[None], False
    if form == b"P1":
        digits = _without_comments(data[start:]).translate(None, _SPACE)[:count]
        values = np.frombuffer(digits, np.uint8) - ord("0")
        if len(values) < count or values.max() > 1:
            raise ValueError("a pixel that is neither 0 nor 1, or none")
        return _dark_as_0(values).reshape(1, height, width), False
    if form in (b"P2", b"P3"):
        values = _written(data[start:], count)
    else:
        values = np.frombuffer(data, np.uint8 if most < 256 else ">u2", count, start)
    return _scaled(values, most).reshape(height, width, channels).transpose(2, 0, 1), most > 255


def _header(data: bytes) -> tuple[int, int, int, int]:
    """Width, height, largest value, and where the pixels start."""
    match = _HEADER.match(data[:_MAX_HEADER])
    if not match:
        raise ValueError("no header of a PBM, PGM or PPM")
    numbers = [int(text) for text in match.groups() if text is not None]
    width, height, most = (*numbers, 1)[:3]
    return width, height, most, match.end()


def _dark_as_0(bits: np.ndarray) -> np.ndarray:
    """PBM counts ink: 1 is black."""
    return np.uint8(255) * (1 - bits)


def _without_comments(text: bytes) -> bytes:
    """A comment ends with its line; a megabyte at a time, as there may be millions of them."""
    if b"#" not in text:
        return text
    text = text.replace(b"\r", b"\n")
    kept, place = [], 0
    while place < len(text):
        end = text.find(b"\n", place + 2**20) + 1 or len(text)
        kept.append(_COMMENT.sub(b" ", text[place:end]))
        place = end
    return b"".join(kept)


def _written(text: bytes, count: int) -> np.ndarray:
    """The first numbers of a text."""
    text = _without_comments(text)
    # NumPy takes letters for the end and nothing for a number.
    if not text.strip() or text.translate(None, b"0123456789" + _SPACE):
        raise ValueError("something that is not a number")
    values = np.fromstring(text, dtype=np.float64, sep=" ")[:count]
    if len(values) < count:
        raise ValueError("fewer numbers than pixels")
    return values


def _scaled(values: np.ndarray, most: int) -> np.ndarray:
    """Values of 0…most as 0…255, rounded; a block at a time, as they may be eight bytes each."""
    scaled = np.empty(len(values), np.uint8)
    for start in range(0, len(values), 2**20):
        block = values[start : start + 2**20]
        if block.max() > most:
            raise ValueError("a value above the largest")
        if most == 255:
            scaled[start : start + 2**20] = block
        else:
            whole = block.astype(np.int64)
            scaled[start : start + 2**20] = (whole * 255 + most // 2) // most
    return scaled

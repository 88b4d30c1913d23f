"""BMP files whose pixels are packed by bit masks, rewritten as every reader knows them.

A mask says which bits of a pixel are its red, green, blue or alpha (BITMAPV5HEADER, Windows GDI).
"""

from __future__ import annotations

import struct

import numpy as np

_RGB, _RLE8, _RLE4, _FIELDS, _JPEG, _PNG, _ALPHA_FIELDS = range(7)
_WITH_MASKS, _WITH_ALPHA_MASK = 52, 56  # bytes of the headers that hold masks themselves
# The headers of OS/2 use the same numbers for other packings.
_OS2 = (16, 64)


class UnreadBitmap(ValueError):
    """A BMP of a kind that hardly anything reads; the message says which, for a sentence."""


def unmasked(data: bytes) -> bytes:
    """The same bitmap without masks: 24 bits a pixel, or 32 where some are transparent.

    A file without masks, or one that ends too soon, comes back as it is. Raises UnreadBitmap.
    """
    if len(data) < 54 or _little(data, 14) == 12:
        return data
    header, bits, packing = _little(data, 14), _little(data, 28, 2), _little(data, 30)
    if header in _OS2 and packing > _RLE4:
        raise UnreadBitmap("packed in a way of OS/2")
    if packing in (_JPEG, _PNG):
        raise UnreadBitmap(f"with a {'JPEG' if packing == _JPEG else 'PNG'} inside")
    if bits in (2, 64):
        raise UnreadBitmap(f"of {bits} bits a pixel")
    if packing not in (_FIELDS, _ALPHA_FIELDS) or bits not in (16, 32):
        return data
    width, high = struct.unpack_from("<ii", data, 18)
    height, start = abs(high), _little(data, 10)
    length = (width * bits + 31) // 32 * 4
    if width < 1 or start + length * height > len(data):
        return data
    kind = np.dtype("<u2" if bits == 16 else "<u4")
    rows = np.frombuffer(data, kind, length * height // kind.itemsize, start)
    pixels = rows.reshape(height, -1)[:, :width]
    red, green, blue, alpha = _masks(data, header, packing)
    channels = [_channel(pixels, mask) for mask in (blue, green, red)]
    # As browsers do: where everything would be transparent, nothing is.
    if alpha and (shown := _channel(pixels, alpha)).any():
        channels.append(shown)
    return _plain(np.stack(channels, axis=-1), high)


def _masks(data: bytes, header: int, packing: int) -> tuple[int, ...]:
    """Red, green, blue, alpha. After the oldest header they stand at the place of those in it."""
    has_alpha = header >= _WITH_ALPHA_MASK or (header < _WITH_MASKS and packing == _ALPHA_FIELDS)
    masks = [_little(data, place) for place in (54, 58, 62)]
    return (*masks, _little(data, 66) if has_alpha else 0)


def _channel(pixels: np.ndarray, mask: int) -> np.ndarray:
    """The bits under a mask, its highest value as 255, rounded.

    >>> _channel(np.array([0xF800, 0x7800, 0], dtype=np.uint16), 0xF800).tolist()
    [255, 123, 0]
    """
    if not mask:
        return np.zeros(pixels.shape, np.uint8)
    shift = (mask & -mask).bit_length() - 1
    most = mask >> shift
    values = (pixels & pixels.dtype.type(mask & np.iinfo(pixels.dtype).max)) >> shift
    return ((values.astype(np.uint64) * 255 + most // 2) // most).astype(np.uint8)


def _plain(pixels: np.ndarray, high: int) -> bytes:
    """A BMP of (H, W, 3 or 4) blue, green, red, alpha, its rows in the order that `high` says."""
    height, width, channels = pixels.shape
    length = (width * 8 * channels + 31) // 32 * 4
    rows = np.zeros((height, length), np.uint8)
    rows[:, : width * channels] = pixels.reshape(height, -1)
    masks = b"" if channels == 3 else struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    header = 40 if channels == 3 else 108
    sizes = struct.pack("<IiiHHI", header, width, high, 1, 8 * channels, _FIELDS if masks else _RGB)
    head = (sizes + struct.pack("<IiiII", rows.nbytes, 2835, 2835, 0, 0) + masks).ljust(
        header, b"\0"
    )
    start = 14 + header
    return b"BM" + struct.pack("<IHHI", start + rows.nbytes, 0, 0, start) + head + rows.tobytes()


def _little(data: bytes, start: int, length: int = 4) -> int:
    return int.from_bytes(data[start : start + length], "little")

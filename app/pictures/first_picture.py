"""What a file needs to show its first picture: all else is taken out before a decoder sees it.

Colour profiles, comments, places, thumbnails, text that unpacks to gigabytes, and thousands of
frames: no picture needs them, and a reader that never meets them can neither stumble nor pass them
on. Only the orientation is read, by a few lines that cannot be led astray.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.pictures.bitmaps import unmasked
from app.pictures.headers import (
    HEADER_SIZES,
    MAX_BMP_RUNS_SIDE,
    MAX_PIECES,
    TooLongRuns,
    TooManyPieces,
    jpeg_segments,
)
from app.pictures.orientation import exif_orientation, png_text_orientation, xmp_orientation

_PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_MAX_TEXTS = 100  # one may be packed and unpack to a megabyte
_PNG_NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
# Frame headers and code tables (C0 to CF, but C8 is undefined), quantisation (DB), restarts (DD);
# and of the segments for applications JFIF (E0) and Adobe (EE), which say how colours are stored.
_JPEG_NEEDED = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDD, 0xE0, 0xEE} - {0xC8})
_WEBP_NEEDED = (b"ALPH", b"VP8 ", b"VP8L", b"ANIM")
_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"
_WEBP_METADATA = 0x20 | 0x08 | 0x04  # flags: colour profile, EXIF, XMP (RFC 9649, section 2.7)


class FirstPicture(NamedTuple):
    """A file with its first picture alone.

    Parameters
    ----------
    data : a file of the same format without metadata and without further frames
    orientation : 1 to 8 as EXIF counts; 1 is upright
    animated : whether other frames were left out
    extent : (width, height) that the frame reaches to; that of a GIF may leave its screen
    told_by : what says how it is turned, EXIF or XMP
    """

    data: bytes
    orientation: int = 1
    animated: bool = False
    extent: tuple[int, int] = (1, 1)
    told_by: str = "EXIF"


def first_picture(kind: str, data: bytes) -> FirstPicture:
    """Take the first picture out of a PNG, JPEG, WebP, GIF or BMP file.

    Damage is left for the decoder to find. Raises TooManyPieces, TooLongRuns or UnreadBitmap.

    Parameters
    ----------
    kind : a key of HEADER_SIZES
    data : the file
    """
    return _TAKEN_OUT_OF[kind](data)


def _turned(picture: FirstPicture, said: Mapping[str, int | None]) -> FirstPicture:
    """The picture with the orientation that was said; EXIF, which browsers follow, before XMP."""
    for teller in ("EXIF", "XMP"):
        if orientation := said.get(teller):
            return picture._replace(orientation=orientation, told_by=teller)
    return picture


# --- one function for each format ---


def _from_png(data: bytes) -> FirstPicture:
    kept, animated, has_pixels = [data[:8]], False, False
    said: dict[str, int | None] = {}
    texts = 0
    for name, start, end in _png_chunks(data):
        if name in _PNG_NEEDED and (name != b"IHDR" or start == 8):
            kept.append(data[start:end])
            has_pixels |= name == b"IDAT"
        elif name == b"eXIf":
            said["EXIF"] = exif_orientation(data[start + 8 : end - 4])
        elif name in _PNG_TEXTS and texts < _MAX_TEXTS:
            texts += 1
            if told := png_text_orientation(name, data[start + 8 : end - 4]):
                said.setdefault(*told)
        elif name == b"acTL" and not has_pixels:
            animated = int.from_bytes(data[start + 8 : start + 12], "big") > 1
    return _turned(FirstPicture(b"".join(kept), animated=animated), said)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(name, start, end) of each chunk: length, name, content and checksum."""
    place = 8
    for _ in range(MAX_PIECES):
        if place + 8 > len(data):
            return
        name = data[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        yield name, place, end
        if name == b"IEND":
            return
        place = end
    raise TooManyPieces


def _from_jpeg(data: bytes) -> FirstPicture:
    kept, first_scan, end_of_image = [data[:2]], len(data), len(data)
    said: dict[str, int | None] = {}
    for code, start, end in jpeg_segments(data):
        if code == 0xDA:
            first_scan = min(first_scan, start)
        elif code == 0xD9:  # other pictures may follow
            end_of_image = end
        elif first_scan < start:
            continue
        elif code in _JPEG_NEEDED:
            kept.append(data[start:end])
        elif code == 0xE1 and "EXIF" not in said and data.startswith(b"Exif\0\0", start + 4):
            said["EXIF"] = exif_orientation(data[start + 4 : end])
        elif code == 0xE1 and "XMP" not in said and data.startswith(_XMP_NAME, start + 4):
            said["XMP"] = xmp_orientation(data[start + 4 : end])
    kept.append(data[first_scan:end_of_image])
    return _turned(FirstPicture(b"".join(kept)), said)


def _from_webp(data: bytes) -> FirstPicture:
    extended = data[12:16] == b"VP8X"
    kept, frames = [], 0
    said: dict[str, int | None] = {}
    for name, start, end in _webp_chunks(data):
        if not extended:
            kept.append(data[start:end])
            break
        if name == b"VP8X" and not kept:
            flags = data[start + 8] & ~_WEBP_METADATA
            kept.append(data[start : start + 8] + bytes([flags]) + data[start + 9 : end])
        elif name in _WEBP_NEEDED:
            kept.append(data[start:end])
        elif name == b"ANMF":
            frames += 1
            if frames == 1:
                kept.append(data[start:end])
        elif name == b"EXIF":
            said["EXIF"] = exif_orientation(data[start + 8 : end])
        elif name == b"XMP ":
            said["XMP"] = xmp_orientation(data[start + 8 : end])
    chunks = b"".join(kept)
    head = b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP"
    return _turned(FirstPicture(head + chunks, animated=frames > 1), said)


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(name, start, end) of each chunk: name, length, content and a byte that makes it even."""
    place = 12
    for _ in range(MAX_PIECES):
        if place + 8 > len(data):
            return
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        end = place + 8 + length + length % 2
        yield data[place : place + 4], place, end
        place = end
    raise TooManyPieces


def _from_gif(data: bytes) -> FirstPicture:
    place = 13 + _colour_table(data, 10)
    kept, control, extent, seen = [data[:place]], b"", (1, 1), False
    for _ in range(MAX_PIECES):
        mark = data[place : place + 1]
        if mark in (b"", b";"):
            break
        if mark == b"!":
            end = _after_blocks(data, place + 2)
            if data[place + 1 : place + 2] == b"\xf9":  # how long and how transparent
                control = data[place:end]
        elif mark == b"," and seen:
            return FirstPicture(b"".join(kept), 1, True, extent)
        elif mark == b",":
            seen = True
            end = _after_blocks(data, place + 11 + _colour_table(data, place + 9))
            kept += [control, data[place:end], b";"]
            extent = _gif_extent(data[6:10], data[place + 1 : place + 9])
        else:
            end = place + 1  # stray bytes between blocks
        place = end
    else:
        raise TooManyPieces
    return FirstPicture(b"".join(kept), extent=extent)


def _gif_extent(screen: bytes, corners: bytes) -> tuple[int, int]:
    """What holds the screen and the frame; each alone may be small."""
    if len(screen) < 4 or len(corners) < 8:
        return 1, 1
    left, top, width, height = struct.unpack("<4H", corners)
    across, down = struct.unpack("<2H", screen)
    return max(across, left + width), max(down, top + height)


def _colour_table(data: bytes, flags_at: int) -> int:
    """Bytes of the colour table that these flags of a GIF announce."""
    flags = int.from_bytes(data[flags_at : flags_at + 1], "big")
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, place: int) -> int:
    """The place after a row of blocks, each after its length, that an empty block ends."""
    for _ in range(MAX_PIECES):
        if place >= len(data) or data[place] == 0:
            return min(place + 1, len(data))
        place += 1 + data[place]
    raise TooManyPieces


def _from_bmp(data: bytes) -> FirstPicture:
    data = unmasked(data)
    packing = int.from_bytes(data[30:34], "little")
    if int.from_bytes(data[14:18], "little") == 12 or packing not in (1, 2):
        return FirstPicture(data)
    width, height = HEADER_SIZES["BMP"](data)
    if max(width, height) > MAX_BMP_RUNS_SIDE:
        raise TooLongRuns
    # At worst each pixel is a run of its own, of two bytes, and each row has an end of two.
    start = int.from_bytes(data[10:14], "little")
    return FirstPicture(data[: start + 2 * (width + 1) * height + 2])


_TAKEN_OUT_OF = {
    "PNG": _from_png,
    "JPEG": _from_jpeg,
    "WebP": _from_webp,
    "GIF": _from_gif,
    "BMP": _from_bmp,
}

"""What a file is and how large it says it is, read from its bytes without decoding anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from app.pictures.netpbm import netpbm_kind, netpbm_size

# A progressive JPEG is drawn in about ten passes; thousands would only be there to waste time.
MAX_JPEG_SCANS = 100

# 20 MB are stored in thousands of chunks or blocks; millions would only be there to waste time.
MAX_PIECES = 200_000


class TooManyPasses(ValueError):
    """A JPEG that is drawn in more than MAX_JPEG_SCANS passes."""


# Pillow unpacks the runs of a BMP in Python, and one jump of a few bytes fills 255 rows.
MAX_BMP_RUNS_SIDE = 2000


class TooLongRuns(ValueError):
    """A run-length BMP with a side of more than MAX_BMP_RUNS_SIDE pixels."""


class TooManyPieces(ValueError):
    """A file that is cut into more than MAX_PIECES chunks, segments or blocks."""


# --- what the file is, told by its first bytes ---


def kind_of(data: bytes) -> str:
    """Name the format: a key of HEADER_SIZES, or what it is instead, ready for a sentence.

    >>> kind_of(b"GIF89a..."), kind_of(b"II*\\0....")
    ('GIF', 'a TIFF file, which browsers do not show either')
    >>> kind_of(b"\\0\\0\\0\\x18ftypmp42....")
    'a video'
    """
    for start, kind in _SIGNATURES:
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return _boxed_kind(data)
    if kind := netpbm_kind(data):
        return kind
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in data[:4096].lower():
        return "an SVG drawing, which has no pixels"
    try:
        text = data[:1024].decode("utf-8")
    except UnicodeDecodeError as cause:
        # A letter may be cut in two by the limit, and only there.
        text = data[: cause.start].decode("utf-8") if cause.start > 1020 else "\0"
    if all(c.isprintable() or c in "\t\r\n\f" for c in text):
        return "text, not a picture"
    return f"no picture format that is known here (it starts with the bytes {data[:4].hex(' ')})"


HEIC = "a HEIC photograph"


def _boxed_kind(data: bytes) -> str:
    """What a file of ISO boxes holds, by the brands in its first box (ISO/IEC 14496-12, 4.3)."""
    length = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[place : place + 4] for place in (8, *range(16, length, 4))}
    if brands & {b"avif", b"avis"}:
        return "an AVIF picture"
    if brands & {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}:
        return HEIC
    if data[8:12] == b"crx ":
        return "a raw file of a camera"
    return "a video"


_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "a TIFF file, which browsers do not show either"),
    (b"MM\0*", "a TIFF file, which browsers do not show either"),
    (b"II+\0", "a TIFF file, which browsers do not show either"),
    (b"MM\0+", "a TIFF file, which browsers do not show either"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"8BPS", "a Photoshop file"),
    (b"\0\0\1\0", "an icon file"),
    (b"\0\0\0\x0cjP", "a JPEG 2000 file"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 file"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL file"),
    (b"\xff\x0a", "a JPEG XL file"),
    (b"P7\nWIDTH ", "a PAM picture"),
    (b"PF\n", "a PFM picture"),
    (b"Pf\n", "a PFM picture"),
)


# --- how large the header says it is: (width, height), read without decoding anything ---


def _png_size(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise ValueError("no PNG header where it should be")
    return _big(data, 16, 4), _big(data, 20, 4)


def _gif_size(data: bytes) -> tuple[int, int]:
    return _little(data, 6, 2), _little(data, 8, 2)


def _bmp_size(data: bytes) -> tuple[int, int]:
    if _little(data, 14, 4) == 12:  # the oldest header has 16-bit sides
        return _little(data, 18, 2), _little(data, 20, 2)
    height = _little(data, 22, 4)
    return _little(data, 18, 4), min(
        height, 2**32 - height
    )  # a negative height means top row first


def _webp_size(data: bytes) -> tuple[int, int]:
    """The canvas of the three kinds of WebP (RFC 9649, sections 2.5 to 2.7)."""
    chunk = data[12:16]
    if chunk == b"VP8 ":
        return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
    if chunk == b"VP8L":
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8X":
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    raise ValueError("no WebP chunk where the first should be")


# A marker is FF and a code. FF 00 is a data byte, FF D0 to D7 are restarts inside the data and
# FF FF is filling.
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(code, start, end) of each segment of a JPEG up to its end; the data of a scan are skipped.

    Raises TooManyPieces.
    """
    place = 2
    for _ in range(MAX_PIECES):
        found = _JPEG_MARKER.search(data, place)
        if found is None:
            return
        code, start, place = data[found.start() + 1], found.start(), found.end()
        if code == 0xD9:  # end of image
            yield code, start, place
            return
        if code in (0x01, 0xD8):  # markers without a length
            continue
        if place + 2 > len(data):
            return
        place += max(2, _big(data, place, 2))
        yield code, start, place
    raise TooManyPieces


def jpeg_passes(data: bytes) -> int:
    """How often a JPEG goes over the picture; with one pass it need not be held as a whole."""
    return sum(code == 0xDA for code, _, _ in jpeg_segments(data))


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk the markers to the frame header, and on to count the scans (ITU-T T.81, annex B)."""
    size, scans = None, 0
    for code, start, _ in jpeg_segments(data):
        if code in _JPEG_FRAMES and size is None:
            size = _big(data, start + 7, 2), _big(data, start + 5, 2)
        scans += code == 0xDA
        if scans > MAX_JPEG_SCANS:
            raise TooManyPasses
    if size is None:
        raise ValueError("no JPEG frame header")
    return size


HEADER_SIZES: dict[str, Callable[[bytes], tuple[int, int]]] = {
    "PNG": _png_size,
    "JPEG": _jpeg_size,
    "GIF": _gif_size,
    "BMP": _bmp_size,
    "WebP": _webp_size,
    "PBM": netpbm_size,
    "PGM": netpbm_size,
    "PPM": netpbm_size,
}


def _big(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(_exactly(data, start, length), "big")


def _little(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(_exactly(data, start, length), "little")


def _exactly(data: bytes, start: int, length: int) -> bytes:
    if start + length > len(data):
        raise ValueError("the header is cut off")
    return data[start : start + length]

"""Which way up a picture is, as EXIF, XMP or a text inside the file says."""

from __future__ import annotations

import re
import struct
import zlib

# No orientation stands behind more than this.
_MAX_TEXT = 2**20
_XMP = re.compile(rb"tiff:Orientation\s*+(?:=\s*+[\"']|>)\s*+([1-8])\s*+[\"'<]")
_HEX = re.compile(rb"[0-9A-Fa-f\s]*+")
_XMP_KEYWORDS = (b"XML:com.adobe.xmp", b"Raw profile type xmp")
_EXIF_KEYWORDS = (b"Raw profile type exif", b"Raw profile type APP1")


def exif_orientation(exif: bytes) -> int | None:
    r"""Read the orientation from an EXIF block, or None unless it says so clearly.

    >>> exif_orientation(b"MM\0*\0\0\0\x08" b"\0\1" b"\x01\x12\0\3\0\0\0\1\0\6\0\0" b"\0\0\0\0")
    6
    >>> exif_orientation(b"MM\0*\xff\xff\xff\xff") is None
    True

    Parameters
    ----------
    exif : a TIFF header and directory, as EXIF 2.32 says; "Exif\0\0" may stand before it
    """
    exif = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return None
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (entries,) = struct.unpack_from(f"{order}H", exif, start)
        for place in range(start + 2, start + 2 + 12 * entries, 12):
            tag, form, count = struct.unpack_from(f"{order}HHI", exif, place)
            if tag == 0x0112:
                return _value(exif[place + 8 : place + 12], order, form, count)
    except struct.error:  # it points outside the file
        pass
    return None


def _value(field: bytes, order: str, form: int, count: int) -> int | None:
    """A whole number of two bytes; some writers use four, or a digit as text."""
    if form == 2 and count <= 4:
        text = field[:count].rstrip(b"\0 ")
        value = int(text) if text.isdigit() else 0
    elif count == 1 and form in (3, 4):
        (value,) = struct.unpack_from(order + ("H" if form == 3 else "I"), field)
    else:
        return None
    return value if 1 <= value <= 8 else None


def xmp_orientation(packet: bytes) -> int | None:
    """Read the orientation from an XMP packet, as attribute or element.

    >>> xmp_orientation(b'<rdf:Description tiff:Orientation="8"/>')
    8
    >>> xmp_orientation(b"<tiff:Orientation> 3 </tiff:Orientation>")
    3
    """
    found = _XMP.search(packet[:_MAX_TEXT])
    return int(found[1]) if found else None


def png_text_orientation(name: bytes, content: bytes) -> tuple[str, int] | None:
    """What a PNG's chunk of text says of the orientation: ('EXIF' or 'XMP', 1 to 8), or None.

    Parameters
    ----------
    name : of the chunk: tEXt, zTXt or iTXt
    content : what is in it
    """
    keyword, _, rest = content[:_MAX_TEXT].partition(b"\0")
    if keyword not in _XMP_KEYWORDS and keyword not in _EXIF_KEYWORDS:
        return None
    packed = name == b"zTXt"
    if name == b"zTXt":
        rest = rest[1:]  # the method
    elif name == b"iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        rest = rest.split(b"\0", 2)[-1]  # after language and translated keyword
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, _MAX_TEXT)
        except zlib.error:
            return None
    if keyword.startswith(b"Raw"):
        rest = _from_hex(rest)
    if keyword in _XMP_KEYWORDS:
        said = xmp_orientation(rest)
        return said and ("XMP", said)
    said = exif_orientation(rest)
    return said and ("EXIF", said)


def _from_hex(profile: bytes) -> bytes:
    """A profile as ImageMagick writes it: its name, its length, its bytes in hex."""
    lines = profile.split(b"\n", 3)
    if len(lines) < 4:
        return b""
    digits = b"".join(_HEX.match(lines[3])[0].split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())

"""Reading uploaded pictures: the one place that decides what a picture is, and that uses Pillow.

The format is told by the file's content and never by its name, sizes are checked in the header
before anything is decoded, metadata is taken out before Pillow sees the file, nothing is written
to disk, and every fault becomes one plain sentence.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from app.pictures.bitmaps import UnreadBitmap
from app.pictures.first_picture import first_picture
from app.pictures.headers import (
    HEADER_SIZES,
    HEIC,
    MAX_BMP_RUNS_SIDE,
    MAX_JPEG_SCANS,
    MAX_PIECES,
    TooLongRuns,
    TooManyPasses,
    TooManyPieces,
    jpeg_passes,
    kind_of,
)
from app.pictures.netpbm import netpbm_planes
from kernels.pictures.images import shrink_by

MAX_BYTES = 20 * 1024 * 1024
# The largest picture that is worked on; a larger one is reduced while it is read.
MAX_PIXELS = 40_000_000
# What can be unpacked to be reduced; WebP's decoder holds several copies.
MAX_UNPACKED = 64_000_000
MAX_UNPACKED_WEBP = 40_000_000
# A JPEG of one pass comes out of its decoder reduced, line by line.
MAX_JPEG_PIXELS = 250_000_000
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS  # Pillow's own limit; ours are stricter

ACCEPTED = "PNG, JPEG, WebP, GIF, BMP, PGM or PPM"
_NETPBM = ("PBM", "PGM", "PPM")
HEIC_ADVICE = (
    "This is a HEIC photograph, as many phones take them, which cannot be read here; turn it into "
    "a JPEG (on an iPhone, choose Settings, Camera, Formats, Most Compatible before taking it; or "
    "open the photograph and export it as JPEG)."
)

# Pixels flattened at once, so that no second full copy of a large picture is needed.
_TILE = 2**20


class PictureError(ValueError):
    """A file that is not a picture for this app; the message is one sentence for who sent it."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture as plain numbers, upright, without transparency and without metadata.

    Parameters
    ----------
    pixels : uint8, read-only, (3, H, W) red, green, blue or (1, H, W) grey; 0 black, 255 white
    notes : what was done to the file to get there, one sentence each
    """

    pixels: np.ndarray
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        pixels = np.ascontiguousarray(self.pixels, dtype=np.uint8)
        if pixels is self.pixels:
            pixels = pixels.view()
        pixels.setflags(write=False)
        object.__setattr__(self, "pixels", pixels)

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) in pixels."""
        return self.pixels.shape[1], self.pixels.shape[2]

    @property
    def is_grey(self) -> bool:
        return self.pixels.shape[0] == 1


def read_picture(data: bytes) -> Picture:
    """Turn the bytes of an uploaded file into a picture, or raise PictureError with one sentence.

    >>> read_picture(b"")
    Traceback (most recent call last):
    app.pictures.uploads.PictureError: The file is empty (0 bytes); choose a PNG, JPEG, WebP, GIF, \
BMP, PGM or PPM picture.
    >>> read_picture(b"just words")
    Traceback (most recent call last):
    app.pictures.uploads.PictureError: This is text, not a picture; choose a PNG, JPEG, WebP, GIF, \
BMP, PGM or PPM picture.

    Parameters
    ----------
    data : the file, at most 20 MB: PNG, JPEG, WebP, GIF, BMP, PBM, PGM or PPM

    Turned upright as its EXIF or XMP says; transparency laid on white; 16 bits, palettes and CMYK
    reduced to 8-bit grey or RGB; the first frame of an animation. More than 40 megapixels are
    reduced by the smallest of 2, 4 and 8 that suffices. Colour profiles are not applied.
    """
    if not data:
        raise PictureError(f"The file is empty (0 bytes); choose a {ACCEPTED} picture.")
    if len(data) > MAX_BYTES:
        raise PictureError(
            f"The file has {_megabytes(len(data))} MB but at most {_megabytes(MAX_BYTES)} MB can "
            "be read; make it smaller, or turn it into a JPEG."
        )
    kind = kind_of(data)
    if kind == HEIC:
        raise PictureError(HEIC_ADVICE)
    if kind not in HEADER_SIZES:
        raise PictureError(f"This is {kind}; choose a {ACCEPTED} picture.")
    try:
        claimed = HEADER_SIZES[kind](data)
    except TooManyPasses:
        raise PictureError(
            f"This JPEG is drawn in more than {MAX_JPEG_SCANS} passes, which would take too long; "
            "turn it into an ordinary JPEG or PNG."
        ) from None
    except TooManyPieces:
        raise _too_many_pieces(kind) from None
    except ValueError:
        raise _damaged(kind, data) from None
    _check_size(kind, claimed, most := _most_pixels(kind, data))
    try:
        return _netpbm(data) if kind in _NETPBM else _decoded(kind, data, most)
    except PictureError:
        raise
    except UnreadBitmap as fault:
        raise PictureError(f"This is a BMP {fault}; turn it into a PNG.") from None
    except TooManyPieces:
        raise _too_many_pieces(kind) from None
    except TooLongRuns:
        raise PictureError(
            f"This BMP of {_by(claimed)} pixels is packed in runs, of which at most "
            f"{_by((MAX_BMP_RUNS_SIDE, MAX_BMP_RUNS_SIDE))} pixels can be read; turn it into a "
            "PNG."
        ) from None
    except MemoryError:
        raise PictureError(
            f"There was not enough memory to read this {kind} of {_by(claimed)} pixels; make it "
            "smaller."
        ) from None
    except Exception as cause:
        # Pillow's readers raise nearly every kind of exception on damaged files.
        raise _damaged(kind, data, claimed) from cause


def _most_pixels(kind: str, data: bytes) -> int:
    """How large a picture of this file can be for its decoder to be bounded in memory and time."""
    if kind == "WebP":
        return MAX_UNPACKED_WEBP
    if kind != "JPEG":
        return MAX_UNPACKED
    passes = jpeg_passes(data)
    if passes <= 1:
        return MAX_JPEG_PIXELS
    return max(MAX_PIXELS, min(MAX_UNPACKED, MAX_PIXELS * MAX_JPEG_SCANS // passes))


def _decoded(kind: str, data: bytes, most: int) -> Picture:
    """Decode the first frame tile by tile into planes that are already the right way up."""
    notes = []
    first = first_picture(kind, data)
    _check_size(kind, first.extent, most)
    with Image.open(io.BytesIO(first.data), formats=[kind.upper()]) as image:
        _check_size(kind, image.size, most)
        whole, factor = image.size, _factor(image.size)
        sixteen_bits = "16" in image.mode or (kind == "PNG" and data[24] == 16)
        if kind == "JPEG" and factor > 1:
            # The decoder itself leaves out what is finer, and the picture is small from the start.
            image.draft(None, tuple(side // factor for side in whole))
            _check_size(kind, image.size, MAX_UNPACKED)
        image.load()
        grey_alpha = (
            kind == "PNG" and data[25] == 4
        )  # which Pillow reads as RGBA when it has 16 bits
        grey = image.mode in ("1", "L", "LA", "La") or grey_alpha or _has_grey_palette(image)
        flatten, channels = _flattener(image, sixteen_bits, grey)
        factor = _factor(image.size)
        width, height = (-(-side // factor) for side in image.size)
        upright = (width, height) if first.orientation >= 5 else (height, width)
        pixels = np.empty((channels, *upright), dtype=np.uint8)
        stored = _as_stored(pixels, first.orientation)
        saw_through = False
        for left, top, right, bottom in _tiles(*image.size, factor):
            planes, transparent = flatten(image.crop((left, top, right, bottom)))
            rows = slice(top // factor, -(-bottom // factor))
            columns = slice(left // factor, -(-right // factor))
            stored[:, rows, columns] = shrink_by(planes, factor)
            saw_through |= transparent
        if first.orientation != 1:
            notes.append(f"Turned upright, as its {first.told_by} orientation says.")
        notes += _reduced((height, width), whole[::-1])
        if saw_through:
            notes.append("Transparent parts were laid on white.")
        if sixteen_bits:
            notes.append(_SIXTEEN_BITS)
        if image.mode == "CMYK":
            notes.append("CMYK inks were turned into red, green and blue without a colour profile.")
    if first.animated:
        notes.append("Only the first frame of the animation is used.")
    return Picture(pixels, tuple(notes))


def _netpbm(data: bytes) -> Picture:
    planes, sixteen_bits = netpbm_planes(data)
    pixels = shrink_by(planes, _factor(planes.shape[1:]))
    notes = _reduced(pixels.shape[1:], planes.shape[1:])
    return Picture(pixels, (*notes, *([_SIXTEEN_BITS] if sixteen_bits else [])))


_SIXTEEN_BITS = "16-bit values were reduced to 8 bits."


def _factor(size: tuple[int, int]) -> int:
    """By how much a picture of this size is reduced: 1, 2, 4 or 8.

    >>> _factor((8000, 5000)), _factor((8064, 6048)), _factor((16320, 12240))
    (1, 2, 4)
    """
    factors = (1, 2, 4, 8)
    return next(
        factor for factor in factors if np.prod([-(-n // factor) for n in size]) <= MAX_PIXELS
    )


def _reduced(size: tuple[int, int], whole: tuple[int, int]) -> list[str]:
    """What is said where a picture is smaller than its file; sizes are (height, width)."""
    if size == whole:
        return []
    (height, width), (high, wide) = size, whole
    return [
        f"Reduced from {high:,} × {wide:,} to {height:,} × {width:,} pixels, as more than "
        f"{MAX_PIXELS // 1_000_000} megapixels are too many to work on."
    ]


def _tiles(width: int, height: int, factor: int = 1) -> Iterator[tuple[int, int, int, int]]:
    """(left, top, right, bottom) of tiles of about _TILE pixels; a row may be longer than one.

    >>> list(_tiles(2**21, 2))[1:3]
    [(1048576, 0, 2097152, 1), (0, 1, 1048576, 2)]

    factor : tiles begin at multiples of it
    """
    rows = max(factor, _TILE // width // factor * factor)
    columns = min(width, max(factor, _TILE // factor * factor))
    for top in range(0, height, rows):
        for left in range(0, width, columns):
            yield left, top, min(left + columns, width), min(top + rows, height)


def _check_size(kind: str, size: tuple[int, int], most: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise PictureError(
            f"This {kind} says that it is {height} pixels high and {width} wide: there is nothing "
            "to show; choose another picture."
        )
    if width * height > most:
        raise PictureError(
            f"This {kind} is {height:,} pixels high and {width:,} wide "
            f"({_megapixels(width * height)} megapixels) but at most {most // 1_000_000} "
            "megapixels can be read; shrink it, for example to 3,000 high and 4,000 wide."
        )


# --- from Pillow's modes to planes ---


def _flattener(image: Image.Image, sixteen_bits: bool, grey: bool):
    """Choose how tiles of this picture become planes, and how many planes there are.

    The function returned gives (planes, whether anything was transparent) for one tile.
    """
    key = image.info.get("transparency")
    if image.mode.startswith("I"):
        return (lambda tile: _sixteen_bit_planes(tile, key)), 1
    if sixteen_bits and image.mode == "RGB" and isinstance(key, tuple):
        image.info["transparency"] = tuple(
            value >> 8 for value in key
        )  # the pixels were reduced likewise
    channels = 1 if grey else 3
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or key is not None:
        return (lambda tile: _planes_on_white(tile, channels)), channels
    plain = "L" if image.mode in ("1", "L") else "RGB"
    return (lambda tile: (_planes(tile.convert(plain))[:channels], False)), channels


def _has_grey_palette(image: Image.Image) -> bool:
    if image.mode != "P":
        return False
    colours = np.array(image.getpalette("RGB"), dtype=np.uint8).reshape(-1, 3)
    return bool((colours == colours[:, :1]).all())


def _planes(image: Image.Image) -> np.ndarray:
    """(C, h, w) from a Pillow picture of one byte a channel."""
    array = np.asarray(image)
    return array[None] if array.ndim == 2 else np.moveaxis(array, -1, 0)


def _planes_on_white(tile: Image.Image, channels: int) -> tuple[np.ndarray, bool]:
    """Mix colour and white in the share that alpha says, in whole numbers, rounded."""
    planes = _planes(tile.convert("RGBA"))
    alpha = planes[3].astype(np.uint32)
    mixed = (planes[:channels] * alpha + 255 * (255 - alpha) + 127) // 255
    return mixed.astype(np.uint8), bool((alpha < 255).any())


def _sixteen_bit_planes(tile: Image.Image, key: int | None) -> tuple[np.ndarray, bool]:
    """Grey of 0…65535 to 0…255, rounded; the one value that means transparent becomes white."""
    values = np.clip(np.asarray(tile).astype(np.int64), 0, 65535)
    grey = ((values * 255 + 32767) // 65535).astype(np.uint8)
    if not isinstance(key, int):
        return grey[None], False
    transparent = values == key
    grey[transparent] = 255
    return grey[None], bool(transparent.any())


# --- the right way up ---


def _as_stored(upright: np.ndarray, orientation: int) -> np.ndarray:
    """View an upright (C, H, W) array in the row and column order in which the file stores it.

    EXIF 2.32, tag 274: the number says which sides of the upright picture the stored first row and
    first column are: 1 top left, 2 top right, 3 bottom right, 4 bottom left, 5 left top,
    6 right top, 7 right bottom, 8 left bottom.

    >>> _as_stored(np.array([[[1, 2], [3, 4], [5, 6]]]), 6)[0].tolist()
    [[2, 4, 6], [1, 3, 5]]
    """
    rows_from_side = orientation >= 5
    if rows_from_side:
        upright = upright.swapaxes(1, 2)
    # Now the stored row axis is the first one; turn round each axis that starts at the far side.
    if orientation in (3, 4, 6, 7):
        upright = upright[:, ::-1]
    if orientation in (2, 3, 7, 8):
        upright = upright[:, :, ::-1]
    return upright


# --- wording ---


def _damaged(kind: str, data: bytes, size: tuple[int, int] | None = None) -> PictureError:
    what = f"its {_by(size)} pixels" if size else "its header"
    return PictureError(
        f"This {kind} of {len(data):,} bytes is incomplete or damaged: {what} could not be read; "
        "send it again, or choose another picture."
    )


def _too_many_pieces(kind: str) -> PictureError:
    return PictureError(
        f"This {kind} is cut into more than {MAX_PIECES:,} pieces, which would take too long; "
        "turn it into an ordinary JPEG or PNG."
    )


def _by(size: tuple[int, int]) -> str:
    return f"{size[1]:,} × {size[0]:,}"


def _megabytes(count: int) -> str:
    return f"{-(-count * 10 // 1024**2) / 10:.1f}".removesuffix(".0")


def _megapixels(count: int) -> str:
    return f"{count / 1_000_000:,.1f}".removesuffix(".0")

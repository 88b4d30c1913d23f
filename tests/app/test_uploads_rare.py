"""Rarer pictures: masked bitmaps, PBM, PGM and PPM, very large ones, and those turned by XMP."""

import itertools
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from app.pictures import uploads
from app.pictures.uploads import read_picture
from tests.app.test_uploads import refusal
from tests.picture_files import (
    LOSSLESS,
    bmp,
    chunk,
    exif_block,
    jpeg_segment,
    pillow,
    png,
    riff_chunk,
    saved,
    scene,
    webp,
    with_exif,
    with_segments,
)

# --- bitmaps with bit masks ---

# Red, green, blue and alpha, in the packings that Jason Summers' bmpsuite collects.
MASKS = {
    "rgb16-565": (16, (0xF800, 0x07E0, 0x001F, 0)),
    "rgb16bfdef": (16, (0x7C00, 0x03E0, 0x001F, 0)),
    "rgb16-231": (16, (0x0030, 0x000E, 0x0001, 0)),
    "rgba16-4444": (16, (0x0F00, 0x00F0, 0x000F, 0xF000)),
    "rgba16-5551": (16, (0x7C00, 0x03E0, 0x001F, 0x8000)),
    "rgb32bf": (32, (0xFF000000, 0x00FF0000, 0x0000FF00, 0)),
    "rgb32bfdef": (32, (0x00FF0000, 0x0000FF00, 0x000000FF, 0)),
    "rgb32-xbgr": (32, (0x000000FF, 0x0000FF00, 0x00FF0000, 0)),
    "rgb32-111110": (32, (0xFFE00000, 0x001FFC00, 0x000003FF, 0)),
    "rgb32-7187": (32, (0xFE000000, 0x01FFFF80, 0x0000007F, 0)),
    "rgba32": (32, (0xFF000000, 0x00FF0000, 0x0000FF00, 0x000000FF)),
    "rgba32-1010102": (32, (0x3FF00000, 0x000FFC00, 0x000003FF, 0xC0000000)),
    "rgba32-81284": (32, (0xFF000000, 0x00FFF000, 0x00000FF0, 0x0000000F)),
}
WHERE = {
    "after the header": 40,
    "in the header": 52,
    "in a header with alpha": 56,
    "in version 4": 108,
    "in version 5": 124,
}


def packed_rows(pixels, bits, masks):
    """(4, H, W) of 0…255 as rows of pixels under masks, each channel rounded to what it holds."""
    words = np.zeros(pixels.shape[1:], np.uint64)
    for plane, mask in zip(pixels, masks, strict=True):
        if mask:
            shift = (mask & -mask).bit_length() - 1
            most = mask >> shift
            words |= np.round(plane / 255 * most).astype(np.uint64) << np.uint64(shift)
    rows = (row.astype("<u2" if bits == 16 else "<u4").tobytes() for row in words)
    return b"".join(row + bytes(-len(row) % 4) for row in rows)


def masked_bmp(pixels, bits, masks, header, *, top_down=False, packing=3):
    height, width = pixels.shape[1:]
    rows = pixels if top_down else pixels[:, ::-1]
    body = packed_rows(rows, bits, masks)
    high = -height if top_down else height
    fields = struct.pack("<IiiHHI", header, width, high, 1, bits, packing)
    fields += struct.pack("<IiiII", len(body), 2835, 2835, 0, 0)
    told = masks if header >= 56 or packing == 6 else masks[:3]
    fields = (fields + struct.pack(f"<{len(told)}I", *told)).ljust(header, b"\0")
    start = 14 + len(fields)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + fields + body


def shades(alpha=255):
    """Every 17th value of each channel against the others, with an odd number of columns."""
    red, green = np.mgrid[0:256:17, 0:255:17].astype(np.uint8)
    return np.stack([red, green, 255 - red, np.full_like(red, alpha)])


@pytest.mark.parametrize("place", WHERE)
@pytest.mark.parametrize("name", MASKS)
def test_a_bitmap_with_bit_masks_is_read(name, place):
    bits, masks = MASKS[name]
    data = masked_bmp(shades(), bits, masks, WHERE[place], top_down=place == "in version 5")
    picture = read_picture(data)
    # A channel of n bits holds 2ⁿ values, from 0 to 255.
    for found, meant, mask in zip(picture.pixels, shades(), masks, strict=False):
        step = 255 / (2 ** mask.bit_count() - 1)
        np.testing.assert_allclose(found, meant, atol=step / 2 + 0.5)
    assert picture.notes == ()


@pytest.mark.parametrize("name", [name for name, (_, masks) in MASKS.items() if masks[3]])
def test_alpha_under_a_mask_is_laid_on_white(name):
    bits, masks = MASKS[name]
    pixels = shades()
    pixels[3, :, ::2] = 0
    picture = read_picture(masked_bmp(pixels, bits, masks, 124))
    assert (picture.pixels[:, :, ::2] == 255).all()
    assert picture.pixels[2, -1, 1] == 0
    assert picture.notes == ("Transparent parts were laid on white.",)


def test_alpha_that_would_hide_everything_hides_nothing():
    bits, masks = MASKS["rgba32"]
    picture = read_picture(masked_bmp(shades(alpha=0), bits, masks, 124))
    np.testing.assert_array_equal(picture.pixels, shades()[:3])
    assert picture.notes == ()


def test_masks_with_alpha_may_follow_the_oldest_header():
    bits, masks = MASKS["rgba32"]
    pixels = shades()
    pixels[3, 0] = 0
    picture = read_picture(masked_bmp(pixels, bits, masks, 40, packing=6))
    assert (picture.pixels[:, 0] == 255).all()
    np.testing.assert_array_equal(picture.pixels[:, 1:], shades()[:3, 1:])


def test_a_mask_that_is_missing_is_black():
    picture = read_picture(masked_bmp(shades(), 16, (0, 0x07E0, 0x001F, 0), 40))
    assert (picture.pixels[0] == 0).all()
    assert picture.pixels[1].any()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (bmp(4, 4, 64, bytes(128)), "This is a BMP of 64 bits a pixel; turn it into a PNG."),
        (bmp(4, 4, 2, bytes(16), palette=bytes(16)), "This is a BMP of 2 bits a pixel;"),
        (bmp(4, 4, 0, bytes(64), packing=4), "This is a BMP with a JPEG inside;"),
        (bmp(4, 4, 0, bytes(64), packing=5), "This is a BMP with a PNG inside;"),
    ],
)
def test_what_hardly_anything_reads_is_named(data, named):
    assert refusal(data).startswith(named)


def test_a_masked_bitmap_that_ends_too_soon_is_damaged():
    bits, masks = MASKS["rgb32bf"]
    data = masked_bmp(shades(), bits, masks, 40)
    assert "is incomplete or damaged" in refusal(data[:-100])


# --- PBM, PGM and PPM ---

GREY = np.arange(24, dtype=np.uint8).reshape(1, 4, 6) * 10
COLOUR = np.stack([GREY[0], 255 - GREY[0], GREY[0] // 2])


def as_text(values):
    return b"\n".join(b" ".join(b"%d" % value for value in row) for row in values)


@pytest.mark.parametrize(
    ("data", "pixels"),
    [
        (b"P2 6 4 255\n" + as_text(GREY[0]), GREY),
        (b"P5 6 4 255\n" + GREY.tobytes(), GREY),
        (b"P3\r\n6 4\r\n255\r\n" + as_text(COLOUR.transpose(1, 2, 0).reshape(4, -1)), COLOUR),
        (b"P6\n6\n4\n255\n" + COLOUR.transpose(1, 2, 0).tobytes(), COLOUR),
        (b"P5\n# by hand\n6 # wide\n4\n255\n" + GREY.tobytes() + b"P5 6 4 255\n", GREY),
        (b"P2 6 4 255 # dark\n" + as_text(GREY[0]).replace(b"\n", b" # 9 9\n"), GREY),
        (b"P1 3 2\n1 0 1\n0 1 0\n", np.array([[[0, 255, 0], [255, 0, 255]]])),
        (b"P1 3 2 101010", np.array([[[0, 255, 0], [255, 0, 255]]])),
        (b"P4 10 2\n\xff\xc0\x00\x00", np.array([[[0] * 10, [255] * 10]])),
        (b"P2 3 1 10\n0 5 10", np.array([[[0, 128, 255]]])),
        (b"P5 3 1 3\n\0\1\3", np.array([[[0, 85, 255]]])),
    ],
    ids=itertools.count(),
)
def test_pbm_pgm_and_ppm_are_read(data, pixels):
    picture = read_picture(data)
    np.testing.assert_array_equal(picture.pixels, pixels)
    assert picture.notes == ()


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_what_pillow_writes_is_read(mode):
    image = pillow(scene()).convert(mode)
    picture = read_picture(saved(image, "PPM"))
    expected = np.asarray(image.convert("RGB" if mode == "RGB" else "L"))
    expected = np.moveaxis(expected, -1, 0) if mode == "RGB" else expected[None]
    np.testing.assert_array_equal(picture.pixels, expected)


@pytest.mark.parametrize("form", [b"P2", b"P5"])
def test_16_bits_of_a_pgm_are_scaled_and_not_clipped(form):
    values = np.linspace(0, 65535, 300).astype(">u2")
    body = as_text(values[None]) if form == b"P2" else values.tobytes()
    picture = read_picture(form + b" 300 1 65535\n" + body)
    assert picture.pixels[0, 0].tolist() == [round(v / 257) for v in values.tolist()]
    assert picture.notes == ("16-bit values were reduced to 8 bits.",)


@pytest.mark.parametrize(
    "data",
    [
        b"P5 6 4 255\n" + GREY.tobytes()[:-1],
        b"P2 6 4 255\n1 2 3",
        b"P2 3 1 255\n1 2 x",
        b"P2 3 1 255\n1 -2 3",
        b"P2 3 1 255\n1 2.5 3",
        b"P2 3 1 9\n1 2 10",
        b"P5 3 1 9\n\1\2\x0a",
        b"P5 3 1 0\n\0\0\0",
        b"P5 3 1 65536\n\0\0\0\0\0\0",
        b"P1 3 1 1 2 0",
        b"P1 3 1 1 0",
        b"P4 9 1\n\xff",
    ],
    ids=itertools.count(),
)
def test_a_damaged_pgm_is_a_sentence(data):
    assert "is incomplete or damaged" in refusal(data)


# --- more pixels than can be worked on ---


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_PIXELS", 5_000)
    monkeypatch.setattr(uploads, "_TILE", 1_001)  # tiles that do not fit, and a smaller one last


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WebP", "PPM"])
@pytest.mark.parametrize("size", [(90, 120), (91, 121)])
def test_a_larger_photograph_is_reduced_and_says_so(kind, size, small_limit):
    upright = scene(*size)
    picture = read_picture(saved(pillow(upright), kind, **LOSSLESS.get(kind, {})))
    half = tuple(-(-side // 2) for side in size)
    assert picture.size == half
    meant = np.stack([np.asarray(Image.fromarray(plane).reduce(2)) for plane in upright])
    assert np.abs(picture.pixels.astype(int) - meant).max() <= (40 if kind == "GIF" else 8)
    assert picture.notes == (
        f"Reduced from {size[0]} × {size[1]} to {half[0]} × {half[1]} pixels, as more than 0 "
        "megapixels are too many to work on.",
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_reduced_photograph_is_turned_upright_as_well(kind, orientation, small_limit):
    stored = pillow(scene(90, 120))
    picture = read_picture(with_exif(kind, saved(stored, kind), exif_block(orientation)))
    whole = read_picture(with_exif(kind, saved(stored.reduce(2), kind), exif_block(orientation)))
    assert picture.size == whole.size
    assert np.abs(picture.pixels.astype(int) - whole.pixels).max() <= 8
    assert len(picture.notes) == 2


def test_a_very_large_jpeg_is_reduced_further(small_limit):
    picture = read_picture(saved(pillow(scene(240, 320)), "JPEG"))
    assert picture.size == (60, 80)


def test_48_megapixels_of_a_phone_are_read_in_a_quarter_of_them():
    picture = read_picture(saved(Image.new("L", (8064, 6048), 99), "JPEG"))
    assert picture.size == (3024, 4032)
    assert picture.notes == (
        "Reduced from 6,048 × 8,064 to 3,024 × 4,032 pixels, as more than 40 megapixels are too "
        "many to work on.",
    )


# --- an orientation that is not in the usual place ---

ATTRIBUTE = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
ELEMENT = b"<x:xmpmeta><tiff:Orientation>6</tiff:Orientation></x:xmpmeta>"
XMP = b"http://ns.adobe.com/xap/1.0/\0"


def hex_profile(name, content):
    return b"\n" + name + b"\n%8d\n" % len(content) + content.hex(" ", 36).encode() + b"\n"


def turned_files():
    image = pillow(scene(20, 24))
    plain = {kind: saved(image, kind) for kind in ("JPEG", "PNG", "WebP")}
    for form, packet in {"attribute": ATTRIBUTE, "element": ELEMENT}.items():
        yield f"JPEG {form}", with_segments(plain["JPEG"], jpeg_segment(0xE1, XMP + packet)), "XMP"
        chunks = [plain["WebP"][12:], riff_chunk(b"XMP ", packet)]
        yield f"WebP {form}", webp(24, 20, chunks, flags=4), "XMP"
        for packed in (0, 1):
            text = zlib.compress(packet) if packed else packet
            content = b"XML:com.adobe.xmp\0" + bytes([packed, 0]) + b"\0\0" + text
            yield f"PNG {form} {packed}", with_chunk(plain["PNG"], b"iTXt", content), "XMP"
    for keyword, block in ((b"exif", b"Exif\0\0" + exif_block(6)), (b"APP1", exif_block(6))):
        profile = zlib.compress(hex_profile(keyword, block))
        content = b"Raw profile type " + keyword + b"\0\0" + profile
        yield f"PNG zTXt {keyword}", with_chunk(plain["PNG"], b"zTXt", content), "EXIF"
    content = b"Raw profile type xmp\0" + hex_profile(b"xmp", ATTRIBUTE)
    yield "PNG tEXt xmp", with_chunk(plain["PNG"], b"tEXt", content), "XMP"
    digit = exif_block(6, form=2, count=2).replace(b"\0\2\0\0\0\2\0\6", b"\0\2\0\0\0\0026\0")
    for kind in plain:
        yield f"{kind} digit", with_exif(kind, plain[kind], digit), "EXIF"


def with_chunk(data, name, content):
    return data[:33] + chunk(name, content) + data[33:]


@pytest.mark.parametrize(
    ("data", "teller"), [pytest.param(d, t, id=name) for name, d, t in turned_files()]
)
def test_an_orientation_written_as_xmp_or_text_counts(data, teller):
    picture = read_picture(data)
    assert picture.size == (24, 20)
    assert picture.notes == (f"Turned upright, as its {teller} orientation says.",)


def test_exif_counts_before_xmp_as_in_a_browser():
    data = with_segments(saved(pillow(scene(20, 24)), "JPEG"), jpeg_segment(0xE1, XMP + ATTRIBUTE))
    assert read_picture(with_exif("JPEG", data, exif_block(1))).size == (20, 24)
    assert read_picture(with_exif("JPEG", data, b"MM\0*" + bytes(9))).size == (24, 20)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0not packed"),
        (b"zTXt", b"Raw profile type exif\0\0not packed"),
        (b"tEXt", b"Raw profile type exif\0\nexif\n  3\nxyz"),
        (b"tEXt", b"Raw profile type exif\0"),
        (b"tEXt", b"XML:com.adobe.xmp\0" + b'tiff:Orientation="9"'),
        (b"tEXt", b"Comment\0" + ATTRIBUTE),
    ],
)
def test_a_text_that_means_nothing_is_left_alone(name, content):
    data = with_chunk(png(2, 1, 8, 0, b"\0\1\2"), name, content)
    assert read_picture(data).size == (1, 2)

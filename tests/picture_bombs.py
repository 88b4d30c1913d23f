"""Files built to cost time or memory, or to slip past a check, and what reading each must give.

Run as a program, it reads them all in one process and prints what that gave and cost.
"""

import json
import struct
import zlib

import numpy as np
from PIL import Image

from app.pictures.headers import MAX_PIECES
from app.pictures.uploads import MAX_BYTES, PictureError, read_picture
from tests.hangs import no_hang
from tests.picture_files import (
    bmp,
    chunk,
    exif_block,
    jpeg_segment,
    local_palettes_gif,
    lzw_block,
    pillow,
    png,
    riff_chunk,
    saved,
    scene,
    webp,
    with_exif,
    with_segments,
)

MANY = MAX_PIECES + 1000
GIGABYTE = 1_000_000_000

DAMAGED, TOO_LARGE, PIECES = (
    "incomplete or damaged",
    "megapixels can be read",
    "pieces, which would",
)
NOTHING = "there is nothing to show"


def zeros(count):
    """That many million zeros, packed: a thousandth of them, and the right checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = million * (count // 1_000_000) + packer.flush()
    return b"\x78\xda" + packed + struct.pack(">HH", count % 65521, 1)


def small_png(*chunks, **options):
    return png(2, 2, 8, 0, b"\0\1\2" * 2, chunks=chunks, **options)


def jpeg():
    return saved(pillow(scene(16, 16)), "JPEG")


def jpeg_of_size(width, height, progressive=False):
    data = bytearray(saved(pillow(scene(16, 16)), "JPEG", progressive=progressive))
    frame = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_of_passes(count, side):
    """A progressive JPEG of side x side whose last pass is repeated."""
    data = saved(Image.new("RGB", (side, side), (9, 99, 200)), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * (count - data.count(b"\xff\xda")) + data[-2:]


def manifold_exif(size=3_000_000):
    """65,000 entries, each of which says that it holds nearly the whole block."""
    entries = b"".join(struct.pack(">HHII", tag, 7, size, 8) for tag in range(300, 65300))
    block = b"MM\0*\0\0\0\x08" + struct.pack(">H", 65000) + entries
    return block + bytes(8 + size - len(block))


def jpeg_of_manifold_exif():
    block = manifold_exif()
    parts = (block[i : i + 65000] for i in range(0, len(block), 65000))
    segments = [jpeg_segment(0xE1, b"Exif\0\0" + part) for part in parts]
    plain = jpeg()
    return with_segments(plain[:2] + plain[20:], *segments)  # without JFIF


def jpeg_of_endless_xmp():
    name = b"http://ns.adobe.com/xap/1.0/\0"
    packet = name + b"tiff:Orientation" * 3000 + b" " * 17_000
    return with_segments(jpeg(), *[jpeg_segment(0xE1, packet[:65_000])] * 300)


def gif(screen, corners, blocks=b"", after=b";"):
    """A GIF of two colours whose frame lies anywhere; eight pixels are stored."""
    head = b"GIF89a" + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<4HB", *corners, 0)
    data = lzw_block((4, 0, 1, 4, 0, 1, 4, 0, 1, 4, 0, 1, 5))
    return head + blocks + frame + b"\2" + data + after


def webp_of_frames(count):
    picture = saved(Image.new("RGB", (16, 16)), "WebP")[12:]
    frame = bytes(6) + (15).to_bytes(3, "little") * 2 + bytes([50, 0, 0, 0]) + picture
    frames = [riff_chunk(b"ANMF", frame)] * count
    return webp(16, 16, [riff_chunk(b"ANIM", bytes(6)), *frames], flags=2)


def zip_after(data):
    return data + b"PK\x03\x04" + bytes(100) + b"PK\x05\x06" + bytes(18)


# What it is: (how to make it, the shape of the picture or words of the sentence).
BOMBS = {
    # huge claims
    "PNG claims 40,000 x 40,000": (
        lambda: png(40_000, 40_000, 8, 2, b"", packed=zeros(GIGABYTE)),
        TOO_LARGE,
    ),
    "PNG claims 40 megapixels": (lambda: png(8000, 5000, 8, 6, bytes(99)), DAMAGED),
    "PNG claims 2**31 x 2**31": (lambda: png(2**31 - 1, 2**31 - 1, 1, 0, b""), TOO_LARGE),
    "JPEG claims 65,535 x 65,535": (lambda: jpeg_of_size(65535, 65535), TOO_LARGE),
    "JPEG without rows": (lambda: jpeg_of_size(16, 0), NOTHING),
    "WebP of a giant canvas": (
        lambda: webp(2**24, 2**24, [saved(pillow(scene()), "WebP")[12:]]),
        TOO_LARGE,
    ),
    "WebP whose canvas lies": (
        lambda: webp(8, 8, [saved(pillow(scene(90, 90)), "WebP")[12:]]),
        DAMAGED,
    ),
    "GIF frame far larger than its screen": (lambda: gif((4, 2), (0, 0, 60000, 60000)), TOO_LARGE),
    "GIF frame that would only be warned of": (
        lambda: gif((4, 2), (0, 0, 10_000, 10_000)),
        TOO_LARGE,
    ),
    "GIF of a wide screen and a high frame": (
        lambda: gif((11_000, 2), (0, 0, 4, 12_000)),
        TOO_LARGE,
    ),
    "GIF frame far outside its screen": (lambda: gif((4, 2), (65535, 65535, 4, 2)), TOO_LARGE),
    "GIF of a large screen": (lambda: gif((65535, 65535), (0, 0, 4, 2)), TOO_LARGE),
    "BMP claims 2**31 x 2**31": (lambda: bmp(-(2**31), -(2**31), 24, b""), TOO_LARGE),
    "BMP of a negative width": (lambda: bmp(-16, 8, 24, bytes(48 * 8)), TOO_LARGE),
    "BMP of a negative width and height": (lambda: bmp(-16, -8, 24, bytes(48 * 8)), TOO_LARGE),
    "OS/2 BMP claims 65,535 x 65,535": (
        lambda: bmp(65535, 65535, 24, b"", core=True),
        TOO_LARGE,
    ),
    # more inside than the size tells
    "PNG whose pixels go on for a gigabyte": (
        lambda: small_png(packed=zeros(GIGABYTE)),
        (1, 2, 2),
    ),
    "PNG with packed text of a gigabyte": (
        lambda: small_png((b"zTXt", b"note\0\0" + zeros(GIGABYTE))),
        (1, 2, 2),
    ),
    "PNG with packed foreign text of a gigabyte": (
        lambda: small_png((b"iTXt", b"note\0\1\0de\0\0" + zeros(GIGABYTE))),
        (1, 2, 2),
    ),
    "PNG with a colour profile of a gigabyte": (
        lambda: small_png((b"iCCP", b"icc\0\0" + zeros(GIGABYTE))),
        (1, 2, 2),
    ),
    "BMP whose runs go on": (
        lambda: bmp(16, 8, 8, b"\xff\1" * 9_000_000, palette=bytes(1024), packing=1),
        DAMAGED,
    ),
    "BMP of few runs and 40 megapixels": (
        lambda: bmp(8000, 5000, 8, b"\xff\1" * 9 + b"\0\1", palette=bytes(1024), packing=1),
        "packed in runs",
    ),
    "BMP that jumps over 255 rows of 40 megapixels": (
        lambda: bmp(40_000_000, 1, 8, b"\0\2\0\xff" * 9, palette=bytes(1024), packing=1),
        "packed in runs",
    ),
    "BMP of 2,000 x 2,000 runs": (
        lambda: bmp(2000, 2000, 8, b"\1\7" * 2001 * 2000, palette=bytes(1024), packing=1),
        DAMAGED,
    ),
    "BMP whose runs jump far away": (
        lambda: bmp(16, 8, 8, b"\0\2\xff\xff" * 1000, palette=bytes(1024), packing=1),
        None,
    ),
    "BMP of four milliard colours": (
        lambda: bmp(16, 8, 8, bytes(128), palette=bytes(1024), colours=0xFFFFFFFF),
        DAMAGED,
    ),
    # too many pieces
    "PNG of tiny chunks": (
        lambda: small_png().replace(b"IEND", b"prVt" + bytes(4) + chunk(b"prVt", b"") * MANY),
        PIECES,
    ),
    "PNG of empty pixel chunks": (
        lambda: small_png()[:33] + chunk(b"IDAT", b"") * MANY + small_png()[33:],
        PIECES,
    ),
    "JPEG of tiny segments": (
        lambda: with_segments(jpeg(), jpeg_segment(0xE5, b"") * MANY),
        PIECES,
    ),
    "JPEG of comments": (lambda: with_segments(jpeg(), jpeg_segment(0xFE, b"") * MANY), PIECES),
    "JPEG of markers without a length": (
        lambda: with_segments(jpeg(), b"\xff\1" * MANY),
        PIECES,
    ),
    "WebP of tiny chunks": (
        lambda: webp(32, 24, [riff_chunk(b"junk", b"") * MANY]),
        PIECES,
    ),
    "GIF of tiny blocks": (lambda: gif((4, 2), (0, 0, 4, 2))[:-2] + b"\1\0" * MANY, PIECES),
    "GIF of tiny comments": (
        lambda: gif((4, 2), (0, 0, 4, 2), b"!\xfe\1c\0" * MANY),
        PIECES,
    ),
    "GIF of stray bytes": (lambda: gif((4, 2), (0, 0, 4, 2), b"?" * MANY), PIECES),
    "GIF of one endless comment": (
        lambda: gif((4, 2), (0, 0, 4, 2), b"!\xfe" + (b"\xff" + bytes(255)) * 60_000 + b"\0"),
        (1, 2, 4),
    ),
    "JPEG of 200 passes": (lambda: jpeg_of_passes(200, 16), "drawn in more than 100 passes"),
    "JPEG of 100 passes": (lambda: jpeg_of_passes(100, 1000), (3, 1000, 1000)),
    # frames
    "GIF of 10,000 frames": (
        lambda: local_palettes_gif()[:-1] + local_palettes_gif()[13:-1] * 5000 + b";",
        (3, 2, 4),
    ),
    "WebP of 10,000 frames": (lambda: webp_of_frames(10_000), (3, 16, 16)),
    "PNG says 4 milliard frames": (
        lambda: small_png((b"acTL", b"\xff" * 8)),
        (1, 2, 2),
    ),
    # metadata that leads astray
    "PNG with an EXIF block of 65,000 large entries": (
        lambda: with_exif("PNG", small_png(), manifold_exif()),
        (1, 2, 2),
    ),
    "JPEG with an EXIF block of 65,000 large entries": (jpeg_of_manifold_exif, (3, 16, 16)),
    "WebP with an EXIF block of 65,000 large entries": (
        lambda: with_exif("WebP", saved(pillow(scene(16, 16)), "WebP"), manifold_exif()),
        (3, 16, 16),
    ),
    "JPEG with an EXIF block that starts outside itself": (
        lambda: with_exif("JPEG", jpeg(), exif_block(start=0xFFFFFFF0)),
        (3, 16, 16),
    ),
    # two formats in one file
    "PNG and a ZIP archive": (lambda: zip_after(small_png()), (1, 2, 2)),
    "JPEG and a ZIP archive": (lambda: zip_after(jpeg()), (3, 16, 16)),
    "JPEG that begins as GIF": (lambda: b"GIF89a" + jpeg(), None),
    "PNG that begins as BMP": (lambda: b"BM" + small_png(), None),
    "JPEG with a PNG as comment": (
        lambda: with_segments(jpeg(), jpeg_segment(0xFE, small_png())),
        (3, 16, 16),
    ),
    "GIF with a page in it": (
        lambda: gif((4, 2), (0, 0, 4, 2), b"!\xfe\x0b<script>a()\0"),
        (1, 2, 4),
    ),
    # the limits of sizes
    "one pixel wide": (lambda: png(1, 40_000_000, 8, 0, b""), DAMAGED),
    "one pixel high": (lambda: png(40_000_000, 1, 8, 0, b""), DAMAGED),
    "one pixel wide and too high": (lambda: png(1, 64_000_001, 8, 0, b""), TOO_LARGE),
    # numbers written as text, and headers of comments
    "PPM of 20 MB of text": (
        lambda: b"P3 1300 1300 255\n" + b"200 199 0\n" * (1300 * 1300),
        (3, 1300, 1300),
    ),
    "PGM of 20 MB of one-digit numbers": (
        lambda: b"P2 3162 3162 9\n" + b"7 " * 10_000_000,
        (1, 3162, 3162),
    ),
    "PGM of 6 million comments between its numbers": (
        lambda: b"P2 3 3 255\n" + b"#c\n" * 6_000_000 + b"1 " * 9,
        (1, 3, 3),
    ),
    "PGM of 6 million comments before its size": (
        lambda: b"P2\n" + b"#c\n" * 6_000_000 + b"3 3 255\n" + b"1 " * 9,
        None,
    ),
    "PGM of white space alone": (lambda: b"P2 3 3 255" + b" " * 19_000_000, DAMAGED),
    "PGM of one number of 19 million digits": (
        lambda: b"P2 3 3 255 " + b"1" * 19_000_000,
        DAMAGED,
    ),
    "PBM that says it is huge": (lambda: b"P4 999999999 999999999\n", TOO_LARGE),
    "PBM of 20 MB of ones": (lambda: b"P1 4400 4400\n" + b"1" * 4400 * 4400, (1, 4400, 4400)),
    "PNG of 1,000 packed profiles": (
        lambda: small_png(
            *[(b"zTXt", b"Raw profile type exif\0\0" + zeros(10_000_000)[:10_000])] * 1_000
        ),
        (1, 2, 2),
    ),
    "JPEG with 20 MB of white space in its XMP": (jpeg_of_endless_xmp, (3, 16, 16)),
    "BMP of 16 bits with masks over all of them": (
        lambda: bmp(
            3000, 3000, 16, bytes(6000 * 3000), packing=3, masks=struct.pack("<III", *[0xFFFF] * 3)
        ),
        (3, 3000, 3000),
    ),
    "20 MB of zeros": (lambda: bytes(MAX_BYTES), "no picture format"),
    "20 MB and one byte": (lambda: bytes(MAX_BYTES + 1), "at most 20 MB"),
    "20 MB of pixels": (
        lambda: bmp(5000, 1398, 24, bytes(15000 * 1398)),
        (3, 1398, 5000),
    ),
}


def wide_rgba():
    """256 rows of 156,250 pixels with alpha: an honest 40 megapixels in under a megabyte."""
    row = b"\0" + np.tile(np.array([1, 2, 3, 4], np.uint8), 156_250).tobytes()
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(row) for _ in range(256)) + packer.flush()
    return png(156_250, 256, 8, 6, b"", packed=packed)


def _plain(kind, size=(8000, 5000), **options):
    return saved(Image.new("RGB", size, (10, 20, 30)), kind, **options)


PHONE, LARGEST = (8064, 6048), (8000, 8000)  # 48.8 and 64 megapixels

# Honest pictures of 40 megapixels and more: seconds each.
LARGE = {
    "60 megapixels of PBM": (lambda: b"P4 8000 7500\n" + bytes(1000 * 7500), (1, 3750, 4000)),
    "40 megapixels, very wide, with alpha": (wide_rgba, (3, 256, 156_250)),
    "40 megapixels of JPEG in 100 passes": (lambda: jpeg_of_passes(100, 6324), (3, 6324, 6324)),
    "40 megapixels of WebP": (lambda: _plain("WebP", method=0), (3, 5000, 8000)),
    "40 megapixels of GIF": (lambda: _plain("GIF"), (3, 5000, 8000)),
    "40 megapixels of PNG": (lambda: _plain("PNG"), (3, 5000, 8000)),
    "48 megapixels of JPEG": (lambda: _plain("JPEG", PHONE), (3, 3024, 4032)),
    "64 megapixels of JPEG in many passes": (
        lambda: _plain("JPEG", LARGEST, progressive=True, subsampling=0),
        (3, 4000, 4000),
    ),
    "64 megapixels of JPEG in 62 passes": (lambda: jpeg_of_passes(62, 8000), (3, 4000, 4000)),
    "250 megapixels of JPEG": (
        lambda: saved(Image.new("L", (16_320, 15_300)), "JPEG"),
        (1, 3825, 4080),
    ),
    "64 megapixels of PNG": (lambda: _plain("PNG", LARGEST), (3, 4000, 4000)),
    "64 megapixels of GIF": (lambda: _plain("GIF", LARGEST), (3, 4000, 4000)),
}


def result_of(data):
    """What a file gives and costs: shape or sentence, megabytes of peak."""
    before = peak_of_process()
    try:
        with no_hang():
            gave = read_picture(data).pixels.shape
    except PictureError as fault:
        gave = str(fault)
    except BaseException as fault:
        gave = f"!!! {fault!r}"
    return {"gave": gave, "megabytes": peak_of_process() - before}


def peak_of_process():
    """The most memory that this process ever held, in megabytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(names):
    import resource
    from pathlib import Path

    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + GIGABYTE, held + GIGABYTE))
    for name in names:
        made, _ = {**BOMBS, **LARGE}[name]
        print(json.dumps({"name": name, **result_of(made())}), flush=True)


if __name__ == "__main__":
    import sys
    import warnings

    warnings.simplefilter("always")
    main(sys.argv[1:] or list(BOMBS))

"""Picture files for the tests of uploads: ordinary ones, rare ones, and ones built to do harm."""

import io
import struct
import zlib
from functools import cache

import numpy as np
from PIL import Image, ImageCms

FORMATS = ("PNG", "JPEG", "WebP", "GIF", "BMP")
LOSSLESS = {"WebP": {"lossless": True}, "JPEG": {"quality": 95, "subsampling": 0}}

JARGON = (
    "Traceback",
    "Error",
    "PIL",
    "object",
    "bytes-like",
    "None",
    "NoneType",
    "tuple",
    "<",
    "/",
    "\\",
    "'",
)


def assert_is_one_plain_sentence(sentence):
    assert not sentence[0].islower()  # it may begin with a number
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert ". " not in sentence
    for word in JARGON:
        assert word not in sentence, sentence


def scene(height=24, width=32):
    """Colours that no mirroring or turning leaves as they are: red to the right, green down."""
    rows, columns = np.mgrid[0:height, 0:width]
    return np.stack(
        [columns * 255 // (width - 1), rows * 255 // (height - 1), np.full_like(rows, 60)]
    ).astype(np.uint8)


def pillow(pixels):
    return Image.fromarray(
        pixels[0] if pixels.shape[0] == 1 else np.ascontiguousarray(np.moveaxis(pixels, 0, -1))
    )


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, format=kind.upper(), **options)
    return file.getvalue()


# --- PNG by hand ---


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, depth, colour, raw, *, chunks=(), interlaced=False, packed=None):
    """A PNG put together by hand, for kinds that Pillow cannot write."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + b"".join(chunk(name, data) for name, data in chunks)
        + chunk(b"IDAT", zlib.compress(raw) if packed is None else packed)
        + chunk(b"IEND", b"")
    )


def interlaced_png(pixels):
    """Adam7: seven passes of (first row, first column, row step, column step)."""
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2))
    raw = b""
    for row, column, down, across in (*passes, (1, 0, 2, 1)):
        part = np.moveaxis(pixels[:, row::down, column::across], 0, -1)
        raw += b"".join(b"\0" + line.tobytes() for line in part if line.size)
    return png(pixels.shape[2], pixels.shape[1], 8, 2, raw, interlaced=True)


# --- EXIF by hand ---


def exif_block(orientation=6, form=3, count=1, start=8, order=">", extra=b""):
    """A TIFF header with a directory of two entries: orientation, and one to something absurd."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    value = struct.pack(f"{order}H", orientation) + b"\0\0"
    directory = struct.pack(f"{order}H", 2)
    directory += struct.pack(f"{order}HHI", 0x0112, form, count) + value
    directory += struct.pack(f"{order}HHII", 0x9286, 7, 0xFFFFFFF0, 0xFFFFFF00)
    return mark + struct.pack(f"{order}I", start) + directory + bytes(4) + extra


def jpeg_segment(code, content):
    return b"\xff" + bytes([code]) + struct.pack(">H", 2 + len(content)) + content


def with_segments(jpeg, *segments):
    """A JPEG with segments put in after its first two bytes."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def with_exif(kind, data, exif):
    """The same file with an EXIF block, put there by hand."""
    if kind == "JPEG":
        return with_segments(data, jpeg_segment(0xE1, b"Exif\0\0" + exif))
    if kind == "PNG":
        return data[:33] + chunk(b"eXIf", exif) + data[33:]
    width, height = Image.open(io.BytesIO(data)).size
    return webp(width, height, [data[12:], riff_chunk(b"EXIF", exif)], flags=8)


# --- WebP by hand ---


def riff_chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def webp(width, height, chunks, flags=0):
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = riff_chunk(b"VP8X", bytes([flags, 0, 0, 0]) + canvas) + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


# --- BMP by hand ---


def bmp(width, height, bits, pixels, *, palette=b"", packing=0, colours=0, core=False, masks=b""):
    if core:  # OS/2 1.x: 12 bytes, 16-bit sides, three bytes a colour
        header = struct.pack("<IHHHH", 12, width, height, 1, bits)
    else:
        sizes = struct.pack("<IiiHHI", 40, width, height, 1, bits, packing)
        header = sizes + struct.pack("<IiiII", len(pixels), 2835, 2835, colours, 0) + masks
    start = 14 + len(header) + len(palette)
    file_header = b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start)
    return file_header + header + palette + pixels


def _bmps():
    rng = np.random.default_rng(3)
    greys = b"".join(bytes([v, v, v, 0]) for v in range(0, 256, 17))
    colours = rng.bytes(256 * 4)
    yield "1 bit", bmp(16, 8, 1, rng.bytes(4 * 8), palette=greys[:8])
    yield "4 bit", bmp(16, 8, 4, rng.bytes(8 * 8), palette=greys)
    yield "8 bit", bmp(16, 8, 8, rng.bytes(16 * 8), palette=colours)
    yield "16 bit", bmp(16, 8, 16, rng.bytes(32 * 8))
    yield "24 bit", bmp(15, 8, 24, rng.bytes(48 * 8))
    yield "32 bit", bmp(16, 8, 32, rng.bytes(64 * 8))
    masks = struct.pack("<III", 0xFF0000, 0xFF00, 0xFF)
    yield "bit fields", bmp(16, 8, 32, rng.bytes(64 * 8), packing=3, masks=masks)
    masks = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    yield "16 bit fields", bmp(15, 8, 16, rng.bytes(32 * 8), packing=3, masks=masks)
    masks = struct.pack("<IIII", 0x0F00, 0x00F0, 0x000F, 0xF000)
    yield "alpha bit fields", bmp(16, -8, 16, rng.bytes(32 * 8), packing=6, masks=masks)
    yield "top down", bmp(16, -8, 24, rng.bytes(48 * 8))
    yield "OS/2", bmp(16, 8, 24, rng.bytes(48 * 8), core=True)
    row8 = b"\x08\x05\x00\x04\x01\x02\x03\x04\x04\x09\0\0"  # a run, four as they are, a run
    yield "RLE 8", bmp(16, 8, 8, row8 * 8 + b"\0\1", palette=colours, packing=1)
    yield "RLE 4", bmp(16, 8, 4, b"\x10\x5a\0\0" * 8 + b"\0\1", palette=greys, packing=2)


# --- ordinary and rare files of each format ---


@cache
def seeds(kind):
    """{what is special about it: file}: small, valid files of one format in all its variants."""
    makers = {"PNG": _pngs, "JPEG": _jpegs, "WebP": _webps, "GIF": _gifs, "BMP": _bmps}
    return dict({**makers, "PPM": _netpbms}[kind]())


def _frames():
    for value in (200, 100, 50):
        frame = Image.new("RGBA", (16, 12), (value, 9, 9, 128))
        frame.paste((9, value, 9, 255), (2, 2, value // 20, 9))
        yield frame


def _animation(kind, **options):
    first, *rest = _frames()
    return saved(first, kind, save_all=True, append_images=rest, duration=50, **options)


def _profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _pngs():
    colour = pillow(scene(12, 16))
    yield "grey", saved(colour.convert("L"), "PNG")
    yield "black and white", saved(colour.convert("1"), "PNG")
    yield "RGB", saved(colour, "PNG")
    yield "RGBA", saved(next(_frames()), "PNG")
    yield "grey and alpha", saved(next(_frames()).convert("LA"), "PNG")
    yield "palette", saved(colour.quantize(16), "PNG")
    yield "clear palette", saved(colour.quantize(16), "PNG", transparency=b"\0\x80")
    ramp = np.linspace(0, 65535, 16 * 4).astype(">u2").tobytes()
    grey16 = b"".join(b"\0" + ramp[i : i + 32] for i in range(0, 128, 32))
    yield "16 bit grey", png(16, 4, 16, 0, grey16, chunks=[(b"tRNS", b"\0\0")])
    rgb16 = b"\0" + ramp[:96] + b"\1" + ramp[16:112]
    yield "16 bit RGB", png(16, 2, 16, 2, rgb16)
    yield "16 bit grey and alpha", png(16, 1, 16, 4, b"\0" + ramp[:64])
    yield "interlaced", interlaced_png(scene(12, 16))
    yield "animated", _animation("PNG")
    notes = [(b"tEXt", b"Comment\0words"), (b"zTXt", b"More\0\0" + zlib.compress(b"words" * 9))]
    notes += [(b"iCCP", b"icc\0\0" + zlib.compress(_profile())), (b"eXIf", exif_block())]
    yield "metadata", png(4, 2, 8, 0, b"\0\1\2\3\4" * 2, chunks=notes)


def _jpegs():
    colour = pillow(scene(20, 24))
    yield "baseline", saved(colour, "JPEG")
    yield "grey", saved(colour.convert("L"), "JPEG")
    yield "progressive", saved(colour, "JPEG", progressive=True)
    yield "CMYK", saved(colour.convert("CMYK"), "JPEG")
    yield "progressive CMYK", saved(colour.convert("CMYK"), "JPEG", progressive=True)
    yield "restarts", saved(colour, "JPEG", restart_marker_blocks=1, subsampling=0)
    yield "turned", with_exif("JPEG", saved(colour, "JPEG"), exif_block())
    large = exif_block(8, extra=bytes(range(256)) * 80)
    yield "profile, EXIF", with_exif("JPEG", saved(colour, "JPEG", icc_profile=_profile()), large)
    yield "several pictures", saved(colour, "MPO", save_all=True, append_images=[colour])


def _webps():
    colour, clear = pillow(scene(20, 24)), next(_frames())
    yield "lossy", saved(colour, "WebP")
    yield "lossless", saved(colour, "WebP", lossless=True)
    yield "lossy alpha", saved(clear, "WebP", quality=60)
    yield "lossless alpha", saved(clear, "WebP", lossless=True)
    yield "animated", _animation("WebP")
    exif = b"Exif\0\0" + exif_block(3)
    yield "metadata", saved(colour, "WebP", exif=exif, icc_profile=_profile(), xmp=b"<x/>")
    yield "by hand", with_exif("WebP", saved(colour, "WebP"), exif_block(5, order="<"))


def _gifs():
    colour = pillow(scene(12, 16)).quantize(16)
    yield "still", saved(colour, "GIF", interlace=0)
    yield "interlaced", saved(colour, "GIF", interlace=1)
    yield "transparent", saved(colour, "GIF", transparency=0, comment=b"words" * 80)
    yield "animated", _animation("GIF", loop=0)
    yield "grey", saved(pillow(scene(12, 16)[:1]), "GIF")
    yield "local palettes", local_palettes_gif()


def _netpbms():
    colour = pillow(scene(12, 16))
    for mode in ("1", "L", "RGB"):
        yield f"Pillow, {mode}", saved(colour.convert(mode), "PPM")
    yield "grey as text", b"P2\n# words\n4 2\n255\n0 1 2 3\n252 253 254 255\n"
    yield "colour as text", b"P3 2 1 9\n1 2 3\n7 8 9\n"
    yield "bits as text", b"P1\n5 2\n10101\n0 1 0 1 0\n"
    yield "16 bits", b"P5 4 2 4000\n" + bytes(range(16))


def local_palettes_gif():
    """Two frames, no palette for all, one of two colours for each frame."""
    screen = b"GIF89a" + struct.pack("<HHBBB", 4, 2, 0, 0, 0)
    frames = b""
    for colours in (bytes([200, 0, 0, 0, 90, 0]), bytes([1, 2, 3, 4, 5, 6])):
        frames += b"\x21\xf9\4\0\5\0\0\0" + b"," + struct.pack("<4HB", 0, 0, 4, 2, 0x80) + colours
        # Codes of three bits: clear, 0 1 0 1, clear, 0 1 0 1, end.
        frames += b"\2" + lzw_block((4, 0, 1, 4, 0, 1, 4, 0, 1, 4, 0, 1, 5))
    return screen + frames + b";"


def lzw_block(codes):
    """Codes of three bits as one block and the empty block after it."""
    bits = sum(code << 3 * place for place, code in enumerate(codes))
    data = bits.to_bytes(-(-3 * len(codes) // 8), "little")
    return bytes([len(data)]) + data + b"\0"

"""What an uploaded file may be, and what people are told when it is something else."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from app.pictures import headers, uploads
from app.pictures.uploads import MAX_BYTES, Picture, PictureError, read_picture
from tests.picture_files import (
    FORMATS,
    LOSSLESS,
    assert_is_one_plain_sentence,
    pillow,
    png,
    saved,
    scene,
)


def refusal(data):
    with pytest.raises(PictureError) as caught:
        read_picture(data)
    sentence = str(caught.value)
    assert_is_one_plain_sentence(sentence)
    return sentence


# --- what is read ---


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_is_read_upright_in_colour(kind):
    picture = read_picture(saved(pillow(scene()), kind, **LOSSLESS.get(kind, {})))
    assert picture.pixels.shape == (3, 24, 32)
    assert picture.size == (24, 32)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.flags.c_contiguous
    # GIF has 256 colours and JPEG rounds; the others are exact.
    allowed = {"GIF": 40, "JPEG": 8}.get(kind, 0)
    assert np.abs(picture.pixels.astype(int) - scene()).max() <= allowed
    assert picture.notes == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP"])
def test_a_grey_picture_has_one_plane(kind):
    grey = scene()[:1]
    picture = read_picture(saved(pillow(grey), kind, **LOSSLESS.get(kind, {})))
    assert picture.is_grey
    assert np.abs(picture.pixels.astype(int) - grey).max() <= (4 if kind == "JPEG" else 0)


def test_the_name_of_the_format_comes_from_the_content_and_size_is_height_first():
    assert read_picture(saved(pillow(scene(5, 9)), "GIF")).size == (5, 9)


def test_pixels_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        read_picture(saved(pillow(scene()), "PNG")).pixels[0, 0, 0] = 1
    mine = np.zeros((1, 2, 2), dtype=np.uint8)
    Picture(mine)
    mine[0, 0, 0] = 1  # only the picture's own view is locked


def test_black_and_white_becomes_0_and_255():
    bits = Image.fromarray(np.array([[0, 255], [255, 0]], dtype=np.uint8)).convert("1")
    for kind in ("PNG", "BMP"):
        picture = read_picture(saved(bits, kind))
        assert picture.pixels.tolist() == [[[0, 255], [255, 0]]]


def test_a_palette_is_looked_up():
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putdata([1, 0])
    for kind in ("PNG", "GIF", "BMP"):
        assert read_picture(saved(image, kind)).pixels[:, 0].T.tolist() == [
            [200, 100, 50],
            [10, 20, 30],
        ]


@pytest.mark.parametrize("kind", ["PNG", "WebP"])
def test_alpha_is_laid_on_white_in_its_share(kind):
    image = Image.new("RGBA", (3, 1))
    image.putdata([(0, 0, 0, 0), (0, 100, 200, 128), (0, 100, 200, 255)])
    picture = read_picture(
        saved(image, kind, **({"lossless": True, "exact": True} if kind == "WebP" else {}))
    )
    half = [round((c * 128 + 255 * 127) / 255) for c in (0, 100, 200)]
    assert picture.pixels[:, 0].T.tolist() == [[255, 255, 255], half, [0, 100, 200]]
    assert picture.notes == ("Transparent parts were laid on white.",)


def test_alpha_that_hides_nothing_is_not_mentioned():
    assert read_picture(saved(pillow(scene()).convert("RGBA"), "PNG")).notes == ()


def test_grey_with_alpha_stays_grey():
    image = Image.new("LA", (2, 1))
    image.putdata([(40, 255), (40, 0)])
    picture = read_picture(saved(image, "PNG"))
    assert picture.pixels.tolist() == [[[40, 255]]]
    assert len(picture.notes) == 1


def test_a_palette_with_transparent_entries_is_laid_on_white():
    image = Image.new("P", (2, 1))
    image.putpalette([10, 20, 30, 200, 100, 50])
    image.putdata([0, 1])
    for data in (
        saved(image, "PNG", transparency=0),
        saved(image, "GIF", transparency=0),
        saved(image, "PNG", transparency=b"\x00\xff"),
    ):
        picture = read_picture(data)
        assert picture.pixels[:, 0].T.tolist() == [[255, 255, 255], [200, 100, 50]]
        assert picture.notes == ("Transparent parts were laid on white.",)


def test_one_transparent_colour_is_laid_on_white():
    grey = png(2, 1, 8, 0, b"\0" + bytes([7, 9]), chunks=[(b"tRNS", struct.pack(">H", 7))])
    assert read_picture(grey).pixels.tolist() == [[[255, 9]]]
    colour = png(
        2,
        1,
        8,
        2,
        b"\0" + bytes([1, 2, 3, 4, 5, 6]),
        chunks=[(b"tRNS", struct.pack(">HHH", 4, 5, 6))],
    )
    assert read_picture(colour).pixels[:, 0].T.tolist() == [[1, 2, 3], [255, 255, 255]]


def test_a_16_bit_gradient_is_scaled_and_not_clipped():
    values = np.linspace(0, 65535, 300).astype(">u2")
    picture = read_picture(png(300, 1, 16, 0, b"\0" + values.tobytes()))
    assert picture.pixels[0, 0].tolist() == [round(v / 257) for v in values.tolist()]
    assert picture.notes == ("16-bit values were reduced to 8 bits.",)


def test_16_bit_colour_is_scaled_and_not_clipped():
    values = np.linspace(0, 65535, 300).astype(">u2").reshape(100, 3)
    picture = read_picture(png(100, 1, 16, 2, b"\0" + values.tobytes()))
    np.testing.assert_allclose(picture.pixels[:, 0].T, values / 257, atol=1)
    assert picture.notes == ("16-bit values were reduced to 8 bits.",)


def test_16_bits_with_alpha_or_a_transparent_value_are_laid_on_white():
    with_alpha = np.array([[300 * 257 // 3, 65535], [0, 0]], dtype=">u2")
    picture = read_picture(png(2, 1, 16, 4, b"\0" + with_alpha.tobytes()))
    assert picture.pixels.tolist() == [[[100, 255]]]
    assert len(picture.notes) == 2
    keyed = png(
        2,
        1,
        16,
        0,
        b"\0" + np.array([512, 25700], dtype=">u2").tobytes(),
        chunks=[(b"tRNS", struct.pack(">H", 512))],
    )
    assert read_picture(keyed).pixels.tolist() == [[[255, 100]]]
    colour = np.array([[512, 1024, 2048], [25700, 0, 65535]], dtype=">u2")
    keyed = png(
        2,
        1,
        16,
        2,
        b"\0" + colour.tobytes(),
        chunks=[(b"tRNS", struct.pack(">HHH", 512, 1024, 2048))],
    )
    assert read_picture(keyed).pixels[:, 0].T.tolist() == [[255, 255, 255], [100, 0, 255]]


def test_cmyk_becomes_rgb_and_says_how():
    image = Image.new("CMYK", (16, 16), (255, 0, 0, 0))  # full cyan
    picture = read_picture(saved(image, "JPEG", quality=95))
    np.testing.assert_allclose(picture.pixels[:, 8, 8], [0, 255, 255], atol=6)
    assert picture.notes == (
        "CMYK inks were turned into red, green and blue without a colour profile.",
    )


@pytest.mark.parametrize("kind", ["GIF", "WebP", "PNG"])
def test_an_animation_gives_its_first_frame(kind):
    frames = [Image.new("RGB", (8, 8), (value, 0, 0)) for value in (200, 100, 50)]
    picture = read_picture(
        saved(
            frames[0],
            kind,
            save_all=True,
            append_images=frames[1:],
            duration=100,
            **LOSSLESS.get(kind, {}),
        )
    )
    assert (picture.pixels[0] == 200).all()
    assert picture.notes == ("Only the first frame of the animation is used.",)


# How the file must store the scene so that its orientation tag (EXIF 2.32, 274) sets it upright.
STORED = {
    1: lambda a: a,
    2: lambda a: a[:, :, ::-1],
    3: lambda a: a[:, ::-1, ::-1],
    4: lambda a: a[:, ::-1],
    5: lambda a: a.transpose(0, 2, 1),
    6: lambda a: np.rot90(a, 1, axes=(1, 2)),  # turned to the left: turn it right
    7: lambda a: np.rot90(a, 2, axes=(1, 2)).transpose(0, 2, 1),
    8: lambda a: np.rot90(a, -1, axes=(1, 2)),
}


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
def test_exif_orientation_is_turned_upright(kind, orientation, monkeypatch):
    monkeypatch.setattr(uploads, "_TILE", 30)  # rows and columns of tiles, and smaller ones last
    upright = scene(300, 40)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(pillow(STORED[orientation](upright)), kind, exif=exif, **LOSSLESS.get(kind, {}))
    picture = read_picture(data)
    assert picture.pixels.shape == (3, 300, 40)
    assert picture.pixels.flags.c_contiguous
    assert np.abs(picture.pixels.astype(int) - upright).max() <= (8 if kind == "JPEG" else 0)
    assert picture.notes == (
        () if orientation == 1 else ("Turned upright, as its EXIF orientation says.",)
    )


def test_orientation_that_means_nothing_is_left_alone():
    for value in (0, 9, 65535):
        exif = Image.Exif()
        exif[0x0112] = value
        assert read_picture(saved(pillow(scene()), "JPEG", exif=exif)).size == (24, 32)


def test_broken_metadata_does_not_cost_the_picture():
    data = saved(pillow(scene()), "PNG")
    broken = data[:33] + struct.pack(">I", 9) + b"eXIf" + b"\xff" * 9
    broken += struct.pack(">I", zlib.crc32(b"eXIf" + b"\xff" * 9)) + data[33:]
    assert read_picture(broken).size == (24, 32)


# --- what is refused ---


def test_an_empty_file():
    assert (
        refusal(b"")
        == "The file is empty (0 bytes); choose a PNG, JPEG, WebP, GIF, BMP, PGM or PPM picture."
    )


def test_a_file_over_20_megabytes_is_not_even_looked_at():
    sentence = refusal(bytes(MAX_BYTES + 1))
    assert sentence == (
        "The file has 20.1 MB but at most 20 MB can be read; make it smaller, or turn it into a "
        "JPEG."
    )


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"Dear Sir or Madam, here is no picture.", "This is text, not a picture;"),
        ("Grüße, ".encode() * 300, "This is text, not a picture;"),
        (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
            "This is an SVG drawing",
        ),
        (b"<svg width='9'></svg>", "This is an SVG drawing"),
        (b"%PDF-1.7 ...", "This is a PDF document;"),
        (b"PK\x03\x04\x14\0", "This is a ZIP archive"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isommp41", "This is a video;"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "This is a raw file of a camera;"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "This is a JPEG XL file;"),
        (b"P7\nWIDTH 3\nHEIGHT 2\n", "This is a PAM picture;"),
        (b"Pf\n3 2\n-1.0\n", "This is a PFM picture;"),
        (b"P5 is a good letter.", "This is text, not a picture;"),
        (b"\x7fELF\x02\x01", "(it starts with the bytes 7f 45 4c 46)"),
        (saved(pillow(scene()), "TIFF"), "This is a TIFF file"),
        (saved(pillow(scene()), "AVIF"), "This is an AVIF picture;"),
        (saved(pillow(scene()), "ICO"), "This is an icon file;"),
    ],
)
def test_other_files_are_refused_by_name(data, named):
    sentence = refusal(data)
    assert named in sentence
    assert sentence.endswith("choose a PNG, JPEG, WebP, GIF, BMP, PGM or PPM picture.")


@pytest.mark.parametrize(
    "brands", [b"heic\0\0\0\0mif1heic", b"mif1\0\0\0\0mif1heic", b"heix\0\0\0\0", b"mif1\0\0\0\0"]
)
def test_a_heic_photograph_gets_advice_how_to_make_a_jpeg_of_it(brands):
    sentence = refusal(struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + bytes(40))
    assert sentence.startswith("This is a HEIC photograph, as many phones take them,")
    assert "Settings, Camera, Formats, Most Compatible" in sentence
    assert "export it as JPEG" in sentence


def bomb(kind, width, height):
    """A small file whose header claims a huge picture."""
    if kind == "PNG":
        return png(width, height, 8, 2, b"\0" * 64)
    if kind == "GIF":
        return b"GIF89a" + struct.pack("<HH", width, height) + b"\0\0\0"
    if kind == "BMP":
        return b"BM" + bytes(12) + struct.pack("<IiiHH", 40, width, -height, 1, 24) + bytes(24)
    if kind == "WebP":
        canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        return (
            b"RIFF"
            + struct.pack("<I", 30)
            + b"WEBPVP8X"
            + struct.pack("<I", 10)
            + bytes(4)
            + canvas
            + bytes(8)
        )
    data = bytearray(saved(pillow(scene()), "JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_huge_picture_is_refused_by_its_header_before_anything_is_decoded(kind, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("the picture was opened")

    monkeypatch.setattr(uploads.Image, "open", never)
    sentence = refusal(bomb(kind, 60000, 60000))
    most = {"JPEG": 250, "WebP": 40}.get(kind, 64)
    assert sentence == (
        f"This {kind} is 60,000 pixels high and 60,000 wide (3,600 megapixels) but at most {most} "
        "megapixels can be read; shrink it, for example to 3,000 high and 4,000 wide."
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_the_header_is_read_right(kind):
    for options in [LOSSLESS.get(kind, {}), {}] + (
        [{"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}] if kind == "WebP" else []
    ):
        data = saved(pillow(scene(24, 37)), kind, **options)
        assert headers.kind_of(data) == kind
        assert headers.HEADER_SIZES[kind](data) == (37, 24)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP"])
def test_a_picture_without_pixels(kind):
    assert "says that it is 5 pixels high and 0 wide" in refusal(bomb(kind, 0, 5))


def test_a_gif_frame_larger_than_its_screen_does_not_slip_through():
    data = bytearray(saved(pillow(scene()[:1]), "GIF"))
    frame = data.index(b"\x2c", 13)
    data[frame + 5 : frame + 9] = struct.pack("<HH", 60000, 60000)
    refusal(bytes(data))


def test_a_jpeg_of_endless_passes_is_refused():
    data = saved(pillow(scene()), "JPEG", progressive=True)
    first = data.index(b"\xff\xda")
    scan = data[first : data.index(b"\xff", first + 14)]
    assert "drawn in more than 100 passes" in refusal(data[:first] + scan * 200 + data[first:])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP", "BMP"])
def test_a_file_cut_in_half_is_refused_with_its_numbers(kind):
    data = saved(pillow(scene(200, 300)), kind)
    sentence = refusal(data[: len(data) // 2])
    assert sentence == (
        f"This {kind} of {len(data) // 2:,} bytes is incomplete or damaged: its 200 × 300 pixels "
        "could not be read; send it again, or choose another picture."
    )


def test_running_out_of_memory_is_a_sentence(monkeypatch):
    def exhausted(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr(uploads.Image, "open", exhausted)
    assert "not enough memory to read this PNG of 24 × 32 pixels" in refusal(
        saved(pillow(scene()), "PNG")
    )

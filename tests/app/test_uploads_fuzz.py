"""Damaged, mixed and malicious files: each gives a picture or a sentence, soon, in little memory.

The files that are damaged are small and of every variant; the damage is seeded. What is built to
do harm stands in `picture_bombs` and is read in a process of its own, so that its memory is known.
"""

import builtins
import io
import itertools
import json
import os
import re
import struct
import subprocess
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest

from app.pictures.first_picture import first_picture
from app.pictures.uploads import MAX_PIXELS, PictureError, read_picture
from tests.hangs import no_hang
from tests.picture_bombs import BOMBS, LARGE, peak_of_process
from tests.picture_files import (
    FORMATS,
    assert_is_one_plain_sentence,
    exif_block,
    jpeg_segment,
    pillow,
    saved,
    scene,
    seeds,
    with_exif,
    with_segments,
)
from tests.serving import PATIENCE

ROOT = Path(__file__).parents[2]

FUZZED = (*FORMATS, "PPM")
EVERY_SEED = [(kind, name) for kind in FORMATS for name in seeds(kind)]
EVERY_FUZZED_SEED = [(kind, name) for kind in FUZZED for name in seeds(kind)]


# --- kinds of damage ---

EXTREME = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0xFFFFFF, 2**31 - 1, 2**31, 2**32 - 1)


def flipped(data, rng, other):
    data = bytearray(data)
    for place in rng.integers(0, len(data), rng.integers(1, 6)):
        data[place] ^= 1 << int(rng.integers(0, 8))
    return bytes(data)


def overwritten(data, rng, other):
    place, length = int(rng.integers(0, len(data))), int(rng.integers(1, 40))
    filling = rng.bytes(length) if rng.random() < 0.5 else b"\xff" * length
    return data[:place] + filling + data[place + length :]


def extreme_number(data, rng, other):
    """A number of two, three or four bytes, mostly near the start, where sizes and lengths are."""
    last = min(len(data), 64) if rng.random() < 0.7 else len(data)
    place, length = int(rng.integers(4, max(5, last))), int(rng.integers(2, 5))
    number = EXTREME[rng.integers(0, len(EXTREME))] % 256**length
    order = ("big", "little")[rng.integers(0, 2)]
    return data[:place] + number.to_bytes(length, order) + data[place + length :]


def cut(data, rng, other):
    return data[: rng.integers(0, len(data))]


def spliced(data, rng, other):
    return data[: rng.integers(0, len(data))] + other[rng.integers(0, len(other)) :]


def inserted(data, rng, other):
    place, start = rng.integers(0, len(data)), rng.integers(0, len(other))
    return data[:place] + other[start : start + 60] + data[place:]


def pieces_moved(data, rng, other):
    """A piece is left out, repeated, swapped for another, or replaced by one of another file."""
    pieces = pieces_of(data)
    one, two = (int(place) for place in rng.integers(0, len(pieces), 2))
    match rng.integers(0, 4):
        case 0:
            del pieces[one]
        case 1:
            pieces[one:one] = [pieces[two]] * int(rng.integers(1, 30))
        case 2:
            pieces[one], pieces[two] = pieces[two], pieces[one]
        case _:
            strange = pieces_of(other)
            pieces[one] = strange[rng.integers(0, len(strange))]
    return b"".join(pieces)


DAMAGE = (flipped, overwritten, extreme_number, cut, spliced, inserted, pieces_moved)


def pieces_of(data):
    """Chunks, segments or blocks, told apart roughly; joined again they are the file."""
    starts = {0}
    if data[:4] == b"\x89PNG":
        starts |= {m.start() - 4 for m in re.finditer(rb"[A-Z][A-Z]..(?<=[A-Za-z]{4})", data[8:])}
        starts = {start + 8 for start in starts if start >= 0} | {0}
    elif data[:4] == b"RIFF":
        starts |= {m.start() for m in re.finditer(rb"VP8[ LX]|ALPH|ANIM|ANMF|EXIF|ICCP|XMP ", data)}
    elif data[:3] == b"GIF":
        starts |= {m.start() for m in re.finditer(rb"![\xf9\xfe\xff]|,\0\0", data)}
    elif data[:2] == b"BM":
        starts |= {14, 54, max(54, len(data) // 2)}
    else:
        starts |= {m.start() for m in re.finditer(rb"\xff[\xc0-\xcf\xd8-\xfe]", data)}
    edges = [*sorted(start for start in starts if start < len(data)), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(edges)]


def with_right_checksums(data):
    """A PNG whose checksums fit again, so that the damage behind them is met too."""
    mended, place = [data[:8]], 8
    while place + 12 <= len(data):
        end = place + 8 + int.from_bytes(data[place : place + 4], "big")
        if end + 4 > len(data):
            break
        mended += [data[place:end], struct.pack(">I", zlib.crc32(data[place + 4 : end]))]
        place = end + 4
    return b"".join(mended) + data[place:]


def damaged(data, rng, other):
    for _ in range(rng.integers(1, 3)):
        data = DAMAGE[rng.integers(0, len(DAMAGE))](data or b"\0", rng, other)
    return with_right_checksums(data) if rng.random() < 0.7 and data[:4] == b"\x89PNG" else data


# --- what every file must come to ---


def outcome(data):
    """The picture, checked, or None for a sentence, checked; any other exception goes through."""
    try:
        picture = read_picture(data)
    except PictureError as fault:
        assert_is_one_plain_sentence(str(fault))
        return None
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.ndim == 3 and picture.pixels.shape[0] in (1, 3)
    assert 0 < picture.pixels[0].size <= MAX_PIXELS
    assert not picture.pixels.flags.writeable
    for note in picture.notes:
        assert_is_one_plain_sentence(note)
    return picture


@pytest.fixture
def opened(monkeypatch, tmp_path):  # tmp_path first, as making it writes
    """The files that Python code opens for writing while the test runs."""
    written = []

    def watched(original):
        def opening(file, mode="r", *rest, **options):
            if not isinstance(mode, str) or set(mode) & set("wax+"):
                written.append(file)
            return original(file, mode, *rest, **options)

        return opening

    for module, name in ((builtins, "open"), (io, "open"), (os, "open")):
        monkeypatch.setattr(module, name, watched(getattr(module, name)))
    return written


@pytest.mark.parametrize("count", [1000, pytest.param(10_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", FUZZED)
def test_damaged_files_give_a_picture_or_a_sentence(kind, count, opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(FUZZED.index(kind))
    own = list(seeds(kind).values())
    others = [seed for name in FUZZED for seed in seeds(name).values()]
    read, peak = 0, peak_of_process()
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for number in range(count):
            # Half of the time another file of the same format, which fits better.
            pool = own if rng.random() < 0.5 else others
            data = damaged(own[number % len(own)], rng, pool[rng.integers(0, len(pool))])
            with no_hang():
                read += outcome(data) is not None
    assert [str(warning.message) for warning in warned] == []
    assert opened == []
    assert list(tmp_path.iterdir()) == []
    grown = peak_of_process() - peak
    assert grown < 900
    # Both ends must be met, or the damage is too heavy or too light to find anything.
    assert count * 0.05 < read < count * 0.95
    print(f"{kind} {count}: {read} read, +{grown:.0f} MB")


@pytest.mark.parametrize(("kind", "name"), EVERY_FUZZED_SEED)
def test_the_files_that_are_damaged_are_good_before(kind, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert outcome(seeds(kind)[name]) is not None


@pytest.mark.parametrize(("kind", "name"), EVERY_FUZZED_SEED)
def test_every_beginning_of_a_file_gives_a_picture_or_a_sentence(kind, name):
    data = seeds(kind)[name]
    for length in range(min(len(data), 120)):
        outcome(data[:length])


# --- files built to do harm ---


def readings(names):
    """Read these bombs in a process of their own: {name: what that gave and cost}."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.picture_bombs", *names],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=20 * PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")  # no warning, no traceback
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def bombs_read():
    return readings(list(BOMBS))


def assert_gave(gave, expected):
    if isinstance(gave, str):
        assert_is_one_plain_sentence(gave)
    if isinstance(expected, tuple):
        assert gave == list(expected)
    elif expected is not None:
        assert expected in gave


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little(name, bombs_read):
    reading = bombs_read[name]
    assert_gave(reading["gave"], BOMBS[name][1])
    assert reading["megabytes"] < 450


@pytest.mark.long
@pytest.mark.parametrize("name", LARGE)
def test_40_megapixels_are_read_in_bounded_memory(name):
    reading = readings([name])[name]
    assert_gave(reading["gave"], LARGE[name][1])
    assert reading["megabytes"] < 700
    print(f"{name}: {reading['megabytes']:.0f} MB")


# --- metadata ---

SECRET = b"48.8584N 2.2945E"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP"])
def test_the_decoder_never_sees_metadata(kind):
    image, exif = pillow(scene()), exif_block(extra=SECRET)
    data = with_exif(kind, saved(image, kind), exif)
    assert SECRET in data
    assert SECRET not in first_picture(kind, data).data
    for options in ({"icc_profile": SECRET}, {"comment": SECRET}, {"xmp": SECRET}):
        data = saved(image, kind, **options)
        assert SECRET not in first_picture(kind, data).data


@pytest.mark.parametrize("code", [0xC8, 0xDE, 0xDF, *range(0xE1, 0xEE), *range(0xEF, 0xFF)])
def test_a_segment_that_no_decoder_needs_can_hide_nothing(code):
    hidden = with_segments(b"\xff\xd8", jpeg_segment(0xE1, b"Exif\0\0" + SECRET))[2:]
    data = with_segments(saved(pillow(scene()), "JPEG"), jpeg_segment(code, hidden))
    assert SECRET in data
    assert SECRET not in first_picture("JPEG", data).data


@pytest.mark.parametrize(("kind", "name"), EVERY_SEED)
def test_nothing_but_pixels_and_notes_is_kept(kind, name):
    data = seeds(kind)[name]
    picture = read_picture(data)
    assert set(vars(picture)) == {"pixels", "notes"}
    bare = read_picture(first_picture(kind, data).data)
    assert sorted(bare.pixels.ravel()) == sorted(picture.pixels.ravel())
    for word in (b"Exif", b"ICC_PROFILE", b"ICCP", b"XMP ", b"words", b"MPF"):
        assert word not in first_picture(kind, data).data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP"])
@pytest.mark.parametrize("order", "<>")
def test_orientation_is_read_in_both_byte_orders(kind, order):
    data = with_exif(kind, saved(pillow(scene(20, 24)), kind), exif_block(6, order=order))
    assert read_picture(data).size == (24, 20)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WebP"])
@pytest.mark.parametrize(
    "block",
    [
        exif_block(9),
        exif_block(0),
        exif_block(65535),
        exif_block(6, form=2),  # as text
        exif_block(6, count=0xFFFFFFFF),
        exif_block(6, start=0xFFFFFFFF),
        exif_block(6, start=0),
        exif_block(6)[:15],
        b"",
        b"MM\0*",
        b"\xff" * 99,
    ],
    ids=range(11),
)
def test_an_orientation_that_means_nothing_is_left_alone(kind, block):
    data = with_exif(kind, saved(pillow(scene(20, 24)), kind), block)
    picture = read_picture(data)
    assert picture.size == (20, 24)
    assert picture.notes == ()


# --- words ---


def test_no_sentence_speaks_of_saving_or_downloading_as_a_camera_does_neither(bombs_read):
    said = [line["gave"] for line in bombs_read.values() if isinstance(line["gave"], str)]
    assert len(set(said)) > 20
    for sentence in said:
        assert not re.search(r"\b(save|saved|download)\b", sentence)

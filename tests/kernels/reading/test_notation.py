"""Numbers as they are typed, pasted and carried in links: read back the same, or one sentence."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.reading.notation import (
    LARGEST_NUMBER,
    LONGEST_TEXT,
    NotationError,
    encode_patch,
    format_numbers,
    parse_numbers,
    read_source,
    seed_of,
)
from tests.hangs import no_hang

FUZZ = settings(max_examples=150, deadline=None, derandomize=True, database=None)
shapes = st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 5))
decimals = st.floats(-LARGEST_NUMBER, LARGEST_NUMBER, allow_nan=False)
wholes = st.integers(-int(LARGEST_NUMBER), int(LARGEST_NUMBER)).map(float)


def arrays(numbers):
    return shapes.flatmap(
        lambda shape: st.lists(numbers, min_size=math.prod(shape), max_size=math.prod(shape)).map(
            lambda cells: np.array(cells).reshape(shape)
        )
    )


def said(text, read=parse_numbers):
    """The one sentence that a text is refused with."""
    with pytest.raises(NotationError) as caught:
        read(text)
    sentence = str(caught.value)
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 200
    return sentence


def read_or_refused(text, read=parse_numbers):
    """The matrix of a text; None for a text that is random or refused in one sentence."""
    try:
        array = read(text)
    except NotationError as error:
        sentence = str(error)
        assert sentence.endswith(".") and len(sentence) < 200
        return None
    assert array is None or (array.ndim == 3 and array.size and np.isfinite(array).all())
    return array


# Round trips


@FUZZ
@given(arrays(st.one_of(wholes, decimals)))
def test_written_numbers_read_back_the_same(array):
    for row, plane in (("_", "~"), ("\n", "\n\n"), (" / ", " ; ")):
        if row == " / " and (array.shape[1] == 1 or array.shape[1:] == (2, 1)):
            continue  # "1 2 ; 3 4" are rows, as in MATLAB, and "1 / 2" can be a fraction
        back = parse_numbers(format_numbers(array, row, plane))
        assert back.dtype == np.float64
        np.testing.assert_array_equal(back, array)


@FUZZ
@given(shapes, st.integers(0, 2**32 - 1))
def test_written_patches_read_back_the_same(shape, seed):
    patch = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    text = encode_patch(patch)
    assert text.isascii() and not set(text) & set("+/=&?# ")
    back = read_source(text)
    assert back.dtype == np.float64
    np.testing.assert_array_equal(back, patch)


def test_a_patch_of_the_largest_stage_stays_short_in_a_link():
    patch = np.full((3, 16, 16), 255, np.uint8)
    assert len(encode_patch(patch)) < 1100
    assert read_source(encode_patch(patch)).shape == (3, 16, 16)


@pytest.mark.parametrize("wrong", [-1, 256, 300, 0.5, np.nan])
def test_a_patch_of_other_than_bytes_is_refused_and_does_not_wrap_around(wrong):
    with pytest.raises(NotationError, match="0 to 255"):
        encode_patch(np.full((1, 2, 2), wrong))


def test_a_patch_of_whole_floats_is_as_good_as_bytes():
    assert encode_patch(np.array([[[0.0, 255.0]]])) == encode_patch(np.uint8([[[0, 255]]]))


# Every way to type a matrix


@pytest.mark.parametrize(
    "text",
    [
        "1 2_3 4",
        "1 2\n3 4",
        "1 2\r\n3 4",
        "1 2\r3 4",
        "1 2 / 3 4",
        "1, 2\n3, 4\n",
        "[[1,2],[3,4]]",
        "\n\n 1\t2 \n 3   4 \n\n",
        "1\u00a02\n3\u20094",
        "+1 2.0\n3e0 .4e1",
        "1. 2_3 4_",
        "1 4/2_3 8/2",
        "~1 2_3 4~",
    ],
)
def test_the_ways_to_type_two_rows(text):
    assert parse_numbers(text).tolist() == [[[1, 2], [3, 4]]]


@pytest.mark.parametrize(
    "text", ["1 2_3 4~5 6_7 8", "1 2\n3 4\n\n5 6\n7 8", "1 2 / 3 4 ; 5 6 / 7 8",
             "1 2\r\n3 4\r\n\r\n5 6\r\n7 8", "1 2\n3 4\n  \n\n\t\n5 6\n7 8", "1 2_3 4 ~ 5 6_7 8"]
)  # fmt: skip
def test_the_ways_to_type_two_planes(text):
    assert parse_numbers(text).tolist() == [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]


def test_minus_may_be_the_typographic_one():
    assert parse_numbers("\u22121 2\u22123\n4 5e\u22121".replace("2\u22123", "-2")).tolist() == [
        [[-1, -2], [4, 0.5]]
    ]
    assert parse_numbers("1 \u20132").tolist() == [[[1, -2]]]  # nor is an en dash anything else
    assert "not a number" in said("1 \u20142")


def test_fractions_are_divided():
    assert parse_numbers("1/9 -3/4 1/-2").tolist() == [[[1 / 9, -3 / 4, 1 / -2]]]
    assert "divides by zero" in said("1/0")
    assert "divides by zero" in said("1/0.0e5")
    for junk in ("1/", "/2", "1/2/3", "1//2", "/"):
        assert "not a number" in said(junk)


def test_one_number_is_a_matrix():
    assert parse_numbers("-7.5").shape == (1, 1, 1)


# Refused in one sentence


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "\n \n\n", "_", "~", "~~;\n\n", "_ _~_", "\r\n", ",", " , _ , "]
)
def test_no_numbers(text):
    assert "There are no numbers" in said(text)


@pytest.mark.parametrize(
    "word",
    ["x", "1x", "nan", "NaN", "inf", "-inf", "Infinity", "1_000 2", "0x10", "1e", "e5", "--1",
     "1.2.3", "+-1", "1e5.0", "½", "$1", "1%", "None", "1j", "1e9999", "1e1000000000", "<b>1</b>",
     "'1'", "1\x00", "😀"],
)  # fmt: skip
def test_junk_words(word):
    if word == "1_000 2":  # `_` ends a row
        assert "Row 1 has 2 numbers but row 0, the first, has 1" in said(word)
    else:
        assert "not a number" in said(f"1 {word}\n2 3")


def test_ragged_rows_and_planes_are_named():
    same = "give every row the same."
    assert said("1 2\n3") == f"Row 1 has 1 number but row 0, the first, has 2; {same}"
    assert said("1\n2\n3 4") == f"Row 2 has 2 numbers but row 0, the first, has 1; {same}"
    assert said("1 2~3 4_5 6") == (
        "Plane 1 is 2 x 2 but plane 0 is 1 x 2; give every plane the same size."
    )


def test_numbers_that_would_not_stay_exact_are_too_large():
    assert 4 * 7 * 7 * LARGEST_NUMBER**2 < 2**53
    assert parse_numbers(f"{LARGEST_NUMBER}").item() == LARGEST_NUMBER
    for word in (
        "1000001",
        "-1e7",
        "1e300",
        "1e999",
        "9" * 400,
        "1e300/1e-300",
        "1/1e-9",
        "1e999/1e999",
    ):
        assert "is too large; use numbers up to 1,000,000." in said(word)


def test_huge_text_is_refused_at_once_and_long_text_is_read_at_once():
    with no_hang(10):
        assert str(LONGEST_TEXT) in said("1 " * LONGEST_TEXT)
    for filler in (
        " ",
        "\n",
        " \n",
        ",",
        "\t",
        "_",
        "~",
        " ~",
        "\u00a0",
        "0",
        "-",
        "\r",
        " /",
        "1 ",
    ):
        text = ("1" + filler * LONGEST_TEXT)[: LONGEST_TEXT - 1] + "1"
        with no_hang(10):  # was 26 s for spaces alone, once
            read_or_refused(text)


@FUZZ
@given(st.text(max_size=60) | st.text(alphabet="0123 -.e,_~;/\n\t−", max_size=60))
def test_any_text_at_all_is_a_matrix_or_one_sentence(text):
    read_or_refused(text)
    read_or_refused(text, read_source)


# Value sources


def test_a_source_is_typed_random_or_a_patch():
    assert read_source("1 2_3 4").tolist() == [[[1, 2], [3, 4]]]
    assert read_source("random:7") is None and seed_of("random:7") == 7
    assert read_source("u8:1x2x2:AAECAw").tolist() == [[[0, 1], [2, 3]]]


@pytest.mark.parametrize(
    "text", ["random:", "random:x", "random:-1", "random:1.5", "random:1234567890", "random: 7",
             "random:٣", "random:7\n", "random:" + "9" * 5000]
)  # fmt: skip
def test_a_seed_that_is_none(text):
    assert "write for example random:7." in said(text, read_source)


@pytest.mark.parametrize(
    "text",
    ["u8:", "u8:1x2x2", "u8:1x2x2:", "u8:1x2x2:AAECA", "u8:1x2x2:AAECAwQ", "u8:1x2x2:AAEC",
     "u8:1x2:AAECAw", "u8:0x2x2:", "u8:0x0x0:", "u8:1x2x-2:AAECAw", "u8:100x1x1:AAECAw",
     "u8:1x2x2:AA!ECAw", "u8:1x2x2:AAECAw:", "u8:1x2x2:AAECAw==AAAA", "u8:1x2x2:ÄÄECAw",
     "u8:1x2x2:AA ECAw", "u8:axbxc:AAECAw", "u8:1x2x2:=",
     "u8:1x2x2:A", "u8:99x99x99:AAECAw"],
)  # fmt: skip
def test_a_damaged_patch(text):
    assert said(text, read_source) == (
        "The picture patch in the link is damaged; copy the whole link again."
    )


@FUZZ
@given(st.data())
def test_a_patch_with_any_one_letter_changed_is_read_or_refused(data):
    text = encode_patch(np.arange(12, dtype=np.uint8).reshape(1, 3, 4))
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters())
    array = read_or_refused(text[:place] + letter + text[place + 1 :], read_source)
    assert array is None or array.size == 12

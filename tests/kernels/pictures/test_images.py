"""Grey, shrinking and patches: kernels/pictures/images.py."""

import numpy as np
import pytest

from kernels.pictures.images import clamp_patch, extract_patch, shrink_to, to_grey


def colour(red, green, blue):
    return np.array([[[red]], [[green]], [[blue]]], dtype=np.uint8)


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [
        ((255, 0, 0), round(0.299 * 255)),
        ((0, 255, 0), round(0.587 * 255)),
        ((0, 0, 255), round(0.114 * 255)),
        ((255, 255, 255), 255),
        ((10, 200, 90), round(0.299 * 10 + 0.587 * 200 + 0.114 * 90)),
    ],
)
def test_grey_is_the_weighted_sum_of_all_three_planes(rgb, expected):
    assert to_grey(colour(*rgb))[0, 0] == expected


def test_grey_of_bytes_equals_grey_of_floats_for_every_block_of_rows():
    rgb = np.random.default_rng(0).integers(0, 256, (3, 700, 5), dtype=np.uint8)
    exact = to_grey(rgb.astype(np.float64))
    assert to_grey(rgb).dtype == np.uint8
    np.testing.assert_array_equal(to_grey(rgb), np.floor(exact + 0.5 + 1e-9))


@pytest.mark.parametrize(
    ("given", "kept"), [(np.float32, np.float32), (np.float64, np.float64), (np.int64, np.float64)]
)
def test_grey_keeps_float_dtypes_and_makes_whole_numbers_float64(given, kept):
    assert to_grey(np.ones((3, 2, 2), dtype=given)).dtype == kept


@pytest.mark.parametrize("shape", [(2, 4, 4), (4, 4, 4), (4, 4, 3), (1, 3, 4, 4), (4,)])
def test_grey_refuses_other_shapes_by_name(shape):
    with pytest.raises(ValueError, match=r"a picture has shape \(3, H, W\)"):
        to_grey(np.zeros(shape))


def test_shrinking_is_the_mean_of_each_block_also_at_the_borders():
    picture = np.arange(35, dtype=np.float64).reshape(5, 7)
    small = shrink_to(picture, 3, 3)  # factor 3: blocks of 3, 2 rows and 3, 3, 1 columns
    expected = [[picture[r : r + 3, c : c + 3].mean() for c in (0, 3, 6)] for r in (0, 3)]
    np.testing.assert_allclose(small, expected)


def test_shrinking_turns_fine_stripes_grey_and_not_into_false_ones():
    stripes = np.tile(np.array([0, 200], dtype=np.uint8), (64, 32))
    assert set(shrink_to(stripes, 32, 32).ravel().tolist()) == {100}


def test_shrinking_keeps_white_white_and_small_pictures_themselves():
    white = np.full((3, 999, 1001), 255, dtype=np.uint8)
    assert (shrink_to(white, 100, 100) == 255).all()
    assert shrink_to(white, 999, 1001) is white


def test_shrink_keeps_float32_and_fits_the_room():
    small = shrink_to(np.ones((3000, 400), dtype=np.float32), 640, 640)
    assert small.dtype == np.float32
    assert small.shape == (600, 80)
    with pytest.raises(ValueError, match="at least 1 pixel"):
        shrink_to(np.ones((3, 3)), 0, 5)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((0, 0, 4, 4), (0, 0, 4, 4)),
        ((-3, 99, 4, 4), (0, 6, 4, 4)),
        ((99, -3, 4, 4), (4, 0, 4, 4)),
        ((0, 0, 99, 99), (0, 0, 8, 10)),
        ((5, 5, 0, -1), (5, 5, 1, 1)),
    ],
)
def test_a_patch_is_moved_inside_the_picture(asked, expected):
    assert clamp_patch((8, 10), *asked) == expected


def test_a_patch_is_a_copy_of_the_right_place_in_every_plane():
    picture = np.arange(3 * 8 * 10).reshape(3, 8, 10)
    patch = extract_patch(picture, 2, 7, 4, 3)
    np.testing.assert_array_equal(patch, picture[:, 2:6, 7:10])
    patch[:] = 0
    assert picture[:, 2:6, 7:10].any()

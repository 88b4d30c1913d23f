"""What one kernel of a bank finds: kernels/pictures/feature_map.py."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from kernels.layers.spec import ConvSpec
from kernels.pictures.feature_map import feature_map

PICTURE = np.random.default_rng(2).integers(0, 256, (1, 23, 31), dtype=np.uint8)
KERNEL = np.array([[-1.0, 0, 2], [3, -5, 1]])
SPEC = ConvSpec(1, 1, (2, 3), bias=False)
ANSWERS = correlate2d(PICTURE[0].astype(float), KERNEL, mode="valid")


def test_a_map_is_the_answer_of_its_kernel():
    np.testing.assert_allclose(feature_map(PICTURE, KERNEL, SPEC).values, ANSWERS)


def test_relu_makes_negative_answers_zero():
    found = feature_map(PICTURE, KERNEL, SPEC, relu=True)
    np.testing.assert_allclose(found.values, np.where(ANSWERS > 0, ANSWERS, 0))


def test_the_offset_comes_before_relu():
    found = feature_map(PICTURE, KERNEL, SPEC, -100.0, relu=True)
    np.testing.assert_allclose(found.values, np.maximum(ANSWERS - 100, 0))


def test_pooling_keeps_the_largest_of_each_square_and_leaves_out_what_fills_none():
    found = feature_map(PICTURE, KERNEL, SPEC, pool=4)
    squares = [
        [ANSWERS[4 * r : 4 * r + 4, 4 * c : 4 * c + 4].max() for c in range(29 // 4)]
        for r in range(22 // 4)
    ]
    np.testing.assert_allclose(found.values, squares)


def test_the_highest_place_is_known_before_pooling_too():
    found = feature_map(PICTURE, KERNEL, SPEC, pool=4)
    row, column = np.unravel_index(ANSWERS[:20, :28].argmax(), (20, 28))
    assert found.answer == (row, column)
    assert found.place == (row // 4, column // 4)
    assert ANSWERS[found.answer] == found.highest


def test_a_map_smaller_than_the_square_is_pooled_to_one_number():
    small = PICTURE[:, :4, :6]
    found = feature_map(small, KERNEL, SPEC, pool=8)
    assert found.values.shape == (1, 1)
    assert found.highest == ANSWERS[:3, :4].max()


def test_the_highest_place_is_the_first_one_in_reading_order_and_ties_are_counted():
    spots = np.zeros((1, 5, 6), dtype=np.uint8)
    spots[0, 1, 4] = spots[0, 3, 2] = 200
    found = feature_map(spots, np.ones((1, 1)), ConvSpec(1, 1, (1, 1)))
    assert (found.highest, found.place, found.ties) == (200.0, (1, 4), 2)


def test_a_colour_picture_needs_a_slice_for_each_plane():
    colour = np.repeat(PICTURE, 3, axis=0)
    with pytest.raises(ValueError, match="one plane of numbers, not 3"):
        feature_map(colour, KERNEL, SPEC)
    summed = feature_map(colour, np.stack([KERNEL, KERNEL, -KERNEL]), SPEC)
    np.testing.assert_allclose(summed.values, ANSWERS)

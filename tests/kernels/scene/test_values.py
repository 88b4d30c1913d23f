"""Sources fitted to the size that a scene needs: what is given is kept, what is not is named."""

import numpy as np
import pytest

from kernels.reading.notation import NotationError, encode_patch, format_numbers
from kernels.scene.values import fit_bias, fit_input, fit_weight

same_numbers = np.testing.assert_array_equal


def test_what_fits_is_taken_as_it_stands_and_without_a_word():
    for source in ("1 2_3 4", encode_patch(np.array([[[1, 2], [3, 4]]]))):
        array, note = fit_input(source, (1, 2, 2))
        same_numbers(array, [[[1, 2], [3, 4]]])
        assert note == ""
    weight, note = fit_weight("1 2_3 4~5 6_7 8", (2, 1, 2, 2))
    same_numbers(weight, [[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]])
    assert note == ""
    same_numbers(fit_bias("1 -2", 2), [1, -2])


def test_a_larger_source_is_cropped():
    same_numbers(fit_input("1 2 3_4 5 6_7 8 9", (1, 2, 2))[0], [[[1, 2], [4, 5]]])
    assert fit_input("1 2 3_4 5 6_7 8 9", (1, 2, 2))[1] == ""
    same_numbers(fit_weight("1 2 3_4 5 6~7 8 9_1 2 3", (1, 1, 1, 2))[0], [[[[1, 2]]]])
    same_numbers(fit_bias("1 2 3", 2), [1, 2])


def test_cells_that_an_input_lacks_are_digits_and_are_named():
    array, note = fit_input("1 2_3 4", (2, 3, 3))
    same_numbers(array[0, :2, :2], [[1, 2], [3, 4]])
    assert "1 × 2 × 2" in note and "random" in note
    assert set(array.ravel()) <= set(range(10))
    assert len(set(array[1].ravel())) > 1
    same_numbers(fit_input("1 2_3 4", (2, 3, 3))[0], array)
    assert fit_input("1 2_3 4", (1, 3, 2))[1] and fit_input("1 2_3 4", (2, 2, 2))[1]


def test_a_smaller_kernel_is_continued_with_zeros_and_never_becomes_random():
    for size in (3, 5, 7):
        weight, note = fit_weight("1 2_3 4", (1, 1, size, size))
        expected = np.zeros((size, size))
        expected[:2, :2] = [[1, 2], [3, 4]]
        same_numbers(weight[0, 0], expected)
        assert "2 × 2" in note and "are 0" in note and "random" not in note
    wide, note = fit_weight("1 2 3_4 5 6", (1, 1, 3, 2))
    same_numbers(wide[0, 0], [[1, 2], [4, 5], [0, 0]])
    assert "are 0" in note


def test_kernel_slices_that_are_lacking_are_drawn_and_named():
    weight, note = fit_weight("1 2_3 4", (2, 2, 2, 2))
    same_numbers(weight[0, 0], [[1, 2], [3, 4]])
    assert "1 of 4" in note and "random" in note
    assert (weight.reshape(4, -1)[1:] != 0).any()
    assert (np.abs(weight) <= 4).all() and (weight == np.round(weight)).all()
    both = fit_weight("1 2_3 4", (2, 1, 3, 3))[1]
    assert "are 0" in both and "1 of 2" in both


def test_planes_fill_the_kernels_in_order_channels_first():
    source = format_numbers(np.arange(6.0).reshape(6, 1, 1))
    same_numbers(fit_weight(source, (3, 2, 1, 1))[0].reshape(3, 2), [[0, 1], [2, 3], [4, 5]])


def test_biases_that_are_lacking_are_zero_and_may_be_typed_down_or_across():
    same_numbers(fit_bias("5", 3), [5, 0, 0])
    same_numbers(fit_bias("1_2_3", 3), [1, 2, 3])
    same_numbers(fit_bias("1 2~3 4", 4), [1, 2, 3, 4])


def test_random_numbers_come_from_their_seed_and_need_no_word():
    for fit, shape in ((fit_input, (2, 4, 5)), (fit_weight, (2, 2, 3, 3))):
        array, note = fit("random:7", shape)
        assert note == "" and array.shape == shape
        same_numbers(fit("random:7", shape)[0], array)
        assert (fit("random:8", shape)[0] != array).any()
    assert fit_bias("random:7", 4).shape == (4,)
    same_numbers(fit_bias("random:7", 4), fit_bias("random:7", 4))


def test_random_numbers_are_small_whole_numbers_and_all_of_them_come_up():
    assert set(fit_input("random:1", (4, 16, 16))[0].ravel()) == set(range(10))
    assert set(fit_weight("random:1", (4, 4, 7, 7))[0].ravel()) == set(range(-2, 3))
    assert set(fit_bias("random:1", 32)) == set(range(-3, 4))


def test_a_cell_keeps_its_number_when_the_array_around_it_grows():
    small, large = (fit_input("random:3", shape)[0] for shape in ((1, 4, 4), (4, 16, 16)))
    same_numbers(large[:1, :4, :4], small)
    small, large = (fit_weight("random:3", shape)[0] for shape in ((1, 1, 2, 2), (4, 4, 7, 7)))
    same_numbers(large[:1, :1, :2, :2], small)
    given_small, given_large = (fit_input("1", shape)[0] for shape in ((1, 3, 3), (3, 9, 9)))
    same_numbers(given_large[:1, :3, :3], given_small)


@pytest.mark.parametrize("shape", [(1, 40, 50), (70, 2, 2), (3, 33, 1)])
def test_no_size_is_too_large_for_random_numbers(shape):
    assert fit_input("random:1", shape)[0].shape == shape
    assert fit_input("1 2_3 4", shape)[0].shape == shape


def test_arrays_are_the_callers_own():
    for fit, shape in ((fit_input, (1, 2, 2)), (fit_weight, (1, 1, 2, 2))):
        for source in ("1 2_3 4", "random:1", "u8:1x2x2:AAECAw"):
            array = fit(source, shape)[0]
            before = array.copy()
            array += 1
            same_numbers(fit(source, shape)[0], before)


@pytest.mark.parametrize("fit", [fit_input, fit_weight])
def test_a_source_that_cannot_be_read_is_refused(fit):
    for source in ("", "x", "random:", "u8:1x1x1:"):
        with pytest.raises(NotationError):
            fit(source, (1, 2, 2, 2)[-3 if fit is fit_input else -4 :])

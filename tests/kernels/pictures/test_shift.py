"""The shift test counts what a small move changes, before a pooling and after it."""

import numpy as np
import pytest

from kernels import PoolSpec, ShapeError, avg_pool2d, max_pool2d
from kernels.pictures.shift import framed, shift_row, shift_test

same_numbers = np.testing.assert_array_equal
POOLS = {"max": max_pool2d, "avg": avg_pool2d}


def row(*numbers):
    return np.array([[numbers]], dtype=float)


def along(window, stride, ends=0, kind="max"):
    """A pooling along a row."""
    return PoolSpec((1, window), (1, stride), ((0, 0), (ends, ends)), kind=kind)


def test_the_textbook_row_every_input_changes_and_half_of_the_outputs():
    # Goodfellow, Bengio and Courville 2016, figure 9.8
    before = row(0.1, 1, 0.2, 0.1)
    after = shift_row(before, 1, entering=0.3)
    same_numbers(after, row(0.3, 0.1, 1, 0.2))
    found = shift_test(before, after, along(3, 1, ends=1), (0, 1))
    same_numbers(found.output.before, row(1, 1, 1, 0.2))
    same_numbers(found.output.after, row(0.3, 1, 1, 1))
    assert (found.input.count, found.input.share) == (4, 1.0)
    assert (found.output.count, found.output.share) == (2, 0.5)
    assert found.output.changed.ravel().tolist() == [True, False, False, True]


def test_a_move_inside_the_windows_changes_no_output():
    before = row(5, 0, 3, 0, 8, 0, 2, 0)
    found = shift_test(before, shift_row(before, 1), along(2, 2), (0, 1))
    assert found.input.count == 8 and found.output.count == 0
    assert found.steps is None and found.moved_back is None


def test_the_same_move_one_pixel_further_changes_every_output():
    before = row(0, 5, 0, 3, 0, 8, 0, 2)
    found = shift_test(before, shift_row(before, 1), along(2, 2), (0, 1))
    same_numbers(found.output.before, row(5, 3, 8, 2))
    same_numbers(found.output.after, row(0, 5, 3, 8))
    assert found.output.count == 4
    assert found.moved_back is None


def test_a_move_by_the_stride_moves_the_output_by_one():
    before = row(0, 5, 0, 3, 0, 8, 0, 2)
    found = shift_test(before, shift_row(before, 2), along(2, 2), (0, 2))
    assert found.steps == (0, 1)
    same_numbers(found.moved_back.before, row(5, 3, 8))
    same_numbers(found.moved_back.after, row(5, 3, 8))
    assert found.moved_back.count == 0


@pytest.mark.parametrize("kind", POOLS)
@pytest.mark.parametrize("shift", [(2, 0), (0, 2), (-2, 4), (4, -4), (-4, -2)])
@pytest.mark.parametrize("window", [2, 3])
def test_pooling_commutes_with_a_move_by_whole_strides(kind, shift, window):
    scene = np.random.default_rng(7).integers(0, 256, (2, 24, 21)).astype(float)
    pool = PoolSpec(window, 2, kind=kind)
    found = shift_test(framed(scene, (0, 0), 4), framed(scene, shift, 4), pool, shift)
    assert found.steps == (shift[0] // 2, shift[1] // 2)
    assert found.moved_back.count == 0
    assert found.moved_back.changed.size > 0
    # The law itself, with the pooling of the whole scene cut afterwards.
    cut = 2 - shift[0] // 2, 2 - shift[1] // 2
    whole = POOLS[kind](scene, window, 2)
    height, width = found.output.after.shape[1:]
    same_numbers(found.output.after, whole[:, cut[0] : cut[0] + height, cut[1] : cut[1] + width])


def test_no_move_changes_nothing():
    scene = np.random.default_rng(3).random((1, 12, 12))
    found = shift_test(scene, scene, PoolSpec(2), (0, 0))
    assert found.input.count == found.output.count == found.moved_back.count == 0
    assert found.output.mean == 0 and found.output.largest[0] == 0


def test_a_move_out_of_sight_leaves_nothing_to_compare():
    found = shift_test(row(1, 2), shift_row(row(1, 2), 2), along(1, 1), (0, 2))
    assert found.steps == (0, 2) and found.moved_back is None


def test_the_largest_change_has_its_sign_and_its_place():
    before, after = row(1, 5, 2), row(1, 1, 3)
    found = shift_test(before, after, along(1, 1), (0, 0))
    assert found.input.largest == (-4.0, (0, 0, 1))
    assert found.input.mean == (0 + 4 + 1) / 3


def test_a_mean_that_differs_in_its_last_place_has_not_changed():
    before, after = row(0.1, 0.2, 0.3), row(0.3, 0.2, 0.1)
    assert 0.1 + 0.2 + 0.3 != 0.3 + 0.2 + 0.1
    assert shift_test(before, after, along(3, 3, kind="avg"), (0, 0)).output.count == 0


@pytest.mark.parametrize("by", range(-4, 5))
def test_a_row_moves_as_one_writes_it_down(by):
    numbers = [1, 2, 3]
    moved = [9] * by + numbers if by >= 0 else (numbers + [9] * -by)[-by:]
    assert shift_row(numbers, by, entering=9).tolist() == moved[:3]


def test_a_frame_shows_what_was_beside_it():
    scene = np.arange(36.0).reshape(1, 6, 6)
    same_numbers(framed(scene, (0, 0), 1), scene[:, 1:5, 1:5])
    same_numbers(framed(scene, (1, -1), 1), scene[:, 0:4, 2:6])


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: shift_test(row(1, 2), row(1, 2, 3), along(1, 1), (0, 1)), "keeps the size"),
        (lambda: shift_test(row(1), row(1), PoolSpec(1, kind="min"), (0, 0)), "'max' or 'avg'"),
        (lambda: framed(np.zeros((1, 9, 9)), (0, 2), 1), "use a margin"),
        (lambda: framed(np.zeros((1, 4, 9)), (0, 0), 2), "larger picture"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(act, words):
    with pytest.raises(ShapeError, match=words):
        act()

"""The Picture page's kernel, settled from text, changed by the editor's buttons, undone."""

import numpy as np
import pytest

from app.screens.picture.history import MOST, History
from app.screens.picture.kernel import possible_acts
from kernels import CATALOGUE
from kernels.reading.notation import NotationError, format_numbers
from kernels.scene.reader import SettingsReader
from lessons.views.kernel_choice import (
    ACTS,
    KERNEL_DEFAULTS,
    acted_kernel,
    own_kernel,
    read_matrix,
    read_taps,
    settle_kernel,
)


def settled(**flat):
    reader = SettingsReader(KERNEL_DEFAULTS, flat)
    kernel = settle_kernel(reader, flat)
    assert reader.notes == []
    return kernel


def own(rows, divisor=1, offset=0):
    return settled(**own_kernel(np.array(rows, dtype=float), divisor, offset))


def test_typed_kernels_are_read_or_refused_in_one_sentence():
    assert read_taps("1, 2\n3 4\n") == "1 2_3 4"
    assert read_taps(" ".join("1" * 31)) == format_numbers(np.ones((1, 1, 31)))
    with pytest.raises(NotationError, match="at most 31 × 31"):
        read_taps(" ".join("1" * 32))
    with pytest.raises(NotationError, match="There are 2 kernels; give one"):
        read_taps("1 2\n3 4\n\n5 6\n7 8")
    assert read_taps("1 2; 3 4") == "1 2_3 4", "as MATLAB parts rows"


@pytest.mark.parametrize(
    ("text", "taps", "divisor"),
    [
        ("[[1,2,1],[2,4,2],[1,2,1]]/16", "1 2 1_2 4 2_1 2 1", "16"),
        ("np.array([[1, 2], [3, 4]]) / 9.0", "1 2_3 4", "9"),
        ("1 2 1\n/ 4", "1 2 1", "4"),
        ("1/9 1/9 / 1/9 1/9", None, "1"),
        ("1 2; 3 4", "1 2_3 4", "1"),
        ("[[1, 2]] * 0.0625", "1 2", "16"),
        ("0.3 * [[1, 2]]", "0.3 0.6", "1"),
        ("1,2,1,2,4,2,1,2,1", "1 2 1_2 4 2_1 2 1", "1"),
    ],
)
def test_a_whole_matrix_is_read_with_what_it_is_divided_by(text, taps, divisor):
    found, over, _ = read_matrix(text)
    assert over == divisor
    assert taps is None or found == taps


@pytest.mark.parametrize("text", ["[[1, 2]] and more", "[1 2] / 0", "[1] / x", "[[1, 2]].T"])
def test_what_stands_after_a_matrix_is_never_dropped(text):
    with pytest.raises(NotationError):
        read_matrix(text)


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_kernel_comes_back_from_its_own_text_at_any_size(name):
    for size in ["", "3x3", "5x5", "7x7", "1x2", "9x3"]:
        try:
            expected = CATALOGUE[name].at(tuple(map(int, size.split("x"))) if size else None)
        except ValueError:
            continue
        kernel = settled(kernel=name, ksize=size)
        np.testing.assert_array_equal(kernel.numbers, expected.taps)
        assert settled(**kernel.to_flat()) == kernel
        if not size:
            assert kernel.to_flat() == {**KERNEL_DEFAULTS, "kernel": name}


def test_a_setting_brings_the_size_that_suits_it_and_a_chosen_size_stays():
    wide = settled(kernel="gabor", kset="wavelength:10")
    assert wide.size == CATALOGUE["gabor"].at(None, wavelength=10).size
    assert wide.to_flat()["ksize"] == ""
    assert settled(kernel="gabor", kset="wavelength:10", ksize="7x7").size == (7, 7)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("rotate", [[3, 1], [4, 2]]),
        ("flip-rows", [[3, 4], [1, 2]]),
        ("flip-columns", [[2, 1], [4, 3]]),
        ("transpose", [[1, 3], [2, 4]]),
        ("negate", [[-1, -2], [-3, -4]]),
        ("clear", [[0, 0], [0, 0]]),
    ],
)
def test_a_button_changes_the_numbers_and_keeps_divisor_and_offset(act, expected):
    changed = settled(**acted_kernel(act, own([[1, 2], [3, 4]], 5, 6)))
    assert changed.numbers.tolist() == expected
    assert (changed.divisor, changed.offset) == (5, 6)


def test_normalise_makes_the_weights_add_up_to_1():
    kernel = settled(**acted_kernel("normalise", own([[1, 2], [3, 4]])))
    assert (kernel.divisor, kernel.weights.sum()) == (10, pytest.approx(1))


def test_zero_mean_makes_them_add_up_to_0_and_keeps_their_differences():
    kernel = settled(**acted_kernel("zero-mean", own([[1, 2], [3, 5]], 3)))
    expected = (np.array([[1, 2], [3, 5]]) - 11 / 4) / 3
    np.testing.assert_allclose(kernel.weights, expected, atol=1e-12)


def test_only_buttons_that_would_change_something_can_be_pressed():
    assert possible_acts(own([[0]]), History()) == []
    even = possible_acts(own([[1, 1], [1, 1]]), History())
    assert even == ["negate", "clear", "normalise", "zero-mean"]
    edge = possible_acts(own([[-1, 1]]), History(({},), ({},)))
    assert edge[:2] == ["undo", "redo"]
    assert "normalise" not in edge and "zero-mean" not in edge
    assert set(ACTS) >= {act for act in edge if act not in ("undo", "redo")}


def test_an_unknown_button_is_refused():
    with pytest.raises(ValueError, match="no button 'explode'"):
        acted_kernel("explode", own([[1]]))


def test_undo_and_redo_walk_through_what_was_there():
    history, now = History(), "a"
    for after in "bcd":
        history, now = history.changed(now), after
    now, history = history.undo(now)
    now, history = history.undo(now)
    assert now == "b"
    now, history = history.redo(now)
    assert now == "c"
    history = history.changed(now)
    assert history.redo("e") == ("e", history), "a change forgets what had been undone"
    now, history = history.undo("e")
    assert now == "c"
    now, history = history.undo(now)
    assert now == "b"
    now, history = history.undo(now)
    assert (now, history.past, history.future) == ("a", (), ("e", "c", "b"))


def test_the_beginning_and_the_end_stay_where_they_are():
    assert History().undo("x") == ("x", History())
    assert History().redo("x") == ("x", History())


def test_the_history_is_bounded():
    history = History()
    for n in range(3 * MOST):
        history = history.changed({"w": str(n)})
    assert len(history.past) == MOST
    assert history.past[-1] == {"w": str(3 * MOST - 1)}

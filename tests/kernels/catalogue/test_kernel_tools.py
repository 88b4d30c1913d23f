"""What can be done to a kernel's numbers, and what is said of them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.signal import convolve2d, correlate2d

from kernels.catalogue import CATALOGUE, image_kernel
from kernels.catalogue.kernel_tools import (
    describe_kernel,
    flip_columns,
    flip_rows,
    negate,
    normalise,
    resize,
    rotate,
    transpose,
    zero_mean,
)

SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
COUNTED = [[1, 2, 3], [4, 5, 6]]
DECIMALS = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, max_side=5),
    elements=st.integers(-3000, 3000).map(lambda number: number / 1000),
)


def test_turns_and_mirrors_move_the_taps_and_nothing_else():
    assert rotate(COUNTED).tolist() == [[4, 1], [5, 2], [6, 3]]
    assert flip_rows(COUNTED).tolist() == [[4, 5, 6], [1, 2, 3]]
    assert flip_columns(COUNTED).tolist() == [[3, 2, 1], [6, 5, 4]]
    assert transpose(COUNTED).tolist() == [[1, 4], [2, 5], [3, 6]]
    assert negate(COUNTED).tolist() == [[-1, -2, -3], [-4, -5, -6]]
    assert not np.signbit(negate([[0.0]])).any()


def test_a_turned_kernel_on_a_turned_picture_gives_the_turned_answer():
    picture = np.random.default_rng(1).normal(size=(7, 9))
    turned = correlate2d(np.rot90(picture, -1), rotate(COUNTED), mode="valid")
    np.testing.assert_allclose(turned, np.rot90(correlate2d(picture, COUNTED, mode="valid"), -1))
    assert rotate(SOBEL).tolist() == image_kernel("sobel-down").taps.tolist()


@given(DECIMALS)
def test_four_turns_and_two_mirrors_bring_a_kernel_back(taps):
    np.testing.assert_array_equal(rotate(rotate(rotate(rotate(taps)))), taps)
    np.testing.assert_array_equal(rotate(rotate(taps)), flip_rows(flip_columns(taps)))
    for mirror in (flip_rows, flip_columns, transpose, negate):
        np.testing.assert_array_equal(mirror(mirror(taps)), taps)


def test_normalising_gives_the_divisor_of_a_blur():
    assert normalise(CATALOGUE["gaussian"].taps) == 16
    assert normalise([[0.1] * 3] * 3) == 0.9  # not 0.8999999999999999
    assert normalise([[-1, 0, -1]]) == -2
    for name in ("edge-4", "gabor", "angle-zero-mean"):
        with pytest.raises(ValueError, match="add up to 0, and no divisor makes that 1"):
            normalise(CATALOGUE[name].taps)


@pytest.mark.parametrize(
    ("taps", "divisor", "expected", "new_divisor"),
    [
        (CATALOGUE["angle"].taps, 1, CATALOGUE["angle-zero-mean"].taps, 3),
        ([[1, 2, 1], [2, 4, 2], [1, 2, 1]], 16, [[-7, 2, -7], [2, 20, 2], [-7, 2, -7]], 144),
        (SOBEL, 1, SOBEL, 1),
        ([[1, 3]], 2, [[-1, 1]], 2),
        ([[5]], 1, [[0]], 1),
        ([[0.25, 0]], 1, [[0.25, -0.25]], 2),
    ],
)
def test_taking_the_mean_off_keeps_the_numbers_short(taps, divisor, expected, new_divisor):
    found, found_divisor = zero_mean(taps, divisor)
    np.testing.assert_array_equal(found, expected)
    assert found_divisor == new_divisor


@given(DECIMALS)
def test_without_its_mean_a_kernel_answers_nothing_on_flat_areas(taps):
    found, divisor = zero_mean(taps, 2)
    assert describe_kernel(found, divisor).total == 0
    np.testing.assert_allclose(found / divisor, (taps - taps.mean()) / 2, atol=1e-12)


@pytest.mark.parametrize(
    ("taps", "size", "expected"),
    [
        (SOBEL, (1, 1), [[0]]),
        (SOBEL, (1, 3), [[-2, 0, 2]]),
        ([[1, 2, 3]], (3, 5), [[0, 0, 0, 0, 0], [0, 1, 2, 3, 0], [0, 0, 0, 0, 0]]),
        ([[1, 2, 3]], (1, 2), [[2, 3]]),
        ([[1, 2, 3]], (1, 4), [[1, 2, 3, 0]]),
        ([[1, 2, 3, 4]], (1, 3), [[1, 2, 3]]),
        ([[1, 2]], (1, 3), [[0, 1, 2]]),
    ],
)
def test_another_size_keeps_the_middle_in_the_middle(taps, size, expected):
    assert resize(taps, *size).tolist() == expected


@given(DECIMALS, st.integers(0, 4), st.integers(0, 4))
def test_more_zeros_around_change_no_answer(taps, more_rows, more_columns):
    height, width = taps.shape
    larger = resize(taps, height + more_rows, width + more_columns)
    assert larger.sum() == pytest.approx(taps.sum())
    np.testing.assert_array_equal(resize(larger, height, width), taps)


def test_what_is_no_kernel_is_refused():
    for bad in ([1, 2, 3], [], [[]], [[[1]]]):
        with pytest.raises(ValueError, match="a kernel is a rectangle of numbers"):
            rotate(bad)
    with pytest.raises(ValueError, match="with NaN or infinity"):
        describe_kernel([[np.nan]])
    with pytest.raises(ValueError, match="at least 1 × 1 taps, not 0 × 3"):
        resize([[1]], 0, 3)
    with pytest.raises(ValueError, match="nothing can be divided by 0"):
        describe_kernel([[1]], 0)


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("box", 1),
        ("gaussian", 1),
        ("sharpen-bell", 1),
        ("brighten", Fraction(3, 2)),
        ("angle", Fraction(33, 10)),
        ("angle-zero-mean", 0),
        ("gabor", 0),
        ("laplacian-of-gaussian", 0),
        ("curve", 180),
    ],
)
def test_the_sum_is_exact(name, total):
    kernel = CATALOGUE[name]
    assert describe_kernel(kernel.taps, kernel.divisor).total == total


@pytest.mark.parametrize("sigma", [0.3, 1.0, 2.7, 5.0])
def test_a_sampled_blur_sums_to_exactly_one_and_is_separable(sigma):
    kernel = image_kernel("gaussian", sigma=sigma)
    facts = describe_kernel(kernel.taps, kernel.divisor)
    assert facts.total == 1
    assert facts.rank == 1
    column, row = facts.factors
    assert column == row
    assert max(row) == 1


@pytest.mark.parametrize(
    ("taps", "divisor", "offset", "sentence"),
    [
        ([[1, 2, 1]], 4, 0, "The weights add up to 1: a flat area keeps its brightness."),
        ([[1]], 1, -20, "The weights add up to 1: a flat area keeps its brightness, minus 20."),
        (
            [[-1, 1]],
            1,
            0,
            "The weights add up to 0: a flat area becomes 0, only changes are answered.",
        ),
        ([[-1, 1]], 1, 128, "a flat area becomes 128, only changes are answered."),
        ([[0.1] * 3], 1, 0, "The weights add up to 0.3: a flat area, and the mean brightness, is"),
        ([[1]], -3, 0, "The weights add up to −1/3: a flat area, and the mean brightness, is"),
        ([[2]], 1, 5, "is multiplied by that, plus 5."),
    ],
)
def test_what_the_sum_does_to_brightness(taps, divisor, offset, sentence):
    assert sentence in describe_kernel(taps, divisor, offset).brightness


@pytest.mark.parametrize(
    ("name", "symmetry", "flip"),
    [
        ("box", "Symmetric left to right and top to bottom.", "nothing"),
        ("sobel-across", "Symmetric top to bottom, antisymmetric left to right (the", "every sign"),
        ("edge-mixed", "Antisymmetric left to right and top to bottom (the", "nothing"),
        ("angle", "Point-symmetric: half a turn changes nothing.", "nothing"),
        ("roberts-up", "Point-antisymmetric: half a turn changes every sign.", "every sign"),
        ("emboss", "Symmetric about the falling diagonal: rows and columns", "another kernel"),
        ("corner", "Symmetric about the rising diagonal.", "another kernel"),
        ("curve", "No mirror image or half turn is the same.", "another kernel"),
    ],
)
def test_symmetry_is_named(name, symmetry, flip):
    facts = describe_kernel(CATALOGUE[name].taps)
    assert facts.symmetry.startswith(symmetry)
    assert flip in facts.flip


@pytest.mark.parametrize("name", CATALOGUE)
def test_what_is_said_of_flipping_holds_on_a_picture(name):
    picture = np.random.default_rng(2).integers(0, 256, (40, 40))
    taps = CATALOGUE[name].taps
    plain = correlate2d(picture, taps, mode="valid")
    flipped = convolve2d(picture, taps, mode="valid")
    said = describe_kernel(taps).flip
    assert ("changes nothing" in said) == np.allclose(flipped, plain)
    assert ("every sign" in said) == np.allclose(flipped, -plain)


@pytest.mark.parametrize(
    ("name", "column", "row"),
    [
        ("sobel-across", "1 2 1", "−1 0 1"),
        ("sobel-down", "−1 0 1", "1 2 1"),
        ("scharr-across", "3 10 3", "−1 0 1"),
        ("edge-mixed", "−1 0 1", "−1 0 1"),
        ("gaussian", "1 2 1", "1 2 1"),
        ("line-across", "−1 2 −1", "1 1 1"),
        ("brighten", "0 1.5 0", "0 1 0"),
    ],
)
def test_a_separable_kernel_comes_apart_into_short_numbers(name, column, row):
    facts = describe_kernel(CATALOGUE[name].taps)
    assert facts.separable == f"Separable: the column {column} times the row {row}."
    assert facts.cost == "9 multiplications a pixel; column, then row: 3 + 3 = 6."


def test_what_does_not_come_apart_says_so():
    assert describe_kernel(CATALOGUE["edge-4"].taps).separable == (
        "Not separable: it takes 2 products of a column and a row."
    )
    assert describe_kernel(CATALOGUE["edge-4"].taps).cost == "9 multiplications a pixel."
    assert describe_kernel([[0, 0], [0, 0]]).separable.startswith("All taps are 0")
    assert describe_kernel([[-1, 1]]).separable.startswith("One line of taps")
    assert describe_kernel([[-1, 1]]).cost == "2 multiplications a pixel."
    assert describe_kernel([[7]]).cost == "1 multiplication a pixel."
    # 2 × 2 taps cost as much in one go: nothing is saved, so nothing is promised.
    assert describe_kernel([[1, 1], [1, 1]]).cost == "4 multiplications a pixel."


def test_decimals_are_separable_though_their_floats_are_not_quite():
    taps = np.multiply.outer([0.1, 0.3, 0.7], [0.1, 0.2, 0.3]).round(4)
    assert describe_kernel(taps).rank == 1
    assert describe_kernel(taps).separable == (
        "Separable: the column 0.1 0.3 0.7 times the row 0.1 0.2 0.3."
    )
    taps[2, 2] += 0.0001
    assert describe_kernel(taps.round(4)).rank == 2


SMALL = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, max_side=4),
    elements=st.integers(-3, 3).map(float),  # so that NumPy's tolerance cannot err
)


@settings(deadline=None)
@given(SMALL)
def test_the_rank_is_numpys_and_the_factors_multiply_to_the_taps(taps):
    facts = describe_kernel(taps)
    assert facts.rank == np.linalg.matrix_rank(taps)
    assert (facts.factors is not None) == (facts.rank == 1)


whole = st.lists(st.integers(-9, 9).map(lambda number: number / 10), min_size=1, max_size=5)


@given(whole.filter(any), whole.filter(any))
def test_a_product_of_a_column_and_a_row_comes_apart_exactly(column, row):
    taps = np.outer(column, row).round(2)
    found_column, found_row = describe_kernel(taps).factors
    product = [[float(a * b) for b in found_row] for a in found_column]
    np.testing.assert_array_equal(product, taps)

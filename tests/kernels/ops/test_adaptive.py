"""Adaptive pooling: windows counted with fractions, ordinary pooling where sizes divide, ONNX."""

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.ops.adaptive import adaptive_windows
from kernels.ops.functional import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_avg_pool3d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    adaptive_max_pool3d,
    avg_pool2d,
    max_pool2d,
)
from tests import reference_nd
from tests.onnx_reference import onnx_node

same_numbers = np.testing.assert_array_equal
AVG = {1: adaptive_avg_pool1d, 2: adaptive_avg_pool2d, 3: adaptive_avg_pool3d}
MAX = {1: adaptive_max_pool1d, 2: adaptive_max_pool2d, 3: adaptive_max_pool3d}
each_rank = pytest.mark.parametrize("rank", AVG)


def rng(seed):
    return np.random.default_rng(seed)


def case(seed, rank):
    """An input with many ties, and an output size in one of the ways to write it."""
    draw = rng([rank, seed])
    size = draw.integers(1, (14, 9, 6)[rank - 1], rank).tolist()
    output = [None if draw.random() < 0.2 else int(n) for n in draw.integers(1, 8, rank)]
    asked = output[0] if draw.random() < 0.3 else tuple(output)
    x = draw.integers(-6, int(draw.choice([-1, 4])), (2, 2, *size)).astype(float)
    output = asked if isinstance(asked, tuple) else (asked,) * rank
    return x, asked, tuple(n if o is None else o for n, o in zip(size, output, strict=True))


def check(seed, rank):
    x, asked, size = case(seed, rank)
    means, (largest, places) = AVG[rank](x, asked), MAX[rank](x, asked, return_indices=True)
    assert means.shape == largest.shape == places.shape == (2, 2, *size)
    assert places.dtype == np.int64
    same_numbers(largest, MAX[rank](x, asked))
    windows = reference_nd.adaptive_cells(x.shape[2:], size)
    for n, c in np.ndindex(2, 2):
        for position, cells in enumerate(windows):
            numbers = [float(x[(n, c, *place)]) for place in cells]
            assert means[n, c].flat[position] == sum(numbers) / len(numbers)
            first = cells[numbers.index(max(numbers))]
            assert largest[n, c].flat[position] == max(numbers)
            assert places[n, c].flat[position] == np.ravel_multi_index(first, x.shape[2:])


@each_rank
@pytest.mark.parametrize("seed", range(40))
def test_every_output_size_gives_the_numbers_and_places_of_plain_loops(seed, rank):
    check(seed, rank)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 2500))
def test_thousands_of_output_sizes_give_the_numbers_and_places_of_plain_loops(seed, rank):
    check(seed, rank)


# The windows


@pytest.mark.parametrize("n", range(1, 20))
def test_windows_use_every_cell_in_order_and_differ_by_one_cell_at_most(n):
    for output in range(1, 25):
        windows = adaptive_windows(n, output)
        assert len(windows) == output
        assert {cell for w in windows for cell in range(w.start, w.stop)} == set(range(n))
        lengths = [w.stop - w.start for w in windows]
        assert min(lengths) >= 1 and max(lengths) - min(lengths) <= 1
        assert windows == sorted(windows, key=lambda w: (w.start, w.stop))
        turned = [slice(n - w.stop, n - w.start) for w in reversed(windows)]
        assert turned == windows
        if n % output == 0:
            assert lengths == [n // output] * output and windows[-1].start == n - n // output


def test_seven_cells_in_three_windows():
    """0 to 7/3, 7/3 to 14/3, 14/3 to 7: from the cell that each starts in to where each ends."""
    same_numbers(adaptive_max_pool1d([[1, 2, 3, 4, 5, 6, 7]], 3), [[3, 5, 7]])
    same_numbers(adaptive_avg_pool1d([[1, 2, 3, 4, 5, 6, 7]], 3), [[2, 4, 6]])


# Laws


def test_where_sizes_divide_it_is_ordinary_pooling():
    x = rng(1).integers(-9, 10, (2, 3, 12, 8)).astype(float)
    same_numbers(adaptive_avg_pool2d(x, (4, 2)), avg_pool2d(x, (3, 4)))
    y, places = adaptive_max_pool2d(x, (4, 2), return_indices=True)
    same_numbers(y, max_pool2d(x, (3, 4)))
    same_numbers(places, max_pool2d(x, (3, 4), return_indices=True)[1])


@each_rank
def test_one_window_is_global_pooling_as_onnx_has_it(rank):
    x = rng(2).integers(-9, 10, (2, 3, *(4, 8, 2)[:rank])).astype(float)
    same_numbers(AVG[rank](x, 1), onnx_node("GlobalAveragePool", x))
    if rank == 2:  # elsewhere onnx 1.23 takes the maximum over the wrong axes
        same_numbers(MAX[rank](x, 1), onnx_node("GlobalMaxPool", x))
    same_numbers(MAX[rank](x, 1).reshape(2, 3), x.reshape(2, 3, -1).max(axis=-1))


@each_rank
def test_the_size_that_is_there_changes_nothing_and_none_means_that_size(rank):
    x = rng(3).normal(size=(2, 2, *(4, 5, 3)[:rank]))
    for size in (None, (None,) * rank, x.shape[2:], list(x.shape[2:])):
        same_numbers(AVG[rank](x, size), x)
        y, places = MAX[rank](x, size, return_indices=True)
        same_numbers(y, x)
        same_numbers(places[1, 1].ravel(), np.arange(x[0, 0].size))
    y = AVG[rank](x, size)
    y[...] = 0
    assert x.all()


@each_rank
def test_a_larger_size_than_the_inputs_repeats_cells(rank):
    x = rng(4).normal(size=(1, 1, *(2,) * rank))
    expected = x
    for axis in range(2, 2 + rank):
        expected = expected.repeat(3, axis)
    same_numbers(AVG[rank](x, 6), expected)
    same_numbers(MAX[rank](x, 6), expected)


@each_rank
def test_of_equal_numbers_the_first_in_reading_order_wins(rank):
    places = MAX[rank](np.ones((1, 1, *(5,) * rank)), 1, return_indices=True)[1]
    same_numbers(places, np.zeros((1, 1, *(1,) * rank)))


@each_rank
def test_a_nan_reaches_exactly_the_windows_that_hold_it(rank):
    x = np.zeros((1, 1, *(5,) * rank))
    x[(0, 0, *(2,) * rank)] = np.nan
    holds = np.ones((2,) * rank, bool)  # windows 0 to 2 and 2 to 4: the middle is in all
    same_numbers(np.isnan(AVG[rank](x, 2)[0, 0]), holds)
    y, places = MAX[rank](x, 2, return_indices=True)
    same_numbers(np.isnan(y[0, 0]), holds)
    assert (places == np.isnan(x).ravel().argmax()).all()
    same_numbers(np.isnan(MAX[rank](x, 5)), np.isnan(x))


# Types and layouts


@each_rank
def test_types_batches_and_out(rank):
    x = rng(5).normal(size=(3, 2, *(5,) * rank))
    for pool in (AVG[rank], MAX[rank]):
        batch = pool(x, 3)
        for n in range(3):
            same_numbers(pool(x[n], 3), batch[n])
        assert pool(x[:0], 3).shape == (0, 2, *(3,) * rank)
        assert pool(x.astype(np.float32), 3).dtype == np.float32
        assert pool(np.full(x.shape, 255, np.uint8), 3).dtype == np.float64
        same_numbers(pool(np.full(x.shape, 255, np.uint8), 3), np.full(batch.shape, 255.0))
        same_numbers(pool(np.asfortranarray(x), 3), batch)
        out = np.empty_like(batch)
        assert pool(x, 3, out=out) is out
        same_numbers(out, batch)
        copy = x.copy()
        inside = copy[(..., *(slice(1, 4),) * rank)]
        same_numbers(pool(copy, 3, out=inside), batch)
    y, places = MAX[rank](x[:0], 3, return_indices=True)
    assert y.shape == places.shape == (0, 2, *(3,) * rank)


@each_rank
@pytest.mark.parametrize("output", [0, -1, 2.0, np.nan, "2", True, (), (1, 1, 1, 1), {}, 2**31])
def test_no_output_size_that_there_is_not(rank, output):
    x = np.ones((1, 1, *(4,) * rank))
    for pool in (AVG[rank], MAX[rank]):
        with pytest.raises(ShapeError, match="output_size") as refusal:
            pool(x, output)
        said = len(output) if isinstance(output, tuple) else output
        assert repr(said) in str(refusal.value)


@each_rank
def test_no_input_without_cells_or_with_other_axes(rank):
    for x, said in (
        (np.ones((1, 1, *(0,) * rank)), "input_size is 0"),
        (np.ones((4,) * rank), f"input has {rank} axes"),
        (np.ones((4,) * (rank + 3)), f"input has {rank + 3} axes"),
        (np.full((1, *(2,) * rank), "a"), "must hold real numbers"),
    ):
        for pool in (AVG[rank], MAX[rank]):
            with pytest.raises(ShapeError) as refusal:
                pool(x, 1)
            assert said in str(refusal.value)

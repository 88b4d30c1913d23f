"""How often each value occurs: kernels/pictures/histogram.py."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.pictures import histogram
from kernels.pictures.display import Measured
from kernels.pictures.histogram import value_histogram

RNG = np.random.default_rng(8)
PICTURE = RNG.integers(0, 256, (3, 40, 30), dtype=np.uint8)


def test_each_pixel_value_has_a_bin_of_its_own():
    found = value_histogram(PICTURE)
    assert found.counts.tolist() == [(value == PICTURE).sum() for value in range(256)]
    assert found.centres.tolist() == list(range(256))
    assert found.width == 1


@pytest.mark.parametrize(
    ("bins", "width"), [(256, 1), (999, 1), (255, 2), (100, 4), (64, 4), (2, 128)]
)
def test_pixel_values_share_bins_evenly(bins, width):
    found = value_histogram(PICTURE, bins)
    np.testing.assert_array_equal(found.counts, np.histogram(PICTURE, found.edges)[0])
    assert len(found.counts) == 256 // width
    assert (found.edges[0], found.edges[-1], found.width) == (-0.5, 255.5, width)


@pytest.mark.parametrize(
    ("low", "high", "bins", "step"),
    [
        (-1020, 1020, 64, 50),
        (-1020, 1020, 2000, 2),
        (0, 255, 64, 5),
        (-0.3, 0.4, 10, 0.1),
        (0.001, 0.0017, 8, 0.0001),
        (5e6, 5e6 + 3, 4, 1),
        (7, 7, 64, 1),
        (0, 0, 64, 1),
    ],
)
def test_other_numbers_are_counted_in_readable_steps(low, high, bins, step):
    values = np.append(RNG.uniform(low, high, 500), [low, high])
    found = value_histogram(values, bins)
    assert found.width == pytest.approx(step)
    assert len(found.counts) <= bins
    assert found.counts.sum() == len(values)
    assert found.counts[0] > 0
    assert found.counts[-1] > 0
    multiples = found.centres / step
    np.testing.assert_allclose(multiples, np.rint(multiples), atol=1e-6)
    # No value lies on an edge here, so NumPy counts the same.
    np.testing.assert_array_equal(found.counts, np.histogram(values, found.edges)[0])


def test_nothing_found_is_one_bar_in_the_middle_and_both_signs_are_counted_alike():
    values = np.repeat([-10.0, -5, 0, 5, 10], [3, 20, 100, 20, 3])
    found = value_histogram(values, 3)  # steps of 10: 5 lies on an edge
    assert found.centres.tolist() == [-10, 0, 10]
    assert found.counts.tolist() == [23, 100, 23]


def test_whole_numbers_get_no_bins_between_them():
    assert value_histogram(np.array([-2, 0, 1, 1])).centres.tolist() == [-2, -1, 0, 1]
    assert value_histogram(np.array([-2, 0, 1, 1])).counts.tolist() == [1, 0, 1, 2]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.integers(2, 80))
def test_every_value_is_counted_once_whatever_they_are(values, bins):
    found = value_histogram(np.array(values), bins)
    assert found.counts.sum() == len(values)
    assert len(found.counts) <= bins
    assert (np.diff(found.edges) > 0).all()
    assert found.edges[0] <= min(values)
    assert max(values) <= found.edges[-1]


def test_parts_add_up_to_the_whole(monkeypatch):
    values = RNG.normal(0, 90, (2, 31, 17))
    whole = value_histogram(values)
    monkeypatch.setattr(histogram, "_BLOCK", 100)
    measured = Measured.of(values)
    parts = [value_histogram(plane, measured=measured) for plane in values]
    np.testing.assert_array_equal(parts[0].counts + parts[1].counts, whole.counts)
    np.testing.assert_array_equal(parts[0].edges, whole.edges)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="no values to count"):
        value_histogram(np.zeros((0, 3)))
    with pytest.raises(ValueError, match="at least 2 bins, not 1"):
        value_histogram(PICTURE, 1)
    with pytest.raises(ValueError, match="NaN or infinity"):
        value_histogram(np.array([0.0, np.nan]))

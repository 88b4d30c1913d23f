"""How often each value occurs in a picture or in a filtered one."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from kernels.pictures.display import Measured

MOST_BINS = 64

# Values counted at once, so that a large picture needs no second copy of itself.
_BLOCK = 1_000_000


class Histogram(NamedTuple):
    """Counts of values in bins of equal width.

    Parameters
    ----------
    counts : (n,) int64, adding up to the number of values
    edges : (n + 1,) float64, rising
    """

    counts: np.ndarray
    edges: np.ndarray

    @property
    def width(self) -> float:
        """How much each bin spans."""
        return float(self.edges[1] - self.edges[0])

    @property
    def centres(self) -> np.ndarray:
        """(n,) the middle of each bin."""
        return (self.edges[:-1] + self.edges[1:]) / 2


def value_histogram(
    values: np.ndarray, bins: int | None = None, measured: Measured | None = None
) -> Histogram:
    """Count how often each value occurs: pixels each by itself, other numbers in readable steps.

    >>> pixels = value_histogram(np.array([[0, 7, 7, 255]], dtype=np.uint8))
    >>> len(pixels.counts), int(pixels.counts[7]), pixels.edges[:3].tolist()
    (256, 2, [-0.5, 0.5, 1.5])
    >>> signed = value_histogram(np.array([[-9.0, 0, 0, 1, 14]]), bins=8)
    >>> signed.counts.tolist(), signed.centres.tolist()
    ([1, 0, 3, 0, 0, 1], [-10.0, -5.0, 0.0, 5.0, 10.0, 15.0])

    Parameters
    ----------
    values : array of any shape. uint8 is counted from 0 to 255; without `bins` each value has its
        own bin, else 2, 4, 8, ... values share one. Other finite numbers are counted in bins as
        wide as 1, 2 or 5 times a power of ten, from the lowest to the highest value.
    bins : how many there may be at most, at least 2; 64 for what is not uint8
    measured : what `values` are a part of, if they are; the bins are then the whole's, and the
        counts of all parts can be added

    The middle of one bin is 0, so that a filter that finds nothing makes one tall bar there, with
    equal bins on both sides. A value on an edge counts in the bin farther from 0, also alike on
    both sides. Raises ValueError for NaN, infinity or no values.
    """
    values = np.asarray(values)
    if bins is not None and bins < 2:
        raise ValueError(f"a histogram has at least 2 bins, not {bins}.")
    if values.size == 0:
        raise ValueError("there are no values to count.")
    if values.dtype == np.uint8:
        width = 2 ** max(math.ceil(math.log2(256 / (bins or 256))), 0)
        counts = np.bincount(values.ravel(), minlength=256).reshape(-1, width).sum(axis=1)
        return Histogram(counts, np.arange(0, 257, width) - 0.5)
    measured = measured or Measured.of(values.reshape(1, -1))
    whole = values.dtype.kind in "iub"
    step, digits = _step(measured.low, measured.high, bins or MOST_BINS, whole)
    first, last = (int(_places(np.array([end]), step)[0]) for end in (measured.low, measured.high))
    counts = np.zeros(last - first + 1, dtype=np.int64)
    flat = values.reshape(-1)
    for start in range(0, flat.size, _BLOCK):
        places = _places(flat[start : start + _BLOCK].astype(np.float64), step) - first
        # The ends were found in the same way; rounding of other parts must not fall outside.
        np.clip(places, 0, last - first, out=places)
        counts += np.bincount(places, minlength=len(counts))
    return Histogram(counts, ((np.arange(first, last + 2) - 0.5) * step).round(digits))


def _places(values: np.ndarray, step: float) -> np.ndarray:
    """Number the bin of each value; bin 0 has the value 0 in its middle."""
    return np.copysign(np.floor(np.abs(values) / step + 0.5), values).astype(np.int64)


def _step(low: float, high: float, bins: int, whole: bool = False) -> tuple[float, int]:
    """Give the smallest 1, 2 or 5 times a power of ten that needs no more bins than there may be.

    >>> _step(-1020, 1020, 64), _step(0, 1, 10), _step(0, 1, 10, whole=True)
    ((50.0, 0), (0.2, 2), (1.0, 1))

    Also how many decimals the edges have, which lie at half steps.
    """
    if low == high:
        return 1.0, 1
    power = math.floor(math.log10((high - low) / bins))
    if whole:
        power = max(power, 0)
    while True:
        for part in (1, 2, 5):
            step = float(f"{part}e{power}")
            ends = _places(np.array([low, high]), step)
            if ends[1] - ends[0] + 1 <= bins:
                return step, max(1 - power, 0)
        power += 1

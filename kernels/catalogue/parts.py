"""The rows that the kernels are made of, as 1-D arrays; and the two ways to sample a formula."""

from __future__ import annotations

import math

import numpy as np

from kernels.catalogue.sizes import LARGEST_BINOMIAL, size_words


def ones(length: int) -> np.ndarray:
    """Every neighbour counts the same."""
    return np.ones(length)


def unit(length: int, place: int | None = None) -> np.ndarray:
    """Only one counts, the middle one unless a place is given.

    >>> unit(3).tolist(), unit(3, 0).tolist()
    ([0.0, 1.0, 0.0], [1.0, 0.0, 0.0])
    """
    row = np.zeros(length)
    row[length // 2 if place is None else place] = 1
    return row


def binomial(length: int) -> np.ndarray:
    """A row of Pascal's triangle, nearly a Gaussian: the nearer to the middle, the more it counts.

    >>> binomial(3).tolist(), binomial(5).tolist()
    ([1.0, 2.0, 1.0], [1.0, 4.0, 6.0, 4.0, 1.0])
    """
    return np.array([math.comb(length - 1, k) for k in range(length)], dtype=np.float64)


def binomial_difference(length: int) -> np.ndarray:
    """Next minus previous of what a binomial row has smoothed: how steeply it rises.

    >>> binomial_difference(3).tolist(), binomial_difference(5).tolist()
    ([-1.0, 0.0, 1.0], [-1.0, -2.0, 0.0, 2.0, 1.0])
    """
    return np.convolve(binomial(length - 2), [-1.0, 0.0, 1.0])


def steps(length: int) -> np.ndarray:
    """How far each tap lies from the middle: the slope of the straight line of best fit.

    >>> steps(3).tolist(), steps(5).tolist()
    ([-1.0, 0.0, 1.0], [-2.0, -1.0, 0.0, 1.0, 2.0])
    """
    return np.arange(length) - (length - 1) / 2


def middle(size: tuple[int, int]) -> np.ndarray:
    """The pixel itself: 1 in the middle."""
    return np.outer(unit(size[0]), unit(size[1]))


def laplacian() -> np.ndarray:
    """Bends across plus bends down: the pixel's four neighbours minus four times itself.

    >>> laplacian().tolist()
    [[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]
    """
    bend = np.array([1.0, -2.0, 1.0])  # second difference: how the rise itself changes
    return np.outer(unit(3), bend) + np.outer(bend, unit(3))


def bell(length: int, sigma: float) -> np.ndarray:
    """The Gaussian, 1 at its top, sampled at each pixel and rounded to hundredths.

    Two such rows multiply to numbers of four decimals, so that what is shown is what is used and
    still comes apart into a column and a row.

    >>> bell(5, 1.0).tolist()
    [0.14, 0.61, 1.0, 0.61, 0.14]
    """
    return np.exp(-(steps(length) ** 2) / (2 * sigma**2)).round(2)


def gaussian(size: tuple[int, int], sigma: float) -> tuple[np.ndarray, float]:
    """The Gaussian's taps and their sum: of binomial rows for sigma 0, else sampled."""
    if sigma == 0:
        if max(size) > LARGEST_BINOMIAL:
            fitting = math.sqrt(max(size) - 1) / 2
            raise ValueError(
                f"rows of Pascal's triangle (sigma 0) go up to {LARGEST_BINOMIAL} taps and "
                f"{size_words(size)} is larger; give a sigma, such as {fitting:.1f}."
            )
        taps = np.outer(binomial(size[0]), binomial(size[1]))
        return taps, int(taps.sum())
    # An even side has no pixel at the top of the bell, and all of a narrow one may round to 0.
    rows = [np.maximum(bell(side, sigma), _least(side)) for side in size]
    taps = np.outer(*rows).round(4)
    return taps, round(float(taps.sum()), 4)


def _least(length: int) -> np.ndarray:
    """The least that the taps nearest to the middle may be, so that no sum is 0.

    >>> _least(4).tolist()
    [0.0, 0.01, 0.01, 0.0]
    """
    return np.where(np.abs(steps(length)) < 1, 0.01, 0.0)


def balanced(values: np.ndarray) -> tuple[np.ndarray, float]:
    """Sampled values as taps of four decimals that add up to 0, and a divisor that suits them.

    The largest tap is 1 or −1. The middle tap takes up what rounding left over. The divisor is
    what the positive taps add up to: no picture of 0…255 then gets an answer beyond ±255.

    >>> taps, divisor = balanced(np.array([[2.0, -4.0, 2.0]]))
    >>> taps.tolist(), divisor
    ([[0.5, -1.0, 0.5]], 1.0)

    Parameters
    ----------
    values : (kh, kw), odd sides, not all the same
    """
    values = values - values.mean()
    units = np.rint(values / np.abs(values).max() * 10_000)
    units[values.shape[0] // 2, values.shape[1] // 2] -= units.sum()
    return units / 10_000, float(units[units > 0].sum() / 10_000)

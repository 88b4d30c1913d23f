"""What can be done to a kernel's numbers, and what can be said of them.

Taps are (kh, kw) numbers, as cross-correlation multiplies them. What is said is exact: each number
is taken as the decimal that it is written as, 0.1 as one tenth.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import numpy as np


def rotate(taps: np.ndarray) -> np.ndarray:
    """Turn a kernel by 90 degrees clockwise.

    >>> rotate([[1, 2], [3, 4]]).tolist()
    [[3.0, 1.0], [4.0, 2.0]]
    """
    return np.rot90(_taps(taps), -1).copy()


def flip_rows(taps: np.ndarray) -> np.ndarray:
    """Put the last row first: upside down.

    >>> flip_rows([[1, 2], [3, 4]]).tolist()
    [[3.0, 4.0], [1.0, 2.0]]
    """
    return _taps(taps)[::-1].copy()


def flip_columns(taps: np.ndarray) -> np.ndarray:
    """Put the last column first: left and right change places.

    >>> flip_columns([[1, 2], [3, 4]]).tolist()
    [[2.0, 1.0], [4.0, 3.0]]
    """
    return _taps(taps)[:, ::-1].copy()


def transpose(taps: np.ndarray) -> np.ndarray:
    """Make rows of the columns.

    >>> transpose([[1, 2], [3, 4]]).tolist()
    [[1.0, 3.0], [2.0, 4.0]]
    """
    return _taps(taps).T.copy()


def negate(taps: np.ndarray) -> np.ndarray:
    """Change every sign.

    >>> negate([[1, 0, -2]]).tolist()
    [[-1.0, 0.0, 2.0]]
    """
    return 0.0 - _taps(taps)


def normalise(taps: np.ndarray) -> float:
    """Give the divisor that makes the weights add up to 1, so that brightness is kept.

    >>> normalise([[1, 2, 1]])
    4.0
    >>> normalise([[-1, 1]])
    Traceback (most recent call last):
    ValueError: the numbers add up to 0, and no divisor makes that 1; change one of them first.
    """
    total = float(_total(_exact(taps)))
    if total == 0:
        raise ValueError(
            "the numbers add up to 0, and no divisor makes that 1; change one of them first."
        )
    return total


def zero_mean(taps: np.ndarray, divisor: float = 1.0) -> tuple[np.ndarray, float]:
    """Take the mean off every tap, so that flat areas are answered with 0; weights in between stay.

    So that the numbers stay short, taps and divisor are made larger by the same whole number, the
    smallest that leaves no more decimals than there were.

    >>> taps, divisor = zero_mean([[0.1, 0.9], [0.9, 0.1]])
    >>> taps.tolist(), divisor
    ([[-0.4, 0.4], [0.4, -0.4]], 1.0)
    >>> taps, divisor = zero_mean([[0, 0, 1]])
    >>> taps.tolist(), divisor
    ([[-1.0, -1.0, 2.0]], 3.0)

    Parameters
    ----------
    taps : (kh, kw)
    divisor : what they are divided by

    Returns the new taps and their divisor.
    """
    exact = _exact(taps)
    unit = _common_unit(exact)
    count = len(exact) * len(exact[0])
    total = _total(exact)
    times = count // math.gcd(count, int(total / unit))
    rows = [[float(times * (tap - total / count)) for tap in row] for row in exact]
    return np.array(rows), float(divisor) * times


def resize(taps: np.ndarray, height: int, width: int) -> np.ndarray:
    """Cut a kernel or put zeros around it, keeping its middle in the middle.

    >>> resize([[1, 2, 3]], 3, 1).tolist()
    [[0.0], [2.0], [0.0]]
    >>> resize([[7]], 2, 2).tolist()
    [[7.0, 0.0], [0.0, 0.0]]

    Parameters
    ----------
    taps : (kh, kw)
    height, width : the new size, each at least 1

    The middle of an even side is the first of its two middle taps, as with padding 'same'.
    """
    taps = _taps(taps)
    if min(height, width) < 1:
        raise ValueError(f"a kernel has at least 1 × 1 taps, not {height} × {width}.")
    resized = np.zeros((height, width))
    places = []
    for old, new in zip(taps.shape, (height, width), strict=True):
        shift = (new - 1) // 2 - (old - 1) // 2
        first, last = max(shift, 0), min(old + shift, new)
        places.append((slice(first, last), slice(first - shift, last - shift)))
    (rows, old_rows), (columns, old_columns) = places
    resized[rows, columns] = taps[old_rows, old_columns]
    return resized


class KernelFacts(NamedTuple):
    """What follows from a kernel's numbers, each as a value and as a sentence for people.

    Parameters
    ----------
    total : sum of the weights, taps over divisor
    brightness : what that does to a flat area
    symmetry : which mirror images are the same
    flip : what it changes when the kernel is flipped, as true convolution does
    rank : how many products of a column and a row it is the sum of; 1 is separable, 0 all zeros
    factors : (column, row) whose product the taps are, if they are one
    separable : the same, with the two written out
    cost : multiplications for each pixel of the answer
    """

    total: Fraction
    brightness: str
    symmetry: str
    flip: str
    rank: int
    factors: tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | None
    separable: str
    cost: str


def describe_kernel(taps: np.ndarray, divisor: float = 1.0, offset: float = 0.0) -> KernelFacts:
    """Say what a kernel's numbers do, whatever picture they meet.

    >>> sobel = describe_kernel([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    >>> sobel.brightness
    'The weights add up to 0: a flat area becomes 0, only changes are answered.'
    >>> sobel.separable
    'Separable: the column 1 2 1 times the row −1 0 1.'
    >>> sobel.cost
    '9 multiplications a pixel; column, then row: 3 + 3 = 6.'
    >>> describe_kernel([[1, 2, 1]], divisor=4).brightness
    'The weights add up to 1: a flat area keeps its brightness.'

    Parameters
    ----------
    taps : (kh, kw) finite numbers
    divisor : what they are divided by, not 0
    offset : what is added to every answer after that
    """
    exact = _exact(taps)
    height, width = len(exact), len(exact[0])
    if divisor == 0:
        raise ValueError("nothing can be divided by 0; a divisor of 1 leaves the numbers.")
    total = _total(exact) / _fraction(divisor)
    rank = _rank(exact)
    factors = _factors(exact) if rank == 1 else None
    return KernelFacts(
        total,
        _brightness(total, _fraction(offset)),
        _symmetry(_taps(taps)),
        _flip(_taps(taps)),
        rank,
        factors,
        _separable(rank, factors),
        _cost(height, width, rank),
    )


def _taps(taps: np.ndarray) -> np.ndarray:
    taps = np.asarray(taps, dtype=np.float64)
    if taps.ndim != 2 or taps.size == 0 or not np.isfinite(taps).all():
        raise ValueError(
            f"a kernel is a rectangle of numbers, (height, width), not an array of shape "
            f"{taps.shape}{' with NaN or infinity' if taps.ndim == 2 and taps.size else ''}."
        )
    return taps


def _fraction(value: float) -> Fraction:
    """The decimal that a float is written as: 0.1 is one tenth, not its binary neighbour."""
    return Fraction(repr(float(value)))


def _exact(taps: np.ndarray) -> list[list[Fraction]]:
    return [[_fraction(tap) for tap in row] for row in _taps(taps).tolist()]


def _total(exact: list[list[Fraction]]) -> Fraction:
    return sum((tap for row in exact for tap in row), Fraction(0))


def _common_unit(exact: list[list[Fraction]]) -> Fraction:
    """The largest unit fraction of which every tap is a whole multiple."""
    return Fraction(1, math.lcm(*(tap.denominator for row in exact for tap in row)))


def _rank(exact: list[list[Fraction]]) -> int:
    """Count the rows that are left of Gaussian elimination, in whole numbers (Bareiss, 1968).

    Each step divides by the pivot before it, which always goes without remainder and keeps the
    numbers short.
    """
    unit = _common_unit(exact)
    rows = [[int(tap / unit) for tap in row] for row in exact]
    rank, before = 0, 1
    for column in range(len(rows[0])):
        found = next((n for n in range(rank, len(rows)) if rows[n][column]), None)
        if found is None:
            continue
        rows[rank], rows[found] = rows[found], rows[rank]
        pivot = rows[rank]
        for n in range(rank + 1, len(rows)):
            head = rows[n][column]
            rows[n] = [
                (pivot[column] * value - head * above) // before
                for value, above in zip(rows[n], pivot, strict=True)
            ]
        rank, before = rank + 1, pivot[column]
    return rank


def _factors(
    exact: list[list[Fraction]],
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Split taps of rank 1 into a column and a row of short numbers.

    Both are made of whole numbers without a common divisor; what is over goes to both alike if it
    is a square, such as 0.0001, and else to the column.
    """
    row = _shortest(next(row for row in exact if any(row)))
    at = next(n for n, tap in enumerate(row) if tap)
    over = [taps[at] / row[at] for taps in exact]
    column = _shortest(over)
    scale = next(a / b for a, b in zip(over, column, strict=True) if b)
    if scale < 0:
        row, scale = [-tap for tap in row], -scale
    # Minus signs stand where they say something: what smooths is positive, and what takes
    # differences is later minus earlier.
    if (sum(column) or sum(row) or next(tap for tap in reversed(column) if tap)) < 0:
        column, row = [-tap for tap in column], [-tap for tap in row]
    root = Fraction(math.isqrt(scale.numerator), math.isqrt(scale.denominator))
    left, right = (root, root) if root**2 == scale else (scale, Fraction(1))
    return tuple(left * tap for tap in column), tuple(right * tap for tap in row)


def _shortest(numbers: list[Fraction]) -> list[Fraction]:
    """The same proportions in whole numbers without a common divisor."""
    whole = math.lcm(*(number.denominator for number in numbers))
    common = math.gcd(*(int(number * whole) for number in numbers))
    return [number * whole / common for number in numbers]


def _brightness(total: Fraction, offset: Fraction) -> str:
    start = f"The weights add up to {_text(total)}"
    added = ""
    if offset:
        added = f", plus {_text(offset)}" if offset > 0 else f", minus {_text(-offset)}"
    if total == 0:
        return f"{start}: a flat area becomes {_text(offset)}, only changes are answered."
    if total == 1:
        return f"{start}: a flat area keeps its brightness{added}."
    return f"{start}: a flat area, and the mean brightness, is multiplied by that{added}."


def _symmetry(taps: np.ndarray) -> str:
    if not taps.any():
        return "All taps are 0."
    mirrors = {"left to right": taps[:, ::-1], "top to bottom": taps[::-1]}
    same = [name for name, mirror in mirrors.items() if (mirror == taps).all()]
    opposite = [name for name, mirror in mirrors.items() if (mirror == -taps).all()]
    said = []
    if same:
        said.append(f"symmetric {' and '.join(same)}")
    if opposite:
        said.append(f"antisymmetric {' and '.join(opposite)} (the mirror image has opposite signs)")
    turned = taps[::-1, ::-1]
    if not said and (turned == taps).all():
        said.append("point-symmetric: half a turn changes nothing")
    if not said and (turned == -taps).all():
        said.append("point-antisymmetric: half a turn changes every sign")
    if not said and taps.shape[0] == taps.shape[1]:
        if (taps == taps.T).all():
            said.append("symmetric about the falling diagonal: rows and columns are the same")
        elif (taps == turned.T).all():
            said.append("symmetric about the rising diagonal")
    text = ", ".join(said) or "no mirror image or half turn is the same"
    return f"{text[0].upper()}{text[1:]}."


def _flip(taps: np.ndarray) -> str:
    turned = taps[::-1, ::-1]
    if (turned == taps).all():
        return "Flipping it changes nothing: convolution and cross-correlation are the same."
    if (turned == -taps).all():
        return (
            "Flipping it changes every sign: convolution gives the answers of cross-correlation "
            "with the other sign."
        )
    return "Flipping it gives another kernel: convolution and cross-correlation differ."


def _separable(rank: int, factors: tuple[tuple[Fraction, ...], tuple[Fraction, ...]] | None) -> str:
    if factors is None:
        if rank == 0:
            return "All taps are 0, so there is nothing to split."
        return f"Not separable: it takes {rank} products of a column and a row."
    if min(len(factor) for factor in factors) == 1:
        return "One line of taps, so there is nothing to split."
    column, row = (" ".join(map(_text, factor)) for factor in factors)
    return f"Separable: the column {column} times the row {row}."


def _cost(height: int, width: int, rank: int) -> str:
    count = height * width
    cost = f"{count} multiplication{'' if count == 1 else 's'} a pixel"
    if rank == 1 and height + width < count:
        return f"{cost}; column, then row: {height} + {width} = {height + width}."
    return f"{cost}."


def _text(value: Fraction) -> str:
    """Write a number as short as it is exact: whole, up to four decimals, or a fraction."""
    if (value * 10_000).denominator == 1:
        text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    else:
        text = f"{value.numerator}/{value.denominator}"
        if len(text) > 12:
            text = f"{float(value):.4g}"
    return text.replace("-", "−")

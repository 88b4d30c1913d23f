"""How many cells of each window average pooling counts, and so what it divides by."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from kernels.layers.geometry import Axis


@lru_cache(64)  # 20 us each, a tenth of pooling 64 maps of 56 x 56
def divisor_factors(
    axes: tuple[Axis, ...], count_include_pad: bool = True, divisor_override: int | None = None
) -> list[np.ndarray]:
    """Say it with one line an axis: a window's divisor is the product of its numbers in each.

    >>> corner = Axis(input=2, kernel=3, before=1, after=1), Axis(input=4, kernel=3)
    >>> [line.tolist() for line in divisor_factors(corner, count_include_pad=False)]
    [[2, 2], [3, 3]]
    """
    if divisor_override is not None:
        first, *others = axes
        lines = [np.full(first.output, divisor_override), *(np.ones(a.output, int) for a in others)]
    else:
        lines = [counted_cells(axis, count_include_pad) for axis in axes]
    for line in lines:
        line.flags.writeable = False  # kept for the next one who asks
    return lines


def counted_cells(axis: Axis, count_include_pad: bool = True) -> np.ndarray:
    """Count each window's cells along one axis: on the input, and in the padding if it counts.

    >>> axis = Axis(input=3, kernel=3, before=1, after=1)
    >>> counted_cells(axis).tolist(), counted_cells(axis, count_include_pad=False).tolist()
    ([3, 3, 3], [2, 3, 2])
    """
    first = 0 if count_include_pad else axis.before
    last = axis.padded if count_include_pad else axis.before + axis.input
    return _taps_between(axis, first, last)


def _taps_between(axis: Axis, first: int, last: int) -> np.ndarray:
    """How many taps of each window lie from `first` on and before `last`, in padded coordinates."""
    starts = np.arange(axis.output) * axis.stride
    before_last, before_first = (
        np.clip(-((starts - end) // axis.dilation), 0, axis.kernel) for end in (last, first)
    )
    return before_last - before_first

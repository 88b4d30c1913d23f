"""What each kind of box takes: more than it has room for is refused, never cut off."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kernels.reading.faults import NotationError
from kernels.reading.reader import SMALLEST_SQUARE, Numbers, read_numbers


def read_input(text: str, *, channels: int, side: int) -> Numbers:
    """Read a layer's input: planes of numbers, one for each channel.

    >>> read_input("1 2; 3 4", channels=4, side=16).planes
    (1, 2, 2)
    >>> read_input("1 2 3", channels=4, side=2)
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: 1 × 3 numbers were given but at most 2 × 2 fit here; \
give fewer rows or columns.

    channels, side : the most channels, and the most rows and columns
    """
    numbers = read_numbers(text, square_from=side + 1)
    batch = math.prod(numbers.shape[:-3])
    if batch > 1:
        raise NotationError(f"{batch} inputs were given, of shape {_by(numbers.shape)}; give one.")
    planes, rows, columns = numbers.planes
    if planes > channels:
        raise NotationError(
            f"{planes} channels were given but at most {channels} fit here; give fewer, and leave "
            "an empty line only between channels."
        )
    _check_side((rows, columns), side)
    return numbers


def read_kernels(text: str, *, kernels: int, channels: int, side: int) -> Numbers:
    """Read a layer's weights: the slices of its kernels one after the other.

    >>> read_kernels("1/2 * [[1, 1], [1, 1]]", kernels=1, channels=1, side=7).array.tolist()
    [[[0.5, 0.5], [0.5, 0.5]]]

    kernels, channels : how many kernels the layer has, and how many slices each; fewer planes are
        allowed, more are not
    side : most rows and columns
    """
    numbers = read_numbers(text, square_from=SMALLEST_SQUARE)
    planes, rows, columns = numbers.planes
    laid_out = planes > 1 and len(numbers.shape) == 4 and numbers.shape[:2] != (kernels, channels)
    if planes > kernels * channels or laid_out:
        given = _by(numbers.shape[:2]) if laid_out else str(planes)
        slices = "slice" if planes == 1 else "slices"
        raise NotationError(
            f"{given} {slices} of kernels were given but this layer has {kernels} × {channels}, "
            "kernels × channels; change its channels first, or give as many as it has."
        )
    _check_side((rows, columns), side)
    return numbers


def read_row(text: str, *, most: int, least: int = 1, whole: bool = False) -> Numbers:
    """Read a row of numbers; a column is taken for one.

    >>> read_row("0.1; 1; 0.2; 0.1", most=12).planes
    (1, 1, 4)

    whole : whether only whole numbers make sense, so that no comma is a decimal one
    """
    numbers = read_numbers(text, one_row=True, whole=whole)
    count = len(numbers.values)
    if not least <= count <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise NotationError(
            f"{count} number{'s were' if count != 1 else ' was'} given but this box takes "
            f"{wanted}; give as many as that."
        )
    return numbers


def _check_side(size: Sequence[int], side: int) -> None:
    if max(size) > side:
        raise NotationError(
            f"{_by(size)} numbers were given but at most {side} × {side} fit here; give fewer rows "
            "or columns."
        )


def _by(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape))

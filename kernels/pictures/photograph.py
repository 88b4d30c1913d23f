"""One kernel over a whole photograph, made visible at display size, in bounded memory."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.spec import ConvSpec
from kernels.ops.functional import conv2d
from kernels.ops.padding import pad_input
from kernels.pictures.display import DISPLAYS, Measured, usual_reach
from kernels.pictures.filtering import filter2d
from kernels.pictures.histogram import Histogram, value_histogram
from kernels.pictures.images import shrink_by, shrink_factor

# Cells of the answer computed at once: 8 MB of float32.
_BAND_CELLS = 2_000_000
# An answer of up to this many cells is kept between measuring and showing; a larger one is
# computed twice, which costs time and not memory.
_KEPT_CELLS = 40_000_000


# Values from which the room of a signed display is read.
_SAMPLED = 1_000_000


class Filtered(NamedTuple):
    """A filtered photograph as it is shown.

    Parameters
    ----------
    pixels : (C, h, w) uint8, shrunk by `factor`
    sentence : what the display did with the range
    low, high : the smallest and largest value of the answer at full size
    size : (height, width) of the answer at full size
    factor : full-size pixels on a side of a shown pixel
    """

    pixels: np.ndarray
    sentence: str
    low: float
    high: float
    size: tuple[int, int]
    factor: int


class Answer(NamedTuple):
    """One cell of the answer with the pixels that it was computed from.

    Parameters
    ----------
    window : (C, kh, kw) uint8, the pixels under the kernel, padding included
    values : the answer, one number for each plane of it
    """

    window: np.ndarray
    values: tuple[float, ...]


def filter_photograph(
    planes: np.ndarray,
    weights: np.ndarray,
    spec: ConvSpec,
    display: str,
    max_height: int,
    max_width: int,
    offset: float = 0.0,
    percent: float = 100.0,
) -> Filtered:
    """Filter a photograph at full size with one kernel, and shrink what is shown.

    The range and the sentence speak of all values of the full-size answer; the picture is made
    visible first and shrunk then, as an eye that steps back would.

    >>> picture = np.array([[[0, 0, 90, 90], [0, 0, 90, 90]]], dtype=np.uint8)
    >>> shown = filter_photograph(picture, np.array([[-1.0, 1.0]]), ConvSpec(1, 1, (1, 2)),
    ...                           "clip", 100, 100)
    >>> shown.pixels.tolist(), shown.size, shown.sentence
    ([[[0, 90, 0], [0, 90, 0]]], (2, 3), 'Shown as it is: all 6 pixels lie in 0…255.')

    Parameters
    ----------
    planes : (C, H, W) uint8
    weights : as cross-correlation multiplies them, computed in float32: (kh, kw) filters every
        plane by itself; (C, kh, kw) has a slice for each plane and sums over them to one plane
    spec : a layer of one channel in and out with this kernel size; padding 'constant' takes a
        whole pixel value
    display : a key of `kernels.pictures.display.DISPLAYS`
    max_height, max_width : the room on the screen, in pixels
    offset : added to every answer, as a bias is
    percent : how many of all values a signed display must have room for; the few that lie beyond
        are cut, and the sentence counts them

    Needs about 8 bytes for each cell of the answer up to 40 million cells, and no more beyond.
    Raises ShapeError for a layer that cannot be, and ValueError for another display.
    """
    if display not in DISPLAYS:
        raise ValueError(f"there is no display {display!r}; use {', '.join(DISPLAYS)}.")
    height, width = spec.output_size(planes.shape[1:])
    size = height, width
    factor = shrink_factor(height, width, max_height, max_width)
    count = answer_planes(planes, weights)
    if display == "colours" and count > 1:
        raise ValueError(
            f"signed colours can show one plane, not {count}; sum over the colours, filter the "
            "picture in grey, or show the result as signed greys."
        )

    def bands() -> Iterator[tuple[int, int, np.ndarray]]:
        return photograph_answers(planes, weights, spec, offset, factor)

    if count * size[0] * size[1] <= _KEPT_CELLS:
        kept = list(bands())
        again = kept.__iter__
    else:
        again = bands
    limit = None
    if percent < 100 and display in ("signed", "colours"):
        # A share of all values, so that the room does not depend on one of them.
        apart = max(math.isqrt(count * size[0] * size[1] // _SAMPLED), 1)
        some = [band[::apart, ::apart].ravel() for _, _, band in again()]
        limit = usual_reach(np.concatenate(some), percent)
    measured: Measured | None = None
    for _, _, band in again():
        part = Measured.of(band, limit)
        measured = measured.joined(part) if measured else part
    assert measured is not None, "an answer has a band"
    measured = measured._replace(planes=count)
    pixels: np.ndarray | None = None
    for number, first, band in again():
        shown = DISPLAYS[display](band, measured)
        small = shrink_by(shown.pixels, factor)
        if pixels is None:
            # Coloured displays make three planes of the one that they are given.
            pixels = np.empty(
                (count, *small.shape[:-2], -(-size[0] // factor), small.shape[-1]), np.uint8
            )
        rows = slice(first // factor, first // factor + small.shape[-2])
        pixels[number, ..., rows, :] = small
    assert pixels is not None
    pixels = pixels.reshape(-1, *pixels.shape[-2:])
    return Filtered(pixels, shown.sentence, measured.low, measured.high, size, factor)


def answer_planes(planes: np.ndarray, weights: np.ndarray) -> int:
    """How many planes the answer has: one for each of the picture, or one sum.

    >>> answer_planes(np.zeros((3, 9, 9)), np.ones((2, 2)))
    3
    """
    if weights.ndim == 2:
        return len(planes)
    if len(weights) != len(planes):
        raise ShapeError(
            f"the kernel has {len(weights)} slices but the picture has {len(planes)} planes; give "
            "one slice for each plane, or one kernel of two axes for all."
        )
    return 1


def photograph_answers(
    planes: np.ndarray,
    weights: np.ndarray,
    spec: ConvSpec,
    offset: float = 0.0,
    factor: int = 1,
) -> Iterator[tuple[int, int, np.ndarray]]:
    """Give the answer by bands of rows: its plane's number, its first row, (h, w) float32.

    Parameters
    ----------
    planes, weights, spec, offset : as in `filter_photograph`
    factor : bands are of so many rows, or a multiple, but for the last one
    """
    axes = spec.axes(planes.shape[1:])
    weights = np.asarray(weights, dtype=np.float32)
    kernels = weights if weights.ndim == 3 else [weights] * len(planes)
    padded = (pad_input(plane, axes, spec.padding_mode, spec.padding_value) for plane in planes)
    pairs = zip(padded, kernels, strict=True)
    groups = [list(pairs)] if answer_planes(planes, weights) == 1 else ([pair] for pair in pairs)
    for number, group in enumerate(groups):
        for first, last in _bands(axes, factor):
            answers = (_filtered(*pair, axes, spec, first, last) for pair in group)
            band = reduce(np.add, answers)
            yield number, first, band + np.float32(offset) if offset else band


def whole_answer(
    planes: np.ndarray, weights: np.ndarray, spec: ConvSpec, offset: float = 0.0
) -> np.ndarray:
    """Give the whole answer as one array, for a picture that is not large.

    >>> picture = np.array([[[10, 20, 40]], [[1, 2, 4]]], dtype=np.uint8)
    >>> whole_answer(picture, np.array([[-1.0, 1.0]]), ConvSpec(1, 1, (1, 2))).tolist()
    [[[10.0, 20.0]], [[1.0, 2.0]]]
    >>> whole_answer(picture, np.ones((2, 1, 1)), ConvSpec(1, 1, (1, 1))).tolist()
    [[[11.0, 22.0, 44.0]]]

    Parameters
    ----------
    planes, weights, spec, offset : as in `filter_photograph`

    Returns (C, h, w) float32.
    """
    bands: dict[int, list[np.ndarray]] = {}
    for number, _, band in photograph_answers(planes, weights, spec, offset):
        bands.setdefault(number, []).append(band)
    return np.stack([np.concatenate(rows) for rows in bands.values()])


def answer_histogram(
    planes: np.ndarray, weights: np.ndarray, spec: ConvSpec, offset: float = 0.0
) -> Histogram:
    """Count how often each value of the answer occurs, without keeping the answer.

    >>> picture = np.array([[[10, 20, 40, 60]]], dtype=np.uint8)
    >>> found = answer_histogram(picture, np.array([[-1.0, 1.0]]), ConvSpec(1, 1, (1, 2)))
    >>> int(found.counts.sum()), int(found.counts[-1])
    (3, 2)

    Parameters
    ----------
    planes, weights, spec, offset : as in `filter_photograph`
    """
    measured: Measured | None = None
    for _, _, band in photograph_answers(planes, weights, spec, offset):
        part = Measured.of(band)
        measured = measured.joined(part) if measured else part
    parts = [
        value_histogram(band, measured=measured)
        for _, _, band in photograph_answers(planes, weights, spec, offset)
    ]
    return Histogram(reduce(np.add, (part.counts for part in parts)), parts[0].edges)


def photograph_answer(
    planes: np.ndarray,
    weights: np.ndarray,
    spec: ConvSpec,
    offset: float,
    index: tuple[int, int],
) -> Answer:
    """Give one cell of the answer, and the pixels that its window covers.

    >>> picture = np.array([[[10, 20], [30, 40]]], dtype=np.uint8)
    >>> spec = ConvSpec(1, 1, (2, 2), padding=1)
    >>> answer = photograph_answer(picture, np.ones((2, 2)), spec, 5.0, (0, 1))
    >>> answer.window.tolist(), answer.values
    ([[[0, 0], [10, 20]]], (35.0,))

    Parameters
    ----------
    planes, weights, spec, offset : as in `filter_photograph`; computed in float64
    index : row and column of the answer's cell
    """
    axes = spec.axes(planes.shape[1:])
    mode, window = PADDING_MODES[spec.padding_mode], planes
    for position, (axis, at) in enumerate(zip(axes, index, strict=True), start=1):
        cells = (tap - axis.before for tap in axis.taps(at))
        sources = (mode.source(cell, axis.input) for cell in cells)
        taken = np.array([-1 if source is None else source for source in sources])
        line = np.take(window, np.maximum(taken, 0), axis=position)
        shape = [1] * line.ndim
        shape[position] = len(taken)
        fill = planes.dtype.type(spec.padding_value)
        window = np.where((taken >= 0).reshape(shape), line, fill)
    products = window * np.asarray(weights, dtype=np.float64)
    values = products.sum(axis=(1, 2)) if weights.ndim == 2 else [products.sum()]
    return Answer(window, tuple(float(value) + offset for value in values))


def _bands(axes: tuple[Axis, ...], factor: int) -> Iterator[tuple[int, int]]:
    """First and last row of each band of the answer, of whole squares to shrink."""
    rows, columns = axes
    height = max(_BAND_CELLS // columns.output // factor, 1) * factor
    for first in range(0, rows.output, height):
        yield first, min(first + height, rows.output) - 1


def _filtered(
    padded: np.ndarray,
    kernel: np.ndarray,
    axes: tuple[Axis, ...],
    spec: ConvSpec,
    first: int,
    last: int,
) -> np.ndarray:
    """The answer's rows from first to last, of one padded plane."""
    rows = axes[0]
    start, stop = first * rows.stride, last * rows.stride + rows.effective_kernel
    part = padded[None, start:stop].astype(np.float32)
    if all(axis.dilation == 1 for axis in axes):
        return filter2d(part[0], kernel, spec.stride)
    return conv2d(part, kernel[None, None], stride=spec.stride, dilation=spec.dilation)[0]

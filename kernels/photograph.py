"""One kernel over a whole photograph, made visible at display size, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kernels.conv import conv2d
from kernels.display import DISPLAYS, Measured
from kernels.geometry import Axis
from kernels.images import shrink_by, shrink_factor
from kernels.padding import pad_input
from kernels.spec import ConvSpec

# Cells of the answer computed at once: 8 MB of float32.
_BAND_CELLS = 2_000_000
# An answer of up to this many cells is kept between measuring and showing; a larger one is
# computed twice, which costs time and not memory.
_KEPT_CELLS = 40_000_000


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


def filter_photograph(
    planes: np.ndarray,
    weights: np.ndarray,
    spec: ConvSpec,
    display: str,
    max_height: int,
    max_width: int,
) -> Filtered:
    """Filter each plane of a photograph at full size with one kernel, and shrink what is shown.

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
    weights : (kh, kw), as cross-correlation multiplies them; computed in float32
    spec : a layer of one channel in and out with this kernel size; padding 'constant' takes a
        whole pixel value
    display : a key of `kernels.display.DISPLAYS`
    max_height, max_width : the room on the screen, in pixels

    Needs about 8 bytes for each cell of the answer up to 40 million cells, and no more beyond.
    Raises ShapeError for a layer that cannot be, and ValueError for another display.
    """
    if display not in DISPLAYS:
        raise ValueError(f"there is no display {display!r}; use {', '.join(DISPLAYS)}.")
    axes = spec.axes(planes.shape[1:])
    size = (axes[0].output, axes[1].output)
    factor = shrink_factor(*size, max_height, max_width)
    kernel = np.asarray(weights, dtype=np.float32)[None, None]

    def bands() -> Iterator[tuple[int, int, np.ndarray]]:
        for number, plane in enumerate(planes):
            padded = pad_input(plane, axes, spec.padding_mode, spec.padding_value)
            for first, band in _answers(padded, kernel, axes, spec, factor):
                yield number, first, band

    if len(planes) * size[0] * size[1] <= _KEPT_CELLS:
        kept = list(bands())
        again = kept.__iter__
    else:
        again = bands
    measured: Measured | None = None
    for _, _, band in again():
        part = Measured.of(band)
        measured = measured.joined(part) if measured else part
    measured = measured._replace(planes=len(planes))
    shape = (len(planes), -(-size[0] // factor), -(-size[1] // factor))
    pixels = np.empty(shape, dtype=np.uint8)
    for number, first, band in again():
        shown = DISPLAYS[display](band, measured)
        small = shrink_by(shown.pixels, factor)
        pixels[number, first // factor : first // factor + len(small)] = small
    return Filtered(pixels, shown.sentence, measured.low, measured.high, size, factor)


def _answers(
    padded: np.ndarray,
    kernel: np.ndarray,
    axes: tuple[Axis, ...],
    spec: ConvSpec,
    factor: int,
) -> Iterator[tuple[int, np.ndarray]]:
    """Give the answer to one padded plane by bands of rows, each of whole squares to shrink."""
    rows, columns = axes
    height = max(_BAND_CELLS // columns.output // factor, 1) * factor
    for first in range(0, rows.output, height):
        last = min(first + height, rows.output) - 1
        start, stop = first * rows.stride, last * rows.stride + rows.effective_kernel
        part = padded[None, start:stop].astype(np.float32)
        yield first, conv2d(part, kernel, stride=spec.stride, dilation=spec.dilation)[0]

"""Kernels that are pictures of what they look for: "Detectors", "Gabor"."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from kernels.catalogue import parts
from kernels.catalogue.image_kernels import (
    Built,
    ImageKernel,
    Parameter,
    Recipe,
    Size,
    odd_cover,
)
from kernels.catalogue.sizes import LARGEST_SIDE, Sizes

DETECTORS, GABOR = "Detectors", "Gabor"

SIGMA_PER_WAVELENGTH = 0.56
"""How wide the bell of a Gabor kernel is, in wavelengths: the frequencies that it answers at least
half as strongly then span one octave."""

_THREE = Sizes(only=(3, 3))
_SQUARES = Sizes(low=3, odd=True, square=True)
_TEMPLATES = "R. O. Duda, P. E. Hart, Pattern Classification and Scene Analysis, 1973 (templates)"
_LINES = "R. C. Gonzalez, R. E. Woods, Digital Image Processing, chapter on segmentation (lines)"
_LECTURE = (
    "A hand-made filter of lectures on convolutional networks: 0.9 on the diagonal, 0.1 beside"
)


def _corner(size: Size) -> Built:
    """Nine times (a bright 2×2 block in the top right corner, minus its own mean of 4/9)."""
    block = np.zeros(size)
    block[:2, 1:] = 1
    return (9 * block - block.sum()).round(), 1


def _curve(size: Size) -> Built:
    """A stroke of weight 30 that comes down from the top right and turns straight down."""
    stroke = np.zeros(size)
    for row, column in [(0, 5), (1, 4), (2, 3), (3, 3), (4, 3), (5, 3)]:
        stroke[row, column] = 30
    return stroke, 1


def _angle(size: Size) -> Built:
    """0.9 along the diagonal that rises to the right, 0.1 elsewhere."""
    return np.where(np.fliplr(np.eye(3)) == 1, 0.9, 0.1), 1


def _angle_zero_mean(size: Size) -> Built:
    """The same minus its mean 3.3 / 9, three times so that the numbers stay short."""
    taps, _ = _angle(size)
    return (3 * taps - 1.1).round(1), 3


def _line(picture_of_line):
    """As many times a drawing of the line as it has taps on a side, minus 1 everywhere."""

    def make(size: Size) -> Built:
        return size[0] * picture_of_line(size[0]) - np.ones(size), 1

    return make


def _gabor(size: Size, orientation: float, wavelength: float, phase: float) -> Built:
    """A wave under a bell; what it does not add up to 0 by itself is little, and taken off.

    Stripes of orientation 0 are level, so the wave runs down; those of 90 are upright.
    """
    turn = math.radians(orientation)
    rows, columns = parts.steps(size[0])[:, None], parts.steps(size[1])[None, :]
    along_the_wave = rows * math.cos(turn) + columns * math.sin(turn)
    bell = np.exp(-(rows**2 + columns**2) / (2 * (SIGMA_PER_WAVELENGTH * wavelength) ** 2))
    wave = np.cos(2 * math.pi * along_the_wave / wavelength - math.radians(phase))
    return parts.balanced(bell * wave)


def _gabor_size(orientation: float, wavelength: float, phase: float) -> Size:
    return odd_cover(2 * SIGMA_PER_WAVELENGTH * wavelength, LARGEST_SIDE)


def gabor_bank(
    orientations: Iterable[float] = (0, 45, 90, 135),
    wavelengths: Iterable[float] = (4, 8),
    size: Size | None = None,
) -> tuple[ImageKernel, ...]:
    """Give a Gabor kernel for each wavelength and orientation, as a first layer might learn them.

    >>> bank = gabor_bank((0, 90), (4, 8))
    >>> [(k.settings["wavelength"], k.settings["orientation"], k.size) for k in bank]
    [(4.0, 0.0, (11, 11)), (4.0, 90.0, (11, 11)), (8.0, 0.0, (19, 19)), (8.0, 90.0, (19, 19))]

    Parameters
    ----------
    orientations : of the stripes, in degrees anticlockwise from level, 0 to 180
    wavelengths : pixels from one stripe to the next, 2 to 16
    size : (height, width) of all of them; without it each has the size that suits its wavelength

    Wavelength by wavelength, within each all orientations. Raises ValueError for what cannot be.
    """
    orientations = tuple(orientations)
    return tuple(
        GABOR_RECIPE.build(size, {"orientation": orientation, "wavelength": wavelength})
        for wavelength in wavelengths
        for orientation in orientations
    )


GABOR_RECIPE = Recipe(
    "gabor",
    "Gabor",
    GABOR,
    "signed",
    _gabor,
    _gabor_size,
    _SQUARES,
    "A wave under a bell 0.56 wavelengths wide (its sigma), less its mean so that the sum is 0, "
    "and divided so that no answer on 0…255 is beyond ±255.",
    "Stripes, fences and textures of this wavelength and orientation answer, others stay grey.",
    "J. G. Daugman, Uncertainty relation for resolution in space, spatial frequency, and "
    "orientation, Journal of the Optical Society of America A, 1985",
    (
        Parameter(
            "orientation",
            "Stripes run, anticlockwise from level",
            45.0,
            0.0,
            180.0,
            15.0,
            "degrees",
        ),
        Parameter("wavelength", "From stripe to stripe", 6.0, 2.0, 16.0, 0.5, "pixels"),
        Parameter("phase", "Phase: 0 a line, 90 an edge", 0.0, -180.0, 180.0, 45.0, "degrees"),
    ),
)

RECIPES = (
    Recipe(
        "line-across",
        "Line, level",
        DETECTORS,
        "signed",
        _line(lambda side: np.outer(parts.unit(side), parts.ones(side))),
        (3, 3),
        _SQUARES,
        "A drawing of a level line, minus its mean: 2 along the line and −1 beside it at 3 × 3.",
        "Thin level lines are light; a level edge answers less, with one light and one dark side.",
        _LINES,
    ),
    Recipe(
        "line-down",
        "Line, upright",
        DETECTORS,
        "signed",
        _line(lambda side: np.outer(parts.ones(side), parts.unit(side))),
        (3, 3),
        _SQUARES,
        "A drawing of an upright line, minus its mean: 2 along the line and −1 beside it at 3 × 3.",
        "Thin upright lines such as poles and stems are light.",
        _LINES,
    ),
    Recipe(
        "line-diagonal-down",
        "Line, falling to the right",
        DETECTORS,
        "signed",
        _line(np.eye),
        (3, 3),
        _SQUARES,
        "A drawing of the diagonal from top left to bottom right, minus its mean: 2 along it and "
        "−1 elsewhere at 3 × 3.",
        "Thin lines that fall to the right are light, those that rise are hardly seen.",
        _LINES,
    ),
    Recipe(
        "line-diagonal-up",
        "Line, rising to the right",
        DETECTORS,
        "signed",
        _line(lambda side: np.fliplr(np.eye(side))),
        (3, 3),
        _SQUARES,
        "A drawing of the diagonal from bottom left to top right, minus its mean: 2 along it and "
        "−1 elsewhere at 3 × 3.",
        "Thin lines that rise to the right are light, those that fall are hardly seen.",
        _LINES,
    ),
    Recipe(
        "angle",
        "Angle detector",
        DETECTORS,
        "rescale",
        _angle,
        (3, 3),
        _THREE,
        "A drawing of the diagonal, 0.9 on it and 0.1 elsewhere: a match scores 2.7, and yet an "
        "all-white patch scores 3.3, as no weight is negative.",
        "It looks like a blur: bright areas win, whatever their shape; compare the zero-mean one.",
        _LECTURE,
    ),
    Recipe(
        "angle-zero-mean",
        "Angle detector, zero mean",
        DETECTORS,
        "signed",
        _angle_zero_mean,
        (3, 3),
        _THREE,
        "The angle detector minus its mean of 3.3 / 9, written three times as large and divided by "
        "3: a match scores 1.6 and an all-white patch 0.",
        "Flat areas are grey whether bright or dark, and what rises to the right stands out.",
        _LECTURE,
    ),
    Recipe(
        "curve",
        "Curve detector, 7×7",
        DETECTORS,
        "rescale",
        _curve,
        (7, 7),
        Sizes(only=(7, 7)),
        "A drawing of the curve itself: the sum is large where bright pixels lie along the same "
        "stroke.",
        "It looks like a blur along the stroke: bright areas win, as no weight is negative.",
        "A. Deshpande, A Beginner's Guide To Understanding Convolutional Neural Networks, 2016",
    ),
    Recipe(
        "corner",
        "Corner detector",
        DETECTORS,
        "signed",
        _corner,
        (3, 3),
        _THREE,
        "A picture of a corner (bright 2×2 block, top right) minus its mean: 0 on flat areas, and "
        "more on that corner than on any straight edge.",
        "Lower left corners of bright things are lightest, and straight edges answer less.",
        _TEMPLATES,
    ),
    GABOR_RECIPE,
)

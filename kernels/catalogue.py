"""The named image kernels, built from their meaning; kernels/ holds the compute and this catalogue.

Weights are as cross-correlation multiplies them: no flip. A positive answer of a difference kernel
means that the picture gets brighter to the right ("across") or towards the bottom ("down").

>>> image_kernel("sobel-across").taps
array([[-1.,  0.,  1.],
       [-2.,  0.,  2.],
       [-1.,  0.,  1.]])
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np


@dataclass(frozen=True, eq=False)
class ImageKernel:
    """One image kernel: its name, its numbers, where it comes from, how to look at its result.

    >>> box = image_kernel("box")
    >>> box.divisor, float(box.weights.sum().round(12))
    (9, 1.0)

    Parameters
    ----------
    name : id that is safe in an address: small letters, digits and hyphens
    title : what a list of choices says
    group : what it is for: "Unchanged", "Blur", "Sharpen", "Edges", "Relief" or "Detectors"
    taps : (kh, kw) float64, read-only: the numbers as a textbook prints them
    divisor : what the taps are divided by
    shows : the display that suits its results: "clip", "signed" or "rescale"
    reason : one sentence, why these numbers
    source : where they were published
    """

    name: str
    title: str
    group: str
    taps: np.ndarray
    divisor: float
    shows: Literal["clip", "signed", "rescale"]
    reason: str
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "taps", _frozen(np.array(self.taps, dtype=np.float64)))

    @property
    def weights(self) -> np.ndarray:
        """What each pixel is multiplied by, (kh, kw) float64, read-only: taps over the divisor."""
        return _frozen(self.taps / self.divisor)


def image_kernel(name: str) -> ImageKernel:
    """Give the kernel of that name.

    >>> image_kernel("sharpen").weights
    array([[ 0., -1.,  0.],
           [-1.,  5., -1.],
           [ 0., -1.,  0.]])
    >>> image_kernel("gausian")
    Traceback (most recent call last):
    ValueError: there is no image kernel 'gausian'; the nearest name is gaussian.

    Parameters
    ----------
    name : a key of `CATALOGUE`; any other raises ValueError with the nearest names
    """
    try:
        return CATALOGUE[name]
    except (KeyError, TypeError):
        near = difflib.get_close_matches(str(name).lower(), CATALOGUE, n=3, cutoff=0.5)
        if len(near) == 1:
            hint = f"the nearest name is {near[0]}"
        elif near:
            hint = f"the nearest names are {', '.join(near)}"
        else:
            hint = f"the names are {', '.join(CATALOGUE)}"
        raise ValueError(f"there is no image kernel {name!r}; {hint}.") from None


def _frozen(array: np.ndarray) -> np.ndarray:
    array.setflags(write=False)
    return array


# The parts that the kernels are made of.
_BOX = np.ones(3)  # three neighbours count the same
_BELL = np.array([1.0, 2.0, 1.0])  # the middle one counts twice: binomial, nearly a Gaussian
_DIFFERENCE = np.array([-1.0, 0.0, 1.0])  # next minus previous: how steeply it rises
_BEND = np.array([1.0, -2.0, 1.0])  # second difference: how the rise itself changes
_KEEP = np.outer([0.0, 1.0, 0.0], [0.0, 1.0, 0.0])  # the pixel itself
_ALL = np.outer(_BOX, _BOX)  # the pixel and its eight neighbours

# Bends across plus bends down: the pixel's four neighbours minus four times itself.
_LAPLACIAN = np.outer([0.0, 1.0, 0.0], _BEND) + np.outer(_BEND, [0.0, 1.0, 0.0])


def _slope() -> np.ndarray:
    """How far each tap lies along the diagonal from top left (−2) to bottom right (+2)."""
    steps = np.array([-1.0, 0.0, 1.0])
    return steps[:, None] + steps[None, :]


def _corner() -> np.ndarray:
    """Nine times (a bright 2×2 block in the top right corner, minus its own mean of 4/9)."""
    block = np.zeros((3, 3))
    block[:2, 1:] = 1
    return 9 * (block - block.mean())


def _curve() -> np.ndarray:
    """A stroke of weight 30 that comes down from the top right and turns straight down."""
    stroke = np.zeros((7, 7))
    for row, column in [(0, 5), (1, 4), (2, 3), (3, 3), (4, 3), (5, 3)]:
        stroke[row, column] = 30
    return stroke


_GONZALEZ = "R. C. Gonzalez, R. E. Woods, Digital Image Processing, chapter on spatial filtering"
_SOBEL = "I. Sobel, G. Feldman, An isotropic 3x3 image gradient operator, Stanford AI Project, 1968"
_PREWITT = "J. M. S. Prewitt, Object enhancement and extraction, 1970"

_KERNELS = (
    ImageKernel(
        "identity",
        "Identity",
        "Unchanged",
        _KEEP,
        1,
        "clip",
        "Only the middle weight is 1, so every pixel comes out as it went in.",
        _GONZALEZ,
    ),
    ImageKernel(
        "box",
        "Box blur",
        "Blur",
        _ALL,
        9,
        "clip",
        "Nine weights of 1/9: each pixel becomes the mean of its neighbourhood.",
        _GONZALEZ,
    ),
    ImageKernel(
        "gaussian",
        "Gaussian blur",
        "Blur",
        np.outer(_BELL, _BELL),
        16,
        "clip",
        "1 2 1 across times 1 2 1 down: near pixels count more than far ones, and the sum is 16.",
        _GONZALEZ,
    ),
    ImageKernel(
        "sharpen",
        "Sharpen",
        "Sharpen",
        _KEEP - _LAPLACIAN,
        1,
        "clip",
        "The pixel, plus how much it differs from its four neighbours: 1 + 4 in the middle, "
        "−1 around.",
        _GONZALEZ,
    ),
    ImageKernel(
        "edge-mixed",
        "Edges, mixed",
        "Edges",
        np.outer(-_DIFFERENCE, -_DIFFERENCE),
        1,
        "signed",
        "A difference across of a difference down: straight vertical and horizontal edges cancel, "
        "slanted ones and corners stay.",
        "M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, section 25.3",
    ),
    ImageKernel(
        "edge-4",
        "Edges, 4 neighbours",
        "Edges",
        _LAPLACIAN,
        1,
        "signed",
        "The four neighbours minus four times the pixel (the Laplacian): 0 wherever brightness is "
        "flat or rises evenly.",
        _GONZALEZ,
    ),
    ImageKernel(
        "edge-8",
        "Edges, 8 neighbours",
        "Edges",
        9 * _KEEP - _ALL,
        1,
        "signed",
        "Nine times (the pixel minus the mean of its 3×3 neighbourhood): 0 on flat areas, and it "
        "answers edges in every direction.",
        _GONZALEZ,
    ),
    ImageKernel(
        "sobel-across",
        "Sobel, vertical edges (Gx)",
        "Edges",
        np.outer(_BELL, _DIFFERENCE),
        1,
        "signed",
        "Right minus left, smoothed 1 2 1 down the column: positive where it gets brighter to the "
        "right.",
        _SOBEL,
    ),
    ImageKernel(
        "sobel-down",
        "Sobel, horizontal edges (Gy)",
        "Edges",
        np.outer(_DIFFERENCE, _BELL),
        1,
        "signed",
        "Below minus above, smoothed 1 2 1 along the row: positive where it gets brighter "
        "downwards.",
        _SOBEL,
    ),
    ImageKernel(
        "prewitt-across",
        "Prewitt, vertical edges",
        "Edges",
        np.outer(_BOX, _DIFFERENCE),
        1,
        "signed",
        "Right minus left, added over three rows: as Sobel, with every row counting the same.",
        _PREWITT,
    ),
    ImageKernel(
        "prewitt-down",
        "Prewitt, horizontal edges",
        "Edges",
        np.outer(_DIFFERENCE, _BOX),
        1,
        "signed",
        "Below minus above, added over three columns: as Sobel, with every column counting the "
        "same.",
        _PREWITT,
    ),
    ImageKernel(
        "emboss",
        "Emboss",
        "Relief",
        _KEEP + _slope(),
        1,
        "clip",
        "The pixel, plus the rise along the diagonal: edges look lit from one corner and flat "
        "areas keep their brightness.",
        "GIMP manual, Convolution Matrix: Emboss",
    ),
    ImageKernel(
        "curve",
        "Curve detector, 7×7",
        "Detectors",
        _curve(),
        1,
        "rescale",
        "A drawing of the curve itself: the sum is large where bright pixels lie along the same "
        "stroke.",
        "A. Deshpande, A Beginner's Guide To Understanding Convolutional Neural Networks, 2016",
    ),
    ImageKernel(
        "corner",
        "Corner detector",
        "Detectors",
        _corner(),
        1,
        "signed",
        "A picture of a corner (bright 2×2 block, top right) minus its mean: 0 on flat areas, and "
        "more on that corner than on any straight edge.",
        "R. O. Duda, P. E. Hart, Pattern Classification and Scene Analysis, 1973 (templates)",
    ),
)

#: Every kernel by name, in the order in which a list should offer them.
CATALOGUE: Mapping[str, ImageKernel] = MappingProxyType(
    {kernel.name: kernel for kernel in _KERNELS}
)

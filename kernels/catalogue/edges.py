"""Kernels that answer changes of brightness and 0 where there are none: "Edges", "Relief".

A positive answer means that the picture gets brighter towards the side in the name: across is to
the right, down to the bottom, diagonal-down to the bottom right, diagonal-up to the top right.
"""

from __future__ import annotations

import numpy as np

from kernels.catalogue import parts
from kernels.catalogue.image_kernels import Built, Parameter, Recipe, Size, odd_cover
from kernels.catalogue.sizes import LARGEST_BINOMIAL, LARGEST_SIDE, Sizes

EDGES, RELIEF = "Edges", "Relief"

_DIFFERENCE = np.array([-1.0, 1.0])  # this one minus the one before
_WIDE = np.array([-1.0, 0.0, 1.0])  # next minus previous
_SCHARR_BELL = np.array([3.0, 10.0, 3.0])  # the smoothing that makes all directions most alike
_THREE, _TWO = Sizes(only=(3, 3)), Sizes(only=(2, 2))
_BINOMIAL = Sizes(low=3, high=LARGEST_BINOMIAL, odd=True, square=True)
_SQUARES = Sizes(low=3, odd=True, square=True)

_GONZALEZ = "R. C. Gonzalez, R. E. Woods, Digital Image Processing, chapter on spatial filtering"
_SOBEL = "I. Sobel, G. Feldman, An isotropic 3x3 image gradient operator, Stanford AI Project, 1968"
_PREWITT = "J. M. S. Prewitt, Object enhancement and extraction, 1970"
_SCHARR = "H. Scharr, Optimale Operatoren in der digitalen Bildverarbeitung, Heidelberg, 2000"
_ROBERTS = "L. G. Roberts, Machine perception of three-dimensional solids, MIT, 1963"
_GOODFELLOW = "I. Goodfellow, Y. Bengio, A. Courville, Deep Learning, 2016, section 9.2"


def _edge_4(size: Size) -> Built:
    return parts.laplacian(), 1


def _edge_8(size: Size) -> Built:
    return size[0] * size[1] * parts.middle(size) - np.ones(size), 1


def _edge_mixed(size: Size) -> Built:
    return np.outer(-_WIDE, -_WIDE), 1


def _sobel(size: Size) -> Built:
    return np.outer(parts.binomial(size[0]), parts.binomial_difference(size[1])), 1


def _prewitt(size: Size) -> Built:
    return np.outer(parts.ones(size[0]), parts.steps(size[1])), 1


def _scharr(size: Size) -> Built:
    return np.outer(_SCHARR_BELL, _WIDE), 1


def _difference(size: Size) -> Built:
    return _DIFFERENCE[None, :].copy(), 1


def _diagonal_down(size: Size) -> Built:
    """How far each tap lies towards the bottom right: Prewitt across plus Prewitt down."""
    across, _ = _prewitt(size)
    return across + across.T, 1


def _diagonal_up(size: Size) -> Built:
    across, _ = _prewitt(size)
    return across - across.T, 1


def _roberts_down(size: Size) -> Built:
    return np.diag(_DIFFERENCE), 1


def _roberts_up(size: Size) -> Built:
    return np.flipud(np.diag(_DIFFERENCE)), 1


def _turned(make):
    """The same kernel for the other direction: rows and columns change places."""

    def make_turned(size: Size) -> Built:
        taps, divisor = make(size[::-1])
        return taps.T, divisor

    return make_turned


def _laplacian_of_gaussian(size: Size, sigma: float) -> Built:
    """The bell's own Laplacian, up to a factor: (r²/σ² − 2) · exp(−r²/2σ²)."""
    rows, columns = parts.steps(size[0]), parts.steps(size[1])
    distance = (rows[:, None] ** 2 + columns[None, :] ** 2) / sigma**2
    return parts.balanced((distance - 2) * np.exp(-distance / 2))


def _emboss(size: Size) -> Built:
    slope, _ = _diagonal_down(size)
    return parts.middle(size) + slope, 1


def _emboss_grey(size: Size) -> Built:
    return np.diag(_WIDE), 1


RECIPES = (
    Recipe(
        "difference-across",
        "Difference across",
        EDGES,
        "signed",
        _difference,
        (1, 2),
        Sizes(only=(1, 2)),
        "Each pixel minus its left neighbour: two taps are the least that can see a change.",
        "Upright edges show as thin lines, light where it gets brighter to the right and dark "
        "where it gets darker; noise shows too.",
        _GOODFELLOW,
    ),
    Recipe(
        "difference-down",
        "Difference down",
        EDGES,
        "signed",
        _turned(_difference),
        (2, 1),
        Sizes(only=(2, 1)),
        "Each pixel minus the one above it: two taps are the least that can see a change.",
        "Level edges show as thin lines, light where it gets brighter downwards; noise shows too.",
        _GOODFELLOW,
    ),
    Recipe(
        "sobel-across",
        "Sobel, vertical edges (Gx)",
        EDGES,
        "signed",
        _sobel,
        (3, 3),
        _BINOMIAL,
        "Right minus left, smoothed 1 2 1 down the column: positive where it gets brighter to the "
        "right.",
        "Upright edges are light or dark according to which side is brighter, level ones vanish.",
        _SOBEL,
    ),
    Recipe(
        "sobel-down",
        "Sobel, horizontal edges (Gy)",
        EDGES,
        "signed",
        _turned(_sobel),
        (3, 3),
        _BINOMIAL,
        "Below minus above, smoothed 1 2 1 along the row: positive where it gets brighter "
        "downwards.",
        "Level edges such as a horizon are light or dark, upright ones vanish.",
        _SOBEL,
    ),
    Recipe(
        "prewitt-across",
        "Prewitt, vertical edges",
        EDGES,
        "signed",
        _prewitt,
        (3, 3),
        _SQUARES,
        "Right minus left, added over three rows: as Sobel, with every row counting the same.",
        "Upright edges as with Sobel; the difference between the two is hard to see.",
        _PREWITT,
    ),
    Recipe(
        "prewitt-down",
        "Prewitt, horizontal edges",
        EDGES,
        "signed",
        _turned(_prewitt),
        (3, 3),
        _SQUARES,
        "Below minus above, added over three columns: as Sobel, with every column counting the "
        "same.",
        "Level edges as with Sobel; the difference between the two is hard to see.",
        _PREWITT,
    ),
    Recipe(
        "scharr-across",
        "Scharr, vertical edges",
        EDGES,
        "signed",
        _scharr,
        (3, 3),
        _THREE,
        "Right minus left, smoothed 3 10 3 down the column: weights chosen so that a turned edge "
        "is answered most nearly alike.",
        "Upright edges as with Sobel; round outlines get darker and lighter more evenly.",
        _SCHARR,
    ),
    Recipe(
        "scharr-down",
        "Scharr, horizontal edges",
        EDGES,
        "signed",
        _turned(_scharr),
        (3, 3),
        _THREE,
        "Below minus above, smoothed 3 10 3 along the row: weights chosen so that a turned edge "
        "is answered most nearly alike.",
        "Level edges as with Sobel; round outlines get darker and lighter more evenly.",
        _SCHARR,
    ),
    Recipe(
        "diagonal-down",
        "Diagonal, towards bottom right",
        EDGES,
        "signed",
        _diagonal_down,
        (3, 3),
        _SQUARES,
        "Prewitt across plus Prewitt down: positive where it gets brighter towards the bottom "
        "right.",
        "Edges that rise to the right stand out most, and edges that fall to the right vanish.",
        _PREWITT,
    ),
    Recipe(
        "diagonal-up",
        "Diagonal, towards top right",
        EDGES,
        "signed",
        _diagonal_up,
        (3, 3),
        _SQUARES,
        "Prewitt across minus Prewitt down: positive where it gets brighter towards the top right.",
        "Edges that fall to the right stand out most, and edges that rise to the right vanish.",
        _PREWITT,
    ),
    Recipe(
        "roberts-down",
        "Roberts, towards bottom right",
        EDGES,
        "signed",
        _roberts_down,
        (2, 2),
        _TWO,
        "The pixel to the bottom right minus this one, the shortest diagonal difference; some "
        "books print it with both signs changed.",
        "Very thin lines along slanted edges, and much of the noise.",
        _ROBERTS,
    ),
    Recipe(
        "roberts-up",
        "Roberts, towards top right",
        EDGES,
        "signed",
        _roberts_up,
        (2, 2),
        _TWO,
        "The pixel on the right minus the one below, the shortest difference along the other "
        "diagonal.",
        "Very thin lines along slanted edges, and much of the noise.",
        _ROBERTS,
    ),
    Recipe(
        "edge-4",
        "Edges, 4 neighbours",
        EDGES,
        "signed",
        _edge_4,
        (3, 3),
        _THREE,
        "The four neighbours minus four times the pixel (the Laplacian): 0 wherever brightness is "
        "flat or rises evenly.",
        "Every edge is a pair of lines, one light and one dark; noise and single dots are loud.",
        _GONZALEZ,
    ),
    Recipe(
        "edge-8",
        "Edges, 8 neighbours",
        EDGES,
        "signed",
        _edge_8,
        (3, 3),
        _SQUARES,
        "As many times the pixel as there are taps, minus all of them (nine at 3 × 3): 0 on flat "
        "areas, and it answers edges in every direction.",
        "Every edge is a pair of lines, light on the brighter side; larger sizes make them wider.",
        _GONZALEZ,
    ),
    Recipe(
        "edge-mixed",
        "Edges, mixed",
        EDGES,
        "signed",
        _edge_mixed,
        (3, 3),
        _THREE,
        "A difference across of a difference down: straight vertical and horizontal edges cancel, "
        "slanted ones and corners stay.",
        "Walls and window frames vanish; their corners, and everything slanted, stay.",
        "M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, section 25.3",
    ),
    Recipe(
        "laplacian-of-gaussian",
        "Laplacian of Gaussian",
        EDGES,
        "signed",
        _laplacian_of_gaussian,
        lambda sigma: odd_cover(3 * sigma, LARGEST_SIDE),
        _SQUARES,
        "The Gaussian blur and the four-neighbour edges in one formula: first what is smaller than "
        "sigma is smoothed away, then bends of brightness are answered.",
        "Edges lie where light turns to dark; spots about three sigmas wide answer most.",
        "D. Marr, E. Hildreth, Theory of edge detection, Proceedings of the Royal Society B, 1980",
        (Parameter("sigma", "Width of the bell", 1.4, 0.5, 5.0, 0.1, "pixels"),),
    ),
    Recipe(
        "emboss",
        "Emboss",
        RELIEF,
        "clip",
        _emboss,
        (3, 3),
        _THREE,
        "The pixel, plus the rise along the diagonal: edges look lit from one corner and flat "
        "areas keep their brightness.",
        "Outlines look raised or sunken, as if light fell along the diagonal.",
        "GIMP manual, Convolution Matrix: Emboss",
    ),
    Recipe(
        "emboss-grey",
        "Emboss on grey",
        RELIEF,
        "clip",
        _emboss_grey,
        (3, 3),
        _THREE,
        "The bottom right neighbour minus the top left one, and then 128 is added to every answer, "
        "so that flat areas are mid grey.",
        "A grey plate with the outlines pressed into it; all flat areas look alike, light or dark.",
        "S. E. Umbaugh, Computer Imaging: Digital Image Analysis and Processing, 2010 (emboss)",
        offset=128.0,
    ),
)

"""Kernels that keep brightness: "Unchanged and shifted", "Blur", "Sharpen"."""

from __future__ import annotations

import math

import numpy as np

from kernels.catalogue import parts
from kernels.catalogue.image_kernels import Built, Parameter, Recipe, Size, odd_cover
from kernels.catalogue.sizes import LARGEST_SIDE, Sizes, size_words

KEEP, BLUR, SHARPEN = "Unchanged and shifted", "Blur", "Sharpen"

_GONZALEZ = "R. C. Gonzalez, R. E. Woods, Digital Image Processing, chapter on spatial filtering"
_SIGMA = Parameter(
    "sigma", "Width of the bell; 0 for Pascal's triangle", 0.0, 0.0, 5.0, 0.1, "pixels"
)


def _identity(size: Size) -> Built:
    return parts.middle(size), 1


def _shift(size: Size, down: int, across: int) -> Built:
    """Moving down by 2 means that each pixel takes what stood 2 rows above it."""
    row, column = size[0] // 2 - down, size[1] // 2 - across
    if not (0 <= row < size[0] and 0 <= column < size[1]):
        least = (2 * abs(down) + 1, 2 * abs(across) + 1)
        raise ValueError(
            f"a move of {abs(down)} {'up' if down < 0 else 'down'} and {abs(across)} "
            f"{'left' if across < 0 else 'right'} does not fit into {size_words(size)} taps; it "
            f"needs at least {size_words(least)}."
        )
    return np.outer(parts.unit(size[0], row), parts.unit(size[1], column)), 1


def _shift_size(down: int, across: int) -> Size:
    return odd_cover(max(abs(down), abs(across), 1), LARGEST_SIDE)


def _brighten(size: Size, factor: float) -> Built:
    return factor * parts.middle(size), 1


def _box(size: Size) -> Built:
    return np.ones(size), size[0] * size[1]


def _bell_size(sigma: float) -> Size:
    return odd_cover(3 * sigma, LARGEST_SIDE) if sigma else (3, 3)


def _motion(size: Size, angle: float) -> Built:
    """As many taps as the side is long, one for each step along the longer of the two ways."""
    turn = math.radians(angle)
    right, up = math.cos(turn), math.sin(turn)
    longer = max(abs(right), abs(up))
    taps = np.zeros(size)
    centre = size[0] // 2
    for step in range(-centre, centre + 1):
        # Halves away from the middle at both ends, so that half a turn changes nothing.
        row, column = (_to_whole(step * part / longer) for part in (-up, right))
        taps[centre + row, centre + column] = 1
    return taps, size[0]


def _to_whole(value: float) -> int:
    return int(math.copysign(math.floor(abs(value) + 0.5 - 1e-9), value))


def _sharpen(size: Size) -> Built:
    return parts.middle(size) - parts.laplacian(), 1


def _sharpen_all(size: Size) -> Built:
    count = size[0] * size[1]
    return parts.middle(size) + count * parts.middle(size) - np.ones(size), 1


def _sharpen_bell(size: Size) -> Built:
    return 9 * parts.middle(size) - 3 * parts.laplacian(), 9


def _unsharp(size: Size, sigma: float) -> Built:
    taps, divisor = parts.gaussian(size, sigma)
    return (2 * divisor * parts.middle(size) - taps).round(4), divisor


def _unsharp_size(sigma: float) -> Size:
    return _bell_size(sigma) if sigma else (5, 5)


RECIPES = (
    Recipe(
        "identity",
        "Identity",
        KEEP,
        "clip",
        _identity,
        (3, 3),
        Sizes(odd=True),
        "Only the middle weight is 1, so every pixel comes out as it went in.",
        "The result is the photograph itself; without padding it loses a border of half a kernel.",
        _GONZALEZ,
    ),
    Recipe(
        "shift",
        "Shift",
        KEEP,
        "clip",
        _shift,
        _shift_size,
        Sizes(odd=True),
        "The only 1 stands on the side that the picture comes from: to move right, each pixel "
        "takes what stood to its left.",
        "Nothing is blurred: the whole picture moves, and along the border that it leaves the "
        "padding comes in.",
        "S. W. Smith, The Scientist and Engineer's Guide to Digital Signal Processing, 1997, "
        "chapter 7 (shifted delta function)",
        (
            Parameter("down", "Move down (minus: up)", 0, -15, 15, 1, "pixels"),
            Parameter("across", "Move right (minus: left)", 1, -15, 15, 1, "pixels"),
        ),
    ),
    Recipe(
        "brighten",
        "Brighten",
        KEEP,
        "clip",
        _brighten,
        (3, 3),
        Sizes(odd=True),
        "The middle weight multiplies every pixel. To add the same number to all of them takes no "
        "kernel: that is the offset, which a layer calls bias.",
        "Light parts burn out first, as whatever passes 255 is cut off; black stays black, which "
        "an offset would lift.",
        _GONZALEZ,
        (Parameter("factor", "Brightness times", 1.5, 0.0, 4.0, 0.1, ""),),
    ),
    Recipe(
        "box",
        "Box blur",
        BLUR,
        "clip",
        _box,
        (3, 3),
        Sizes(),
        "Every weight is 1 over their number: each pixel becomes the mean of its neighbourhood.",
        "Noise and fine texture fade, edges become ramps as wide as the kernel, and small bright "
        "dots turn into small squares.",
        _GONZALEZ,
    ),
    Recipe(
        "gaussian",
        "Gaussian blur",
        BLUR,
        "clip",
        parts.gaussian,
        _bell_size,
        Sizes(),
        "Near pixels count more than far ones: with sigma 0 the rows of Pascal's triangle, such as "
        "1 2 1 across times 1 2 1 down with the sum 16, else the bell curve of that sigma.",
        "As soft as an unfocused lens, alike in every direction: bright dots turn into round "
        "spots, not squares.",
        _GONZALEZ,
        (_SIGMA,),
    ),
    Recipe(
        "motion",
        "Motion blur",
        BLUR,
        "clip",
        _motion,
        (7, 7),
        Sizes(odd=True, square=True),
        "A line of equal weights: each pixel is the mean of those that passed over it while the "
        "camera moved, as many as the kernel has on a side.",
        "Edges along the movement stay sharp and edges across it are smeared out.",
        "R. C. Gonzalez, R. E. Woods, Digital Image Processing, chapter on image restoration "
        "(uniform linear motion)",
        (
            Parameter(
                "angle", "Direction, anticlockwise from level", 0.0, 0.0, 180.0, 15.0, "degrees"
            ),
        ),
    ),
    Recipe(
        "sharpen",
        "Sharpen",
        SHARPEN,
        "clip",
        _sharpen,
        (3, 3),
        Sizes(only=(3, 3)),
        "The pixel, plus how much it differs from its four neighbours: 1 + 4 in the middle, "
        "−1 around.",
        "Fine detail and noise stand out more, and edges get a dark and a light rim.",
        _GONZALEZ,
    ),
    Recipe(
        "sharpen-8",
        "Sharpen, 8 neighbours",
        SHARPEN,
        "clip",
        _sharpen_all,
        (3, 3),
        Sizes(odd=True, square=True, low=3),
        "The pixel, plus how much it differs from all the others under the kernel: 1 + 8 in the "
        "middle of 3 × 3, −1 around.",
        "Stronger than with 4 neighbours, slanted edges too: much is cut off at black and white.",
        _GONZALEZ,
    ),
    Recipe(
        "sharpen-bell",
        "Sharpen, gentle",
        SHARPEN,
        "clip",
        _sharpen_bell,
        (3, 3),
        Sizes(only=(3, 3)),
        "The pixel, plus a third of how much it differs from its four neighbours: 9 + 12 in the "
        "middle, −3 around, all divided by 9.",
        "Edges are crisper, and their rims a third as strong as with Sharpen.",
        "B. Jorgensen (Beej), image convolution demonstration",
    ),
    Recipe(
        "unsharp",
        "Unsharp mask",
        SHARPEN,
        "clip",
        _unsharp,
        _unsharp_size,
        Sizes(odd=True),
        "Twice the pixel minus its Gaussian blur: the picture plus all that the blur takes away.",
        "Edges get a dark and a light rim as wide as the blur: the larger sigma, the wider.",
        _GONZALEZ,
        (_SIGMA,),
    ),
)

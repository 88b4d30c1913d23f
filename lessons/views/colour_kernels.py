"""Kernels with a slice for red, green and blue, and mixes of colours, that show what slices do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from kernels.pictures.images import LUMINANCE

SENTENCES = (
    "the right column minus the left, in every colour: edges that stand upright",
    "all of red minus all of blue: how warm the place is",
    "the bottom row minus the top, in every colour: edges that lie flat",
    "all of green minus half of red and half of blue: how green the place is",
)


def colour_kernels(size: int) -> np.ndarray:
    """Four kernels of a size, (4, 3, size, size): two for edges and two for colours.

    >>> colour_kernels(3)[0, 0].tolist()
    [[-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0]]
    >>> colour_kernels(2)[1].tolist()
    [[[1.0, 1.0], [1.0, 1.0]], [[0.0, 0.0], [0.0, 0.0]], [[-1.0, -1.0], [-1.0, -1.0]]]

    Parameters
    ----------
    size : rows and columns, at least 2; `SENTENCES` says what each of the four looks for
    """
    upright = np.zeros((size, size))
    upright[:, 0], upright[:, -1] = -1, 1
    every = np.ones(3)
    return np.stack(
        [
            np.multiply.outer(every, upright),
            np.multiply.outer([1, 0, -1], np.ones((size, size))),
            np.multiply.outer(every, upright.T),
            np.multiply.outer([-0.5, 1, -0.5], np.ones((size, size))),
        ]
    )


_RED, _GREEN, _BLUE = (share / 1000 for share in LUMINANCE)

#: Weights of a 1 x 1 convolution on red, green and blue: a row for each map, its bias at the end.
MIXES: Mapping[str, tuple[tuple[float, float, float, float], ...]] = MappingProxyType(
    {
        "Grey": ((_RED, _GREEN, _BLUE, 0.0),),
        "Red minus blue": ((1.0, 0.0, -1.0, 0.0),),
        "Swap red and blue": ((0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0)),
        "Negative": ((-1, 0, 0, 255), (0, -1, 0, 255), (0, 0, -1, 255)),
        "Unchanged": ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)),
    }
)

"""Photographs brought to the few pixels that a small network takes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from app.pictures.own_file import own_file
from app.pictures.samples import sample_picture
from kernels.ops.adaptive import adaptive_avg_pool
from kernels.pictures.images import to_grey
from lessons.views.pictures import UPLOADED


@lru_cache(maxsize=16)
def photograph(name: str, planes: int, size: tuple[int, int]) -> np.ndarray:
    """A sample photograph's values from 0 to 1, shrunk to a size; grey where planes do not match.

    >>> photograph("coffee", 3, (8, 8)).shape, photograph("coffee", 1, (8, 8)).shape
    ((3, 8, 8), (1, 8, 8))

    It is cut to the size's proportions around its middle first.
    """
    return _shrunk(sample_picture(name).pixels, planes, size)


def own_or_sample(name: str, planes: int, size: tuple[int, int]) -> np.ndarray:
    """The same, for this session's own photograph too, of which nothing is kept."""
    file = own_file() if name == UPLOADED else None
    if file is None:
        return photograph(name, planes, size)
    return _shrunk(file.small.pixels, planes, size)


def _shrunk(pixels: np.ndarray, planes: int, size: tuple[int, int]) -> np.ndarray:
    if len(pixels) not in (1, planes):
        pixels = to_grey(pixels)[None]
    pixels = pixels / 255
    scale = min(pixels.shape[1] / size[0], pixels.shape[2] / size[1])
    cut = [round(side * scale) for side in size]
    top, left = ((whole - part) // 2 for whole, part in zip(pixels.shape[1:], cut, strict=True))
    middle = pixels[:, top : top + cut[0], left : left + cut[1]]
    return np.round(adaptive_avg_pool(2, middle, size), 3)

"""What one kernel of a bank finds in a picture, kept positive, pooled, and where most of it is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from kernels.layers.spec import ConvSpec
from kernels.ops.functional import max_pool2d
from kernels.pictures.photograph import whole_answer


class FeatureMap(NamedTuple):
    """The answers of one kernel all over a picture.

    Parameters
    ----------
    values : (h, w) float32
    highest : the largest of them
    place : (row, column) of the largest, the first one where several are as large
    answer : (row, column) of the same number before pooling
    ties : how many are as large
    """

    values: np.ndarray
    highest: float
    place: tuple[int, int]
    answer: tuple[int, int]
    ties: int


def feature_map(
    planes: np.ndarray,
    weights: np.ndarray,
    spec: ConvSpec,
    offset: float = 0.0,
    *,
    relu: bool = False,
    pool: int = 1,
) -> FeatureMap:
    """Filter a picture with one kernel, then ReLU and max pooling if asked for.

    >>> picture = np.array([[[0, 9, 0, 0], [0, 0, 0, 7]]], dtype=np.uint8)
    >>> edges = feature_map(picture, np.array([[-1.0, 1.0]]), ConvSpec(1, 1, (1, 2)), relu=True)
    >>> edges.values.tolist(), edges.highest, edges.place
    ([[9.0, 0.0, 0.0], [0.0, 0.0, 7.0]], 9.0, (0, 0))

    Parameters
    ----------
    planes : (C, H, W) uint8: one plane, or as many as the kernel has slices
    weights, spec, offset : as in `kernels.pictures.photograph.filter_photograph`
    relu : negative answers become 0
    pool : side of the squares of which the largest answer is kept, with a stride of the same; a
        map that is smaller than one square is pooled to one number
    """
    values = whole_answer(planes, weights, spec, offset)
    if len(values) != 1:
        raise ValueError(
            f"a feature map is one plane of numbers, not {len(values)}; give the kernel a slice "
            "for each plane of the picture."
        )
    if relu:
        np.maximum(values, 0, out=values)
    pooled = values
    if pool > 1:
        window = tuple(min(pool, side) for side in values.shape[1:])
        pooled = max_pool2d(values, window, pool)
    first = int(pooled.argmax())
    row, column = (int(at) for at in np.unravel_index(first, pooled.shape)[1:])
    highest = pooled.flat[first]
    square = values[0, row * pool : (row + 1) * pool, column * pool : (column + 1) * pool]
    down, across = divmod(int(square.argmax()), square.shape[1])
    return FeatureMap(
        pooled[0],
        float(highest),
        (row, column),
        (row * pool + down, column * pool + across),
        int(np.count_nonzero(pooled == highest)),
    )

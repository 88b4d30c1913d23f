"""A layer as a matrix: whether it can be shown as one, what it costs, what there is to see."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from kernels import ConvSpec, ConvTransposeSpec
from kernels.layers.connections import ConnectionCount, count_connections
from kernels.layers.links import links_of
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.spec import PoolSpec
from kernels.ops.matrix import links_matrix
from kernels.scene.flat import FlatScene, by
from lessons.views.hindrance import Hindrance

MOST_COLUMNS, MOST_WEIGHTS, MOST_ROWS = 64, 25, 100
"""Input cells, taps and output cells that can still be told apart: 8 × 8 under 5 × 5."""


def hindrance(scene: FlatScene) -> Hindrance | None:
    """What stands in the way of showing the layer as a matrix; None if nothing does.

    >>> from lessons.views.sliding_window import open_sliding
    >>> hindrance(open_sliding({})[0])
    >>> print(hindrance(open_sliding({"op": "max"})[0]).why)
    Pooling has no weights that a matrix could hold.
    >>> large = hindrance(open_sliding({"size": "12x9"})[0])
    >>> print(large.why, dict(large.settings))
    The matrix would have 70 rows and 108 columns, too many to be told apart here. \
{'size': '8x8', 'kernel': '3x3', 'padding': '0x0'}
    """
    layer = scene.layer
    if isinstance(layer, PoolSpec):
        why = "Pooling has no weights that a matrix could hold."
        return Hindrance(why, "Show a convolution", {"op": "conv"})
    if isinstance(layer, ConvSpec) and PADDING_MODES[layer.padding_mode].takes_value:
        why = "Padding with a constant adds a number of its own, which no matrix can do."
        return Hindrance(why, "Pad with zeros", {"mode": "zeros"})
    rows, columns = math.prod(scene.output_size), math.prod(scene.input_size)
    weights = math.prod(layer.kernel_size)
    if columns <= MOST_COLUMNS and rows <= MOST_ROWS and weights <= MOST_WEIGHTS:
        return None
    why = (
        f"The matrix would have {rows:,} rows and {columns:,} columns, too many to be told apart "
        "here."
    )
    smaller = {
        "size": by(tuple(min(n, _side(MOST_COLUMNS, scene)) for n in scene.input_size)),
        "kernel": by(tuple(min(k, _side(MOST_WEIGHTS, scene)) for k in layer.kernel_size)),
        "padding": by((0,) * layer.rank),
    }
    return Hindrance(why, "Make it small enough", smaller)


def _side(cells: int, scene: FlatScene) -> int:
    """The side of a square of so many cells, or their number in a row."""
    return round(cells ** (1 / scene.layer.rank))


def matrix_of(scene: FlatScene) -> np.ndarray:
    """The matrix from the first input channel to the first output channel."""
    weight = scene.weight_array()
    assert weight is not None
    return links_matrix(weight[0, 0], scene.own_links)


def count_of(scene: FlatScene) -> ConnectionCount:
    """Its lines, which are what the matrix holds beside zeros."""
    return count_connections(scene.own_links)


def matrix_sentence(scene: FlatScene, transpose: bool) -> str:
    """What there is to see in the matrix.

    >>> from lessons.views.sliding_window import open_sliding
    >>> print(matrix_sentence(open_sliding({})[0], False))
    Written as one long column, the input of 25 numbers times this matrix gives the 9 numbers of \
the output. Each row is one window: the same 9 weights, moved along, and zeros.
    """
    count = count_of(scene)
    channels = ""
    if scene.channels > 1 or scene.out_channels > 1:
        channels = " Drawn for the first input channel and the first output channel."
    if isinstance(scene.layer, ConvTransposeSpec):
        if transpose:
            return (
                "Turned about its diagonal, it is the matrix of the convolution that this layer "
                f"transposes: it takes {count.outputs} numbers to {count.inputs}.{channels}"
            )
        return (
            f"Written as one long column, the input of {count.inputs} numbers times this matrix "
            f"gives the {_many(count.outputs, 'number')} of the output. Each column is one copy of "
            f"the kernel, laid down where its number sends it.{channels}"
        )
    if transpose:
        return (
            f"Turned about its diagonal, the matrix takes {count.outputs} numbers back to "
            f"{count.inputs}: that is the transposed convolution. Each column lays the kernel down "
            f"where its window was.{channels}"
        )
    return (
        f"Written as one long column, the input of {count.inputs} numbers times this matrix gives "
        f"the {_many(count.outputs, 'number')} of the output. Each row is one window: the same "
        f"{_many(count.weights, 'weight')}, moved along, and zeros.{channels}"
    )


def cost_lines(count: ConnectionCount) -> tuple[tuple[str, str, str], ...]:
    """What is stored and computed: as a kernel, as a sparse matrix, as a full one.

    >>> for line in cost_lines(picture_count((280, 320), (1, 2))):
    ...     print(" | ".join(line))
    Kernel | 2 numbers stored | 267,960 operations: 178,640 products and 89,320 additions
    Sparse matrix | 178,640 numbers stored | 267,960 operations: its zeros are skipped
    Full matrix | 8,003,072,000 numbers stored | 16,006,054,680 operations: 8,003,072,000 products \
and 8,002,982,680 additions

    Source: Goodfellow, Bengio and Courville, Deep Learning, 2016, section 9.2 and figure 9.6.
    """
    additions, dense = count.operations - count.lines, count.dense_operations - count.dense
    return (
        (
            "Kernel",
            f"{_many(count.weights, 'number')} stored",
            f"{count.operations:,} operations: {count.lines:,} products and {additions:,} "
            "additions",
        ),
        (
            "Sparse matrix",
            f"{_many(count.lines, 'number')} stored",
            f"{count.operations:,} operations: its zeros are skipped",
        ),
        (
            "Full matrix",
            f"{_many(count.dense, 'number')} stored",
            f"{count.dense_operations:,} operations: {count.dense:,} products and {dense:,} "
            "additions",
        ),
    )


def picture_count(picture: Sequence[int], kernel: Sequence[int]) -> ConnectionCount:
    """The same for an unpadded layer of one channel on a whole picture.

    >>> count = picture_count((280, 320), (1, 2))
    >>> count.outputs, count.lines
    (89320, 178640)
    """
    axes = ConvSpec(1, 1, tuple(kernel)).axes(tuple(picture))
    return count_connections([links_of(axis) for axis in axes])


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"

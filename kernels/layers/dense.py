"""Fully connected layers one after the other, counted."""

from __future__ import annotations

from collections.abc import Sequence

from kernels.layers.cost import linear_parameters


def dense_parameters(in_features: int, widths: Sequence[int], bias: bool = True) -> tuple[int, ...]:
    """Count the learnable numbers of each of several fully connected layers.

    >>> dense_parameters(784, [84, 10], bias=False)
    (65856, 840)
    >>> sum(dense_parameters(640 * 480 * 3, [100, 100, 1], bias=False))
    92170100

    Parameters
    ----------
    in_features : how many numbers go into the first layer
    widths : the nodes of each layer, the outputs last
    bias : whether each node has a bias, which is counted too

    Raises ShapeError.
    """
    inputs = (in_features, *widths)
    return tuple(
        linear_parameters(before, after, bias)
        for before, after in zip(inputs[:-1], widths, strict=True)
    )

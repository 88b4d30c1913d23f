"""What a question's layers do to a shape, and the exact numbers behind the floats of `kernels`."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import numpy as np

from kernels import Axis
from kernels.networks.layers import Activation, Dropout, Layer
from kernels.networks.network import Network
from kernels.networks.shapes import output_shape
from lessons.quiz.question import Field, Matrix, Number, Setup


@lru_cache(maxsize=4096)
def shapes(setup: Setup) -> tuple[tuple[int, ...], ...]:
    """The shape before the first layer and after each.

    Kept: without it drawing the next question of a chain of layers takes 65 ms instead of 31.
    """
    found = [setup.input_shape]
    for number, layer in enumerate(setup.layers):
        found.append(output_shape(f"layer {number + 1}", layer, [("before", found[-1])]))
    return tuple(found)


def plain_layers(network: Network) -> tuple[Layer, ...]:
    """The layers of a chain that change a shape or learn something."""
    return tuple(
        node.layer for node in network.nodes if not isinstance(node.layer, Activation | Dropout)
    )


def axes_of(setup: Setup, field: Field) -> tuple[Axis, Axis]:
    """Both axes of the layer that a box asks about."""
    rows, columns = setup.layers[field.layer].axes(shapes(setup)[field.layer][1:])
    return rows, columns  # type: ignore[return-value]  # such a box asks about windows


def exact(number: float) -> Number:
    """A float of the compute module as the whole number or small fraction that it stands for.

    >>> exact(3.0), exact(1 / 9)
    (3, Fraction(1, 9))
    """
    near = Fraction(float(number)).limit_denominator(10_000)
    return near.numerator if near.denominator == 1 else near


def rows_of(array: np.ndarray) -> Matrix:
    """A map as rows of exact numbers."""
    return tuple(tuple(exact(n) for n in row) for row in array)

"""What a question's layers do to a shape, and the exact numbers behind the floats of `kernels`."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import numpy as np

from kernels import Axis
from kernels.networks.layers import Activation, Concatenate, Crop, Dropout, Layer
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
        inputs = [("before", found[-1])]
        if isinstance(layer, Concatenate):
            inputs.append(("beside", cropped(setup.beside, found[-1])))
        found.append(output_shape(f"layer {number + 1}", layer, inputs))
    return tuple(found)


def cropped(shape: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...]:
    """A map after as many cells were cut off at both ends as bring it to another one's size."""
    over = [n - m for n, m in zip(shape[1:], wanted[1:], strict=True)]
    crop = Crop(tuple((n // 2, n - n // 2) for n in over))
    return output_shape("crop", crop, [("beside", shape)])


def plain_layers(network: Network) -> tuple[Layer, ...]:
    """The layers of a chain that change a shape or learn something."""
    return tuple(
        node.layer for node in network.nodes if not isinstance(node.layer, Activation | Dropout)
    )


def axes_of(setup: Setup, field: Field) -> tuple[Axis, ...]:
    """The axes of the layer that a box asks about."""
    layer, size = setup.layers[field.layer], shapes(setup)[field.layer][1:]
    return layer.axes(size)  # type: ignore[return-value]  # it asks about windows


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

"""Weights for a look at feature maps: random ones, or image kernels in the first convolution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kernels.catalogue import CATALOGUE
from kernels.layers.spec import ConvSpec
from kernels.networks.forward import random_weights
from kernels.networks.network import INPUT, Network, Node

FIRST_KERNELS = ("sobel-across", "sobel-down", "edge-4", "sharpen", "gaussian", "identity")
"""Image kernels of 3 × 3 that a first convolution can have."""


def image_weights(network: Network, seed: int) -> dict[str, tuple[np.ndarray, Any]]:
    """Random weights, but the first convolution has kernels whose effect on a picture is known.

    >>> from kernels.networks.notation import read_network
    >>> weight, bias = image_weights(read_network("1x6x6;c2k3;relu;m2"), seed=1)["conv1"]
    >>> weight[1, 0].tolist(), bias.tolist()
    ([[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]], [0.0, 0.0])

    They are `FIRST_KERNELS`, again from the start where the layer has more. In a larger kernel they
    stand in the middle with zeros around; channels share them evenly. A first layer that is no
    convolution, or has a kernel below 3 × 3, keeps its random weights.
    """
    weights = random_weights(network, seed)
    first = first_convolution(network)
    if first is not None:
        weight, bias = weights[first.name]
        for number, kernel in enumerate(weight):
            name = FIRST_KERNELS[number % len(FIRST_KERNELS)]
            kernel[:] = _in_the_middle(CATALOGUE[name].weights / len(kernel), kernel.shape[-2:])
        weights[first.name] = weight, bias
    return weights


def first_convolution(network: Network) -> Node | None:
    """The layer that can be given image kernels; None if there is none.

    >>> from kernels.networks.notation import read_network
    >>> first_convolution(read_network("1x6x6;c2k1;c2k3")) is None
    True
    """
    node = network.nodes[0]
    layer = node.layer
    fits = isinstance(layer, ConvSpec) and layer.rank == 2 and min(layer.kernel_size) >= 3
    return node if fits and node.inputs == (INPUT,) else None


def _in_the_middle(taps: np.ndarray, size: Sequence[int]) -> np.ndarray:
    around = np.zeros(size)
    top, left = ((whole - part) // 2 for whole, part in zip(size, taps.shape, strict=True))
    around[top : top + taps.shape[0], left : left + taps.shape[1]] = taps
    return around

"""A picture through a small network: the feature map of every layer, number by number.

>>> from kernels.networks.notation import read_network
>>> network = read_network("1x2x2;c1k2;relu")
>>> maps = run(network, [[[1, 2], [3, 4]]], {"conv1": ([[[[1, 0], [0, -1]]]], [0.5])})
>>> maps["conv1"], maps["relu1"]
(array([[[-2.5]]]), array([[[0.]]]))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.editing import readers
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    Dropout,
    Flatten,
    InstanceNorm,
    Layer,
    Linear,
    LocalResponseNorm,
    ZeroPad,
    parameter_counts,
)
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.summary import summarise, totals
from kernels.ops.adaptive import adaptive_avg_pool
from kernels.ops.conv import convolve
from kernels.ops.conv_transpose import transpose_convolve
from kernels.ops.pool import pool_layer

MOST_PARAMETERS = 4_000_000
MOST_MACS = 250_000_000
MOST_NUMBERS = 5_000_000
"""Most that is computed while somebody waits: about half a second."""

LEAK = 0.01
"""Slope of leaky ReLU below zero, as in torch.nn.LeakyReLU."""

NORM_EPSILON = 1e-5
"""Added to a variance before its root, as in torch's norms."""

LRN_ALPHA, LRN_BETA, LRN_K = 1e-4, 0.75, 1.0
"""torch.nn.LocalResponseNorm's; Krizhevsky et al. 2012 have k = 2."""

Weights = Mapping[str, Sequence[Any]]
"""For each layer that learns: weight and bias (None without), and of a batch norm, if known, the
mean and variance that it has kept."""


def random_weights(network: Network, seed: int) -> dict[str, tuple[np.ndarray, Any]]:
    """Weights at random for every layer that learns, as one would start training with.

    >>> from kernels.networks.notation import read_network
    >>> weights = random_weights(read_network("1x28x28;c6k5;relu;m2;flat;l10"), seed=1)
    >>> [(name, weight.shape, bias.shape) for name, (weight, bias) in weights.items()]
    [('conv1', (6, 1, 5, 5), (6,)), ('linear1', (10, 864), (10,))]

    Normally distributed around 0. Before a ReLU (relu6 and leaky ReLU too) with the variance
    2 / fan-in of He et al. 2015, elsewhere with 2 / (fan-in + fan-out) of Glorot and Bengio 2010,
    so that numbers keep their size from layer to layer. Fan-in is how many products an output
    sums, fan-out how many outputs use an input. Biases are 0; norms scale by 1 and shift by 0.

    A layer's numbers follow from the seed and its name: other layers may change, and it keeps them.
    Raises ShapeError where there are too many.
    """
    _check_size(network)
    layers = {node.name: node.layer for node in network.nodes}
    return {
        node.name: _random(node, _rectified(network, layers, node.name), seed)
        for node in network.nodes
        if any(parameter_counts(node.layer))
    }


def _random(node: Node, rectified: bool, seed: int) -> tuple[np.ndarray, Any]:
    rng = np.random.default_rng([seed, crc32(node.name.encode())])
    layer = node.layer
    match layer:
        case BatchNorm() | InstanceNorm():
            return np.ones(layer.channels), np.zeros(layer.channels)
        case Linear():
            shape: tuple[int, ...] = (layer.out_features, layer.in_features)
            fans, made, bias = (
                (float(layer.in_features), float(layer.out_features)),
                shape[0],
                layer.bias,
            )
        case ConvSpec() | ConvTransposeSpec():
            shape, made, bias = layer.weight_shape, layer.out_channels, layer.bias
            fans = _fans(layer)
        case _:
            raise TypeError(f"{layer!r} learns nothing")
    variance = 2 / fans[0] if rectified else 2 / sum(fans)
    return rng.normal(0, np.sqrt(variance), shape), np.zeros(made) if bias else None


def _fans(layer: ConvSpec | ConvTransposeSpec) -> tuple[float, float]:
    """How many products an output sums, and how many outputs use an input, away from the edges."""
    cells, apart = np.prod(layer.kernel_size), np.prod(layer.stride)
    read = layer.in_channels // layer.groups * cells
    used = layer.out_channels // layer.groups * cells
    if isinstance(layer, ConvTransposeSpec):
        return float(max(read / apart, 1)), float(used)
    return float(read), float(max(used / apart, 1))


def _rectified(network: Network, layers: Mapping[str, Layer], name: str) -> bool:
    """Whether a ReLU comes next, norms and dropout left aside."""
    for reader in readers(network, name):
        layer = layers[reader]
        if isinstance(layer, BatchNorm | InstanceNorm | Dropout):
            return _rectified(network, layers, reader)
        if isinstance(layer, Activation):
            return "relu" in layer.name
    return False


def run(network: Network, x: Any, weights: Weights) -> dict[str, np.ndarray]:
    """Put one input through a network and keep what every layer makes of it, "input" included.

    x: of the network's input_shape, without a batch. weights: for each layer that learns (weight,
    bias), shaped as torch shapes them; a batch norm may have (weight, bias, mean, variance), else
    its mean is 0 and its variance 1. Layers work as they do after training: dropout drops nothing,
    batch norms use what they have kept. Everything in float64.

    Raises ShapeError for an input or weights of another shape, a layer without weights, and a
    network too large to compute while somebody waits.
    """
    _check_size(network)
    array = np.asarray(x, dtype=np.float64)
    if array.shape != network.input_shape:
        raise ShapeError(
            f"The input has shape {array.shape} but the network takes {network.input_shape}; give "
            "it that."
        )
    maps = {INPUT: array}
    for node in network.nodes:
        given = weights.get(node.name)
        if given is None and any(parameter_counts(node.layer)):
            raise ShapeError(f"{node.name!r} has no weights; give a weight and a bias for it.")
        maps[node.name] = _made(node.layer, [maps[name] for name in node.inputs], given or ())
    return maps


def _check_size(network: Network) -> None:
    """Refuse what would take too long; raises ShapeError too where the layers do not fit."""
    total = totals(summarise(network))
    for count, most, words in (
        (total.parameters, MOST_PARAMETERS, "parameters"),
        (total.macs, MOST_MACS, "multiply-adds"),
        (total.activations, MOST_NUMBERS, "numbers in its feature maps"),
    ):
        if count > most:
            raise ShapeError(
                f"The network has {count:,} {words}, too many to compute here; use one with at "
                f"most {most:,}."
            )


def _made(layer: Layer, inputs: Sequence[np.ndarray], given: Sequence[Any]) -> np.ndarray:
    x = inputs[0]
    match layer:
        case ConvSpec():
            return convolve(
                layer.rank, x, given[0], given[1], layer.stride, layer.padding, layer.dilation,
                layer.groups, padding_mode=layer.padding_mode, padding_value=layer.padding_value,
            )  # fmt: skip
        case ConvTransposeSpec():
            return transpose_convolve(
                layer.rank, x, given[0], given[1], layer.stride, layer.padding,
                layer.output_padding, layer.groups, layer.dilation,
            )  # fmt: skip
        case PoolSpec():
            return pool_layer(x, layer)
        case Linear():
            row = np.asarray(given[0], dtype=np.float64) @ x
            return row if given[1] is None else row + given[1]
        case Activation():
            return activated(layer.name, x)
        case BatchNorm():
            mean, variance = given[2:] if len(given) == 4 else (0.0, 1.0)
            return _normed(x, _a_channel(mean, x), _a_channel(variance, x), given)
        case InstanceNorm():
            axes = tuple(range(1, x.ndim))
            return _normed(x, x.mean(axes, keepdims=True), x.var(axes, keepdims=True), given)
        case LocalResponseNorm():
            return _response_normed(layer.size, x)
        case Dropout():
            return x
        case Flatten():
            return x.reshape(-1)
        case AdaptiveAvgPool():
            return adaptive_avg_pool(x.ndim - 1, x, layer.output_size)
        case Crop():
            pairs = zip(layer.cells, x.shape[1:], strict=True)
            return x[(slice(None), *(slice(a, n - b) for (a, b), n in pairs))]
        case ZeroPad():
            return np.pad(x, ((0, 0), *layer.cells))
        case Add():
            return sum(inputs[1:], start=x)
        case Concatenate():
            return np.concatenate(inputs)
    raise TypeError(f"{layer!r} is not a layer")


def activated(name: str, x: np.ndarray) -> np.ndarray:
    """An activation of every number; softmax over the channels of each cell.

    >>> activated("leaky relu", np.array([-2.0, 3.0])), activated("relu6", np.array([-1.0, 9.0]))
    (array([-0.02,  3.  ]), array([0., 6.]))
    >>> activated("softmax", np.array([0.0, np.log(3)]))
    array([0.25, 0.75])
    """
    match name:
        case "relu":
            return np.maximum(x, 0)
        case "relu6":
            return np.clip(x, 0, 6)
        case "leaky relu":
            return np.where(x < 0, LEAK * x, x)
        case "sigmoid":
            shrunk = np.exp(-np.abs(x))  # never overflows
            return np.where(x < 0, shrunk, 1) / (1 + shrunk)
        case "tanh":
            return np.tanh(x)
        case "softmax":
            powers = np.exp(x - x.max(axis=0))
            return powers / powers.sum(axis=0)
    raise ShapeError(f"There is no activation {name!r}; use 'relu'.")


def _a_channel(numbers: Any, x: np.ndarray) -> np.ndarray:
    """One number a channel, shaped to go with a map."""
    column = np.asarray(numbers, dtype=np.float64)
    return column.reshape(-1, *(1,) * (x.ndim - 1)) if column.ndim else column


def _normed(x: np.ndarray, mean: Any, variance: Any, given: Sequence[Any]) -> np.ndarray:
    scaled = (x - mean) / np.sqrt(variance + NORM_EPSILON)
    return scaled * _a_channel(given[0], x) + _a_channel(given[1], x) if given else scaled


def _response_normed(size: int, x: np.ndarray) -> np.ndarray:
    """Each number by the mean of the squares in `size` channels around it."""
    ends = (size // 2, (size - 1) // 2)
    squares = np.pad(x**2, (ends, *((0, 0),) * (x.ndim - 1)))
    sums = sum(squares[n : n + len(x)] for n in range(size))
    return x / (LRN_K + LRN_ALPHA / size * sums) ** LRN_BETA

"""The layers of a network that do not slide a window: activations, norms, flatten, linear, joins.

ConvSpec, ConvTransposeSpec and PoolSpec say what the others are. Each is data alone; shapes are in
`layer_shapes`, costs in `network`, receptive fields in `receptive`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from kernels.errors import ShapeError, raise_faults, whole_number_fault
from kernels.layers.cost import linear_parameters
from kernels.layers.geometry import Pair, padding_form
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec

Shape = tuple[int, ...]

ACTIVATIONS = ("relu", "relu6", "leaky relu", "sigmoid", "tanh", "softmax")


@dataclass(frozen=True)
class Activation:
    """A function of each number alone, except softmax, which looks at all channels of a cell.

    >>> Activation("swish")
    Traceback (most recent call last):
    kernels.errors.ShapeError: activation is 'swish' but must be one of relu, relu6, leaky relu, \
sigmoid, tanh, softmax; use 'relu'.
    """

    name: str = "relu"

    def __post_init__(self) -> None:
        if self.name not in ACTIVATIONS:
            raise ShapeError(
                f"activation is {self.name!r} but must be one of {', '.join(ACTIVATIONS)}; use "
                "'relu'."
            )


@dataclass(frozen=True)
class BatchNorm:
    """Batch normalisation: a learned scale and a learned shift for each channel.

    >>> parameter_counts(BatchNorm(64))
    Counts(weights=64, biases=64)

    The running mean and variance are kept, not learned, so they are not parameters.
    """

    channels: int

    def __post_init__(self) -> None:
        _check_counts(channels=self.channels)


@dataclass(frozen=True)
class InstanceNorm:
    """Instance normalisation; as torch.nn.InstanceNorm2d it learns nothing unless `affine`."""

    channels: int
    affine: bool = False

    def __post_init__(self) -> None:
        _check_counts(channels=self.channels)


@dataclass(frozen=True)
class LocalResponseNorm:
    """Divides each number by those at its cell in `size` neighbouring channels; learns nothing."""

    size: int = 5

    def __post_init__(self) -> None:
        _check_counts(size=self.size)


@dataclass(frozen=True)
class Dropout:
    """Drops numbers at random with probability `p` while training; learns nothing."""

    p: float = 0.5


@dataclass(frozen=True)
class Flatten:
    """Writes a map (channels, height, width) as one row of channels * height * width numbers."""


@dataclass(frozen=True)
class Linear:
    """A fully connected layer, as torch.nn.Linear describes it.

    >>> parameter_counts(Linear(400, 120))
    Counts(weights=48000, biases=120)
    """

    in_features: int
    out_features: int
    bias: bool = True

    def __post_init__(self) -> None:
        _check_counts(in_features=self.in_features, out_features=self.out_features)


@dataclass(frozen=True)
class AdaptiveAvgPool:
    """Averages each channel down to `output_size` cells an axis; 1 is global average pooling."""

    output_size: int = 1

    def __post_init__(self) -> None:
        _check_counts(output_size=self.output_size)


@dataclass(frozen=True)
class Crop:
    """Cuts cells off a 2-D map: one number for all sides or (before, after) pairs, rows first.

    >>> Crop(4).cells
    ((4, 4), (4, 4))
    """

    cells: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", _pairs("Crop", self.cells))


@dataclass(frozen=True)
class ZeroPad:
    """Adds cells of zeros around a 2-D map, written as in Crop."""

    cells: Any

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", _pairs("ZeroPad", self.cells))


@dataclass(frozen=True)
class Add:
    """Adds two or more maps of one shape, number by number: the end of a residual block."""


@dataclass(frozen=True)
class Concatenate:
    """Stacks the channels of two or more maps of one size."""


Window = ConvSpec | ConvTransposeSpec | PoolSpec
Pointwise = Activation | BatchNorm | InstanceNorm | LocalResponseNorm | Dropout
Join = Add | Concatenate
Layer = Window | Pointwise | Flatten | Linear | AdaptiveAvgPool | Crop | ZeroPad | Join


class Counts(NamedTuple):
    """Learnable numbers of a layer."""

    weights: int
    biases: int


def parameter_counts(layer: Layer) -> Counts:
    """Count what a layer learns, weights and biases apart.

    >>> parameter_counts(ConvSpec(3, 6, 5)), parameter_counts(PoolSpec(2))
    (Counts(weights=450, biases=6), Counts(weights=0, biases=0))

    A norm's scale counts as a weight and its shift as a bias.
    """
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            biases = layer.out_channels * layer.bias
            return Counts(layer.parameters - biases, biases)
        case Linear():
            weights = linear_parameters(layer.in_features, layer.out_features, bias=False)
            return Counts(weights, layer.out_features * layer.bias)
        case BatchNorm() | InstanceNorm(affine=True):
            return Counts(layer.channels, layer.channels)
        case _:
            return Counts(0, 0)


def layer_macs(layer: Layer, input_shape: Shape) -> int:
    """Count a layer's multiply-adds for one input of this shape.

    >>> layer_macs(ConvSpec(3, 6, 5), (3, 32, 32)), layer_macs(Linear(400, 120), (400,))
    (352800, 48000)

    Convolutions and fully connected layers are counted; pooling, norms, activations and sums are
    not, as in the tables of published networks.
    """
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            return layer.macs(input_shape[1:])
        case Linear():
            return layer.in_features * layer.out_features
        case _:
            return 0


def layer_kind(layer: Layer) -> str:
    """Name what a layer is, in the field's words.

    >>> layer_kind(PoolSpec(2, kind="avg")), layer_kind(Activation("relu6")), layer_kind(Add())
    ('avg pool', 'relu6', 'add')
    """
    match layer:
        case PoolSpec():
            return f"{layer.kind} pool"
        case Activation():
            return layer.name
        case AdaptiveAvgPool(output_size=1):
            return "global avg pool"
        case _:
            return _KINDS.get(type(layer), type(layer).__name__)


_KINDS = {
    ConvSpec: "conv",
    ConvTransposeSpec: "transposed conv",
    BatchNorm: "batch norm",
    InstanceNorm: "instance norm",
    LocalResponseNorm: "local response norm",
    Dropout: "dropout",
    Flatten: "flatten",
    Linear: "linear",
    AdaptiveAvgPool: "adaptive avg pool",
    Crop: "crop",
    ZeroPad: "zero pad",
    Add: "add",
    Concatenate: "concatenate",
}


def numbers_in(shape: Shape) -> int:
    """How many numbers a map or row of this shape holds.

    >>> numbers_in((16, 5, 5))
    400
    """
    return math.prod(shape)


def _check_counts(**counts: int) -> None:
    raise_faults(f for name, v in counts.items() if (f := whole_number_fault(name, v, 1)))


def _pairs(name: str, cells: Any) -> tuple[Pair, ...]:
    form = cells if isinstance(cells, str) else padding_form(cells, 2)
    if isinstance(form, str):
        raise ShapeError(f"{name} takes whole numbers of cells, not {cells!r}; use for example 1.")
    return form

"""What the listings of all libraries share: the layer that they can show, and numbers as code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis, Pair
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec
from kernels.reading.notation import format_numbers
from kernels.scene.scene import Scene


@dataclass(frozen=True)
class Snippet:
    """Code of a layer in one library, or why the library has no such layer."""

    library: str
    code: str | None
    why_not: str = ""


def layer_of(scene: Scene) -> tuple[ConvSpec | PoolSpec, tuple[Axis, ...]]:
    """A convolution or a pooling, and its axes; ShapeError for any other layer."""
    layer = scene.layer
    if isinstance(layer, ConvTransposeSpec):
        raise ShapeError(f"a {layer.kind} layer is not a window that slides; use transposed_code.")
    return layer, layer.axes(scene.input_size)


def weight_of(scene: Scene) -> np.ndarray:
    """The weights of a convolution as written, before any flip."""
    weight = scene.written_weight_array()
    assert weight is not None, "a convolution has weights"
    return weight


def call_of(layer: ConvSpec | PoolSpec) -> str:
    """The line that calls the layer."""
    negated = isinstance(layer, PoolSpec) and POOL_KINDS[layer.kind].code.negated
    return "y = -layer(x)" if negated else "y = layer(x)"


def power_text(layer: PoolSpec) -> str:
    """The power of Lp pooling as code; empty where there is none."""
    return "" if layer.norm_type is None else number_code(layer.norm_type)


def dilates(layer: LayerSpec) -> bool:
    """Whether dilation changes anything: with a single cell along the axis it does not."""
    return any(d > 1 and k > 1 for d, k in zip(layer.dilation, layer.kernel_size, strict=True))


def pairs_with_overhang(axes: Sequence[Axis]) -> tuple[Pair, ...]:
    """The padding at both ends, and the cells beyond over which ceil_mode hangs."""
    return tuple((axis.before, axis.after + axis.overhang) for axis in axes)


def number_code(value: float) -> str:
    """A number as code."""
    return format_numbers([[[value]]])


def array_code(array: np.ndarray) -> str:
    """An array as NumPy code."""
    return f"np.array(\n    {nested(array)}, dtype=float)"


def nested(array: np.ndarray, indent: str = "    ") -> str:
    """Brackets and numbers, one matrix row a line."""
    if array.ndim == 1:
        return "[" + ", ".join(number_code(value) for value in array) + "]"
    rows = f",\n{indent} ".join(nested(part, indent + " ") for part in array)
    return f"[{rows}]"


def tensor_code(array: np.ndarray) -> str:
    """An array as PyTorch code, after `torch.`."""
    return f"tensor(\n    {nested(array)}, dtype=torch.float32)"


def each(numbers: Sequence[int]) -> str:
    """A number an axis as code: the tuple, or the number alone of one axis."""
    return str(numbers[0]) if len(numbers) == 1 else str(tuple(numbers))


def ends_of(pairs: Sequence[Pair]) -> str:
    """The two ends of each axis as code."""
    return str(tuple(pairs[0])) if len(pairs) == 1 else str(tuple(pairs))

"""What a layer will do, worked out once for all calls that look the same.

Describing a layer, checking its settings and choosing the fastest way to compute it takes longer
than convolving a picture of 5 x 5. A plan keeps the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, NamedTuple

import numpy as np

from kernels.engine.fast_conv import Convolution, fast_convolution
from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.padding_modes import padding_mode as padding_mode_of
from kernels.layers.spec import ConvSpec, PoolSpec

REMEMBERED = 256
"""Plans that are kept; the one that was not asked for longest makes room. To describe a layer anew
takes five times as long (47 us) as to convolve 5 x 5 numbers."""


class ConvPlan(NamedTuple):
    """A layer on an input of one size and type.

    `fast` writes the convolution of an input, weight and bias to a result, or is None where the
    plain way is to be taken. `pads` says whether the input must be padded before.
    """

    spec: ConvSpec
    axes: tuple[Axis, ...]
    output_shape: tuple[int, ...]
    pads: bool
    fast: Convolution | None


def remembered(sizes: int) -> Callable[..., Any]:
    """Keep the answers of a function that depends on nothing but its arguments.

    Equal is not the same to it: 1 == 1.0 == True, but only the first is a legal stride. Arguments
    that cannot be looked up, as lists, are described anew each time; errors are raised anew.

    >>> @remembered(sizes=0)
    ... def name(stride):
    ...     return type(stride).__name__
    >>> name(1), name(1.0), name(True), name((1,)), name([1])
    ('int', 'float', 'bool', 'tuple', 'list')

    sizes : how many arguments, the first ones, are an array's and of no other type for that.
    """

    def decorate(describe: Callable[..., Any]) -> Callable[..., Any]:
        @lru_cache(REMEMBERED)
        def kept(types: tuple[Any, ...], *arguments: Any) -> Any:
            return describe(*arguments)

        @wraps(describe)
        def answer(*arguments: Any) -> Any:
            try:
                hash(arguments)
            except TypeError:
                return describe(*arguments)
            return kept(_types(arguments[sizes:]), *arguments)

        return answer

    return decorate


def _types(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([_types(a) if type(a) is tuple else type(a) for a in arguments])


pooling_spec = remembered(sizes=0)(PoolSpec)
"""PoolSpec, by position only, and the same one for the same settings."""


@remembered(sizes=4)
def plan_convolution(
    input_shape: tuple[int, ...],
    weight_shape: tuple[int, ...],
    dtype: np.dtype[Any],
    bias: bool,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
    padding_mode: str,
    padding_value: float,
) -> ConvPlan:
    """Plan the convolution of (N, C, *size) with (K, C / groups, *kernel), or raise ShapeError."""
    spec = spec_of_shapes(
        input_shape,
        weight_shape,
        bias,
        stride,
        padding,
        dilation,
        groups,
        padding_mode,
        padding_value,
    )
    axes = spec.axes(input_shape[2:])
    output_shape = (input_shape[0], weight_shape[0], *(axis.output for axis in axes))
    pads = padding_mode_of(spec.padding_mode).copies or spec.padding_value != 0
    if not _has_fast_way(axes):
        return ConvPlan(spec, axes, output_shape, True, None)
    if pads:
        input_shape = (*input_shape[:2], *(axis.padded for axis in axes))
        inner = [Axis(axis.padded, axis.kernel, axis.stride, 0, 0, axis.dilation) for axis in axes]
    fast = fast_convolution(input_shape, weight_shape, inner if pads else axes, spec.groups, dtype)
    return ConvPlan(spec, axes, output_shape, pads, fast)


def _has_fast_way(axes: Sequence[Axis]) -> bool:
    """Two axes, and no more cells to skip or to pad with than there are to read."""
    return len(axes) == 2 and all(
        axis.stride <= 2 * axis.effective_kernel
        and axis.padded <= 2 * max(axis.input, axis.effective_kernel)
        for axis in axes
    )


def spec_of_shapes(
    input_shape: Sequence[int],
    weight_shape: Sequence[int],
    bias: bool,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
    padding_mode: str,
    padding_value: float,
) -> ConvSpec:
    """Describe the layer that arrays of these shapes and settings make, or raise ShapeError."""
    spec = ConvSpec(
        in_channels=input_shape[1],
        out_channels=weight_shape[0],
        kernel_size=tuple(weight_shape[2:]),
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        bias=bias,
        padding_mode=padding_mode,
        padding_value=padding_value,
    )
    if spec.weight_shape[1] != weight_shape[1]:
        raise ShapeError(
            f"weight has {weight_shape[1]} channels a kernel but the input has {input_shape[1]} "
            f"channels in groups={groups}, so {spec.weight_shape[1]} a group; use a weight of "
            f"shape {spec.weight_shape}."
        )
    return spec

"""One step of a sliding window, spelled out: where it stands, what it multiplies, how it sums."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from kernels.errors import ShapeError, whole_number_fault
from kernels.layers.geometry import Axis
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, LayerSpec, PoolSpec
from kernels.ops.padding import as_float, pad_input
from kernels.ops.pool_windows import window_divisors


@dataclass(frozen=True, eq=False)
class WindowTrace:
    """Everything about one output number.

    Attributes
    ----------
    out_channel, position : which output number: its channel and (row, column).
    origin : first tap of the window in input coordinates; negative in the padding.
    window : (C / groups, kh, kw) values read, padding included; for pooling (1, kh, kw), with the
        kind's `absent` number where there is no cell: minus infinity for the maximum.
    products : window times kernel for a convolution; for pooling the window itself, and for Lp
        its powers.
    channel_sums : sum of the products of each channel.
    partial_sums : running total after each product, channel by channel, without the bias.
    bias : the number added at the end, 0.0 if there is none.
    divisor : what average pooling divides by, else 1.
    winners : for max and min pooling, which cells of the window hold the result; else None.
    result : the output number.
    """

    out_channel: int
    position: tuple[int, ...]
    origin: tuple[int, ...]
    window: np.ndarray
    products: np.ndarray
    channel_sums: np.ndarray
    partial_sums: np.ndarray
    bias: float
    divisor: int
    winners: np.ndarray | None
    result: float


def trace_window(
    layer: LayerSpec,
    input: Any,
    weight: Any = None,
    bias: Any = None,
    position: tuple[int, ...] = (0, 0),
    out_channel: int = 0,
) -> WindowTrace:
    """Spell out how a layer computes one output number.

    >>> step = trace_window(ConvSpec(1, 1, 2), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]],
    ...                     [[[[0, 1], [2, 3]]]], position=(0, 1))
    >>> step.products[0].tolist(), step.result
    ([[0.0, 2.0], [8.0, 15.0]], 25.0)
    >>> trace_window(PoolSpec(2), [[[1, 1], [5, 6]]]).winners[0].tolist()
    [[False, False], [False, True]]

    input: (C, H, W), no batch. weight: (K, C / groups, kh, kw), None for pooling. bias: (K,) or
    None. position: row and column of the output number. Raises ShapeError outside the output.
    """
    x = as_float(input)
    if x.ndim != layer.rank + 1:
        raise ShapeError(
            f"input has shape {x.shape} but a trace takes channels and {layer.rank} "
            f"{'axis' if layer.rank == 1 else 'axes'}; drop the batch or add the channels."
        )
    axes = layer.axes(x.shape[1:])
    _check_place(axes, position, out_channel, _channels_out(layer, len(x)))
    if isinstance(layer, PoolSpec):
        return _trace_pool(layer, x, axes, position, out_channel)
    w = as_float(weight, "weight")
    if w.shape != layer.weight_shape or len(x) != layer.in_channels:
        raise ShapeError(
            f"input has {len(x)} channels and weight the shape {w.shape}, but the layer takes "
            f"{layer.in_channels} channels and a weight of shape {layer.weight_shape}; use those."
        )
    group = out_channel // (layer.out_channels // layer.groups)
    each = layer.in_channels // layer.groups
    padded = pad_input(x, axes, layer.padding_mode, layer.padding_value)
    window = _window(padded, axes, position)[group * each : (group + 1) * each]
    products = window * w[out_channel]
    b = np.zeros(layer.out_channels) if bias is None else as_float(bias, "bias")
    if b.shape != (layer.out_channels,):
        raise ShapeError(
            f"bias has shape {b.shape} but the layer has {layer.out_channels} output channels; "
            f"use shape ({layer.out_channels},)."
        )
    added = float(b[out_channel])
    return WindowTrace(
        out_channel=out_channel,
        position=tuple(position),
        origin=_origin(axes, position),
        window=window,
        products=products,
        channel_sums=products.reshape(each, -1).sum(axis=1),
        partial_sums=np.cumsum(products),
        bias=added,
        divisor=1,
        winners=None,
        result=float(products.sum() + added),
    )


def _trace_pool(
    layer: PoolSpec,
    x: np.ndarray,
    axes: tuple[Axis, ...],
    position: tuple[int, ...],
    channel: int,
) -> WindowTrace:
    kind, divisor, winners = POOL_KINDS[layer.kind], 1, None
    padded = pad_input(x[channel : channel + 1], axes, "constant", kind.absent)
    window, inside = _window(padded, axes, position), _inside(axes, position)
    products = kind.terms(window, layer.norm_type)
    if kind.takes_divisor:
        divisors = window_divisors(axes, layer.count_include_pad, layer.divisor_override)
        divisor = int(divisors[position])
    result = kind.result(window[0][inside], divisor, layer.norm_type)
    if kind.marks_cells:
        winners = ((window == result) | np.isnan(window)) & inside
    return WindowTrace(
        out_channel=channel,
        position=tuple(position),
        origin=_origin(axes, position),
        window=window,
        products=products,
        channel_sums=products.reshape(1, -1).sum(axis=1),
        partial_sums=np.cumsum(products),
        bias=0.0,
        divisor=divisor,
        winners=winners,
        result=result,
    )


def step_place(step: int, sizes: tuple[int, ...], channels: int) -> tuple[int, tuple[int, ...]]:
    """Turn a step number into (output channel, position); steps run channel by channel, row by row.

    >>> step_place(5, (2, 2), channels=3)
    (1, (0, 1))
    """
    total = channels * math.prod(sizes)
    if whole_number_fault("step", step) or step >= total:
        raise ShapeError(f"step is {step} but there are {total}; use 0 to {total - 1}.")
    channel, *position = (int(n) for n in np.unravel_index(step, (channels, *sizes)))
    return channel, tuple(position)


def _channels_out(layer: LayerSpec, channels_in: int) -> int:
    return layer.out_channels if isinstance(layer, ConvSpec) else channels_in


def _check_place(
    axes: tuple[Axis, ...], position: tuple[int, ...], channel: int, channels: int
) -> None:
    sizes = tuple(axis.output for axis in axes)
    inside = (
        isinstance(position, (tuple, list))
        and len(position) == len(sizes)
        and not any(whole_number_fault("position", p) for p in (*position, channel))
        and all(p < n for p, n in zip(position, sizes, strict=True))
        and channel < channels
    )
    if not inside:
        last = tuple(n - 1 for n in sizes)
        raise ShapeError(
            f"position {position} in channel {channel} is outside the output of {channels} "
            f"channels of size {sizes}; use at most {last} in channel {channels - 1}."
        )


def _window(padded: np.ndarray, axes: tuple[Axis, ...], position: tuple[int, ...]) -> np.ndarray:
    taps = [axis.taps(p) for axis, p in zip(axes, position, strict=True)]
    return padded[np.ix_(range(len(padded)), *taps)]


def _inside(axes: tuple[Axis, ...], position: tuple[int, ...]) -> np.ndarray:
    """Which cells of a window stand on the input, not in the padding or beyond it."""
    inside = np.ones((), dtype=bool)
    for axis, p in zip(axes, position, strict=True):
        real = [axis.before <= tap < axis.before + axis.input for tap in axis.taps(p)]
        inside = np.logical_and.outer(inside, real)
    return inside


def _origin(axes: tuple[Axis, ...], position: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(axis.origins[p] for axis, p in zip(axes, position, strict=True))

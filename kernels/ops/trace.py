"""One step of a sliding window, spelled out: where it stands, what it multiplies, how it sums."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kernels.errors import ShapeError, whole_number_fault
from kernels.layers.links import Links, links_of
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec
from kernels.ops.padding import as_float, pad_input
from kernels.ops.pool_windows import window_divisors


@dataclass(frozen=True, eq=False)
class WindowTrace:
    """Everything about one output number.

    Attributes
    ----------
    out_channel, position : which output number: its channel and its place, (row, column).
    origin : first cell read, in input coordinates; negative in the padding. Where a transposed
        convolution's output reads no cell at all, the one whose copy begins before it.
    window : (C / groups, *kernel) values read, padding included; for pooling (1, *kernel), with the
        kind's `absent` number where there is no cell: minus infinity for the maximum; for a
        transposed convolution 0 for the taps that do not reach this output.
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
    position: Sequence[int] = (0, 0),
    out_channel: int = 0,
) -> WindowTrace:
    """Spell out how a layer of 1 to 3 axes computes one output number.

    >>> step = trace_window(ConvSpec(1, 1, 2), [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]],
    ...                     [[[[0, 1], [2, 3]]]], position=(0, 1))
    >>> step.products[0].tolist(), step.result
    ([[0.0, 2.0], [8.0, 15.0]], 25.0)
    >>> trace_window(PoolSpec(2), [[[1, 1], [5, 6]]]).winners[0].tolist()
    [[False, False], [False, True]]
    >>> up = ConvTransposeSpec(1, 1, (3,), stride=2)
    >>> trace_window(up, [[1, 10]], [[[1, 2, 3]]], position=(2,)).products.tolist()
    [[10.0, 0.0, 3.0]]

    input: (C, *size), no batch. weight: of the layer's weight_shape, None for pooling. bias: (K,)
    or None. position: the place of the output number, one whole number an axis. Raises ShapeError
    outside the output.
    """
    x = as_float(input)
    if x.ndim != layer.rank + 1:
        raise ShapeError(
            f"input has shape {x.shape} but a trace takes channels and {layer.rank} "
            f"{'axis' if layer.rank == 1 else 'axes'}; drop the batch or add the channels."
        )
    axes = layer.axes(x.shape[1:])
    channels = len(x) if isinstance(layer, PoolSpec) else layer.out_channels
    _check_place(tuple(axis.output for axis in axes), position, out_channel, channels)
    mode = layer.padding_mode if isinstance(layer, ConvSpec) else "zeros"
    reads = _Reads.at([links_of(axis, mode) for axis in axes], layer.kernel_size, tuple(position))
    if isinstance(layer, PoolSpec):
        return _trace_pool(layer, x, reads, out_channel)
    w = as_float(weight, "weight")
    if w.shape != layer.weight_shape or len(x) != layer.in_channels:
        raise ShapeError(
            f"input has {len(x)} channels and weight the shape {w.shape}, but the layer takes "
            f"{layer.in_channels} channels and a weight of shape {layer.weight_shape}; use those."
        )
    b = np.zeros(layer.out_channels) if bias is None else as_float(bias, "bias")
    if b.shape != (layer.out_channels,):
        raise ShapeError(
            f"bias has shape {b.shape} but the layer has {layer.out_channels} output channels; "
            f"use shape ({layer.out_channels},)."
        )
    group = layer.channels_read(out_channel)
    match layer:
        case ConvSpec():
            padded = pad_input(x, layer.axes(x.shape[1:]), mode, layer.padding_value)
            window, kernel = reads.window(padded[group], 0.0), w[out_channel]
        case ConvTransposeSpec():
            window, kernel = reads.window(x[group], 0.0), w[group, out_channel % w.shape[1]]
    return reads.trace(out_channel, window, window * kernel, bias=float(b[out_channel]))


@dataclass(frozen=True)
class _Reads:
    """What one output number reads: for each axis its (tap, padded cell) pairs."""

    position: tuple[int, ...]
    origin: tuple[int, ...]
    kernel: tuple[int, ...]
    taps: tuple[list[int], ...]
    cells: tuple[list[int], ...]
    inside: np.ndarray

    @classmethod
    def at(
        cls, links: Sequence[Links], kernel: tuple[int, ...], position: tuple[int, ...]
    ) -> _Reads:
        inside = np.ones((), dtype=bool)
        taps, cells, origin = [], [], []
        for line, size, p in zip(links, kernel, position, strict=True):
            read = line.reads[p]
            taps.append([tap for tap, _ in read])
            cells.append([cell for _, cell in read])
            on_input = np.zeros(size, dtype=bool)
            for tap, cell in read:
                on_input[tap] = line.before <= cell < line.before + line.input
            inside = np.logical_and.outer(inside, on_input)
            origin.append(min((cell for _, cell in read), default=_passed(line, p)) - line.before)
        return cls(position, tuple(origin), kernel, tuple(taps), tuple(cells), inside)

    def window(self, padded: np.ndarray, absent: float) -> np.ndarray:
        """(C, *kernel) values of the padded channels, `absent` where a tap reads nothing."""
        window = np.full((len(padded), *self.kernel), absent, dtype=padded.dtype)
        channels = range(len(padded))
        window[np.ix_(channels, *self.taps)] = padded[np.ix_(channels, *self.cells)]
        return window

    def trace(
        self,
        channel: int,
        window: np.ndarray,
        products: np.ndarray,
        *,
        bias: float = 0.0,
        divisor: int = 1,
        winners: np.ndarray | None = None,
        result: float | None = None,
    ) -> WindowTrace:
        return WindowTrace(
            out_channel=channel,
            position=self.position,
            origin=self.origin,
            window=window,
            products=products,
            channel_sums=products.reshape(len(products), -1).sum(axis=1),
            partial_sums=np.cumsum(products),
            bias=bias,
            divisor=divisor,
            winners=winners,
            result=float(products.sum() + bias) if result is None else result,
        )


def _passed(line: Links, position: int) -> int:
    """The last cell read by an output before this one, which reads none."""
    before = (read for read in reversed(line.reads[:position]) if read)
    return max((cell for _, cell in next(before, ())), default=0)


def _trace_pool(layer: PoolSpec, x: np.ndarray, reads: _Reads, channel: int) -> WindowTrace:
    kind, divisor = POOL_KINDS[layer.kind], 1
    axes = layer.axes(x.shape[1:])
    padded = pad_input(x[channel : channel + 1], axes, "constant", kind.absent)
    window = reads.window(padded, kind.absent)
    if kind.takes_divisor:
        divisors = window_divisors(axes, layer.count_include_pad, layer.divisor_override)
        divisor = int(divisors[reads.position])
    result = kind.result(window[0][reads.inside], divisor, layer.norm_type)
    winners = ((window == result) | np.isnan(window)) & reads.inside if kind.marks_cells else None
    products = kind.terms(window, layer.norm_type)
    return reads.trace(channel, window, products, divisor=divisor, winners=winners, result=result)


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


def _check_place(
    sizes: tuple[int, ...], position: Sequence[int], channel: int, channels: int
) -> None:
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

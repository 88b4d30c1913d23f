"""What a layer is: frozen, validated, with torch.nn's argument names.

A spec holds no arrays and no input size. Sizes, formulas, traces, costs and code are functions of
a spec and an input size, so no two of them can describe different layers.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kernels.errors import (
    LARGEST_COUNT,
    ShapeError,
    count_text,
    nearest_divisor_fault,
    raise_faults,
    whole_number_fault,
)
from kernels.layers.geometry import (
    Axis,
    Pair,
    fitting_remedy,
    largest_kernel,
    make_axes,
    padding_form,
    padding_mode_faults,
    per_axis,
)
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS, PoolKind, pool_kind
from kernels.layers.transposed import (
    TransposedAxis,
    make_transposed_axes,
    output_padding_faults,
    transposed_padding,
)


def window_tuple(kernel_size: Any) -> tuple[int, ...]:
    """A kernel as one whole number an axis; a lone int is a square 2-D kernel, as in Conv2d."""
    sizes = tuple(kernel_size) if isinstance(kernel_size, (tuple, list)) else (kernel_size,) * 2
    if not 1 <= len(sizes) <= 3:
        raise ShapeError(
            f"kernel_size {kernel_size!r} has {len(sizes)} axes but a layer has 1, 2 or 3; use "
            "for example (3, 3)."
        )
    return per_axis("kernel_size", sizes, len(sizes), least=1)


def _norm_fault(kind: PoolKind, norm_type: Any) -> str | None:
    """Say what is wrong with the power of an Lp pooling; other kinds have none."""
    if not kind.takes_norm:
        if norm_type is None:
            return None
        powered = " or ".join(repr(row.name) for row in POOL_KINDS.values() if row.takes_norm)
        return (
            f"norm_type is {norm_type!r} but only kind {powered} has one, not {kind.name!r}; "
            "use None."
        )
    real = isinstance(norm_type, numbers.Real) and not isinstance(norm_type, bool)
    if real and 0 < norm_type <= LARGEST_COUNT:
        return None
    said = count_text(norm_type) if isinstance(norm_type, int) else repr(norm_type)
    return f"norm_type is {said} but must be a number above 0, at most {LARGEST_COUNT}; use 2."


def _faults_of(check: Callable[..., Any], *arguments: Any) -> tuple[str, ...]:
    """The faults that a check raises; none if it raises nothing."""
    try:
        check(*arguments)
    except ShapeError as error:
        return error.faults
    return ()


class _Layer:
    """What convolution and pooling specs share: the axes of a given input."""

    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: str | tuple[Pair, ...]
    dilation: tuple[int, ...]

    def _settle(self, **fields: Any) -> None:
        """Store normalised fields on a frozen dataclass."""
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    def _settle_windows(self, stride: Any) -> None:
        """Normalise the window settings, reporting every fault at once."""
        kernel_size = window_tuple(self.kernel_size)
        rank = len(kernel_size)
        settled: dict[str, Any] = {"kernel_size": kernel_size}
        faults: list[str] = []
        for name, make in {
            "stride": lambda: per_axis("stride", stride, rank, least=1),
            "padding": lambda: padding_form(self.padding, rank),
            "dilation": lambda: per_axis("dilation", self.dilation, rank, least=1),
        }.items():
            try:
                settled[name] = make()
            except ShapeError as error:
                faults.extend(error.faults)
        raise_faults(faults)
        self._settle(**settled)
        if self.padding == "same" and any(s != 1 for s in self.stride):
            # Raised here, not only when an input arrives: no input makes it legal.
            make_axes((1,) * rank, kernel_size, self.stride, "same", self.dilation)

    @property
    def rank(self) -> int:
        """Number of axes that the window slides along: 1, 2 or 3."""
        return len(self.kernel_size)

    def _axes(self, input_size: int | Sequence[int], ceil_mode: bool) -> tuple[Axis, ...]:
        size = per_axis("input_size", input_size, self.rank, least=1)
        return make_axes(
            size,
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            ceil_mode,
            self._remedy,
        )

    def _remedy(self, axis: Axis) -> str:
        """What this layer could change for its window to fit."""
        raise NotImplementedError

    def axes(
        self, input_size: int | Sequence[int]
    ) -> tuple[Axis, ...] | tuple[TransposedAxis, ...]:
        """One Axis for each axis of an input of this size; raises ShapeError if none fits."""
        raise NotImplementedError

    def channels_read(self, out_channel: int) -> range:
        """Input channels that an output channel is made of: those of its group."""
        raise NotImplementedError

    def output_size(self, input_size: int | Sequence[int]) -> tuple[int, ...]:
        """Size of the output maps for an input of this size."""
        return tuple(axis.output for axis in self.axes(input_size))


@dataclass(frozen=True)
class ConvSpec(_Layer):
    """A convolution layer, as torch.nn.Conv1d, Conv2d or Conv3d describe it.

    >>> layer = ConvSpec(in_channels=3, out_channels=6, kernel_size=5)
    >>> layer.weight_shape, layer.output_size((32, 32)), layer.parameters
    ((6, 3, 5, 5), (28, 28), 456)
    >>> ConvSpec(4, 4, (3, 3), groups=3)
    Traceback (most recent call last):
    kernels.errors.ShapeError: groups=3 must divide in_channels=4 and out_channels=4; use 2 \
(possible: 1, 2, 4).

    Parameters are those of torch.nn.Conv2d. A lone int for kernel_size is a square 2-D kernel; a
    tuple gives the number of axes. padding: per side, a word ('valid', 'same', 'full',
    'same_upper', 'same_lower') or (before, after) pairs. padding_mode also takes 'constant' with
    padding_value. Raises ShapeError with every fault.
    """

    in_channels: int
    out_channels: int
    kernel_size: Any
    stride: Any = 1
    padding: Any = 0
    dilation: Any = 1
    groups: int = 1
    bias: bool = True
    padding_mode: str = "zeros"
    padding_value: float = 0.0

    kind: ClassVar[str] = "conv"
    ceil_mode: ClassVar[bool] = False

    def __post_init__(self) -> None:
        counts = {name: getattr(self, name) for name in ("in_channels", "out_channels", "groups")}
        faults = [f for name, v in counts.items() if (f := whole_number_fault(name, v, 1))]
        if not faults:
            fault = nearest_divisor_fault(self.groups, self.in_channels, self.out_channels)
            faults.extend([fault] if fault else [])
        faults.extend(padding_mode_faults((), self.padding_mode, self.padding_value))
        try:
            self._settle_windows(self.stride)
        except ShapeError as error:
            faults.extend(error.faults)
        raise_faults(faults)
        self._settle(**{name: int(v) for name, v in counts.items()}, bias=bool(self.bias))
        self._settle(padding_value=float(self.padding_value))

    @property
    def weight_shape(self) -> tuple[int, ...]:
        """(out_channels, in_channels / groups, *kernel_size)."""
        return (self.out_channels, self.in_channels // self.groups, *self.kernel_size)

    @property
    def parameters(self) -> int:
        """Learnable numbers: weights, and one bias for each output channel if there is a bias."""
        weights = 1
        for n in self.weight_shape:
            weights *= n
        return weights + self.out_channels * self.bias

    def macs(self, input_size: int | Sequence[int]) -> int:
        """Multiply-adds for one input of this size; the bias is not counted."""
        total = self.parameters - self.out_channels * self.bias
        for n in self.output_size(input_size):
            total *= n
        return total

    def _remedy(self, axis: Axis) -> str:
        return fitting_remedy(axis, PADDING_MODES[self.padding_mode].most(axis.input))

    def channels_read(self, out_channel: int) -> range:
        return _in_group(self, out_channel)

    def axes(self, input_size: int | Sequence[int]) -> tuple[Axis, ...]:
        axes = self._axes(input_size, ceil_mode=False)
        raise_faults(padding_mode_faults(axes, self.padding_mode, self.padding_value))
        return axes


@dataclass(frozen=True)
class ConvTransposeSpec(_Layer):
    """A transposed convolution, as torch.nn.ConvTranspose1d, 2d or 3d describe it.

    >>> layer = ConvTransposeSpec(1024, 512, kernel_size=2, stride=2)
    >>> layer.weight_shape, layer.output_size((28, 28)), layer.parameters
    ((1024, 512, 2, 2), (56, 56), 2097664)
    >>> layer.macs((28, 28)) == 1024 * 512 * 2 * 2 * 28 * 28
    True
    >>> ConvTransposeSpec(8, 8, 3, stride=2, output_padding=2)
    Traceback (most recent call last):
    kernels.errors.ShapeError: output_padding is 2 but must be less than the larger of stride 2 \
and dilation 1; use 1.

    Parameters are those of torch.nn.ConvTranspose2d; a lone int for kernel_size is a square 2-D
    kernel. padding crops the output: per side, or (before, after) pairs. Raises ShapeError with
    every fault.
    """

    in_channels: int
    out_channels: int
    kernel_size: Any
    stride: Any = 1
    padding: Any = 0
    output_padding: Any = 0
    groups: int = 1
    bias: bool = True
    dilation: Any = 1

    kind: ClassVar[str] = "conv_transpose"
    ceil_mode: ClassVar[bool] = False

    def __post_init__(self) -> None:
        counts = {name: getattr(self, name) for name in ("in_channels", "out_channels", "groups")}
        faults = [f for name, v in counts.items() if (f := whole_number_fault(name, v, 1))]
        if not faults:
            fault = nearest_divisor_fault(self.groups, self.in_channels, self.out_channels)
            faults.extend([fault] if fault else [])
        try:
            rank = len(window_tuple(self.kernel_size))
            faults.extend(_faults_of(transposed_padding, self.padding, rank))
            faults.extend(_faults_of(per_axis, "output_padding", self.output_padding, rank))
            if not isinstance(self.padding, str):
                self._settle_windows(self.stride)
        except ShapeError as error:
            faults.extend(error.faults)
        raise_faults(faults)
        extra = per_axis("output_padding", self.output_padding, rank)
        raise_faults(output_padding_faults(extra, self.stride, self.dilation))
        self._settle(**{name: int(v) for name, v in counts.items()}, bias=bool(self.bias))
        self._settle(output_padding=extra)

    @property
    def weight_shape(self) -> tuple[int, ...]:
        """(in_channels, out_channels / groups, *kernel_size): the other way round than ConvSpec."""
        return (self.in_channels, self.out_channels // self.groups, *self.kernel_size)

    @property
    def parameters(self) -> int:
        """Learnable numbers: weights, and one bias for each output channel if there is a bias."""
        return math.prod(self.weight_shape) + self.out_channels * self.bias

    def macs(self, input_size: int | Sequence[int]) -> int:
        """Multiply-adds for one input of this size; the bias is not counted.

        Each input cell is multiplied by every weight of its kernel once, so the *input* size
        counts. Products that padding crops away are included, as they are when a convolution
        multiplies its padding.
        """
        size = per_axis("input_size", input_size, self.rank, least=1)
        return math.prod(self.weight_shape) * math.prod(size)

    def channels_read(self, out_channel: int) -> range:
        return _in_group(self, out_channel)

    def axes(self, input_size: int | Sequence[int]) -> tuple[TransposedAxis, ...]:
        return make_transposed_axes(
            per_axis("input_size", input_size, self.rank, least=1),
            self.kernel_size,
            self.stride,
            self.padding,
            self.output_padding,
            self.dilation,
        )


def _in_group(layer: ConvSpec | ConvTransposeSpec, out_channel: int) -> range:
    read, made = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    first = out_channel // made * read
    return range(first, first + read)


@dataclass(frozen=True)
class PoolSpec(_Layer):
    """A pooling layer, as torch.nn.MaxPool2d and AvgPool2d describe it.

    >>> PoolSpec(2).output_size((6, 6)), PoolSpec(3, stride=2, ceil_mode=True).output_size((6, 6))
    ((3, 3), (3, 3))
    >>> PoolSpec(2, padding=2)
    Traceback (most recent call last):
    kernels.errors.ShapeError: Pooling padding is 2 but may be at most half the kernel, 2 // 2 = 1 \
per side; use 1.

    stride defaults to kernel_size. Padding counts at most kernel_size // 2 per side, dilation not
    counted, as in torch. kind: a name in POOL_KINDS; 'lp' takes norm_type.
    Pooling works on each channel alone and has no parameters. Raises ShapeError with every fault.
    """

    kernel_size: Any
    stride: Any = None
    padding: Any = 0
    dilation: Any = 1
    ceil_mode: bool = False
    count_include_pad: bool = True
    divisor_override: int | None = None
    kind: str = "max"
    norm_type: float | None = None

    parameters: ClassVar[int] = 0

    def __post_init__(self) -> None:
        faults = list(_faults_of(pool_kind, self.kind))
        if not faults and (fault := _norm_fault(POOL_KINDS[self.kind], self.norm_type)):
            faults.append(fault)
        if self.divisor_override is not None:
            fault = whole_number_fault("divisor_override", self.divisor_override, 1)
            faults.extend([fault] if fault else [])
        try:
            stride = self.kernel_size if self.stride is None else self.stride
            self._settle_windows(stride)
        except ShapeError as error:
            faults.extend(error.faults)
        else:
            faults.extend(self._padding_faults())
        raise_faults(faults)
        self._settle(ceil_mode=bool(self.ceil_mode), count_include_pad=bool(self.count_include_pad))
        self._settle(norm_type=None if self.norm_type is None else float(self.norm_type))

    def _padding_faults(self, axes: Sequence[Axis] | None = None) -> list[str]:
        if axes is not None:
            pairs = [(axis.before, axis.after) for axis in axes]
        elif isinstance(self.padding, str):
            return []
        else:
            pairs = list(self.padding)
        return [
            f"Pooling padding is {max(pair)} but may be at most half the kernel, {k} // 2 = "
            f"{k // 2} per side; use {k // 2}."
            for pair, k in zip(pairs, self.kernel_size, strict=True)
            if max(pair) > k // 2
        ]

    def _remedy(self, axis: Axis) -> str:
        fits, padding = axis.largest_kernel, max(axis.before, axis.after)
        if padding == 0:
            return fitting_remedy(axis, axis.kernel // 2)
        if padding <= fits // 2:
            return f"use kernel_size {fits}"
        unpadded = largest_kernel(axis.input, dilation=axis.dilation)
        return f"use kernel_size {unpadded} or less without padding"

    def channels_read(self, out_channel: int) -> range:
        return range(out_channel, out_channel + 1)

    def axes(self, input_size: int | Sequence[int]) -> tuple[Axis, ...]:
        axes = self._axes(input_size, self.ceil_mode)
        raise_faults(self._padding_faults(axes))
        return axes


LayerSpec = ConvSpec | ConvTransposeSpec | PoolSpec

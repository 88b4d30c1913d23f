"""Where the kernels of a transposed convolution land: its output size, taps and sources.

A convolution gathers: each output cell reads a window. Its transpose scatters: each input cell adds
one copy of the kernel to the output, `stride` cells after its neighbour's copy; `padding` then
crops the output's ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernels.errors import ShapeError, raise_faults
from kernels.layers.geometry import AXIS_NAMES, Pair, kernel_reach, padding_form, per_axis


@dataclass(frozen=True)
class TransposedAxis:
    """One axis of a transposed convolution.

    >>> axis = TransposedAxis(input=3, kernel=3, stride=2, before=1, after=1)
    >>> axis.output, axis.taps(0), axis.sources(1)
    (5, (-1, 0, 1), (0, 1))

    Parameters: `input`, `kernel` cells; `before`, `after` cells cropped from the ends of the
    output; `output_padding` cells that its end keeps or gains.
    """

    input: int
    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    output_padding: int = 0

    @property
    def effective_kernel(self) -> int:
        """Cells from a kernel's first tap to its last: dilation * (kernel - 1) + 1."""
        return kernel_reach(self.kernel, self.dilation)

    @property
    def uncropped(self) -> int:
        """Cells from the first kernel's first tap to the last kernel's last tap."""
        return (self.input - 1) * self.stride + self.effective_kernel

    @property
    def output(self) -> int:
        """Output cells along the axis."""
        return self.uncropped + self.output_padding - self.before - self.after

    def taps(self, position: int) -> tuple[int, ...]:
        """Output cells that input cell `position` adds to; those outside the output are cropped."""
        start = position * self.stride - self.before
        return tuple(start + n * self.dilation for n in range(self.kernel))

    def sources(self, position: int) -> tuple[int, ...]:
        """Input cells that output cell `position` sums."""
        offsets = (position + self.before - n * self.dilation for n in range(self.kernel))
        cells = {offset // self.stride for offset in offsets if offset % self.stride == 0}
        return tuple(sorted(cell for cell in cells if 0 <= cell < self.input))


def output_padding_faults(
    output_padding: Sequence[int], stride: Sequence[int], dilation: Sequence[int]
) -> list[str]:
    """List why the extra cells at the output's end are too many.

    >>> output_padding_faults((2,), (2,), (1,))
    ['output_padding is 2 but must be less than the larger of stride 2 and dilation 1; use 1.']
    """
    return [
        f"output_padding is {extra} but must be less than the larger of stride {s} and dilation "
        f"{d}; use {max(s, d) - 1}."
        for extra, s, d in zip(output_padding, stride, dilation, strict=True)
        if extra >= max(s, d)
    ]


def transposed_padding(padding: Any, rank: int) -> tuple[Pair, ...]:
    """One (before, after) pair an axis; the padding words speak of windows and are refused."""
    form = padding if isinstance(padding, str) else padding_form(padding, rank)
    if isinstance(form, str):
        raise ShapeError(
            f"padding is {padding!r} but a transposed convolution takes a whole number or "
            "(before, after) pairs; use 0 for none."
        )
    return form


def make_transposed_axes(
    input_size: Sequence[int],
    kernel_size: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[Pair],
    output_padding: Sequence[int],
    dilation: Sequence[int],
) -> tuple[TransposedAxis, ...]:
    """Build one checked TransposedAxis for each axis of a layer with settings per axis."""
    names = AXIS_NAMES.get(len(kernel_size), ("size",) * len(kernel_size))
    faults = output_padding_faults(output_padding, stride, dilation)
    axes = tuple(
        TransposedAxis(n, k, s, before, after, d, extra)
        for n, k, s, (before, after), d, extra in zip(
            input_size, kernel_size, stride, padding, dilation, output_padding, strict=True
        )
    )
    faults += [
        f"Nothing is left of the output along the {name}: the kernels cover {axis.uncropped} "
        f"cells, output_padding adds {axis.output_padding} and padding crops "
        f"{axis.before} + {axis.after}; use padding of {axis.uncropped + axis.output_padding - 1} "
        "or less over both ends."
        for name, axis in zip(names, axes, strict=True)
        if axis.output < 1
    ]
    raise_faults(faults)
    return axes


def conv_transpose_output_size(
    input_size: int | Sequence[int],
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: Any = 0,
    output_padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> int | tuple[int, ...]:
    """Say how many outputs a transposed convolution has along each axis.

    >>> conv_transpose_output_size(2, 3), conv_transpose_output_size(2, 3, stride=2)
    (4, 5)
    >>> conv_transpose_output_size((3, 3), (3, 3), stride=2, padding=1, output_padding=1)
    (6, 6)

    An int is one axis and gives an int back; a tuple is that many axes and gives a tuple. Each
    axis has (input - 1) * stride - before - after + dilation * (kernel - 1) + output_padding + 1
    cells. Padding crops: per side, or (before, after) pairs. Raises ShapeError where nothing is
    left, or where output_padding reaches the larger of stride and dilation. Source:
    torch.nn.ConvTranspose2d; Dumoulin and Visin 2016, relationships 8 to 14.
    """
    sized = [v for v in (input_size, kernel_size) if isinstance(v, (tuple, list))]
    others = (stride, padding, output_padding, dilation)
    ranks = {len(v) for v in sized} or {1}
    extra = {len(v) for v in others if isinstance(v, (tuple, list))}
    if len(ranks) > 1 or ranks == {0} or not extra <= ranks | {1}:
        raise ShapeError(
            f"input_size {input_size!r}, kernel_size {kernel_size!r}, stride {stride!r}, padding "
            f"{padding!r}, output_padding {output_padding!r} and dilation {dilation!r} speak of "
            "different numbers of axes; give each one number or the same number of them."
        )
    rank = max(ranks)
    axes = make_transposed_axes(
        per_axis("input_size", input_size, rank, least=1),
        per_axis("kernel_size", kernel_size, rank, least=1),
        per_axis("stride", stride, rank, least=1),
        transposed_padding(padding, rank),
        per_axis("output_padding", output_padding, rank),
        per_axis("dilation", dilation, rank, least=1),
    )
    sizes = tuple(axis.output for axis in axes)
    return sizes if sized else sizes[0]

"""How far a scene's settings go: what fits, and what the stage can draw legibly."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from kernels.layers.geometry import Pair, kernel_reach
from kernels.layers.transposed import TransposedAxis

MAX_INPUT, MAX_KERNEL, MAX_CHANNELS = 16, 7, 4
MAX_STRIDE, MAX_PADDING, MAX_DILATION, MAX_REACH = 8, 6, 6, 13
MAX_PADDED = 32
"""What the stage can draw legibly. MAX_REACH bounds the effective kernel, MAX_PADDED the input of a
transposed convolution with zeros put in."""

LEAST_POWER, MOST_POWER = 0.5, 10.0
"""Powers of Lp pooling: below and above them its numbers say nothing new."""


def legal_groups(in_channels: int, out_channels: int) -> tuple[int, ...]:
    """Group counts that divide both channel counts.

    >>> legal_groups(4, 2)
    (1, 2)
    """
    common = math.gcd(in_channels, out_channels)
    return tuple(g for g in range(1, common + 1) if common % g == 0)


def dilation_limit(size: int, kernel: int, padding: str | Pair) -> int:
    """Largest dilation that fits the axis and that the stage can draw.

    >>> dilation_limit(5, 3, (0, 0)), dilation_limit(5, 3, "same"), dilation_limit(5, 3, "full")
    (2, 6, 3)
    """
    if kernel == 1:
        return MAX_DILATION
    return max(min(MAX_DILATION, _reach_limit(size, padding) // (kernel - 1)), 1)


def kernel_limit(size: int, dilation: int, padding: str | Pair) -> int:
    """Largest kernel that fits the axis at a dilation and that the stage can draw.

    >>> kernel_limit(5, 1, (0, 0)), kernel_limit(5, 2, (1, 1)), kernel_limit(5, 3, "full")
    (5, 4, 3)
    """
    return min(MAX_KERNEL, _reach_limit(size, padding) // dilation + 1)


def _reach_limit(size: int, padding: str | Pair) -> int:
    """Most cells between a window's first tap and its last."""
    if isinstance(padding, str):
        return MAX_PADDING if padding == "full" else MAX_REACH - 1
    return min(MAX_REACH, size + sum(padding)) - 1


def most_input(kernel: int, stride: int, dilation: int, extra: int) -> int:
    """Largest input of a transposed convolution that can be drawn with its zeros put in.

    >>> most_input(3, 2, 1, 0), most_input(3, 1, 1, 0), most_input(7, 8, 2, 7)
    (14, 16, 1)

    extra : cells of output padding
    """
    room = MAX_PADDED - extra - 2 * (kernel_reach(kernel, dilation) - 1) - 1
    return max(min(MAX_INPUT, room // stride + 1), 1)


def most_cropped(size: int, kernel: int, stride: int, dilation: int, extra: int) -> int:
    """Cells that padding can crop from both ends of a transposed output before nothing is left.

    >>> most_cropped(2, 3, 2, 1, 0)
    4
    """
    return (size - 1) * stride + kernel_reach(kernel, dilation) + extra - 1


def transposed_range(axis: TransposedAxis, names: Iterable[str], upto: int) -> tuple[int, int]:
    """Least and most that fields of a transposed axis can be, all alike, with the others as is.

    >>> axis = TransposedAxis(input=3, kernel=3, stride=2, before=1, after=1, output_padding=1)
    >>> transposed_range(axis, ["stride"], 8), transposed_range(axis, ["before", "after"], 6)
    ((2, 8), (0, 3))

    upto : the most that is tried
    """
    fields = tuple(names)
    tried = (replace(axis, **dict.fromkeys(fields, n)) for n in range(upto + 1))
    fitting = [n for n, one in enumerate(tried) if _can_be_drawn(one)]
    now = getattr(axis, fields[0])
    return min(fitting, default=now), max(fitting, default=now)


def _can_be_drawn(axis: TransposedAxis) -> bool:
    spread = axis.kernel, axis.stride, axis.dilation, axis.output_padding
    return (
        min(axis.input, axis.kernel, axis.stride, axis.dilation, axis.output) >= 1
        and axis.effective_kernel <= MAX_REACH
        and axis.output_padding < max(axis.stride, axis.dilation)
        and axis.input <= most_input(*spread)
    )

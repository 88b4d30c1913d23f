"""How far a scene's settings go: what fits, and what the stage can draw legibly."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kernels.layers.geometry import Pair, kernel_reach
from kernels.layers.transposed import TransposedAxis

MAX_INPUT, MAX_KERNEL, MAX_CHANNELS = 16, 7, 4
MAX_STRIDE, MAX_PADDING, MAX_DILATION, MAX_REACH = 8, 6, 6, 13
MAX_PADDED = 32
"""What the stage can draw legibly. MAX_REACH bounds the effective kernel, MAX_PADDED the input of a
transposed convolution with zeros put in."""

MAX_PLANES = 8
"""Frames of a volume, channel by channel, that can be drawn side by side: of its input with what
pads it, and of its output."""


@dataclass(frozen=True)
class Room:
    """The most that each number of one axis can be where every cell is drawn.

    reach : of the effective kernel; padded : of the input with its padding
    """

    input: int = MAX_INPUT
    kernel: int = MAX_KERNEL
    stride: int = MAX_STRIDE
    padding: int = MAX_PADDING
    dilation: int = MAX_DILATION
    reach: int = MAX_REACH
    padded: int = MAX_PADDED


_OF_A_VOLUME = Room(input=6, kernel=3, stride=3, padding=2, dilation=2, reach=5, padded=10)
FLAT = Room()
"""The room of an axis of a layer that has one or two."""


def rooms_of(rank: int, channels: int = 1) -> tuple[Room, ...]:
    """The room of each axis of a layer; in a volume the planes of all channels share theirs.

    >>> [room.input for room in rooms_of(2)], [room.input for room in rooms_of(3)]
    ([16, 16], [6, 6, 6])
    >>> rooms_of(3, channels=2)[0].padded
    4

    channels : of the input or of the output, whichever has more
    """
    if rank < 3:
        return (FLAT,) * rank
    planes = MAX_PLANES // channels
    frames = replace(_OF_A_VOLUME, input=min(_OF_A_VOLUME.input, planes), padded=planes)
    return frames, _OF_A_VOLUME, _OF_A_VOLUME


def most_channels(rank: int) -> int:
    """Channels of the input, and of the output, that can be drawn."""
    return MAX_CHANNELS if rank < 3 else 2


LEAST_POWER, MOST_POWER = 0.5, 10.0
"""Powers of Lp pooling: below and above them its numbers say nothing new."""


def legal_groups(in_channels: int, out_channels: int) -> tuple[int, ...]:
    """Group counts that divide both channel counts.

    >>> legal_groups(4, 2)
    (1, 2)
    """
    common = math.gcd(in_channels, out_channels)
    return tuple(g for g in range(1, common + 1) if common % g == 0)


def dilation_limit(size: int, kernel: int, padding: str | Pair, room: Room = FLAT) -> int:
    """Largest dilation that fits the axis and that the stage can draw.

    >>> dilation_limit(5, 3, (0, 0)), dilation_limit(5, 3, "same"), dilation_limit(5, 3, "full")
    (2, 6, 3)
    """
    if kernel == 1:
        return room.dilation
    return max(min(room.dilation, _reach_limit(size, padding, room) // (kernel - 1)), 1)


def kernel_limit(size: int, dilation: int, padding: str | Pair, room: Room = FLAT) -> int:
    """Largest kernel that fits the axis at a dilation and that the stage can draw.

    >>> kernel_limit(5, 1, (0, 0)), kernel_limit(5, 2, (1, 1)), kernel_limit(5, 3, "full")
    (5, 4, 3)
    """
    return min(room.kernel, _reach_limit(size, padding, room) // dilation + 1)


def _reach_limit(size: int, padding: str | Pair, room: Room) -> int:
    """Most cells between a window's first tap and its last."""
    if isinstance(padding, str):
        most = room.padding if padding == "full" else room.reach - 1
        return min(most, (room.padded - size) // _sides(padding))
    return min(room.reach, size + sum(padding)) - 1


def _sides(padding: str) -> int:
    """How often a padding word adds the kernel's reach less one, at most."""
    return 2 if padding == "full" else 1


def input_limit(reach: int, padding: str | Pair, room: Room = FLAT) -> int:
    """Largest input whose padding can still be drawn.

    >>> volume = rooms_of(3)[0]
    >>> input_limit(3, (2, 2), volume), input_limit(3, "full", volume), input_limit(3, "same")
    (4, 4, 16)
    """
    added = sum(padding) if not isinstance(padding, str) else _sides(padding) * (reach - 1)
    return min(room.input, room.padded - added)


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

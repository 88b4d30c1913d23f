"""What the Sliding window page shows: a scene of the kernels, its link, and its limits."""

from __future__ import annotations

import numpy as np

from kernels import EXAMPLES, Axis, Scene
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.relationships import relationship_of
from kernels.layers.transposed import TransposedAxis
from kernels.reading.notation import divisor_of, format_numbers
from kernels.scene.examples import SEEN_OTHERWISE, link_of, scene_of
from kernels.scene.flat import FlatScene
from kernels.scene.limits import (
    FLAT,
    MAX_PLANES,
    MAX_STRIDE,
    Room,
    dilation_limit,
    input_limit,
    kernel_limit,
    most_channels,
    rooms_of,
    transposed_range,
)
from kernels.scene.settle import settle

SlidingView = FlatScene
open_sliding = scene_of
settle_sliding = settle


def example_of(scene: FlatScene) -> str | None:
    """The ready example that a scene is, however it is looked at; None if it is the learner's own.

    >>> example_of(open_sliding({"step": "3"})[0]), example_of(open_sliding({"stride": "2x2"})[0])
    ('valid', None)
    """
    link = link_of(scene)
    name = link.pop("example", next(iter(EXAMPLES)))
    return name if set(link) <= set(SEEN_OTHERWISE) else None


def divided(scene: Scene) -> tuple[str, ...]:
    """The sentence on a kernel of whole numbers that were all divided by one; none otherwise.

    >>> divided(open_sliding({"w": "1/16 1/8 1/16_1/8 1/4 1/8_1/16 1/8 1/16"})[0])
    ('Kernel: 1 2 1, 2 4 2, 1 2 1, all ÷ 16.',)
    >>> divided(open_sliding({})[0])
    ()
    """
    weight = scene.written_weight_array()
    divisor = 1 if weight is None else divisor_of(weight)
    if weight is None or divisor == 1:
        return ()
    kernels = weight.reshape(-1, *(1, *weight.shape)[-2:])
    if len(kernels) > 1:
        return (f"The weights are whole numbers ÷ {divisor}.",)
    return (f"Kernel: {format_numbers(np.round(kernels * divisor), row=', ')}, all ÷ {divisor}.",)


def relationship_sentence(scene: Scene) -> str:
    """What Dumoulin and Visin say of a layer that one of their figures shows; else empty.

    >>> print(relationship_sentence(open_sliding({"example": "relationship-5"})[0]))
    Relationship 5 of Dumoulin & Visin: o = ⌊(i − k) / s⌋ + 1, here with i = 5, k = 3, s = 2, \
p = 0, o = 2. The window moves s cells at a time; a last step that does not fit is not taken.
    >>> relationship_sentence(open_sliding({"example": "rgb"})[0])
    ''
    """
    row = relationship_of(scene.layer, scene.input_size)
    if row is None:
        return ""
    return (
        f"Relationship {row.number} of Dumoulin & Visin: {row.formula}, here with {row.letters}. "
        f"{row.sentence}"
    )


def axes_with_rooms(scene: FlatScene) -> tuple[tuple[Axis | TransposedAxis, Room], ...]:
    """Each axis of a layer with the room there is for it."""
    channels = max(scene.channels, scene.out_channels)
    return tuple(zip(scene.axes, rooms_of(scene.layer.rank, channels), strict=True))


def channel_bounds(scene: FlatScene, name: str) -> tuple[int, int]:
    """How many channels, "cin" or "cout", can be drawn: of a video, each with all of its frames."""
    conv = scene.conv
    counts = {"cin": conv.in_channels, "cout": conv.out_channels}
    most = most_channels(conv.rank)
    if conv.rank == 3:
        most = min(most, MAX_PLANES // conv.axes(scene.input_size)[0].padded)
    return 1, max(most, counts[name])


def input_bounds(
    scene: FlatScene, axis: Axis | TransposedAxis, room: Room = FLAT
) -> tuple[int, int]:
    """The input may not shrink below what the window and the padding mode need."""
    if isinstance(axis, TransposedAxis):
        return transposed_range(axis, ["input"], room.input)
    most = input_limit(axis.effective_kernel, _padding_of(scene, axis), room)
    if isinstance(scene.layer.padding, str):
        return 1, max(most, axis.input)
    least = axis.effective_kernel - axis.before - axis.after
    copied = max(axis.before, axis.after)
    taken = PADDING_MODES[scene.conv.padding_mode].least_input(copied) if scene.is_conv else 1
    return max(least, taken, 1), most


def kernel_bounds(scene: FlatScene) -> list[tuple[int, int]]:
    """Kernels that fit the input and, for pooling, the padding."""
    return [_kernel_bounds(scene, axis, room) for axis, room in axes_with_rooms(scene)]


def _kernel_bounds(scene: FlatScene, axis: Axis | TransposedAxis, room: Room) -> tuple[int, int]:
    if isinstance(axis, TransposedAxis):
        return transposed_range(axis, ["kernel"], room.kernel)
    # Pooling pads at most half its window, so the window may not shrink below its padding.
    least = 1 if scene.is_conv else max(2 * max(axis.before, axis.after), 1)
    most = kernel_limit(axis.input, axis.dilation, _padding_of(scene, axis), room)
    return min(least, axis.kernel), max(most, axis.kernel)


def stride_bounds(scene: FlatScene) -> list[tuple[int, int]]:
    """Strides that the stage can draw; copies of a kernel stand further apart than they extend."""
    return [
        transposed_range(axis, ["stride"], room.stride)
        if isinstance(axis, TransposedAxis)
        else (1, room.stride)
        for axis, room in axes_with_rooms(scene)
    ]


def dilation_bounds(scene: FlatScene) -> list[tuple[int, int]]:
    """Dilations that fit the input."""
    return [
        transposed_range(axis, ["dilation"], room.dilation)
        if isinstance(axis, TransposedAxis)
        else (1, dilation_limit(axis.input, axis.kernel, _padding_of(scene, axis), room))
        for axis, room in axes_with_rooms(scene)
    ]


def padding_bounds(
    scene: FlatScene, axis: Axis | TransposedAxis, room: Room = FLAT
) -> tuple[int, int]:
    """Enough for the window to fit, at most what the mode, or pooling, allows."""
    if isinstance(axis, TransposedAxis):
        return transposed_range(axis, ["before", "after"], room.padding)
    least = -(-axis.least_padding // 2)
    most = _most_padding(scene, axis, room)
    return least, max(min(most, (room.padded - axis.input) // 2), least)


def end_bounds(
    scene: FlatScene, axis: Axis | TransposedAxis, first: bool, room: Room = FLAT
) -> tuple[int, int]:
    """What the padding at one end of an axis can be while the other end keeps its own."""
    if isinstance(axis, TransposedAxis):
        return transposed_range(axis, ["before" if first else "after"], room.padding)
    other = axis.after if first else axis.before
    least = max(axis.least_padding - other, 0)
    most = _most_padding(scene, axis, room)
    return least, max(min(most, room.padded - axis.input - other), least)


def _most_padding(scene: FlatScene, axis: Axis, room: Room) -> int:
    """The most at one end that the layer allows."""
    if not scene.is_conv:
        return axis.kernel // 2
    copied = PADDING_MODES[scene.conv.padding_mode].most(axis.input)
    return room.padding if copied is None else min(room.padding, copied)


def extra_bounds(scene: FlatScene) -> list[tuple[int, int]]:
    """Output padding stays below the stride, or the dilation; nothing for any other layer."""
    return [
        transposed_range(axis, ["output_padding"], MAX_STRIDE)
        for axis in scene.axes
        if isinstance(axis, TransposedAxis)
    ]


def _padding_of(scene: FlatScene, axis: Axis) -> str | tuple[int, int]:
    padding = scene.layer.padding
    return padding if isinstance(padding, str) else (axis.before, axis.after)

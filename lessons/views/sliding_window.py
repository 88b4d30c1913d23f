"""What the Sliding window page shows: a scene of the kernels, its link, and its limits."""

from __future__ import annotations

import numpy as np

from kernels import EXAMPLES, Axis, Scene
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.transposed import TransposedAxis
from kernels.reading.notation import divisor_of, format_numbers
from kernels.scene.examples import link_of, scene_of
from kernels.scene.flat import FlatScene
from kernels.scene.limits import MAX_INPUT, MAX_PADDING, dilation_limit, kernel_limit
from kernels.scene.settle import settle

SlidingView = FlatScene
open_sliding = scene_of
settle_sliding = settle


def example_of(scene: FlatScene) -> str | None:
    """The ready example that a scene is, whatever its step; None if it is the learner's own.

    >>> example_of(open_sliding({"step": "3"})[0]), example_of(open_sliding({"stride": "2x2"})[0])
    ('valid', None)
    """
    link = link_of(scene)
    name = link.pop("example", next(iter(EXAMPLES)))
    return name if set(link) <= {"step"} else None


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


def input_bounds(scene: FlatScene, axis: Axis) -> tuple[int, int]:
    """The input may not shrink below what the window and the padding mode need."""
    if isinstance(scene.layer.padding, str):
        return 1, MAX_INPUT
    least = axis.effective_kernel - axis.before - axis.after
    mode = PADDING_MODES[scene.conv.padding_mode]
    taken = mode.least_input(max(axis.before, axis.after))
    return max(least, taken if scene.is_conv else 1, 1), MAX_INPUT


def kernel_bounds(scene: FlatScene) -> list[tuple[int, int]]:
    """Kernels that fit the input and, for pooling, the padding."""
    bounds = []
    for axis in scene.axes:
        # Pooling pads at most half its window, so the window may not shrink below its padding.
        least = 1 if scene.is_conv else max(2 * max(axis.before, axis.after), 1)
        most = kernel_limit(axis.input, axis.dilation, _padding_of(scene, axis))
        bounds.append((min(least, axis.kernel), max(most, axis.kernel)))
    return bounds


def dilation_bounds(scene: FlatScene) -> list[tuple[int, int]]:
    """Dilations that fit the input."""
    return [
        (1, dilation_limit(axis.input, axis.kernel, _padding_of(scene, axis)))
        for axis in scene.axes
    ]


def padding_bounds(scene: FlatScene, axis: Axis) -> tuple[int, int]:
    """Enough for the window to fit, at most what the mode, or pooling, allows."""
    least = -(-axis.least_padding // 2)
    if not scene.is_conv:
        return least, max(axis.kernel // 2, least)
    copied = PADDING_MODES[scene.conv.padding_mode].most(axis.input)
    most = MAX_PADDING if copied is None else min(MAX_PADDING, copied)
    return least, max(most, least)


def _padding_of(scene: FlatScene, axis: Axis | TransposedAxis) -> str | tuple[int, int]:
    padding = scene.layer.padding
    return padding if isinstance(padding, str) else (axis.before, axis.after)

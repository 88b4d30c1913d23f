"""Settings of a size's working put in one another's place."""

from __future__ import annotations

from dataclasses import replace

from kernels.layers.geometry import kernel_reach
from lessons.quiz.mistakes.size_workings import SizeWorking, size_working


def settings_swapped(w: SizeWorking) -> SizeWorking | None:
    before, after, step = w.axis.before, w.axis.after, w.step
    if not before or before != after or before == step or not w.stride_given or w.word:
        return None
    return w._replace(padding=2 * step, step=before, axis=replace(w.axis, before=step, after=step))


def spread_out(w: SizeWorking) -> str:
    axis = w.axis
    padding = f" − 2 × {axis.before}" if axis.before else ""
    return f"({axis.input} − 1) × {axis.stride} + {axis.kernel}{padding}"


def exchanged(w: SizeWorking) -> SizeWorking | None:
    if w.other is None or w.other == w.axis:
        return None
    return size_working(w.other, w.axis, w.word, w.pool, w.stride_given, w.asks)


def stride_and_dilation_swapped(w: SizeWorking) -> SizeWorking | None:
    axis = w.axis
    if axis.stride == axis.dilation or axis.kernel == 1 or w.pool:
        return None
    return w._replace(reach=kernel_reach(axis.kernel, axis.stride), step=axis.dilation)

"""How many channels come out, and the slips in it."""

from __future__ import annotations

from typing import NamedTuple

from lessons.quiz.mistakes.slip import ASKED, PUBLISHED, REASONED, Slip


class ChannelWorking(NamedTuple):
    """The depth of an output: a convolution's filters; pooling leaves the depth as it is."""

    in_channels: int
    filters: int  # 0 for pooling
    kernel: int
    padding: int
    stride: int
    groups: int = 1
    instead: int | None = None
    line: str = ""  # how `instead` was worked out

    def value(self) -> int:
        return self.instead or self.filters or self.in_channels

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        return self.line or str(self.value())


def _slip(id, name, say, point, prior, condition, depth, line=None) -> Slip:
    def change(w):
        if not condition(w):
            return None
        return w._replace(instead=depth(w), line=line(w) if line else str(depth(w)))

    return Slip(id, name, say, point, "whole", prior, {ChannelWorking: change})


def _conv(w):
    return w.filters > 0


def _pool(w):
    return w.filters == 0


CHANNEL_SLIPS = (
    _slip(
        "depth-kept",
        "output depth taken from the input",
        "A kernel sums over all its input channels: the depth is the number of kernels.",
        "channels",
        PUBLISHED,
        _conv,
        lambda w: w.in_channels,
    ),
    _slip(
        "depth-multiplied",
        "each kernel applied to each channel separately",
        "A kernel has a slice for each input channel and adds up the results: one map per kernel.",
        "channels",
        ASKED,
        lambda w: _conv(w) and w.groups == 1,
        lambda w: w.in_channels * w.filters,
        lambda w: f"{w.in_channels} × {w.filters}",
    ),
    _slip(
        "depth-one",
        "all kernels summed into one map",
        "Each kernel gives a map of its own: the depth is the number of kernels.",
        "channels",
        PUBLISHED,
        _conv,
        lambda w: 1,
    ),
    _slip(
        "depth-padded",
        "padding added to the depth",
        "Padding adds rows and columns, never channels.",
        "channels",
        PUBLISHED,
        lambda w: _conv(w) and w.padding > 0,
        lambda w: w.filters + 2 * w.padding,
        lambda w: f"{w.filters} + 2 × {w.padding}",
    ),
    _slip(
        "depth-shrunk",
        "depth shrunk like height and width",
        "A kernel goes through the whole depth: only the number of kernels counts.",
        "channels",
        REASONED,
        lambda w: _conv(w) and w.in_channels > w.kernel,
        lambda w: w.in_channels - w.kernel + 1,
        lambda w: f"{w.in_channels} − {w.kernel} + 1",
    ),
    _slip(
        "depth-divided-by-groups",
        "depth divided by the groups",
        "Groups share out the input channels; the number of kernels stays.",
        "groups",
        REASONED,
        lambda w: _conv(w) and w.groups > 1,
        lambda w: w.filters // w.groups,
        lambda w: f"{w.filters} / {w.groups}",
    ),
    _slip(
        "depth-times-groups",
        "depth multiplied by the groups",
        "out_channels counts the kernels of all groups together.",
        "groups",
        REASONED,
        lambda w: _conv(w) and w.groups > 1,
        lambda w: w.filters * w.groups,
        lambda w: f"{w.filters} × {w.groups}",
    ),
    _slip(
        "pool-divides-channels",
        "channels divided by the stride",
        "Pooling works on each channel alone: it shrinks height and width only.",
        "pooling",
        PUBLISHED,
        lambda w: _pool(w) and w.stride > 1,
        lambda w: max(w.in_channels // w.stride, 1),
        lambda w: f"⌊{w.in_channels} / {w.stride}⌋" if w.in_channels >= w.stride else "1",
    ),
    _slip(
        "pool-one-channel",
        "pooling over all channels",
        "Pooling works on each channel alone and keeps all of them.",
        "pooling",
        REASONED,
        _pool,
        lambda w: 1,
    ),
    _slip(
        "pool-divides-channels-by-window",
        "channels divided by the cells of the window",
        "The window has no depth: every channel is pooled by itself.",
        "pooling",
        REASONED,
        lambda w: _pool(w) and w.in_channels >= w.kernel**2,
        lambda w: w.in_channels // w.kernel**2,
        lambda w: f"⌊{w.in_channels} / ({w.kernel} × {w.kernel})⌋",
    ),
)

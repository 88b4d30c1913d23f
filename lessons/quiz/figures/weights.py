"""The kernels of a convolution beside the channels that they read; none of it to be counted."""

from __future__ import annotations

from kernels import ConvSpec
from lessons.quiz.figures.drawing import Figure, Givens, arrow, rect, text
from lessons.quiz.question import Setup

MOST_DRAWN = 3
"""Channels or kernels; dots follow where there are more, or where their number is asked for."""


def weights_figure(layer: ConvSpec, setup: Setup, givens: Givens) -> Figure:
    """Channels in, kernels of as many slices, and what comes out."""
    channels, filters = layer.in_channels, layer.out_channels
    parts = [_stack(14, 44, 74, min(channels, MOST_DRAWN), "input")]
    size = givens.size(*setup.input_shape[1:])
    about = [f"input {size}" if size != "?" else "input"]
    about += [givens.counted(channels, "channel")] if givens.channels else []
    parts += [text(14, 150 + 19 * n, words, "input") for n, words in enumerate(about)]
    parts.append(arrow(122, 90, 152, "thin"))
    slices = min(layer.in_channels // layer.groups, MOST_DRAWN)
    told = givens.kernels and filters in givens.told
    drawn = min(filters, MOST_DRAWN) if told else MOST_DRAWN
    for n in range(drawn):
        parts.append(_stack(166, 20 + 42 * n, 24, slices, "kernel"))
    if drawn < filters or not told:
        parts.append(text(180, 26 + 42 * drawn, "⋮", "kernel", "middle"))
    kernel = givens.size(*layer.kernel_size)
    words = [givens.counted(filters, "kernel"), f"of {kernel}" if kernel != "?" else ""]
    if layer.groups > 1:
        words.append(givens.named("groups", layer.groups))
    words = [one for one in words if one]
    parts += [text(222, 62 + 21 * n, one, "kernel") for n, one in enumerate(words)]
    parts += [arrow(336, 80, 366, "thin"), _stack(378, 44, 58, 2, "output", "open")]
    parts.append(text(405, 84, "?", "output", "middle", "large"))
    parts.append(text(409, 132, "output", "output", "middle"))
    alt = f"Drawn: {', '.join(about)}; beside it {' '.join(words)}, a slice for each channel read"
    return Figure("".join(parts), 178, f"{alt}; the output with a question mark.")


def _stack(x: float, y: float, size: float, count: int, *kinds: str) -> str:
    """Planes one behind the other, the last one drawn first."""
    back = 7
    return "".join(
        rect(x + back * n, y - back * n, size, size, "paper")
        + rect(x + back * n, y - back * n, size, size, *kinds)
        for n in reversed(range(count))
    )

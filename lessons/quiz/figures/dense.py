"""Fully connected layers as columns of dots with lines between them, most of them left out."""

from __future__ import annotations

from itertools import pairwise

from kernels.networks.layers import Linear
from lessons.quiz.figures.drawing import WIDTH, Figure, Givens, text
from lessons.quiz.question import Setup

DOTS = 5


def dense_figure(setup: Setup, givens: Givens) -> Figure:
    """A column for the input and one for each layer, labelled with the numbers that are told."""
    layers = [layer for layer in setup.layers if isinstance(layer, Linear)]
    shape = setup.input_shape
    first = givens.size(*shape[1:]) if len(shape) > 1 else givens.counted(shape[0], "input")
    labels = [
        f"input {first}" if len(shape) > 1 and first != "?" else "input" if first == "?" else first
    ]
    channels = [givens.counted(shape[0], "channel")] if len(shape) > 1 else [""]
    for layer in layers:
        labels.append(givens.counted(layer.out_features, "output"))
        channels.append("")
    columns = [40 + n * (WIDTH - 100) / len(layers) for n in range(len(layers) + 1)]
    heights = [22 + 24 * n for n in range(DOTS)]
    lines = "".join(
        f"M{a:.0f} {y}L{b:.0f} {z}"
        for a, b in pairwise(columns)
        for n, y in enumerate(heights)
        for m, z in enumerate(heights)
        if DOTS // 2 not in (n, m)
    )
    parts = [f'<path class="thin faint" d="{lines}"/>']
    for n, x in enumerate(columns):
        role = "input" if n == 0 else "output"
        for m, y in enumerate(heights):
            if m == DOTS // 2:
                parts.append(text(x, y + 6, "⋮", role, "middle"))
            else:
                parts.append(f'<circle cx="{x:.0f}" cy="{y}" r="6" class="{role}"/>')
        start = 8 if n == 0 else x
        place = () if n == 0 else ("middle",)
        parts.append(text(start, 146, labels[n], role, *place))
        parts += [text(start, 164, channels[n], role, *place)] if channels[n] else []
    alt = f"Drawn: columns of dots, each joined to all of the next: {', '.join(labels)}."
    return Figure("".join(parts), 176, alt)

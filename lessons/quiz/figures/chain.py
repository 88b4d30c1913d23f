"""Layers one after the other, with a question mark for each size between them."""

from __future__ import annotations

from kernels import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.networks.layers import BatchNorm, Concatenate, Flatten, Layer, Linear
from lessons.quiz.figures.drawing import Figure, Givens, arrow, rect, text
from lessons.quiz.question import Setup

IN_A_ROW, BOX, STEP, HIGH, LINE = 3, 108.0, 148.0, 82.0, 18.0
"""Boxes of a row, how wide they are, from one to the next, how high, and a line in them."""


def chain_figure(setup: Setup, givens: Givens) -> Figure:
    """The input and a box for each layer."""
    shape = setup.input_shape
    size = givens.size(*shape[1:]) if len(shape) > 1 else givens.counted(shape[0], "number")
    first = ["input"] + ([size] if size != "?" else [])
    if len(shape) > 1 and givens.channels and shape[0] in givens.told:
        first.append(givens.counted(shape[0], "channel"))
    boxes = [("input", first)]
    boxes += [
        ("input", _beside(setup, givens))
        if isinstance(layer, Concatenate)
        else (_role(layer), _lines(layer, givens))
        for layer in setup.layers
    ]
    parts = []
    for n, (role, lines) in enumerate(boxes):
        x, y = 12 + n % IN_A_ROW * STEP, 10 + n // IN_A_ROW * (HIGH + 18)
        parts.append(rect(x, y, BOX, HIGH, role))
        start = y + HIGH / 2 - LINE * len(lines) / 2 + 13
        parts += [
            text(x + BOX / 2, start + LINE * m, line, role, "middle", "small")
            for m, line in enumerate(lines)
        ]
        if (n + 1) % IN_A_ROW or n == len(boxes) - 1:
            parts.append(arrow(x + BOX + 6, y + HIGH / 2, x + STEP - 6, "thin"))
        if n == len(boxes) - 1:
            below = (x + BOX + 20, y + HIGH / 2 - 10)
            parts.append(text(*below, "?", "output", "middle", "large"))
    rows = -(-len(boxes) // IN_A_ROW)
    said = "; then ".join(" ".join(lines) for _, lines in boxes)
    height = round(10 + rows * (HIGH + 18))
    return Figure("".join(parts), height, f"Drawn: {said}; then a question mark.")


def _beside(setup: Setup, givens: Givens) -> list[str]:
    """The map that is joined to what comes so far."""
    channels, *size = setup.beside
    lines = ["joined to", givens.size(*size), givens.counted(channels, "channel")]
    return [line for line in lines if line != "?"]


def _role(layer: Layer) -> str:
    match layer:
        case ConvSpec() | ConvTransposeSpec():
            return "kernel"
        case PoolSpec():
            return "padding"
        case _:
            return "output"


def _lines(layer: Layer, givens: Givens) -> list[str]:
    """A layer in a few short lines, in the numbers that are told."""
    match layer:
        case PoolSpec():
            name = f"{POOL_KINDS[layer.kind].title.lower()} pooling"
            return [name, *_window(layer, givens)]
        case ConvSpec() | ConvTransposeSpec():
            name = ["convolution"] if isinstance(layer, ConvSpec) else ["transposed", "convolution"]
            told = givens.kernels and layer.out_channels in givens.told
            kernels = [givens.counted(layer.out_channels, "kernel")] if told else []
            return [*name, *kernels, *_window(layer, givens)]
        case Linear():
            told = layer.out_features in givens.told
            outputs = [givens.counted(layer.out_features, "output")] if told else []
            return ["fully connected", *outputs]
        case Flatten():
            return ["flatten"]
        case BatchNorm():
            return ["batch", "normalisation"]
        case _:
            return [type(layer).__name__.lower()]


def _window(layer, givens: Givens) -> list[str]:
    size = givens.size(*layer.kernel_size)
    first, settings = size if size != "?" else "", []
    if set(layer.stride) != {1}:
        stride = (
            givens.named("stride", layer.stride[0]) if len(set(layer.stride)) == 1 else "stride"
        )
        # Three sizes leave no room beside them.
        settings = [stride] if len(layer.kernel_size) > 2 else []
        first = first if settings else ", ".join(filter(None, (first, stride)))
    if not isinstance(layer.padding, str):
        sides = {side for pair in layer.padding for side in pair}
        if any(sides):
            settings.append(givens.named("padding", *sides) if len(sides) == 1 else "padding")
    if set(layer.dilation) != {1}:
        same = len(set(layer.dilation)) == 1
        settings.append(givens.named("dilation", layer.dilation[0]) if same else "dilation")
    return [line for line in (first, ", ".join(settings)) if line]

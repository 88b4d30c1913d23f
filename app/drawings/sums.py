"""A step's arithmetic as lines of text, from the kernels' own trace."""

from __future__ import annotations

import numpy as np

from app.drawings.numerals import signed, written
from kernels import PoolSpec, Scene
from kernels.layers.axis_words import AXES
from kernels.layers.formula import Formula
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.ops.trace import WindowTrace

MOST_TERMS = 25
"""The most products that are written one by one; of more, each channel's sum."""


def step_lines(scene: Scene, also: tuple[str, ...] = ()) -> list[str]:
    """How the number of the scene's step comes about, a line for each kind of layer.

    >>> from kernels import ConvSpec
    >>> layer = ConvSpec(1, 1, 2, bias=False)
    >>> scene = Scene(layer, [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, -3]]]], step=1)
    >>> step_lines(scene)
    ['1 × 0 + 2 × 1 + 4 × 2 + 5 × (−3) = −5']
    >>> step_lines(Scene(PoolSpec(2), [[[1, 1], [5, 6]]]), ("avg",))
    ['max(1, 1, 5, 6) = 6', '(1 + 1 + 5 + 6) / 4 = 3.25']
    """
    if scene.adds_copies:
        return []
    if not isinstance(scene.layer, PoolSpec):
        return [_weighted(scene)]
    return [_pooled(each) for each in (scene, *(scene.pooled_by(kind) for kind in also))]


def motion(scene: Scene) -> str:
    """What moves from step to step, in words."""
    if scene.adds_copies:
        return (
            "one number of the input after the other takes its turn, and the kernel times that "
            "number is added to the output where its copy lands"
        )
    made = "the numbers under it are multiplied by the kernel’s, and their sum stands"
    if isinstance(scene.layer, PoolSpec):
        made = "what is taken of the numbers under it stands"
    return f"the window slides over the input, row by row; {made} in the output"


def formula_lines(scene: Scene) -> list[str]:
    """The size formulas with the scene's numbers; one line where all axes have the same.

    >>> from kernels import ConvSpec
    >>> layer = ConvSpec(1, 1, 2, bias=False)
    >>> formula_lines(Scene(layer, np.ones((1, 3, 3)), np.ones((1, 1, 2, 2))))
    ['Output height and width: floor((3 + 2 × 0 − 2) / 1) + 1 = 2']
    """
    sizes = {f.id: _plainly(f) for f in scene.formulas if f.id in AXES}
    both = scene.layer.rank > 1 and "width" not in sizes
    named = {"height": "height and width"} if both else {}
    return [f"Output {named.get(name, name)}: {line}" for name, line in sizes.items()]


def _plainly(formula: Formula) -> str:
    """In letters that every face has."""
    line = formula.arithmetic
    for bracket, word in (("⌊", "floor("), ("⌈", "ceil("), ("⌋", ")"), ("⌉", ")")):
        line = line.replace(bracket, word)
    return f"{line} = {formula.result}"


def _cells(scene: Scene, trace: WindowTrace, padding: bool = True) -> np.ndarray:
    """Which taps of the window read a cell of the input, and of its padding, (*kernel)."""
    there = np.ones((), dtype=bool)
    for links, place in zip(scene.own_links, trace.position, strict=True):
        read = np.zeros(links.taps, dtype=bool)
        for tap, cell in links.reads[place]:
            read[tap] = padding or links.before <= cell < links.before + links.input
        there = np.logical_and.outer(there, read)
    return there


def _weighted(scene: Scene) -> str:
    trace = scene.trace
    there = _cells(scene, trace)
    if np.count_nonzero(there) * len(trace.window) <= MOST_TERMS:
        line = " + ".join(
            f"{written(x)} × {_bracketed(w)}"
            for channel, kernel in zip(trace.window, _weights(scene, trace), strict=True)
            for x, w in zip(channel[there], kernel[there], strict=True)
        )
    else:
        first, *rest = trace.channel_sums
        line = " ".join([written(first), *(signed(part) for part in rest)])
    if scene.layer_has_bias:
        line += f" {signed(trace.bias)}"
    return f"{line or '0'} = {written(trace.result, 6)}"


def _weights(scene: Scene, trace: WindowTrace) -> np.ndarray:
    """The weights that the step multiplies by, channel by channel."""
    kernels = scene.kernels_array()[trace.out_channel]
    return np.flip(kernels, tuple(range(1, kernels.ndim))) if scene.flip else kernels


def _bracketed(value: float) -> str:
    text = written(value)
    return f"({text})" if value < 0 else text


def _pooled(scene: Scene) -> str:
    trace, kind = scene.trace, POOL_KINDS[scene.layer.kind]
    numbers = list(map(written, trace.window[0][_cells(scene, trace, padding=False)]))
    result = written(trace.result, 6)
    if kind.takes_divisor:
        return f"({' + '.join(numbers) or '0'}) / {trace.divisor} = {result}"
    power = f"; p = {written(scene.layer.norm_type)}" if kind.takes_norm else ""
    return f"{kind.word}({', '.join(numbers)}{power}) = {result}"

"""A scene as plain loops in NumPy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kernels.layers.geometry import Axis
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS, PoolKind
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.scene.scene import Scene
from kernels.scene.snippets.written import (
    Snippet,
    array_code,
    dilates,
    layer_of,
    number_code,
    pairs_with_overhang,
    power_text,
    weight_of,
)

INDICES = {1: ("i",), 2: ("r", "c"), 3: ("t", "r", "c")}
SIDES = {1: "length", 2: "height, width", 3: "frames, height, width"}
"""What counts along the axes, and what they are called."""


def numpy_code(scene: Scene) -> Snippet:
    """The scene as plain loops in NumPy; the code leaves the output maps in `y`."""
    layer, axes = layer_of(scene)
    x = scene.input_array()
    sizes = (scene.out_channels, *scene.output_size)
    names = INDICES[layer.rank]
    window_at = ", ".join(_slice(index, axis) for index, axis in zip(names, axes, strict=True))
    if isinstance(layer, ConvSpec):
        weights = _numpy_weights(scene)
        window = f"padded[{_group_slice(layer)}, {window_at}]"
        result = "(window * w[k]).sum()" + (" + b[k]" if layer.bias else "")
    else:
        weights = []
        window = f"padded[k, {window_at}]"
        result = _numpy_pool(layer, f"counts[{window_at}].sum()")
    indent = "    " * (layer.rank + 1)
    lines = [
        "import numpy as np",
        "",
        f"x = {array_code(x)}",
        f"# x has shape (channels, {SIDES[layer.rank]}) = {x.shape}",
        *weights,
        *_numpy_padding(scene),
        "",
        f"y = np.zeros({sizes})",
        *(
            f"{'    ' * depth}for {name} in range({size}):"
            for depth, (name, size) in enumerate(zip(("k", *names), sizes, strict=True))
        ),
        f"{indent}window = {window}",
        f"{indent}y[k, {', '.join(names)}] = {result}",
        "print(y)",
        "",
    ]
    return Snippet("NumPy", "\n".join(lines))


def _numpy_weights(scene: Scene) -> list[str]:
    weight = weight_of(scene)
    lines = [f"w = {array_code(weight)}"]
    rank = scene.layer.rank
    lines.append(f"# w has shape (out, in / groups, {SIDES[rank]}) = {weight.shape}")
    if scene.flip:
        turned = ", ".join(["::-1"] * rank)
        lines.append(f"w = w[..., {turned}]  # true convolution turns the kernel")
    if (bias := scene.bias_array()) is not None:
        lines.append(f"b = {array_code(bias)}")
    return lines


def _numpy_padding(scene: Scene) -> list[str]:
    """Pad the input; cells over which ceil_mode hangs are padded too, as they never count."""
    layer, axes = layer_of(scene)
    pairs = ((0, 0), *pairs_with_overhang(axes))
    if isinstance(layer, ConvSpec):
        if not any(map(any, pairs)):
            return ["padded = x"]
        mode, value = PADDING_MODES[layer.padding_mode], number_code(layer.padding_value)
        how = f'mode="{mode.numpy}"' if mode.copies else f"constant_values={value}"
        return [f"padded = np.pad(x, {pairs}, {how})"]
    kind = POOL_KINDS[layer.kind]
    if kind.takes_divisor:
        return [f"padded = np.pad(x, {pairs})", *_numpy_counts(layer, axes)]
    return [f"padded = np.pad(x, {pairs}, constant_values={_absent(kind)})"]


def _absent(kind: PoolKind) -> str:
    """The number that stands for a missing cell, as Python text."""
    if np.isfinite(kind.absent):
        return number_code(kind.absent)
    return f"{'-' if kind.absent < 0 else ''}np.{'nan' if np.isnan(kind.absent) else 'inf'}"


def _numpy_pool(layer: PoolSpec, count: str) -> str:
    """What is done with one window, as Python text; `count` is how many of its cells count."""
    divisor = layer.divisor_override or count
    if dilates(layer) and not layer.count_include_pad and not layer.divisor_override:
        divisor = f"max({divisor}, 1)"  # a window may see padding alone
    return POOL_KINDS[layer.kind].code.numpy.format(divisor=divisor, p=power_text(layer))


def _numpy_counts(layer: PoolSpec, axes: Sequence[Axis]) -> list[str]:
    """Mark with 1 the cells of the padded input that average pooling counts."""
    if layer.divisor_override is not None:
        return []
    if layer.count_include_pad:
        size = tuple(axis.padded for axis in axes)
        pairs = tuple((0, axis.overhang) for axis in axes)
    else:
        size = tuple(axis.input for axis in axes)
        pairs = pairs_with_overhang(axes)
    return [f"counts = np.pad(np.ones({size}), {pairs})  # 1 where a cell counts"]


def _slice(index: str, axis: Axis) -> str:
    """The cells that window number `index` reads along one axis, as Python text."""
    start = index if axis.stride == 1 else f"{axis.stride} * {index}"
    step = f" : {axis.dilation}" if axis.dilation > 1 else ""
    return f"{start} : {start} + {axis.effective_kernel}{step}"


def _group_slice(layer: ConvSpec) -> str:
    if layer.groups == 1:
        return ":"
    each, kernels = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    first = f"k // {kernels}" if kernels > 1 else "k"
    first = f"{each} * ({first})" if each > 1 else first
    return f"{first} : {first} + {each}"

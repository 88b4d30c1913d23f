"""A scene as a Keras layer."""

from __future__ import annotations

from collections.abc import Sequence

from kernels.layers.geometry import Axis, padding_pair
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.scene.scene import Scene
from kernels.scene.snippets.written import (
    Snippet,
    array_code,
    call_of,
    dilates,
    each,
    ends_of,
    layer_of,
    pairs_with_overhang,
    weight_of,
)

LAST = {
    1: ("1, 0", "length"),
    2: ("1, 2, 0", "height, width"),
    3: ("1, 2, 3, 0", "frames, height, width"),
}
KERNEL_LAST = {1: "2, 1, 0", 2: "2, 3, 1, 0", 3: "2, 3, 4, 1, 0"}
"""How axes go from our order to that of Keras, which has the channels last."""

ENDS = {
    1: "left, right",
    2: "top, bottom; left, right",
    3: "before, after; top, bottom; left, right",
}


def keras_code(scene: Scene) -> Snippet:
    """The scene as a Keras layer; Keras keeps the channels last."""
    layer, axes = layer_of(scene)
    pairs = pairs_with_overhang(axes)
    same = pairs == tuple(
        padding_pair("same_upper", axis.input, axis.kernel, axis.stride, axis.dilation)
        for axis in axes
    )
    padded = any(map(any, pairs))
    why_not = (
        _keras_conv_lacks(layer, padded)
        if isinstance(layer, ConvSpec)
        else _keras_pool_lacks(layer, axes, same)
    )
    if why_not:
        return Snippet("Keras", None, why_not)
    word = '"same"' if same and padded else '"valid"'
    lines = ["import keras", "import numpy as np", ""]
    lines.append(f"x = {array_code(scene.input_array())}")
    order, words = LAST[layer.rank]
    lines.append(f"x = x.transpose({order})[None]  # Keras: (batch, {words}, channels)")
    if not isinstance(layer, ConvSpec):
        code = POOL_KINDS[layer.kind].code
        lines += [code.before] if code.before else []
        name = (code.keras or "").replace("2D", f"{layer.rank}D")
        lines.append(
            f"layer = keras.layers.{name}({each(layer.kernel_size)}, strides={each(layer.stride)}, "
            f"padding={word})"
        )
    else:
        if padded and not same:
            lines.append(
                f"x = keras.layers.ZeroPadding{layer.rank}D({ends_of(pairs)})(x)  # "
                f"{ENDS[layer.rank]}"
            )
        arguments = [f"strides={each(layer.stride)}", f"padding={word}"]
        if dilates(layer):
            arguments.append(f"dilation_rate={each(layer.dilation)}")
        if layer.groups > 1:
            arguments.append(f"groups={layer.groups}")
        arguments.append(f"use_bias={layer.bias}")
        lines.append(
            f"layer = keras.layers.Conv{layer.rank}D({layer.out_channels}, "
            f"{each(layer.kernel_size)}, {', '.join(arguments)})"
        )
        lines.append("layer.build(x.shape)")
        turned = f"[..., {', '.join(['::-1'] * layer.rank)}]" if scene.flip else ""
        lines.append(f"w = {array_code(weight_of(scene))}{turned}")
        bias = scene.bias_array()
        extra = "" if bias is None else f", {array_code(bias)}"
        lines.append(f"layer.set_weights([w.transpose({KERNEL_LAST[layer.rank]}){extra}])")
    k, *size = scene.out_channels, *scene.output_size
    lines += [call_of(layer), f"print(y.shape)  # {(1, *size, k)}", "print(y)", ""]
    return Snippet("Keras", "\n".join(lines))


def _keras_conv_lacks(layer: ConvSpec, padded: bool) -> str:
    name = f"Conv{layer.rank}D"
    if max(layer.stride) > 1 and dilates(layer):
        return f"Keras has no such layer: {name} takes a stride or a dilation above 1, not both."
    zeros = not PADDING_MODES[layer.padding_mode].copies and layer.padding_value == 0
    if padded and not zeros:
        return f"Keras has no such layer: {name} pads with zeros only, not {layer.padding_mode}."
    return ""


def _keras_pool_lacks(layer: PoolSpec, axes: Sequence[Axis], same: bool) -> str:
    kind = POOL_KINDS[layer.kind]
    if kind.code.keras is None:
        return f"Keras has no such layer: it has no {kind.title} pooling."
    if dilates(layer):
        return "Keras has no such layer: its pooling has no dilation."
    padded = any(axis.before or axis.after for axis in axes)
    hangs_over = any(axis.overhang for axis in axes)
    if hangs_over and not same:
        return "Keras has no such layer: its pooling has no ceil_mode."
    if padded and not same:
        return 'Keras has no such layer: its pooling pads by "same" or not at all.'
    if padded and kind.takes_divisor and layer.count_include_pad:
        return "Keras has no such layer: its average pooling never counts padding cells."
    return ""

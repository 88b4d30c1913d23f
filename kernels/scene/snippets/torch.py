"""A scene as a torch.nn layer."""

from __future__ import annotations

from collections.abc import Sequence

from kernels.layers.geometry import Axis
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.scene.scene import Scene
from kernels.scene.snippets.written import (
    Snippet,
    call_of,
    dilates,
    each,
    layer_of,
    number_code,
    pairs_with_overhang,
    power_text,
    tensor_code,
    weight_of,
)

TURNED = {1: "-1", 2: "-2, -1", 3: "-3, -2, -1"}
ENDS = {
    1: "left, right",
    2: "left, right, top, bottom",
    3: "left, right, top, bottom, before, after",
}
"""The axes of a kernel, and the ends of an input, in PyTorch's order."""


def pytorch_code(scene: Scene) -> Snippet:
    """The scene as a torch.nn layer."""
    layer, axes = layer_of(scene)
    pairs = tuple((axis.before, axis.after) for axis in axes)
    uneven = any(before != after for before, after in pairs)
    ceil_mode = layer.ceil_mode
    if isinstance(layer, PoolSpec):
        why_not = _pytorch_pool_lacks(layer, uneven, axes)
        if why_not:
            return Snippet("PyTorch", None, why_not)
        kind = POOL_KINDS[layer.kind]
        if (uneven and not kind.takes_divisor) or not kind.code.torch_pads:
            # F.pad does the overhang too: one more cell that never wins, or adds 0, changes
            # nothing. LPPool2d would count a clipped window as a whole one.
            pairs, ceil_mode = pairs_with_overhang(axes), False
            uneven = uneven or not kind.code.torch_pads
        elif uneven:
            ceil_mode = any(axis.overhang for axis in axes)
    if isinstance(layer, ConvSpec) and PADDING_MODES[layer.padding_mode].torch is None:
        why_not = f"PyTorch has no such layer: it does not pad by {layer.padding_mode}."
        return Snippet("PyTorch", None, why_not)
    constant = isinstance(layer, ConvSpec) and PADDING_MODES[layer.padding_mode].takes_value
    apart = (uneven or constant) and any(map(any, pairs))
    arguments = [f"stride={each(layer.stride)}"]
    if not apart and any(map(any, pairs)):
        arguments.append(f"padding={each([before for before, _ in pairs])}")
    if dilates(layer):
        arguments.append(f"dilation={each(layer.dilation)}")
    lines = ["import torch", "from torch import nn"]
    if apart:
        lines.append("from torch.nn import functional as F")
    lines += ["", f"x = torch.{tensor_code(scene.input_array())}[None]"]
    if isinstance(layer, ConvSpec):
        if layer.groups > 1:
            arguments.append(f"groups={layer.groups}")
        arguments.append(f"bias={layer.bias}")
        mode = PADDING_MODES[layer.padding_mode]
        if mode.copies and not apart:
            arguments.append(f'padding_mode="{mode.torch}"')
        lines.append(
            f"layer = nn.Conv{layer.rank}d({layer.in_channels}, {layer.out_channels}, "
            f"kernel_size={each(layer.kernel_size)}, {', '.join(arguments)})"
        )
        weight = weight_of(scene)
        turned = (
            f".flip({TURNED[layer.rank]})  # true convolution turns the kernel"
            if scene.flip
            else ""
        )
        lines.append(f"w = torch.{tensor_code(weight)}{turned}")
        lines.append("layer.weight = nn.Parameter(w)")
        if (bias := scene.bias_array()) is not None:
            lines.append(f"layer.bias = nn.Parameter(torch.{tensor_code(bias)})")
    else:
        kind = POOL_KINDS[layer.kind]
        if ceil_mode:
            arguments.append("ceil_mode=True")
        if kind.takes_divisor and not layer.count_include_pad:
            arguments.append("count_include_pad=False")
        lines += [kind.code.before] if kind.code.before else []
        begun = (kind.code.torch or "").format(p=power_text(layer))
        begun = begun.replace("2d(", f"{layer.rank}d(")
        lines.append(f"layer = nn.{begun}{each(layer.kernel_size)}, {', '.join(arguments)})")
    if apart:
        ends = ", ".join(str(cells) for pair in reversed(pairs) for cells in pair)
        lines.append(f"x = F.pad(x, ({ends}){_pad_mode(layer)})  # {ENDS[layer.rank]}")
    lines += [call_of(layer), f"print(y.shape)  # {_batched(scene)}", "print(y)", ""]
    return Snippet("PyTorch", "\n".join(lines))


def _pytorch_pool_lacks(layer: PoolSpec, uneven: bool, axes: Sequence[Axis]) -> str:
    kind = POOL_KINDS[layer.kind]
    if kind.code.torch is None:
        return f"PyTorch has no such layer: it has no {kind.title} pooling."
    if dilates(layer) and not kind.code.torch_dilates:
        name = kind.code.torch.partition("(")[0]
        return f"PyTorch has no such layer: {name} has no dilation."
    if not kind.takes_divisor:
        return ""
    if uneven and not layer.count_include_pad:
        return "PyTorch has no such layer: count_include_pad=False needs equal padding on each end."
    hangs_over = any(axis.overhang for axis in axes)
    if uneven and hangs_over and any(axis.last_window_dropped for axis in axes):
        return "PyTorch has no such layer: with ceil_mode the padding must be the same on each end."
    return ""


def _pad_mode(layer: ConvSpec | PoolSpec) -> str:
    if isinstance(layer, PoolSpec):
        return "" if POOL_KINDS[layer.kind].absent == 0 else ', value=-float("inf")'
    mode = PADDING_MODES[layer.padding_mode]
    if mode.takes_value:
        return f", value={number_code(layer.padding_value)}"
    return f', mode="{mode.torch}"' if mode.copies else ""


def _batched(scene: Scene) -> str:
    sizes = (1, scene.out_channels, *scene.output_size)
    return f"torch.Size({list(sizes)})"

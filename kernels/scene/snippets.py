"""The same layer in other people's words: PyTorch, Keras and NumPy code of a scene.

Each listing carries the scene's own numbers, so that it prints the numbers of the output maps.
Where a library has no such layer, the listing is None and one line says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis, Pair, padding_pair
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS, PoolKind
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.reading.notation import format_numbers
from kernels.scene.scene import Scene


@dataclass(frozen=True)
class Snippet:
    """Code of a layer in one library, or why the library has no such layer."""

    library: str
    code: str | None
    why_not: str = ""


def snippets(scene: Scene) -> tuple[Snippet, ...]:
    """The code of a scene's layer in PyTorch, Keras and NumPy, in that order.

    Raises ShapeError for anything but a convolution or pooling of two axes.
    """
    return (pytorch_code(scene), keras_code(scene), numpy_code(scene))


def numpy_code(scene: Scene) -> Snippet:
    """The scene as three plain loops in NumPy; the code leaves the output maps in `y`."""
    layer, axes = _layer_of(scene)
    x = scene.input_array()
    sizes = (scene.out_channels, *scene.output_size)
    rows, columns = (_slice(index, axis) for index, axis in zip("rc", axes, strict=True))
    if isinstance(layer, ConvSpec):
        weights = _numpy_weights(scene)
        window = f"padded[{_group_slice(layer)}, {rows}, {columns}]"
        result = "(window * w[k]).sum()" + (" + b[k]" if layer.bias else "")
    else:
        weights = []
        window = f"padded[k, {rows}, {columns}]"
        result = _numpy_pool(layer, f"counts[{rows}, {columns}].sum()")
    lines = [
        "import numpy as np",
        "",
        f"x = {_array(x)}",
        f"# x has shape (channels, height, width) = {x.shape}",
        *weights,
        *_numpy_padding(scene),
        "",
        f"y = np.zeros({sizes})",
        f"for k in range({sizes[0]}):",
        f"    for r in range({sizes[1]}):",
        f"        for c in range({sizes[2]}):",
        f"            window = {window}",
        f"            y[k, r, c] = {result}",
        "print(y)",
        "",
    ]
    return Snippet("NumPy", "\n".join(lines))


def pytorch_code(scene: Scene) -> Snippet:
    """The scene as a torch.nn layer."""
    layer, axes = _layer_of(scene)
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
            pairs, ceil_mode = _pairs_with_overhang(axes), False
            uneven = uneven or not kind.code.torch_pads
        elif uneven:
            ceil_mode = any(axis.overhang for axis in axes)
    if isinstance(layer, ConvSpec) and PADDING_MODES[layer.padding_mode].torch is None:
        why_not = f"PyTorch has no such layer: it does not pad by {layer.padding_mode}."
        return Snippet("PyTorch", None, why_not)
    constant = isinstance(layer, ConvSpec) and PADDING_MODES[layer.padding_mode].takes_value
    apart = (uneven or constant) and any(map(any, pairs))
    arguments = [f"stride={layer.stride}"]
    if not apart and any(map(any, pairs)):
        arguments.append(f"padding={tuple(before for before, _ in pairs)}")
    if _dilates(layer):
        arguments.append(f"dilation={layer.dilation}")
    lines = ["import torch", "from torch import nn"]
    if apart:
        lines.append("from torch.nn import functional as F")
    lines += ["", f"x = torch.{_tensor(scene.input_array())}[None]"]
    if isinstance(layer, ConvSpec):
        if layer.groups > 1:
            arguments.append(f"groups={layer.groups}")
        arguments.append(f"bias={layer.bias}")
        mode = PADDING_MODES[layer.padding_mode]
        if mode.copies and not apart:
            arguments.append(f'padding_mode="{mode.torch}"')
        lines.append(
            f"layer = nn.Conv2d({layer.in_channels}, {layer.out_channels}, "
            f"kernel_size={layer.kernel_size}, {', '.join(arguments)})"
        )
        weight = _weight_of(scene)
        turned = ".flip(-2, -1)  # true convolution turns the kernel" if scene.flip else ""
        lines.append(f"w = torch.{_tensor(weight)}{turned}")
        lines.append("layer.weight = nn.Parameter(w)")
        if (bias := scene.bias_array()) is not None:
            lines.append(f"layer.bias = nn.Parameter(torch.{_tensor(bias)})")
    else:
        kind = POOL_KINDS[layer.kind]
        if ceil_mode:
            arguments.append("ceil_mode=True")
        if kind.takes_divisor and not layer.count_include_pad:
            arguments.append("count_include_pad=False")
        lines += [kind.code.before] if kind.code.before else []
        begun = (kind.code.torch or "").format(p=_power(layer))
        lines.append(f"layer = nn.{begun}{layer.kernel_size}, {', '.join(arguments)})")
    if apart:
        (top, bottom), (left, right) = pairs
        lines.append(
            f"x = F.pad(x, ({left}, {right}, {top}, {bottom}){_pad_mode(layer)})"
            "  # left, right, top, bottom"
        )
    lines += [_apply(layer), f"print(y.shape)  # {_batched(scene)}", "print(y)", ""]
    return Snippet("PyTorch", "\n".join(lines))


def keras_code(scene: Scene) -> Snippet:
    """The scene as a Keras layer; Keras keeps the channels last."""
    layer, axes = _layer_of(scene)
    pairs = _pairs_with_overhang(axes)
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
    lines.append(f"x = {_array(scene.input_array())}")
    lines.append("x = x.transpose(1, 2, 0)[None]  # Keras: (batch, height, width, channels)")
    if not isinstance(layer, ConvSpec):
        code = POOL_KINDS[layer.kind].code
        lines += [code.before] if code.before else []
        lines.append(
            f"layer = keras.layers.{code.keras}({layer.kernel_size}, strides={layer.stride}, "
            f"padding={word})"
        )
    else:
        if padded and not same:
            lines.append(f"x = keras.layers.ZeroPadding2D({pairs})(x)  # top, bottom; left, right")
        arguments = [f"strides={layer.stride}", f"padding={word}"]
        if _dilates(layer):
            arguments.append(f"dilation_rate={layer.dilation}")
        if layer.groups > 1:
            arguments.append(f"groups={layer.groups}")
        arguments.append(f"use_bias={layer.bias}")
        lines.append(
            f"layer = keras.layers.Conv2D({layer.out_channels}, {layer.kernel_size}, "
            f"{', '.join(arguments)})"
        )
        lines.append("layer.build(x.shape)")
        turned = "[..., ::-1, ::-1]" if scene.flip else ""
        lines.append(f"w = {_array(_weight_of(scene))}{turned}")
        bias = scene.bias_array()
        extra = "" if bias is None else f", {_array(bias)}"
        lines.append(f"layer.set_weights([w.transpose(2, 3, 1, 0){extra}])")
    k, *size = scene.out_channels, *scene.output_size
    lines += [_apply(layer), f"print(y.shape)  # {(1, *size, k)}", "print(y)", ""]
    return Snippet("Keras", "\n".join(lines))


def _layer_of(scene: Scene) -> tuple[ConvSpec | PoolSpec, tuple[Axis, ...]]:
    layer = scene.layer
    if isinstance(layer, ConvTransposeSpec) or layer.rank != 2:
        raise ShapeError(
            f"there is no code for a {layer.kind} layer of {layer.rank} "
            f"{'axis' if layer.rank == 1 else 'axes'}; use a convolution or pooling of 2."
        )
    return layer, layer.axes(scene.input_size)


def _weight_of(scene: Scene) -> np.ndarray:
    weight = scene.written_weight_array()
    assert weight is not None, "a convolution has weights"
    return weight


def _apply(layer: ConvSpec | PoolSpec) -> str:
    negated = isinstance(layer, PoolSpec) and POOL_KINDS[layer.kind].code.negated
    return "y = -layer(x)" if negated else "y = layer(x)"


def _power(layer: PoolSpec) -> str:
    return "" if layer.norm_type is None else _number(layer.norm_type)


def _numpy_pool(layer: PoolSpec, count: str) -> str:
    """What is done with one window, as Python text; `count` is how many of its cells count."""
    divisor = layer.divisor_override or count
    if _dilates(layer) and not layer.count_include_pad and not layer.divisor_override:
        divisor = f"max({divisor}, 1)"  # a window may see padding alone
    return POOL_KINDS[layer.kind].code.numpy.format(divisor=divisor, p=_power(layer))


def _keras_conv_lacks(layer: ConvSpec, padded: bool) -> str:
    if max(layer.stride) > 1 and _dilates(layer):
        return "Keras has no such layer: Conv2D takes a stride or a dilation above 1, not both."
    zeros = not PADDING_MODES[layer.padding_mode].copies and layer.padding_value == 0
    if padded and not zeros:
        return f"Keras has no such layer: Conv2D pads with zeros only, not {layer.padding_mode}."
    return ""


def _keras_pool_lacks(layer: PoolSpec, axes: Sequence[Axis], same: bool) -> str:
    kind = POOL_KINDS[layer.kind]
    if kind.code.keras is None:
        return f"Keras has no such layer: it has no {kind.title} pooling."
    if _dilates(layer):
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


def _pytorch_pool_lacks(layer: PoolSpec, uneven: bool, axes: Sequence[Axis]) -> str:
    kind = POOL_KINDS[layer.kind]
    if kind.code.torch is None:
        return f"PyTorch has no such layer: it has no {kind.title} pooling."
    if _dilates(layer) and not kind.code.torch_dilates:
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


def _dilates(layer: ConvSpec | PoolSpec) -> bool:
    """Whether dilation changes anything: with a single cell along the axis it does not."""
    return any(d > 1 and k > 1 for d, k in zip(layer.dilation, layer.kernel_size, strict=True))


def _pairs_with_overhang(axes: Sequence[Axis]) -> tuple[Pair, ...]:
    """The padding at both ends, and the cells beyond over which ceil_mode hangs."""
    return tuple((axis.before, axis.after + axis.overhang) for axis in axes)


def _numpy_weights(scene: Scene) -> list[str]:
    weight = _weight_of(scene)
    lines = [f"w = {_array(weight)}"]
    lines.append(f"# w has shape (out, in / groups, height, width) = {weight.shape}")
    if scene.flip:
        lines.append("w = w[..., ::-1, ::-1]  # true convolution turns the kernel")
    if (bias := scene.bias_array()) is not None:
        lines.append(f"b = {_array(bias)}")
    return lines


def _numpy_padding(scene: Scene) -> list[str]:
    """Pad the input; cells over which ceil_mode hangs are padded too, as they never count."""
    layer, axes = _layer_of(scene)
    pairs = ((0, 0), *_pairs_with_overhang(axes))
    if isinstance(layer, ConvSpec):
        if not any(map(any, pairs)):
            return ["padded = x"]
        mode, value = PADDING_MODES[layer.padding_mode], _number(layer.padding_value)
        how = f'mode="{mode.numpy}"' if mode.copies else f"constant_values={value}"
        return [f"padded = np.pad(x, {pairs}, {how})"]
    kind = POOL_KINDS[layer.kind]
    if kind.takes_divisor:
        return [f"padded = np.pad(x, {pairs})", *_numpy_counts(layer, axes)]
    return [f"padded = np.pad(x, {pairs}, constant_values={_absent(kind)})"]


def _absent(kind: PoolKind) -> str:
    """The number that stands for a missing cell, as Python text."""
    if np.isfinite(kind.absent):
        return _number(kind.absent)
    return f"{'-' if kind.absent < 0 else ''}np.{'nan' if np.isnan(kind.absent) else 'inf'}"


def _numpy_counts(layer: PoolSpec, axes: Sequence[Axis]) -> list[str]:
    """Mark with 1 the cells of the padded input that average pooling counts."""
    if layer.divisor_override is not None:
        return []
    if layer.count_include_pad:
        size = tuple(axis.padded for axis in axes)
        pairs = tuple((0, axis.overhang) for axis in axes)
    else:
        size = tuple(axis.input for axis in axes)
        pairs = _pairs_with_overhang(axes)
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


def _pad_mode(layer: ConvSpec | PoolSpec) -> str:
    if isinstance(layer, PoolSpec):
        return "" if POOL_KINDS[layer.kind].absent == 0 else ', value=-float("inf")'
    mode = PADDING_MODES[layer.padding_mode]
    if mode.takes_value:
        return f", value={_number(layer.padding_value)}"
    return f', mode="{mode.torch}"' if mode.copies else ""


def _batched(scene: Scene) -> str:
    sizes = (1, scene.out_channels, *scene.output_size)
    return f"torch.Size({list(sizes)})"


def _number(value: float) -> str:
    return format_numbers([[[value]]])


def _nested(array: np.ndarray, indent: str = "    ") -> str:
    """Brackets and numbers, one matrix row a line."""
    if array.ndim == 1:
        return "[" + ", ".join(_number(value) for value in array) + "]"
    rows = f",\n{indent} ".join(_nested(part, indent + " ") for part in array)
    return f"[{rows}]"


def _array(array: np.ndarray) -> str:
    return f"np.array(\n    {_nested(array)}, dtype=float)"


def _tensor(array: np.ndarray) -> str:
    return f"tensor(\n    {_nested(array)}, dtype=torch.float32)"

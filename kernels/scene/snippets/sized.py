"""A layer of any size as code, without its numbers: what it is called and what size comes out.

>>> from kernels import ConvSpec
>>> torch, keras, numpy = sized_snippets(ConvSpec(3, 64, 7, stride=2, padding=3), (224, 224))
>>> print(torch.code)
import torch
from torch import nn
<BLANKLINE>
layer = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3)
y = layer(torch.zeros(1, 3, 224, 224))
print(y.shape)  # torch.Size([1, 64, 112, 112])
<BLANKLINE>
"""

from __future__ import annotations

from collections.abc import Sequence

from kernels.layers.geometry import Axis, Pair, padding_pair
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec
from kernels.layers.transposed import TransposedAxis
from kernels.scene.snippets.written import Snippet


def sized_snippets(
    layer: LayerSpec, input_size: Sequence[int], channels: int = 1
) -> tuple[Snippet, Snippet, Snippet]:
    """A layer in PyTorch, Keras and NumPy, where they have it.

    channels : of a pooling's input; a convolution knows its own
    """
    size = tuple(input_size)
    return _torch(layer, size, channels), _keras(layer, size, channels), _numpy(layer, size)


def _torch(layer: LayerSpec, size: tuple[int, ...], channels: int) -> Snippet:
    axes: Sequence[Axis | TransposedAxis] = layer.axes(size)
    dims = f"{layer.rank}d"
    pairs = [(axis.before, axis.after) for axis in axes]
    uneven = any(before != after for before, after in pairs)
    arguments = [f"stride={_each(layer.stride)}"]
    if not uneven and any(before for before, _ in pairs):
        arguments.append(f"padding={_each([before for before, _ in pairs])}")
    if max(layer.dilation) > 1:
        arguments.append(f"dilation={_each(layer.dilation)}")
    window = _each(layer.kernel_size)
    into, made = _channels(layer, channels)
    match layer:
        case PoolSpec():
            if uneven:
                return _none("PyTorch", "its pooling pads both ends alike")
            kind = POOL_KINDS[layer.kind]
            if kind.code.torch is None or (max(layer.dilation) > 1 and not kind.code.torch_dilates):
                return _none("PyTorch", f"its {kind.title.lower()} pooling is not like this")
            arguments += ["ceil_mode=True"] if layer.ceil_mode else []
            name = kind.code.torch.partition("2d")[0]
            call = f"{name}{dims}({window}, {', '.join(arguments)})"
        case ConvTransposeSpec():
            if any(layer.output_padding):
                arguments.append(f"output_padding={_each(layer.output_padding)}")
            call = f"ConvTranspose{dims}({into}, {made}, kernel_size={window}, "
            call += f"{', '.join(arguments + _counts(layer))})"
        case _:
            call = f"Conv{dims}({into}, {made}, kernel_size={window}, "
            call += f"{', '.join(arguments + _counts(layer))})"
    lines = ["import torch", "from torch import nn", "", f"layer = nn.{call}"]
    lines.append(f"x = torch.zeros(1, {into}, {', '.join(map(str, size))})")
    lines.append("y = layer(x)")
    if uneven and isinstance(layer, ConvTransposeSpec):
        cuts = ", ".join(f"{a}:{a + axis.output}" for (a, _), axis in zip(pairs, axes, strict=True))
        lines.append(f"y = y[..., {cuts}]  # each end is cropped by its own number")
    elif uneven:
        flat = [str(cells) for pair in reversed(pairs) for cells in pair]
        lines.insert(-1, f"x = nn.functional.pad(x, ({', '.join(flat)}))  # last axis first")
    elif lines[-2].startswith("x = "):
        lines[-2:] = [f"y = layer({lines[-2].removeprefix('x = ')})"]
    lines += [f"print(y.shape)  # torch.Size({[1, made, *(a.output for a in axes)]})", ""]
    return Snippet("PyTorch", "\n".join(lines))


def _keras(layer: LayerSpec, size: tuple[int, ...], channels: int) -> Snippet:
    dims = f"{layer.rank}D"
    into, made = _channels(layer, channels)
    arguments = [f"strides={_each(layer.stride)}"]
    if max(layer.dilation) > 1:
        if max(layer.stride) > 1:
            return _none("Keras", "it takes a stride or a dilation above 1, not both")
        if isinstance(layer, PoolSpec):
            return _none("Keras", "its pooling has no dilation")
        arguments.append(f"dilation_rate={_each(layer.dilation)}")
    lines = ["import keras", "", f"x = keras.ops.zeros((1, {_shape(size)}, {into}))"]
    window = _each(layer.kernel_size)
    axes: Sequence[Axis | TransposedAxis] = layer.axes(size)
    match layer:
        case ConvTransposeSpec():
            if layer.groups > 1:
                return _none("Keras", f"Conv{dims}Transpose has no groups")
            arguments.append(f"use_bias={layer.bias}")
            call = f"Conv{dims}Transpose({made}, {window}, {', '.join(arguments)})(x)"
            after = [_beyond(axis) for axis in axes]
            if min(after) < 0:
                return _none("Keras", f"Conv{dims}Transpose makes no cells beyond its kernels'")
            lines.append(f"y = keras.layers.{call}")
            crops = [(axis.before, extra) for axis, extra in zip(axes, after, strict=True)]
            if any(map(any, crops)):
                lines.append(f"y = keras.layers.Cropping{dims}({_ends(crops)})(y)")
        case _:
            pairs = [(axis.before, axis.after) for axis in axes]
            same = pairs == [_same(axis) for axis in axes]
            padded = any(map(any, pairs))
            if isinstance(layer, PoolSpec):
                hangs = any(isinstance(axis, Axis) and axis.overhang for axis in axes)
                if (padded and not same) or hangs:
                    return _none("Keras", 'its pooling pads by "same" or not at all')
                name = POOL_KINDS[layer.kind].code.keras
                if name is None:
                    return _none("Keras", "it has no such pooling")
                begun = name.partition("2D")[0]
            else:
                begun = "Conv"
                arguments += [f"groups={layer.groups}"] if layer.groups > 1 else []
                arguments.append(f"use_bias={layer.bias}")
                if padded and not same:
                    lines.append(f"x = keras.layers.ZeroPadding{dims}({_ends(pairs)})(x)")
            word = "same" if padded and same else "valid"
            first = f"{made}, " if isinstance(layer, ConvSpec) else ""
            call = f'{begun}{dims}({first}{window}, {", ".join(arguments)}, padding="{word}")(x)'
            lines.append(f"y = keras.layers.{call}")
    shape = (1, *(axis.output for axis in axes), made)
    lines += [f"print(y.shape)  # {shape}: the channels stand last", ""]
    return Snippet("Keras", "\n".join(lines))


def _numpy(layer: LayerSpec, size: tuple[int, ...]) -> Snippet:
    """The arithmetic of the size, which is all that an empty layer has."""
    axes: Sequence[Axis | TransposedAxis] = layer.axes(size)
    lines = ["import numpy as np", "", f"size = np.array({list(size)})"]
    lines.append(f"kernel = np.array({list(layer.kernel_size)})")
    lines.append(f"stride = np.array({list(layer.stride)})")
    lines.append(f"dilation = np.array({list(layer.dilation)})")
    lines.append(f"before = np.array({[axis.before for axis in axes]})")
    lines.append(f"after = np.array({[axis.after for axis in axes]})")
    lines.append("reach = dilation * (kernel - 1) + 1")
    if isinstance(layer, ConvTransposeSpec):
        lines.append(f"extra = np.array({list(layer.output_padding)})")
        lines.append("output = (size - 1) * stride + reach - before - after + extra")
    elif isinstance(layer, PoolSpec) and layer.ceil_mode:
        lines.append("steps = -(-(size + before + after - reach) // stride)  # rounded up")
        lines.append("steps -= steps * stride >= size + before  # none starts in the padding after")
        lines.append("output = steps + 1")
    else:
        lines.append("output = (size + before + after - reach) // stride + 1")
    lines += [f"print(output)  # {[axis.output for axis in axes]}", ""]
    return Snippet("NumPy", "\n".join(lines))


def _none(library: str, why: str) -> Snippet:
    return Snippet(library, None, f"{library} has no such layer: {why}.")


def _channels(layer: LayerSpec, channels: int) -> tuple[int, int]:
    if isinstance(layer, PoolSpec):
        return channels, channels
    return layer.in_channels, layer.out_channels


def _counts(layer: ConvSpec | ConvTransposeSpec) -> list[str]:
    groups = [f"groups={layer.groups}"] if layer.groups > 1 else []
    return [*groups, *([] if layer.bias else ["bias=False"])]


def _each(numbers: Sequence[int]) -> str:
    """One number where all axes have it, else the tuple."""
    return str(numbers[0]) if len(set(numbers)) == 1 else str(tuple(numbers))


def _shape(size: Sequence[int]) -> str:
    return ", ".join(map(str, size))


def _ends(pairs: Sequence[Pair]) -> str:
    return str(pairs[0]) if len(pairs) == 1 else str(tuple(pairs))


def _same(axis: Axis | TransposedAxis) -> Pair:
    return padding_pair("same_upper", axis.input, axis.kernel, axis.stride, axis.dilation)


def _beyond(axis: Axis | TransposedAxis) -> int:
    """Cells to crop at the end of what Keras makes unpadded: at least one stride for each input."""
    made = axis.input * axis.stride + max(axis.effective_kernel - axis.stride, 0)
    return made - axis.before - axis.output

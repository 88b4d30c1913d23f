"""A transposed convolution in PyTorch, Keras and NumPy, with its numbers."""

from __future__ import annotations

from kernels.layers.spec import ConvTransposeSpec
from kernels.scene.scene import Scene
from kernels.scene.snippets.numpy import INDICES, SIDES
from kernels.scene.snippets.written import (
    Snippet,
    array_code,
    dilates,
    each,
    ends_of,
    tensor_code,
    weight_of,
)


def transposed_code(scene: Scene) -> tuple[Snippet, Snippet, Snippet]:
    """The listings, in this order: PyTorch, Keras, NumPy."""
    layer = scene.layer
    assert isinstance(layer, ConvTransposeSpec)
    return _torch(scene, layer), _keras(scene, layer), _numpy(scene, layer)


def _torch(scene: Scene, layer: ConvTransposeSpec) -> Snippet:
    axes = layer.axes(scene.input_size)
    uneven = any(axis.before != axis.after for axis in axes)
    arguments = [f"stride={each(layer.stride)}"]
    if not uneven and any(axis.before for axis in axes):
        arguments.append(f"padding={each([axis.before for axis in axes])}")
    if any(layer.output_padding):
        arguments.append(f"output_padding={each(layer.output_padding)}")
    if dilates(layer):
        arguments.append(f"dilation={each(layer.dilation)}")
    if layer.groups > 1:
        arguments.append(f"groups={layer.groups}")
    arguments.append(f"bias={layer.bias}")
    lines = ["import torch", "from torch import nn", ""]
    lines.append(f"x = torch.{tensor_code(scene.input_array())}[None]")
    lines.append(
        f"layer = nn.ConvTranspose{layer.rank}d({layer.in_channels}, {layer.out_channels}, "
        f"kernel_size={each(layer.kernel_size)}, {', '.join(arguments)})"
    )
    lines.append(f"w = torch.{tensor_code(weight_of(scene))}")
    lines.append(f"# w has shape {_weight_shape(layer)}")
    lines.append("layer.weight = nn.Parameter(w)")
    if (bias := scene.bias_array()) is not None:
        lines.append(f"layer.bias = nn.Parameter(torch.{tensor_code(bias)})")
    lines.append("y = layer(x)")
    if uneven:
        kept = ", ".join(f"{axis.before} : {axis.before + axis.output}" for axis in axes)
        lines.append(f"y = y[..., {kept}]  # each end is cropped by its own number")
    shape = [1, scene.out_channels, *scene.output_size]
    lines += [f"print(y.shape)  # torch.Size({shape})", "print(y)", ""]
    return Snippet("PyTorch", "\n".join(lines))


def _keras(scene: Scene, layer: ConvTransposeSpec) -> Snippet:
    name = f"Conv{layer.rank}DTranspose"
    if layer.groups > 1:
        return _none(f"{name} has no groups")
    if max(layer.stride) > 1 and dilates(layer):
        return _none(f"{name} takes a stride or a dilation above 1, not both")
    axes = layer.axes(scene.input_size)
    crops = []
    for axis in axes:
        made = axis.input * axis.stride + max(axis.effective_kernel - axis.stride, 0)
        crops.append((axis.before, made - axis.before - axis.output))
    if min(after for _, after in crops) < 0:
        return _none(f"{name} makes no cells beyond its kernels'")
    arguments = [f"strides={each(layer.stride)}"]
    if dilates(layer):
        arguments.append(f"dilation_rate={each(layer.dilation)}")
    arguments.append(f"use_bias={layer.bias}")
    last = ", ".join(map(str, (*range(1, layer.rank + 1), 0)))
    lines = ["import keras", "import numpy as np", ""]
    lines.append(f"x = {array_code(scene.input_array())}")
    lines.append(f"x = x.transpose({last})[None]  # Keras: the channels last")
    lines.append(
        f"layer = keras.layers.{name}({layer.out_channels}, {each(layer.kernel_size)}, "
        f"{', '.join(arguments)})"
    )
    lines.append("layer.build(x.shape)")
    lines.append(f"w = {array_code(weight_of(scene))}")
    bias = scene.bias_array()
    extra = "" if bias is None else f", {array_code(bias)}"
    order = ", ".join(map(str, (*range(2, layer.rank + 2), 1, 0)))
    lines += [f"layer.set_weights([w.transpose({order}){extra}])", "y = layer(x)"]
    if any(map(any, crops)):
        lines.append(f"y = keras.layers.Cropping{layer.rank}D({ends_of(crops)})(y)")
    shape = (1, *scene.output_size, scene.out_channels)
    lines += [f"print(y.shape)  # {shape}", "print(y)", ""]
    return Snippet("Keras", "\n".join(lines))


def _numpy(scene: Scene, layer: ConvTransposeSpec) -> Snippet:
    """Plain loops over the input: each number adds its copy of the kernel."""
    axes, names = layer.axes(scene.input_size), INDICES[layer.rank]
    x = scene.input_array()
    whole = (layer.out_channels, *(axis.uncropped + axis.output_padding for axis in axes))
    lines = ["import numpy as np", "", f"x = {array_code(x)}"]
    lines.append(f"# x has shape {_axes_words('channels', layer.rank)} = {x.shape}")
    lines.append(f"w = {array_code(weight_of(scene))}")
    lines.append(f"# w has shape {_weight_shape(layer)}")
    lines += ["", f"whole = np.zeros({whole})", f"for k in range({len(x)}):"]
    for depth, (name, axis) in enumerate(zip(names, axes, strict=True), start=1):
        lines.append(f"{'    ' * depth}for {name} in range({axis.input}):")
    places = []
    for name, axis in zip(names, axes, strict=True):
        start = name if axis.stride == 1 else f"{axis.stride} * {name}"
        step = f" : {axis.dilation}" if axis.dilation > 1 else ""
        places.append(f"{start} : {start} + {axis.effective_kernel}{step}")
    maps = ":"
    if layer.groups > 1:
        read, made = layer.in_channels // layer.groups, layer.out_channels // layer.groups
        group = f"k // {read}" if read > 1 else "k"
        first = f"{made} * ({group})" if made > 1 else group
        maps = f"{first} : {first} + {made}"
    indent = "    " * (layer.rank + 1)
    lines.append(f"{indent}whole[{maps}, {', '.join(places)}] += x[k, {', '.join(names)}] * w[k]")
    kept = ", ".join(f"{axis.before} : {axis.before + axis.output}" for axis in axes)
    lines.append(f"y = whole[:, {kept}]")
    if (bias := scene.bias_array()) is not None:
        spread = ", ".join([":", *["None"] * layer.rank])
        lines.append(f"y = y + {array_code(bias)}[{spread}]")
    lines += ["print(y)", ""]
    return Snippet("NumPy", "\n".join(lines))


def _none(why: str) -> Snippet:
    return Snippet("Keras", None, f"Keras has no such layer: {why}.")


def _axes_words(first: str, rank: int) -> str:
    return f"({first}, {SIDES[rank]})"


def _weight_shape(layer: ConvTransposeSpec) -> str:
    words = _axes_words("in, out / groups", layer.rank)
    return f"{words} = {layer.weight_shape}"

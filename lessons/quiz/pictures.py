"""Scenes for the stage: a question's layer, or one that is smaller in the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kernels import Axis, ConvSpec, PoolSpec, Scene
from kernels.scene.limits import MAX_CHANNELS, MAX_INPUT
from kernels.scene.scene import Numbers
from kernels.scene.settle import settle
from kernels.scene.values import fit_input
from lessons.quiz.question import Field, Question
from lessons.quiz.shapes import shapes


@dataclass(frozen=True)
class Picture:
    """A scene to show; `note` says what differs from the question, if anything does."""

    scene: Scene
    note: str = ""


def picture_of(question: Question, field: str | None = None) -> Picture | None:
    """A scene of the layer that a box asks about; None where the stage has no picture of it.

    >>> from lessons.quiz import generate
    >>> picture = picture_of(generate("output_size", 4, 0))
    >>> picture.scene.input_size <= (16, 16)
    True

    An input that is too large for the stage is shown smaller by a whole number of strides, so that
    the windows end at its edge in the same way.
    """
    setup = question.setup
    if setup.scene is not None:
        return Picture(setup.scene)
    number = (question.field(field) if field else question.fields[0]).layer
    layer = setup.layers[number]
    if not isinstance(layer, ConvSpec | PoolSpec) or layer.rank != 2:
        return None
    axes = layer.axes(shapes(setup)[number][1:])
    size = tuple(smaller(axis) for axis in axes)
    channels, filters = _few(layer)
    flat = {
        "op": layer.kind,
        "size": f"{size[0]}x{size[1]}",
        "cin": str(channels),
        "cout": str(filters),
        "kernel": f"{axes[0].kernel}x{axes[1].kernel}",
        "stride": f"{axes[0].stride}x{axes[1].stride}",
        "padding": "x".join(f"{axis.before}.{axis.after}" for axis in axes),
        "dilation": f"{axes[0].dilation}x{axes[1].dilation}",
        "ceil": str(int(layer.ceil_mode)),
        "x": "random:1",
        "w": "random:2",
    }
    scene, moved = settle(flat)
    if moved:
        return None
    notes = []
    if size != tuple(axis.input for axis in axes):
        notes.append(
            f"Drawn on {size[0]} × {size[1]}: the windows end at the edge just as on "
            f"{axes[0].input} × {axes[1].input}."
        )
    if isinstance(layer, ConvSpec) and (channels, filters) != (
        layer.in_channels,
        layer.out_channels,
    ):
        notes.append("Drawn with one channel and one kernel, which changes no size.")
    return Picture(scene, " ".join(notes))


def fits_stage(question: Question, box: Field) -> bool:
    """Whether the stage can show the layer that a box asks about as it is in the question."""
    layer = question.setup.layers[box.layer]
    if not isinstance(layer, ConvSpec | PoolSpec) or layer.rank != 2:
        return False
    axes = layer.axes(shapes(question.setup)[box.layer][1:])
    small = all(axis.input <= MAX_INPUT for axis in axes)
    channels = shapes(question.setup)[box.layer][0]
    if isinstance(layer, ConvSpec):
        same = _few(layer) == (channels, layer.out_channels)
    else:
        same = channels == 1
    return small and same and len(question.setup.layers) == 1


def windows_of(picture: Picture) -> Picture:
    """The same windows over a kernel of ones, or for pooling over other numbers: no answer in it.

    >>> from lessons.quiz import generate
    >>> windows_of(picture_of(generate("cell_value", 1, 0))).scene.weight_array().tolist()
    [[[[1.0, 1.0], [1.0, 1.0]]]]
    """
    scene = picture.scene
    if isinstance(scene.layer, PoolSpec):
        note = "The numbers here are different: read yours from the same cells."
        for source in ("random:1", "random:2"):  # one of them may have the same mean
            drawn, _ = fit_input(source, scene.input.array.shape)
            other = replace(scene, input=Numbers(drawn, source))
            if not (other.output() == scene.output()).any():
                break
        return Picture(other, note)
    weight = Numbers(np.ones(scene.layer.weight_shape))
    bias = None if scene.bias is None else Numbers(np.zeros(scene.out_channels))
    return Picture(
        replace(scene, weight=weight, bias=bias),
        "The kernel is drawn with ones here: put its own weights in their place.",
    )


def smaller(axis: Axis, most: int = MAX_INPUT) -> int:
    """The largest input up to `most` with the same remainder."""
    if axis.input <= most:
        return axis.input
    fewer = -(-(axis.input - most) // axis.stride) * axis.stride
    return max(axis.input - fewer, axis.effective_kernel)


def _few(layer: ConvSpec | PoolSpec) -> tuple[int, int]:
    """Channels in and out where the stage can show them, else one of each."""
    if not isinstance(layer, ConvSpec) or layer.groups > 1:
        return 1, 1
    channels = (layer.in_channels, layer.out_channels)
    return channels if max(channels) <= MAX_CHANNELS else (1, 1)

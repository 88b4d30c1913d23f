"""What a worked solution shows beside it, in the question's own numbers.

A layer that the stage can show as it is stands there. A larger one is drawn along its axes, counts
as the weight tensor, a receptive field as the stack of layers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kernels import Axis, ConvSpec, PoolSpec
from kernels.layers.links import links_of
from lessons.quiz.axis_pictures import AxisPicture, windows_at
from lessons.quiz.pictures import Picture, fits_stage, picture_of
from lessons.quiz.question import Field, Question
from lessons.quiz.shapes import axes_of, shapes
from lessons.quiz.wording import counted, layer_words, sentence


@dataclass(frozen=True)
class WeightPicture:
    """The weight tensor of a layer; note: what else the answer needs; count: what it counts."""

    layer: ConvSpec
    note: str = ""
    count: Literal["", "weights", "parameters"] = field(default="", compare=False)


@dataclass(frozen=True)
class AxesPicture:
    """Rows of cells with their windows: both axes of a layer, or layer after layer."""

    rows: tuple[AxisPicture, ...] = field(default=())


Shown = Picture | WeightPicture | AxesPicture


def weights_picture(
    question: Question,
    field: Field,
    note: str = "",
    count: Literal["", "weights", "parameters"] = "",
) -> Shown | None:
    """The weight tensor of a convolution over maps; another layer as it stands."""
    layer = question.setup.layers[field.layer]
    if not isinstance(layer, ConvSpec):
        return layer_picture(question, field)
    return WeightPicture(layer, note, count) if layer.rank == 2 else None


_ALONG = {1: ("signal",), 2: ("height", "width"), 3: ("frames", "height", "width")}
"""What the axes of a layer are called, by how many it has."""


def layer_picture(question: Question, field: Field, only: int | None = None) -> Shown | None:
    """The layer that a box asks about: on the stage where it fits, else along its axes.

    only: the axis that is shown where the two differ; both if it is None.
    """
    setup = question.setup
    layer = setup.layers[field.layer]
    if not isinstance(layer, ConvSpec | PoolSpec):
        return None
    if fits_stage(question, field):
        return picture_of(question, field.id)
    axes = axes_of(setup, field)
    if len(axes) == 2 and axes[0] == axes[1]:
        rows = [(axes[0], "height and width")]
    else:
        rows = list(zip(axes, _ALONG[len(axes)], strict=True))
        rows = rows if only is None else [rows[only]]
    title = sentence(f"{layer_words(layer)}: ") if len(setup.layers) > 1 else ""
    return AxesPicture(tuple(axis_picture(axis, name, title) for axis, name in rows))


def axis_picture(axis: Axis, name: str, title: str = "") -> AxisPicture:
    """The windows of a layer along an axis.

    >>> axis_picture(Axis(input=6, kernel=3, stride=2, before=1, after=1), "height").title
    '3 windows along the height'
    """
    count = len(axis.origins)
    words = f"{counted(axis.input, 'cell')}, no padding."
    if axis.before or axis.after:
        words = f"{counted(axis.input, 'cell')}; padding hatched: {axis.before} before, "
        words += f"{axis.after} after."
    heading = f"{title}{counted(count, 'window')} along the {name}"
    return AxisPicture(heading, words, links_of(axis))


def offsets_of(axis: Axis) -> tuple[int, ...]:
    """The cells of a window that are multiplied, counted from its first one.

    >>> offsets_of(Axis(input=9, kernel=3, dilation=2))
    (0, 2, 4)
    """
    return tuple(n * axis.dilation for n in range(axis.kernel))


def stack_picture(question: Question) -> AxesPicture:
    """What one output number sees: the cells before each layer, from the input on.

    >>> from lessons.quiz import generate, solve
    >>> question = generate("receptive_field", 5, 0)
    >>> stack_picture(question).rows[0].cells == solve(question)["field"]
    True
    """
    setup = question.setup
    rows: list[AxisPicture] = []
    seen = (0,)
    for number in range(len(setup.layers) - 1, -1, -1):
        layer = setup.layers[number]
        axis = layer.axes(shapes(setup)[number][1:])[0]
        starts = tuple(n * axis.stride for n in seen)
        offsets = offsets_of(axis)
        cells = starts[-1] + axis.effective_kernel
        where = f"after layer {number}" if number else "of the input"
        links, _ = windows_at(starts, offsets, input=cells)
        rows.append(
            AxisPicture(
                f"{counted(cells, 'cell')} {where}, {counted(len(starts), 'window')}",
                f"Layer {number + 1}: {layer_words(layer)}.",
                links,
            )
        )
        seen = tuple(sorted({start + offset for start in starts for offset in offsets}))
    return AxesPicture(tuple(reversed(rows)))

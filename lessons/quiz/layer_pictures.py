"""What a worked solution shows beside it, in the question's own numbers.

A layer that the stage can show as it is stands there. A larger one is drawn along its axes, counts
as the weight tensor, a receptive field as the stack of layers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kernels import Axis, ConvSpec, PoolSpec
from kernels.networks.layers import BatchNorm
from lessons.quiz.answers import shapes
from lessons.quiz.pictures import Picture, fits_stage, picture_of
from lessons.quiz.question import Field, Question
from lessons.quiz.wording import counted, layer_words, sentence

COUNTS = ("weights", "parameters", "all_parameters", "dense_parameters", "macs", "operations")
"""What is counted from a layer's weights, wherever its windows stand."""


@dataclass(frozen=True)
class WeightPicture:
    """The weight tensor of a layer; `note` says what else the count needs."""

    layer: ConvSpec
    note: str = ""


@dataclass(frozen=True)
class AxisPicture:
    """Windows along one axis; starts: first cell of each, in input coordinates."""

    title: str
    words: str
    before: int
    input: int
    after: int
    starts: tuple[int, ...]
    reach: int
    taps: tuple[int, ...] = ()


@dataclass(frozen=True)
class AxesPicture:
    """Rows of cells with their windows: both axes of a layer, or layer after layer."""

    rows: tuple[AxisPicture, ...] = field(default=())


Shown = Picture | WeightPicture | AxesPicture


def pictures_of(question: Question) -> tuple[Shown, ...]:
    """Everything that a solution shows, each thing once.

    >>> from lessons.quiz import generate
    >>> pictures_of(generate("layer_parameters", 2, 0))[0].layer.weight_shape
    (10, 16, 5, 5)
    >>> [row.input for row in pictures_of(generate("output_size", 2, 0))[0].rows]
    [35]
    >>> [row.words for row in pictures_of(generate("receptive_field", 3, 0))[0].rows]
    ['Layer 1: a convolution with a 5 × 5 kernel, padding 2.', \
'Layer 2: a convolution with a 2 × 2 kernel, padding 1.']
    """
    setup = question.setup
    if setup.scene is not None:
        note = ""
        if question.fields[0].asks == "relu_number":
            note = "The stage shows the sums as they are before ReLU."
        return (Picture(setup.scene, note),)
    if question.fields[0].asks == "field":
        return (stack_picture(question),)
    found: dict[Shown, None] = {}
    rows: dict[AxisPicture, None] = {}
    for box in question.fields:
        shown = _of_box(question, box)
        if isinstance(shown, AxesPicture):
            rows |= dict.fromkeys(shown.rows)
        elif shown is not None:
            found[shown] = None
    windows = (AxesPicture(tuple(rows)),) if rows else ()
    return (*windows, *found)


def weights_of(question: Question, box: Field) -> WeightPicture | None:
    """The weight tensor that a box counts, if it counts one."""
    layers, number = question.setup.layers, box.layer
    layer = layers[number]
    if not isinstance(layer, ConvSpec) or box.asks not in (*COUNTS, "channels"):
        return None
    note = ""
    if box.asks in ("macs", "operations"):
        places = shapes(question.setup)[number + 1][1:]
        note = (
            f"Each weight is multiplied once for every cell of an output map of "
            f"{places[0]} × {places[1]}."
        )
    elif box.asks == "all_parameters" and any(isinstance(one, BatchNorm) for one in layers):
        note = "Batch normalisation learns two numbers more for each map; pooling learns nothing."
    elif box.asks == "all_parameters":
        note = "Pooling learns nothing."
    elif box.asks == "channels":
        note = f"{counted(layer.out_channels, 'kernel')}, and as many maps come out."
    return WeightPicture(layer, note)


def _of_box(question: Question, box: Field) -> Shown | None:
    weights = weights_of(question, box)
    layer = question.setup.layers[box.layer]
    if weights is not None or not isinstance(layer, ConvSpec | PoolSpec):
        return weights
    if box.asks == "channels" and len(question.fields) > 1:
        return None  # pooling's windows are drawn for its sizes
    if fits_stage(question, box):
        return picture_of(question, box.id)
    axes = layer.axes(shapes(question.setup)[box.layer][1:])
    names = ("height", "width") if axes[0] != axes[1] else ("height and width",)
    if box.asks in ("height", "width") and len(names) > 1:
        which = int(box.asks == "width")
        return AxesPicture((axis_picture(axes[which], box.asks),))
    title = ""
    if len(question.setup.layers) > 1:
        title = sentence(f"{layer_words(layer)}: ")
    return AxesPicture(
        tuple(axis_picture(axis, name, title) for axis, name in zip(axes, names, strict=False))
    )


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
    return AxisPicture(
        f"{title}{counted(count, 'window')} along the {name}",
        words,
        axis.before,
        axis.input,
        axis.after,
        tuple(axis.origins),
        axis.effective_kernel,
        taps_of(axis),
    )


def taps_of(axis: Axis) -> tuple[int, ...]:
    """The cells of a window that are multiplied, where these are not all of them."""
    if axis.dilation == 1:
        return ()
    return tuple(n * axis.dilation for n in range(axis.kernel))


def stack_picture(question: Question) -> AxesPicture:
    """What one output number sees: the cells before each layer, from the input on.

    >>> from lessons.quiz import generate, solve
    >>> question = generate("receptive_field", 5, 0)
    >>> stack_picture(question).rows[0].input == solve(question)["field"]
    True
    """
    setup = question.setup
    rows: list[AxisPicture] = []
    seen = (0,)
    for number in range(len(setup.layers) - 1, -1, -1):
        layer = setup.layers[number]
        axis = layer.axes(shapes(setup)[number][1:])[0]
        starts = tuple(n * axis.stride for n in seen)
        offsets = taps_of(axis) or range(axis.effective_kernel)
        cells = starts[-1] + axis.effective_kernel
        where = f"after layer {number}" if number else "of the input"
        rows.append(
            AxisPicture(
                f"{counted(cells, 'cell')} {where}, {counted(len(starts), 'window')}",
                f"Layer {number + 1}: {layer_words(layer)}.",
                0,
                cells,
                0,
                starts,
                axis.effective_kernel,
                taps_of(axis),
            )
        )
        seen = tuple(sorted({start + offset for start in starts for offset in offsets}))
    return AxesPicture(tuple(reversed(rows)))

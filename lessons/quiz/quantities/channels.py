"""How many channels come out."""

from __future__ import annotations

from kernels import ConvSpec
from lessons.quiz.layer_pictures import Shown, layer_picture, weights_picture
from lessons.quiz.mistakes.channels import ChannelWorking
from lessons.quiz.quantities.quantity import Quantity
from lessons.quiz.question import Field, Question, Value
from lessons.quiz.shapes import axes_of, shapes
from lessons.quiz.wording import counted


def _working(question: Question, field: Field, before: int | None) -> ChannelWorking:
    setup = question.setup
    layer, axis = setup.layers[field.layer], axes_of(setup, field)[0]
    conv = isinstance(layer, ConvSpec)
    return ChannelWorking(
        shapes(setup)[field.layer][0],
        layer.out_channels if conv else 0,
        axis.kernel,
        axis.before,
        axis.stride,
        layer.groups if conv else 1,
    )


def _rule(question: Question, field: Field) -> str:
    if isinstance(question.setup.layers[field.layer], ConvSpec):
        return "Every kernel makes one map: as many channels come out as there are kernels."
    return "Pooling works on each channel alone: as many channels come out as went in."


def _numbers(question: Question, field: Field) -> str:
    layer = question.setup.layers[field.layer]
    if isinstance(layer, ConvSpec):
        return f"{layer.out_channels} kernels slide over the input."
    return f"{question.setup.input_shape[0]} channels go in, each by itself."


def _worked(question: Question, field: Field, value: Value) -> str:
    return _rule(question, field)


def _picture(question: Question, field: Field) -> Shown | None:
    layer = question.setup.layers[field.layer]
    if isinstance(layer, ConvSpec):
        note = f"{counted(layer.out_channels, 'kernel')}, and as many maps come out."
        return weights_picture(question, field, note)
    # Where sizes are asked too, pooling's windows are drawn for them.
    return layer_picture(question, field) if len(question.fields) == 1 else None


ROWS = (
    Quantity(
        "channels",
        solve=lambda setup, field: shapes(setup)[field.layer + 1][0],
        working=_working,
        rule=_rule,
        numbers=_numbers,
        worked=_worked,
        picture=_picture,
        hint_picture="windows",
        weighs=True,
        slides=False,
    ),
)

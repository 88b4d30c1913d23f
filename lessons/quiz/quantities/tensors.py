"""The four numbers of a convolution's weight shape."""

from __future__ import annotations

from lessons.quiz.layer_pictures import weights_picture
from lessons.quiz.mistakes.tensors import TensorWorking
from lessons.quiz.quantities.quantity import Quantity
from lessons.quiz.question import Field, Question, Value

NAMES = ("tensor_out", "tensor_in", "tensor_rows", "tensor_columns")

_SAYS = (
    "as many as there are kernels",
    "the input channels that one kernel reads",
    "the rows of a kernel",
    "the columns of a kernel",
)


def _row(name: str) -> Quantity:
    place = NAMES.index(name)

    def working(question: Question, field: Field, before: int | None) -> TensorWorking:
        layer = question.setup.layers[field.layer]
        kernel = layer.kernel_size
        return TensorWorking(place, layer.in_channels, layer.out_channels, layer.groups, kernel)

    def numbers(question: Question, field: Field) -> str:
        layer = question.setup.layers[field.layer]
        read = f", each group of {layer.groups} its own" if layer.groups > 1 else ""
        return f"{layer.out_channels} kernels, {layer.in_channels} input channels{read}."

    def worked(question: Question, field: Field, value: Value) -> str:
        return f"{_SAYS[place]}: {working(question, field, None).arithmetic()} = {value}"

    return Quantity(
        name,
        solve=lambda setup, field: setup.layers[field.layer].weight_shape[place],
        working=working,
        rule=lambda question, field: (
            "One kernel after the other; a kernel is a slice for each channel that it reads; "
            "a slice has rows and columns."
        ),
        numbers=numbers,
        worked=worked,
        picture=lambda question, field: weights_picture(question, field),
        weighs=True,
        slides=False,
    )


ROWS = tuple(map(_row, NAMES))

"""The right answers, all computed by `kernels` from the question's setup."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kernels import Axis, ShapeError
from lessons.quiz.quantities import quantity_of
from lessons.quiz.question import Field, Question, Value


def solve(question: Question) -> dict[str, Value]:
    """The right value of every box.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 1, 0)
    >>> height = question.setup.layers[0].output_size(question.setup.input_shape[1:])[0]
    >>> solve(question)["height"] == height
    True

    A setting's value is one example of many; `accepts` says which are right.
    """
    return {field.id: quantity_of(field).solve(question.setup, field) for field in question.fields}


def carried(
    question: Question, right: Mapping[str, Value], typed: Mapping[str, Value]
) -> dict[str, Value]:
    """What every box should hold after what the learner wrote in the boxes before it.

    >>> from lessons.quiz import generate
    >>> question = generate("layer_chain", 3, 1)
    >>> right = solve(question)
    >>> carried(question, right, {"size4": 10})["features"] * right["size4"] ** 2 == (
    ...     right["features"] * 10**2
    ... )
    True

    A box that follows another is worked out from the number written there, where a layer can take
    that; all others hold the right values.
    """
    return {field.id: carried_box(question, field, typed, right) for field in question.fields}


def carried_box(
    question: Question, field: Field, typed: Mapping[str, Value], right: Mapping[str, Value]
) -> Value:
    """What one box should hold after what the learner wrote in the box that it follows."""
    row = quantity_of(field)
    if row.adds_up and len(question.fields) > 1:
        parts = [typed.get(one.id, right[one.id]) for one in question.fields if one is not field]
        return sum(parts) if all(type(part) is int for part in parts) else right[field.id]
    before, carry = typed.get(field.follows), row.carry
    # A fraction that should have been dropped is carried on as it is.
    if not isinstance(before, int | Fraction) or before < 1 or carry is None:
        return right[field.id]
    try:
        return carry(question.setup, field, before)
    except ShapeError:
        return right[field.id]


def accepts(question: Question, values: Mapping[str, Value]) -> bool:
    """Whether these settings, one an id, make a layer whose output has the target's size.

    >>> from lessons.quiz import generate
    >>> question = generate("legal_setting", 1, 0)
    >>> accepts(question, solve(question)), accepts(question, {"kernel": 999})
    (True, False)
    """
    axis = setting_axis(question, values)
    return axis is not None and axis.room >= 0 and axis.output == question.setup.target


def setting_axis(question: Question, values: Mapping[str, Value]) -> Axis | None:
    """The axis that the typed settings make; None where a layer cannot have them."""
    axis = typed_axis(question, values)
    if axis is None or axis.kernel < least_kernel(question):
        return None
    return None if max(axis.kernel, axis.stride, axis.before) > 10 * axis.input else axis


def typed_axis(question: Question, values: Mapping[str, Value]) -> Axis | None:
    """The axis of settings just as they were typed; None where they are none.

    >>> from lessons.quiz import generate
    >>> typed_axis(generate("legal_setting", 1, 0), {"stride": 2, "padding": 900}).before
    900
    """
    axis = question.setup.layers[0].axes(question.setup.input_shape[1:])[0]
    kernel = values.get("kernel", axis.kernel)
    stride = values.get("stride", axis.stride)
    padding = values.get("padding", axis.before)
    whole = all(type(number) is int for number in (kernel, stride, padding))
    if not whole or kernel < 1 or stride < 1 or padding < 0:
        return None
    return Axis(axis.input, kernel, stride, padding, padding, axis.dilation)


def least_kernel(question: Question) -> int:
    """The smallest kernel that may be chosen: a question that asks for it rules out 1 × 1."""
    return 2 if "kernel" in question.setup.hidden else 1

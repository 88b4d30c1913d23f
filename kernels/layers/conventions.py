"""One layer as four texts write its size formula: PyTorch, d2l, TensorFlow, Dumoulin and Visin.

They mean the same layer and find the same size, with other letters, and with padding counted per
side, over both sides, or named by a word.

>>> from kernels.layers.geometry import Axis
>>> axis = Axis(input=224, kernel=7, stride=2, before=3, after=3)
>>> for convention in CONVENTIONS.values():
...     print(convention.formula(axis).symbols)
⌊(H + 2·p − k) / s⌋ + 1
⌊(n − k + p + s) / s⌋
⌈(n + p − k + 1) / s⌉
⌊(i + 2·p − k) / s⌋ + 1
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kernels.layers.formula import Formula, size_formula
from kernels.layers.geometry import Axis, padding_pair
from kernels.layers.terms import Term, operator_term, value_term
from kernels.layers.transposed import TransposedAxis

AnyAxis = Axis | TransposedAxis


@dataclass(frozen=True)
class Convention:
    """How one text or library writes the size along an axis.

    name, title : in links, on screen
    says : what it counts as padding, in one sentence
    formula : an axis, and its name ('height', 'width' or 'depth') -> the size formula in its
        letters; the result is the axis's own
    """

    name: str
    title: str
    says: str
    formula: Callable[..., Formula]


def _torch(axis: AnyAxis, name: str = "height") -> Formula:
    return size_formula(axis, name)


def _d2l(axis: AnyAxis, name: str = "height") -> Formula:
    total = axis.before + axis.after
    given = value_term("input", "n", axis.input, f"input {name}")
    stride = value_term("stride", "s", axis.stride, "stride: how far the window moves each step")
    padding = value_term("padding", "p", total, "padding over both sides together")
    reach = _reach(axis)
    if isinstance(axis, TransposedAxis):
        terms = [*_times_steps(given, stride), *_added(reach), *_taken(padding), *_extra(axis)]
    else:
        terms = _rounded(axis, [given, *_taken(reach), *_added(padding), *_added(stride)], stride)
    return _formula(axis, name, terms, "p is the total over both sides")


def _tensorflow(axis: AnyAxis, name: str = "height") -> Formula:
    given = value_term("input", "n", axis.input, f"input {name}")
    stride = value_term("stride", "s", axis.stride, "strides: how far the window moves each step")
    reach = _reach(axis)
    if isinstance(axis, TransposedAxis):
        if axis.output == axis.input * axis.stride:
            return _formula(axis, name, [given, operator_term("·"), stride], "padding='same'")
        terms = [*_times_steps(given, stride), *_added(reach)]
        note = "padding='valid'"
        if total := axis.before + axis.after:
            cropped = value_term("padding", "p", total, "cells cropped afterwards, both ends")
            terms += _taken(cropped)
            note += ", then crop p cells"
        return _formula(axis, name, [*terms, *_extra(axis)], note)
    if (axis.before, axis.after) == _same(axis) and not axis.ceil_mode:
        return _formula(axis, name, _rounded_up([given], stride), "padding='same'")
    top = [given]
    note = "padding='valid'"
    if total := axis.before + axis.after:
        padded = value_term(
            "padding", "p", total, "cells added with tf.pad first, both ends together"
        )
        top += _added(padded)
        note = "tf.pad adds p cells first, then padding='valid'"
    last = value_term("one", "1", 1, "the first position")
    if axis.ceil_mode:
        return _formula(axis, name, _rounded(axis, [*top, *_taken(reach), *_added(stride)], stride))
    return _formula(axis, name, _rounded_up([*top, *_taken(reach), *_added(last)], stride), note)


def _dumoulin(axis: AnyAxis, name: str = "height") -> Formula:
    if isinstance(axis, TransposedAxis):
        given = value_term("input", "i′", axis.input, f"input {name} of the transposed convolution")
        stride = value_term(
            "stride", "s", axis.stride, "stride of the convolution that it transposes"
        )
        terms = [*_times_steps(given, stride), *_added(*_extended(axis))]
        terms += [*_signed("−", *_both_sides(axis)), *_extra(axis, "a")]
        return _formula(
            axis, name, terms, "s and p are those of the convolution that it transposes"
        )
    given = value_term("input", "i", axis.input, f"input {name}")
    stride = value_term("stride", "s", axis.stride, "stride: how far the window moves each step")
    top = [given, *_signed("+", *_both_sides(axis)), *_taken(*_extended(axis, "−"))]
    one = value_term("one", "1", 1, "the first position, before any step")
    terms = [*_fraction(axis, top, stride), *_added(one), *_dropped(axis)]
    return _formula(axis, name, terms, "p per side" if axis.before == axis.after else "")


CONVENTIONS: Mapping[str, Convention] = MappingProxyType(
    {
        row.name: row
        for row in (
            Convention(
                "torch",
                "PyTorch",
                "padding is the number of cells on each side, the same at both ends; an odd cell "
                "of padding='same' goes to the end.",
                _torch,
            ),
            Convention(
                "d2l",
                "Dive into Deep Learning",
                "p counts the cells of both sides together: padding=1 in PyTorch is p = 2 here. "
                "Its text puts an odd cell at the start, the libraries put it at the end.",
                _d2l,
            ),
            Convention(
                "tensorflow",
                "TensorFlow",
                "padding is a word: 'valid' adds nothing, 'same' adds just enough for ⌈n / s⌉ "
                "windows, an odd cell at the end. Anything else is padded first, with tf.pad.",
                _tensorflow,
            ),
            Convention(
                "dumoulin",
                "Dumoulin & Visin",
                "i, k, s, p and o are input, kernel, stride, padding on each side and output; for "
                "a transposed convolution i′ is its own input.",
                _dumoulin,
            ),
        )
    }
)
"""The conventions by name, PyTorch's first."""


def padding_words(axis: Axis) -> tuple[str, str]:
    """The padding of an axis: at its ends, and then in total and by TensorFlow's word.

    >>> padding_words(Axis(224, 7, 2, 2, 3))
    ('2 before and 3 after', "5 in total, TensorFlow's 'same'")
    >>> padding_words(Axis(5, 3, 1, 1, 1)), padding_words(Axis(5, 3))
    (('1 on each side', "2 in total, TensorFlow's 'same'"), ('none', "TensorFlow's 'valid'"))
    """
    total = axis.before + axis.after
    if not total:
        return "none", "TensorFlow's 'valid'"
    alike = axis.before == axis.after
    sides = (
        f"{axis.before} on each side" if alike else f"{axis.before} before and {axis.after} after"
    )
    word = ", TensorFlow's 'same'" if (axis.before, axis.after) == _same(axis) else ""
    return sides, f"{total} in total{word}"


def _same(axis: Axis) -> tuple[int, int]:
    return padding_pair("same_upper", axis.input, axis.kernel, axis.stride, axis.dilation)


def _added(*terms: Term) -> list[Term]:
    return _signed("+", *terms)


def _taken(*terms: Term) -> list[Term]:
    return _signed("−", *terms)


def _signed(sign: str, *terms: Term) -> list[Term]:
    return [operator_term(sign), *terms] if terms else []


def _reach(axis: AnyAxis) -> Term:
    """The kernel, or where it is dilated the cells that it reaches over."""
    if axis.dilation == 1:
        return value_term("kernel", "k", axis.kernel, "kernel size")
    reach = axis.effective_kernel
    return value_term(
        "kernel",
        "k̂",
        reach,
        f"the {axis.kernel} taps, {axis.dilation} apart, reach over {reach} cells",
    )


def _extended(axis: AnyAxis, sign: str = "+") -> list[Term]:
    """The kernel, and where it is dilated what the gaps add to it: k + (k − 1)(d − 1)."""
    kernel = value_term("kernel", "k", axis.kernel, "kernel size")
    if axis.dilation == 1:
        return [kernel]
    one = value_term("one", "1", 1, "one less")
    dilation = value_term("dilation", "d", axis.dilation, "dilation: from one tap to the next")
    gaps = [
        operator_term("("),
        kernel,
        operator_term("−"),
        one,
        operator_term(")"),
        operator_term("·"),
    ]
    inserted = [operator_term("("), dilation, operator_term("−"), one, operator_term(")")]
    return [kernel, operator_term(sign), *gaps, *inserted]


def _both_sides(axis: AnyAxis) -> list[Term]:
    if axis.before == axis.after:
        two = value_term("padding", "2", 2, "padding lies on both sides")
        return [
            two,
            operator_term("·"),
            value_term("padding", "p", axis.before, "padding on each side"),
        ]
    both = axis.before + axis.after
    return [value_term("padding", "(p₁ + p₂)", both, "padding of the two ends, which differ here")]


def _extra(axis: TransposedAxis, symbol: str = "p_out") -> list[Term]:
    if not axis.output_padding:
        return []
    meaning = "cells that the output's end gains"
    return _added(value_term("padding", symbol, axis.output_padding, meaning))


def _times_steps(given: Term, stride: Term) -> list[Term]:
    one = value_term("one", "1", 1, "one step less than there are cells")
    return [operator_term("("), given, *_taken(one), operator_term(")"), operator_term("·"), stride]


def _fraction(axis: Axis, top: list[Term], stride: Term) -> list[Term]:
    opening, closing = ("⌈", "⌉") if axis.ceil_mode else ("⌊", "⌋")
    meaning = f"{opening} {closing}: round {'up' if axis.ceil_mode else 'down'} to a whole number"
    return [
        Term("open", "floor", opening, meaning=meaning),
        *top,
        Term("over", "floor", "/"),
        stride,
        Term("close", "floor", closing, meaning=meaning),
    ]


def _rounded(axis: Axis, top: list[Term], stride: Term) -> list[Term]:
    return [*_fraction(axis, top, stride), *_dropped(axis)]


def _rounded_up(top: list[Term], stride: Term) -> list[Term]:
    up = Axis(1, 1, ceil_mode=True)
    return _fraction(up, top, stride)


def _dropped(axis: Axis) -> list[Term]:
    if not axis.last_window_dropped:
        return []
    return _taken(value_term("floor", "1", 1, "the window that is dropped"))


def _formula(axis: AnyAxis, name: str, terms: list[Term], note: str = "") -> Formula:
    ours = size_formula(axis, name)
    return replace(ours, terms=tuple(terms), note=note)

"""A working as one line of arithmetic with its numbers, so that a slip is seen where it is made.

>>> from kernels import Axis
>>> from lessons.quiz.mistakes import SLIPS
>>> from lessons.quiz.mistakes.size_workings import size_working
>>> working = size_working(Axis(input=62, kernel=3, stride=2, before=2, after=2))
>>> line_of(working), line_of(SLIPS["padding-once"].changed(working))
('⌊(62 + 2·2 − 3) / 2⌋ + 1', '⌊(62 + 2 − 3) / 2⌋ + 1')

A line comes to the working's value; `round(…)` rounds a half up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from lessons.quiz.compare import written
from lessons.quiz.mistakes.channels import ChannelWorking
from lessons.quiz.mistakes.cost import MacsWorking
from lessons.quiz.mistakes.parameters import ConvCount, DenseCount
from lessons.quiz.mistakes.places import PlaceWorking
from lessons.quiz.mistakes.pooling import PoolWorking
from lessons.quiz.mistakes.receptive import FieldWorking
from lessons.quiz.mistakes.size_workings import InverseWorking, SizeWorking
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.mistakes.transposed import TransposedWorking
from lessons.quiz.mistakes.values import ValueWorking
from lessons.quiz.question import Number


def line_of(working: Working) -> str:
    """The arithmetic of a working, without its result; "" where there is nothing to calculate.

    Of a whole output it is that of the number at row 0, column 0.
    """
    match working:
        case SizeWorking():
            return working.line or _size(working)
        case InverseWorking():
            return _size(working.tried())
        case ChannelWorking():
            return working.line or str(working.value())
        case ConvCount():
            return working.line or _weights(working)
        case DenseCount():
            return _dense(working)
        case MacsWorking():
            return _macs(working)
        case FieldWorking():
            return _field(working)
        case TransposedWorking():
            return working.line or _transposed(working)
        case PlaceWorking():
            return _place(working)
        case ValueWorking():
            return _number(working)
        case PoolWorking():
            return _pooled(working)
    return ""


def whole_line(working: Working) -> str:
    """The arithmetic with its result, as a sentence goes on with it."""
    line, value = line_of(working), working.value()
    if not line:
        return ""
    if isinstance(working, InverseWorking):
        if working.sides > 1:
            return f"2·{value // working.sides} = {value}"
        return f"with {working.unknown} {value} it comes to {line} = {working.target}"
    if isinstance(value, tuple):
        rows = f"{len(value)} row{'s' if len(value) > 1 else ''} of {len(value[0])}"
        return f"{rows}, beginning with {line} = {written(value[0][0])}"
    return line if line == written(value) else f"{line} = {written(value)}"


def _size(w: SizeWorking) -> str:
    room = str(w.axis.input) + _padding(w)
    if w.reach:
        room += f" − {w.reach}"
    if w.one == "before":
        room += " + 1"
    if w.asks == "leftover":
        return f"({room}) mod {w.step}"
    if w.step == 1:
        text = room
    else:
        quotient = f"({room}) / {w.step}" if " " in room else f"{room} / {w.step}"
        text = {
            "down": f"⌊{quotient}⌋",
            "up": f"⌈{quotient}⌉",
            "nearest": f"round({quotient})",
            "none": quotient,
        }[w.rounding]
    text += " + 1" if w.one == "after" else ""
    return text + (f" + {w.outside}" if w.outside else "")


def _padding(w: SizeWorking) -> str:
    before, after = w.axis.before, w.axis.after
    if not w.padding:
        return ""
    if w.padding == before + after and before and after:
        return f" + 2·{before}" if before == after else f" + {before} + {after}"
    return f" + {w.padding}"


def _weights(w: ConvCount) -> str:
    parts = []
    if w.taps and w.filters:
        taps = list(w.kernel) if w.taps == math.prod(w.kernel) else [w.taps]
        copies = [w.copies] if w.copies > 1 else []
        parts.append(_product([w.filters, w.each, *taps, *copies]))
    parts += [str(n) for n in (w.biases, w.extra) if n]
    return " + ".join(parts) or "0"


def _dense(w: DenseCount) -> str:
    features = {
        "product": _product(w.shape),
        "cells": _product(w.shape[1:]),
        "channels": str(w.shape[0]),
        "sum": " + ".join(map(str, w.shape)),
    }[w.take]
    if not w.outputs:
        return features
    inputs = f"({features})" if w.take == "sum" else features
    biases = {"outputs": str(w.outputs), "one": "1", "inputs": features}[w.biases]
    return f"{inputs}·{w.outputs}" + (f" + {biases}" if w.biased else "")


def _macs(w: MacsWorking) -> str:
    products = w.taps * w.each
    if w.factor == Fraction(2 * products - 1, products):
        text = f"(2·{products} − 1)·{_product([w.filters, w.cells])}"
    else:
        taps = list(w.kernel) if w.taps == math.prod(w.kernel) else [w.taps]
        text = _product([w.filters, w.each, *taps, w.cells])
        if w.factor == 2:
            text = f"2·{text}"
        elif w.factor != 1:
            text += f" / {w.factor.denominator}"
    return text + (f" + {w.added}" if w.added else "")


def _field(w: FieldWorking) -> str:
    reaches = w.reaches()
    added = f" + {w.added}" if w.added else ""
    if w.way == "sum":
        return " + ".join(map(str, reaches)) + added
    if w.way == "product":
        return _product(reaches)
    steps = [f"({reach} − 1)·{jump}" for reach, jump in zip(reaches, w.jumps(), strict=True)]
    return " + ".join(["1", *steps]) + added


def _transposed(w: TransposedWorking) -> str:
    copies = f"({w.input} − 1)" if w.copies else str(w.input)
    reach = str(w.kernel)
    if w.dilation > 1 and w.spread:
        reach = f"{w.dilation}·({w.kernel} − 1) + 1"
    text = f"{copies}·{w.stride} + {reach}"
    for times, cells in ((w.cropped, w.padding), (w.extras, w.extra)):
        if times and cells:
            count = f"{abs(times)}·{cells}" if abs(times) > 1 else str(cells)
            text += f" {'−' if times < 0 else '+'} {count}"
    return text


def _place(w: PlaceWorking) -> str:
    position = str(w.position)
    if w.earlier:
        position = f"({w.position} {'−' if w.earlier < 0 else '+'} 1)"
    step = {"stride": w.stride, "one": 1, "kernel": w.kernel}[w.moves]
    text = f"{position}·{step}"
    if w.start and w.padding:
        text += f" {'−' if w.start < 0 else '+'} {w.padding}"
    return text + (" + 1" if w.first else "")


def _number(w: ValueWorking) -> str:
    row, column = w.first_place()
    products = []
    for channel in range(1 if w.channels == "first" else len(w.w)):
        window, kernel = w.window(row, column, channel), w.kernel(channel)
        if w.product == "matrix":
            products += [_signed(n) for n in w.products(row, column, channel)]
            continue
        for numbers, weights in zip(window, kernel, strict=True):
            for number, weight in zip(numbers, weights, strict=True):
                if w.product == "unsigned":
                    number, weight = abs(number), abs(weight)
                if w.cut == "products" and number * weight < 0:
                    products.append("0")
                else:
                    products.append(f"{_signed(number)}·{_signed(weight)}")
    text = " + ".join(products)
    if w.scaled:
        text = f"({text}) / {_signed(w.weights_sum())}"
    if w.bias and w.biases:
        text += f" + {f'{w.biases}·' if w.biases > 1 else ''}{_signed(w.bias)}"
    return f"max(0, {text})" if w.relu and w.cut != "never" else text


def _pooled(w: PoolWorking) -> str:
    cells = w.cells(*w.first_place())
    take = w.take or w.kind
    if take in ("max", "min"):
        return f"{take}({', '.join(map(written, cells))})"
    total = " + ".join(map(_signed, cells))
    return total if take == "sum" else f"({total}) / {w.divisor(cells)}"


def _product(numbers: Sequence[int]) -> str:
    """Factors side by side; ones say nothing, save that there must be one.

    >>> _product([16, 1, 3, 3]), _product([1, 1])
    ('16·3·3', '1')
    """
    return "·".join(str(n) for n in numbers if n != 1) or "1"


def _signed(number: Number) -> str:
    text = written(number)
    return f"({text})" if text.startswith("−") else text

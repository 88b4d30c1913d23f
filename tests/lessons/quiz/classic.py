"""The classic wrong numbers, worked out from a question's settings alone, and who writes them.

Nothing of the quiz's own arithmetic is used: each mistake is one line with its wrong formula, as
published quizzes, questions of learners and answer keys have it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from kernels import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import Flatten, Linear
from lessons.quiz.question import Question, Value

Numbers = dict[str, Value] | None


@dataclass(frozen=True)
class Axis:
    """One axis of a layer: input, kernel, stride, padding, dilation, output_padding; the other."""

    i: int
    k: int
    s: int
    p: int
    d: int
    extra: int
    other: int
    same: bool


@dataclass(frozen=True)
class Mistake:
    """A mistake: which slips it is, in which families it is made, and what it writes.

    slips: one or two of the quiz's names; where one mistake has two names, either may be said.
    """

    slips: tuple[tuple[str, ...], ...]
    families: tuple[str, ...]
    writes: Callable[[Question], Numbers]

    @property
    def name(self) -> str:
        return " or ".join("+".join(one) for one in self.slips)


def axes(question: Question, layer: int = 0) -> list[Axis] | None:
    """The axes of a convolution or pooling that pads the same at both ends."""
    spec, size = question.setup.layers[layer], question.setup.input_shape[1:]
    if isinstance(spec, Flatten | Linear) or layer:
        return None
    same = isinstance(spec.padding, str)
    found = []
    for n in (0, 1):
        p = 0 if same else spec.padding[n][0]
        if not same and spec.padding[n][1] != p:
            return None
        extra = spec.output_padding[n] if isinstance(spec, ConvTransposeSpec) else 0
        numbers = (spec.kernel_size[n], spec.stride[n], p, spec.dilation[n], extra)
        found.append(Axis(size[n], *numbers, size[1 - n], same))
    return found


def _whole(number):
    return int(number) if Fraction(number).denominator == 1 else Fraction(number)


def _sized(formula, where=lambda a: True, kinds=(ConvSpec,)):
    """The wrong size of both axes, where the mistake can be made on one of them."""

    def writes(question: Question) -> Numbers:
        found = axes(question)
        if found is None or not isinstance(question.setup.layers[0], kinds):
            return None
        if found[0].same or getattr(question.setup.layers[0], "ceil_mode", False):
            return None
        if not any(map(where, found)):
            return None
        values = {}
        for name, axis in zip(("height", "width"), found, strict=True):
            values[name] = _whole(formula(axis) if where(axis) else right(axis))
        return values if min(values.values()) > 0 else None

    return writes


def reach(a):
    return a.d * (a.k - 1) + 1


def right(a):
    return (a.i + 2 * a.p - reach(a)) // a.s + 1


SIZE, POOL, UP = ("output_size",), ("pooling_shape",), ("transposed_size",)
padded, strided, dilated = (lambda a: a.p > 0), (lambda a: a.s > 1), (lambda a: a.d > 1)


def _size(slip, formula, where=lambda a: True, families=SIZE, kinds=(ConvSpec,)):
    return Mistake(((slip,),), families, _sized(formula, where, kinds))


def _transposed(slip, formula, where=lambda a: True):
    return _size(slip, formula, where, UP, (ConvTransposeSpec,))


def _conv(question):
    spec = question.setup.layers[0]
    height, width = question.setup.input_shape[1:]
    i = math.prod(spec.kernel_size), spec.in_channels, spec.out_channels, spec.groups
    o = spec.output_size((height, width))
    return (*i, o[0] * o[1], height * width, spec)


def _count(slips, formula, where=lambda k2, c, n, g, o, i, spec: True):
    """A wrong number of parameters; k², channels in, filters, groups, cells out, cells in."""

    def writes(question: Question) -> Numbers:
        found = _conv(question)
        return {"parameters": formula(*found)} if where(*found) else None

    return Mistake(slips, ("layer_parameters", "grouped_parameters"), _first_box(writes))


def _first_box(writes):
    return lambda question: writes(question) if len(question.fields) == 1 else None


def _weights(slip, formula, where=lambda k2, c, n, g, o, i, spec: True):
    def writes(question: Question) -> Numbers:
        found = _conv(question)
        return {"weights": formula(*found)} if where(*found) else None

    return Mistake(((slip,),), ("layer_weights",), writes)


def _cost(slips, formula, where=lambda k2, c, n, g, o, i, spec: True):
    def writes(question: Question) -> Numbers:
        found = _conv(question)
        if question.fields[0].asks != "macs" or not where(*found):
            return None
        return {"macs": formula(*found)}

    return Mistake(slips, ("macs",), writes)


def _cells(formula):
    """The cells of an output whose size was worked out by a wrong formula."""
    return lambda question: math.prod(max(formula(a), 1) for a in axes(question))


def _wrong_cells(slip, formula, where):
    def writes(question: Question) -> Numbers:
        k2, c, n, g, _, _, _ = _conv(question)
        if question.fields[0].asks != "macs" or not all(map(where, axes(question))):
            return None
        return {"macs": k2 * (c // g) * n * _cells(formula)(question)}

    return Mistake(((slip,),), ("macs",), writes)


def _field(slips, formula, where=lambda layers: True):
    """A wrong receptive field; of each layer kernel, stride, padding and dilation."""

    def writes(question: Question) -> Numbers:
        layers = [
            (one.kernel_size[0], one.stride[0], one.padding[0][0], one.dilation[0])
            for one in question.setup.layers
        ]
        return {"field": formula(layers)} if where(layers) else None

    return Mistake(((slips,),), ("receptive_field",), writes)


def _jumps(layers):
    found, jump = [], 1
    for _, s, _, _ in layers:
        found.append(jump)
        jump *= s
    return found


def _grown(layers):
    return 1 + sum(
        d * (k - 1) * jump for (k, _, _, d), jump in zip(layers, _jumps(layers), strict=True)
    )


def _place(slip, formula):
    def writes(question: Question) -> Numbers:
        found, place = axes(question), question.setup.place
        return {
            name: formula(axis, at)
            for name, axis, at in zip(("row", "column"), found, place, strict=True)
        }

    return Mistake(((slip,),), ("window_origin",), writes)


def _depth(slip, formula, kind=ConvSpec):
    def writes(question: Question) -> Numbers:
        spec = question.setup.layers[0]
        if not isinstance(spec, kind) or getattr(spec, "groups", 1) > 1:
            return None
        values = {"channels": formula(question.setup.input_shape[0], spec)}
        if len(question.fields) == 3:
            height, width = spec.output_size(question.setup.input_shape[1:])
            values = {"height": height, "width": width, **values}
        return values

    return Mistake(((slip,),), ("channels_out",), writes)


def _flat(slip, formula, level=0):
    """A wrong number of flattened numbers, of channels, height and width of the map."""

    def writes(question: Question) -> Numbers:
        setup = question.setup
        if bool(level) != (len(setup.layers) > 1):
            return None
        if not level:
            return {"features": formula(*setup.input_shape)}
        conv, pool, _ = setup.layers
        value = formula(setup.input_shape[1], conv, pool.kernel_size[0])
        return {"features": value}

    return Mistake(((slip,),), ("flatten_size",), writes)


def _learned(slips, dense, conv=None, biased=True):
    """A wrong count in every layer that learns, in a network's total too.

    dense: of inputs, outputs and whether there are biases; conv: of k², channels that a kernel
    reads, and filters. biased: whether it is a mistake about biases.
    """

    def count(layer) -> int:
        if isinstance(layer, Linear):
            return dense(layer.in_features, layer.out_features, layer.bias)
        if not isinstance(layer, ConvSpec):
            return 0
        k2, c, n = math.prod(layer.kernel_size), layer.in_channels, layer.out_channels
        return conv(k2, c, n) if conv else k2 * c * n + n * layer.bias

    def writes(question: Question) -> Numbers:
        layers = question.setup.layers
        if biased and not layers[-1].bias:
            return None
        return {
            field.id: sum(map(count, layers))
            if field.asks == "total_parameters"
            else count(layers[field.layer])
            for field in question.fields
        }

    return Mistake(slips, ("linear_parameters", "dense_network", "network_parameters"), writes)


def _deep(k2, c, n, g, o, i, spec):
    return c // g > 1


def _side(conv):
    return conv.kernel_size[0], conv.padding[0][0], conv.out_channels


MISTAKES = (
    _size("fraction-kept", lambda a: Fraction(a.i + 2 * a.p - reach(a), a.s) + 1, strided),
    _size("rounded-up", lambda a: -(-(a.i + 2 * a.p - reach(a)) // a.s) + 1, strided),
    _size("padding-once", lambda a: (a.i + a.p - reach(a)) // a.s + 1, padded),
    _size("padding-ignored", lambda a: (a.i - reach(a)) // a.s + 1, padded),
    _size("one-forgotten", lambda a: (a.i + 2 * a.p - reach(a)) // a.s),
    _size("one-before-division", lambda a: (a.i + 2 * a.p - reach(a) + 1) // a.s, strided),
    _size("stride-ignored", lambda a: a.i + 2 * a.p - reach(a) + 1, strided),
    _size("divided-by-stride", lambda a: a.i // a.s, strided),
    _size("kernel-ignored", lambda a: (a.i + 2 * a.p) // a.s),
    _size("dilation-ignored", lambda a: (a.i + 2 * a.p - a.k) // a.s + 1, dilated),
    _size("dilation-times-kernel", lambda a: (a.i + 2 * a.p - a.d * a.k) // a.s + 1, dilated),
    _size("dilation-one-gap", lambda a: (a.i + 2 * a.p - a.k - a.d + 1) // a.s + 1, dilated),
    _size("transposed-formula", lambda a: (a.i - 1) * a.s + a.k - 2 * a.p, strided),
    _size(
        "stride-and-padding-exchanged",
        lambda a: (a.i + 2 * a.s - reach(a)) // a.p + 1,
        lambda a: a.p > 0 and a.p != a.s,
    ),
    _size("axes-exchanged", lambda a: (a.other + 2 * a.p - reach(a)) // a.s + 1),
    Mistake(  # by its first name where no stride is given
        (("pool-stride-one",), ("stride-ignored",)),
        POOL,
        _sized(lambda a: a.i + 2 * a.p - a.k + 1, strided, (PoolSpec,)),
    ),
    _transposed("forward-formula", lambda a: (a.i + 2 * a.p - reach(a)) // a.s + 1),
    _transposed(
        "transposed-padding-added", lambda a: (a.i - 1) * a.s + 2 * a.p + reach(a) + a.extra, padded
    ),
    _transposed(
        "transposed-padding-once", lambda a: (a.i - 1) * a.s - a.p + reach(a) + a.extra, padded
    ),
    _transposed("times-stride", lambda a: a.i * a.s, strided),
    _transposed("transposed-kernel-ignored", lambda a: (a.i - 1) * a.s - 2 * a.p + a.extra),
    _transposed(
        "output-padding-forgotten",
        lambda a: (a.i - 1) * a.s - 2 * a.p + reach(a),
        lambda a: a.extra > 0,
    ),
    _transposed("axes-exchanged", lambda a: (a.other - 1) * a.s - 2 * a.p + reach(a) + a.extra),
    _count((("bias-forgotten",),), lambda k2, c, n, g, o, i, spec: k2 * (c // g) * n),
    _count((("bias-single",),), lambda k2, c, n, g, o, i, spec: k2 * (c // g) * n + 1),
    _count((("bias-per-slice",),), lambda k2, c, n, g, o, i, spec: (k2 + 1) * (c // g) * n, _deep),
    _count((("input-channels-forgotten",),), lambda k2, c, n, g, o, i, spec: (k2 + 1) * n, _deep),
    _count(
        (
            ("input-channels-forgotten", "bias-forgotten"),
            ("bias-forgotten", "input-channels-forgotten"),
        ),
        lambda k2, c, n, g, o, i, spec: k2 * n,
        _deep,
    ),
    _count((("filters-forgotten",),), lambda k2, c, n, g, o, i, spec: k2 * (c // g) + 1),
    _count((("sharing-forgotten",),), lambda k2, c, n, g, o, i, spec: k2 * (c // g) * n * o + n),
    _count(
        (("kernel-one-side",),),
        lambda k2, c, n, g, o, i, spec: math.isqrt(k2) * (c // g) * n + n,
    ),
    _count(
        (("groups-ignored",),),
        lambda k2, c, n, g, o, i, spec: k2 * c * n + n,
        lambda k2, c, n, g, o, i, spec: g > 1,
    ),
    _count(
        (("dilation-adds-weights",),),
        lambda k2, c, n, g, o, i, spec: (
            (spec.dilation[0] * (spec.kernel_size[0] - 1) + 1) ** 2 * (c // g) * n + n
        ),
        lambda k2, c, n, g, o, i, spec: spec.dilation[0] > 1,
    ),
    _weights("filters-forgotten", lambda k2, c, n, g, o, i, spec: k2 * c),
    _weights("input-channels-forgotten", lambda k2, c, n, g, o, i, spec: k2 * n, _deep),
    _weights("sharing-forgotten", lambda k2, c, n, g, o, i, spec: k2 * c * n * o),
    _weights(
        "dilation-adds-weights",
        lambda k2, c, n, g, o, i, spec: (
            (spec.dilation[0] * (spec.kernel_size[0] - 1) + 1) ** 2 * c * n
        ),
        lambda k2, c, n, g, o, i, spec: spec.dilation[0] > 1,
    ),
    _cost((("operations-for-macs",),), lambda k2, c, n, g, o, i, spec: 2 * k2 * (c // g) * n * o),
    _cost((("input-area",),), lambda k2, c, n, g, o, i, spec: k2 * (c // g) * n * i),
    _cost((("cost-channels-forgotten",),), lambda k2, c, n, g, o, i, spec: k2 * n * o, _deep),
    _cost((("cost-filters-forgotten",),), lambda k2, c, n, g, o, i, spec: k2 * (c // g) * o),
    _cost((("cost-area-forgotten",),), lambda k2, c, n, g, o, i, spec: k2 * (c // g) * n),
    _wrong_cells("padding-once", lambda a: (a.i + a.p - reach(a)) // a.s + 1, padded),
    _wrong_cells("one-forgotten", lambda a: (a.i + 2 * a.p - reach(a)) // a.s, lambda a: True),
    _wrong_cells("kernel-ignored", lambda a: (a.i + 2 * a.p) // a.s, lambda a: True),
    _field("fields-added", lambda layers: sum(d * (k - 1) + 1 for k, _, _, d in layers)),
    _field("fields-multiplied", lambda layers: math.prod(d * (k - 1) + 1 for k, _, _, d in layers)),
    _field(
        "field-strides-ignored",
        lambda layers: 1 + sum(d * (k - 1) for k, _, _, d in layers),
        lambda layers: any(s > 1 for _, s, _, _ in layers),
    ),
    _field("last-kernel-only", lambda layers: layers[-1][3] * (layers[-1][0] - 1) + 1),
    _field(
        "padding-enlarges-field",
        lambda layers: _grown(layers) + 2 * sum(p for _, _, p, _ in layers),
        lambda layers: any(p for _, _, p, _ in layers),
    ),
    _place("origin-without-padding", lambda a, at: at * a.s),
    _place("origin-padding-added", lambda a, at: at * a.s + a.p),
    _place("origin-stride-ignored", lambda a, at: at - a.p),
    _place("origin-told-from-one", lambda a, at: at * a.s - a.p + 1),
    _depth("depth-kept", lambda c, spec: c),
    _depth("depth-multiplied", lambda c, spec: c * spec.out_channels),
    _depth("depth-one", lambda c, spec: 1),
    _depth("pool-divides-channels", lambda c, spec: c // spec.stride[0], PoolSpec),
    _flat("flatten-channels-forgotten", lambda c, h, w: h * w),
    _flat("flatten-cells-forgotten", lambda c, h, w: c),
    _flat("flatten-added", lambda c, h, w: c + h + w),
    _flat(
        "padding-once",
        lambda i, conv, pool: (
            _side(conv)[2] * ((i + _side(conv)[1] - _side(conv)[0] + 1) // pool) ** 2
        ),
        2,
    ),
    _flat(
        "pooled-first",
        lambda i, conv, pool: (
            _side(conv)[2] * (i // pool + 2 * _side(conv)[1] - _side(conv)[0] + 1) ** 2
        ),
        2,
    ),
    _flat("layer-left-out", lambda i, conv, pool: _side(conv)[2] * (i // pool) ** 2, 2),
    _learned((("bias-forgotten",),), lambda i, o, b: i * o, lambda k2, c, n: k2 * c * n),
    _learned((("bias-single",),), lambda i, o, b: i * o + 1, lambda k2, c, n: k2 * c * n + 1),
    _learned((("bias-per-input",),), lambda i, o, b: i * (o + 1)),
    _learned((("one-neuron",),), lambda i, o, b: i + b, biased=False),
)
"""Each mistake with its wrong formula; of one name there may be several, for different families."""

NAMES = {one.name for one in MISTAKES}
"""The mistakes, each counted once."""


def written(mistake: Mistake, question: Question) -> Numbers:
    """What somebody with this mistake writes; None where it cannot be made."""
    return mistake.writes(question) if question.family in mistake.families else None

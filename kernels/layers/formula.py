"""The size, parameter and cost formulas as data: terms with a role, a symbol and a number.

A page typesets the terms once with symbols and once with numbers, colours them by role and links
each with its part of the picture. `Formula.result` comes from the geometry, never from the terms;
the tests evaluate the terms and compare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kernels.layers.axis_words import AXES
from kernels.layers.geometry import AXIS_NAMES, Axis
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec
from kernels.layers.terms import Term, line_of, operator_term, value_term
from kernels.layers.transposed import TransposedAxis


@dataclass(frozen=True)
class Rounding:
    """A fraction that does not come out even, and the whole number that is kept of it."""

    numerator: int
    denominator: int
    quotient: float
    whole: int


@dataclass(frozen=True)
class Formula:
    """A formula with the learner's own numbers.

    >>> formula = size_formula(Axis(input=5, kernel=3, stride=2, before=1, after=1), "height")
    >>> print(formula.symbols, "=", formula.numbers, "=", formula.result)
    ⌊(H + 2·p − k) / s⌋ + 1 = ⌊(5 + 2·1 − 3) / 2⌋ + 1 = 3
    """

    id: str
    label: str
    terms: tuple[Term, ...]
    result: int
    note: str = ""
    meaning: str = ""
    rounding: Rounding | None = None

    @property
    def symbols(self) -> str:
        """The formula in one line of text, with symbols."""
        return line_of(self.terms, lambda term: term.symbol)

    @property
    def numbers(self) -> str:
        """The formula in one line of text, with numbers."""
        return line_of(self.terms, lambda term: str(term.value))

    @property
    def arithmetic(self) -> str:
        """The numbers as one writes them out by hand, with a cross between factors.

        >>> size_formula(Axis(input=5, kernel=3), "height").arithmetic
        '⌊(5 + 2 × 0 − 3) / 1⌋ + 1'
        """
        return line_of(self.terms, lambda term: str(term.value), numbers=True)

    @property
    def spoken(self) -> str:
        """The formula in one breath, for those who hear it: letters, numbers, result.

        >>> print(size_formula(TransposedAxis(3, kernel=2, stride=2)).spoken)
        Output height (p is cropped per side): (H − 1)·s + k − 2·p = (3 − 1) × 2 + 2 − 2 × 0 = 6
        >>> print(size_formula(Axis(input=5, kernel=3)).spoken.partition(" = ")[2])
        floor of ((5 + 2 × 0 − 3) / 1) + 1 = 3
        """
        note = f" ({self.note})" if self.note else ""
        lines = [self.symbols, self.arithmetic] if len(self.terms) > 1 else []
        return f"{self.label}{note}: {' = '.join([*map(_spoken_line, lines), str(self.result)])}"


_SPOKEN = {"⌊(": "floor of ((", "⌈(": "ceiling of ((", "⌋": ")", "⌉": ")", "_": " "}


def _spoken_line(line: str) -> str:
    for sign, words in _SPOKEN.items():
        line = line.replace(sign, words)
    return line


def size_formula(axis: Axis | TransposedAxis, name: str = "height") -> Formula:
    """Build the output-size formula of one axis ('height', 'width', 'depth' or 'frames').

    >>> print(size_formula(Axis(input=7, kernel=3, dilation=2), "width").symbols)
    ⌊(W + 2·p − d·(k − 1) − 1) / s⌋ + 1
    >>> formula = size_formula(TransposedAxis(3, kernel=3, stride=2, before=1, after=1))
    >>> print(formula.symbols, "=", formula.numbers, "=", formula.result)
    (H − 1)·s + k − 2·p = (3 − 1)·2 + 3 − 2·1 = 5
    >>> print(size_formula(Axis(input=4, kernel=2), "frames").symbols)
    ⌊(T + 2·p_t − k_t) / s_t⌋ + 1

    Source: Dumoulin and Visin 2016, relationships 6, 14 and 15; torch.nn.Conv2d and
    ConvTranspose2d.
    """
    if isinstance(axis, TransposedAxis):
        return transposed_size_formula(axis, name)
    opening, closing = ("⌈", "⌉") if axis.ceil_mode else ("⌊", "⌋")
    rounding = f"{opening} {closing}: round {'up' if axis.ceil_mode else 'down'} to a whole number"
    words = AXES[name]
    terms = [
        Term("open", "floor", opening, meaning=rounding),
        value_term("input", words.letter, axis.input, f"input {name}"),
        *_padding_terms(axis, name, sign="+"),
        *_kernel_terms(axis, name, sign="−"),
        Term("over", "floor", "/"),
        value_term(
            "stride",
            words.symbol("s"),
            axis.stride,
            "stride: how far the window moves each step",
        ),
        Term("close", "floor", closing, meaning=rounding),
        operator_term("+"),
        value_term("one", "1", 1, "the first position, before any step"),
    ]
    notes = []
    if axis.before == axis.after:
        notes.append("p per side")
    else:
        notes.append("each end has its own p")
    if axis.last_window_dropped:
        terms += [operator_term("−"), value_term("floor", "1", 1, "the window that is dropped")]
        notes.append("the last window is dropped: it would start in the padding after the input")
    elif axis.ceil_mode:
        notes.append("ceil_mode rounds up: the last window may hang over the end")
    elif axis.room % axis.stride:
        notes.append("floor drops the window that does not fit")
    return Formula(
        name,
        f"Output {name}",
        tuple(terms),
        axis.output,
        "; ".join(notes),
        meaning=_positions(axis, name),
        rounding=_rounding(axis),
    )


def _rounding(axis: Axis) -> Rounding | None:
    """What the floor or the ceiling of an axis does; None where the stride divides evenly.

    >>> _rounding(Axis(input=4, kernel=3, stride=2, before=1, after=1))
    Rounding(numerator=3, denominator=2, quotient=1.5, whole=1)
    """
    if not axis.room % axis.stride:
        return None
    whole = -(-axis.room // axis.stride) if axis.ceil_mode else axis.room // axis.stride
    return Rounding(axis.room, axis.stride, axis.room / axis.stride, whole)


def transposed_size_formula(axis: TransposedAxis, name: str = "height") -> Formula:
    """Build the output-size formula of one axis of a transposed convolution.

    >>> axis = TransposedAxis(4, kernel=3, stride=2, before=1, after=0, dilation=2)
    >>> print(transposed_size_formula(axis, "width").symbols)
    (W − 1)·s + d·(k − 1) + 1 − p← − p→

    It has neither a fraction nor a floor, as nothing is left over. Source: Dumoulin and Visin 2016,
    relationship 14; torch.nn.ConvTranspose2d.
    """
    words = AXES[name]
    terms = [
        operator_term("("),
        value_term("input", words.letter, axis.input, f"input {name}"),
        operator_term("−"),
        value_term("one", "1", 1, "one step less than there are cells"),
        operator_term(")"),
        operator_term("·"),
        value_term(
            "stride",
            words.symbol("s"),
            axis.stride,
            "stride: from one kernel's copy to the next",
        ),
        *_kernel_terms(axis, name, sign="+"),
        *_padding_terms(axis, name, sign="−"),
    ]
    notes = ["p is cropped per side" if axis.before == axis.after else "each end crops its own p"]
    if axis.output_padding:
        terms += [
            operator_term("+"),
            value_term("padding", "p_out", axis.output_padding, "output_padding: cells at the end"),
        ]
        notes.append("output_padding keeps cells at the end")
    many = "" if axis.input == 1 else "s"
    meaning = (
        f"Each of the {axis.input} input {words.cells}{many} adds a kernel that reaches over "
        f"{axis.effective_kernel}, {axis.stride} after the one before: together they cover "
        f"{axis.uncropped}."
    )
    note = "; ".join(notes)
    return Formula(name, f"Output {name}", tuple(terms), axis.output, note, meaning)


def parameter_formula(layer: LayerSpec, names: Sequence[str] = ()) -> Formula:
    """Build the parameter-count formula of a layer.

    >>> formula = parameter_formula(ConvSpec(3, 6, 5))
    >>> print(formula.symbols, "=", formula.numbers, "=", formula.result)
    C_out·C_in·k_h·k_w + C_out = 6·3·5·5 + 6 = 456
    >>> print(parameter_formula(ConvTransposeSpec(8, 4, 2, stride=2)).symbols)
    C_in·C_out·k_h·k_w + C_out

    names : of the axes, where they are not those of AXIS_NAMES
    """
    if isinstance(layer, PoolSpec):
        note = "pooling has nothing to learn"
        return Formula("parameters", "Parameters", (value_term("one", "0", 0, ""),), 0, note)
    terms = _weight_terms(layer, names or AXIS_NAMES[layer.rank])
    note = "no bias"
    if layer.bias:
        terms += [
            operator_term("+"),
            value_term("bias", "C_out", layer.out_channels, "one bias for each output channel"),
        ]
        note = "biases counted"
    return Formula("parameters", "Parameters", tuple(terms), layer.parameters, note)


def mac_formula(
    layer: ConvSpec | ConvTransposeSpec, input_size: Sequence[int], names: Sequence[str] = ()
) -> Formula:
    """Build the multiply-add formula of a convolution for one input of this size.

    >>> formula = mac_formula(ConvSpec(3, 16, 3, padding=1), (32, 32))
    >>> print(formula.numbers, "=", formula.result)
    16·3·3·3·32·32 = 442368
    >>> formula = mac_formula(ConvTransposeSpec(1024, 512, 2, stride=2), (28, 28))
    >>> print(formula.symbols, "=", formula.numbers)
    C_in·C_out·k_h·k_w·H·W = 1024·512·2·2·28·28

    A transposed convolution multiplies each *input* cell by every weight of its kernel once, so
    the input's size counts; see ConvTransposeSpec.macs.
    """
    names = names or AXIS_NAMES[layer.rank]
    axes, terms = [AXES[name].letter for name in names], _weight_terms(layer, names)
    match layer:
        case ConvSpec():
            note = "MACs; biases not counted"
            for axis, size in zip(axes, layer.output_size(input_size), strict=True):
                terms += [
                    operator_term("·"),
                    value_term("output", f"{axis}_out", size, "output size"),
                ]
        case ConvTransposeSpec():
            note = "MACs, counted by input cell; biases not counted"
            for axis, size in zip(axes, input_size, strict=True):
                terms += [operator_term("·"), value_term("input", axis, size, "input size")]
    return Formula("macs", "Multiply-adds", tuple(terms), layer.macs(input_size), note)


def layer_formulas(
    layer: LayerSpec, input_size: Sequence[int], names: Sequence[str] = ()
) -> tuple[Formula, ...]:
    """Every formula of a layer, one size formula for all axes where they read the same.

    >>> [f.label for f in layer_formulas(ConvSpec(1, 1, 3), (5, 5))]
    ['Output height = width', 'Parameters', 'Multiply-adds']
    >>> video = layer_formulas(ConvSpec(1, 2, (2, 3, 3)), (4, 5, 5), ("frames", "height", "width"))
    >>> [f.label for f in video[:2]]
    ['Output frames', 'Output height = width']

    names : of the axes, where they are not those of AXIS_NAMES
    """
    return _layer_formulas(layer, tuple(input_size), tuple(names) or AXIS_NAMES[layer.rank])


# Kept: a change of anything else on a page leaves the layer as it is.
@lru_cache(maxsize=256)
def _layer_formulas(
    layer: LayerSpec, input_size: tuple[int, ...], names: tuple[str, ...]
) -> tuple[Formula, ...]:
    axes: Sequence[Axis | TransposedAxis] = layer.axes(input_size)
    own = sum(AXES[name].own for name in names)
    sizes = [*_alike(axes[:own], names[:own]), *_alike(axes[own:], names[own:])]
    if isinstance(layer, PoolSpec):
        return (*sizes, parameter_formula(layer, names))
    return (*sizes, parameter_formula(layer, names), mac_formula(layer, input_size, names))


def _alike(axes: Sequence[Axis | TransposedAxis], names: Sequence[str]) -> list[Formula]:
    """One size formula for all of some axes where they read the same."""
    sizes = [size_formula(axis, name) for axis, name in zip(axes, names, strict=True)]
    alike = len(set(axes)) == 1
    return [replace(sizes[0], label=f"Output {' = '.join(names)}")] if alike else sizes


def _positions(axis: Axis, name: str) -> str:
    """Say at which cells of the input the windows start."""
    cells = AXES[name].cells
    origins = axis.origins
    few = len(origins) <= 6
    starts = [str(n).replace("-", "−") for n in (origins if few else (*origins[:3], origins[-1]))]
    if not few:
        starts.insert(3, "…")
    many = len(origins) > 1
    outside = ", negative ones in the padding" if axis.before else ""
    return (
        f"The window fits at {axis.output} position{'s' if many else ''}: it starts at input "
        f"{cells}{'s' if many else ''} {', '.join(starts)} (counted from 0{outside})."
    )


def _padding_terms(axis: Axis | TransposedAxis, name: str, sign: str) -> list[Term]:
    """Each end's padding with its sign, or twice the one that both ends have."""
    words = AXES[name]
    if axis.before == axis.after:
        return [
            operator_term(sign),
            value_term("padding", "2", 2, "padding lies on both sides"),
            operator_term("·"),
            value_term("padding", words.symbol("p"), axis.before, "padding on each side"),
        ]
    (first, at_first), (last, at_last) = words.ends
    return [
        operator_term(sign),
        value_term("padding", first, axis.before, f"padding at the {at_first}"),
        operator_term(sign),
        value_term("padding", last, axis.after, f"padding at the {at_last}"),
    ]


def _kernel_terms(axis: Axis | TransposedAxis, name: str, sign: str) -> list[Term]:
    """The cells that a kernel reaches over, with their sign."""
    words = AXES[name]
    size = value_term("kernel", words.symbol("k"), axis.kernel, f"kernel {name}")
    if axis.dilation == 1:
        return [operator_term(sign), size]
    return [
        operator_term(sign),
        value_term(
            "dilation", words.symbol("d"), axis.dilation, "dilation: from one tap to the next"
        ),
        operator_term("·"),
        operator_term("("),
        size,
        operator_term("−"),
        value_term("kernel", "1", 1, "k taps have k − 1 gaps between them"),
        operator_term(")"),
        operator_term(sign),
        value_term("kernel", "1", 1, "the last tap itself"),
    ]


def _weight_terms(layer: ConvSpec | ConvTransposeSpec, names: Sequence[str]) -> list[Term]:
    """The factors that count the weights, the channels in the order of the weight's shape."""
    into = value_term("channels", "C_in", layer.in_channels, "input channels, one slice for each")
    out = value_term(
        "channels", "C_out", layer.out_channels, "output channels, one kernel for each"
    )
    first, second = (out, into) if isinstance(layer, ConvSpec) else (into, out)
    terms = [first, operator_term("·"), second]
    if layer.groups > 1:
        meaning = "groups: a kernel sees only its group's channels"
        terms += [operator_term("/"), value_term("groups", "g", layer.groups, meaning)]
    for name, size in zip(names, layer.kernel_size, strict=True):
        symbol = f"k_{AXES[name].index}"
        terms += [operator_term("·"), value_term("kernel", symbol, size, f"kernel {name}")]
    return terms

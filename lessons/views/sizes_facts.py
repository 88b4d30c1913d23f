"""What the Sizes page says of a layer: its numbers, each with the formula that gives it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kernels import ConvSpec, ConvTransposeSpec, PoolSpec, mac_formula, parameter_formula
from kernels.layers.conventions import CONVENTIONS, padding_words
from kernels.layers.cost import memory_bytes
from kernels.layers.formula import Formula
from kernels.layers.geometry import AXIS_NAMES, Axis
from kernels.layers.relationships import relationship_of
from kernels.layers.solver import (
    Setting,
    conv_settings_giving,
    conv_transpose_settings_giving,
    undoing,
)
from kernels.layers.transposed import TransposedAxis
from kernels.networks.receptive import AxisField, through_layer
from kernels.scene.examples import link_of
from kernels.scene.flat import by, padding_text
from kernels.scene.scene import Scene
from lessons.views.sizes import OPS, Layer, SizesView, settle_sizes
from lessons.views.sliding_window import settle_sliding


@dataclass(frozen=True)
class Fact:
    """One line: what it is, its number, how it comes about.

    >>> from lessons.views.sizes import settle_sizes
    >>> for fact in facts(settle_sizes({})[0])[:3]:
    ...     print(fact.name, "|", fact.value, "|", fact.why)
    Output | 64 × 112 × 112 | channels × height × width: 802,816 numbers
    Padding | 3 on each side | 6 in total; the padded input is 230 × 230
    Unused | the last row and the last column | one more step of 2 would not fit
    """

    name: str
    value: str
    why: str = ""


def facts(view: SizesView) -> tuple[Fact, ...]:
    """Every number of the layer on show."""
    layer = view.layer
    rows = [*_relationship(view), _output(view)]
    if isinstance(layer, ConvTransposeSpec):
        rows += _cropped(view)
    else:
        rows += _padding(view)
    rows += [*_cost(view), _memory(view), _receptive(view)]
    return tuple(rows)


def size_formulas(view: SizesView) -> tuple[Formula, ...]:
    """The size formula in the letters of the convention chosen, once for axes that are alike."""
    write = CONVENTIONS[view.convention].formula
    alike: dict[Axis | TransposedAxis, list[str]] = {}
    axes: Sequence[Axis | TransposedAxis] = view.layer.axes(view.size)
    for axis, name in zip(axes, AXIS_NAMES[view.rank], strict=True):
        alike.setdefault(axis, []).append(name)
    return tuple(
        replace(write(axis, names[0]), label=f"Output {' = '.join(names)}")
        for axis, names in alike.items()
    )


def windows_of(view: SizesView) -> tuple[Axis, ...]:
    """The axes of a convolution or pooling; none for a transposed convolution."""
    return tuple(axis for axis in view.layer.axes(view.size) if isinstance(axis, Axis))


def copies_of(view: SizesView) -> tuple[TransposedAxis, ...]:
    """The axes of a transposed convolution; none for another layer."""
    return tuple(axis for axis in view.layer.axes(view.size) if isinstance(axis, TransposedAxis))


def count_formulas(view: SizesView) -> tuple[Formula, ...]:
    """The formulas of parameters and multiply-adds."""
    layer = view.layer
    if isinstance(layer, PoolSpec):
        return (parameter_formula(layer),)
    return parameter_formula(layer), mac_formula(layer, view.size)


def all_conventions(view: SizesView) -> Iterator[tuple[str, str, str]]:
    """The same axis in every convention: title, formula with its result, what it counts.

    >>> from lessons.views.sizes import settle_sizes
    >>> print(next(all_conventions(settle_sizes({})[0]))[1])
    ⌊(H + 2·p − k) / s⌋ + 1 = ⌊(224 + 2 × 3 − 7) / 2⌋ + 1 = 112
    """
    axis: Axis | TransposedAxis = view.layer.axes(view.size)[0]
    name = AXIS_NAMES[view.rank][0]
    for row in CONVENTIONS.values():
        formula = row.formula(axis, name)
        note = f"{formula.note}. " if formula.note else ""
        line = f"{formula.symbols} = {formula.arithmetic} = {formula.result}"
        yield row.title, line, f"{note[:1].upper()}{note[1:]}{row.says[:1].upper()}{row.says[1:]}"


def answers(view: SizesView) -> tuple[Setting, ...]:
    """What leads from the input's first size to the wanted one, dilated as the layer is.

    >>> from lessons.views.sizes import settle_sizes
    >>> same = settle_sizes({"size": "56", "want": "56", "kernel": "3", "dilation": "2"})[0]
    >>> [(s.kernel, s.before) for s in answers(same) if s.stride == 1 and s.kernel in (3, 5)]
    [(3, 2), (5, 4)]
    """
    find = conv_settings_giving
    if isinstance(view.layer, ConvTransposeSpec):
        find = conv_transpose_settings_giving
    dilation = view.layer.dilation[0]
    found = find(view.want, view.size[0], dilations=(dilation,))
    # A kernel of one cell has no gaps: it is an answer where nothing is dilated.
    found = tuple(s for s in found if s.dilation == dilation)
    if isinstance(view.layer, PoolSpec):
        return tuple(s for s in found if max(s.before, s.after) <= s.kernel // 2)
    return found


def loaded(setting: Setting) -> dict[str, str]:
    """The page's settings that one answer stands for, the same along every axis."""
    return {
        "kernel": str(setting.kernel),
        "stride": str(setting.stride),
        "padding": padding_text(((setting.before, setting.after),)),
        "dilation": str(setting.dilation),
        "opad": str(setting.output_padding),
    }


def undone(view: SizesView) -> dict[str, str] | None:
    """The settings of the layer that leads back to the input's size; none for a pooling.

    >>> from lessons.views.sizes import settle_sizes
    >>> back = undone(settle_sizes({})[0])
    >>> back["op"], back["size"], back["opad"]
    ('transposed', '112x112', '1x1')
    """
    flat, layer = view.to_flat(), view.layer
    output = "x".join(map(str, layer.output_size(view.size)))
    turned = {"size": output, "cin": flat["cout"], "cout": flat["cin"]}
    if isinstance(layer, PoolSpec):
        return None
    if isinstance(layer, ConvTransposeSpec):
        return {**flat, **turned, "op": "conv"}
    back = [undoing(axis) for axis in windows_of(view)]
    return {
        **flat,
        **turned,
        "op": "transposed",
        "padding": "x".join(f"{axis.before}.{axis.after}" for axis in back),
        "opad": "x".join(str(axis.output_padding) for axis in back),
    }


def stage_link(view: SizesView) -> dict[str, str] | None:
    """The address of the Sliding window page that shows this layer; None if it is too large there.

    >>> from lessons.views.sizes import settle_sizes
    >>> stage_link(settle_sizes({})[0]) is None
    True
    >>> small = {"size": "5", "kernel": "3", "stride": "1", "padding": "1", "cin": "1", "cout": "1"}
    >>> stage_link(settle_sizes({**small, "bias": "0"})[0])
    {'padding': '1x1'}
    >>> video = {**small, "rank": "3", "size": "4x5x5", "kernel": "2x3x3", "padding": "0"}
    >>> stage_link(settle_sizes({**video, "bias": "0"})[0])
    {'rank': '3'}
    """
    flat = view.to_flat()
    taken = ["op", "rank", "size", "kernel", "stride", "padding", "dilation", "cin"]
    match view.layer:
        case PoolSpec():
            taken += ["ceil"]
        case ConvTransposeSpec():
            taken += ["cout", "groups", "bias", "opad"]
        case ConvSpec():
            taken += ["cout", "groups", "bias"]
    scene, moved = settle_sliding({key: flat[key] for key in taken})
    same = scene.layer.rank == view.rank and scene.output_size == view.layer.output_size(view.size)
    return link_of(scene) if same and not moved else None


def sizes_link(scene: Scene) -> dict[str, str]:
    """The address of the Sizes page that shows a scene's layer, whose numbers it does not show.

    >>> from lessons.views.sliding_window import open_sliding
    >>> sizes_link(open_sliding({"stride": "2x2", "padding": "1x1"})[0])
    {'size': '5', 'cin': '1', 'cout': '1', 'kernel': '3', 'padding': '1', 'bias': '0'}
    """
    return sizes_of(scene.layer, scene.channels, scene.input_size).link()


def sizes_of(layer: Layer, channels: int, size: Sequence[int]) -> SizesView:
    """A layer on an input of this size, as the Sizes page shows it.

    >>> sizes_of(ConvSpec(3, 64, 7, stride=2, padding=3), 3, (224, 224)).link()
    {}
    """
    asked = {
        "rank": str(layer.rank),
        "size": by(tuple(size)),
        "cin": str(channels),
        "kernel": by(layer.kernel_size),
        "stride": by(layer.stride),
        "padding": padding_text(layer.padding),
        "dilation": by(layer.dilation),
    }
    match layer:
        case PoolSpec():
            # All poolings have the same sizes; the page has the two most common ones.
            op = layer.kind if layer.kind in OPS else "max"
            asked |= {"op": op, "ceil": str(int(layer.ceil_mode))}
        case ConvTransposeSpec():
            asked |= {"op": "transposed", "opad": by(layer.output_padding)}
        case ConvSpec():
            asked |= {"op": "conv"}
    if not isinstance(layer, PoolSpec):
        counts = {"cout": layer.out_channels, "groups": layer.groups, "bias": int(layer.bias)}
        asked |= {name: str(count) for name, count in counts.items()}
    return settle_sizes(asked)[0]


def stacked(view: SizesView) -> tuple[tuple[tuple[int, ...], ...], str]:
    """The sizes of the layer stacked on itself, from the input on, and why they end early.

    >>> from lessons.views.sizes import settle_sizes
    >>> plain = {"size": "32", "kernel": "5", "stride": "1", "padding": "0", "times": "8"}
    >>> sizes, end = stacked(settle_sizes(plain)[0])
    >>> [height for height, _ in sizes], end
    ([32, 28, 24, 20, 16, 12, 8, 4], 'Layer 8 is not possible: a window of 5 does not fit into 4.')
    """
    layers, ends = _stack(view)
    sizes = [view.size, *(layer.layer.output_size(layer.size) for layer in layers)]
    return tuple(sizes), ends


def stack_lines(view: SizesView) -> tuple[tuple[str, str, str], ...]:
    """For each layer of the stack what comes out, and how much of the input one number of it sees.

    >>> from lessons.views.sizes import settle_sizes
    >>> plain = {"size": "32", "kernel": "5", "stride": "1", "padding": "0", "times": "7"}
    >>> for line in stack_lines(settle_sizes(plain)[0])[-2:]:
    ...     print(" | ".join(line))
    Layer 6 | 8 × 8 | receptive field 25; the fields of neighbours lie 1 apart
    Layer 7 | 4 × 4 | receptive field 29; the fields of neighbours lie 1 apart
    """
    lines, fields = [], (AxisField(),) * view.rank
    for number, layer in enumerate(_stack(view)[0], 1):
        axes = windows_of(layer)
        seen = ""
        if axes:
            fields = through_layer(fields, axes)
            reach, jumps = (_by([getattr(f, name) for f in fields]) for name in ("size", "jump"))
            seen = f"receptive field {reach}; the fields of neighbours lie {jumps} apart"
        lines.append((f"Layer {number}", _times(layer.layer.output_size(layer.size)), seen))
    return tuple(lines)


def _stack(view: SizesView) -> tuple[list[SizesView], str]:
    """The layers of the stack, each with the size that it is given, and why they end early."""
    layers: list[SizesView] = []
    size = view.size
    for number in range(1, view.times + 1):
        flat = {**view.to_flat(), "size": "x".join(map(str, size))}
        following, _ = settle_sizes(flat)
        if _windows(following.layer) != _windows(view.layer) or following.size != size:
            return layers, _ends(view.layer, number, size)
        layers.append(following)
        size = following.layer.output_size(size)
    return layers, ""


def _windows(layer: Layer) -> tuple[object, ...]:
    return layer.kernel_size, layer.stride, layer.padding, layer.dilation


def _ends(layer: Layer, number: int, size: tuple[int, ...]) -> str:
    if isinstance(layer, ConvTransposeSpec):
        return f"Layer {number} would be larger than this page counts."
    return (
        f"Layer {number} is not possible: a window of {_by(layer.kernel_size)} does not fit into "
        f"{_by(size)}."
    )


def _by(numbers: Sequence[int]) -> str:
    alike = len(set(numbers)) == 1
    return f"{numbers[0]:,}" if alike else " × ".join(f"{n:,}" for n in numbers)


def _times(numbers: Sequence[int]) -> str:
    return " × ".join(f"{n:,}" for n in numbers)


def channels_out(view: SizesView) -> int:
    """Channels of the output: a pooling has as many as go in."""
    return view.cin if isinstance(view.layer, PoolSpec) else view.cout


def _relationship(view: SizesView) -> Iterator[Fact]:
    """What Dumoulin and Visin say of a layer that one of their figures shows."""
    if (row := relationship_of(view.layer, view.size)) is not None:
        why = f"Dumoulin & Visin: {row.letters}. {row.sentence}"
        yield Fact(f"Relationship {row.number}", row.formula, why)


def _output(view: SizesView) -> Fact:
    shape = (channels_out(view), *view.layer.output_size(view.size))
    names = " × ".join(("channels", *AXIS_NAMES[view.rank]))
    return Fact("Output", _times(shape), f"{names}: {math.prod(shape):,} numbers")


def _padding(view: SizesView) -> list[Fact]:
    axes = windows_of(view)
    named: dict[tuple[str, str], list[str]] = {}
    for axis, name in zip(axes, AXIS_NAMES[view.rank], strict=True):
        named.setdefault(padding_words(axis), []).append(name)
    apart = len(named) > 1
    along = {words: f"{' and '.join(names)}: " if apart else "" for words, names in named.items()}
    value = "; ".join(f"{along[words]}{words[0]}" for words in named)
    why = "; ".join(f"{along[words]}{words[1]}" for words in named)
    if any(axis.before or axis.after for axis in axes):
        why += f"; the padded input is {_times([axis.padded for axis in axes])}"
    rows = [Fact("Padding", value, why)]
    if unused := _unused(axes, AXIS_NAMES[view.rank]):
        rows.append(unused)
    return rows


_CELLS = {"height": "row", "width": "column", "depth": "slice"}


def _unused(axes: Sequence[Axis], names: Sequence[str]) -> Fact | None:
    parts, strides = [], []
    for axis, name in zip(axes, names, strict=True):
        if axis.leftover:
            cells = _CELLS[name]
            many = f"{axis.leftover:,} {cells}s" if axis.leftover > 1 else cells
            parts.append(f"the last {many}")
            strides.append(str(axis.stride))
    if not parts:
        return None
    steps = " × ".join(dict.fromkeys(strides))
    return Fact("Unused", " and ".join(parts), f"one more step of {steps} would not fit")


def _cropped(view: SizesView) -> list[Fact]:
    axes = copies_of(view)
    made = _times([axis.uncropped for axis in axes])
    ends = "; ".join(
        f"{name}: {axis.before} before, {axis.after} after"
        for axis, name in zip(axes, AXIS_NAMES[view.rank], strict=True)
    )
    return [Fact("Cropped", ends, f"the copies of the kernel cover {made} before that")]


def _cost(view: SizesView) -> Iterator[Fact]:
    for formula in count_formulas(view):
        note = f" ({formula.note})" if formula.note else ""
        close = formula.arithmetic.replace(" × ", "×")  # up to eight factors, on one line
        equation = f"{formula.symbols} = {close}" if len(formula.terms) > 1 else ""
        yield Fact(formula.label, f"{formula.result:,}", f"{equation}{note}".strip())


def _memory(view: SizesView) -> Fact:
    layer = view.layer
    given = view.batch * view.cin * math.prod(view.size)
    made = view.batch * channels_out(view) * math.prod(layer.output_size(view.size))
    parts = {"input": given, "output": made, "parameters": layer.parameters}
    why = " + ".join(f"{name} {memory_bytes(count)}" for name, count in parts.items() if count)
    inputs = f", {view.batch:,} inputs at once" if view.batch > 1 else ""
    return Fact("Memory", memory_bytes(sum(parts.values())), f"{why}, as float32{inputs}")


def _receptive(view: SizesView) -> Fact:
    if copies := copies_of(view):
        most = [len(axis.sources(axis.output // 2)) for axis in copies]
        return Fact("Reads", f"{_times(most)} input cells", "for the output cell in the middle")
    axes = windows_of(view)
    reach = _times([axis.effective_kernel for axis in axes])
    strides = _times([axis.stride for axis in axes])
    why = f"of one layer; the fields of neighbours lie {strides} apart"
    layers = _stack(view)[0]
    if len(layers) > 1:
        fields = (AxisField(),) * view.rank
        for layer in layers:
            fields = through_layer(fields, windows_of(layer))
        whole = _times([field.size for field in fields])
        why += f"; of {len(layers)} such layers, one after the other, {whole}"
    return Fact("Receptive field", reach, why)

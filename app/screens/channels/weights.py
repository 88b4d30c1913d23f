"""The weight tensor: a row for each kernel, a column for each channel that it could see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app.components.tensor import Channel, Map, Sheet, tensor
from app.page.layer_counts import layer_count, plural
from app.page.page import Page
from app.screens.channels.state import ask_about, is_hidden
from kernels import ConvSpec, conv_parameters
from kernels.layers.mistaken_layers import as_deep_as_input, map_per_slice
from lessons.views.channels import ChannelsView

# What is drawn; of more, the first and the last.
MOST_ROWS, MOST_COLUMNS = 6, 8
COLOURS = (("red", "red"), ("green", "green"), ("blue", "blue"))
QUESTIONS = {
    "maps": "Is it one feature map for each input channel?",
    "depth": "Is the output as deep as the input?",
}


def draw_weights(page: Page[ChannelsView], view: ChannelsView, present: bool) -> None:
    """Draw the tensor with its count, and beside it the mistake that is asked about."""
    hidden = is_hidden(page, view)
    if not present and page.controls is None:
        _render_questions(page, view)
    sheets = [tensor_sheet(view.layer, hidden=hidden)]
    if view.ask:
        sheets = mistake_sheets(view.layer, view.ask, hidden=hidden)
    tensor(
        "The weight tensor",
        counts=[layer_count(view.layer, hidden=hidden)],
        sheets=sheets,
        invitation="Point at a kernel or a channel to see what it is connected to. With keys: Tab, "
        "then the arrows.",
        present=present,
        key=page.key("tensor"),
    )


def tensor_sheet(layer: ConvSpec, *, hidden: bool = False) -> Sheet:
    """The weight tensor of a layer as a grid of small kernels, with its shape as the title.

    hidden : leave out every number that is still to be predicted
    """
    rows, columns = (
        drawn(layer.out_channels, MOST_ROWS),
        drawn(layer.in_channels, MOST_COLUMNS),
    )
    maps, depth, height, width = layer.weight_shape
    by = f" ÷ {layer.groups}" if layer.groups > 1 else ""
    order = f"output channels × input channels{by} × rows × columns"
    shape = "" if hidden else f" {maps} × {depth} × {height} × {width}"
    return Sheet(
        title=f"Weights{shape}: {order}",
        columns=[None if n is None else _channel(layer, n) for n in columns],
        rows=[None if n is None else _map(layer, n, columns, hidden) for n in rows],
        kernel=(height, width),
    )


def mistake_sheets(layer: ConvSpec, ask: str, *, hidden: bool = False) -> list[Sheet]:
    """The right picture and the one that a common mistake has in mind, with what each counts.

    layer : taken without groups, as both mistakes are about what a plain convolution does
    ask : 'maps' or 'depth'
    """
    plain = replace(layer, groups=1)
    wrong = map_per_slice(plain) if ask == "maps" else as_deep_as_input(plain)
    right = tensor_sheet(plain, hidden=hidden)
    if ask == "maps":
        sheet = replace(right, rows=[row and _kept_apart(row, plain) for row in right.rows])
        why = _maps_why(plain, wrong)
    else:
        sheet = tensor_sheet(wrong, hidden=hidden)
        why = _depth_why(plain, wrong)
    right_why = _right_why(plain)
    if layer.groups > 1:
        drawn_plain = f"Drawn with groups = 1, where the layer above has {layer.groups}."
        right_why, why = f"{drawn_plain} {right_why}", f"{drawn_plain} {why}"
    verdict = "" if wrong.weight_shape == plain.weight_shape else "wrong"
    pairs = ((right, "right", plain, right_why), (sheet, verdict, wrong, why))
    return [
        replace(
            drawn_sheet,
            verdict=said,
            title=_counted(counted, hidden),
            why="" if hidden else reason,
        )
        for drawn_sheet, said, counted, reason in pairs
    ]


def drawn(count: int, most: int) -> list[int | None]:
    """Numbers of what is drawn of so many: all, or the first, None for what is left out, the last.

    >>> drawn(4, 6), drawn(32, 5)
    ([0, 1, 2, 3], [0, 1, 2, None, 31])
    """
    if count <= most:
        return list(range(count))
    return [*range(most - 2), None, count - 1]


def _render_questions(page: Page[ChannelsView], view: ChannelsView) -> None:
    with st.container(horizontal=True):
        for ask, question in QUESTIONS.items():
            is_open = view.ask == ask
            st.button(
                question,
                key=page.key(f"ask_{ask}"),
                type="primary" if is_open else "secondary",
                help="Put the mistake away" if is_open else "See that picture beside the right one",
                on_click=page.callback(ask_about, "" if is_open else ask),
            )


def _channel(layer: ConvSpec, number: int) -> Channel:
    name, tint = COLOURS[number] if layer.in_channels == len(COLOURS) else (str(number), "")
    if layer.groups == 1:
        read = f"every one of the {layer.out_channels} {plural('kernel', layer.out_channels)}"
        if layer.out_channels == 1:
            read = "the one kernel"
    else:
        each = layer.out_channels // layer.groups
        group = number // (layer.in_channels // layer.groups)
        read = f"{_span('kernel', group * each, each)} only: those of group {group}"
    return Channel(name, f"Channel {_called(layer, number)} is seen by {read}.", tint)


def _map(layer: ConvSpec, number: int, columns: Sequence[int | None], hidden: bool) -> Map:
    depth, height, width = layer.weight_shape[1:]
    group = number // (layer.out_channels // layer.groups)
    sees = [n in layer.channels_read(number) for n in columns]
    weights = conv_parameters(depth, 1, (height, width), bias=False)
    slices = f"{depth} {plural('slice', depth)} of {height} × {width}"
    grouped = f" (group {group})" if layer.groups > 1 else ""
    every = "every channel, " if layer.groups == 1 and layer.in_channels > 1 else ""
    bias = ", and one bias" if layer.bias else ""
    words = f"Kernel {number}{grouped} sees {every}{_span('channel', group * depth, depth)}"
    words += "." if hidden else f": {slices} = {weights:,} {plural('weight', weights)}{bias}."
    if depth > 1:
        words += f" The {depth} partial sums are added to one number."
    label = f"kernel {number}" + (f" · g{group}" if layer.groups > 1 else "")
    sign = ("Σ " if depth > 1 else "") + ("+ b " if layer.bias else "") + "→"
    return Map(label, words, group, sees, sign, ("map",))


def _called(layer: ConvSpec, number: int) -> str:
    return f"{number} ({COLOURS[number][0]})" if layer.in_channels == len(COLOURS) else str(number)


def _span(word: str, first: int, count: int) -> str:
    """Consecutive channels or kernels in words.

    >>> _span("kernel", 2, 1), _span("kernel", 2, 3)
    ('kernel 2', 'kernels 2 to 4')
    """
    return f"{word} {first}" if count == 1 else f"{word}s {first} to {first + count - 1}"


def _kept_apart(row: Map, layer: ConvSpec) -> Map:
    """The row as the mistake has it: no sum, so a feature map for each slice."""
    return replace(
        row,
        words=f"Without the sum, each of the {layer.in_channels} slices would make a feature map.",
        sign="+ b →" if layer.bias else "→",
        maps=["map"] * min(layer.in_channels, MOST_ROWS),
    )


def _counted(layer: ConvSpec, hidden: bool) -> str:
    maps = f"{layer.out_channels:,} {plural('feature map', layer.out_channels)}"
    return (
        "? feature maps, ? parameters"
        if hidden
        else (f"{maps}, {layer.parameters:,} {plural('parameter', layer.parameters)}")
    )


def _right_why(layer: ConvSpec) -> str:
    count = layer.out_channels
    kernels = f"{count} {plural('kernel', count)}, {count} {plural('feature map', count)}"
    return f"Every kernel sees every channel and makes one feature map: {kernels}."


def _maps_why(right: ConvSpec, wrong: ConvSpec) -> str:
    if right.in_channels == 1:
        return "With one input channel there is one slice and nothing to add: no mistake to make."
    return (
        f"No: the {right.in_channels} partial sums of a kernel are added to one number. Feature "
        f"maps that stay apart are another layer, a depthwise one with groups = {wrong.groups}."
    )


def _depth_why(right: ConvSpec, wrong: ConvSpec) -> str:
    if wrong.out_channels == right.out_channels:
        return (
            f"Here both are {right.out_channels}, because somebody chose as many kernels as there "
            "are channels; change Channels out and they differ."
        )
    return (
        f"No: a kernel reaches through all {right.in_channels} channels and cannot move in depth. "
        f"The output is as deep as there are kernels: {right.out_channels}."
    )

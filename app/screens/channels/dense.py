"""A fully connected network on the same input beside a convolution, and how both grow."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from app.components.tensor import Chart, Count, Factor, tensor
from app.page.layer_counts import HIDDEN, bars, layer_count, plural
from app.page.page import Page
from app.page.workbench import draw_folded
from app.screens.channels.state import is_hidden
from kernels import ConvSpec
from kernels.layers.dense import dense_parameters
from lessons.views.channels import ChannelsView


def draw_dense(page: Page[ChannelsView], view: ChannelsView, present: bool) -> None:
    """Count both on the learner's picture size, then draw both over all sizes."""
    hidden = is_hidden(page, view)
    layer = view.layer
    weights = dense_parameters(view.in_features, view.dense, bias=False)
    biases = sum(dense_parameters(view.in_features, view.dense)) - sum(weights)
    conv_biases = layer.out_channels * layer.bias
    conv_weights = layer.parameters - conv_biases
    names = [f"layer {n + 1}" for n in range(len(weights))]
    rows = [
        ("Fully connected", [
            *((count, "dense", name) for count, name in zip(weights, names, strict=True)),
            *([(biases, "bias", plural("bias", biases))] if layer.bias else []),
        ]),
        ("Convolution", [
            (conv_weights, "full", plural("weight", conv_weights)),
            (conv_biases, "bias", plural("bias", conv_biases)),
        ]),
    ]  # fmt: skip
    counts = [
        dense_count(view, hidden=hidden),
        layer_count(layer, "Convolution on the same input", hidden=hidden),
    ]
    counted = "biases counted" if layer.bias else "no biases"
    chart = Chart(f"Parameters, {counted}", bars(rows, hidden=hidden), _sharing(view, hidden))
    title = "A fully connected network against a convolution"
    if not present:
        tensor(title, counts=counts, bars=[chart], key=page.key("counts"), present=present)
        if not hidden:
            growth = partial(_render_growth, page, view, hidden)
            draw_folded(page, "growth_drawer", "How both grow with the picture", growth)
        return
    # On one screen: the counts across it, bars and growth side by side below them.
    tensor(title, counts=counts, key=page.key("counts"), present=present)
    left, right = st.columns(2, gap="medium")
    with left:
        tensor(chart.title, bars=[chart], key=page.key("bars"), present=present)
    with right:
        _render_growth(page, view, hidden, present=True)


def _render_growth(
    page: Page[ChannelsView], view: ChannelsView, hidden: bool, *, present: bool = False
) -> None:
    if hidden:
        return
    # Plotly is large: it is loaded for this look alone, and once the counts are revealed.
    from app.screens.channels.growth_chart import growth_figure

    st.plotly_chart(
        growth_figure(view, dark=st.context.theme.type == "dark", present=present),
        key=page.key("growth"),
        config={"displayModeBar": False, "scrollZoom": False},
        alt="Parameters over the number of pixels, both axes logarithmic: the fully connected "
        "network's rise with the picture, the convolution's stay the same.",
    )


def dense_count(view: ChannelsView, *, hidden: bool = False) -> Count:
    """The weights of fully connected layers as factors, and what the biases add.

    The first layer's inputs are spelled out as height × width × channels.
    """
    weights = dense_parameters(view.in_features, view.dense, bias=False)
    with_biases = sum(dense_parameters(view.in_features, view.dense))
    height, width = view.size
    first = [
        Factor(_shown_number(height, hidden), "height", "columns"),
        Factor("×"),
        Factor(_shown_number(width, hidden), "width", "columns"),
        Factor("×"),
        Factor(_shown_number(view.layer.in_channels, hidden), "channels", "columns"),
        Factor("×"),
        Factor(_shown_number(view.dense[0], hidden), "nodes", "rows"),
    ]
    for before, after in zip(view.dense[:-1], view.dense[1:], strict=True):
        first += [
            Factor("+"),
            Factor(_shown_number(before, hidden), "nodes", "rows"),
            Factor("×"),
            Factor(_shown_number(after, hidden), "nodes", "rows"),
        ]
    first += [Factor("="), Factor(_weights(sum(weights), hidden), "", "result")]
    nodes = with_biases - sum(weights)
    note = (
        f"Without biases, as textbooks often count; with one for each node, + {nodes:,} "
        f"= {with_biases:,}."
    )
    return Count("Fully connected: every number to every node", first, "" if hidden else note)


def _sharing(view: ChannelsView, hidden: bool) -> str:
    if hidden:
        return ""
    layer, padded = unpadded(view)
    size = " × ".join(map(str, layer.output_size(view.size)))
    how = "padded to keep its size" if padded else "without padding"
    work = layer.macs(view.size)
    dense = sum(dense_parameters(view.in_features, view.dense, bias=False))
    return (
        "The convolution's parameters do not depend on the picture's size: one kernel serves every "
        f"place. Its work does: {work:,} {plural('multiply-add', work)} {how}, for an output of "
        f"{size}; the fully connected network takes {dense:,}."
    )


def unpadded(view: ChannelsView) -> tuple[ConvSpec, bool]:
    """The convolution as textbooks set it against a fully connected layer: without padding.

    Padded where the kernel would not fit on the picture; then the second is True.
    """
    fits = all(k <= n for k, n in zip(view.layer.kernel_size, view.size, strict=True))
    return (replace(view.layer, padding=0), False) if fits else (view.layer, True)


def _weights(count: int, hidden: bool) -> str:
    return f"{_shown_number(count, hidden)} {plural('weight', 2 if hidden else count)}"


def _shown_number(value: int, hidden: bool) -> str:
    return HIDDEN if hidden else f"{value:,}"

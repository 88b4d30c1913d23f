"""How parameters grow with the picture: a line for each kind of layer, on logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import plotly.graph_objects as go

from app.components.palette import ROLES
from kernels import conv_parameters
from kernels.errors import LARGEST_COUNT
from kernels.layers.dense import dense_parameters
from lessons.views.channels import ChannelsView

# Sides of a square picture, from an icon to 16 megapixels.
SIDES = (8, 16, 28, 64, 128, 224, 512, 1024, 2048, 4000)


def growth_figure(view: ChannelsView, *, dark: bool, present: bool = False) -> go.Figure:
    """Draw both counts over the number of pixels, with a point at the learner's own size.

    Only the number of pixels counts for a fully connected layer, not how high or wide they lie.
    """
    here = math.prod(view.size)
    most = LARGEST_COUNT // view.layer.in_channels
    pixels = sorted({*(side * side for side in SIDES if side * side <= most), here})
    font = 27 if present else 14
    dense, convolution = partial(_dense, view), partial(_convolution, view)
    figure = go.Figure()
    for name, role, dash, count in (
        ("Fully connected", "padding", "dash", dense),
        ("Convolution", "kernel", "solid", convolution),
    ):
        colour = ROLES[role].dark if dark else ROLES[role].light
        figure.add_scatter(
            x=pixels,
            y=[count(n) for n in pixels],
            name=f"{name}: {count(here):,}",
            mode="lines",
            line={"color": colour, "dash": dash, "width": 3},
            hovertemplate="%{x:,} pixels: %{y:,} parameters<extra>" + name + "</extra>",
        )
        figure.add_scatter(
            x=[here],
            y=[count(here)],
            mode="markers",
            marker={"color": colour, "size": 11},
            showlegend=False,
            hoverinfo="skip",
            cliponaxis=False,
        )
    axis = {"type": "log", "tickfont": {"size": font - 1}, "showgrid": True, "dtick": 1}
    counted = "weights and biases" if view.layer.bias else "weights, no biases"
    figure.update_layout(
        height=420 if present else 320,
        margin={"l": 0, "r": 16, "t": 40, "b": 0},
        title={"text": "Growth with the picture", "font": {"size": font + 1}},
        xaxis={
            **axis,
            "range": _with_room(pixels, 0.03, 0.03),
            "title": {"text": "pixels of the picture", "font": {"size": font}},
        },
        yaxis={
            **axis,
            "range": _with_room([f(n) for n in pixels for f in (dense, convolution)], 0.1, 0.4),
            "title": {"text": counted, "font": {"size": font}},
            "tickformat": "~s",
            "tickvals": [10**n for n in range(len(str(LARGEST_COUNT)) + 2)],  # no thousandths
        },
        # In the corner that the rising line leaves free at every size and width: labels beside the
        # points would stand at each other's where the points are close.
        legend={
            "x": 0.02,
            "y": 0.98,
            "yanchor": "top",
            "bgcolor": "rgba(0,0,0,0)",
            "font": {"size": font},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    return figure


def _with_room(values: Sequence[int], before: float, after: float) -> list[float]:
    """The range of a logarithmic axis, with shares of its length left free at its ends."""
    low, high = math.log10(min(values)), math.log10(max(values))
    length = max(high - low, 1)
    return [low - before * length, high + after * length]


def _dense(view: ChannelsView, pixels: int) -> int:
    return sum(dense_parameters(pixels * view.layer.in_channels, view.dense, view.layer.bias))


def _convolution(view: ChannelsView, _: int) -> int:
    layer = view.layer
    return conv_parameters(
        layer.in_channels, layer.out_channels, layer.kernel_size, layer.groups, layer.bias
    )

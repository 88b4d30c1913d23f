"""How parameters grow with the picture: a line for each kind of layer, on logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import plotly.graph_objects as go

from app.components.palette import ROLES
from app.session.channels_view import ChannelsView
from kernels import conv_parameters, dense_parameters
from kernels.errors import LARGEST_COUNT

# Sides of a square picture, from an icon to 16 megapixels.
SIDES = (8, 16, 28, 64, 128, 224, 512, 1024, 2048, 4000)


def growth_figure(view: ChannelsView, *, dark: bool, present: bool = False) -> go.Figure:
    """Draw both counts over the number of pixels, with a point at the learner's own size.

    Only the number of pixels counts for a fully connected layer, not how high or wide they lie.
    """
    here = math.prod(view.size)
    most = LARGEST_COUNT // view.layer.in_channels
    pixels = sorted({*(side * side for side in SIDES if side * side <= most), here})
    font = 18 if present else 14
    # The label of the larger number stands above its point and the other below, so that neither
    # comes near the other's; the fully connected line rises to the right, so its label keeps left
    # above it and right below it.
    dense, convolution = partial(_dense, view), partial(_convolution, view)
    above = "Fully connected" if dense(here) >= convolution(here) else "Convolution"
    figure = go.Figure()
    for name, role, dash, count in (
        ("Fully connected", "padding", "dash", dense),
        ("Convolution", "kernel", "solid", convolution),
    ):
        colour = ROLES[role].dark if dark else ROLES[role].light
        figure.add_scatter(
            x=pixels,
            y=[count(n) for n in pixels],
            name=name,
            mode="lines",
            line={"color": colour, "dash": dash, "width": 3},
            hovertemplate="%{x:,} pixels: %{y:,} parameters<extra>" + name + "</extra>",
        )
        figure.add_scatter(
            x=[here],
            y=[count(here)],
            mode="markers+text",
            text=[f"{name}<br>{count(here):,}"],
            textposition=_beside(name, above=name == above, right=here > math.sqrt(most)),
            textfont={"size": font},
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
            "range": _with_room(pixels, 0.2, 0.03),
            "title": {"text": "pixels of the picture", "font": {"size": font}},
        },
        yaxis={
            **axis,
            "range": _with_room([f(n) for n in pixels for f in (dense, convolution)], 0.25, 0.25),
            "title": {"text": counted, "font": {"size": font}},
            "tickformat": "~s",
        },
        showlegend=False,
    )
    return figure


def _beside(name: str, *, above: bool, right: bool) -> str:
    """Where the label of a point stands; `right` where the point lies in the chart's right half."""
    if name == "Fully connected":
        return "top left" if above else "bottom right"
    side = "left" if right else "right"
    return f"{'top' if above else 'bottom'} {side}"


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

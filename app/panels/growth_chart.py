"""How parameters grow with the picture: a line for each kind of layer, on logarithmic axes."""

from __future__ import annotations

import math

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
    # On the side of the rising line where there is room.
    beside = "top left" if here > 100 * 100 else "bottom right"
    figure = go.Figure()
    for name, role, dash, count in (
        ("Fully connected", "padding", "dash", lambda n: _dense(view, n)),
        ("Convolution", "kernel", "solid", lambda n: _convolution(view)),
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
            textposition="top center" if role == "kernel" else beside,
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
        xaxis={**axis, "title": {"text": "pixels of the picture", "font": {"size": font}}},
        yaxis={**axis, "title": {"text": counted, "font": {"size": font}}, "tickformat": "~s"},
        showlegend=False,
    )
    return figure


def _dense(view: ChannelsView, pixels: int) -> int:
    return sum(dense_parameters(pixels * view.layer.in_channels, view.dense, view.layer.bias))


def _convolution(view: ChannelsView) -> int:
    layer = view.layer
    return conv_parameters(
        layer.in_channels, layer.out_channels, layer.kernel_size, layer.groups, layer.bias
    )

"""A full convolution against a depthwise one with a 1 x 1 convolution after it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from app.components.tensor import Chart, Count, Factor, tensor
from app.page.layer_counts import HIDDEN, bars, layer_count, plural
from app.page.page import Page
from app.screens.channels.state import is_hidden
from kernels import ConvSpec
from kernels.layers.separable import separable_layers, separable_ratio
from lessons.views.channels import ChannelsView


def draw_separable(page: Page[ChannelsView], view: ChannelsView, present: bool) -> None:
    """Show both ways' counts as factors, their parameters and multiply-adds as bars, the ratio."""
    hidden = is_hidden(page, view)
    full = replace(view.layer, groups=1)
    halves = separable_layers(full, depthwise_bias=view.depthwise_bias)
    depthwise, pointwise = halves
    size = view.size
    pair = [(depthwise, "depthwise"), (pointwise, "pointwise")]
    weights = [
        ("Full convolution", _weights(full, "full")),
        ("Depthwise + 1×1", [piece for part, role in pair for piece in _weights(part, role)]),
    ]
    macs = [
        ("Full convolution", [(full.macs(size), "full", "")]),
        ("Depthwise + 1×1", [(part.macs(size), role, role) for part, role in pair]),
    ]
    height, width = size
    grouped = f" The {view.layer.groups} groups are left out here." if view.layer.groups > 1 else ""
    tensor(
        "Full against separable convolution",
        counts=[
            layer_count(full, "Full convolution", hidden=hidden),
            layer_count(depthwise, "Depthwise: a kernel for each channel", hidden=hidden),
            layer_count(pointwise, "Then 1×1: mixes the channels", hidden=hidden),
            ratio_count(full, halves, hidden=hidden),
        ],
        bars=[
            Chart("Parameters, biases counted" if full.bias else "Parameters, no biases",
                  bars(weights, hidden=hidden), f"Padding keeps the size.{grouped}"),
            Chart(f"Multiply-adds (MACs) on {height} × {width}, no biases",
                  bars(macs, hidden=hidden)),
        ],
        present=present,
        key=page.key("separable"),
    )  # fmt: skip


def ratio_count(
    layer: ConvSpec, halves: tuple[ConvSpec, ConvSpec], *, hidden: bool = False
) -> Count:
    """1 / C_out + 1 / k² with the layer's numbers: the share of weights that is left.

    >>> layer = ConvSpec(3, 4, 3)
    >>> " ".join(f.text for f in ratio_count(layer, separable_layers(layer)).terms)
    '1/4 + 1/9 = 13/36 ≈ 0.361'
    """
    depthwise, pointwise = halves
    ratio = separable_ratio(layer)
    height, width = layer.kernel_size
    maps, taps = layer.out_channels, height * width
    left = sum(replace(part, bias=False).parameters for part in (depthwise, pointwise))
    full = replace(layer, bias=False).parameters
    note = (
        f"{left:,} of {full:,} {plural('weight', full)}, and the same share "
        "of the multiply-adds. Biases not counted"
    )
    if layer.bias:
        both = depthwise.parameters + pointwise.parameters
        share = _decimal(Fraction(both, layer.parameters))
        note += f"; with them {both:,} of {layer.parameters:,}, {share}"
    sign = "=" if ratio.denominator in (1, 2, 4, 5, 8, 10) else "≈"
    return Count(
        "What is left",
        [
            Factor(HIDDEN if hidden else f"1/{maps}", "1 / C_out", "rows"),
            Factor("+"),
            Factor(HIDDEN if hidden else f"1/{taps}", "1 / k²", "kernel"),
            Factor("="),
            Factor(HIDDEN if hidden else str(ratio), "", ""),
            Factor(sign),
            Factor(HIDDEN if hidden else _decimal(ratio), "of the weights", "result"),
        ],
        "" if hidden else f"{note}.",
    )


def _weights(layer: ConvSpec, role: str) -> list[tuple[int, str, str]]:
    weights = replace(layer, bias=False).parameters
    biases = layer.parameters - weights
    word = plural("weight" if role == "full" else f"{role} weight", weights)
    return [(weights, role, word), (biases, "bias", plural("bias", biases))]


def _decimal(ratio: Fraction) -> str:
    return f"{float(ratio):.3g}"

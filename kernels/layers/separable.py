"""A convolution taken apart: each channel by itself first, then a 1 x 1 mix of the channels."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from kernels.layers.spec import ConvSpec


def separable_layers(layer: ConvSpec, *, depthwise_bias: bool = True) -> tuple[ConvSpec, ConvSpec]:
    """Give the depthwise layer and the pointwise (1 x 1) layer that stand in for a convolution.

    >>> depthwise, pointwise = separable_layers(ConvSpec(3, 4, 3, bias=False))
    >>> depthwise.weight_shape, pointwise.weight_shape
    ((3, 1, 3, 3), (4, 3, 1, 1))
    >>> layer = ConvSpec(3, 4, 3, bias=False)
    >>> depthwise.parameters + pointwise.parameters, layer.parameters
    (39, 108)
    >>> pair = separable_layers(ConvSpec(10, 100, 5), depthwise_bias=False)
    >>> sum(part.parameters for part in pair), 10 * 5 * 5 + 10 * 100 + 100
    (1350, 1350)

    Together they take the same input and give maps of the same size and number; the windows
    (stride, padding, dilation) are the depthwise layer's. Both have biases if `layer` has, or the
    pointwise one alone, as depthwise_bias says: what a first bias adds, the second can add as well.
    `layer.groups` plays no part.

    Source: Howard et al. 2017, MobileNets, section 3.1.
    """
    depthwise = replace(
        layer,
        out_channels=layer.in_channels,
        groups=layer.in_channels,
        bias=layer.bias and depthwise_bias,
    )
    ones = (1,) * layer.rank
    pointwise = ConvSpec(layer.in_channels, layer.out_channels, ones, bias=layer.bias)
    return depthwise, pointwise


def separable_ratio(layer: ConvSpec) -> Fraction:
    """Give depthwise + pointwise weights over the weights of the full convolution, exactly.

    >>> separable_ratio(ConvSpec(3, 4, 3))
    Fraction(13, 36)
    >>> Fraction(1, 4) + Fraction(1, 3 * 3)
    Fraction(13, 36)

    It is 1 / C_out + 1 / k², whatever C_in is, and the ratio of the multiply-adds as well. Biases
    are not counted: the separable pair has C_in more of them.
    """
    full, *parts = (
        replace(part, bias=False) for part in (replace(layer, groups=1), *separable_layers(layer))
    )
    return Fraction(sum(part.parameters for part in parts), full.parameters)

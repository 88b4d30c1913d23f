"""Layers that a convolution is often mistaken for, as layers of their own.

Every kernel sees every channel and gives one map. Who reads it otherwise has another layer in
mind, which exists and can be counted.
"""

from __future__ import annotations

from dataclasses import replace

from kernels.layers.spec import ConvSpec


def map_per_slice(layer: ConvSpec) -> ConvSpec:
    """The layer in which the slices of a kernel are not summed: each gives a map of its own.

    >>> wrong = map_per_slice(ConvSpec(3, 4, 3))
    >>> wrong.out_channels, wrong.parameters
    (12, 120)

    It has C_in · C_out maps, each with a bias: a depthwise layer with several kernels a channel.
    """
    return replace(
        layer,
        out_channels=layer.in_channels * layer.out_channels,
        groups=layer.in_channels,
    )


def as_deep_as_input(layer: ConvSpec) -> ConvSpec:
    """The layer whose output has as many maps as the input has channels.

    >>> wrong = as_deep_as_input(ConvSpec(3, 4, 3))
    >>> wrong.out_channels, wrong.parameters
    (3, 84)
    """
    return replace(layer, out_channels=layer.in_channels)

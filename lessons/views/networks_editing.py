"""Changing a layer of a network: its settings as texts, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kernels.errors import ShapeError
from kernels.layers.geometry import PADDING_WORDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.editing import change, follow
from kernels.networks.layers import (
    AdaptiveAvgPool,
    Crop,
    Dropout,
    Layer,
    Linear,
    ZeroPad,
)
from kernels.networks.network import Network
from kernels.reading.link_text import (
    decimal_number,
    ends_of_axes,
    quoted,
    whole_number,
    whole_numbers,
)
from kernels.reading.notation import NotationError
from kernels.reading.sizes import plain_ends, plain_sizes
from kernels.scene.flat import by, padding_text

MOST = 100_000
"""Channels, neurons and cells that can be typed."""


@dataclass(frozen=True)
class Setting:
    """A setting of some layers.

    Attributes
    ----------
    label : its name on the screen
    layers : the layers that have it
    text : what its box shows for a layer
    read : the layer with what the box says; NotationError or ShapeError where that cannot be
    """

    label: str
    layers: tuple[type, ...]
    text: Callable[[Any], str]
    read: Callable[[Any, str], Layer]


def _count(name: str, what: str) -> Callable[[Any, str], Layer]:
    def read(layer: Any, text: str) -> Layer:
        number = whole_number(text)
        if number is None or not 1 <= number <= MOST:
            raise NotationError(f"{quoted(text)} cannot be {what}: write 1 to {MOST:,}.")
        return replace(layer, **{name: number})

    return read


def _cells(name: str, what: str, least: int) -> Callable[[Any, str], Layer]:
    def read(layer: Any, text: str) -> Layer:
        numbers = whole_numbers(plain_sizes(text) or "", layer.rank)
        if numbers is None or not all(least <= n <= MOST for n in numbers):
            raise NotationError(
                f"{quoted(text)} cannot be {what}: write one number, or two such as 1x7."
            )
        return replace(layer, **{name: numbers})

    return read


def _padding(layer: Any, text: str) -> Layer:
    if plain_ends(text) in PADDING_WORDS and not isinstance(layer, ConvTransposeSpec):
        return replace(layer, padding=plain_ends(text))
    return replace(layer, padding=_ends(text, layer.rank))


def _cut(layer: Any, text: str) -> Layer:
    return replace(layer, cells=_ends(text, 2))


def _ends(text: str, rank: int) -> tuple[tuple[int, int], ...]:
    ends = ends_of_axes(plain_ends(text), rank)
    if ends is None or any(n > MOST for pair in ends for n in pair):
        raise NotationError(
            f"{quoted(text)} cannot be read: write 3 for 3 on each side, or 2.3 for 2 before and 3 "
            "after."
        )
    return ends


def _share(layer: Any, text: str) -> Layer:
    number = decimal_number(text)
    if number is None or not 0 <= number < 1:
        raise NotationError(f"{quoted(text)} cannot be a probability: write 0 to 0.99.")
    return replace(layer, p=number)


def _once(numbers: tuple[int, ...]) -> str:
    return str(numbers[0]) if len(set(numbers)) == 1 else by(numbers)


def _padding_words(padding: Any) -> str:
    text = padding_text(padding)
    parts = text.split("x")
    return parts[0] if len(set(parts)) == 1 else text


_CONVS = (ConvSpec, ConvTransposeSpec)
_WINDOWS = (*_CONVS, PoolSpec)

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "out_channels": Setting(
            "Channels out", _CONVS, lambda layer: str(layer.out_channels),
            _count("out_channels", "a number of channels"),
        ),
        "out_features": Setting(
            "Neurons", (Linear,), lambda layer: str(layer.out_features),
            _count("out_features", "a number of neurons"),
        ),
        "in_features": Setting(
            "Numbers in", (Linear,), lambda layer: str(layer.in_features),
            _count("in_features", "a number of inputs"),
        ),
        "kernel_size": Setting(
            "Kernel", _WINDOWS, lambda layer: _once(layer.kernel_size),
            _cells("kernel_size", "a kernel", 1),
        ),
        "stride": Setting(
            "Stride", _WINDOWS, lambda layer: _once(layer.stride), _cells("stride", "a stride", 1)
        ),
        "padding": Setting(
            "Padding", _WINDOWS, lambda layer: _padding_words(layer.padding), _padding
        ),
        "dilation": Setting(
            "Dilation", _WINDOWS, lambda layer: _once(layer.dilation),
            _cells("dilation", "a dilation", 1),
        ),
        "output_padding": Setting(
            "Output padding", (ConvTransposeSpec,), lambda layer: _once(layer.output_padding),
            _cells("output_padding", "an output padding", 0),
        ),
        "groups": Setting(
            "Groups", _CONVS, lambda layer: str(layer.groups), _count("groups", "a group count")
        ),
        "cells": Setting(
            "Cells", (Crop, ZeroPad), lambda layer: _padding_words(layer.cells), _cut
        ),
        "output_size": Setting(
            "To", (AdaptiveAvgPool,), lambda layer: str(layer.output_size),
            _count("output_size", "an output size"),
        ),
        "p": Setting("Probability", (Dropout,), lambda layer: f"{layer.p:g}", _share),
    }
)  # fmt: skip
"""Every setting that is typed, in the order of their boxes."""

SWITCHES: Mapping[str, tuple[str, tuple[type, ...]]] = MappingProxyType(
    {
        "bias": ("Bias", (*_CONVS, Linear)),
        "ceil_mode": ("Round up (ceil_mode)", (PoolSpec,)),
    }
)
"""Every setting that is on or off: its name on the screen, and the layers that have it."""


def with_setting(layer: Layer, name: str, text: str) -> Layer:
    """A layer with another setting.

    >>> with_setting(ConvSpec(3, 8, 3), "padding", "1").padding
    ((1, 1), (1, 1))
    >>> with_setting(ConvSpec(3, 8, 3), "stride", "0")
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: “0” cannot be a stride: write one number, or two such \
as 1x7.
    """
    if name in SWITCHES:
        changes: dict[str, Any] = {name: text == "1"}
        return replace(layer, **changes)
    try:
        return SETTINGS[name].read(layer, text.strip())
    except ShapeError as error:
        raise NotationError(error.faults[0]) from None


def changed(network: Network, name: str, layer: Layer) -> Network:
    """A network with another layer under a name; what comes after takes what it makes now."""
    return follow(change(network, name, layer))

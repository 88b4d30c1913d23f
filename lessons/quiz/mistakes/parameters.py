"""How learnable numbers are counted, and the slips in it; flatten and fully connected layers too.

A convolution has k_h·k_w·(C/g)·K weights and K biases; a fully connected layer in·out and out.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from lessons.quiz.mistakes.notation import product
from lessons.quiz.mistakes.slip import ASKED, PUBLISHED, RARE, REASONED, Slip, changed_where


class ConvCount(NamedTuple):
    """The parameters of a convolution, with those of a pooling and a norm after it (none).

    >>> conv_count((5, 5), 3, 100, area=(9, 28 * 28)).value()
    7600
    """

    kernel: tuple[int, ...]
    reach: tuple[int, ...]
    in_channels: int
    out_channels: int
    groups: int
    biased: bool
    area: tuple[int, int]  # cells of the input map and of the output map
    pool: int  # cells of the window of a pooling after it; 0 without one
    norm: bool
    taps: int
    each: int  # channels that one kernel sees
    filters: int
    biases: int
    copies: int = 1
    extra: int = 0
    instead: int | None = None
    line: str = ""  # how `instead` was worked out

    def value(self) -> int:
        if self.instead is not None:
            return self.instead
        return self.taps * self.each * self.filters * self.copies + self.biases + self.extra

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        if self.line:
            return self.line
        parts = []
        if self.taps and self.filters:
            taps = list(self.kernel) if self.taps == math.prod(self.kernel) else [self.taps]
            copies = [self.copies] if self.copies > 1 else []
            parts.append(product([self.filters, self.each, *taps, *copies]))
        parts += [str(n) for n in (self.biases, self.extra) if n]
        return " + ".join(parts) or "0"


def conv_count(
    kernel: tuple[int, ...],
    in_channels: int,
    out_channels: int,
    area: tuple[int, int],
    reach: tuple[int, ...] = (),
    groups: int = 1,
    bias: bool = True,
    pool: int = 0,
    norm: bool = False,
) -> ConvCount:
    """The right working; with out_channels 0 there is no convolution, only what comes after it."""
    return ConvCount(
        kernel,
        reach or kernel,
        in_channels,
        out_channels,
        groups,
        bias,
        area,
        pool,
        norm,
        math.prod(kernel),
        in_channels // groups,
        out_channels,
        out_channels * bias,
        extra=2 * (out_channels or in_channels) * norm,
    )


class DenseCount(NamedTuple):
    """The parameters of a fully connected layer, or with outputs 0 only its number of inputs.

    >>> DenseCount((10, 7, 7), 0, False).value(), DenseCount((128,), 256, True).value()
    (490, 33024)
    """

    shape: tuple[int, ...]  # what is flattened: (channels, height, width), or (features,)
    outputs: int
    biased: bool
    out_area: int = 1  # of these outputs, how many belong to each channel
    take: str = "product"
    biases: str = "outputs"
    neurons: int = 0  # how many outputs are counted, where not all are
    sized: tuple[tuple[str, tuple[int, ...]], ...] = ()  # the map by slips in its size

    def value(self) -> int:
        features = {
            "product": math.prod(self.shape),
            "cells": math.prod(self.shape[1:]),
            "channels": self.shape[0],
            "sum": sum(self.shape),
        }[self.take]
        if not self.outputs:
            return features
        outputs = self.neurons or self.outputs
        biases = {"outputs": outputs, "one": 1, "inputs": features}[self.biases]
        return features * outputs + (biases if self.biased else 0)

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        features = {
            "product": product(self.shape),
            "cells": product(self.shape[1:]),
            "channels": str(self.shape[0]),
            "sum": " + ".join(map(str, self.shape)),
        }[self.take]
        if not self.outputs:
            return features
        inputs = f"({features})" if self.take == "sum" else features
        outputs = self.neurons or self.outputs
        biases = {"outputs": str(outputs), "one": "1", "inputs": features}[self.biases]
        weights = inputs if outputs == 1 else f"{inputs} × {outputs}"
        return weights + (f" + {biases}" if self.biased else "")


def _slip(id, name, say, point, step, prior, conv=None, dense=None, dense_say="") -> Slip:
    changes: dict[type, Callable] = {}
    if conv:
        changes[ConvCount] = conv
    if dense:
        changes[DenseCount] = dense

    def says(working):
        return dense_say if isinstance(working, DenseCount) else ""

    return Slip(id, name, say, point, step, prior, changes, says)


def _conv(w):
    return w.out_channels > 0


def _channels(w):
    return w.out_channels or w.in_channels


def maps(w):
    return len(w.shape) == 3


def deep(w):
    return maps(w) and w.shape[0] > 1


PARAMETER_SLIPS = (
    _slip(
        "bias-forgotten",
        "biases forgotten",
        "Each output channel has one bias: add their number.",
        "bias",
        "bias",
        PUBLISHED,
        changed_where(lambda w: w.biases > 0, biases=0),
        changed_where(lambda w: w.outputs and w.biased, biased=False),
        "Each output number has one bias here: add their number.",
    ),
    _slip(
        "bias-added",
        "biases counted where there are none",
        "This layer has no bias (or only its weights are asked for): leave them out.",
        "bias",
        "bias",
        REASONED,
        changed_where(lambda w: _conv(w) and not w.biased, biases=lambda w: w.out_channels),
        changed_where(lambda w: w.outputs and not w.biased, biased=True),
    ),
    _slip(
        "bias-single",
        "one bias for the whole layer",
        "There is one bias for each output channel, not one for the layer.",
        "bias",
        "bias",
        PUBLISHED,
        changed_where(lambda w: w.biases > 1, biases=1),
        changed_where(lambda w: w.outputs and w.biased, biases="one"),
        "There is one bias for each output number here, not one for the layer.",
    ),
    _slip(
        "bias-per-slice",
        "a bias for every slice of a kernel",
        "A kernel has one slice for each input channel but a single bias.",
        "bias",
        "bias",
        REASONED,
        changed_where(
            lambda w: w.biases > 0 and w.each > 1, biases=lambda w: w.each * w.out_channels
        ),
    ),
    _slip(
        "bias-per-input",
        "a bias for each input",
        "The biases belong to the outputs: in·out + out.",
        "bias",
        "bias",
        ASKED,
        dense=changed_where(lambda w: w.outputs and w.biased, biases="inputs"),
    ),
    _slip(
        "input-channels-forgotten",
        "input channels forgotten",
        "Each kernel has a slice for every input channel: multiply by them.",
        "weights",
        "channels",
        PUBLISHED,
        changed_where(lambda w: _conv(w) and w.each > 1, each=1),
        changed_where(lambda w: deep(w) and w.outputs, take="cells"),
        "The numbers of every input channel are inputs: multiply by the channels.",
    ),
    _slip(
        "filters-forgotten",
        "number of filters forgotten",
        "That is one filter: multiply by the number of output channels.",
        "weights",
        "filters",
        REASONED,
        changed_where(lambda w: w.filters > 1, filters=1, biases=lambda w: min(w.biases, 1)),
        changed_where(lambda w: w.out_area > 1, outputs=lambda w: w.outputs // w.out_area),
        "Every output number has weights of its own here: count all cells of the output.",
    ),
    _slip(
        "kernel-one-side",
        "k instead of k²",
        "A kernel has k_h·k_w taps in each channel, not only k.",
        "weights",
        "kernel",
        REASONED,
        changed_where(
            lambda w: len(w.kernel) == 2 and w.taps > w.kernel[0], taps=lambda w: w.kernel[0]
        ),
    ),
    _slip(
        "kernel-squared",
        "k² instead of k",
        "The kernel of a signal lies along one axis: it has k taps in each channel.",
        "weights",
        "kernel",
        RARE,
        changed_where(lambda w: len(w.kernel) == 1, taps=lambda w: w.kernel[0] ** 2),
    ),
    _slip(
        "frames-not-counted",
        "kernel taken as flat",
        "The kernel of a video goes through frames too: multiply by how many.",
        "weights",
        "kernel",
        RARE,
        changed_where(
            lambda w: len(w.kernel) == 3 and w.kernel[0] > 1,
            taps=lambda w: math.prod(w.kernel[1:]),
        ),
    ),
    _slip(
        "sharing-forgotten",
        "weights counted at every position",
        "The same weights are used at every position: do not multiply by the output's cells.",
        "sharing",
        "copies",
        PUBLISHED,
        changed_where(lambda w: _conv(w) and w.area[1] > 1, copies=lambda w: w.area[1]),
    ),
    _slip(
        "conv-as-dense",
        "counted as a fully connected layer",
        "A convolution connects each output to its window only, and shares the weights.",
        "sharing",
        "whole",
        REASONED,
        changed_where(
            lambda w: _conv(w) and w.area[1] > 1,
            instead=lambda w: (
                (w.in_channels * w.area[0] + w.biased) * w.out_channels * w.area[1] + w.extra
            ),
            line=lambda w: (
                f"({w.in_channels} × {w.area[0]}{' + 1' if w.biased else ''})"
                f" × {w.out_channels} × {w.area[1]}{f' + {w.extra}' if w.extra else ''}"
            ),
        ),
    ),
    _slip(
        "groups-ignored",
        "groups ignored",
        "With g groups a kernel sees only C/g of the input channels.",
        "groups",
        "groups",
        ASKED,
        changed_where(lambda w: w.groups > 1, each=lambda w: w.in_channels),
    ),
    _slip(
        "groups-divide-both",
        "both channel counts divided by groups",
        "Groups divide the channels that a kernel sees, not the number of kernels.",
        "groups",
        "groups",
        REASONED,
        changed_where(lambda w: w.groups > 1, filters=lambda w: w.out_channels // w.groups),
    ),
    _slip(
        "dilation-adds-weights",
        "weights in the gaps of a dilated kernel",
        "Dilation spreads the taps and adds none: there are k_h·k_w of them.",
        "weights",
        "kernel",
        REASONED,
        changed_where(lambda w: w.reach != w.kernel, taps=lambda w: math.prod(w.reach)),
    ),
    _slip(
        "pool-has-weights",
        "weights for the pooling window",
        "Pooling only picks or averages: it has nothing to learn.",
        "pooling",
        "pool",
        REASONED,
        changed_where(lambda w: w.pool, extra=lambda w: w.extra + w.pool),
    ),
    _slip(
        "pool-has-weights-per-channel",
        "weights for the pooling window of each channel",
        "Pooling has nothing to learn in any channel.",
        "pooling",
        "pool",
        REASONED,
        changed_where(
            lambda w: w.pool,
            extra=lambda w: w.extra + w.pool * _channels(w),
        ),
    ),
    _slip(
        "pool-one-per-channel",
        "one parameter for each pooled channel",
        "Pooling has nothing to learn, not even one number per channel.",
        "pooling",
        "pool",
        REASONED,
        changed_where(lambda w: w.pool, extra=lambda w: w.extra + _channels(w)),
    ),
    _slip(
        "pool-two-per-channel",
        "a factor and a bias for each pooled channel",
        "LeNet-5 of 1998 learned these two; max and average pooling learn nothing.",
        "pooling",
        "pool",
        REASONED,
        changed_where(lambda w: w.pool, extra=lambda w: w.extra + 2 * _channels(w)),
    ),
    _slip(
        "norm-statistics-counted",
        "running mean and variance counted",
        "Batch normalisation learns a scale and a shift per channel, but not its statistics.",
        "norm",
        "norm",
        REASONED,
        changed_where(lambda w: w.norm, extra=lambda w: w.extra + 2 * _channels(w)),
    ),
    _slip(
        "norm-forgotten",
        "batch normalisation left out",
        "Batch normalisation learns two numbers for each channel: a scale and a shift.",
        "norm",
        "norm",
        REASONED,
        changed_where(lambda w: w.norm, extra=lambda w: w.extra - 2 * _channels(w)),
    ),
)

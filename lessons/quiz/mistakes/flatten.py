"""The slips in a flatten and in a fully connected layer's outputs."""

from __future__ import annotations

from lessons.quiz.mistakes.carried_sizes import with_map
from lessons.quiz.mistakes.parameters import DenseCount, deep, maps
from lessons.quiz.mistakes.slip import ASKED, REASONED, Slip, changed_where


def _slip(id, name, say, dense) -> Slip:
    return Slip(id, name, say, "flatten", "channels", ASKED, {DenseCount: dense})


FLATTEN_SLIPS = (
    Slip(
        "one-neuron",
        "one output number counted",
        "Every output number has a weight for every input: multiply by the outputs.",
        "weights",
        "filters",
        REASONED,
        {DenseCount: changed_where(lambda w: w.outputs > 1 and w.out_area == 1, neurons=1)},
        late=True,
    ),
    Slip(
        "pooled-first",
        "pooling done before the convolution",
        "The layers come in the order in which they are named: the convolution first.",
        "pooling",
        "size",
        REASONED,
        {DenseCount: lambda w: with_map(w, "pooled-first")},
        late=True,
    ),
    Slip(
        "layer-left-out",
        "the convolution's size left out",
        "The convolution changes height and width too: find its output first, then pool.",
        "kernel-reach",
        "size",
        REASONED,
        {DenseCount: lambda w: with_map(w, "layer-left-out")},
        late=True,
    ),
    _slip(
        "flatten-channels-forgotten",
        "channels left out of the flatten",
        "Flatten puts the cells of all channels in one row: multiply by the channels too.",
        changed_where(lambda w: deep(w) and not w.outputs, take="cells"),
    ),
    _slip(
        "flatten-cells-forgotten",
        "cells left out of the flatten",
        "Flatten keeps every cell of every channel: channels × height × width.",
        changed_where(maps, take="channels"),
    ),
    _slip(
        "flatten-added",
        "sizes added instead of multiplied",
        "Flatten counts the numbers: multiply channels, height and width.",
        changed_where(maps, take="sum"),
    ),
)

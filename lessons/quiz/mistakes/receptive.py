"""How a receptive field grows layer by layer, and the slips in it."""

from __future__ import annotations

import math
from typing import NamedTuple

from kernels.layers.geometry import kernel_reach
from lessons.quiz.mistakes.notation import product
from lessons.quiz.mistakes.slip import ASKED, REASONED, Slip, changed_where


class Window(NamedTuple):
    """One layer of a stack, along one axis."""

    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1


class FieldWorking(NamedTuple):
    """The receptive field of a stack: r grows by (ke - 1)·jump, the jump by the factor s.

    >>> FieldWorking((Window(3), Window(2, 2), Window(3))).value()
    8
    """

    layers: tuple[Window, ...]
    growth: str = "grow"
    reach: str = "dilated"
    strides: str = "earlier"  # those of earlier layers count; 'own' too; or 'none'
    added: int = 0

    def value(self) -> int:
        reaches = self.reaches()
        if self.growth == "sum":
            return sum(reaches) + self.added
        if self.growth == "product":
            return math.prod(reaches)
        steps = zip(reaches, self.jumps(), strict=True)
        return 1 + sum((reach - 1) * jump for reach, jump in steps) + self.added

    def reaches(self) -> list[int]:
        """How many cells each layer's window is taken to cover."""
        return [_REACH[self.reach](layer) for layer in self.layers]

    def jumps(self) -> list[int]:
        """How far apart the cells that each layer's window covers are taken to lie."""
        jumps, jump = [], 1
        for layer in self.layers:
            if self.strides == "own":
                jump *= layer.stride
            jumps.append(jump)
            if self.strides == "earlier":
                jump *= layer.stride
        return jumps

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        reaches = self.reaches()
        added = f" + {self.added}" if self.added else ""
        if self.growth == "sum":
            return " + ".join(map(str, reaches)) + added
        if self.growth == "product":
            return product(reaches)
        steps = [
            f"({reach} − 1) × {jump}" for reach, jump in zip(reaches, self.jumps(), strict=True)
        ]
        return " + ".join(["1", *steps]) + added


_REACH = {
    "dilated": lambda layer: kernel_reach(layer.kernel, layer.dilation),
    "plain": lambda layer: layer.kernel,
    "times": lambda layer: layer.dilation * layer.kernel,
}


def _slip(id, name, say, step, prior, condition, **changes) -> Slip:
    return Slip(
        id,
        name,
        say,
        "receptive-field",
        step,
        prior,
        {FieldWorking: changed_where(condition, **changes)},
    )


def _strided(w):
    return any(layer.stride > 1 for layer in w.layers)


def _dilated(w):
    return any(layer.dilation > 1 for layer in w.layers)


RECEPTIVE_SLIPS = (
    _slip(
        "fields-added",
        "kernel sizes added",
        "Neighbouring windows overlap: each layer adds k − 1 cells, not k.",
        "growth",
        REASONED,
        lambda w: True,
        growth="sum",
    ),
    _slip(
        "fields-multiplied",
        "kernel sizes multiplied",
        "The field grows by adding (k − 1) jumps, not by multiplying.",
        "growth",
        REASONED,
        lambda w: True,
        growth="product",
    ),
    _slip(
        "field-strides-ignored",
        "strides ignored",
        "After a stride s the cells lie s apart: later layers add (k − 1) times that jump.",
        "strides",
        ASKED,
        _strided,
        strides="none",
    ),
    _slip(
        "own-stride-counted",
        "a layer's own stride counted",
        "A layer's stride spreads the layers after it, not its own taps.",
        "strides",
        REASONED,
        _strided,
        strides="own",
    ),
    _slip(
        "last-kernel-only",
        "last kernel only",
        "Each cell of the last window has its own field: follow it back to the input.",
        "whole",
        REASONED,
        lambda w: len(w.layers) > 1,
        layers=lambda w: w.layers[-1:],
    ),
    _slip(
        "strided-layers-left-out",
        "layers with a stride left out",
        "Pooling and strided layers have windows too: add their k − 1.",
        "whole",
        REASONED,
        _strided,
        layers=lambda w: tuple(layer for layer in w.layers if layer.stride == 1),
    ),
    _slip(
        "padding-enlarges-field",
        "padding added to the field",
        "Padding shifts the field; it does not enlarge it.",
        "padding",
        REASONED,
        lambda w: any(layer.padding for layer in w.layers),
        added=lambda w: 2 * sum(layer.padding for layer in w.layers),
    ),
    _slip(
        "field-dilation-ignored",
        "dilation ignored",
        "A dilated kernel reaches over d·(k − 1) + 1 cells.",
        "reach",
        REASONED,
        _dilated,
        reach="plain",
    ),
    _slip(
        "field-dilation-times-kernel",
        "dilation times kernel",
        "There is no gap after the last tap: d·(k − 1) + 1, not d·k.",
        "reach",
        ASKED,
        _dilated,
        reach="times",
    ),
)

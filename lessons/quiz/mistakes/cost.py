"""How multiply-adds are counted, and the slips in it: K·(C/g)·k_h·k_w·H_out·W_out."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from lessons.quiz.mistakes.notation import product
from lessons.quiz.mistakes.slip import ASKED, RARE, REASONED, Slip, changed_where

_OPERATIONS: dict[str, Callable[[int], int | Fraction]] = {
    "macs": lambda products: products,
    "halved": lambda products: Fraction(products, 2),
    "operations": lambda products: 2 * products,
    "singly": lambda products: 2 * products - 1,
}
"""What the products of one output number are counted as: n of them are added up in n − 1 additions,
and singly these are counted as they are."""


class MacsWorking(NamedTuple):
    """What a convolution takes for one input, counted as its `asks` says.

    >>> macs_working((3, 3), 3, 16, (1024, 1024)).value()
    442368
    >>> macs_working((1, 2), 1, 1, (1, 319 * 280), asks="singly").arithmetic()
    '(2 × 2 − 1) × 89320'
    """

    kernel: tuple[int, ...]
    in_channels: int
    out_channels: int
    groups: int
    area: tuple[int, int]  # cells of the input map and of the output map
    unpadded: int  # output cells that there were without padding; 0 where no window fits
    unstrided: int  # output cells that there were with stride 1
    asks: str
    taps: int
    each: int
    filters: int
    cells: int
    unit: str
    added: int = 0
    sized: tuple[tuple[str, int], ...] = ()  # output cells by the slips in the output's size

    def value(self) -> int | Fraction:
        each = _OPERATIONS[self.unit](self.taps * self.each)
        total = each * self.filters * self.cells + self.added
        return int(total) if total == int(total) else total

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        taps = list(self.kernel) if self.taps == math.prod(self.kernel) else [self.taps]
        text = product([self.filters, self.each, *taps, self.cells])
        match self.unit:
            case "halved":
                text += " / 2"
            case "operations":
                text = f"2 × {text}"
            case "singly":
                outputs = product([self.filters, self.cells])
                text = f"(2 × {self.taps * self.each} − 1)" + (
                    f" × {outputs}" if outputs != "1" else ""
                )
        return text + (f" + {self.added}" if self.added else "")


def macs_working(
    kernel: tuple[int, ...],
    in_channels: int,
    out_channels: int,
    area: tuple[int, int],
    groups: int = 1,
    asks: str = "macs",
    unpadded: int | None = None,
    unstrided: int | None = None,
    sized: tuple[tuple[str, int], ...] = (),
) -> MacsWorking:
    """The right working; asks: 'macs', 'operations' (two for each of these), or 'singly'.

    unpadded, unstrided: output cells without the padding and with stride 1, where these differ.
    sized: output cells by slips in the output's size.
    """
    return MacsWorking(
        kernel,
        in_channels,
        out_channels,
        groups,
        area,
        area[1] if unpadded is None else unpadded,
        area[1] if unstrided is None else unstrided,
        asks,
        math.prod(kernel),
        in_channels // groups,
        out_channels,
        area[1],
        asks,
        sized=sized,
    )


def _slip(id, name, say, step, prior, condition, says=lambda working: "", **changes) -> Slip:
    change = changed_where(condition, **changes)
    return Slip(id, name, say, "cost", step, prior, {MacsWorking: change}, says)


def _in_singles(w) -> str:
    """What to do instead where products and additions are counted one by one."""
    if not isinstance(w, MacsWorking) or w.asks != "singly":
        return ""
    return "Additions count too: n products are added up by n − 1 of them."


COST_SLIPS = (
    _slip(
        "operations-for-macs",
        "operations counted instead of MACs",
        "One MAC is a product and its addition together: do not double.",
        "unit",
        ASKED,
        lambda w: w.asks == "macs",
        unit="operations",
    ),
    _slip(
        "macs-for-operations",
        "MACs counted instead of operations",
        "One MAC is two operations, a product and an addition: double the MACs.",
        "unit",
        ASKED,
        lambda w: w.asks != "macs" and w.taps * w.each > 1,
        says=_in_singles,
        unit="macs",
    ),
    _slip(
        "macs-halved",
        "MACs halved",
        "Operations are twice the MACs; the MACs are not halved.",
        "unit",
        ASKED,
        lambda w: w.asks == "macs",
        unit="halved",
    ),
    _slip(
        "one-addition-less",
        "products plus one addition fewer",
        "By this convention every product has its addition: n products are n MACs.",
        "unit",
        ASKED,
        lambda w: w.asks != "singly" and w.taps * w.each > 1,
        unit="singly",
    ),
    _slip(
        "additions-as-many-as-products",
        "as many additions as products",
        "To add up n products takes n − 1 additions: the first one has nothing to be added to.",
        "unit",
        RARE,
        lambda w: w.asks == "singly",
        unit="operations",
    ),
    _slip(
        "input-area",
        "input cells counted instead of output cells",
        "The window is multiplied once for each output cell: use the output's height and width.",
        "cells",
        REASONED,
        lambda w: w.area[0] != w.area[1],
        cells=lambda w: w.area[0],
    ),
    _slip(
        "cost-padding-ignored",
        "padding ignored",
        "Padding makes the output larger: find its size with the padding on both sides.",
        "cells",
        REASONED,
        lambda w: 0 < w.unpadded != w.area[1],
        cells=lambda w: w.unpadded,
    ),
    _slip(
        "cost-stride-ignored",
        "stride ignored",
        "The stride makes the output smaller: find its size with the stride first.",
        "cells",
        REASONED,
        lambda w: w.unstrided != w.area[1],
        cells=lambda w: w.unstrided,
    ),
    _slip(
        "cost-area-forgotten",
        "output cells forgotten",
        "That is the work at one position: multiply by the output's height and width.",
        "cells",
        REASONED,
        lambda w: w.area[1] > 1,
        cells=1,
    ),
    _slip(
        "cost-one-side",
        "output height only",
        "The output has height times width cells: multiply by both.",
        "cells",
        REASONED,
        lambda w: math.isqrt(w.area[1]) ** 2 == w.area[1] > 1,
        cells=lambda w: math.isqrt(w.area[1]),
    ),
    _slip(
        "cost-channels-forgotten",
        "input channels forgotten",
        "Every input channel is multiplied: include C_in.",
        "channels",
        REASONED,
        lambda w: w.each > 1,
        each=1,
    ),
    _slip(
        "cost-filters-forgotten",
        "number of filters forgotten",
        "Every filter slides over the input: include C_out.",
        "filters",
        REASONED,
        lambda w: w.filters > 1,
        filters=1,
    ),
    _slip(
        "cost-groups-ignored",
        "groups ignored",
        "With g groups a kernel meets only C/g of the input channels.",
        "channels",
        REASONED,
        lambda w: w.groups > 1,
        each=lambda w: w.in_channels,
    ),
    _slip(
        "cost-kernel-one-side",
        "k instead of k²",
        "Each position multiplies k_h·k_w taps, not only k.",
        "kernel",
        REASONED,
        lambda w: w.taps > w.kernel[0] > 1 and len(set(w.kernel)) == 1,
        taps=lambda w: w.kernel[0],
    ),
    _slip(
        "bias-added-to-macs",
        "biases counted as MACs",
        "Adding a bias is not a product: by this convention it is not counted.",
        "bias",
        REASONED,
        lambda w: w.asks == "macs",
        added=lambda w: w.out_channels * w.area[1],
    ),
)

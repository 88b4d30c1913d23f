"""Several layers counted and added up, and the slips that only a whole network has."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from lessons.quiz.mistakes.notation import product
from lessons.quiz.mistakes.parameters import ConvCount, DenseCount
from lessons.quiz.mistakes.slip import ASKED, REASONED, Composed, Slip

Count = ConvCount | DenseCount


@dataclass(frozen=True)
class TotalWorking(Composed):
    """What each layer of a network learns, added up; a slip is made in every layer that has it.

    >>> working = TotalWorking((DenseCount((784,), 84, False), DenseCount((84,), 10, False)))
    >>> working.value(), working.arithmetic()
    (66696, '784 × 84 + 84 × 10')
    """

    parts: tuple[Count, ...]
    instead: int | None = None
    line: str = ""  # how `instead` was worked out

    def value(self) -> int:
        return sum(part.value() for part in self.parts) if self.instead is None else self.instead

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        return self.line or " + ".join(part.arithmetic() for part in self.parts)

    def takes(self, slip: Slip) -> bool:
        """Whether one of the layers has the slip."""
        return any(slip.fits(part) for part in self.parts)

    def passed_on(self, slip: Slip) -> TotalWorking | None:
        """The total with the slip in every layer that it changes."""
        if self.instead is not None:
            return None
        changed = [slip.changed(part) for part in self.parts]
        if not any(changed):
            return None
        parts = tuple(new or old for new, old in zip(changed, self.parts, strict=True))
        return replace(self, parts=parts)

    def part_for(self, slip: Slip) -> Count | None:
        """A layer, where all of them are of one kind."""
        return self.parts[0] if len({type(part) for part in self.parts}) == 1 else None


def _dense(working: TotalWorking) -> tuple[int, ...] | None:
    """The widths of a network that is fully connected; None where it has convolutions."""
    counts = [part for part in working.parts if isinstance(part, DenseCount)]
    if len(counts) < len(working.parts):
        return None
    return (math.prod(counts[0].shape), *(part.outputs for part in counts))


def _slip(id, name, say, step, prior, change: Callable[[TotalWorking], TotalWorking | None]):
    return Slip(id, name, say, "weights", step, prior, {TotalWorking: change})


def _without_last(w: TotalWorking) -> TotalWorking | None:
    return replace(w, parts=w.parts[:-1]) if len(w.parts) > 1 and w.instead is None else None


def _neurons(w: TotalWorking) -> TotalWorking | None:
    widths = _dense(w)
    if widths is None:
        return None
    return replace(w, instead=sum(widths), line=" + ".join(map(str, widths)))


def _one_product(w: TotalWorking) -> TotalWorking | None:
    widths = _dense(w)
    if widths is None or len(widths) < 3:
        return None
    return replace(w, instead=math.prod(widths), line=product(widths))


def _ends_only(w: TotalWorking) -> TotalWorking | None:
    widths = _dense(w)
    if widths is None or len(widths) < 3:
        return None
    ends = (widths[0], widths[-1])
    return replace(w, instead=math.prod(ends), line=product(ends))


TOTAL_SLIPS = (
    _slip(
        "last-layer-left-out",
        "output layer left out",
        "The output layer has weights as well: count every step from one layer to the next.",
        "layers",
        ASKED,
        _without_last,
    ),
    _slip(
        "neurons-counted",
        "neurons counted instead of weights",
        "Between two layers every pair has a weight: multiply their widths, and add the products.",
        "whole",
        REASONED,
        _neurons,
    ),
    _slip(
        "widths-multiplied",
        "all widths multiplied together",
        "Multiply the widths of neighbouring layers only, and add the products.",
        "whole",
        REASONED,
        _one_product,
    ),
    _slip(
        "first-to-last",
        "first and last layer only",
        "Inputs and outputs are not joined directly: count each step through the hidden layers.",
        "whole",
        REASONED,
        _ends_only,
    ),
)

"""A size worked out through several layers, and the slips that only a row of layers has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kernels import PoolSpec, ShapeError
from kernels.layers.spec import ConvSpec
from lessons.quiz.mistakes.size_workings import SizeWorking, size_working
from lessons.quiz.mistakes.slip import ASKED, REASONED, Composed, Slip
from lessons.quiz.question import Number


@dataclass(frozen=True)
class ChainWorking(Composed):
    """The height after several layers; a slip in a size is made in each layer that has it.

    >>> working = ChainWorking(32, (ConvSpec(1, 1, 5),) * 7)
    >>> working.value(), working.arithmetic()
    (4, '8 − 5 + 1')
    """

    size: int
    layers: tuple[ConvSpec | PoolSpec, ...]
    slips: tuple[Slip, ...] = ()

    def value(self) -> Number | None:
        last = self.last()
        return last and last.value()

    def arithmetic(self) -> str:
        """The last layer's calculation in numbers, without its result."""
        last = self.last()
        return last.arithmetic() if last else ""

    def last(self) -> SizeWorking | None:
        """The size of the last layer, after the others; None where a layer before it fails."""
        found = self.steps()
        return found[-1] if len(found) == len(self.layers) else None

    def steps(self) -> list[SizeWorking]:
        """The working of each layer, as far as whole sizes come out."""
        found: list[SizeWorking] = []
        size: Number | None = self.size
        for layer in self.layers:
            if type(size) is not int or size < 1:
                break
            try:
                axis = layer.axes((size, size))[0]
            except ShapeError:
                break
            working = size_working(axis, pool=isinstance(layer, PoolSpec))
            for slip in self.slips:
                working = slip.changed(working) or working
            found.append(working)
            size = working.value()
        return found

    def takes(self, slip: Slip) -> bool:
        """Whether it is a slip in a size."""
        return SizeWorking in slip.changes

    def passed_on(self, slip: Slip) -> ChainWorking | None:
        """The chain with the slip in every layer; None where it changes none of them."""
        if not self.takes(slip) or not any(slip.changed(step) for step in self.steps()):
            return None
        return replace(self, slips=(*self.slips, slip))


def _slip(id, name, say, point, prior, change: Callable[[ChainWorking], ChainWorking | None]):
    return Slip(id, name, say, point, "row", prior, {ChainWorking: change})


def _turned(w: ChainWorking) -> ChainWorking | None:
    backwards = w.layers[::-1]
    return None if backwards == w.layers else replace(w, layers=backwards)


def _shorter(w: ChainWorking) -> ChainWorking | None:
    return replace(w, layers=w.layers[:-1]) if len(w.layers) > 1 and _alike(w) else None


def _once(w: ChainWorking) -> ChainWorking | None:
    return replace(w, layers=w.layers[:1]) if len(w.layers) > 2 and _alike(w) else None


def _alike(w: ChainWorking) -> bool:
    return len(set(w.layers)) == 1


CHAIN_SLIPS = (
    _slip(
        "layers-turned-round",
        "layers applied in the wrong order",
        "In f(g(x)) the inner layer g comes first: begin at x and go outwards.",
        "order",
        ASKED,
        _turned,
    ),
    _slip(
        "one-layer-less",
        "one layer too few",
        "Each of the layers takes its share: count them all, the first and the last too.",
        "order",
        REASONED,
        _shorter,
    ),
    _slip(
        "one-layer-only",
        "only one of the layers applied",
        "Each layer starts from the size that the one before it left: go on to the last.",
        "order",
        REASONED,
        _once,
    ),
)

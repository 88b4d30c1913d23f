"""A slip in an output's size goes on into what is counted from it: multiply-adds, a flatten."""

from __future__ import annotations

from lessons.quiz.mistakes.cost import MacsWorking
from lessons.quiz.mistakes.parameters import DenseCount
from lessons.quiz.mistakes.slip import Change

CARRIED = ("padding-once", "padding-ignored", "one-forgotten", "kernel-ignored", "stride-ignored")
"""The slips that go on; `sizes.sized_by` works out what they make of a size."""


def carried_changes(id: str) -> dict[type, Change]:
    """How such a slip changes each working that goes on from a size."""

    def in_macs(w: MacsWorking) -> MacsWorking | None:
        cells = dict(w.sized).get(id)
        return w._replace(cells=cells) if cells else None

    return {MacsWorking: in_macs, DenseCount: lambda w: with_map(w, id)}


def with_map(w: DenseCount, id: str) -> DenseCount | None:
    """The count of a map whose size was worked out with a slip."""
    shape = dict(w.sized).get(id)
    return w._replace(shape=shape) if shape else None

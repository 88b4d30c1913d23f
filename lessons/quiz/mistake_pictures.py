"""What a slip looks like: its windows or products, to be drawn beside the right ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kernels import Axis
from lessons.quiz.mistakes.places import PlaceWorking
from lessons.quiz.mistakes.pooling import PoolWorking
from lessons.quiz.mistakes.size_workings import (
    InverseWorking,
    SizeWorking,
    size_working,
    with_setting,
)
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.mistakes.values import ValueWorking
from lessons.quiz.pictures import smaller
from lessons.quiz.quantities import quantity_of, working_of
from lessons.quiz.question import Matrix, Question, Value

MOST_CELLS = 100
"""So many cells along an axis can be drawn; a longer one is shown shorter."""


@dataclass(frozen=True)
class WrongWindows:
    """Windows along one axis as a slip has them, to be drawn beside the right ones.

    axis: 'height' or 'width'. before, after: padding cells that the slip puts at the ends. starts:
    first cells of the windows in input coordinates. reach: cells that a window covers. runs_off:
    cells by which the last window hangs over the true padded input. right_starts, position: where
    one window is asked about, its right place and its number.
    """

    axis: str
    before: int
    after: int
    starts: tuple[int, ...]
    reach: int
    runs_off: int
    right: Axis
    says: str
    right_starts: tuple[int, ...] | None = None
    position: int | None = None


@dataclass(frozen=True)
class WrongProducts:
    """The window and kernel that a slip multiplies, to be shown beside the right ones.

    windows, kernels: rows for each channel; result: the wrong number.
    """

    windows: tuple[Matrix, ...]
    kernels: tuple[Matrix, ...]
    result: Value
    says: str


def wrong_picture(
    question: Question,
    field: str,
    slips: Sequence[str],
    written: Mapping[str, Value] | None = None,
) -> WrongWindows | WrongProducts | None:
    """What a named slip looks like, in the numbers of the question; None where it has no picture.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 4, 0)
    >>> wrong = wrong_picture(question, "height", ["rounded-up"])
    >>> wrong.runs_off > 0, len(wrong.starts) == wrong.right.output + 1
    (True, True)
    >>> wrong.right.input == question.setup.input_shape[1]
    True

    written: the learner's own earlier boxes, from which a box that follows them is worked out.
    """
    box = question.field(field)
    working = working_of(question, box, written)
    if isinstance(working, SizeWorking):
        working = working._replace(asks="size")  # of what is left over the windows are drawn too
    says = " ".join(SLIPS[id].advice(working) for id in slips)
    wrong = working
    for id in slips:
        wrong = (wrong and SLIPS[id].changed(wrong)) or wrong
    if isinstance(wrong, ValueWorking | PoolWorking):
        return _products(wrong, says, box.place or question.setup.place)
    which = quantity_of(box).axis
    if not isinstance(wrong, InverseWorking | PlaceWorking | SizeWorking):
        return None
    if question.setup.layers[box.layer].rank != 2:
        return None
    name = ("height", "width")[which]
    if isinstance(wrong, InverseWorking):
        return _setting(wrong, says)
    if isinstance(wrong, PlaceWorking):
        axis = question.setup.layers[0].axes(question.setup.input_shape[1:])[which]
        return _place(axis, name, question.setup.place[which], wrong.value(), says)
    right = working.axis
    if right.input > MOST_CELLS:  # as a learner's own earlier number may be
        right = replace(right, input=smaller(right, MOST_CELLS))
        wrong = size_working(right, None, working.word, working.pool, working.stride_given)
        for id in slips:
            wrong = SLIPS[id].changed(wrong) or wrong
    return _windows(wrong, right, name, says)


def _windows(wrong: SizeWorking, axis: Axis, name: str, says: str) -> WrongWindows | None:
    count = wrong.value()
    if count is None:
        return None
    whole = -(-count.numerator // count.denominator)  # a part of a window is drawn whole
    before = min(wrong.padding, axis.before)
    after = wrong.padding - before
    if wrong.padding == 2 * max(axis.before, axis.after):
        before = after = wrong.padding // 2
    reach = wrong.reach or axis.effective_kernel
    starts = tuple(n * wrong.step - before for n in range(whole))
    end = starts[-1] + reach if starts else 0
    runs_off = max(end - (axis.input + axis.after), 0)
    return WrongWindows(name, before, after, starts, reach, runs_off, axis, says)


def _setting(wrong: InverseWorking, says: str) -> WrongWindows | None:
    """The windows with the learner's own padding or stride, counted as the learner counts."""
    value, tried = wrong.value(), wrong.tried()
    if value is None or tried is None or value > MOST_CELLS:
        return None
    if wrong.sides > 1:
        tried = size_working(with_setting(wrong.axis, wrong.unknown, value))
    drawn = _windows(tried, tried.axis, "height", says)
    return drawn and replace(drawn, right=wrong.axis)


def _place(axis: Axis, name: str, position: int, start: int, says: str) -> WrongWindows:
    """The one window asked about, where it stands and where the slip puts it."""
    reach = axis.effective_kernel
    off = max(start + reach - axis.input - axis.after, 0)
    right = (axis.origins[position],)
    return WrongWindows(
        name, axis.before, axis.after, (start,), reach, off, axis, says, right, position
    )


def _products(
    wrong: ValueWorking | PoolWorking, says: str, place: tuple[int, int]
) -> WrongProducts | None:
    result = wrong.value()
    if result is None:
        return None
    row, column = (place[1], place[0]) if wrong.swapped else place
    row, column = row + wrong.shift, column + wrong.shift
    if isinstance(wrong, PoolWorking):
        return WrongProducts(((wrong.cells(row, column),),), (), result, says)
    channels = range(1 if wrong.channels == "first" else len(wrong.w))
    return WrongProducts(
        tuple(wrong.window(row, column, channel) for channel in channels),
        tuple(wrong.kernel(channel) for channel in channels),
        result,
        says,
    )

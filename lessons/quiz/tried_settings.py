"""Settings that people try, and which of them fit somebody's formula, right or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import product

from lessons.quiz.answers import setting_axis
from lessons.quiz.diagnose import applied
from lessons.quiz.dice import Dice
from lessons.quiz.mistakes.size_workings import SizeWorking, size_working
from lessons.quiz.mistakes.slip import Slip
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.question import Question, Value


def setting_fits(question: Question, slips: Sequence[str], values: Mapping[str, Value]) -> bool:
    """Whether typed settings give the target for someone with these slips, right or not."""
    axis = setting_axis(question, values)
    return axis is not None and _slipped(size_working(axis), slips) == question.setup.target


@lru_cache(maxsize=8192)
def settings_fitting(question: Question, slips: tuple[str, ...]) -> frozenset[tuple[int, ...]]:
    """Which of the settings that people try give the target for someone with these slips.

    Kept, as are the settings themselves: without the one the next question of settings takes 208 ms
    instead of 59, without the other 453.
    """
    target = question.setup.target
    tried = _small_settings(question)
    return frozenset(typed for typed, working in tried if _slipped(working, slips) == target)


def _slipped(working: SizeWorking, slips: Sequence[str]) -> Value | None:
    """What a working comes to with these slips in it, of those that apply."""
    for id in slips:
        working = SLIPS[id].changed(working) or working
    return working.value()


def settings_by(question: Question, slips: Sequence[Slip]) -> dict[str, Value] | None:
    """Settings that give the target by a wrong formula: the first of those that people try."""
    for typed, working in _small_settings(question):
        if applied(working, slips) == question.setup.target:
            return dict(zip((field.id for field in question.fields), typed, strict=True))
    return None


@lru_cache(maxsize=256)
def _small_settings(question: Question) -> tuple[tuple[tuple[int, ...], SizeWorking], ...]:
    """The settings that people try, in an order of this question's own, and their workings."""
    found = []
    ranges = {"kernel": (2, 3, 4, 5, 7), "stride": (1, 2, 3, 4), "padding": (0, 1, 2, 3)}
    names = [field.id for field in question.fields]
    for typed in product(*(ranges[name] for name in names)):
        axis = setting_axis(question, dict(zip(names, typed, strict=True)))
        if axis is not None:
            found.append((typed, size_working(axis)))
    return Dice("settings", question.key).shuffled(found)

"""A working as one line of arithmetic with its numbers, so that a slip is seen where it is made."""

from __future__ import annotations

from lessons.quiz.compare import written
from lessons.quiz.mistakes.chains import ChainWorking
from lessons.quiz.mistakes.size_workings import InverseWorking
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.question import Value
from lessons.quiz.wording import counted


def whole_line(working: Working) -> str:
    """The arithmetic with its result, as a sentence goes on with it; `round(…)` rounds a half up.

    >>> from kernels import Axis
    >>> from lessons.quiz.mistakes.size_workings import size_working
    >>> working = size_working(Axis(input=62, kernel=3, stride=2, before=2, after=2))
    >>> whole_line(working)
    '⌊(62 + 2 × 2 − 3) / 2⌋ + 1 = 32'
    """
    if isinstance(working, ChainWorking):
        steps = [_with_result(step.arithmetic(), step.value()) for step in working.steps()]
        if len(set(steps)) == 1:
            return steps[0]
        return "; ".join(steps if len(steps) < 4 else (*steps[:2], "…", steps[-1]))
    line, value = working.arithmetic(), working.value()
    if not line:
        return ""
    if isinstance(working, InverseWorking):
        if working.sides > 1:
            return f"2 × {value // working.sides} = {value}"
        size = line if line == str(working.target) else f"{line} = {working.target}"
        return f"{working.unknown} {value}, which gives {size}"
    if isinstance(value, tuple):
        first = f"{line} = {written(value[0][0])}"
        if len(value) == len(value[0]) == 1:
            return f"a single number, {first}"
        return f"{counted(len(value), 'row')} of {len(value[0])}, beginning with {first}"
    return _with_result(line, value)


def _with_result(line: str, value: Value) -> str:
    """A calculation and its result, which is said once where there is nothing to calculate."""
    return line if line == written(value) else f"{line} = {written(value)}"

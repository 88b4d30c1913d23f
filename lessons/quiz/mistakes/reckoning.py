"""An answer that is worked out in one known way, and what each slip makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lessons.quiz.mistakes.slip import RARE, Composed, Slip
from lessons.quiz.question import Value

Worked = tuple[Value, str]
"""An answer and its calculation in numbers, without the result; "" where there is none."""


@dataclass(frozen=True)
class Reckoning(Composed):
    """The right answer, and for each slip that can be made what it comes to instead.

    It is for what has a formula of its own that no other quantity shares; a slip may be one that
    other calculations have too.

    >>> working = Reckoning((28, "30 + 2 − 5 + 1"), {"one-forgotten": (27, "30 + 2 − 5")})
    >>> working.value(), working.arithmetic(), working.made_by("one-forgotten").value()
    (28, '30 + 2 − 5 + 1', 27)
    """

    right: Worked
    wrong: Mapping[str, Worked]
    made: str = ""

    def value(self) -> Value:
        return self._worked[0]

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        return self._worked[1]

    @property
    def _worked(self) -> Worked:
        return self.wrong[self.made] if self.made else self.right

    def made_by(self, id: str) -> Reckoning | None:
        """What it is with the slip of that id; None where it cannot be made, or not any more."""
        return replace(self, made=id) if id in self.wrong and not self.made else None

    def takes(self, slip: Slip) -> bool:
        """Whether the slip can be made in it."""
        return slip.id in self.wrong

    def passed_on(self, slip: Slip) -> Reckoning | None:
        """The same with the slip in it."""
        return self.made_by(slip.id)


def own_slip(id: str, name: str, say: str, point: str, prior: float = RARE) -> Slip:
    """A slip that only a reckoning has, which knows itself what comes of it."""
    return Slip(id, name, say, point, "whole", prior, {})

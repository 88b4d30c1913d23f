"""What a slip is: a change to one step of a calculation.

Each topic writes its calculation down as a working, whose `value()` is the right answer. A slip
takes a working and changes one step of it, so that its wrong number, and the wrong number of two
slips together, come from the same few lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from lessons.quiz.question import Value

#: How likely a slip is before anything is known, by what was found of it: the options that
#: published quizzes offer as wrong answers; questions that learners ask or answer keys that slip;
#: slips that follow from the material alone; and such in questions that only some courses ask.
PUBLISHED, ASKED, REASONED, RARE = 3.0, 2.0, 1.0, 0.15

#: Two slips at once are this much less likely than their priors' product.
PAIR_FACTOR = 0.05


class Working(Protocol):
    """A calculation step by step."""

    def value(self) -> Value | None:
        """What it comes to; None where it comes to nothing that anyone would write down."""
        ...

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result; "" where there is none to write.

        Of a whole output it is that of the number at row 0, column 0.
        """
        ...


Change = Callable[..., Working | None]


class Composed:
    """A working that is made of others, or knows itself what each slip makes of it."""

    def takes(self, slip: Slip) -> bool:
        """Whether the slip can be made in it."""
        raise NotImplementedError

    def passed_on(self, slip: Slip) -> Working | None:
        """The working with the slip wherever it applies; None where it applies nowhere."""
        raise NotImplementedError

    def part_for(self, slip: Slip) -> Working | None:
        """The part that stands for all of them where the slip is put in words; None for none."""
        return None


@dataclass(frozen=True, eq=False)
class Slip:
    """A classic mistake, as code.

    id: safe in a link. name: two to five words. say: one sentence, what to do instead. point: the
    skill that it is a slip of (a key of `skills.SKILLS`). step: which step of the working it
    changes; two slips of one step cannot be made together, and 'whole' replaces the working, so
    that nothing goes with it. changes: for each kind of working, the changed working, or None where
    there is nothing to slip on. says: the sentence for a working that `say` does not suit, or ''.
    late: it came after the questions of version 2, which are drawn as if it were not there.
    """

    id: str
    name: str
    say: str
    point: str
    step: str
    prior: float
    changes: Mapping[type, Change]
    says: Callable[[Working], str] = lambda working: ""
    late: bool = False

    def changed(self, working: Working) -> Working | None:
        """The working with this slip in it; None where it does not apply."""
        if change := self.changes.get(type(working)):
            return change(working)
        return working.passed_on(self) if isinstance(working, Composed) else None

    def fits(self, working: Working | None) -> bool:
        """Whether it is a slip of such a working, which it need not change."""
        if type(working) in self.changes:
            return True
        return isinstance(working, Composed) and working.takes(self)

    def advice(self, working: Working | None) -> str:
        """What to do instead, in the words of the box that it was made in."""
        if isinstance(working, Composed):
            working = working.part_for(self)
        return (self.says(working) if working else "") or self.say


def can_be_made_together(one: Slip, other: Slip) -> bool:
    """Whether two slips change different steps, so that both can be made at once."""
    steps = {one.step, other.step}
    return one is not other and len(steps) == 2 and "whole" not in steps


def changed_where(condition: Callable[..., bool], **steps) -> Change:
    """A change of these steps where the condition holds; a step may be worked out by a function.

    >>> from lessons.quiz.mistakes.transposed import TransposedWorking
    >>> change = changed_where(lambda w: w.padding > 0, cropped=0)
    >>> change(TransposedWorking(3, 3)), change(TransposedWorking(3, 3, padding=1)).value()
    (None, 5)
    """

    def change(working):
        if not condition(working):
            return None
        return working._replace(**{k: v(working) if callable(v) else v for k, v in steps.items()})

    return change

"""What a transposed convolution does along one axis, as data for a drawing; and what slips do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.mistakes.transposed import TransposedWorking
from lessons.quiz.quantities import working_of
from lessons.quiz.question import Question

MOST_CELLS = 20
"""Input cells that are drawn; with more, the picture shows as many and its note says so."""


@dataclass(frozen=True)
class TransposedPicture:
    """Cells along one axis, counted from where the first input cell's first tap lands.

    axis: 'height' or 'width'. landings: for each input cell, the cells that its taps are added to.
    first, stop: the output is the cells from first up to stop, not included; what lands outside is
    cropped. added: cells of output_padding at the start and at the end of the output. says: what
    to do instead, where the picture is that of a slip. note: what differs from the question.
    """

    axis: str
    landings: tuple[tuple[int, ...], ...]
    first: int
    stop: int
    added: tuple[int, int]
    says: str = ""
    note: str = ""

    @property
    def output(self) -> int:
        """How many cells come out."""
        return self.stop - self.first


def transposed_picture(
    question: Question, field: str, slips: Sequence[str] = ()
) -> TransposedPicture | None:
    """The right picture, or that of some slips; None where there is none.

    >>> from lessons.quiz import generate
    >>> question = generate("transposed_size", 2, 4)
    >>> question.prompt[0]
    'An input of 16 × 4 goes through a transposed convolution with a 2 × 2 kernel, stride 2, \
padding 1.'
    >>> right = transposed_picture(question, "width")
    >>> right.landings, right.first, right.stop
    (((0, 1), (2, 3), (4, 5), (6, 7)), 1, 7)
    >>> wrong = transposed_picture(question, "width", ["transposed-padding-added"])
    >>> wrong.first, wrong.stop
    (-1, 9)

    A slip that puts another formula in place of the landing has no picture.
    """
    working = working_of(question, question.field(field))
    if not isinstance(working, TransposedWorking):
        return None
    few = min(working.input, MOST_CELLS)
    note = f"Shown on {few} of {working.input} input cells." if few < working.input else ""
    working = working._replace(input=few)
    for id in slips:
        changed = SLIPS[id].changed(working)
        working = changed if isinstance(changed, TransposedWorking) else working
    if working.instead is not None:
        return None
    says = " ".join(SLIPS[id].say for id in slips)
    return _landing(working, question.field(field).asks, says, note)


def _landing(w: TransposedWorking, axis: str, says: str, note: str) -> TransposedPicture:
    gap = w.dilation if w.spread else 1
    copies = w.input + 1 + w.copies  # copies is -1 where there is one for each input cell
    landings = tuple(
        tuple(n * w.stride + tap * gap for tap in range(w.kernel)) for n in range(copies)
    )
    # Cut at both ends; counted once it is cut at the start; taken the wrong way it is added.
    cut = {-2: (1, 1), -1: (1, 0), 0: (0, 0), 2: (-1, -1)}[w.cropped]
    added = {0: (0, 0), 1: (0, w.extra), 2: (w.extra, w.extra)}[w.extras]
    first = cut[0] * w.padding - added[0]
    stop = landings[-1][-1] + 1 - cut[1] * w.padding + added[1]
    return TransposedPicture(axis, landings, first, stop, added, says, note)

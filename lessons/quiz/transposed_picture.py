"""What a transposed convolution does along one axis, as data for a drawing; and what slips do."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.quiz.axis_pictures import AxisPicture, windows_at
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.mistakes.transposed import TransposedWorking
from lessons.quiz.quantities import working_of
from lessons.quiz.question import Question
from lessons.quiz.wording import counted

MOST_CELLS = 20
"""Input cells that are drawn; with more, the picture shows as many and its note says so."""


def transposed_picture(
    question: Question, field: str, slips: Sequence[str] = ()
) -> AxisPicture | None:
    """The right picture, or that of some slips; None where there is none.

    >>> from lessons.quiz import generate
    >>> question = generate("transposed_size", 2, 4)
    >>> question.prompt[0]
    'An input of 16 × 4 goes through a transposed convolution with a 2 × 2 kernel, stride 2, \
padding 1.'
    >>> right = transposed_picture(question, "width")
    >>> right.title, right.links.input, right.outside
    ('6 cells along the width', 6, 1)
    >>> right.links.reads[:2]
    (((0, 0), (1, 1)), ((0, 2), (1, 3)))
    >>> wrong = transposed_picture(question, "width", ["transposed-padding-added"])
    >>> wrong.title, wrong.outside
    ('10 cells along the width', 0)

    Its links say for each input cell where its taps are added. What lands outside of the output is
    cropped; output_padding stands where padding does. A slip that puts another formula in place of
    the landing, or lets the kernel take no room, has no picture.
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
    if working.instead is not None or not working.placed:
        return None
    return _landing(working, question.field(field).asks, note)


def _landing(w: TransposedWorking, axis: str, note: str) -> AxisPicture:
    gap = w.dilation if w.spread else 1
    copies = w.input + 1 + w.copies  # copies is -1 where there is one for each input cell
    offsets = [tap * gap for tap in range(w.kernel)]
    landed = (copies - 1) * w.stride + offsets[-1] + 1
    # Cut at both ends; counted once it is cut at the start; taken the wrong way it is added.
    cut = {-2: (1, 1), -1: (1, 0), 0: (0, 0), 2: (-1, -1)}[w.cropped]
    before, after = {0: (0, 0), 1: (0, w.extra), 2: (w.extra, w.extra)}[w.extras]
    first = cut[0] * w.padding
    kept = landed - first - cut[1] * w.padding
    starts = [n * w.stride - first for n in range(copies)]
    links, outside = windows_at(starts, offsets, input=kept, before=before, after=after)
    words = f"Each of {copies} input cells is added to {len(offsets)} cells"
    if outside or len(links.sources) > links.padded:
        words += "; what lies outside (dashed) is cropped"
    if before or after:
        words += "; output_padding hatched"
    title = f"{counted(before + kept + after, 'cell')} along the {axis}"
    return AxisPicture(title, f"{words}.", links, outside, "output", note)

"""An answer, read and judged once: what is said, drawn and remembered of it comes from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lessons.quiz.answers import carried, solve
from lessons.quiz.belief import believe
from lessons.quiz.compare import same
from lessons.quiz.diagnose import Candidate, diagnose
from lessons.quiz.grade import Verdict, verdict_of
from lessons.quiz.parse import Readable, Reading, parse
from lessons.quiz.question import Question, Value
from lessons.quiz.reply import BoxFeedback, Promise, feedback_of


@dataclass(frozen=True)
class Checked:
    """An answer and what follows from it.

    reading: each box as it was read. values: of the boxes that could be. right: the right values.
    expected: what each box should hold after the learner's own earlier boxes. candidates: for each
    box that holds something else, the slips that give just that, ranked. verdict: right or wrong,
    with its marks. boxes: what to say of each. promise: what is said of the next question, which a
    practice keeps.
    """

    question: Question
    reading: Mapping[str, Reading]
    values: Mapping[str, Value] = field(repr=False, compare=False)
    right: Mapping[str, Value] = field(repr=False, compare=False)
    expected: Mapping[str, Value] = field(repr=False, compare=False)
    candidates: Mapping[str, tuple[Candidate, ...]] = field(repr=False, compare=False)
    verdict: Verdict = field(repr=False, compare=False)
    boxes: tuple[BoxFeedback, ...] = field(repr=False, compare=False)
    promise: Promise = field(default="", repr=False, compare=False)

    def __hash__(self) -> int:
        return hash((self.question, *self.values.items()))

    @property
    def typed(self) -> dict[str, str]:
        """What was typed into each box."""
        return {id: read.text for id, read in self.reading.items()}

    @property
    def readable(self) -> bool:
        """Whether every box could be read."""
        return self.verdict.outcome != "not readable"

    @property
    def right_in_all(self) -> bool:
        """Whether every box is right."""
        return self.verdict.outcome == "right"

    @property
    def single_slips(self) -> tuple[str, ...]:
        """The single slips that fit a wrong box, the likeliest first."""
        return tuple(
            dict.fromkeys(
                one.slips[0]
                for box in self.verdict.boxes
                if box.outcome in ("wrong", "repeated")
                for one in self.candidates[box.field]
                if len(one.slips) == 1
            )
        )


def check(question: Question, typed: Mapping[str, str]) -> Checked:
    """Read what was typed and judge it.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 4, seed=1)
    >>> checked = check(question, {"height": "32", "width": "33"})
    >>> checked.verdict.outcome, checked.single_slips[0], checked.boxes[1].ways[0].line
    ('wrong', 'rounded-up', '⌈(62 + 2 × 2 − 3) / 2⌉ + 1 = 33')
    """
    return judge(question, parse(question, typed))


def judge(question: Question, reading: Mapping[str, Reading]) -> Checked:
    """Judge what was read already."""
    values = {id: one.value for id, one in reading.items() if isinstance(one, Readable)}
    right = solve(question)
    expected = carried(question, right, values)
    candidates = _candidates(question, values, expected)
    verdict = verdict_of(question, values, right, expected, candidates)
    checked = Checked(question, reading, values, right, expected, candidates, verdict, ())
    return told(checked)


def told(checked: Checked, before: Sequence[Checked] = (), promise: Promise = "") -> Checked:
    """The answer with what to say of it after the answers before it."""
    weigh = believe((), (*before, checked)).weight if any(checked.candidates.values()) else None
    boxes = feedback_of(
        checked.question,
        checked.reading,
        checked.values,
        checked.verdict,
        checked.candidates,
        weigh,
        promise,
    )
    return replace(checked, boxes=boxes, promise=promise)


def _candidates(
    question: Question, values: Mapping[str, Value], expected: Mapping[str, Value]
) -> dict[str, tuple[Candidate, ...]]:
    """The slips behind each value that is not as expected; settings are judged together."""
    first = question.fields[0]
    if first.kind == "setting":
        return dict.fromkeys(values, diagnose(question, first.id, None, values))
    return {
        id: () if same(value, expected[id]) else diagnose(question, id, value, values)
        for id, value in values.items()
    }

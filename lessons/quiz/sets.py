"""A set: questions from chosen families by seed and level, the same for everyone with its link.

Or each student has their own set: its questions are drawn from hash(name, seed), so that the
instructor can rebuild it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from kernels.reading.link_text import quoted
from lessons.quiz.checked import Checked
from lessons.quiz.compare import written
from lessons.quiz.diagnose import Candidate
from lessons.quiz.dice import Dice
from lessons.quiz.names import name_key
from lessons.quiz.question import LARGEST_SEED, Question, QuizError, Setup
from lessons.quiz.registry import FAMILIES, generate, question_of
from lessons.quiz.slip_names import MOST_NAMED

MOST_QUESTIONS, MOST_MINUTES = 100, 600
VERSION = max(family.version for family in FAMILIES.values())
"""Of a set's link. Each family has as many versions: a new one asks the newest questions, and one
that was handed out keeps those that its printed key answers."""

NEVER_TWICE = 3
"""From this version on no question comes twice, however few a level has."""

SET_NAMES = ("set", "from", "n", "seed", "own", "minutes", "feedback", "pin")
"""The parameters of a set's link."""

PINS = "~"
"""What parts the pinned questions of a link."""


@dataclass(frozen=True)
class QuizSet:
    """A set of questions.

    >>> quiz = QuizSet((("output_size", (1, 2)), ("macs", (1,))), count=3, seed=7)
    >>> [question.family for question in quiz.questions()]
    ['output_size', 'macs', 'output_size']
    >>> [text for name, text in quiz.to_link().items() if name != "set"]
    ['output_size.1-2_macs.1', '3', '7']

    families: (id, levels) pairs; the questions take the families in turn, and of a family its
    levels in turn. student: a name for the score sheet; it is never part of the link. own: each
    student has their own questions, drawn by name. minutes: the time for it, 0 for no timer.
    feedback: after 'each' question, or at the 'end'. version: that of its link. pinned: keys of
    questions that come first and stay, whatever the seed; the others are drawn.
    """

    families: tuple[tuple[str, tuple[int, ...]], ...]
    count: int = 10
    seed: int = 0
    student: str = ""
    own: bool = False
    minutes: int = 0
    feedback: Literal["each", "end"] = "each"
    version: int = VERSION
    pinned: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.families:
            raise QuizError("A set needs at least one kind of question; choose one.")
        for family, levels in self.families:
            if family not in FAMILIES:
                raise QuizError(f"There is no kind of question {quoted(family, 30)}.")
            most = len(FAMILIES[family].levels)
            if not levels or not all(1 <= level <= most for level in levels):
                raise QuizError(f"“{FAMILIES[family].title}” has the levels 1 to {most}.")
        if not 1 <= self.count <= MOST_QUESTIONS:
            raise QuizError(f"A set has 1 to {MOST_QUESTIONS} questions.")
        for key in self.pinned:
            question_of(key)
        if len(self.pinned) > self.count:
            raise QuizError(
                f"{len(self.pinned)} questions are pinned, but the set has {self.count}; ask more."
            )
        if not 0 <= self.seed <= LARGEST_SEED:
            raise QuizError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
        if not 0 <= self.minutes <= MOST_MINUTES:
            raise QuizError(f"A timer has 1 to {MOST_MINUTES} minutes; 0 means no timer.")
        if self.feedback not in ("each", "end"):
            raise QuizError("Feedback comes after “each” question or at the “end”.")
        if not 1 <= self.version <= VERSION:
            raise QuizError(f"A set's link has the versions 1 to {VERSION}.")

    @property
    def own_seed(self) -> int:
        """The seed that the questions are drawn by: the student's in an own set, else the set's.

        Without a name the questions of an own set are an example of what students get.
        """
        drawn_by_name = self.own and name_key(self.student)
        return student_seed(self.student, self.seed) if drawn_by_name else self.seed

    def questions(self) -> tuple[Question, ...]:
        """The questions in order; none comes twice."""
        dice = Dice("set", self.version, self.own_seed)
        found = [question_of(key) for key in self.pinned]
        asked = {question.setup for question in found}
        for number in range(self.count - len(found)):
            question = self._next(number, dice, asked)
            found.append(question)
            asked.add(question.setup)
        return tuple(found)

    def _next(self, number: int, dice: Dice, asked: set[Setup]) -> Question:
        """The next question that is not asked yet, of the level whose turn it is.

        A level may have fewer questions than a set has turns for it: the set's other levels take
        over, and then those that it leaves out.
        """
        for family, level in self._in_turn(number):
            version = min(self.version, FAMILIES[family].version)
            for _ in range(20):  # small levels may give the same question by two seeds
                question = generate(family, level, dice.whole(0, LARGEST_SEED), version)
                if question.setup not in asked:
                    return question
        return question

    def _in_turn(self, number: int) -> Iterator[tuple[str, int]]:
        """The levels for a question, in the order in which they are tried."""
        family, levels = self.families[number % len(self.families)]
        yield family, levels[number // len(self.families) % len(levels)]
        if self.version >= NEVER_TWICE:
            yield from ((id, level) for id, levels in self.families for level in levels)
            left_out = [id for id, _ in self.families] + list(FAMILIES)
            for id in dict.fromkeys(left_out):
                yield from ((id, level) for level in range(1, len(FAMILIES[id].levels) + 1))

    def to_link(self) -> dict[str, str]:
        """The set as a short flat dict for an address; what is not said is as it is by default."""
        parts = [f"{family}.{_ranges(levels)}" for family, levels in self.families]
        link = {
            "set": str(self.version),
            "from": "_".join(parts),
            "n": str(self.count),
            "seed": str(self.seed),
        }
        if self.own:
            link["own"] = "1"
        if self.minutes:
            link["minutes"] = str(self.minutes)
        if self.feedback != "each":
            link["feedback"] = self.feedback
        if self.pinned:
            link["pin"] = PINS.join(self.pinned)
        return link


def student_seed(student: str, seed: int) -> int:
    """A student's own seed, from the name and the set's seed; the same on every machine.

    >>> student_seed("Ada Lovelace", 7) == student_seed("  ada  LOVELACE ", 7)
    True
    >>> student_seed("Ada Lovelace", 7) == student_seed("Ada Lovelace", 8)
    False

    What makes no difference to a name (`names.name_key`) makes none to the questions.
    """
    digest = hashlib.sha256(f"{name_key(student)}\n{seed}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % (LARGEST_SEED + 1)


def _ranges(levels: Sequence[int]) -> str:
    """Levels in short: 1-3 for 1, 2, 3 and 1+5 for 1, 5.

    >>> _ranges((1, 2, 3)), _ranges((1, 2, 5)), _ranges((3, 1))
    ('1-3', '1-2+5', '3+1')
    """
    runs: list[list[int]] = []
    for level in levels:
        if runs and level == runs[-1][-1] + 1:
            runs[-1].append(level)
        else:
            runs.append([level])
    return "+".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


@dataclass(frozen=True)
class ScoreRow:
    """One box of a score sheet."""

    student: str
    question: int
    family: str
    level: int
    key: str
    box: str
    typed: str
    right: str
    outcome: str
    credit: Fraction | None
    slips: str


def score_rows(answers: Sequence[Checked], student: str = "") -> tuple[ScoreRow, ...]:
    """The score sheet: one row for every box, with the slips that fit a wrong number.

    >>> from lessons.quiz import check
    >>> (question,) = QuizSet((("macs", (1,)),), 1).questions()
    >>> rows = score_rows([check(question, {"macs": "1"})], "Ada")
    >>> rows[0].student, rows[0].typed, rows[0].outcome, rows[0].credit
    ('Ada', '1', 'wrong', Fraction(0, 1))
    """
    rows = []
    for number, checked in enumerate(answers, start=1):
        question = checked.question
        for box in checked.verdict.boxes:
            fitting: Sequence[Candidate] = ()
            if box.outcome in ("wrong", "repeated"):
                fitting = checked.candidates[box.field]
            rows.append(
                ScoreRow(
                    student,
                    number,
                    question.title,
                    question.level,
                    question.key,
                    question.field(box.field).label,
                    checked.reading[box.field].text,
                    written(box.right),
                    box.outcome,
                    None if box.outcome == "not readable" else box.credit,
                    "; ".join(one.name for one in fitting[:MOST_NAMED]),
                )
            )
    return tuple(rows)


def total(rows: Sequence[ScoreRow]) -> tuple[Fraction, int]:
    """Marks reached and marks possible: one for each question, shared by its boxes."""
    boxes: dict[int, list[Fraction]] = {}
    for row in rows:
        boxes.setdefault(row.question, []).append(row.credit or Fraction(0))
    shares = (sum(credits, Fraction(0)) / len(credits) for credits in boxes.values())
    reached = sum(shares, Fraction(0))
    return reached, len(boxes)

"""What to say of an answer, box by box: the slips behind a wrong number, in its own numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lessons.places import place_words
from lessons.quiz.answers import least_kernel, setting_axis, typed_axis
from lessons.quiz.compare import is_cut_off, same, written
from lessons.quiz.diagnose import Candidate
from lessons.quiz.grade import BoxVerdict, Verdict
from lessons.quiz.mistakes.lines import whole_line
from lessons.quiz.mistakes.size_workings import size_working
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.parse import Reading
from lessons.quiz.quantities import working_of
from lessons.quiz.question import Matrix, Question, Value
from lessons.quiz.slip_names import MOST_NAMED, either
from lessons.quiz.wording import sentence

Promise = Literal["", "narrows", "shows"]
"""What the next question does for several ways to one number: nothing, part some, part all."""

Weigh = Callable[[tuple[str, ...]], float]
"""How likely slips are by all that was answered."""

#: So likely a slip is said to be the one; and below that share of the likeliest it is ruled out.
FIRM, RULED_OUT = 0.65, 0.05


@dataclass(frozen=True)
class Way:
    """One way to come to a number: the slips, their name, and the arithmetic with its result."""

    slips: tuple[str, ...]
    name: str
    line: str


@dataclass(frozen=True)
class BoxFeedback:
    """What to say of one box; candidates: the slips that give its number, ranked.

    ways: those of them that are listed, each with its arithmetic; more: how many others there are.
    perhaps: the one way that is listed may be chance as well.
    """

    field: str
    outcome: str
    say: str
    candidates: tuple[Candidate, ...] = ()
    ways: tuple[Way, ...] = ()
    more: int = 0
    perhaps: bool = False


def way_words(ways: Sequence[Way], *, perhaps: bool) -> str:
    """The one way to a wrong number in the learner's own numbers; "" where there are several.

    perhaps: whether it may be chance as well.
    """
    line = ways[0].line if len(ways) == 1 else ""
    return f"{'That gives' if perhaps else 'You have'} {line}." if line else ""


def feedback_of(
    question: Question,
    reading: Mapping[str, Reading],
    values: Mapping[str, Value],
    verdict: Verdict,
    candidates: Mapping[str, tuple[Candidate, ...]],
    weigh: Weigh | None = None,
    promise: Promise = "",
) -> tuple[BoxFeedback, ...]:
    """One sentence for every box: how to write it, that it is right, or the slip behind it.

    >>> from lessons.quiz import check, generate
    >>> question = generate("layer_parameters", 1, 0)
    >>> layer = question.setup.layers[0]
    >>> wrong = str(layer.parameters - layer.out_channels)
    >>> box = check(question, {"parameters": wrong}).boxes[0]
    >>> box.say
    'Biases forgotten. Each output channel has one bias: add their number.'
    >>> box.ways[0].line == f"{layer.out_channels} × {layer.kernel_size[0]} × \
{layer.kernel_size[1]} = {wrong}"
    True

    Where some slips explain all the wrong boxes, only these are named for any of them.

    weigh: how likely slips are by all that was answered: what earlier answers rule out is not
    named, and what chance explains as well is only said to be possible. promise: what is said of
    the next question where there are several ways.
    """
    everywhere = _explaining_all(verdict, candidates)
    said = []
    for box in verdict.boxes:
        read = reading[box.field]
        match box.outcome:
            case "not readable":
                said.append(BoxFeedback(box.field, box.outcome, read.say))
            case "right":
                said.append(BoxFeedback(box.field, box.outcome, _right(values[box.field], box)))
            case "carried":
                text = "Right: it follows from your own earlier number."
                said.append(BoxFeedback(box.field, box.outcome, text))
            case "wrong" | "repeated":
                found = candidates[box.field]
                shared = tuple(one for one in found if one.slips in everywhere)
                said.append(_wrong(question, box, values, shared or found, weigh, promise))
            case other:
                raise ValueError(f"There is nothing to say of the outcome “{other}”.")
    return tuple(said)


def _right(value: Value, box: BoxVerdict) -> str:
    """That it is right; of decimals that were cut off, how they are rounded."""
    numbers = isinstance(value, int | Fraction) and isinstance(box.right, int | Fraction)
    if numbers and is_cut_off(value, box.right):
        return f"Right to the digits given; rounded it is {float(box.right):.2f}."
    return "Right."


def _explaining_all(
    verdict: Verdict, candidates: Mapping[str, tuple[Candidate, ...]]
) -> frozenset[tuple[str, ...]]:
    """The single slips that fit every wrong box, where several are wrong."""
    fitting = [
        {one.slips for one in candidates[box.field]}
        for box in verdict.boxes
        if box.outcome in ("wrong", "repeated")
    ]
    common = set.intersection(*fitting) if len(fitting) > 1 else set()
    return frozenset(slips for slips in common if len(slips) == 1)


def _wrong(
    question: Question,
    box: BoxVerdict,
    values: Mapping[str, Value],
    found: tuple[Candidate, ...],
    weigh: Weigh | None,
    promise: Promise,
) -> BoxFeedback:
    field = question.field(box.field)
    working = working_of(question, field, values)
    if field.kind == "setting":
        axis = setting_axis(question, values)
        working = axis and size_working(axis)
    likely, perhaps = _weighed(found, weigh)
    ways = ways_of(likely, working)
    text = _several(field.kind, values[box.field], len(ways), promise)
    if len(ways) <= 1:
        text = say(likely, working, perhaps=perhaps)
    if not likely and isinstance(box.right, tuple):
        text = _cells_words(values[box.field], box.right)
    elif not likely and field.kind == "choice":
        text = "That is not the one; look at the worked solution."
    elif field.kind == "setting":
        text = _setting_words(question, values, likely, text)
    more = max(len(ways) - MOST_NAMED, 0)
    return BoxFeedback(
        box.field, box.outcome, text, found, ways[:MOST_NAMED], more, perhaps and len(ways) == 1
    )


def _weighed(found: Sequence[Candidate], weigh: Weigh | None) -> tuple[tuple[Candidate, ...], bool]:
    """The candidates worth a word, and whether they may be chance as well.

    Single slips before pairs, without those that earlier answers speak against; two slips at once
    only where hardly anything else explains the number.
    """
    singles = tuple(one for one in found if len(one.slips) == 1)
    if weigh is None:
        return singles or tuple(found), False
    likeliest = max((weigh(one.slips) for one in singles or found), default=0.0)
    kept = tuple(one for one in singles or found if weigh(one.slips) >= RULED_OUT * likeliest)
    firm = sum(weigh(one.slips) for one in kept) >= FIRM
    return (kept if singles or firm else ()), not firm


def ways_of(candidates: Sequence[Candidate], working: Working | None) -> tuple[Way, ...]:
    """The ways to a box's number, each with its arithmetic."""
    ways = []
    for candidate in candidates:
        changed = working
        for id in candidate.slips:
            changed = (changed and SLIPS[id].changed(changed)) or changed
        line = whole_line(changed) if changed else ""
        ways.append(Way(candidate.slips, sentence(candidate.name), line))
    return tuple(ways)


_HOW_MANY = {2: "two", 3: "three", 4: "four", 5: "five"}


_PROMISES: dict[Promise, str] = {
    "": ".",
    "narrows": "; the next question rules some of them out.",
    "shows": "; the next question will show which is yours.",
}


def _several(kind: str, value: Value, count: int, promise: Promise) -> str:
    """That an answer can come about in several ways, which are listed below it."""
    ways = f"{_HOW_MANY.get(count, 'several')} ways"
    if kind == "setting":
        text = f"There are {ways} to think that they fit"
    elif kind == "matrix":
        text = f"There are {ways} to get these numbers"
    elif kind == "choice":
        text = f"There are {ways} to come to this choice"
    else:
        text = f"There are {ways} to get {written(value)}"
    return text + _PROMISES[promise]


def _setting_words(
    question: Question,
    values: Mapping[str, Value],
    found: tuple[Candidate, ...],
    mistake: str = "",
) -> str:
    """Why settings do not fit, by their numbers; the same for all their boxes.

    >>> from lessons.quiz import generate
    >>> _setting_words(generate("legal_setting", 2, 0), {"kernel": 1, "padding": 0}, ())
    'The kernel must be 2 or larger here, and 1 is smaller.'
    """
    axis = typed_axis(question, values)
    if axis is None or any(field.id not in values for field in question.fields):
        return "Settings are judged together, and another box could not be read."
    least, padded = least_kernel(question), axis.input + axis.before + axis.after
    if axis.kernel < least:
        return f"The kernel must be {least} or larger here, and {axis.kernel} is smaller."
    if axis.room < 0:
        room = f"input of {axis.input}"
        if axis.before:
            room = f"padded input of {axis.input} + 2 × {axis.before} = {padded}"
        return f"A kernel of {axis.kernel} does not fit into the {room} cells."
    target = question.setup.target
    gives = f"These settings give {written(axis.output)}, not {target}"
    return f"{gives}. {mistake}" if found else f"{gives}; look at the worked solution."


def _cells_words(value: Matrix, right: Matrix) -> str:
    """How a written output differs from the right one, where no slip explains it.

    >>> _cells_words(((1, 2),), ((1, 2), (3, 4)))
    'The output has 2 rows of 2 numbers; yours has 1 row of 2.'
    >>> _cells_words(((1, 2), (3, 5)), ((1, 2), (3, 4)))
    '3 of 4 numbers are right; the wrong one is at row 1, column 1.'
    """
    sizes = [(len(rows), len(rows[0])) for rows in (right, value)]
    if sizes[0] != sizes[1]:
        (rows, columns), (r, c) = sizes
        return (
            f"The output has {_rows(rows)} of {columns} number{'s' if columns > 1 else ''}; "
            f"yours has {_rows(r)} of {c}."
        )
    rows, columns = sizes[0]
    places = [(r, c) for r in range(rows) for c in range(columns)]
    wrong = [(r, c) for r, c in places if not same(value[r][c], right[r][c])]
    listed = "; ".join(map(place_words, wrong[:4]))
    if len(wrong) == 1:
        where = f"the wrong one is at {listed}"
    elif len(wrong) <= 4:
        where = f"the wrong ones are at {listed}"
    else:
        where = f"among the wrong ones are {listed}"
    return f"{len(places) - len(wrong)} of {len(places)} numbers are right; {where}."


def _rows(count: int) -> str:
    return f"{count} row{'s' if count > 1 else ''}"


def say(
    fitting: Sequence[Candidate], working: Working | None = None, *, perhaps: bool = False
) -> str:
    """The slip in one sentence, or all of them where several fit as well.

    working: the box's, for words that suit it. perhaps: whether it may be chance as well.
    """
    if not fitting:
        return "None of the usual mistakes explains this; look at the worked solution."
    if len(fitting) == 1:
        slips = fitting[0].slips
        advice = " ".join(SLIPS[id].advice(working) for id in slips)
        return f"{f'It may be this: {fitting[0].name}' if perhaps else either([slips])}. {advice}"
    return either([one.slips for one in fitting]) + "."

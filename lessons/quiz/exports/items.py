"""Questions as single boxes that a course system can ask, with named slips as wrong answers.

A course system asks one number at a time, and shows an item's text but not its name: each box
becomes an item of its own whose text says which number it asks for. A matrix becomes one item a
cell, or one choice among whole matrices. Settings, of which many are right, become a choice.
A chain's boxes are judged there from the right numbers, not from the learner's own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kernels import PoolSpec
from lessons.places import asked_place, coordinates
from lessons.quiz.answers import accepts, solve
from lessons.quiz.compare import same, written
from lessons.quiz.diagnose import prior_of, wrong_numbers
from lessons.quiz.dice import Dice
from lessons.quiz.exports.known import NOTHING, Known, known_of
from lessons.quiz.mistakes.slip import Working
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.quantities import working_of
from lessons.quiz.question import Field, Matrix, Number, Question, Table, Value
from lessons.quiz.revealing import slips_of, written_by
from lessons.quiz.shapes import rows_of
from lessons.quiz.slip_names import MOST_NAMED
from lessons.quiz.wording import DECIMALS_ONLY, TWO_DECIMALS, sentence

ASKED, UNSAID = "?", "·"
"""In a table: a number that is asked for, and one that is not told."""

MOST_WRONG = 8
"""Wrong answers with feedback that an item carries at most; the likeliest slips first."""

MOST_WRONG_MATRICES = 4
"""Whole matrices that are offered beside the right one: a choice of more is tiring to read."""

MARK_DECIMALS = 7
"""Decimals of a mark that Moodle keeps."""


@dataclass(frozen=True)
class Wrong:
    """A wrong answer and what to say of it."""

    answer: Number | str | Matrix
    feedback: str


@dataclass(frozen=True)
class Item:
    """One thing to ask.

    name: unique in its set. text: paragraphs, the last one asks. tables: numbers shown below it,
    each with a caption. choices: empty for a number. mark: what it counts; the items of one
    question come to one mark together, as on the score sheet. place: (row, column) of a matrix.
    known: of its question.
    """

    name: str
    text: tuple[str, ...]
    tables: tuple[tuple[str, Table], ...]
    label: str
    answer: Number | str
    wrong: tuple[Wrong, ...]
    choices: tuple[str, ...] = ()
    mark: Fraction = Fraction(1)
    place: tuple[int, int] | None = None
    known: Known = NOTHING


def items_of(
    questions: Sequence[Question], *, matrices_as_choices: bool = False
) -> tuple[Item, ...]:
    """Every box of every question as an item.

    >>> from lessons.quiz import generate
    >>> item = items_of([generate("layer_parameters", 1, 0)])[0]
    >>> item.name, item.answer, item.wrong[0].feedback.split(".")[0]
    ('01 Parameters of a layer', 400, 'Biases forgotten')

    matrices_as_choices: ask for a whole matrix at once, where a format cannot give its cells less
    than a mark each.
    """
    found: list[Item] = []
    for number, question in enumerate(questions, start=1):
        items = _items(f"{number:02d} {question.title}", question, matrices_as_choices)
        marks, known = _shares_of_a_mark(len(items)), known_of(question)
        found += [
            replace(item, mark=mark, known=known) for item, mark in zip(items, marks, strict=True)
        ]
    return tuple(found)


def _shares_of_a_mark(count: int) -> list[Fraction]:
    """One mark in equal parts of a few decimals; the last makes up for what the others lack.

    >>> [float(share) for share in _shares_of_a_mark(3)]
    [0.3333333, 0.3333333, 0.3333334]
    """
    whole = 10**MARK_DECIMALS
    share = Fraction(whole // count, whole)
    return [share] * (count - 1) + [1 - share * (count - 1)]


def _items(title: str, question: Question, matrices_as_choices: bool) -> list[Item]:
    first = question.fields[0]
    if first.kind == "setting":
        return [_setting_item(title, question)]
    if first.kind == "choice":
        return [_choice_item(title, question)]
    several = len(question.fields) > 1
    found = []
    for field in question.fields:
        name = f"{title}: {field.label}" if several else title
        answer = solve(question)[field.id]
        if isinstance(answer, tuple) and matrices_as_choices:
            found.append(_matrix_item(name, question, field, answer))
        elif isinstance(answer, tuple):
            found.extend(_cell_items(name, question, field, answer))
        else:
            found.append(_number_item(name, question, field, answer))
    return found


def _number_item(name: str, question: Question, field: Field, answer: Number) -> Item:
    wrong = _ranked((w.slips, w.value) for w in wrong_numbers(question, field.id, pairs=False))
    return Item(
        name,
        asked_text(question, field.alone if len(question.fields) > 1 else question.prompt[-1]),
        tables_of(question),
        field.label,
        answer,
        _distinct(answer, wrong, working_of(question, field)),
    )


def asked_text(question: Question, asks: str, decimals: str = DECIMALS_ONLY) -> tuple[str, ...]:
    """What the question tells, what was agreed, and last what is asked.

    decimals: stands where the quiz itself takes a fraction, which course systems do not.
    """
    agreed = (decimals if one == TWO_DECIMALS else one for one in question.convention)
    paragraphs = (*question.prompt[:-1], " ".join(filter(None, agreed)), asks)
    return tuple(filter(None, paragraphs))


def _cell_items(name: str, question: Question, field: Field, answer: Matrix) -> list[Item]:
    """One item for each cell of a matrix."""
    size = (len(answer), len(answer[0]))
    matrices = _ranked(
        (w.slips, w.value)
        for w in wrong_numbers(question, field.id, pairs=False)
        if (len(w.value), len(w.value[0])) == size
    )
    items = []
    for r in range(size[0]):
        for c in range(size[1]):
            asks = f"Which number is at {asked_place((r, c), 'output')}?"
            wrong = [(slips, matrix[r][c]) for slips, matrix in matrices]
            items.append(
                Item(
                    f"{name}, {coordinates((r, c))}",
                    asked_text(question, asks),
                    tables_of(question),
                    coordinates((r, c)),
                    answer[r][c],
                    _distinct(answer[r][c], wrong, working_of(question, field)),
                    place=(r, c),
                )
            )
    return items


def _matrix_item(name: str, question: Question, field: Field, answer: Matrix) -> Item:
    """The right matrix among those that slips give; each a choice of several lines."""
    found = _ranked((w.slips, w.value) for w in wrong_numbers(question, field.id, pairs=False))
    wrong = _distinct(answer, found, working_of(question, field))[:MOST_WRONG_MATRICES]
    mistakes = tuple(Wrong(lines_of(one.answer), one.feedback) for one in wrong)
    right = lines_of(answer)
    choices = Dice("choices", question.key).shuffled((right, *(one.answer for one in mistakes)))
    text = asked_text(question, "Which is the whole output?", decimals="")
    return Item(name, text, tables_of(question), field.label, right, mistakes, choices)


def _choice_item(name: str, question: Question) -> Item:
    labels = {option.id: option.label for option in question.setup.options}
    field = question.fields[0]
    says = {w.value: feedback_of(w.slips) for w in wrong_numbers(question, field.id, pairs=False)}
    right = solve(question)[field.id]
    wrong = tuple(
        Wrong(label, says.get(id, "Not this one.")) for id, label in labels.items() if id != right
    )
    text, choices = asked_text(question, question.prompt[-1]), tuple(labels.values())
    return Item(name, text, tables_of(question), field.label, labels[right], wrong, choices)


def _setting_item(name: str, question: Question) -> Item:
    """One right setting among those that slips would take for right."""
    right = _setting_words(question, solve(question))
    wrong: dict[str, str] = {}
    for slip in sorted(slips_of(question), key=lambda id: -SLIPS[id].prior):
        values = written_by(question, (slip,))
        if values and not accepts(question, values) and len(wrong) < 3:
            wrong.setdefault(_setting_words(question, values), feedback_of((slip,)))
    choices = Dice("choices", question.key).shuffled((right, *wrong))
    text = asked_text(question, "Which settings do that?")
    mistakes = tuple(Wrong(answer, feedback) for answer, feedback in wrong.items())
    return Item(name, text, (), "settings", right, mistakes, choices)


def _setting_words(question: Question, values: dict[str, Value]) -> str:
    return ", ".join(f"{field.label} {values[field.id]}" for field in question.fields)


def _ranked(found) -> list:
    return sorted(found, key=lambda pair: -prior_of(pair[0]))


def _distinct(answer: Number | Matrix, wrong, working: Working | None) -> tuple[Wrong, ...]:
    """Wrong answers that differ from the right one and from one another; slips of one number join.

    No answer lies within another's tolerance, so that the order of answers cannot matter.
    """
    said: list[tuple[Number | Matrix, list[tuple[str, ...]]]] = []
    for slips, value in wrong:
        if same(value, answer):
            continue
        for other, reasons in said:
            if same(value, other):
                reasons.append(slips)
                break
        else:
            said.append((value, [slips]))
    return tuple(
        Wrong(value, " Or: ".join(feedback_of(slips, working) for slips in reasons[:MOST_NAMED]))
        for value, reasons in said[:MOST_WRONG]
    )


def feedback_of(slips: tuple[str, ...], working: Working | None = None) -> str:
    """What to say of slips: their names and what to do instead."""
    names = " and ".join(SLIPS[id].name for id in slips)
    return f"{sentence(names)}. " + " ".join(SLIPS[id].advice(working) for id in slips)


def tables_of(question: Question) -> tuple[tuple[str, Table], ...]:
    """The numbers that the question shows, each table with a caption."""
    scene = question.setup.scene
    if scene is None:
        return ()
    tables: list[tuple[str, Table]] = []
    if "input" in question.shows:
        planes = scene.input_array()
        names = (
            [f"input, channel {n}" for n in range(len(planes))] if len(planes) > 1 else ["input"]
        )
        tables += [(name, rows_of(plane)) for name, plane in zip(names, planes, strict=True)]
    if "kernel" in question.shows and not isinstance(scene.layer, PoolSpec):
        planes = scene.written_weight_array()[0]
        names = [f"kernel, channel {n}" for n in range(len(planes))]
        names = names if len(planes) > 1 else ["kernel"]
        tables += [(name, rows_of(plane)) for name, plane in zip(names, planes, strict=True)]
    if "bias" in question.shows and scene.bias_array() is not None:
        tables.append(("bias", rows_of(scene.bias_array()[None])))
    if "output" in question.shows:
        asked = {field.place for field in question.fields}
        tables.append(("output", _marked(rows_of(scene.output()[0]), asked)))
    if "place" in question.shows:
        empty = ((UNSAID,) * scene.output().shape[2],) * scene.output().shape[1]
        tables.append(("output", _marked(empty, {question.setup.place})))
    tables += [(option.label, option.rows) for option in question.setup.options if option.rows]
    return tuple(tables)


def _marked(rows: Table, asked: Collection[tuple[int, int] | None]) -> Table:
    return tuple(
        tuple(ASKED if (r, c) in asked else number for c, number in enumerate(row))
        for r, row in enumerate(rows)
    )


def plain_text(item: Item) -> str:
    """An item's words and tables as lines of text."""
    tables = [f"{caption}:\n{lines_of(rows)}" for caption, rows in item.tables]
    return "\n\n".join(("\n".join(item.text), *tables))


def lines_of(rows: Table) -> str:
    """A matrix as text, one row a line, its columns one below the other.

    >>> lines_of(((1, -2), (10, 4))).replace("\u2007", "_")
    '_1 −2\\n10 _4'

    The spaces that fill a column up are as wide as a digit, and no page swallows them.
    """
    cells = [[written(number) for number in row] for row in rows]
    width = max(len(cell) for row in cells for cell in row)
    return "\n".join(" ".join(cell.rjust(width, "\u2007") for cell in row) for row in cells)

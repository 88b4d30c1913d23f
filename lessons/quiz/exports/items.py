"""Questions as single boxes that a course system can ask, with named slips as wrong answers.

A course system asks one number at a time: each box becomes an item of its own, with its question's
words before it; a matrix becomes one item a cell. Settings, of which many are right, become a
choice. A chain's boxes are judged there from the right numbers, not from the learner's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernels import PoolSpec
from lessons.quiz.answers import accepts, rows_of, solve
from lessons.quiz.belief import MOST_NAMED
from lessons.quiz.compare import same, written
from lessons.quiz.diagnose import prior_of, slips_of, written_by, wrong_numbers
from lessons.quiz.dice import Dice
from lessons.quiz.mistakes import SLIPS, Working
from lessons.quiz.question import Field, Matrix, Number, Question, Value
from lessons.quiz.wording import sentence
from lessons.quiz.workings import working_of

MOST_WRONG = 8
"""Wrong answers with feedback that an item carries at most; the likeliest slips first."""


@dataclass(frozen=True)
class Wrong:
    """A wrong answer and what to say of it."""

    answer: Number | str
    feedback: str


@dataclass(frozen=True)
class Item:
    """One thing to ask.

    name: unique in its set. text: paragraphs, the last one asks. tables: numbers shown below it,
    each with a caption. choices: empty for a number.
    """

    name: str
    text: tuple[str, ...]
    tables: tuple[tuple[str, Matrix], ...]
    label: str
    answer: Number | str
    wrong: tuple[Wrong, ...]
    choices: tuple[str, ...] = ()


def items_of(questions: Sequence[Question]) -> tuple[Item, ...]:
    """Every box of every question as an item.

    >>> from lessons.quiz import generate
    >>> item = items_of([generate("layer_parameters", 1, 0)])[0]
    >>> item.name, item.answer, item.wrong[0].feedback.split(".")[0]
    ('01 Parameters of a layer', 400, 'Biases forgotten')
    """
    found = []
    for number, question in enumerate(questions, start=1):
        found.extend(_items(number, question))
    return tuple(found)


def _items(number: int, question: Question) -> list[Item]:
    title = f"{number:02d} {question.title}"
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
        if isinstance(answer, tuple):
            found.extend(_cell_items(name, question, field, answer))
        else:
            found.append(_number_item(name, question, field, answer))
    return found


def _number_item(name: str, question: Question, field: Field, answer: Number) -> Item:
    wrong = _ranked((w.slips, w.value) for w in wrong_numbers(question, field.id, pairs=False))
    return Item(
        name,
        (*question.prompt, *question.convention),
        tables_of(question),
        field.label,
        answer,
        _distinct(answer, wrong, working_of(question, field)),
    )


def _cell_items(name: str, question: Question, field: Field, answer: Matrix) -> list[Item]:
    """One item for each cell of a matrix."""
    size = (len(answer), len(answer[0]))
    matrices = _ranked(
        (w.slips, w.value)
        for w in wrong_numbers(question, field.id, pairs=False)
        if (len(w.value), len(w.value[0])) == size
    )
    told = (*question.prompt[:-1], *question.convention)
    items = []
    for r in range(size[0]):
        for c in range(size[1]):
            asks = f"Which number stands at row {r}, column {c} of the output (counted from 0)?"
            wrong = [(slips, matrix[r][c]) for slips, matrix in matrices]
            items.append(
                Item(
                    f"{name}, row {r}, column {c}",
                    (*told, asks),
                    tables_of(question),
                    f"row {r}, column {c}",
                    answer[r][c],
                    _distinct(answer[r][c], wrong, working_of(question, field)),
                )
            )
    return items


def _choice_item(name: str, question: Question) -> Item:
    labels = {option.id: option.label for option in question.setup.options}
    field = question.fields[0]
    says = {w.value: feedback_of(w.slips) for w in wrong_numbers(question, field.id, pairs=False)}
    right = solve(question)[field.id]
    wrong = tuple(
        Wrong(label, says.get(id, "Not this one.")) for id, label in labels.items() if id != right
    )
    text = (*question.prompt, *question.convention)
    choices = tuple(labels.values())
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
    told = (*question.prompt[:-1], *question.convention, "Which settings do that?")
    mistakes = tuple(Wrong(answer, feedback) for answer, feedback in wrong.items())
    return Item(name, told, (), "settings", right, mistakes, choices)


def _setting_words(question: Question, values: dict[str, Value]) -> str:
    return ", ".join(f"{field.label} {values[field.id]}" for field in question.fields)


def _ranked(found) -> list:
    return sorted(found, key=lambda pair: -prior_of(pair[0]))


def _distinct(answer: Number, wrong, working: Working | None) -> tuple[Wrong, ...]:
    """Wrong answers that differ from the right one and from one another; slips of one number join.

    No answer lies within another's tolerance, so that the order of answers cannot matter.
    """
    said: list[tuple[Number, list[tuple[str, ...]]]] = []
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


def tables_of(question: Question) -> tuple[tuple[str, Matrix], ...]:
    """The numbers that the question shows, each table with a caption."""
    scene = question.setup.scene
    if scene is None:
        return ()
    tables: list[tuple[str, Matrix]] = []
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
        tables.append(("output", rows_of(scene.output()[0])))
    tables += [(option.label, option.rows) for option in question.setup.options if option.rows]
    return tuple(tables)


def caption_text(caption: str, rows: Matrix) -> str:
    """A table in one line of text."""
    return f"{caption}: {written(rows)}"

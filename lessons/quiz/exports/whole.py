"""Questions as they are, all boxes together, with everything that the app knows of them.

For formats that keep the boxes of a question in one question: Moodle's Cloze, QTI.
"""

from __future__ import annotations

from dataclasses import dataclass

from lessons.quiz.exports.items import Item, asked_text, items_of, tables_of
from lessons.quiz.exports.known import Known, known_of
from lessons.quiz.figures import Figure, figure_of
from lessons.quiz.question import Question, Table


@dataclass(frozen=True)
class Whole:
    """A question with its boxes, what it is about, and how it is worked out.

    boxes: an item each, with its label, its answer and the wrong answers that have a name. columns:
    of a table of boxes; 0 where each box has a line of its own. figure: what it is about, drawn.
    """

    name: str
    key: str
    text: tuple[str, ...]
    tables: tuple[tuple[str, Table], ...]
    boxes: tuple[Item, ...]
    columns: int
    known: Known
    figure: Figure | None = None

    @property
    def choice(self) -> Item | None:
        """Its only box, where that is a choice."""
        return self.boxes[0] if self.boxes[0].choices else None


def whole_of(question: Question, number: int) -> Whole:
    """A question for a format that keeps its boxes together.

    >>> from lessons.quiz import generate
    >>> whole = whole_of(generate("output_size", 1, 0), 3)
    >>> whole.name, [(box.label, box.answer) for box in whole.boxes]
    ('03 Output size', [('height', 49), ('width', 49)])
    >>> whole.known.worked[0]
    'Height: ⌊(H + 2·p − k) / s⌋ + 1 = ⌊(51 + 2 × 0 − 3) / 1⌋ + 1 = 49'
    """
    items = items_of([question])
    first = question.fields[0]
    text, columns = items[0].text, 0
    if first.kind == "matrix":
        text = (*items[0].text[:-1], "Write the output, a number into each cell.")
        columns = max(item.place[1] for item in items if item.place) + 1
    elif len(items) > 1:
        text = asked_text(question, question.prompt[-1])
    return Whole(
        f"{number:02d} {question.title}",
        question.key,
        text,
        tables_of(question),
        items,
        columns,
        known_of(question),
        figure_of(question),
    )

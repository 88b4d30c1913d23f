"""Questions and score sheets as CSV that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from lessons.quiz.exports.items import MOST_WRONG, caption_text, items_of
from lessons.quiz.exports.moodle import plain_number
from lessons.quiz.question import Question
from lessons.quiz.sets import ScoreRow

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
"""First signs by which a spreadsheet takes a cell for a formula; the apostrophe, which marks a cell
as text, is among them so that a marked cell can be read back as it was."""


def neutral(cell: object) -> str:
    """A cell that no spreadsheet runs: what looks like a formula is marked as text.

    >>> neutral("=1+1"), neutral(-8), neutral("28")
    ("'=1+1", "'-8", '28')
    """
    text = str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def questions_csv(questions: Sequence[Question]) -> str:
    """Write every box of a set as a row: its words, its answer, and each slip's answer with words.

    >>> from lessons.quiz import generate
    >>> questions_csv([generate("macs", 1, 0)]).split(",")[:4]
    ['name', 'question', 'box', 'answer']
    """
    head = ["name", "question", "box", "answer", "choices"]
    for number in range(1, MOST_WRONG + 1):
        head += [f"wrong {number}", f"feedback {number}"]
    rows: list[list[object]] = [head]
    for item in items_of(questions):
        tables = [caption_text(caption, table) for caption, table in item.tables]
        wrong = [cell for w in item.wrong for cell in (plain_number(w.answer), w.feedback)]
        text = "\n".join((*item.text, *tables))
        row = [item.name, text, item.label, plain_number(item.answer), "; ".join(item.choices)]
        rows.append([*row, *wrong, *[""] * (len(head) - len(row) - len(wrong))])
    return _csv(rows)


def scores_csv(rows: Iterable[ScoreRow]) -> str:
    """Write a score sheet.

    >>> scores_csv([]).splitlines()
    ['student,number,question,level,key,box,typed,right,outcome,credit,mistakes']
    """
    head = ["student", "number", "question", "level", "key", "box", "typed", "right", "outcome"]
    table: list[list[object]] = [[*head, "credit", "mistakes"]]
    for row in rows:
        credit = "" if row.credit is None else f"{float(row.credit):g}"
        table.append(
            [
                *(row.student, row.question, row.family, row.level, row.key, row.box),
                *(row.typed, row.right, row.outcome, credit, row.slips),
            ]
        )
    return _csv(table)


def _csv(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([neutral(c) for c in row] for row in rows)
    return file.getvalue()

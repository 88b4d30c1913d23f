"""Questions and score sheets as CSV that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction

from lessons.quiz.exports.items import MARK_DECIMALS, MOST_WRONG, items_of, plain_text
from lessons.quiz.exports.numbers import plain_number
from lessons.quiz.question import Question
from lessons.quiz.sets import ScoreRow

DANGEROUS = "=+-@"
"""First signs by which a spreadsheet takes a cell for a formula, also in their full-width forms."""


def neutral(cell: object) -> str:
    """A cell that no spreadsheet runs: what looks like a formula is marked as text.

    >>> neutral("=1+1"), neutral("\\n=1+1"), neutral("\uff1d1"), neutral(-8), neutral("28")
    ("'=1+1", "'\\n=1+1", "'\uff1d1", '-8', '28')

    The mark is an apostrophe; a text that begins with one gets another, so that every cell can be
    read back as it was. A number stays a number, and a spreadsheet can reckon with it.
    """
    text = str(cell)
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return text
    # Spreadsheets pass over what cannot be seen: the first sign that can be is what counts.
    seen = next((c for c in text if not (c.isspace() or unicodedata.category(c)[0] == "C")), "")
    runs = unicodedata.normalize("NFKC", seen).startswith(tuple(DANGEROUS))
    breaks = text[:1].isspace() and not text.startswith(" ")
    control = text[:1] and unicodedata.category(text[0]) == "Cc"
    return f"'{text}" if runs or breaks or control or text.startswith("'") else text


def questions_csv(questions: Sequence[Question], student: str = "") -> str:
    """Write every box of a set as a row: its words, its answer, and each slip's answer with words.

    >>> from lessons.quiz import generate
    >>> questions_csv([generate("macs", 1, 0)]).split(",")[:4]
    ['name', 'question', 'box', 'answer']

    student: whose questions they are, in a column before the others; without one there is none.
    """
    head: list[object] = ["name", "question", "box", "answer", "choices", "mark"]
    head += ["tags", "hints", "solution"]
    for number in range(1, MOST_WRONG + 1):
        head += [f"wrong {number}", f"feedback {number}"]
    rows: list[list[object]] = [head]
    for item in items_of(questions):
        wrong = [cell for w in item.wrong for cell in (plain_number(w.answer), w.feedback)]
        answer, mark = plain_number(item.answer), plain_number(item.mark, MARK_DECIMALS)
        text, choices = plain_text(item), "; ".join(item.choices)
        known = item.known
        about = ["; ".join(known.tags), "\n".join(known.hints), "\n".join(known.worked)]
        row = [item.name, text, item.label, answer, choices, mark, *about]
        rows.append([*row, *wrong, *[""] * (len(head) - len(row) - len(wrong))])
    if student:
        rows = [["student", *head], *([student, *row] for row in rows[1:])]
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
                *(row.typed, _as_number(row.right), row.outcome, credit, row.slips),
            ]
        )
    return _csv(table)


def _as_number(text: str) -> str:
    """A number as `written` writes it for people, as a spreadsheet reads it; other text as it is.

    >>> _as_number("−12,345"), _as_number("5/3"), _as_number("1 −2 / 3 4")
    ('-12345', '1.6667', '1 −2 / 3 4')
    """
    plain = text.replace("−", "-").replace(",", "")
    number = re.fullmatch(r"-?[0-9]+(\.[0-9]+|/[1-9][0-9]*)?", plain)
    return plain_number(Fraction(plain)) if number else text


def _csv(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([neutral(c) for c in row] for row in rows)
    return file.getvalue()

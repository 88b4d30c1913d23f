"""What a learner typed, read as people write numbers; what cannot be read says how to write it.

Reading never fails: every text gives Readable or NotReadable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from lessons.quiz.question import Field, Matrix, Number, Question, Value

LONGEST_NUMBER, LONGEST_MATRIX, MOST_CELLS = 40, 4_000, 256


@dataclass(frozen=True)
class Readable:
    """A box that could be read."""

    text: str
    value: Value


@dataclass(frozen=True)
class NotReadable:
    """A box that could not; `say` tells how to write it. It costs nothing."""

    text: str
    say: str


Reading = Readable | NotReadable


def parse(question: Question, typed: Mapping[str, str]) -> dict[str, Reading]:
    """Read every box of a question.

    >>> from lessons.quiz import generate
    >>> question = generate("output_size", 6, 0)
    >>> read = parse(question, {"height": "\uff12\uff18", "width": "3,5"})
    >>> read["height"].value, read["width"].say
    (28, 'Write one number with a decimal point, such as 3.5; a comma only separates thousands.')
    >>> [one.value for one in parse(question, {"height": "28 × 30", "width": ""}).values()]
    [28, 30]

    typed: text by field id; a missing one is blank. A shape typed whole into its first box, with
    the other boxes blank, is spread over them.
    """
    texts = {field.id: typed.get(field.id, "") for field in question.fields}
    texts = {id: text if isinstance(text, str) else "" for id, text in texts.items()}
    return {
        field.id: read_box(field, text, question)
        for field, text in zip(question.fields, _spread(question, texts).values(), strict=True)
    }


def read_box(field: Field, text: str, question: Question) -> Reading:
    """Read one box."""
    if not text.strip():
        return NotReadable(text, "This box is empty.")
    if field.kind == "choice":
        return _choice(question, text)
    if field.kind == "matrix":
        return _matrix(text)
    number = read_number(text)
    if isinstance(number, str):
        return NotReadable(text, number)
    if field.kind == "number" and re.fullmatch(r"\D*\d{1,3},\d{3}\D*", _plain(text)):
        with_point, without = _plain(text).replace(",", "."), _plain(text).replace(",", "")
        return NotReadable(text, f"Write {without} or {with_point}: the comma can mean both.")
    if field.kind in ("integer", "setting") and type(number) is not int:
        if re.fullmatch(r"\d{1,3}(\.\d{3})+", _plain(text)):
            return NotReadable(text, "Write thousands without a point, such as 1234 or 1,234.")
        return NotReadable(text, "Write a whole number, such as 456.")
    if field.kind == "setting" and number < _LEAST[field.asks][0]:
        return NotReadable(text, _LEAST[field.asks][1])
    return Readable(text, number)


#: What a layer can have at least, and how to say so.
_LEAST = {
    "kernel": (1, "A kernel has at least 1 cell along each side: write a number from 1."),
    "stride": (1, "A window moves by at least 1 cell: write a number from 1."),
    "padding": (0, "Padding is a number of cells to add: write 0 for none, or more."),
}


_SIGNS = {
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\uff0d\ufe63", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000\t", " "),
    "\uff0b": "+",
    "\uff0e": ".",
    "\u066b": ".",
    "\uff0c": ",",
    "\u066c": ",",
    "\uff0f": "/",
    "\u2044": "/",
    "\u2215": "/",
    "\u2019": "'",
    "×": "x",
    "✕": "x",
    "✖": "x",
    "\uff38": "x",
    "\uff58": "x",
    "X": "x",
}


def _plain(text: str) -> str:
    """Digits of every script, signs and separators of every keyboard, as ASCII writes them.

    Superscripts are no digits: 3² must not become 32.
    """
    marks = (_SIGNS.get(c) or _digit(c) or c for c in text)
    return "".join(c for c in marks if unicodedata.category(c[0]) != "Cf").strip()


def _digit(character: str) -> str:
    number = unicodedata.decimal(character, -1)
    return "" if number < 0 else str(number)


_WHOLE = r"\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:'\d{3})+|\d{1,3}(?: \d{3})+|\d{1,3}(?:_\d{3})+"
_DECIMAL = rf"(?:{_WHOLE})(?:\.\d*)?|\.\d+"
_NUMBER = re.compile(rf"([+-]?) ?({_DECIMAL})(?: ?/ ?({_WHOLE}))?", re.ASCII)


def read_number(text: str) -> Number | str:
    """Read one number exactly, or say how to write it.

    >>> read_number("\u2212 1,234"), read_number("10/4"), read_number("٣٢")
    (-1234, Fraction(5, 2), 32)
    >>> read_number("1e3")
    'Write the number in full, such as 1000.'
    """
    if len(text) > LONGEST_NUMBER:
        return "Write one number of at most 15 digits."
    plain = _plain(text)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return _advice(plain)
    sign, number, below = (re.sub(r"[,' _]", "", part or "") for part in match.groups())
    if sum(c.isdigit() for c in number) > 15 or len(below) > 15:
        return "Write one number of at most 15 digits."
    if below and int(below) == 0:
        return "A fraction cannot have 0 below the line."
    value = Fraction("0" + number.rstrip(".")) / int(below or 1)
    value = -value if sign == "-" else value
    return value.numerator if value.denominator == 1 else value


def _advice(text: str) -> str:
    """How to write what could not be read."""
    if re.search(r"\d *x|x *\d", text, re.ASCII):
        return "Write one number in this box; a shape has a box for each size."
    if re.search(r"\de[+-]?\d", text, re.ASCII | re.IGNORECASE):
        return "Write the number in full, such as 1000."
    if "," in text:
        return (
            "Write one number with a decimal point, such as 3.5; a comma only separates thousands."
        )
    if text.count(".") > 1:
        return "Write thousands without points, such as 1234 or 1,234."
    if re.fullmatch(r"[+-]?\d+( +[+-]?\d+)+", text, re.ASCII):
        return "Write one number only in this box."
    return "Write a number with digits only, such as 28."


def _spread(question: Question, texts: dict[str, str]) -> dict[str, str]:
    """A shape typed whole into the first of its boxes, spread over them."""
    axes = [field.id for field in question.fields if field.kind == "axis" and not field.follows]
    if len(axes) < 2 or any(texts[id].strip() for id in axes[1:]):
        return texts
    inside = _plain(texts[axes[0]][:LONGEST_NUMBER]).strip("()[] ")
    parts = [part.strip() for part in re.split(r"[x,]" if " " in inside else "x", inside)]
    if len(parts) != len(axes) or not all(parts):
        return texts
    return {**texts, **dict(zip(axes, parts, strict=True))}


def _choice(question: Question, text: str) -> Reading:
    options = question.setup.options
    said = _plain(text[:100]).casefold()
    for number, option in enumerate(options, start=1):
        if said in (option.id.casefold(), option.label.casefold(), str(number)):
            return Readable(text, option.id)
    listed = ", ".join(option.label for option in options)
    return NotReadable(text, f"Choose one of {listed}.")


def _matrix(text: str) -> Reading:
    """Rows apart by new lines, semicolons or ' / '; numbers by spaces or commas."""
    if len(text) > LONGEST_MATRIX:
        return NotReadable(text, "That is too long: write the rows of the output only.")
    lines = "\n".join(_plain(line) for line in text.strip().splitlines())
    lines = re.sub(r"\] *,? *\n? *\[", ";", lines).strip("[]() \n")
    rows: list[tuple[Number, ...]] = []
    for line in re.split(r"[\n;]| / ", lines):
        words = [word for word in re.split(r"[\s,|]+", line) if word]
        numbers = [read_number(word) for word in words]
        for word, number in zip(words, numbers, strict=True):
            if isinstance(number, str):
                say = f"“{word[:12]}” is no number. Write a row such as 1 −2 3, one row a line."
                return NotReadable(text, say)
        if numbers:
            rows.append(tuple(numbers))
    if not rows or len({len(row) for row in rows}) != 1 or len(rows) * len(rows[0]) > MOST_CELLS:
        return NotReadable(text, "Write one row a line, each with the same number of numbers.")
    matrix: Matrix = tuple(rows)
    return Readable(text, matrix)

"""What a learner typed, read as people write numbers; what cannot be read says how to write it.

Reading never fails: every text gives Readable or NotReadable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kernels import reading
from kernels.reading import plain_text
from lessons.quiz.compare import written
from lessons.quiz.quantities import quantity_of
from lessons.quiz.question import Field, Matrix, Number, Question, Value

LONGEST_NUMBER, LONGEST_MATRIX, MOST_CELLS, MOST_DIGITS = 40, 4_000, 256, 15


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
    (28, 'Write one size in this box; 3,5 can be 3.5 or two sizes.')
    >>> [one.value for one in parse(question, {"height": "(28,30)", "width": ""}).values()]
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
    plain = plain_text(text).strip()
    if field.kind == "axis":
        plain = _side(question, plain) or plain
    if field.kind == "number" and reading.is_thousands(plain):
        whole, pointed = plain.replace(",", ""), plain.replace(",", ".")
        return NotReadable(text, f"Write {whole} or {pointed}: the comma can mean both.")
    number = read_number(_bare(plain, field))
    if isinstance(number, str):
        return NotReadable(text, number)
    if _is_pointed(plain, whole=field.kind != "number"):
        whole, rounded = plain.replace(".", ""), written(number)
        if type(number) is int:
            return NotReadable(text, f"Write {whole} or {rounded}: the point can mean both.")
        return NotReadable(text, "Write thousands without a point, such as 1234 or 1,234.")
    if field.kind == "axis" and type(number) is not int and "," in plain:
        pointed = plain.replace(",", ".")
        return NotReadable(
            text, f"Write one size in this box; {plain} can be {pointed} or two sizes."
        )
    if field.kind in ("integer", "setting") and type(number) is not int:
        return NotReadable(text, "Write a whole number, such as 456.")
    if (least := quantity_of(field).least) and number < least[0]:
        return NotReadable(text, least[1])
    return Readable(text, number)


_EXPONENT = re.compile(r"\de([+-]?\d+)", re.ASCII | re.IGNORECASE)
_POINTED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_SIDES = re.compile(r"[([]?\s*(\d+)\s*(?:[x×*,;]|by)\s*(\d+)\s*[)\]]?", re.ASCII | re.IGNORECASE)
_WORDS = [
    "params",
    "parameters",
    "weights",
    "biases",
    "numbers",
    "cells",
    "pixels",
    "px",
    "rows",
    "columns",
    "channels",
    "maps",
    "features",
    "inputs",
    "outputs",
]
"""What may stand behind a number without making it another one; `_UNITS` are those of one box."""

_UNITS = {
    "macs": ("macs", "mac", "multiply-adds"),
    "operations": ("operations", "flops", "ops"),
    "singly": ("operations", "ops"),
}


def _bare(plain: str, field: Field) -> str:
    """A number without the sign of equality before it and the word behind it.

    >>> box = Field("macs", "multiply-adds", "integer", "macs")
    >>> [_bare(text, box) for text in ("= 12", "9 params", "9 MACs", "9 FLOPs", "9 thousand")]
    ['12', '9', '9', '9 FLOPs', '9 thousand']
    """
    plain = re.sub(r"^=\s*", "", plain)
    number, _, word = plain.rpartition(" ")
    known = (*_WORDS, *_UNITS.get(field.asks, ()))
    return number.rstrip() if word.casefold().rstrip(".") in known else plain


def _side(question: Question, plain: str) -> str:
    """The side of a square that was written as a shape into the one box for it; "" otherwise."""
    axes = [field for field in question.fields if field.kind == "axis" and not field.follows]
    sides = _SIDES.fullmatch(plain)
    bracketed = plain[:1] in ("(", "[")
    if len(axes) != 1 or sides is None or sides[1] != sides[2] or ("," in plain and not bracketed):
        return ""
    return sides[1]


def _is_pointed(plain: str, *, whole: bool) -> bool:
    """Whether a point can part thousands: where decimals are expected, only before zeros."""
    return bool(_POINTED.fullmatch(plain)) and (whole or plain.endswith("000"))


def read_number(text: str) -> Number | str:
    """Read one number exactly, or say how to write it.

    >>> read_number("\u2212 1,234"), read_number("10/4"), read_number("٣٢")
    (-1234, Fraction(5, 2), 32)
    >>> read_number("1e3"), read_number("2½")
    (1000, Fraction(5, 2))
    >>> read_number("28 or so")
    'Write a number with digits only, such as 28.'
    """
    plain = plain_text(text[: 10 * LONGEST_NUMBER]).strip()
    digits = max(sum(map(str.isdigit, part)) for part in plain.split("/"))
    if len(text) > LONGEST_NUMBER or digits > MOST_DIGITS:
        return f"Write one number of at most {MOST_DIGITS} digits."
    if mixed := _MIXED.fullmatch(plain):
        return _mixed(*mixed.groups())
    if any(abs(int(power)) > MOST_DIGITS for power in _EXPONENT.findall(plain)):
        return "Write the number in full, such as 1000."
    try:
        return reading.read_number(plain, largest=10.0**MOST_DIGITS, thousands=True)
    except reading.NotationError:
        return _advice(plain)


_MIXED = re.compile(r"([+-]?)\s?(\d*)\s?([\u00bc-\u00be\u2150-\u215e])", re.ASCII)
"""A whole number, if any, and a fraction that is one character, such as ½."""


def _mixed(sign: str, whole: str, part: str) -> Number:
    value = int(whole or 0) + Fraction(unicodedata.numeric(part)).limit_denominator(10)
    return -value if sign == "-" else value


def _advice(text: str) -> str:
    """How to write what could not be read."""
    if re.search(r"\d *[x×]|[x×] *\d", text, re.ASCII | re.IGNORECASE):
        return "Write one number in this box; a shape has a box for each size."
    if re.search(r"/ ?0+(\.0*)?$", text):
        return "A fraction cannot have 0 below the line."
    if "," in text:
        return "Write one number with a decimal point, such as 3.5, or thousands such as 1,234."
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
    shape = plain_text(texts[axes[0]][:LONGEST_NUMBER]).strip().removeprefix("=").strip()
    inside = shape.strip("()[] \n")
    marks = "[x×*,]" if " " in inside or inside != shape else "[x×*]"
    parts = [part.strip() for part in re.split(marks, inside, flags=re.IGNORECASE)]
    if len(parts) != len(axes) or not all(parts):
        return texts
    return {**texts, **dict(zip(axes, parts, strict=True))}


def _choice(question: Question, text: str) -> Reading:
    options = question.setup.options
    said = plain_text(text[:100]).strip().casefold()
    for number, option in enumerate(options, start=1):
        label = plain_text(option.label).strip().casefold()
        if said in (option.id.casefold(), label, str(number)):
            return Readable(text, option.id)
    listed = ", ".join(option.label for option in options)
    return NotReadable(text, f"Choose one of {listed}.")


_ROW_ENDS = re.compile(r"[^\n;\[\]{}\\]*(\d[/|]\d|\d *\| *[-\d.])[^\n;\[\]{}\\]*\Z", re.ASCII)
"""Rows in one line, parted by what may also be a fraction or the rule of a table."""


def _matrix(text: str) -> Reading:
    """A table of numbers, in any notation in which people write matrices."""
    if len(text) > LONGEST_MATRIX:
        return NotReadable(text, "That is too long: write the rows of the output only.")
    if _EXPONENT.search(plain_text(text)):
        return NotReadable(text, "Write all numbers in full, such as 1000.")
    if _ROW_ENDS.fullmatch(plain_text(text).strip()):
        return NotReadable(
            text, "Write one row a line: in one line a bar or a slash can end a row or not."
        )
    try:
        read = reading.read_numbers(text, ask=True)
    except reading.NotationError as error:
        return NotReadable(text, f"{error} Write one row a line, such as 1 −2 3.")
    if read.notes or len(read.values) > MOST_CELLS:
        return NotReadable(text, "Write one row a line, each with the same number of numbers.")
    # An empty line cannot part channels here: one table is asked for.
    columns, values = read.shape[-1], read.exact
    matrix: Matrix = tuple(tuple(values[n : n + columns]) for n in range(0, len(values), columns))
    return Readable(text, matrix)

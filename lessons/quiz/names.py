"""The names of a class: read from whatever a teacher pastes, and compared as a person would.

Nothing is dropped or joined in silence: what could be meant in two ways is read in one of them, and
a note says which.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MOST_NAMES = 500
"""Names that files are made for at once."""

LONGEST_NAME = 80
"""Letters of a name that the quiz keeps."""

_JOINERS = "\u200c\u200d"
"""Two signs without a look of their own that some scripts need within a name."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032\u0060\u00b4\uff07\ua78c", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u060c\u3001", ","),
        **dict.fromkeys(_JOINERS, ""),
    }
)
"""Signs that keyboards and word processors put for one another."""


@dataclass(frozen=True)
class Names:
    """A class as it was read: a name for each student, and sentences on what was not plain."""

    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def clean_name(text: str) -> str:
    """A name on one line, accents as single letters, without signs that cannot be seen.

    >>> clean_name("\\ufeff  Jose\\u0301\\u00a0\\tPe\\u0301rez\\u200f ")
    'José Pérez'
    """
    text = "".join(" " if c.isspace() else c for c in text)
    seen = (c for c in text if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return unicodedata.normalize("NFC", " ".join("".join(seen).split())).strip(_JOINERS + " ")


def name_key(name: str) -> str:
    """What two ways of writing one name have in common.

    >>> name_key("O\\u2019Brien, Zo\\u00eb") == name_key("zoe\\u0308  O'BRIEN")
    True

    Case, spaces, the kind of apostrophe, hyphen or accent, and “last name, first name” make no
    difference; the names and their order do.
    """
    plain = unicodedata.normalize("NFKC", clean_name(name).translate(_ALIKE)).translate(_ALIKE)
    last, comma, first = plain.partition(",")
    if comma and "," not in first and last.strip() and first.strip():
        plain = f"{first} {last}"
    return " ".join(unicodedata.normalize("NFKC", plain.casefold()).split())


def read_names(text: str) -> Names:
    """Read the names that were typed or pasted, one a line or however else they came.

    >>> read_names("1. Ada Lovelace\\r\\nTuring, Alan\\n").names
    ('Ada Lovelace', 'Turing, Alan')
    >>> read_names("Ada; Bob; Carl").notes
    ('“Ada; Bob; Carl” is read as 3 students. If it is one, leave the separators out.',)
    """
    read = [_read_line(line) for line in text.splitlines()]
    # A line of dashes or of nothing but separators names nobody.
    names = [name for line in read for name in line.names if any(map(str.isalnum, name))]
    notes = [note for kind in (_split_note, _comma_note, _columns_note) for note in kind(read)]
    notes += _long_note(names)
    names = [name[:LONGEST_NAME].strip() for name in names]
    notes += _same_note(names)
    if len(names) > MOST_NAMES:
        notes.append(
            f"Files are made for {MOST_NAMES} students at once: from {_quoted(names[MOST_NAMES])} "
            f"on, {_counted(len(names) - MOST_NAMES, 'name')} must wait for the next time."
        )
    return Names(tuple(names[:MOST_NAMES]), tuple(notes))


@dataclass(frozen=True)
class _Line:
    """A line's names; by: what separated or joined them; left_out: cells that name nobody."""

    text: str
    names: tuple[str, ...]
    by: str = ""
    left_out: tuple[str, ...] = ()


def _read_line(line: str) -> _Line:
    """Columns are one student's, semicolons are between students, a single comma within a name."""
    # The mark of a list does not belong to the name after it.
    line = re.sub(r"^\W*?(?:\d{1,4}[.)]|[-*\u2022\u2013])\s+", "", line)
    text = clean_name(line)
    if columns := _cells(line, "\t"):
        named = tuple(cell for cell in columns if _can_name(cell)) or columns
        left_out = tuple(cell for cell in columns if cell not in named)
        if len(named) > 1 and all(re.search("[ ,]", cell) for cell in named):
            return _Line(text, named, "split", left_out)
        by = "columns" if len(columns) > 1 else ""
        return _Line(text, (" ".join(named),), by, left_out)
    if several := _cells(line, "[;\uff1b|]"):
        return _Line(text, several, "split" if len(several) > 1 else "")
    parts = _cells(line, "[,\uff0c\u060c\u3001]")
    if len(parts) > 2:
        return _Line(text, parts, "split")
    return _Line(text, (text,) if text else (), "comma" if len(parts) == 2 else "")


def _cells(line: str, separator: str) -> tuple[str, ...]:
    """What stands between separators; nothing where there is none."""
    if not re.search(separator, line.strip()):
        return ()
    return tuple(filter(None, map(clean_name, re.split(separator, line))))


def _can_name(cell: str) -> bool:
    """Whether a cell beside others can be part of a name: no address, no number."""
    return "@" not in cell and any(c.isalpha() for c in cell)


def _split_note(lines: Sequence[_Line]) -> list[str]:
    found = [line for line in lines if line.by == "split"]
    if not found:
        return []
    one, more = found[0], len(found) - 1
    also = f" {_counted(more, 'other line')} likewise." if more else ""
    return [
        f"{_quoted(one.text)} is read as {len(one.names)} students.{also} "
        "If it is one, leave the separators out."
    ]


def _comma_note(lines: Sequence[_Line]) -> list[str]:
    found = [line for line in lines if line.by == "comma"]
    if not found:
        return []
    # Of all lines the one that is likeliest to be two students after all.
    doubtful = max(found, key=lambda line: min(len(part.split()) for part in line.text.split(",")))
    many = "A line with a comma is" if len(found) == 1 else f"{len(found)} lines with a comma are"
    each = "" if len(found) == 1 else " each"
    return [
        f"{many} read as one student{each}, last name first: {_quoted(doubtful.text)}. "
        "Two students need two lines."
    ]


def _columns_note(lines: Sequence[_Line]) -> list[str]:
    found = [line for line in lines if line.by == "columns"]
    left_out = [cell for line in lines for cell in line.left_out]
    notes = []
    if found:
        notes.append(
            f"The columns of a line are joined to one name, such as {_quoted(found[0].names[0])}; "
            "the student has to write it like that."
        )
    if left_out:
        notes.append(
            f"Numbers and addresses beside names are left out, such as {_quoted(left_out[0])}."
        )
    return notes


def _long_note(names: Sequence[str]) -> list[str]:
    long = [name for name in names if len(name) > LONGEST_NAME]
    return [
        f"{_quoted(name)} is longer than {LONGEST_NAME} letters: the quiz keeps the first "
        f"{LONGEST_NAME} of a name."
        for name in long[:1]
    ]


def _same_note(names: Sequence[str]) -> list[str]:
    """Names that stand there more than once: their sets would be the same."""
    times = Counter(map(name_key, names))
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name_key(name), name)
    again = [first[key] for key, count in times.items() if count > 1]
    if not again:
        return []
    listed = ", ".join(map(_quoted, again[:3]))
    more = f" and {_counted(len(again) - 3, 'other name')}" if len(again) > 3 else ""
    stand = "stands" if len(again) == 1 else "stand"
    return [
        f"{listed}{more} {stand} there more than once. Students of one name get the same "
        "questions, in a file each: add what tells them apart, and have them write it too."
    ]


def _quoted(text: str, most: int = 60) -> str:
    return f"“{text[:most]}…”" if len(text) > most else f"“{text}”"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")

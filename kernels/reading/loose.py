"""Numbers without brackets: lines, tabs, bars, semicolons, strokes, and R's headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from kernels.reading.commas import Line, words_of
from kernels.reading.faults import (
    NO_NUMBERS,
    AmbiguousError,
    Exact,
    NotationError,
    check_rows,
    quoted,
)
from kernels.reading.numerals import exact, is_decimal_comma, is_number

Plane = list[list[Exact]]

_SCALAR = r"\(?\s*([-+]?[\d.,]+(?:e[-+]?\d{1,3})?(?:\s*/\s*[\d.]+)?)\s*\)?"
_FACTOR_FIRST = re.compile(rf"\s*{_SCALAR}\s*\.?[*×·]\s*", re.IGNORECASE)
_FACTOR_LAST = re.compile(rf"\s*\.?([*×·/÷])\s*{_SCALAR}\s*", re.IGNORECASE)
_RULE = re.compile(r"[-+=|:\s]*[-=][-+=|:\s]*")
_PLANE_NAME = re.compile(r"\s*(, , \d+|[^\W\d][\w.]*\s*\(:,\s*:,\s*\d+\)\s*=)\s*")
_R_HEADING = re.compile(r"\s*(\[,\d+\]\s*)+")
_R_ROW = re.compile(r"\s*\[\d+,\]\s")
_R_VECTOR = re.compile(r"\s*\[\d+\]\s")


@dataclass
class Loose:
    """Planes of rows, what all numbers are multiplied by, and what is to be said of the reading."""

    planes: list[Plane]
    factor: Fraction = Fraction(1)
    notes: list[str] = field(default_factory=list)


def read_loose(
    text: str, *, one_row: bool = False, whole: bool = False, ask: bool = False
) -> Loose:
    """Read numbers that no brackets hold.

    >>> read_loose("1 2\\n3 4\\n/ 10")
    Loose(planes=[[[1, 2], [3, 4]]], factor=Fraction(1, 10), notes=[])
    >>> read_loose("0,5;1,5\\n2,5;3").planes
    [[[Fraction(1, 2), Fraction(3, 2)], [Fraction(5, 2), 3]]]

    one_row : whether the box holds one row, so that a column can mean nothing else
    whole : whether it holds whole numbers, so that no comma is a decimal one
    ask : whether to ask back even where one reading is much the likelier one
    """
    several = "\n" in text.strip()
    lines = [(n if several else 0, line) for n, line in enumerate(text.split("\n"), start=1)]
    lines, factor = _without_factor(lines)
    planes = _r_planes(lines) if any(_R_HEADING.fullmatch(t) for _, t in lines) else None
    if planes is None and _R_VECTOR.match(next((t for _, t in lines if t.strip()), "")):
        planes = [[(0, " ".join(_R_VECTOR.sub("", t, count=1) for _, t in lines))]]
    notes: list[str] = []
    if planes is None:
        planes = [_rows(plane, one_row, None if ask else notes) for plane in _planes(lines)]
    planes = [rows for rows in planes if rows]
    if not planes:
        raise NotationError(NO_NUMBERS)
    words = words_of([row for rows in planes for row in rows], one_row, whole)
    read, start = [], 0
    for rows in planes:
        numbers = [
            [exact(word, line) for word in row]
            for (line, _), row in zip(rows, words[start : start + len(rows)], strict=True)
        ]
        check_rows(numbers)
        read.append(numbers)
        start += len(rows)
    return Loose(read, factor, notes)


def _without_factor(lines: list[Line]) -> tuple[list[Line], Fraction]:
    """Take a first line `1/9 *` and a last line `/ 16` off, as what multiplies all numbers."""
    factor = Fraction(1)
    filled = [n for n, (_, line) in enumerate(lines) if line.strip()]
    if len(filled) > 1 and (first := _FACTOR_FIRST.fullmatch(lines[filled[0]][1])):
        factor *= _scalar(first[1])
        lines = lines[filled[0] + 1 :]
    filled = [n for n, (_, line) in enumerate(lines) if line.strip()]
    if len(filled) > 1 and (last := _FACTOR_LAST.fullmatch(lines[filled[-1]][1])):
        value = _scalar(last[2])
        if last[1] in "/÷":
            if value == 0:
                raise NotationError("Nothing can be divided by 0; write a divisor such as 16.")
            value = 1 / value
        factor *= value
        lines = lines[: filled[-1]]
    return lines, factor


def _scalar(text: str) -> Fraction:
    ((word,),) = words_of([(0, re.sub(r"\s*/\s*", "/", text))])
    return Fraction(exact(word))


def _planes(lines: Sequence[Line]) -> list[list[Line]]:
    """Planes are apart by `~`, an empty line, or a heading such as `K(:,:,2) =`."""
    planes: list[list[Line]] = [[]]
    for number, line in lines:
        if not line.strip() or _PLANE_NAME.fullmatch(line):
            if planes[-1]:
                planes.append([])
            continue
        if "~" not in line:
            planes[-1].append((number, line))
            continue
        first, *others = line.split("~")
        planes[-1].append((number, first))
        planes += [[(number, other)] for other in others if other.strip()]
    # `1 2 / 3 4 ; 5 6 / 7 8`: rows apart by strokes, so the semicolon parts planes.
    return [
        part
        for plane in planes
        for part in (_stroked(plane) if any(_stroke(line) for _, line in plane) else [plane])
    ]


def _stroke(line: str) -> bool:
    return bool(re.search(r"\s/\s", line))


def _stroked(plane: list[Line]) -> list[list[Line]]:
    parts: list[list[Line]] = [[]]
    for number, line in plane:
        first, *others = line.split(";")
        parts[-1] += _strokes(number, first)
        parts += [_strokes(number, other) for other in others]
    return parts


def _strokes(number: int, line: str) -> list[Line]:
    rows = [row.strip() for row in re.split(r"\s/\s", f" {line} ")]
    sizes = [len(row.split()) for row in rows if row]
    if sizes == [1, 1] and all(map(is_number, filter(None, rows))):
        top, bottom = filter(None, rows)
        raise AmbiguousError(
            f"{top} / {bottom}",
            [(f"{top}/{bottom}", "a fraction"), (f"[{top};{bottom}]", "two rows")],
            number,
        )
    if sizes[-1:] == [1] and max(sizes) > 1 and is_number(rows[-1]):
        raise NotationError(
            f"{quoted(f'/ {rows[-1]}', number)} can divide all numbers or the last one; put it on "
            "a line of its own to divide all, or write the fraction without spaces."
        )
    return [(number, row) for row in rows]


def _rows(plane: list[Line], one_row: bool, notes: list[str] | None) -> list[Line]:
    """The rows of one plane, their cells apart by spaces, tabs or commas."""
    if any("|" in line for _, line in plane):
        return _barred(plane)
    plane = [(n, line.strip().removesuffix(";")) for n, line in plane]
    rows = []
    for number, line in plane:
        if re.search(r"\S\t *\t", line):
            raise NotationError(
                f"There is an empty cell{f' in line {number}' if number else ''}, between two "
                "tabs; write 0, or take it out."
            )
        rows += [(number, row) for row in line.split("_")]
    if any(";" in line for _, line in rows):
        rows = _semicolons(rows, one_row, notes)
    return [(number, row) for number, row in rows if row.strip()]


def _barred(plane: list[Line]) -> list[Line]:
    """A Markdown table, or rows drawn with bars; a heading of words is not a row."""
    table = [
        (number, [cell.strip() for cell in line.strip().strip("|").split("|")])
        for number, line in plane
        if not _RULE.fullmatch(line)
    ]
    ruled = len(plane) > 1 and bool(_RULE.fullmatch(plane[1][1]))
    if ruled and table and not any(re.search(r"\d", cell) for cell in table[0][1]):
        table = table[1:]
    for number, cells in table:
        if "" in cells:
            raise NotationError(
                f"There is an empty cell{f' in line {number}' if number else ''} of the table; "
                "write 0, or take it out."
            )
    return [(number, "\t".join(cells)) for number, cells in table]


def _semicolons(rows: list[Line], one_row: bool, notes: list[str] | None) -> list[Line]:
    """Semicolons part cells, as in a spreadsheet's file, or rows, as in MATLAB.

    notes : takes a sentence on a reading that is only the likelier one; None asks instead
    """
    cells = [(number, [cell.strip() for cell in row.split(";")]) for number, row in rows]
    for number, parts in cells:
        if "" in parts:
            raise NotationError(
                f"There is an empty place{f' in line {number}' if number else ''} beside a "
                "semicolon; write 0, or leave the semicolon out."
            )
    as_cells = [(number, "\t".join(parts)) for number, parts in cells]
    as_rows = [(number, part) for number, parts in cells for part in parts]
    flat = [part for _, parts in cells for part in parts]
    if not all(is_number(part) or is_decimal_comma(part) for part in flat):
        return as_rows
    if one_row or len(cells) > 1:
        return as_cells
    whole = ";".join(flat)
    if not any("," in part for part in flat):
        listed = " ".join(flat)
        readings = [(listed, "one row"), (f"[{whole}]", "a column")]
        raise AmbiguousError(whole, readings, rows[0][0])
    if not all("," in part for part in flat) or any(re.search(r",0\d", part) for part in flat):
        return as_cells
    pointed = " ".join(part.replace(",", ".") for part in flat)
    listed = " / ".join(part.replace(",", " ") for part in flat)
    # 0,5;1,5 is how a spreadsheet writes decimals; 0,1;-1,0 may well be two rows.
    likely = any(re.match(r"[-+]?0,", part) for part in flat)
    if notes is not None and likely and not any(re.search(r",0+$", part) for part in flat):
        notes.append(
            f"{quoted(whole)} was read with decimal commas, as one row: {pointed[:60]}; write "
            f"{listed[:60]} for rows."
        )
        return as_cells
    raise AmbiguousError(whole, [(pointed, "one row"), (listed, "rows")], rows[0][0])


def _r_planes(lines: Sequence[Line]) -> list[list[Line]]:
    """A matrix as R prints it: headings [,1], labels [1,], wide ones in blocks of columns."""
    planes: list[list[Line]] = []
    place = None
    for number, line in lines:
        if not line.strip():
            continue
        if _PLANE_NAME.fullmatch(line):
            planes.append([])
        elif _R_HEADING.fullmatch(line):
            planes = planes or [[]]
            place = 0
        elif place is not None and _R_ROW.match(line):
            row = (number, _R_ROW.sub("", line))
            if place < len(planes[-1]):
                row = (planes[-1][place][0], f"{planes[-1][place][1]} {row[1]}")
                planes[-1][place] = row
            else:
                planes[-1].append(row)
            place += 1
        else:
            raise NotationError(
                f"{quoted(line.strip(), number)} does not belong to a matrix as R prints it; "
                "copy its headings and rows only."
            )
    return planes

"""Sizes and paddings as people type them: 224x180, (16, 112, 112), 2.3 for 2 before and 3 after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kernels.reading.boxes import read_row
from kernels.reading.faults import NotationError

_BY = re.compile(r"(?<=[\d)\]])\s*(?:[x×X*]|by|\\times|\\cdot)\s*(?=[\d(\[])")
"""What people write between sizes and no other numbers: 224x224, 224 × 224, 224 by 224."""
_AROUND = re.compile(r"^\s*\$+|\$+\s*$|\s*(?:px|pixels?|cells?)\s*$")
"""What stands around sizes and means nothing here: the dollars of LaTeX, a unit."""
_RUN = re.compile("[0-9]+")
_GROUPED = re.compile("[1-9][0-9]{0,2}(?:[,._'’ \u00a0\u202f][0-9]{3})+")
_THOUSANDS = re.compile("(?<=[0-9])[,_'’ \u00a0\u202f](?=0[0-9]{2}(?![0-9]))")
"""A mark before a group of digits that begins with 0, as no size does: 2,048."""
_PAIR = re.compile(r"[\[(]\s*([0-9]+)\s*[,; ]\s*([0-9]+)\s*[\])]")
_ENDS = re.compile(r"[0-9.]+")


def plain_sizes(text: str, most: int = 3) -> str | None:
    """Sizes as a link has them, from what people type and paste; None for anything else.

    >>> plain_sizes("(16, 112, 112)"), plain_sizes("224 × 180"), plain_sizes(" 224 ")
    ('16x112x112', '224x180', '224')
    >>> plain_sizes("big"), plain_sizes("2.5")
    (None, None)
    """
    try:
        sizes = read_row(_BY.sub(" ", _AROUND.sub("", text)), most=most, whole=True).exact
    except NotationError:
        return None
    return "x".join(map(str, sizes)) if all(size.denominator == 1 for size in sizes) else None


@dataclass(frozen=True)
class ReadSizes:
    """Sizes read from what somebody typed.

    sizes : as a link has them; None where they cannot be read, or in several ways
    readings : the ways in which they can be read, where that is not certain
    note : a sentence where the sizes differ from what was typed in more than form
    """

    sizes: str | None
    readings: tuple[str, ...] = ()
    note: str = ""


def read_sizes(text: str, most: int = 3) -> ReadSizes:
    """Read sizes, and ask where a mark may stand between sizes or set off thousands.

    >>> read_sizes("224 x 180").sizes, read_sizes("3, 3").sizes
    ('224x180', '3x3')
    >>> read_sizes("224,180").readings, read_sizes("1,024,768").readings
    (('224x180', '224180'), ('1024x768', '1024768'))
    >>> read_sizes("768,1,024").note
    '“768,1,024” is read as 768x1024.'
    >>> read_sizes("1,024").note, read_sizes("1 024").sizes, read_sizes("1_024").sizes
    ('“1,024” is read as 1024.', '1024', '1024')

    No size is written like 024, so a group that begins with 0 goes with what stands before it.

    most : how many sizes are taken
    """
    written = text.strip()
    if _GROUPED.fullmatch(written):
        found = _grouped(written)
        if found is not None:
            return found
    sizes = plain_sizes(_THOUSANDS.sub("", text), most)
    if sizes is not None and len(_RUN.findall(written)) > sizes.count("x") + 1:
        return ReadSizes(sizes, note=f"“{written}” is read as {sizes}.")
    return ReadSizes(sizes)


def _grouped(written: str) -> ReadSizes | None:
    """The readings of groups of three digits behind one mark; None for a list like any other."""
    groups, marks = _RUN.findall(written), set(_RUN.sub("", written))
    whole = "".join(groups)
    certain = ReadSizes(whole, note=f"“{written}” is read as {whole}.")
    parts = groups[:1]
    for group in groups[1:]:
        if group[0] == "0":
            parts[-1] += group
        else:
            parts.append(group)
    sizes = "x".join(parts)
    if marks == {"."}:
        return ReadSizes(None, (whole,))
    if not marks <= {",", " "} or sizes == whole:
        return certain
    if marks == {" "} and "0" not in {group[0] for group in groups[1:]}:
        return None  # a row of numbers
    return ReadSizes(None, (sizes, whole)) if len(groups) == 2 or len(parts) < 3 else None


def both_readings(text: str, readings: Sequence[str]) -> str:
    """The sentence on a text that can be read in several ways.

    >>> both_readings("224,180", ("224x180", "224180"))
    '“224,180” can be 224 × 180 or the one number 224180: write 224x180 or 224180.'
    >>> both_readings("1.024", ("1024",))
    '“1.024” is not a whole number of cells; write 1024 if that is meant.'
    """
    said = f"“{text.strip()}”"
    if len(readings) == 1:
        return f"{said} is not a whole number of cells; write {readings[0]} if that is meant."
    sizes, whole = readings
    return (
        f"{said} can be {sizes.replace('x', ' × ')} or the one number {whole}: write {sizes} or "
        f"{whole}."
    )


def plain_ends(text: str) -> str:
    """Cells at both ends of each axis as a link has them; what they are not stays as it is.

    >>> plain_ends("2.3 × 1"), plain_ends("(1, 2)"), plain_ends("'same'")
    ('2.3x1', '1x2', 'same')
    >>> plain_ends("((2, 3), (1, 1))")
    '2.3x1.1'
    """
    written = text.strip().lower().strip("'\"")
    pairs = _PAIR.findall(written)
    if len(pairs) > 1 and not set(_PAIR.sub("", written)) - set("[](), ;"):
        return "x".join(".".join(pair) for pair in pairs)
    # 2.3 is 2 before and 3 after: the dot is not a decimal point.
    between = set(_ENDS.sub("", written))
    return "x".join(_ENDS.findall(written)) if between <= set("x×*,; ()[]") else written

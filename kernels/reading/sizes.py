"""Sizes and paddings as people type them: 224x180, (16, 112, 112), 2.3 for 2 before and 3 after."""

from __future__ import annotations

import re

from kernels.reading.boxes import read_row
from kernels.reading.faults import NotationError

_BY = re.compile(r"(?<=[\d)\]])\s*[x×*]\s*(?=[\d(\[])")
"""What people write between sizes and no other numbers: 224x224, 224 × 224."""
_ENDS = re.compile(r"[0-9.]+")


def plain_sizes(text: str) -> str | None:
    """Sizes as a link has them, from what people type and paste; None for anything else.

    >>> plain_sizes("(16, 112, 112)"), plain_sizes("224 × 180"), plain_sizes(" 224 ")
    ('16x112x112', '224x180', '224')
    >>> plain_sizes("big"), plain_sizes("2.5")
    (None, None)
    """
    try:
        sizes = read_row(_BY.sub(" ", text), most=3, whole=True).exact
    except NotationError:
        return None
    return "x".join(map(str, sizes)) if all(size.denominator == 1 for size in sizes) else None


def commas_fault(text: str) -> str:
    """The sentence on commas that stand between sizes or mark thousands; empty for other texts.

    >>> commas_fault("224,180")
    '“224,180” can be 224 × 180 or the one number 224180: write 224x180 or 224180.'
    >>> commas_fault("big")
    ''
    """
    numbers = text.strip().split(",")
    if len(numbers) not in (2, 3) or not all(re.fullmatch("[0-9]{1,6}", n) for n in numbers):
        return ""
    whole = "".join(numbers)
    return (
        f"“{text.strip()}” can be {' × '.join(numbers)} or the one number {whole}: write "
        f"{'x'.join(numbers)} or {whole}."
    )


def plain_ends(text: str) -> str:
    """Cells at both ends of each axis as a link has them; what they are not stays as it is.

    >>> plain_ends("2.3 × 1"), plain_ends("(1, 2)"), plain_ends("'same'")
    ('2.3x1', '1x2', 'same')
    """
    written = text.strip().lower().strip("'\"")
    # 2.3 is 2 before and 3 after: the dot is no decimal one.
    between = set(_ENDS.sub("", written))
    return "x".join(_ENDS.findall(written)) if between <= set("x×*,; ()[]") else written

"""Where the panels of a board stand: in lines, as large as fits, side by side as in an equation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import ceil

WIDE, HIGH = 1200.0, 560.0
"""What a board should fit into, in its own units; where cells would be too small it grows."""

LARGEST, LEAST = 44, 18
"""The side of a cell."""

GAP, LABEL, TITLE, SIGN = 14.0, 19.0, 30.0, 56.0


@dataclass(frozen=True)
class Group:
    """Equal panels that belong together: how many, their size, and how wide their title is."""

    count: int
    rows: int
    columns: int
    least: float = 0.0
    together: int = 1


@dataclass(frozen=True)
class Placed:
    """Where a group's title and panels begin, and how large it is."""

    x: float
    y: float
    width: float
    height: float
    panels: tuple[tuple[float, float], ...]


def arranged(groups: Sequence[Group], x: float, y: float) -> tuple[float, tuple[Placed, ...]]:
    """The side of a cell, and each group's place; the first group begins at (x, y).

    >>> cell, (one, two) = arranged([Group(1, 5, 5), Group(1, 3, 3)], 0, 0)
    >>> cell, one.panels, two.x > one.width, two.y > one.y
    (44, ((0.0, 30.0),), True, True)
    """
    ways = [_lines(group) for group in groups]
    cell, lines = next(
        (
            (cell, best)
            for cell in range(LARGEST, LEAST - 1, -1)
            if (best := _fitting(groups, ways, cell)) is not None
        ),
        (LEAST, None),
    )
    if lines is None:
        lines = min(product(*ways), key=lambda lines: _excess(groups, lines, LEAST))
    sizes = [_size(group, n, cell) for group, n in zip(groups, lines, strict=True)]
    middle = max(height for _, height in sizes) / 2
    placed = []
    for group, n, (width, height) in zip(groups, lines, sizes, strict=True):
        top = y + middle - height / 2
        across = ceil(group.count / n)
        panels = tuple(
            (
                x + at % across * (group.columns * cell + GAP),
                top + TITLE + at // across * (group.rows * cell + _label(group) + GAP),
            )
            for at in range(group.count)
        )
        placed.append(Placed(x, top, width, height, panels))
        x += width + SIGN
    return cell, tuple(placed)


def _lines(group: Group) -> list[int]:
    each = [n for n in range(1, group.count + 1) if ceil(group.count / n) % group.together == 0]
    return each or [1]


def _label(group: Group) -> float:
    return LABEL if group.count > 1 else 0.0


def _size(group: Group, lines: int, cell: float) -> tuple[float, float]:
    across = ceil(group.count / lines)
    width = across * group.columns * cell + (across - 1) * GAP
    high = lines * (group.rows * cell + _label(group)) + (lines - 1) * GAP
    return max(width, group.least), TITLE + (high if group.count else 0.0)


def _excess(groups: Sequence[Group], lines: Sequence[int], cell: float) -> float:
    """How much too large it is, as a factor; at most 1 where it fits."""
    sizes = [_size(group, n, cell) for group, n in zip(groups, lines, strict=True)]
    width = sum(width for width, _ in sizes) + SIGN * (len(sizes) - 1)
    return max(width / WIDE, max(height for _, height in sizes) / HIGH)


def _fitting(
    groups: Sequence[Group], ways: Sequence[Sequence[int]], cell: float
) -> tuple[int, ...] | None:
    best = min(product(*ways), key=lambda lines: _excess(groups, lines, cell))
    return best if _excess(groups, best, cell) <= 1 else None

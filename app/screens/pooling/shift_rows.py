"""A row of numbers before and after a move, with its poolings below, each under its own window."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import numpy as np

from app.components.palette import ROLES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.pictures.display import number
from kernels.pictures.shift import ShiftTest
from lessons.views.pooling_shift import Shift

_STYLE = Path(__file__).with_name("shift_rows.css").read_text(encoding="utf-8")
_COLOURS = "".join(
    f"--{role}:light-dark({ROLES[role].light},{ROLES[role].dark});" for role in ("input", "output")
)
NAMES = {kind: f"{POOL_KINDS[kind].title} pooling" for kind in ("max", "avg")}
"""The poolings that a shift test compares."""


def shift_rows(
    tests: Mapping[str, ShiftTest], shift: Shift, *, hidden: bool = False, present: bool = False
) -> str:
    """The HTML of the rows; what changed is outlined and bold, and said to screen readers.

    Parameters
    ----------
    tests : by kind of pooling, on one row of one channel
    shift : what was done
    hidden : show ? in place of what the poolings make of the moved row
    """
    first = next(iter(tests.values())).input
    axis = shift.pool("max").axes((1, first.before.size))[1]
    # An output stands under the middle of its window, so a column is half a cell.
    under = [2 * origin + axis.effective_kernel - 1 for origin in axis.origins]
    over = [2 * n for n in range(first.before.size)]
    groups = [_group("Input", "input", first.before, first.after, first.changed, over, False)]
    groups += [
        _group(NAMES[kind], "output", *test.output, under, hidden) for kind, test in tests.items()
    ]
    columns = max(*under, *over) + 3
    arrays = [first.before, first.after]
    arrays += [part for test in tests.values() for part in (test.output.before, test.output.after)]
    letters = max(len(_text(value)) for array in arrays for value in array.ravel())
    size = " large" if present else ""
    return (
        f"<style>.shiftrows{{{_COLOURS}--columns:{columns};--letters:{letters}}}{_STYLE}</style>"
        f'<div class="shiftrows{size}">{"".join(groups)}</div>'
    )


def _group(
    name: str,
    role: str,
    before: np.ndarray,
    after: np.ndarray,
    changed: np.ndarray,
    places: list[int],
    hidden: bool,
) -> str:
    changes = changed.ravel()
    count = int(changes.sum())
    said = "?" if hidden else f"{count} of {changes.size} changed"
    lines = (
        _line("before", before.ravel(), np.zeros_like(changes), places, False),
        _line("after", after.ravel(), changes, places, hidden),
    )
    heading = f"<h2>{escape(name)}<span>{said}</span></h2>"
    return f'<section class="{role}">{heading}{"".join(lines)}</section>'


def _line(
    name: str, values: np.ndarray, changes: np.ndarray, places: list[int], hidden: bool
) -> str:
    cells = []
    for value, change, place in zip(values, changes, places, strict=True):
        text = "?" if hidden else _text(value)
        state = ' class="changed"' if change and not hidden else ""
        spoken = ' <i class="spoken">changed</i>' if change and not hidden else ""
        exact = "" if hidden or "≈" not in text else f' title="{float(value)!r}"'
        cells.append(
            f'<span{state}{exact} style="grid-column:{place + 2}/span 2">{text}{spoken}</span>'
        )
    return f'<div class="line"><b>{name}</b><div class="cells">{"".join(cells)}</div></div>'


def _text(value: float) -> str:
    """A cell's number, with ≈ where it is rounded.

    >>> _text(0.25), _text(1 / 3), _text(-np.inf)
    ('0.25', '≈0.33', '−∞')
    """
    if not np.isfinite(value):
        return "−∞"
    text = number(float(value))
    shown = float(text.replace("−", "-").replace(",", ""))
    return text if np.isclose(shown, value, rtol=1e-9, atol=0) else f"≈{text}"

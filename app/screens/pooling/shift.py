"""The shift test: how much of an input changes when it moves, and how much of its pooling."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.components.gallery import Row, Tile, gallery
from app.page.page import Page
from app.pictures.png import png_of
from app.screens.pooling.shift_rows import NAMES, shift_rows
from app.screens.pooling.state import hidden as is_hidden
from app.screens.pooling.state import reveal
from kernels.pictures.display import DISPLAYS, Measured, number
from kernels.pictures.images import shrink_to, to_grey
from kernels.pictures.shift import Change, ShiftTest, framed, shift_row, shift_test
from lessons.places import place_words
from lessons.views.pooling import PoolingView
from lessons.views.pooling_shift import MAX_SHIFT, Shift

ROOM = 420


def draw_shift(page: Page[PoolingView], view: PoolingView, present: bool) -> None:
    """Draw input and outputs before and after the move, and count what changed."""
    before, after = _inputs(view)
    tests = {
        kind: shift_test(before, after, view.shift.pool(kind), view.shift.steps) for kind in NAMES
    }
    hidden = is_hidden(page, view)
    if view.shift.on == "row":
        rows, words = st.columns([6, 5], gap="medium")
        rows.html(shift_rows(tests, view.shift, hidden=hidden, present=present))
        with words:
            _render_words(page, tests, view.shift, hidden=hidden, present=present)
    else:
        _render_changes(page, tests, hidden=hidden, present=present)
        _render_words(page, tests, view.shift, hidden=hidden, present=present)
        _render_photographs(page, tests["max"].input, present=present)


def _render_words(
    page: Page[PoolingView],
    tests: dict[str, ShiftTest],
    shift: Shift,
    *,
    hidden: bool,
    present: bool,
) -> None:
    if hidden:
        padded = ", half a window padded" if shift.padded else ""
        way = f"{shift.by} pixel{'' if shift.by == 1 else 's'} {_way(shift.to)}"
        with page.styled("spoken"):
            st.markdown(
                f"Window {shift.window}, stride {shift.stride}{padded}; moved {way}. "
                "How much of each pooling changes?"
            )
        st.button(
            "Reveal",
            key=page.key("reveal"),
            shortcut="Enter",
            on_click=page.callback(reveal),
            help="How much of each pooling will change? Guess first.",
        )
        return
    with page.styled("spoken"):
        # What the two words mean is said aloud before a class.
        said = shift_sentences(tests, shift)
        for sentence in said[:-1] if present else said:
            st.markdown(sentence)


def shift_sentences(tests: dict[str, ShiftTest], shift: Shift) -> list[str]:
    """The counts, what a move back makes of them, and the two words in a sentence each."""
    moved = tests["max"].input
    way = f"{shift.by} pixel{'' if shift.by == 1 else 's'} {_way(shift.to)}"
    said = [f"**Moved {way}**, {_counted(moved)} of the input changed."]
    for kind, name in NAMES.items():
        test = tests[kind]
        said.append(f"**{name}**: {_counted(test.output)} changed. {_moved_back(test, shift)}")
    said.append(
        "**Equivariant** means: when the input moves, the output moves with it. **Invariant** "
        "means: when the input moves, the output stays as it is. Pooling is invariant only to "
        "moves that leave each window's result alone, and equivariant only to moves by whole "
        "strides."
    )
    return said


def _inputs(view: PoolingView) -> tuple[np.ndarray, np.ndarray]:
    shift = view.shift
    if shift.on == "row":
        row = np.array([[shift.row]])
        return row, shift_row(row, shift.steps[1], shift.enters)
    planes = to_grey(view.picture.pixels())[None].astype(np.float32)
    return framed(planes, (0, 0), MAX_SHIFT), framed(planes, shift.steps, MAX_SHIFT)


def _render_photographs(page: Page[PoolingView], change: Change, *, present: bool) -> None:
    seen = [
        _picture("Before", "before", change.before, "input"),
        _picture("After the move", "after", change.after, "input"),
    ]
    row = Row("The photograph and the same one moved", seen)
    gallery([row], columns=3, present=present, key=page.key("maps_seen"))


def _render_changes(
    page: Page[PoolingView], tests: dict[str, ShiftTest], *, hidden: bool, present: bool
) -> None:
    moved = tests["max"].input
    # One scale for all, so that a stronger change looks stronger.
    measured = Measured.of(moved.difference)
    changes = [_difference("Change of the input", "input", moved, "input", measured)]
    if not hidden:
        changes += [
            _difference(
                f"Change after {name.lower()}", kind, tests[kind].output, "output", measured
            )
            for kind, name in NAMES.items()
        ]
    note = (
        "After minus before, on one scale: mid grey means no change, black and white the input's "
        f"largest, {number(moved.largest[0])}. The photograph itself comes in at the edge."
    )
    gallery(
        [Row("What changed", changes, note)],
        columns=3,
        present=present,
        key=page.key("maps_changes"),
    )


def _picture(title: str, name: str, values: np.ndarray, role: str) -> Tile:
    pixels = DISPLAYS["clip"](values).pixels
    height, width = values.shape[1:]
    return Tile(name, title, png_of(shrink_to(pixels, ROOM, ROOM)), (height, width),
                (f"{height} × {width}",), role=role)  # fmt: skip


def _difference(title: str, name: str, change: Change, role: str, measured: Measured) -> Tile:
    difference = change.difference
    shown = DISPLAYS["signed"](difference, measured)
    most, (_, row, column) = change.largest
    facts = (
        f"{_counted(change)} changed",
        f"Mean change over all of them: {number(change.mean)}",
        f"Largest change: {number(most)} at {place_words((row, column))}",
    )
    pixels = png_of(shrink_to(shown.pixels, ROOM, ROOM))
    mark = (row, column) if most else None
    return Tile(f"change {name}", title, pixels, difference.shape[1:], facts, mark=mark,
                mark_note=number(most) if most else "", role=role)  # fmt: skip


def _counted(change: Change) -> str:
    return f"{change.count:,} of {change.changed.size:,} numbers ({_percent(change)})"


def _percent(change: Change) -> str:
    """Whole percent, but never 100 while one number stayed, nor 0 while one changed."""
    if change.count == change.changed.size:
        return "all"
    percent = 100 * change.share
    return f"{percent:.0f} %" if 1 <= percent <= 99 else f"{number(percent)} %"


def _moved_back(test: ShiftTest, shift: Shift) -> str:
    if not shift.by:
        return ""
    if not test.output.count:
        return "The output stayed as it was (invariant to this move)."
    if test.steps is None:
        return (
            f"A move by {shift.by} is not a whole number of strides of {shift.stride}, so no move "
            "of the output makes up for it: neither invariant nor equivariant."
        )
    if test.moved_back is None:
        return "The output has moved away as a whole."
    cells = max(map(abs, test.steps))
    back = test.moved_back
    if back.count == 0:
        return (
            f"Moved back by {cells}, the {back.changed.size:,} outputs that both share are the "
            "same: it moved with the input (equivariant)."
        )
    return (
        f"Moved back by {cells}, {back.count:,} of the {back.changed.size:,} outputs that both "
        "share still differ: at the ends, where numbers come in or go."
    )


def _way(to: str) -> str:
    return to if to in ("up", "down") else f"to the {to}"

"""Controls that several pages have, with their words: a number for each axis, the step, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.page.page import Page
from app.page.plain import show_error
from kernels import Scene
from kernels.scene.axes import NAMES
from kernels.scene.limits import MAX_INPUT
from lessons.views.sizes_facts import sizes_link

PREDICT_HELP = (
    "Results are hidden. Work the next one out, then press Enter, or Reveal below the picture, "
    "to see it."
)


def example_list(page: Page[Any], titles: Mapping[str, str]) -> None:
    """The ready layers by their titles; none is chosen when the settings are the learner's own."""
    st.selectbox(
        "Example",
        list(titles),
        format_func=titles.get,
        index=None,
        placeholder="Your own",
        key=page.key("example"),
    )


def number_pair(page: Page[Any], label: str, name: str, bounds: list[tuple[int, int]]) -> None:
    """One box for the rows and one for the columns, or one for a layer of one axis.

    Those of a video have one for its frames before them.
    """
    words = ("in time", "down", "across") if name == "stride" else NAMES[3]
    words = words[-len(bounds) :]
    frames = st.columns(2)[:1] if len(bounds) > 2 else []
    columns = [*frames, *st.columns(2)]
    for axis, (column, (least, most)) in enumerate(zip(columns, bounds, strict=False)):
        title = f"{label} {words[axis]}" if len(bounds) > 1 else label
        column.number_input(title, least, most, key=page.key(f"{name}_{axis}"))


def larger_sizes(page: Page[Any], scene: Scene, most: int = MAX_INPUT) -> None:
    """Say why real pictures do not fit here, with a button to the page that takes them.

    A page drawn in another place, such as a step of a lesson, has no such button.
    """
    if page.controls is not None:
        return
    st.caption(f"At most {most} on a side, as every cell is drawn and must be readable.")
    st.button(
        "Real sizes, such as 224",
        key=page.key("larger"),
        on_click=page.callback(_to_sizes, sizes_link(scene)),
    )


def _to_sizes(page: Page[Any], link: Mapping[str, str]) -> None:
    page.go_to("sizes", link)


def step_box(page: Page[Any], scene: Scene) -> None:
    """The stage's step as a native box: its twin for keyboards and screen readers."""
    st.number_input(
        "Step (counted from 0)",
        0,
        scene.steps - 1,
        key=page.key("step"),
        help="Which output number is shown, row by row, channel by channel.",
    )


def numbers_box(page: Page[Any], name: str, title: str, meaning: str = "", high: int = 180) -> None:
    """Numbers as text, to type or paste, and a sentence below where they cannot be read."""
    st.text_area(
        f"{title} numbers",
        key=page.key(name),
        height=high,
        help="One row a line, numbers apart by spaces; an empty line between channels"
        + (meaning or "."),
    )
    if fault := page.fault(name):
        show_error(fault)


def predict_toggle(page: Page[Any], meaning: str = PREDICT_HELP) -> None:
    """Whether results stay hidden until they are asked for."""
    st.toggle("Predict, then reveal", key=page.key("predict"), help=meaning)

"""The Pooling page's controls: one set for each of its looks."""

from __future__ import annotations

import streamlit as st

from app.page.plain import show_error
from app.pictures.any_picture import picture_titles
from app.pictures.samples import SAMPLES
from app.screens.pooling import state
from app.screens.pooling.view import (
    DIRECTIONS,
    MAX_CHANNELS,
    MAX_SHIFT,
    MAX_STRIDE,
    MAX_TIMES,
    MAX_WINDOW,
    POOLS,
    READY,
    PoolingView,
)
from app.screens.sliding_window.controls import (
    PREDICT_HELP,
    dilation_bounds,
    input_bounds,
    kernel_bounds,
    number_pair,
    padding_bounds,
)
from kernels.layers.pool_kinds import POOL_KINDS, takes_norm
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from kernels.scene.settle import LEAST_POWER, MOST_POWER
from kernels.scene.settle import MAX_STRIDE as WIDEST_STRIDE

KIND_NAMES = {kind: row.title for kind, row in POOL_KINDS.items()}
_MARKED = [row for row in POOL_KINDS.values() if row.sign]
SIGNS = ", ".join(
    f"{row.sign} {'marks ' if row is _MARKED[0] else ''}{row.decides}" for row in _MARKED
)
POOL_NAMES = {"2x2": "2 × 2, stride 2", "3x3": "3 × 3, stride 2: they overlap"}


def render_numbers_controls(view: PoolingView) -> None:
    """Controls of the window over numbers."""
    scene = view.scene
    st.selectbox(
        "Example",
        list(POOLING_EXAMPLES),
        format_func=lambda name: POOLING_EXAMPLES[name].title,
        index=None,
        placeholder="Your own",
        key="pooling_example",
    )
    st.pills(
        "Pool by",
        list(KIND_NAMES),
        selection_mode="multi",
        format_func=KIND_NAMES.get,
        key="pooling_kinds",
        help=f"Each is worked out on the same window. {SIGNS}.",
    )
    if any(map(takes_norm, view.kinds)):
        st.number_input(
            "Lp's power p", LEAST_POWER, MOST_POWER, key="pooling_p", step=0.5, format="%g"
        )
    rows, columns = scene.axes
    number_pair(
        "Input", "size", [input_bounds(scene, axis) for axis in (rows, columns)], "pooling_"
    )
    number_pair("Window", "kernel", kernel_bounds(scene), "pooling_")
    number_pair("Stride", "stride", [(1, WIDEST_STRIDE)] * 2, "pooling_")
    number_pair(
        "Padding", "padding", [padding_bounds(scene, axis) for axis in scene.axes], "pooling_"
    )
    # What is folded away is not computed: `open` is known on the server.
    more = st.expander("Rounding, divisor, channels", key="pooling_more", on_change="rerun")
    if more.open:
        with more:
            _render_rules(view)
    st.toggle("Predict, then reveal", key="pooling_predict", help=PREDICT_HELP)


def _render_rules(view: PoolingView) -> None:
    st.toggle(
        "Round up (ceil_mode)", key="pooling_ceil", help="A last window may hang over the end."
    )
    if any(POOL_KINDS[kind].takes_divisor for kind in view.kinds):
        st.toggle(
            "Count padding cells",
            key="pooling_countpad",
            help="count_include_pad: whether padding cells count in the average's divisor.",
        )
    number_pair("Dilation", "dilation", dilation_bounds(view.scene), "pooling_")
    st.number_input("Channels", 1, MAX_CHANNELS, key="pooling_cin")


def render_input(view: PoolingView) -> None:
    """The input as a plain box, to type, paste or draw at random, and the step as one."""
    st.number_input("Step (counted from 0)", 0, view.scene.steps - 1, key="pooling_step")
    st.text_area(
        "Input numbers",
        key="pooling_x_text",
        height=180,
        help="One row a line, numbers apart by spaces; an empty line between channels.",
    )
    if error := state.PAGE.fault("x_text"):
        show_error(error)
    st.button("Random input", key="pooling_random", on_click=state.randomise)


def numbers_facts(view: PoolingView) -> list[str]:
    """What is said below the stage: parameters, channels, and what padding is taken for."""
    channels = view.scene.channels
    many = "s" if channels > 1 else ""
    facts = [
        "**0 parameters**: nothing is learned, because each number follows from its window alone.",
        f"**{channels} channel{many} in, {channels} channel{many} out**: each channel is pooled "
        "by itself.",
    ]
    if any(axis.before or axis.after for axis in view.scene.axes):
        cells = "; ".join(
            f"{KIND_NAMES[kind]}: {_padding_cells(view, kind)}" for kind in view.kinds
        )
        facts.append(f"**Padding cells hold** {cells}.")
    return facts


def _padding_cells(view: PoolingView, kind: str) -> str:
    row = POOL_KINDS[kind]
    if not row.takes_divisor:
        return row.padding_words.replace(":", ",")
    counted = "counted" if view.scene.layer.count_include_pad else "not counted"
    return f"{row.padding_words}, {counted} in the divisor"


def render_photo_controls() -> None:
    """Controls of the pooled photograph."""
    _render_picture()
    st.selectbox("Pooling", list(POOLS), format_func=POOL_NAMES.get, key="pooling_pool")
    st.number_input("Repeated", 1, MAX_TIMES, key="pooling_times")
    st.toggle(
        "Enlarged",
        key="pooling_large",
        help="All maps as wide as each other, so that single pixels show. Off: all at one scale, "
        "so that the maps shrink.",
    )


def render_shift_controls(view: PoolingView) -> None:
    """Controls of the shift test."""
    st.segmented_control(
        "On",
        ["row", "photo"],
        format_func={"row": "A row", "photo": "Photograph"}.get,
        required=True,
        key="pooling_on",
    )
    row = view.shift.on == "row"
    ready = READY[view.shift.on]
    st.selectbox(
        "Example",
        list(ready),
        format_func=lambda name: ready[name].title,
        index=None,
        placeholder="Your own",
        key="pooling_ready",
    )
    if row:
        st.text_input("Row of numbers", key="pooling_row")
    else:
        _render_picture()
    shift, to = st.columns([2, 3])
    shift.number_input("Move by", 0, MAX_SHIFT, key="pooling_by")
    to.selectbox("to the", list(DIRECTIONS)[: 2 if row else 4], key="pooling_to")
    if row:
        st.text_input("Comes in at the end", key="pooling_enters")
        if error := state.PAGE.fault("row"):
            show_error(error)
    window, stride = st.columns(2)
    longest = min(MAX_WINDOW, len(view.shift.row)) if row else MAX_WINDOW
    window.number_input("Window", 1, longest, key="pooling_window")
    stride.number_input("Stride", 1, MAX_STRIDE, key="pooling_every")
    if row:
        st.toggle(
            "Pad half a window",
            key="pooling_pad",
            help="At both ends. Padding never is the largest number; the average leaves it out.",
        )
    st.toggle("Predict, then reveal", key="pooling_predict", help="The counts are hidden first.")


def _render_picture() -> None:
    titles = picture_titles(tuple(SAMPLES))
    st.selectbox("Picture", list(titles), format_func=titles.get, key="pooling_picture")

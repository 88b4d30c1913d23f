"""The Pooling page's controls: one set for each of its looks."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

import streamlit as st

from app.page.layer_controls import (
    example_list,
    larger_sizes,
    number_pair,
    numbers_box,
    predict_toggle,
    step_box,
)
from app.page.page import Page
from app.page.plain import show_error
from app.page.workbench import draw_folded, draw_offered, draw_side_by_side
from app.pictures.any_picture import catalogue
from app.screens.pooling.state import MORE_DRAWER, SIZES_DRAWER, randomise
from kernels.layers.pool_kinds import POOL_KINDS, takes_norm
from kernels.scene.limits import LEAST_POWER, MAX_STRIDE, MOST_POWER
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from lessons.views.pictures import titles
from lessons.views.pooling import MAX_CHANNELS, MAX_TIMES, POOLS, PoolingView
from lessons.views.pooling_shift import DIRECTIONS, MAX_SHIFT, MAX_WINDOW, READY
from lessons.views.pooling_shift import MAX_STRIDE as LONGEST_STRIDE
from lessons.views.sliding_window import (
    dilation_bounds,
    input_bounds,
    kernel_bounds,
    padding_bounds,
)

KIND_NAMES = {kind: row.title for kind, row in POOL_KINDS.items()}
_MARKED = [row for row in POOL_KINDS.values() if row.sign]
SIGNS = ", ".join(
    f"{row.sign} {'marks ' if row is _MARKED[0] else ''}{row.decides}" for row in _MARKED
)
POOL_NAMES = {"2x2": "2 × 2, stride 2", "3x3": "3 × 3, stride 2: they overlap"}
PoolingPage = Page[PoolingView]


def draw_numbers_controls(page: PoolingPage, view: PoolingView) -> None:
    """Controls of the window over numbers."""
    draw_offered(page, view, NUMBERS)
    sizes, rules = (partial(draw_offered, page, view, part) for part in (SIZES, RULES))
    draw_folded(page, SIZES_DRAWER, "Sizes and padding", sizes)
    draw_folded(page, MORE_DRAWER, "Rounding, divisor", rules)
    draw_offered(page, view, PREDICT)


def draw_input(page: PoolingPage, view: PoolingView) -> None:
    """The input as a plain box, to type, paste or draw at random, and the step as one."""
    draw_offered(page, view, {"step": _step, "x_text": _text})


INPUT = ("step", "x_text")
"""The boxes of `draw_input`."""


def _step(page: PoolingPage, view: PoolingView) -> None:
    step_box(page, view.scene)


def _text(page: PoolingPage, _view: PoolingView) -> None:
    numbers_box(page, "x_text", "Input")
    st.button("Random input", key=page.key("random"), on_click=page.callback(randomise))


def draw_photo_controls(page: PoolingPage, view: PoolingView) -> None:
    """Controls of the pooled photograph."""
    draw_offered(page, view, PHOTO)


def draw_shift_controls(page: PoolingPage, view: PoolingView) -> None:
    """Controls of the shift test."""
    draw_offered(page, view, SHIFT)
    draw_side_by_side(page, view, MOVE, (2, 3))
    if view.shift.on == "row" and page.offers("row"):
        st.text_input("Comes in at the end", key=page.key("enters"))
        if fault := page.fault("row"):
            show_error(fault)
    draw_side_by_side(page, view, SHIFT_POOLING)
    draw_offered(page, view, AFTER_SHIFT)


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


def _example(page: PoolingPage, _view: PoolingView) -> None:
    example_list(page, {name: row.title for name, row in POOLING_EXAMPLES.items()})


def _kinds(page: PoolingPage, _view: PoolingView) -> None:
    st.pills(
        "Pool by",
        list(KIND_NAMES),
        selection_mode="multi",
        format_func=KIND_NAMES.get,
        key=page.key("kinds"),
        help=f"Each is worked out on the same window. {SIGNS}.",
    )


def _power(page: PoolingPage, view: PoolingView) -> None:
    if any(map(takes_norm, view.kinds)):
        st.number_input(
            "Lp's power p", LEAST_POWER, MOST_POWER, key=page.key("p"), step=0.5, format="%g"
        )


def _size(page: PoolingPage, view: PoolingView) -> None:
    scene = view.scene
    number_pair(page, "Input", "size", [input_bounds(scene, axis) for axis in scene.axes])
    larger_sizes(page, scene)


def _kernel(page: PoolingPage, view: PoolingView) -> None:
    number_pair(page, "Window", "kernel", kernel_bounds(view.scene))


def _stride(page: PoolingPage, _view: PoolingView) -> None:
    number_pair(page, "Stride", "stride", [(1, MAX_STRIDE)] * 2)


def _padding(page: PoolingPage, view: PoolingView) -> None:
    scene = view.scene
    number_pair(page, "Padding", "padding", [padding_bounds(scene, axis) for axis in scene.axes])


def _ceil(page: PoolingPage, _view: PoolingView) -> None:
    meaning = "A last window may hang over the end."
    st.toggle("Round up (ceil_mode)", key=page.key("ceil"), help=meaning)


def _count_padding(page: PoolingPage, view: PoolingView) -> None:
    if any(POOL_KINDS[kind].takes_divisor for kind in view.kinds):
        st.toggle(
            "Count padding cells",
            key=page.key("countpad"),
            help="count_include_pad: whether padding cells count in the average's divisor.",
        )


def _dilation(page: PoolingPage, view: PoolingView) -> None:
    number_pair(page, "Dilation", "dilation", dilation_bounds(view.scene))


def _channels(page: PoolingPage, _view: PoolingView) -> None:
    st.number_input("Channels", 1, MAX_CHANNELS, key=page.key("cin"))


def _predict(page: PoolingPage, _view: PoolingView) -> None:
    predict_toggle(page)


def _predict_counts(page: PoolingPage, _view: PoolingView) -> None:
    predict_toggle(page, "The counts are hidden first.")


def _picture(page: PoolingPage, _view: PoolingView) -> None:
    names = titles(catalogue())
    st.selectbox("Picture", list(names), format_func=names.get, key=page.key("picture"))


def _pool(page: PoolingPage, _view: PoolingView) -> None:
    st.selectbox("Pooling", list(POOLS), format_func=POOL_NAMES.get, key=page.key("pool"))


def _times(page: PoolingPage, _view: PoolingView) -> None:
    st.number_input("Repeated", 1, MAX_TIMES, key=page.key("times"))


def _large(page: PoolingPage, _view: PoolingView) -> None:
    st.toggle(
        "Enlarged",
        key=page.key("large"),
        help="All maps as wide as each other, so that single pixels show. Off: all at one scale, "
        "so that the maps shrink.",
    )


def _on(page: PoolingPage, _view: PoolingView) -> None:
    st.segmented_control(
        "On",
        ["row", "photo"],
        format_func={"row": "A row", "photo": "Photograph"}.get,
        required=True,
        key=page.key("on"),
    )


def _ready(page: PoolingPage, view: PoolingView) -> None:
    ready = READY[view.shift.on]
    st.selectbox(
        "Example",
        list(ready),
        format_func=lambda name: ready[name].title,
        index=None,
        placeholder="Your own",
        key=page.key("ready"),
    )


def _row(page: PoolingPage, view: PoolingView) -> None:
    if view.shift.on == "row":
        st.text_input("Row of numbers", key=page.key("row"))


def _shifted_picture(page: PoolingPage, view: PoolingView) -> None:
    if view.shift.on == "photo":
        _picture(page, view)


def _by(page: PoolingPage, _view: PoolingView) -> None:
    st.number_input("Move by", 0, MAX_SHIFT, key=page.key("by"))


def _to(page: PoolingPage, view: PoolingView) -> None:
    directions = list(DIRECTIONS)[: 2 if view.shift.on == "row" else 4]
    st.selectbox("to the", directions, key=page.key("to"))


def _window(page: PoolingPage, view: PoolingView) -> None:
    shift = view.shift
    longest = min(MAX_WINDOW, len(shift.row)) if shift.on == "row" else MAX_WINDOW
    st.number_input("Window", 1, longest, key=page.key("window"))


def _every(page: PoolingPage, _view: PoolingView) -> None:
    st.number_input("Stride", 1, LONGEST_STRIDE, key=page.key("every"))


def _pad(page: PoolingPage, view: PoolingView) -> None:
    if view.shift.on == "row":
        st.toggle(
            "Pad half a window",
            key=page.key("pad"),
            help="At both ends. Padding never is the largest number; the average leaves it out.",
        )


NUMBERS = MappingProxyType(
    {
        "example": _example,
        "kinds": _kinds,
        "p": _power,
    }
)
SIZES = MappingProxyType(
    {
        "size": _size,
        "kernel": _kernel,
        "stride": _stride,
        "padding": _padding,
        "dilation": _dilation,
    }
)
RULES = MappingProxyType({"ceil": _ceil, "countpad": _count_padding, "cin": _channels})
PREDICT = MappingProxyType({"predict": _predict})
LIVE = MappingProxyType({"example": _example, "predict": _predict})
PHOTO = MappingProxyType({"picture": _picture, "pool": _pool, "times": _times, "large": _large})
SHIFT = MappingProxyType({"on": _on, "ready": _ready, "row": _row, "picture": _shifted_picture})
MOVE = MappingProxyType({"by": _by, "to": _to})
SHIFT_POOLING = MappingProxyType({"window": _window, "every": _every})
AFTER_SHIFT = MappingProxyType({"pad": _pad, "predict": _predict_counts})

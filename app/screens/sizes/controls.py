"""The Sizes page's controls: a layer's settings as people write them."""

from __future__ import annotations

from types import MappingProxyType

import streamlit as st

from app.page.layer_controls import example_list
from app.page.page import Page
from app.page.plain import show_error
from app.page.workbench import draw_folded, draw_offered, draw_side_by_side
from app.screens.sizes.state import undo
from kernels import ConvTransposeSpec, PoolSpec, output_size
from kernels.layers.conventions import CONVENTIONS
from kernels.scene.limits import legal_groups
from lessons.views.sizes import MOST, MOST_BATCH, MOST_TIMES, SizesView
from lessons.views.sizes_examples import EXAMPLES
from lessons.views.sizes_facts import stage_link
from lessons.views.sizes_typed import Reading, readings

OPS = {"conv": "Convolution", "transposed": "Transposed", "max": "Max", "avg": "Average"}
RANKS = {1: "1-D", 2: "2-D", 3: "3-D"}
SizesPage = Page[SizesView]


def draw_controls(page: SizesPage, view: SizesView) -> None:
    """Every setting of the layer; the rare ones fold away."""
    draw_offered(page, view, FIRST)
    draw_side_by_side(page, view, WINDOW)
    draw_side_by_side(page, view, MOVES)
    draw_folded(page, "more", "Dilation, groups, bias, batch", lambda: _draw_more(page, view))
    draw_offered(page, view, LAST)


def draw_solver_controls(page: SizesPage, view: SizesView) -> None:
    """From which size to which."""
    draw_offered(page, view, {"op": _op, "size": _size, "want": _want, "dilation": _dilation})


def draw_stack_controls(page: SizesPage, view: SizesView) -> None:
    """The layer, and how often it is stacked on itself."""
    draw_offered(page, view, {"times": _times})
    draw_controls(page, view)


def _draw_more(page: SizesPage, view: SizesView) -> None:
    draw_offered(page, view, MORE)


def _text(page: SizesPage, name: str, label: str, meaning: str = "") -> None:
    st.text_input(label, key=page.key(name), help=meaning or None)
    if not (fault := page.fault(name)):
        return
    show_error(fault)
    for reading in readings(name, st.session_state[page.key(name)], page.view()):
        st.button(
            reading.label,
            key=page.key(f"{name}_{'_'.join(reading.settings.values())}"),
            on_click=page.callback(_take, name, reading),
        )


def _take(page: SizesPage, name: str, reading: Reading) -> None:
    """Read a box's text in the way that was chosen."""
    page.forgive(name)
    page.change(**reading.settings)


def _example(page: SizesPage, _view: SizesView) -> None:
    example_list(page, {name: row.title for name, row in EXAMPLES.items()})


def _op(page: SizesPage, _view: SizesView) -> None:
    st.segmented_control(
        "Layer", list(OPS), format_func=OPS.get, required=True, key=page.key("op"), wrap=True
    )


def _rank(page: SizesPage, _view: SizesView) -> None:
    st.segmented_control(
        "Axes", list(RANKS), format_func=RANKS.get, required=True, key=page.key("rank")
    )


def _size(page: SizesPage, view: SizesView) -> None:
    names = {1: "length", 2: "height × width", 3: "depth × height × width"}
    _text(page, "size", f"Input {names[view.rank]}", "224, 224x180 or 16x112x112")


def _channels(page: SizesPage, view: SizesView) -> None:
    columns = st.columns(2)
    columns[0].number_input("Channels in", 1, MOST, key=page.key("cin"))
    if not isinstance(view.layer, PoolSpec) and page.offers("cout"):
        columns[1].number_input("Channels out", 1, MOST, key=page.key("cout"))


def _kernel(page: SizesPage, view: SizesView) -> None:
    _text(page, "kernel", "Window" if isinstance(view.layer, PoolSpec) else "Kernel")


def _stride(page: SizesPage, _view: SizesView) -> None:
    _text(page, "stride", "Stride")


def _padding(page: SizesPage, _view: SizesView) -> None:
    meaning = "3 is 3 on each side; 2.3 is 2 before and 3 after; 1x2 differs by axis; or a word"
    _text(page, "padding", "Padding", meaning)


def _output_padding(page: SizesPage, view: SizesView) -> None:
    if isinstance(view.layer, ConvTransposeSpec):
        _text(page, "opad", "Output padding", "Cells that the output's end gains")


def _ceil(page: SizesPage, view: SizesView) -> None:
    if isinstance(view.layer, PoolSpec):
        st.toggle("Round up (ceil_mode)", key=page.key("ceil"))


def _dilation(page: SizesPage, _view: SizesView) -> None:
    _text(page, "dilation", "Dilation")


def _groups(page: SizesPage, view: SizesView) -> None:
    if not isinstance(view.layer, PoolSpec):
        options = legal_groups(view.cin, view.cout)
        st.selectbox("Groups", options, key=page.key("groups"))


def _bias(page: SizesPage, view: SizesView) -> None:
    if not isinstance(view.layer, PoolSpec):
        st.toggle("Bias", key=page.key("bias"))


def _batch(page: SizesPage, _view: SizesView) -> None:
    meaning = "Inputs at once; counts for memory alone"
    st.number_input("Batch", 1, MOST_BATCH, key=page.key("batch"), help=meaning)


def _convention(page: SizesPage, _view: SizesView) -> None:
    st.selectbox(
        "Written as in",
        list(CONVENTIONS),
        format_func=lambda name: CONVENTIONS[name].title,
        key=page.key("convention"),
    )


def _want(page: SizesPage, _view: SizesView) -> None:
    st.number_input("Wanted output", 1, MOST, key=page.key("want"))
    columns = st.columns(2)
    for column, (label, parts) in zip(columns, _READY.items(), strict=True):
        column.button(label, key=page.key(f"want_{label}"), on_click=page.callback(_aim, parts))


_READY = {"Keep the size": 1, "Halve it": 2}


def _aim(page: SizesPage, parts: int) -> None:
    """Want the input's own size, or a part of it, rounded up."""
    page.change(want=str(output_size(page.view().size[0], 1, stride=parts)))


def _times(page: SizesPage, _view: SizesView) -> None:
    st.number_input("Layers", 1, MOST_TIMES, key=page.key("times"))


def draw_ways_on(page: SizesPage, view: SizesView) -> None:
    """To the layer that leads back to the input's size, and to the stage if that can draw it."""
    with st.container(horizontal=True):
        if not isinstance(view.layer, PoolSpec):
            st.button("Undo this layer", key=page.key("undo"), on_click=page.callback(undo))
        if (link := stage_link(view)) is not None:
            st.button(
                "See it on the stage",
                key=page.key("stage"),
                on_click=page.callback(_to_stage, link),
            )


def _to_stage(page: SizesPage, link: dict[str, str]) -> None:
    page.go_to("sliding_window", link)


FIRST = MappingProxyType(
    {"example": _example, "op": _op, "rank": _rank, "size": _size, "cin": _channels}
)
WINDOW = MappingProxyType({"kernel": _kernel, "stride": _stride})
MOVES = MappingProxyType({"padding": _padding, "opad": _output_padding, "ceil": _ceil})
MORE = MappingProxyType({"dilation": _dilation, "groups": _groups, "bias": _bias, "batch": _batch})
LAST = MappingProxyType({"convention": _convention})

LIVE = MappingProxyType({"example": _example})
"""What can be changed while it is presented."""

"""Looks at a layer's connections: how often each pixel is used, the matrix, nodes and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from app.components.connections import connections
from app.components.connections.payload import ConnectionsPayload
from app.page.browser import commits_taken
from app.page.facts_table import draw_facts
from app.page.layer_controls import number_pair
from app.page.page import Page
from app.page.spoken import leading
from app.page.stage import ONE_ROW, unused_sentence
from app.screens.sliding_window.hindered import draw_hindrance, set_settings
from app.screens.sliding_window.state import CONNECTIONS, EXAMPLE
from kernels import ConvTransposeSpec
from kernels.layers.geometry import Axis
from kernels.layers.links import Links
from lessons.views.hindrance import Hindrance
from lessons.views.matrices import (
    cost_lines,
    count_of,
    hindrance,
    matrix_of,
    matrix_sentence,
    picture_count,
)
from lessons.views.sliding_looks import MOST_PIXELS, SlidingView
from lessons.views.steppers import layer_steppers
from lessons.views.transposed import both_ways, transposed_settings
from lessons.views.turned import turned, turned_taps
from lessons.views.uses import landings_of, landings_sentence, uses_of, uses_sentence
from lessons.views.wires import SHOWN, wired, wires_sentence

SlidingPage = Page[SlidingView]


def draw_use(page: SlidingPage, view: SlidingView, present: bool) -> None:
    """How many windows cover each input cell, or how many copies land on each output cell."""
    windows = [axis for axis in view.axes if isinstance(axis, Axis)]
    said = (
        [uses_sentence(view), unused_sentence(*windows)] if windows else [landings_sentence(view)]
    )
    _draw(
        page,
        ConnectionsPayload(
            picture="use",
            links=two_axes(view.own_links),
            input=_plane(uses_of(view)),
            output=_plane(landings_of(view)),
            landed=not windows,
            title="How often each input cell is used",
            sentence=" ".join(filter(None, said)),
            step=view.step,
            steppers=page.offered(layer_steppers(view)),
            present=present,
        ),
    )


def draw_matrix(page: SlidingPage, view: SlidingView, present: bool) -> None:
    """The layer as the matrix that its input, as one long column, is multiplied by."""
    if (stop := hindrance(view)) is not None:
        draw_hindrance(page, stop)
        return
    matrix, inputs = matrix_of(view), view.input_array()[0]
    weight = view.weight_array()
    assert weight is not None
    result = (matrix @ inputs.ravel()).reshape(view.output_size)
    _draw(
        page,
        ConnectionsPayload(
            picture="matrix",
            links=two_axes(view.own_links),
            input=_plane(inputs),
            output=_plane(result),
            kernel=_plane(weight[0, 0]),
            matrix=matrix.T if view.transpose else matrix,
            transpose=view.transpose,
            title="The layer as a matrix",
            sentence=matrix_sentence(view, view.transpose),
            step=view.step,
            steppers=page.offered(layer_steppers(view)),
            present=present,
        ),
    )
    draw_facts(cost_lines(count_of(view)))


def draw_transpose(page: SlidingPage, _view: SlidingView) -> None:
    """Whether the matrix is turned."""
    meaning = "Rows become columns: the matrix of the transposed convolution."
    st.toggle("Transpose the matrix", key=page.key("transpose"), help=meaning)


def draw_cost(page: SlidingPage, view: SlidingView) -> None:
    """What a kernel saves on a whole picture; it opens with the textbook's numbers."""
    columns = st.columns(2)
    with columns[0]:
        number_pair(page, "Picture", "picture", [(1, MOST_PIXELS)] * 2)
    with columns[1]:
        number_pair(page, "Kernel", "detector", [(1, size) for size in view.picture])
    draw_facts(cost_lines(picture_count(view.picture, view.detector)))
    st.caption(
        "One channel, no padding. An output number of n products takes n − 1 additions, as in "
        "Goodfellow, Bengio and Courville, Deep Learning, section 9.2; their picture is 320 wide."
    )


def draw_lines(page: SlidingPage, view: SlidingView, present: bool) -> None:
    """The layer as nodes and lines, against those of a fully connected one."""
    links = two_axes(wired(view))
    cells = [[table.input for table in links], [table.output for table in links]]
    _draw(
        page,
        ConnectionsPayload(
            picture="lines",
            links=links,
            input=np.zeros(cells[0]),
            output=np.zeros(cells[1]),
            title="The layer as nodes and lines",
            sentence=wires_sentence(view),
            steppers=page.offered(layer_steppers(view)),
            present=present,
        ),
    )
    if present:
        return
    with st.container(horizontal=True):
        for name, (title, settings) in SHOWN.items():
            st.button(title, key=page.key(name), on_click=page.callback(set_settings, settings))


def draw_turned(page: SlidingPage, view: SlidingView, present: bool) -> None:
    """True convolution beside cross-correlation, on the same numbers."""
    if not view.is_conv:
        why = "This layer has no window with a kernel that could be turned."
        draw_hindrance(page, Hindrance(why, "Show a convolution", {"op": "conv"}))
        return
    both = turned(view)
    _draw(
        page,
        ConnectionsPayload(
            picture="turned",
            links=two_axes(view.own_links),
            input=_plane(view.input_array()[0]),
            output=_plane(both.correlation),
            kernel=_plane(both.kernel),
            turned=_plane(both.turned),
            convolved=_plane(both.convolution),
            turned_taps=turned_taps(view.layer.kernel_size),
            padding_value=view.conv.padding_value,
            title="True convolution beside cross-correlation",
            sentence=both.sentence,
            step=view.step,
            steppers=page.offered(layer_steppers(view)),
            present=present,
        ),
    )


def draw_ways(page: SlidingPage, view: SlidingView, present: bool) -> None:
    """A transposed convolution both ways at once: copies added up, and a window over zeros."""
    if isinstance(view.layer, ConvTransposeSpec):
        _draw_both(page, view, present, CONNECTIONS)
        return
    why = (
        "Only a transposed convolution is worked out in two ways: copies of the kernel that are "
        "added up, or a window over the input with zeros put in. Your layer is not one, so here is "
        "an example."
    )
    settings = transposed_settings(view)
    draw_hindrance(page, Hindrance(why, "Make this my layer", settings))
    example, _ = page.settle({**page.flat(view), **settings})
    _draw_both(page, example, present, EXAMPLE)


def _draw_both(page: SlidingPage, view: SlidingView, present: bool, name: str) -> None:
    """Draw a transposed convolution: the page's own, or one whose numbers cannot be set."""
    both = both_ways(view)
    _draw(
        page,
        ConnectionsPayload(
            picture="ways",
            links=two_axes(both.links),
            input=_plane(view.input_array()[0]),
            output=_plane(both.output),
            kernel=_plane(both.kernel),
            turned=_plane(both.turned),
            turned_taps=turned_taps(view.layer.kernel_size),
            order=view.way,
            title="A transposed convolution both ways",
            sentence=both.sentence,
            step=view.step,
            steppers=page.offered(layer_steppers(view)) if name == CONNECTIONS else (),
            present=present,
        ),
        name,
    )


def two_axes(links: Sequence[Links]) -> tuple[Links, Links]:
    """The tables of rows and columns; a layer of one axis has a single row."""
    return (ONE_ROW, links[0]) if len(links) == 1 else (links[0], links[1])


def _plane(numbers: np.ndarray) -> np.ndarray:
    return np.atleast_2d(numbers)


def _draw(page: SlidingPage, payload: ConnectionsPayload, name: str = CONNECTIONS) -> None:
    key = page.key(name)
    if payload.present:
        payload = replace(payload, sentence=leading(payload.sentence))
    connections(payload, commits=commits_taken(key), key=key)

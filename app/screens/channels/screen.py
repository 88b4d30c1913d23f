"""The Channels page's screen: planes become maps, what the weights count, and what it costs."""

from __future__ import annotations

import streamlit as st

from app.page.looks import Fold, Look
from app.page.page import Page
from app.page.taking import take_along
from app.page.workbench import Screen
from app.screens.channels.controls import (
    NUMBERS,
    draw_cell_controls,
    draw_layer_controls,
    draw_mixing_controls,
    draw_numbers,
    predict_first,
)
from app.screens.channels.dense import draw_dense
from app.screens.channels.mixing import draw_mix
from app.screens.channels.questions import question_of
from app.screens.channels.separable import draw_separable
from app.screens.channels.slices import draw_cell
from app.screens.channels.state import is_hidden, reveal
from app.screens.channels.weights import draw_weights
from kernels.scene.examples import link_of
from lessons.views.channels import ChannelsView

ChannelsPage = Page[ChannelsView]


def _to_be_revealed(draw):
    """A look's picture, with the question and its answer's button and key while results hide.

    A place that does not offer to predict asks for itself.
    """

    def draw_with_question(page: ChannelsPage, view: ChannelsView, present: bool) -> None:
        if is_hidden(page, view) and page.offers("predict"):
            _draw_question(page, view, present)
        draw(page, view, present)

    return draw_with_question


def _draw_question(page: ChannelsPage, view: ChannelsView, present: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Reveal",
            key=page.key("reveal"),
            shortcut="Enter",
            on_click=page.callback(reveal, view.question),
        )
        if present:
            st.markdown(f"**{question_of(view)}**")
        else:
            st.markdown(question_of(view))


def _open_elsewhere(page: ChannelsPage, view: ChannelsView) -> None:
    if st.button(
        "Open in the sliding window",
        help="The same planes and kernels there, with padding, stride and more.",
    ):
        page.go_to("sliding_window", link_of(view.scene))


_LIVE = {"predict": predict_first}

SCREEN: Screen[ChannelsView] = Screen(
    "Channels",
    {
        # The stage hides and reveals each of its numbers by itself.
        "cell": Look(
            "One output number",
            "Three planes, a kernel with three slices: press Play and see three sums become one.",
            draw_cell,
            draw_cell_controls,
            touch="Press Play and see three sums become one.",
            below=_open_elsewhere,
            folded=(
                Fold("numbers", "Type or paste numbers", draw_numbers, NUMBERS),
                take_along("Channels", lambda _page, view: (view.scene, (), view.predict)),
            ),
            live=_LIVE,
        ),
        "weights": Look(
            "Weight tensor",
            "Each square is a slice of a kernel. Change the channels and watch the count.",
            _to_be_revealed(draw_weights),
            draw_layer_controls,
            touch="Each square is a slice of a kernel. Watch the count.",
            live=_LIVE,
        ),
        "mix": Look(
            "1×1: mixing",
            "A 1×1 kernel sees one pixel, but all of its channels. Change a weight.",
            _to_be_revealed(draw_mix),
            draw_mixing_controls,
            touch="A 1×1 kernel sees one pixel, but all its channels.",
            live=_LIVE,
        ),
        "separable": Look(
            "Separable",
            "First each channel by itself, then a 1×1 mix: how much is saved?",
            _to_be_revealed(draw_separable),
            draw_layer_controls,
            touch="First each channel by itself, then a 1×1 mix.",
            live=_LIVE,
        ),
        "dense": Look(
            "Fully connected",
            "Every pixel to every node, or one small kernel for all places?",
            _to_be_revealed(draw_dense),
            draw_layer_controls,
            touch="Every pixel to every node, or one small kernel?",
            live=_LIVE,
        ),
    },
    look=lambda view: view.look,
    beside={"predict": predict_first},
)

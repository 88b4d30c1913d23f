"""Channels: how planes become maps, what the weights count, and what it costs to do otherwise."""

import streamlit as st

from app.page.address import presenting
from app.page.frame import Looks, mark_past_controls, render_frame, render_notes
from app.screens.channels import state
from app.screens.channels.controls import render_depth_controls, render_numbers, render_reveal
from app.screens.channels.dense import render_dense
from app.screens.channels.mixing import render_mix
from app.screens.channels.separable import render_separable
from app.screens.channels.slices import render_cell
from app.screens.channels.view import LOOKS
from app.screens.channels.weights import render_weights
from kernels.scene.examples import link_of

LOOK_NAMES = {
    "cell": "One output number",
    "weights": "Weight tensor",
    "mix": "1×1: mixing",
    "separable": "Separable",
    "dense": "Fully connected",
}
HINTS = {
    "cell": "Three planes, a kernel with three slices: press Play and see three sums become one.",
    "weights": "Each square is a slice of a kernel. Change the channels and watch the count.",
    "mix": "A 1×1 kernel sees one pixel, but all of its channels. Change a weight.",
    "separable": "First each channel by itself, then a 1×1 mix: how much is saved?",
    "dense": "Every pixel to every node, or one small kernel for all places?",
}
RENDERERS = {
    "cell": render_cell,
    "weights": render_weights,
    "mix": render_mix,
    "separable": render_separable,
    "dense": render_dense,
}

view, notes = state.PAGE.arrive()
present = presenting()
sent = False


def choose_look() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "Look at",
            list(LOOKS),
            format_func=LOOK_NAMES.get,
            required=True,
            key="channels_look",
            wrap=True,
            label_visibility="collapsed",
        )
        st.toggle(
            "Predict first",
            key="channels_predict",
            help="Hides the results until you press Enter or Reveal: think first, then look.",
        )


def draw_look() -> None:
    render_reveal(view)
    RENDERERS[view.look](view, present=present)


looks = Looks(list(LOOKS), view.look, lambda look: state.PAGE.change(look=look))
render_frame("Channels", HINTS[view.look], present, looks=looks)
render_notes(notes)
if present:
    draw_look()
else:
    with st.container(key="workbench"):
        left, right = st.columns([1, 3.2], gap="medium")
        with left, st.container(key="controls"):
            render_depth_controls(view)
        with right:
            choose_look()
            mark_past_controls()
            draw_look()
            if view.look == "cell":
                sent = st.button(
                    "Open in the sliding window",
                    help="The same planes and kernels there, with padding, stride and more.",
                )
    if view.look == "cell":
        # What is folded away is not computed: `open` is known on the server.
        numbers = st.expander("Type or paste numbers", key="channels_numbers", on_change="rerun")
        if numbers.open:
            with numbers:
                render_numbers(view)

# Before going away, so that the way back leads to this very screen.
state.PAGE.leave()
if sent:
    st.switch_page("screens/sliding_window/sliding_window.py", query_params=link_of(view.scene))

"""Sliding window: choose a layer and its numbers, watch the window slide, edit any cell."""

import streamlit as st

from app.page.address import presenting
from app.page.code import render_code
from app.page.frame import mark_past_controls, render_frame, render_notes
from app.page.stage import render_stage
from app.screens.sliding_window import state as sliding
from app.screens.sliding_window.controls import render_controls, render_numbers, render_step

scene, notes = sliding.PAGE.arrive()
present = presenting()


def draw_stage() -> None:
    render_stage(
        scene,
        key=sliding.STAGE,
        present=present,
        predict=sliding.predicting(),
    )


render_frame(
    "Sliding window",
    "Press Play or the space bar and the window slides. Click any number of the input or the "
    "kernel to change it.",
    present,
    hint_for_touch="Press Play and the window slides. Tap a number twice to change it.",
)
render_notes(notes)
if present:
    draw_stage()
else:
    with st.container(key="workbench"):
        left, right = st.columns([1, 3.2], gap="medium")
        with left, st.container(key="controls"):
            render_controls(scene)
        with right:
            mark_past_controls()
            draw_stage()
            for sentence in scene.filled():
                st.caption(sentence)
    # What is folded away is not computed: `open` is known on the server.
    numbers = st.expander("Type or paste numbers", key="numbers", on_change="rerun")
    if numbers.open:
        with numbers:
            render_step(scene)
            render_numbers(scene)
    code = st.expander("Code of this layer", key="code", on_change="rerun")
    if code.open:
        with code:
            render_code(scene)

sliding.PAGE.leave()

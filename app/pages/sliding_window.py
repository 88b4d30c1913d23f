"""Sliding window: choose a layer and its numbers, watch the window slide, edit any cell."""

import streamlit as st

from app.panels.code_panel import render_code
from app.panels.controls import render_controls, render_numbers, step_slider
from app.panels.frame import render_frame, render_notes, render_present_button
from app.panels.stage_panel import render_stage
from app.session import sliding_state as sliding
from app.session.state import arriving, leave, presenting

present = presenting()
scene, notes = sliding.arrive(arriving(sliding.PAGE, sliding.controls()))

render_frame(
    "Sliding window",
    "Press Play or the space bar and the window slides. Click any number of the input or the "
    "kernel to change it.",
    present,
)
if present:
    render_stage(
        scene, key="stage", present=True, on_step=sliding.commit_step, on_edit=sliding.commit_edit
    )
    step_slider(scene)
    render_present_button(present)
else:
    render_notes(notes)
    with st.container(key="workbench"):
        left, right = st.columns([1, 3.4], gap="medium")
        with left, st.container(key="controls"):
            render_controls(scene)
        with right:
            render_stage(
                scene, key="stage", on_step=sliding.commit_step, on_edit=sliding.commit_edit
            )
            render_numbers(scene)
            render_code(scene)

leave(sliding.PAGE, sliding.address_of(scene, present), sliding.controls())

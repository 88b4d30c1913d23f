"""Picture: choose or upload a picture, choose a kernel, compare, and send a patch to the stage."""

import streamlit as st

from app.panels.frame import render_frame, render_notes
from app.panels.picture_controls import render_patch_controls, render_picture_controls
from app.panels.pictures_panel import patch_of, render_pictures
from app.session import picture_state as state
from app.session.picture_view import sending_address
from app.session.state import arriving, leave, presenting

view, picture, content, notes = state.arrive(arriving(state.PAGE, state.controls()))
patch = patch_of(view, picture)
present = presenting()

render_frame(
    "Picture",
    "Take a sample or your own photograph, choose a kernel, and compare. The gold square is a "
    "patch to look at closely.",
    present,
)
render_notes(notes)
sent_to = None
if present:
    render_pictures(view, picture, content, patch, present=True)
else:
    with st.container(key="workbench"):
        left, right = st.columns([1, 3.4], gap="medium")
        with left, st.container(key="controls"):
            render_picture_controls(view, picture)
        with right:
            render_pictures(view, picture, content, patch)
            boxes, send = st.columns([3, 2], vertical_alignment="bottom")
            with boxes:
                render_patch_controls(view, picture)
            address, said = sending_address(view, patch)
            label = "Send this patch to the sliding window"
            if send.button(label, key="picture_send", help=said):
                sent_to = address

# Before going away, so that the way back leads to this very screen.
leave(state.PAGE, view.link(picture.size), state.controls())
if sent_to:
    st.switch_page("screens/sliding_window.py", query_params=sent_to)

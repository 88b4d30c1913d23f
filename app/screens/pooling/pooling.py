"""Pooling: max and average of the same windows, on numbers, on a photograph, under a small move."""

import streamlit as st

from app.page.address import presenting
from app.page.frame import Looks, mark_past_controls, render_frame, render_notes
from app.page.stage import render_stage
from app.screens.pooling import state
from app.screens.pooling.controls import (
    numbers_facts,
    render_input,
    render_numbers_controls,
    render_photo_controls,
    render_shift_controls,
)
from app.screens.pooling.photo import render_photo
from app.screens.pooling.shift import render_shift
from app.screens.pooling.view import LOOKS

LOOK_NAMES = {"numbers": "Numbers", "photo": "Photograph", "shift": "Shift test"}
HINTS = {
    "numbers": "Press Play or the space bar: of each window one number is left. Click any number "
    "of the input to change it.",
    "photo": "What pooling makes of a picture, again and again: fewer numbers, the same scene.",
    "shift": "Move the input a little. How much of it changes, and how much of its pooling?",
}

view, notes = state.PAGE.arrive()
present = presenting()


def draw_look() -> None:
    if view.look == "photo":
        render_photo(view, present=present)
    elif view.look == "shift":
        render_shift(view, present=present)
    else:
        render_stage(
            view.scene,
            key=state.STAGE,
            present=present,
            predict=view.predict,
            also=view.kinds[1:],
            tall=550,
        )


def draw_controls() -> None:
    if view.look == "photo":
        render_photo_controls()
    elif view.look == "shift":
        render_shift_controls(view)
    else:
        render_numbers_controls(view)


looks = Looks(LOOKS, view.look, lambda look: state.PAGE.change(look=look))
render_frame("Pooling", HINTS[view.look], present, looks=looks)
render_notes(notes)
if present:
    draw_look()
else:
    with st.container(key="workbench"):
        left, right = st.columns([1, 3.2], gap="medium")
        with left, st.container(key="controls"):
            draw_controls()
        with right:
            st.segmented_control(
                "Look at",
                LOOKS,
                format_func=LOOK_NAMES.get,
                required=True,
                key="pooling_look",
                label_visibility="collapsed",
            )
            mark_past_controls()
            draw_look()
            if view.look == "numbers":
                for sentence in view.scene.filled():
                    st.caption(sentence)
                st.caption("  \n".join(numbers_facts(view)))
    if view.look == "numbers":
        # What is folded away is not computed: `open` is known on the server.
        numbers = st.expander("Type or paste numbers", key="pooling_numbers", on_change="rerun")
        if numbers.open:
            with numbers:
                render_input(view)

state.PAGE.leave()

"""Picture: choose or upload a picture, work on a kernel, and see what it makes of the picture."""

import streamlit as st

from app.page.address import presenting
from app.page.frame import Looks, mark_past_controls, render_frame, render_notes
from app.screens.picture import state
from app.screens.picture.bank import render_bank
from app.screens.picture.border import render_border
from app.screens.picture.colours import render_colours
from app.screens.picture.controls import render_picture_controls, render_place_controls
from app.screens.picture.histogram import render_histogram
from app.screens.picture.loupe import patch_of, render_download, render_loupe, result_settings
from app.screens.picture.view import LOOKS, sending_address

LOOK_NAMES = {
    "compare": "Original and result",
    "channels": "Colour channels",
    "bank": "Many kernels",
    "border": "Padding and stride",
}

arrived, notes = state.PAGE.arrive()
view, picture, content = arrived.view, arrived.picture, arrived.content
present = presenting()
sent_to = None


def draw_look() -> None:
    if view.look == "channels":
        render_colours(view, picture, present=present)
    elif view.look == "bank":
        render_bank(view, picture, present=present)
    elif view.look == "border":
        render_border(view, picture, present=present)
    else:
        render_loupe(arrived, present=present)


def render_looks() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "Look at",
            list(LOOKS),
            format_func=LOOK_NAMES.get,
            required=True,
            key="picture_look",
            wrap=True,
            label_visibility="collapsed",
        )
        if view.look == "compare":
            st.toggle(
                "Curtain",
                key="picture_curtain",
                help="One picture over the other, with an edge to drag.",
            )
            if arrived.whole != picture.size or view.full:
                st.toggle(
                    "Full size",
                    key="picture_full",
                    help="Work on every pixel of the photograph. Off: it is shrunk first, so that "
                    "a kernel shows at once and a small kernel's effect can be seen.",
                )


render_frame(
    "Picture",
    "Choose a kernel or change its numbers. Move over a picture to see what is multiplied there; "
    "click to stay.",
    present,
    hint_for_touch="Choose a kernel or change its numbers. Tap a picture to see what is "
    "multiplied there.",
    looks=Looks(list(LOOKS), view.look, state.show_look),
)
render_notes(notes)
if present:
    draw_look()
else:
    with st.container(key="workbench"):
        left, right = st.columns([1, 3.4], gap="medium")
        with left, st.container(key="controls"):
            render_picture_controls(view, picture)
        with right:
            render_looks()
            mark_past_controls()
            draw_look()
            if view.look == "compare":
                boxes, send, save = st.columns([5, 4, 3], vertical_alignment="bottom")
                with boxes, st.container(key="place"):
                    render_place_controls(view, picture)
                address, said = sending_address(view, patch_of(view, picture))
                label = "Send to the sliding window"
                if send.button(label, key="picture_send", help=said):
                    sent_to = address
                with save:
                    render_download(arrived)
                values = st.expander("Histogram of values", key="histogram", on_change="rerun")
                if values.open:
                    with values:
                        render_histogram(view, picture, content, result_settings(view))

# Before going away, so that the way back leads to this very screen.
state.PAGE.leave()
if sent_to:
    st.switch_page("screens/sliding_window/sliding_window.py", query_params=sent_to)

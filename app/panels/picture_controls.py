"""The Picture page's controls: picture, kernel, how it slides, how the result is shown."""

from __future__ import annotations

import streamlit as st

from app.session import picture_state as state
from app.session.picture_view import (
    LARGEST_DIVISOR,
    MAX_PATCH,
    MIN_PATCH,
    MODES,
    OWN,
    PictureView,
)
from app.session.samples import SAMPLES
from app.session.uploads import Picture
from kernels import CATALOGUE
from kernels.settle import MAX_PADDING, MAX_STRIDE

DISPLAY_NAMES = {
    "clip": "Clipped to 0…255",
    "absolute": "Absolute values",
    "rescale": "Rescaled to 0…255",
    "signed": "Signed: 0 is mid grey",
}
DISPLAY_HELP = (
    "A pixel can show 0 to 255. Clipped: what lies outside becomes 0 or 255. Absolute: minus signs "
    "are dropped first. Rescaled: the smallest value becomes 0, the largest 255. Signed: zero "
    "becomes mid grey. The line below the result says what was done."
)
PADDING_NAMES = {
    "none": "none",
    "same": "same: as large as the picture",
    "full": "full: every overlap",
    state.PER_SIDE: "pixels per side",
}
MODE_NAMES = {
    "zeros": "zeros (black)",
    "reflect": "reflect: mirror without the edge",
    "replicate": "replicate: repeat the edge",
    "circular": "circular: wrap around",
}


def render_picture_controls(view: PictureView, picture: Picture) -> None:
    """Draw every control; those that are needed first stand first."""
    _render_choice()
    _render_kernel(view)
    st.selectbox(
        "Show the result",
        list(DISPLAY_NAMES),
        format_func=DISPLAY_NAMES.get,
        key="picture_display",
        help=DISPLAY_HELP,
    )
    if not picture.is_grey:
        st.toggle(
            "In colour",
            key="picture_colour",
            help="Red, green and blue are filtered one by one. Off: the picture is made grey "
            "first, as 0.299 red + 0.587 green + 0.114 blue.",
        )
    with st.expander("Padding and stride"):
        _render_windows(view)


def _render_choice() -> None:
    file = state.own_file()
    names = [OWN, *SAMPLES] if file else list(SAMPLES)
    st.selectbox(
        "Picture",
        names,
        format_func=lambda name: file.name if name == OWN else SAMPLES[name].title,
        key="picture_sample",
        on_change=state.choose_picture,
    )
    st.file_uploader(
        "Your own photograph",
        key="picture_upload",
        on_change=state.take_upload,
        help="PNG, JPEG, WebP, GIF or BMP, at most 20 MB and 40 megapixels. It is kept in memory "
        "for this visit only, and a link to this page never carries it.",
    )
    if error := state.upload_error():
        st.error(error)


def _render_kernel(view: PictureView) -> None:
    st.selectbox(
        "Kernel",
        list(CATALOGUE),
        format_func=lambda name: CATALOGUE[name].title,
        index=None,
        placeholder="Your own",
        key="picture_kernel",
        on_change=state.choose_kernel,
    )
    numbers, divisor = st.columns([2, 1])
    numbers.text_area(
        "Its numbers",
        key="picture_taps",
        height=106,
        help="Change them: one row a line, 1 × 1 to 15 × 15.",
        on_change=state.take_taps,
    )
    divisor.number_input(
        "Divided by",
        -LARGEST_DIVISOR,
        LARGEST_DIVISOR,
        key="picture_divisor",
        step=1.0,
        format="%g",
        on_change=state.take_divisor,
    )
    if error := state.taps_error():
        st.error(error)


def _render_windows(view: PictureView) -> None:
    st.selectbox(
        "Padding", list(state.PADDINGS), format_func=PADDING_NAMES.get, key="picture_padding"
    )
    if st.session_state["picture_padding"] == state.PER_SIDE:
        for axis, (column, name) in enumerate(
            zip(st.columns(2), ("Top, bottom", "Left, right"), strict=True)
        ):
            column.number_input(name, 0, MAX_PADDING, key=f"picture_padding_{axis}")
    if view.layer.padding != ((0, 0), (0, 0)):
        st.selectbox("It holds", list(MODES), format_func=MODE_NAMES.get, key="picture_mode")
    for axis, (column, word) in enumerate(zip(st.columns(2), ("down", "across"), strict=True)):
        column.number_input(f"Stride {word}", 1, MAX_STRIDE, key=f"picture_stride_{axis}")


def render_patch_controls(view: PictureView, picture: Picture) -> None:
    """The patch as plain boxes: the twin of the gold square for keyboards and screen readers."""
    height, width = picture.size
    row, column, size = st.columns(3)
    row.number_input("Patch row", 0, max(height - view.patch, 0), key="picture_row")
    column.number_input("Patch column", 0, max(width - view.patch, 0), key="picture_column")
    size.number_input("Patch size", MIN_PATCH, MAX_PATCH, key="picture_patch")

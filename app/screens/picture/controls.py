"""The Picture page's controls: picture, kernel, how it slides, how the result is shown."""

from __future__ import annotations

import streamlit as st

from app.components.kernel_editor import kernel_editor
from app.page.browser import commits_taken
from app.page.plain import show_error
from app.pictures.own_file import own_file
from app.pictures.samples import SAMPLES
from app.pictures.uploads import Picture
from app.screens.picture import state
from app.screens.picture import upload as picture_upload
from app.screens.picture.kernel_badges import kernel_badges
from app.screens.picture.kernel_choice import MAX_TAPS, OWN, possible_acts
from app.screens.picture.padding import EACH_END, ENDS, PADDINGS, PER_SIDE
from app.screens.picture.view import COLOURS, MAX_PATCH, MIN_PATCH, MODES, PictureView
from kernels import CATALOGUE
from kernels.catalogue import ImageKernel
from kernels.layers.padding_modes import PADDING_MODES
from kernels.reading.notation import number_text
from kernels.scene.settle import MAX_PADDING, MAX_STRIDE

DISPLAY_NAMES = {
    "clip": "Clipped to 0…255",
    "absolute": "Absolute values",
    "rescale": "Rescaled to 0…255",
    "signed": "Signed: 0 is mid grey",
    "colours": "Signed colours",
}
DISPLAY_HELP = (
    "A pixel can show 0 to 255. Clipped: what lies outside becomes 0 or 255. Absolute: minus signs "
    "are dropped first. Rescaled: the smallest value becomes 0, the largest 255. Signed: zero "
    "becomes mid grey. Signed colours: orange above zero, violet below. The line below the result "
    "says what was done."
)
PADDING_NAMES = {
    "none": "none",
    "same": "same: as large as the picture",
    "full": "full: every overlap",
    PER_SIDE: "pixels per side",
    EACH_END: "each end alone",
}
MODE_NAMES = {mode: PADDING_MODES[mode].title for mode in MODES} | {"zeros": "zeros (black)"}
COLOUR_NAMES = {"grey": "Grey", "each": "Each colour", "sum": "Sum"}
COLOUR_HELP = (
    "Grey: the picture is made grey first, as 0.299 red + 0.587 green + 0.114 blue of the values "
    "as they are stored, in the picture's own gamma. Each colour: red, green and blue are filtered "
    "one by one. Sum: the kernel has a slice for each colour and adds up over them to one map, as "
    "a convolutional layer does; their weights are under Colour channels."
)


def render_picture_controls(view: PictureView, picture: Picture) -> None:
    """Draw every control; those that are needed first stand first."""
    _render_choice()
    _render_kernel(view)
    if view.look == "bank":
        return
    st.selectbox(
        "Show the result",
        list(DISPLAY_NAMES),
        format_func=DISPLAY_NAMES.get,
        key="picture_display",
        help=DISPLAY_HELP,
    )
    if not picture.is_grey and view.look != "channels":
        st.segmented_control(
            "Colour",
            list(COLOURS),
            format_func=COLOUR_NAMES.get,
            required=True,
            key="picture_colour",
            help=COLOUR_HELP,
        )
    with st.expander("Padding and stride"):
        _render_windows(view)


def _render_choice() -> None:
    file = own_file()
    names = [OWN, *SAMPLES] if file else list(SAMPLES)
    st.selectbox(
        "Picture",
        names,
        format_func=lambda name: file.name if name == OWN else SAMPLES[name].title,
        key="picture_sample",
    )
    with st.expander("Your own photograph", expanded=bool(picture_upload.upload_error())):
        st.file_uploader(
            "A picture file",
            key="picture_upload",
            on_change=picture_upload.take_upload,
            help="PNG, JPEG, WebP, GIF, BMP, PGM or PPM, at most 20 MB; a photograph of more than "
            "40 megapixels is reduced. It is kept in memory for this visit only, and a link to "
            "this page never carries it.",
        )
        # The browser asks for the camera as soon as the box is there.
        if st.toggle("Take one with the camera", key="picture_camera_on"):
            st.camera_input(
                "Camera",
                key="picture_camera",
                on_change=picture_upload.take_photograph,
                label_visibility="collapsed",
            )
    if error := picture_upload.upload_error():
        show_error(error)


def kernel_entry(name: str) -> str:
    """A kernel's line in the list, which can have no headings: its group before its title.

    >>> kernel_entry("motion"), kernel_entry("sharpen-bell")
    ('Blur: Motion blur', 'Sharpen, gentle')
    """
    kernel = CATALOGUE[name]
    named = kernel.title.startswith(kernel.group)
    return kernel.title if named else f"{kernel.group}: {kernel.title}"


def _render_kernel(view: PictureView) -> None:
    kernel = view.kernel
    st.selectbox(
        "Kernel",
        list(CATALOGUE),
        format_func=kernel_entry,
        index=None,
        placeholder="Your own",
        key="picture_kernel",
    )
    if known := kernel.known:
        st.caption(known.reason)
        for parameter in known.parameters:
            kind = int if parameter.whole else float
            st.slider(
                f"{parameter.title} ({parameter.unit})" if parameter.unit else parameter.title,
                kind(parameter.low),
                kind(parameter.high),
                step=kind(parameter.step),
                key=f"picture_set_{known.name}_{parameter.name}",
            )
    kernel_editor(
        [[number_text(tap) for tap in row] for row in kernel.numbers],
        divisor=number_text(kernel.divisor),
        offset=number_text(kernel.offset),
        badges=kernel_badges(kernel),
        can=possible_acts(kernel, state.kernel_history()),
        error=state.kernel_error(),
        key=state.EDITOR,
        commits=commits_taken(state.EDITOR),
    )
    if known:
        st.caption(f"{known.look_for} Source: {known.source}.")
    _render_size(known)
    typed = st.expander("Type or paste its numbers", key="picture_typed", on_change="rerun")
    if typed.open:
        typed.text_area(
            "Its numbers",
            key="picture_taps",
            height=130,
            help=f"One row a line, 1 × 1 to {MAX_TAPS} × {MAX_TAPS}; what they are divided by may "
            "follow a stroke, as in / 16.",
        )
        if error := state.kernel_error():
            show_error(error, typed)


def _render_size(known: ImageKernel | None) -> None:
    """Rows and columns; where there is one size only, they say so and cannot be changed."""
    fixed = known is not None and known.recipe.sizes.only is not None
    meaning = f"Sizes of this kernel: {known.size_rule}." if known else "A rim of zeros, or a cut."
    names = zip(st.columns(2), ("Rows", "Columns"), ("height", "width"), strict=True)
    for column, word, side in names:
        column.number_input(
            word,
            1,
            MAX_TAPS,
            key=f"picture_{side}",
            disabled=fixed,
            help=meaning,
        )


def _render_windows(view: PictureView) -> None:
    st.selectbox("Padding", list(PADDINGS), format_func=PADDING_NAMES.get, key="picture_padding")
    if state.padding_form() == PER_SIDE:
        for axis, (column, name) in enumerate(
            zip(st.columns(2), ("Top, bottom", "Left, right"), strict=True)
        ):
            column.number_input(name, 0, MAX_PADDING, key=f"picture_padding_{axis}")
    if state.padding_form() == EACH_END:
        for pair in (ENDS[:2], ENDS[2:]):
            for column, end in zip(st.columns(2), pair, strict=True):
                key = f"picture_padding_{end}"
                column.number_input(end.capitalize(), 0, MAX_PADDING, key=key)
    if view.layer.padding != ((0, 0), (0, 0)):
        st.selectbox("It holds", list(MODES), format_func=MODE_NAMES.get, key="picture_mode")
    for axis, (column, word) in enumerate(zip(st.columns(2), ("down", "across"), strict=True)):
        column.number_input(f"Stride {word}", 1, MAX_STRIDE, key=f"picture_stride_{axis}")


def render_place_controls(view: PictureView, picture: Picture) -> None:
    """The loupe's place as plain boxes: its twin for keyboards and screen readers."""
    height, width = picture.size
    row, column, size = st.columns(3)
    row.number_input("Row", 0, height - 1, key="picture_row")
    column.number_input("Column", 0, width - 1, key="picture_column")
    size.number_input("Patch size", MIN_PATCH, MAX_PATCH, key="picture_patch")

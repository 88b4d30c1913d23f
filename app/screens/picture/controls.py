"""The Picture page's controls: picture, kernel, how it slides, how the result is shown."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

import streamlit as st

from app.components.kernel_editor import kernel_editor
from app.page.browser import commits_taken
from app.page.layer_controls import number_pair
from app.page.page import Page
from app.page.plain import show_error
from app.page.workbench import draw_folded, draw_offered
from app.pictures.own_file import own_file
from app.pictures.samples import SAMPLES
from app.screens.picture.kernel import possible_acts
from app.screens.picture.kernel_badges import kernel_badges
from app.screens.picture.padding import EACH_END, ENDS, PADDINGS, PER_SIDE
from app.screens.picture.source import PictureShown
from app.screens.picture.state import (
    EDITOR,
    TYPED_DRAWER,
    WINDOWS_DRAWER,
    kernel_error,
    kernel_history,
    padding_form,
)
from app.screens.picture.upload import take_photograph, take_upload, upload_error
from kernels import CATALOGUE
from kernels.catalogue import ImageKernel
from kernels.layers.padding_modes import PADDING_MODES
from kernels.reading.notation import number_text
from kernels.scene.limits import MAX_PADDING, MAX_STRIDE
from lessons.views.kernel_choice import MAX_TAPS, OWN, KernelChoice
from lessons.views.picture import COLOURS, MAX_PATCH, MIN_PATCH, MODES

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

PLACE = 112
"""Pixels across a box of the place: three of them stand side by side on a phone, too."""

PicturePage = Page[PictureShown]


def draw_controls(page: PicturePage, shown: PictureShown) -> None:
    """Every control; those that are needed first stand first."""
    draw_offered(page, shown, {"sample": _picture, "kernel": _kernel, "ksize": _size_of_kernel})
    if page.offers("taps"):
        draw_folded(page, TYPED_DRAWER, "Type or paste its numbers", lambda: _typed(page))
    if shown.view.look == "bank":
        return
    draw_offered(page, shown, {"display": _display, "colour": _colour})
    windows = partial(draw_offered, page, shown, WINDOWS)
    draw_folded(page, WINDOWS_DRAWER, "Padding and stride", windows)


def draw_place_controls(page: PicturePage, shown: PictureShown) -> None:
    """The loupe's place as plain boxes: its twin for keyboards and screen readers."""
    draw_offered(page, shown, {"row": _row, "column": _column, "patch": _patch})


def curtain(page: PicturePage, shown: PictureShown) -> None:
    """Whether the result lies over the original."""
    if shown.view.look == "compare":
        meaning = "One picture over the other, with an edge to drag."
        st.toggle("Curtain", key=page.key("curtain"), help=meaning)


def full_size(page: PicturePage, shown: PictureShown) -> None:
    """Whether a large photograph is worked on pixel by pixel."""
    view = shown.view
    if view.look == "compare" and (shown.whole != shown.picture.size or view.full):
        st.toggle(
            "Full size",
            key=page.key("full"),
            help="Work on every pixel of the photograph. Off: it is shrunk first, so that a kernel "
            "shows at once and a small kernel's effect can be seen.",
        )


def _picture(page: PicturePage, shown: PictureShown) -> None:
    _list_of_pictures(page, shown)
    if page.controls is None:
        _draw_upload(page)


def _list_of_pictures(page: PicturePage, _shown: PictureShown) -> None:
    file = own_file()
    names = [OWN, *SAMPLES] if file else list(SAMPLES)
    st.selectbox(
        "Picture",
        names,
        format_func=lambda name: file.name if name == OWN else SAMPLES[name].title,
        key=page.key("sample"),
    )


def _draw_upload(page: PicturePage) -> None:
    # A file that was given stays in its box, where it can be taken back.
    keeps = own_file() is not None
    draw_folded(
        page, "photograph", "Your own photograph", partial(_ask_for_photograph, page), keeps
    )
    if error := upload_error(page):
        show_error(error)


def _ask_for_photograph(page: PicturePage) -> None:
    st.file_uploader(
        "A picture file",
        key=page.key("upload"),
        on_change=page.callback(take_upload),
        help="PNG, JPEG, WebP, GIF, BMP, PGM or PPM, at most 20 MB; a photograph of more than "
        "40 megapixels is reduced. It is kept in memory for this visit only, and a link to "
        "this page never carries it.",
    )
    # The browser asks for the camera as soon as the box is there.
    if st.toggle("Take one with the camera", key=page.key("camera_on")):
        st.camera_input(
            "Camera",
            key=page.key("camera"),
            on_change=page.callback(take_photograph),
            label_visibility="collapsed",
        )


def _kernel(page: PicturePage, shown: PictureShown) -> None:
    """The kernel: from the list, with its settings, and in the editor."""
    kernel = shown.view.kernel
    with page.styled("kept-in-sight"):
        _list_of_kernels(page, shown)
    with page.styled("steady"):
        st.caption(known.reason if (known := kernel.known) else "Your own numbers.")
    if known:
        _draw_settings(page, known)
    _draw_editor(page, kernel)
    if known:
        st.caption(f"{known.look_for} Source: {known.source}.")


def _list_of_kernels(page: PicturePage, _shown: PictureShown) -> None:
    st.selectbox(
        "Kernel",
        list(CATALOGUE),
        format_func=lambda name: CATALOGUE[name].title,
        index=None,
        placeholder="Your own",
        key=page.key("kernel"),
    )


def _draw_settings(page: PicturePage, known: ImageKernel) -> None:
    for parameter in known.parameters:
        kind = int if parameter.whole else float
        st.slider(
            f"{parameter.title} ({parameter.unit})" if parameter.unit else parameter.title,
            kind(parameter.low),
            kind(parameter.high),
            step=kind(parameter.step),
            key=page.key(f"set_{known.name}_{parameter.name}"),
        )


def _draw_editor(page: PicturePage, kernel: KernelChoice) -> None:
    kernel_editor(
        [[number_text(tap) for tap in row] for row in kernel.numbers],
        divisor=number_text(kernel.divisor),
        offset=number_text(kernel.offset),
        badges=kernel_badges(kernel),
        can=possible_acts(kernel, kernel_history(page)),
        error=kernel_error(page),
        key=page.key(EDITOR),
        commits=commits_taken(page.key(EDITOR)),
    )


def _typed(page: PicturePage) -> None:
    st.text_area(
        "Its numbers",
        key=page.key("taps"),
        height=130,
        help=f"One row a line, 1 × 1 to {MAX_TAPS} × {MAX_TAPS}; what they are divided by may "
        "follow a stroke, as in / 16.",
    )
    if error := kernel_error(page):
        show_error(error)


def _size_of_kernel(page: PicturePage, shown: PictureShown) -> None:
    """Rows and columns; where there is one size only, they say so and cannot be changed."""
    known = shown.view.kernel.known
    fixed = known is not None and known.recipe.sizes.only is not None
    meaning = f"Sizes of this kernel: {known.size_rule}." if known else "A rim of zeros, or a cut."
    names = zip(st.columns(2), ("Rows", "Columns"), ("height", "width"), strict=True)
    for column, word, side in names:
        column.number_input(word, 1, MAX_TAPS, key=page.key(side), disabled=fixed, help=meaning)


def _display(page: PicturePage, _shown: PictureShown) -> None:
    st.selectbox(
        "Show the result",
        list(DISPLAY_NAMES),
        format_func=DISPLAY_NAMES.get,
        key=page.key("display"),
        help=DISPLAY_HELP,
    )


def _colour(page: PicturePage, shown: PictureShown) -> None:
    if not shown.picture.is_grey and shown.view.look != "channels":
        st.segmented_control(
            "Colour",
            list(COLOURS),
            format_func=COLOUR_NAMES.get,
            required=True,
            key=page.key("colour"),
            help=COLOUR_HELP,
        )


def _padding(page: PicturePage, shown: PictureShown) -> None:
    _list_of_paddings(page, shown)
    form = padding_form(page)
    if form == PER_SIDE:
        for axis, (column, name) in enumerate(
            zip(st.columns(2), ("Top, bottom", "Left, right"), strict=True)
        ):
            column.number_input(name, 0, MAX_PADDING, key=page.key(f"padding_{axis}"))
    if form == EACH_END:
        for pair in (ENDS[:2], ENDS[2:]):
            for column, end in zip(st.columns(2), pair, strict=True):
                key = page.key(f"padding_{end}")
                column.number_input(end.capitalize(), 0, MAX_PADDING, key=key)


def _list_of_paddings(page: PicturePage, _shown: PictureShown, before: str = "") -> None:
    st.selectbox(
        "Padding",
        list(PADDINGS),
        format_func=lambda form: before + PADDING_NAMES[form],
        key=page.key("padding"),
    )


def _padding_alone(page: PicturePage, shown: PictureShown) -> None:
    _list_of_paddings(page, shown, "Padding: ")


def _mode(page: PicturePage, shown: PictureShown) -> None:
    if shown.view.layer.padding != ((0, 0), (0, 0)):
        st.selectbox("It holds", list(MODES), format_func=MODE_NAMES.get, key=page.key("mode"))


def _stride(page: PicturePage, _shown: PictureShown) -> None:
    number_pair(page, "Stride", "stride", [(1, MAX_STRIDE)] * 2)


def _stride_alone(page: PicturePage, _shown: PictureShown) -> None:
    for axis, word in enumerate(("Stride down", "across")):
        st.number_input(word, 1, MAX_STRIDE, key=page.key(f"stride_{axis}"))


def _row(page: PicturePage, shown: PictureShown) -> None:
    st.number_input("Row", 0, shown.picture.size[0] - 1, key=page.key("row"), width=PLACE)


def _column(page: PicturePage, shown: PictureShown) -> None:
    last = shown.picture.size[1] - 1
    st.number_input("Column", 0, last, key=page.key("column"), width=PLACE)


def _patch(page: PicturePage, _shown: PictureShown) -> None:
    st.number_input("Patch size", MIN_PATCH, MAX_PATCH, key=page.key("patch"), width=PLACE)


WINDOWS = MappingProxyType({"padding": _padding, "mode": _mode, "stride": _stride})
LIVE_PICTURE = MappingProxyType({"sample": _list_of_pictures, "kernel": _list_of_kernels})
LIVE = MappingProxyType({**LIVE_PICTURE, "padding": _padding_alone, "stride": _stride_alone})
"""What can be changed while it is presented."""

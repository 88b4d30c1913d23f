"""Original and result of a view under the loupe, with everything that is said below them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.components.loupe import KernelShown, Panel, Pin, loupe
from app.page.browser import commits_taken
from app.pictures.cached import (
    Rendered,
    planes_of,
    rendered_original,
    rendered_result,
    result_file,
)
from app.pictures.own_file import own_file
from app.pictures.samples import SAMPLES
from app.pictures.uploads import Picture
from app.screens.picture import state
from app.screens.picture.source import Arrived
from app.screens.picture.view import PictureView
from kernels import layer_formulas
from kernels.layers.geometry import window_near
from kernels.pictures.display import number
from kernels.pictures.images import extract_patch
from kernels.pictures.photograph import photograph_answer

# What changes neither the pixels nor the numbers of the result.
_IGNORED = ("picture", "own", "full", "look", "curtain", "bank", "relu", "pool", "row", "column",
            "patch")  # fmt: skip


def render_loupe(arrived: Arrived, *, present: bool = False) -> None:
    """Draw original and result; a place that was clicked comes back to `commit_place`."""
    view, picture = arrived.view, arrived.picture
    original = rendered_original(arrived.content, view.in_colour, picture)
    colours = None
    if not view.in_colour and not picture.is_grey:
        colours = rendered_original(arrived.content, True, picture)
    result = rendered_result(arrived.content, result_settings(view), picture, view)
    axes = view.layer.axes(picture.size)
    index = tuple(
        window_near(axis, at) for axis, at in zip(axes, (view.row, view.column), strict=True)
    )
    planes = planes_of(picture, view.in_colour)
    answer = photograph_answer(planes, view.weights, view.layer, view.kernel.offset, index)
    loupe(
        _original_panel(original, colours, arrived),
        _result_panel(result, view),
        Pin(view.row, view.column, index, answer.window, answer.values),
        axes,
        view.layer.padding_mode,
        view.layer.padding_value,
        _kernel_shown(view),
        [f for f in layer_formulas(view.layer, picture.size) if f.id in ("height", "width")],
        compare="curtain" if view.curtain else "side",
        present=present,
        key=state.LOUPE,
        commits=commits_taken(state.LOUPE),
    )


def render_download(arrived: Arrived) -> None:
    """A button that saves the result as it is shown, pixel by pixel of the picture worked on."""
    view, picture = arrived.view, arrived.picture
    st.download_button(
        "Save as PNG",
        lambda: result_file(picture, view),
        file_name=f"{view.kernel.name}.png",
        mime="image/png",
        on_click="ignore",
        key="picture_save",
        help="The result as it is shown, one pixel for each of its values.",
    )


def result_settings(view: PictureView) -> tuple[str, ...]:
    """All settings that change the result."""
    return tuple(value for key, value in view.to_flat().items() if key not in _IGNORED)


def patch_of(view: PictureView, picture: Picture) -> np.ndarray:
    """The pixels around the place, (C, h, w), in the colours that are filtered."""
    cut = extract_patch(picture.pixels, *view.corner(picture.size), view.patch, view.patch)
    return planes_of(Picture(cut), view.in_colour)


def kernel_title(view: PictureView) -> str:
    """The kernel's name and what is done with its sums.

    Without a divisor of 1 and an offset of 0, which change nothing.
    """
    kernel = view.kernel
    divided = "" if kernel.divisor == 1 else f", divided by {number(kernel.divisor)}"
    added = "" if kernel.offset == 0 else f", plus {number(kernel.offset)}"
    return f"{kernel.title}{divided}{added}"


def _kernel_shown(view: PictureView) -> KernelShown:
    kernel = view.kernel
    summed = view.colour == "sum"
    taps = np.multiply.outer(view.mix, kernel.numbers) if summed else kernel.numbers
    return KernelShown(kernel_title(view), taps, kernel.divisor, kernel.offset, sums_over=summed)


def _original_panel(shown: Rendered, colours: Rendered | None, arrived: Arrived) -> Panel:
    """The original: the planes that are filtered, seen in colour where those are its grey."""
    view, picture = arrived.view, arrived.picture
    file = own_file()
    name = file.name if view.own and file else SAMPLES[view.sample].title
    facts = [_size_and_range(shown)]
    if arrived.whole != picture.size:
        height, width = arrived.whole
        facts.append(f"Shrunk from {height:,} × {width:,} pixels, to see a kernel's effect")
    if colours:
        facts.append("Shown in colour, filtered as grey: 0.299 R + 0.587 G + 0.114 B")
    facts += [*picture.notes, *_drawn_smaller(shown)]
    sample = SAMPLES[view.sample]
    if sample.file and not view.own:
        facts.append(f"{sample.source.split(';')[0]}. {sample.licence}.")
    seen = colours.png if colours else b""
    about = f"Original: {name}"
    return Panel("Original", about, shown.png, shown.size, tuple(facts), shown.factor, seen)


def _result_panel(shown: Rendered, view: PictureView) -> Panel:
    title = f"Result: {kernel_title(view)}"
    facts = (_size_and_range(shown), shown.sentence, *_drawn_smaller(shown))
    about = f"{title}. {shown.sentence}"
    return Panel(title, about, shown.png, shown.size, facts, shown.factor)


def _size_and_range(shown: Rendered) -> str:
    height, width = shown.size
    return f"{height:,} high × {width:,} wide, values {number(shown.low)} to {number(shown.high)}"


def _drawn_smaller(shown: Rendered) -> list[str]:
    if shown.factor == 1:
        return []
    return [f"Drawn smaller: each pixel is the mean of {shown.factor} × {shown.factor}."]

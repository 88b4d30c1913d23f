"""Original and result of a view under the loupe, with everything that is said below them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.components.loupe import KernelShown, Panel, Pin, loupe
from app.drawings.files import png
from app.drawings.pair import Photograph, pair
from app.page.browser import commits_taken
from app.page.page import Page
from app.pictures.cached import (
    Rendered,
    planes_of,
    rendered_original,
    rendered_result,
    result_file,
)
from app.pictures.samples import SAMPLES
from app.pictures.uploads import Picture
from app.screens.picture.shelf import draw_shelf
from app.screens.picture.source import PictureShown
from app.screens.picture.state import LOUPE
from kernels import layer_formulas
from kernels.layers.geometry import window_near
from kernels.pictures.display import number
from kernels.pictures.images import extract_patch
from kernels.pictures.photograph import photograph_answer
from lessons.views.picture import PictureView

# What changes neither the pixels nor the numbers of the result.
_IGNORED = ("picture", "own", "full", "look", "curtain", "bank", "relu", "pool", "row", "column",
            "patch")  # fmt: skip


def draw_loupe(page: Page[PictureShown], shown: PictureShown, present: bool) -> None:
    """Draw the shelf, original and result; a place that was clicked comes back as a commit."""
    view, picture = shown.view, shown.picture
    if not present and page.offers("kernel"):
        draw_shelf(page, shown)
    original = rendered_original(shown.content, view.in_colour, picture)
    colours = None
    if not view.in_colour and not picture.is_grey:
        colours = rendered_original(shown.content, True, picture)
    result = rendered_result(shown.content, result_settings(view), picture, view)
    axes = view.layer.axes(picture.size)
    index = tuple(
        window_near(axis, at) for axis, at in zip(axes, (view.row, view.column), strict=True)
    )
    planes = planes_of(picture, view.in_colour)
    answer = photograph_answer(planes, view.weights, view.layer, view.kernel.offset, index)
    loupe(
        _original_panel(original, colours, shown),
        _result_panel(result, view),
        Pin(view.row, view.column, index, answer.window, answer.values),
        axes,
        view.layer.padding_mode,
        view.layer.padding_value,
        _kernel_shown(view),
        [f for f in layer_formulas(view.layer, picture.size) if f.id in ("height", "width")],
        compare="curtain" if view.curtain else "side",
        present=present,
        # In a talk or a lesson a clicker goes on to what comes next.
        turns=present and page.controls is None,
        key=page.key(LOUPE),
        commits=commits_taken(page.key(LOUPE)),
    )


def draw_download(page: Page[PictureShown], shown: PictureShown) -> None:
    """Buttons that save the result, pixel by pixel of the picture worked on, and the pair."""
    view, picture = shown.view, shown.picture
    with st.container(horizontal=True):
        for key, label, make, file, meaning in (
            (
                "save",
                "Save as PNG",
                lambda: result_file(picture, view),
                f"{view.kernel.name}.png",
                "The result as it is shown, one pixel for each of its values.",
            ),
            (
                "save_pair",
                "Save both, side by side",
                lambda: png(_pair(shown), 1.5),
                f"{view.kernel.name}-pair.png",
                "Original, kernel and result in one picture, with what is said of them.",
            ),
        ):
            st.download_button(
                label,
                make,
                file_name=file,
                mime="image/png",
                on_click="ignore",
                key=page.key(key),
                help=meaning,
            )


def _pair(shown: PictureShown) -> str:
    """Original, kernel and result as one drawing."""
    view, picture = shown.view, shown.picture
    original = rendered_original(shown.content, view.in_colour, picture)
    result = rendered_result(shown.content, result_settings(view), picture, view)
    given, made = _original_panel(original, None, shown), _result_panel(result, view)
    return pair(
        Photograph(given.png, given.size, given.about, given.facts),
        Photograph(made.png, made.size, made.title, made.facts),
        np.asarray(_kernel_shown(view).taps),
    )


def result_settings(view: PictureView, but: tuple[str, ...] = ()) -> tuple[str, ...]:
    """All settings that change the result, `but` those that what is drawn takes for others."""
    ignored = (*_IGNORED, *but)
    return tuple(value for key, value in view.to_flat().items() if key not in ignored)


def patch_of(view: PictureView, picture: Picture) -> np.ndarray:
    """The pixels around the place, (C, h, w), in the colours that are filtered."""
    cut = extract_patch(picture.pixels, *view.corner, view.patch, view.patch)
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


def _original_panel(original: Rendered, colours: Rendered | None, shown: PictureShown) -> Panel:
    """The original: the planes that are filtered, seen in colour where those are its grey."""
    view, picture = shown.view, shown.picture
    facts = [_size_and_range(original)]
    if shown.whole != picture.size:
        height, width = shown.whole
        facts.append(f"Shrunk from {height:,} × {width:,} pixels, to see a kernel's effect")
    if colours:
        facts.append("Filtered as grey: 0.299 R + 0.587 G + 0.114 B")
    facts += [*picture.notes, *_drawn_smaller(original)]
    sample = SAMPLES[view.sample]
    if sample.file and not view.own:
        facts.append(f"{sample.source.split(';')[0]}. {sample.licence}.")
    seen = colours.png if colours else b""
    about = f"Original: {view.picture.title}"
    return Panel(
        "Original", about, original.png, original.size, tuple(facts), original.factor, seen
    )


def _result_panel(result: Rendered, view: PictureView) -> Panel:
    title = f"Result: {kernel_title(view)}"
    facts = (_size_and_range(result), result.sentence, *_drawn_smaller(result))
    about = f"{title}. {result.sentence}"
    return Panel(title, about, result.png, result.size, facts, result.factor)


def _size_and_range(rendered: Rendered) -> str:
    height, width = rendered.size
    low, high = number(rendered.low), number(rendered.high)
    return f"{height:,} high × {width:,} wide, values {low} to {high}"


def _drawn_smaller(rendered: Rendered) -> list[str]:
    if rendered.factor == 1:
        return []
    return [f"Drawn smaller: each pixel is the mean of {rendered.factor} × {rendered.factor}."]

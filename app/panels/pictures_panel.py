"""Original and result of a view, with everything that is said below them."""

from __future__ import annotations

import numpy as np

from app.components.pictures import Panel, Patch, pictures
from app.session import picture_state as state
from app.session.cached import Rendered, planes_of, rendered_original, rendered_result
from app.session.picture_view import PictureView
from app.session.samples import SAMPLES
from app.session.state import switch_presenting
from app.session.uploads import Picture
from kernels import layer_formulas
from kernels.display import number
from kernels.images import extract_patch
from kernels.notation import parse_numbers

# A larger kernel is not legible beside the pictures from the back row.
_LARGEST_SHOWN = 7


def render_pictures(
    view: PictureView, picture: Picture, content: str, patch: np.ndarray, *, present: bool = False
) -> None:
    """Draw original and result; a moved patch comes back to `picture_state.commit_patch`."""
    original = rendered_original(content, view.colour, picture)
    # All that changes the result: neither the picture's name nor the patch does.
    ignored = ("picture", "own", "row", "column", "patch")
    settings = tuple(value for key, value in view.to_flat().items() if key not in ignored)
    result = rendered_result(content, settings, picture, view)
    formulas = layer_formulas(view.layer, picture.size)
    taps = parse_numbers(view.taps)[0]
    legible = max(taps.shape) <= _LARGEST_SHOWN
    pictures(
        _original_panel(original, view, picture),
        _result_panel(result, view),
        Patch(view.row, view.column, patch),
        view.layer.axes(picture.size),
        [f for f in formulas if f.id in ("height", "width")],
        kernel_title(view),
        [[number(tap) for tap in row] for row in taps] if legible else [],
        present=present,
        key=state.COMPONENT,
        on_patch_change=state.commit_patch,
        on_turn_change=state.turn_kernel,
        on_leave_change=switch_presenting,
    )


def patch_of(view: PictureView, picture: Picture) -> np.ndarray:
    """The patch's pixels, (C, h, w), in the colours that are filtered."""
    cut = extract_patch(picture.pixels, view.row, view.column, view.patch, view.patch)
    return planes_of(Picture(cut), view.colour)


def kernel_title(view: PictureView) -> str:
    """The kernel's name and what its numbers are divided by.

    Without a divisor of 1, which changes nothing.
    """
    divided = "" if view.divisor == 1 else f", divided by {number(view.divisor)}"
    return f"{view.title}{divided}"


def _original_panel(shown: Rendered, view: PictureView, picture: Picture) -> Panel:
    file = state.own_file()
    name = file.name if view.own and file else SAMPLES[view.sample].title
    facts = [_size_and_range(shown)]
    if not picture.is_grey and not view.colour:
        facts.append("Made grey by 0.299 R + 0.587 G + 0.114 B")
    facts += [*picture.notes, *_drawn_smaller(shown)]
    sample = SAMPLES[view.sample]
    if sample.file and not view.own:
        facts.append(f"{sample.source.split(';')[0]}. {sample.licence}.")
    return Panel("Original", f"Original: {name}", shown.png, shown.size, tuple(facts))


def _result_panel(shown: Rendered, view: PictureView) -> Panel:
    title = f"Result: {kernel_title(view)}"
    facts = (_size_and_range(shown), shown.sentence, *_drawn_smaller(shown))
    return Panel(title, f"{title}. {shown.sentence}", shown.png, shown.size, facts)


def _size_and_range(shown: Rendered) -> str:
    height, width = shown.size
    return f"{height:,} high × {width:,} wide, values {number(shown.low)} to {number(shown.high)}"


def _drawn_smaller(shown: Rendered) -> list[str]:
    if shown.factor == 1:
        return []
    return [f"Drawn smaller: each pixel is the mean of {shown.factor} × {shown.factor}."]

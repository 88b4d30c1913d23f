"""The look that lets somebody count where the window fits, before any formula."""

from __future__ import annotations

import numpy as np

from app.components.counting import counting
from app.components.counting.payload import CountedAxis, CountingPayload, Place
from app.page.browser import commits_taken
from app.page.page import Page
from app.screens.sliding_window.connected import two_axes
from app.screens.sliding_window.hindered import draw_hindrance
from app.screens.sliding_window.state import COUNTING
from kernels import size_formula
from kernels.layers.counting import counting_steps, start_words, starts
from kernels.layers.geometry import AXIS_NAMES, Axis
from lessons.views.hindrance import Hindrance
from lessons.views.sliding_looks import SlidingView
from lessons.views.steppers import layer_steppers

_TITLES = {"height": "Down", "width": "Across"}


def draw_count(page: Page[SlidingView], view: SlidingView, present: bool) -> None:
    """The window's places, to be found one by one; the formula comes of itself."""
    axes = [axis for axis in view.axes if isinstance(axis, Axis)]
    if not axes:
        why = (
            "A transposed convolution lays down one copy of its kernel for each number of the "
            "input, so no place has to be looked for. Places of a window are counted on a "
            "convolution."
        )
        draw_hindrance(page, Hindrance(why, "Show a convolution", {"op": "conv"}))
        return
    key = page.key(COUNTING)
    named = zip(AXIS_NAMES[len(axes)], axes, view.counted, strict=True)
    payload = CountingPayload(
        axes=tuple(_axis(name, axis, found) for name, axis, found in named),
        links=two_axes(view.links),
        input=np.atleast_2d(view.input_array()[0]),
        sentence="Press every circle at which the window can start"
        + (", first down, then across" if len(axes) > 1 else "")
        + ". The formula comes of itself.",
        total=_total(view.output_size),
        steppers=page.offered(layer_steppers(view)),
        present=present,
    )
    counting(payload, commits=commits_taken(key), key=key)


def _axis(name: str, axis: Axis, found: tuple[int, ...]) -> CountedAxis:
    legal, formula = starts(axis), size_formula(axis, name)
    reach = axis.taps(0)
    places = tuple(
        Place(tuple(cell + tap for tap in reach), cell in legal, start_words(axis, cell, name))
        for cell in range(axis.padded)
    )
    line = f"{formula.symbols} = {formula.arithmetic} = {formula.result}, just as you counted"
    return CountedAxis(name, _TITLES[name], places, found, counting_steps(axis, name), line)


def _total(size: tuple[int, ...]) -> str:
    if len(size) == 1:
        return ""
    height, width = size
    return f"{height} down × {width} across: {height * width} windows, one output number for each."

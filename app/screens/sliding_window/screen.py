"""The sliding window's screen: the window itself, and other looks at the same layer."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.page.code import render_code
from app.page.looks import Fold, Look
from app.page.page import Page
from app.page.stage import render_stage
from app.page.taking import take_along
from app.page.workbench import Screen, draw_offered
from app.screens.sliding_window.connected import (
    draw_cost,
    draw_lines,
    draw_matrix,
    draw_transpose,
    draw_turned,
    draw_use,
    draw_ways,
)
from app.screens.sliding_window.controls import (
    LIVE,
    LIVE_SHAPE,
    NUMBERS,
    draw_controls,
    draw_numbers,
    draw_shape_controls,
    draw_ways_controls,
)
from app.screens.sliding_window.counted import draw_count
from app.screens.sliding_window.hindered import draw_hindrance
from app.screens.sliding_window.state import COST_DRAWER, STAGE, predicting
from lessons.views.hindrance import Hindrance
from lessons.views.sliding_looks import SlidingView
from lessons.views.sliding_window import divided
from lessons.views.steppers import layer_steppers

Draw = Callable[[Page[SlidingView], SlidingView, bool], None]


def _draw_stage(page: Page[SlidingView], scene: SlidingView, present: bool) -> None:
    render_stage(
        scene,
        key=page.key(STAGE),
        present=present,
        predict=predicting(page),
        formulas=page.remembered("formulas"),
        tall=page.remembered("tall"),
        steppers=page.offered(layer_steppers(scene)),
    )
    if not present:
        # A lesson's layer is what its step says; who typed a smaller one wonders about the rest.
        filled = scene.filled() if page.controls is None else ()
        for sentence in (*filled, *divided(scene)):
            st.caption(sentence)


def _in_two_axes(draw: Draw) -> Draw:
    """A look that draws rows and columns; a video has frames as well."""

    def drawn(page: Page[SlidingView], view: SlidingView, present: bool) -> None:
        if view.layer.rank < 3:
            draw(page, view, present)
            return
        why = (
            "A video has frames as well as rows and columns, and this look draws a single image. "
            "Each frame of the kernel slides over its own frame of the video as over an image; "
            "then their sums are added."
        )
        draw_hindrance(page, Hindrance(why, "Show an image", {"rank": "2"}))

    return drawn


def _draw_matrix_controls(page: Page[SlidingView], view: SlidingView) -> None:
    draw_shape_controls(page, view)
    draw_offered(page, view, {"transpose": draw_transpose})


_TAKE = take_along("Sliding window", lambda page, view: (view, (), predicting(page)))

SCREEN: Screen[SlidingView] = Screen(
    "Sliding window",
    {
        "window": Look(
            "The window",
            "Press Play or the space bar and the window slides. Click any number of the input or "
            "the kernel to change it.",
            _draw_stage,
            draw_controls,
            touch="Press Play. Tap a number twice to change it.",
            folded=(
                Fold("numbers", "Type or paste numbers", draw_numbers, NUMBERS),
                Fold("code", "Code of this layer", render_code),
                _TAKE,
            ),
            live=LIVE,
        ),
        "use": Look(
            "How often used",
            "Each number says how many windows cover its cell. Point at a cell to see which.",
            _in_two_axes(draw_use),
            draw_shape_controls,
            touch="How many windows cover each cell? Tap one to see which.",
            live=LIVE_SHAPE,
        ),
        "matrix": Look(
            "As a matrix",
            "The same layer as one matrix. Point at a row, a cell or a weight to see what it is.",
            _in_two_axes(draw_matrix),
            _draw_matrix_controls,
            touch="The same layer as one matrix. Tap a row or a weight.",
            folded=(
                Fold(COST_DRAWER, "What a kernel saves on a picture", draw_cost, ("picture",)),
            ),
        ),
        "lines": Look(
            "Nodes and lines",
            "Each cell is a node, each product a line. Point at a node to see its lines.",
            _in_two_axes(draw_lines),
            draw_shape_controls,
            touch="Cells are nodes, products are lines. Tap a node.",
            live=LIVE_SHAPE,
        ),
        "count": Look(
            "Counting windows",
            "Where can the window start? Find every place, and the size formula with it.",
            _in_two_axes(draw_count),
            draw_shape_controls,
            touch="Where can the window start? Find every place.",
            live=LIVE_SHAPE,
        ),
        "turned": Look(
            "Flipped kernel",
            "The kernel as it is written, and flipped by 180°: textbooks’ “true convolution”.",
            _in_two_axes(draw_turned),
            draw_shape_controls,
            touch="The kernel as it is written, and flipped.",
            live=LIVE_SHAPE,
        ),
        "ways": Look(
            "Transposed, both ways",
            "Copies of the kernel that add up, and a window over zeros put in: one output.",
            draw_ways,
            draw_ways_controls,
        ),
    },
    look=lambda view: view.look,
    roomy=True,
)

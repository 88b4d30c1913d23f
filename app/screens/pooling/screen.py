"""The Pooling page's screen: the same windows on numbers, on a photograph, under a small move."""

from __future__ import annotations

import streamlit as st

from app.page.looks import Fold, Look
from app.page.page import Page
from app.page.stage import render_stage
from app.page.taking import take_along
from app.page.workbench import Screen
from app.screens.pooling.controls import (
    INPUT,
    LIVE,
    draw_input,
    draw_numbers_controls,
    draw_photo_controls,
    draw_shift_controls,
    numbers_facts,
)
from app.screens.pooling.photo import draw_photo
from app.screens.pooling.shift import draw_shift
from app.screens.pooling.state import STAGE
from lessons.views.pooling import PoolingView
from lessons.views.steppers import layer_steppers


def _draw_numbers(page: Page[PoolingView], view: PoolingView, present: bool) -> None:
    render_stage(
        view.scene,
        key=page.key(STAGE),
        present=present,
        predict=view.predict,
        also=view.kinds[1:],
        steppers=page.offered(layer_steppers(view.scene)),
    )


def _say_facts(_page: Page[PoolingView], view: PoolingView) -> None:
    for sentence in view.scene.filled():
        st.caption(sentence)
    st.caption("  \n".join(numbers_facts(view)))


SCREEN: Screen[PoolingView] = Screen(
    "Pooling",
    {
        "numbers": Look(
            "Numbers",
            "Press Play or the space bar: of each window one number is left. Click any number of "
            "the input to change it.",
            _draw_numbers,
            draw_numbers_controls,
            touch="Press Play: of each window one number is left.",
            below=_say_facts,
            folded=(
                Fold("numbers", "Type or paste numbers", draw_input, INPUT),
                take_along(
                    "Pooling", lambda _page, view: (view.scene, view.kinds[1:], view.predict)
                ),
            ),
            live=LIVE,
        ),
        "photo": Look(
            "Photograph",
            "What pooling makes of a picture, again and again: fewer numbers, the same scene.",
            draw_photo,
            draw_photo_controls,
            touch="Pooled again and again: fewer numbers, the same scene.",
        ),
        "shift": Look(
            "Shift test",
            "Move the input a little. How much of it changes, and how much of its pooling?",
            draw_shift,
            draw_shift_controls,
            touch="Move the input a little: what changes, before and after?",
        ),
    },
    look=lambda view: view.look,
)

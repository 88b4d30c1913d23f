"""The sliding window's screen: the stage with its controls, its numbers as text, its code."""

from __future__ import annotations

import streamlit as st

from app.page.code import render_code
from app.page.looks import Fold, Look
from app.page.page import Page
from app.page.stage import render_stage
from app.page.workbench import Screen, only_look
from app.screens.sliding_window.controls import NUMBERS, draw_controls, draw_numbers
from app.screens.sliding_window.state import STAGE, predicting
from kernels.scene.flat import FlatScene
from lessons.views.steppers import layer_steppers


def _draw_stage(page: Page[FlatScene], scene: FlatScene, present: bool) -> None:
    render_stage(
        scene,
        key=page.key(STAGE),
        present=present,
        predict=predicting(page),
        steppers=page.offered(layer_steppers(scene)),
    )
    if not present:
        for sentence in scene.filled():
            st.caption(sentence)


SCREEN: Screen[FlatScene] = Screen(
    "Sliding window",
    **only_look(
        Look(
            "Sliding window",
            "Press Play or the space bar and the window slides. Click any number of the input or "
            "the kernel to change it.",
            _draw_stage,
            draw_controls,
            touch="Press Play and the window slides. Tap a number twice to change it.",
            folded=(
                Fold("numbers", "Type or paste numbers", draw_numbers, NUMBERS),
                Fold("code", "Code of this layer", render_code),
            ),
        )
    ),
)

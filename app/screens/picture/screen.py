"""The Picture page's screen: original and result, colours, many kernels, padding and stride."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.page.looks import Look
from app.page.page import Page
from app.page.workbench import Screen, draw_folded
from app.screens.picture.bank import draw_bank, list_of_banks
from app.screens.picture.border import draw_border
from app.screens.picture.colours import draw_colours
from app.screens.picture.controls import (
    LIVE,
    LIVE_PICTURE,
    curtain,
    draw_controls,
    draw_place_controls,
    full_size,
)
from app.screens.picture.histogram import draw_histogram
from app.screens.picture.loupe import draw_download, draw_loupe, patch_of
from app.screens.picture.source import PictureShown
from lessons.views.picture import sending_address, sending_sentence

HINT = (
    "Choose a kernel or change its numbers. Move over a picture to see what is multiplied there; "
    "click to stay."
)
HINT_FOR_TOUCH = (
    "Choose a kernel or change its numbers. Tap a picture to see what is multiplied there."
)


def _draw_place(page: Page[PictureShown], shown: PictureShown) -> None:
    """Below the loupe: its place, the way to the sliding window, the result as a file."""
    said = sending_sentence(shown.view, shown.view.patch_size)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_place_controls(page, shown)
        sent = st.button("Send to the sliding window", key=page.key("send"), help=said)
    draw_folded(page, "take", "Take it along", partial(draw_download, page, shown))
    draw_folded(page, "histogram", "Histogram of values", partial(draw_histogram, page, shown))
    if sent:
        patch = patch_of(shown.view, shown.picture)
        page.go_to("sliding_window", sending_address(shown.view, patch))


SCREEN: Screen[PictureShown] = Screen(
    "Picture",
    {
        "compare": Look(
            "Original and result",
            HINT,
            draw_loupe,
            draw_controls,
            HINT_FOR_TOUCH,
            _draw_place,
            live=LIVE,
        ),
        "channels": Look(
            "Colour channels",
            HINT,
            draw_colours,
            draw_controls,
            HINT_FOR_TOUCH,
            live=LIVE_PICTURE,
        ),
        "bank": Look(
            "Many kernels",
            HINT,
            draw_bank,
            draw_controls,
            HINT_FOR_TOUCH,
            live={"sample": LIVE["sample"], "bank": list_of_banks},
        ),
        "border": Look(
            "Padding and stride", HINT, draw_border, draw_controls, HINT_FOR_TOUCH, live=LIVE
        ),
    },
    look=lambda shown: shown.view.look,
    beside={"curtain": curtain, "full": full_size},
    tall=True,
)

"""What stands in a look's place where it has nothing to show of a layer."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.page.page import Page
from lessons.views.hindrance import Hindrance
from lessons.views.sliding_looks import SlidingView


def draw_hindrance(page: Page[SlidingView], hindrance: Hindrance) -> None:
    """Say why there is nothing to see, above a button that leads to a layer of which there is."""
    st.markdown(hindrance.why)
    act = page.callback(set_settings, hindrance.settings)
    st.button(hindrance.act, key=page.key("possible"), on_click=act)


def set_settings(page: Page[SlidingView], settings: Mapping[str, str]) -> None:
    """Change some settings, as a button beside a look does."""
    page.change(**settings)

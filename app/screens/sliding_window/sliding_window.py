"""Sliding window: choose a layer and its numbers, watch the window slide, edit any cell."""

from app.page.workbench import show
from app.screens.sliding_window.screen import SCREEN
from app.screens.sliding_window.state import PAGE

show(SCREEN, PAGE)

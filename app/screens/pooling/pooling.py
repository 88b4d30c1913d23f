"""Pooling: max and average of the same windows, on numbers, on a photograph, under a small move."""

from app.page.workbench import show
from app.screens.pooling.screen import SCREEN
from app.screens.pooling.state import PAGE

show(SCREEN, PAGE)

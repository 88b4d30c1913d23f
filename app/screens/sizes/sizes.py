"""Sizes: a layer of any size, its numbers and formulas, drawn to scale."""

from app.page.workbench import show
from app.screens.sizes.screen import SCREEN
from app.screens.sizes.state import PAGE

show(SCREEN, PAGE)

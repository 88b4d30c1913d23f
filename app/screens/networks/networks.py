"""Networks: build one layer by layer, draw it, see what a unit sees, compare two."""

from app.page.workbench import show
from app.screens.networks.screen import SCREEN
from app.screens.networks.state import PAGE

show(SCREEN, PAGE)

"""Picture: choose or upload a picture, work on a kernel, and see what it makes of the picture."""

from app.page.workbench import show
from app.screens.picture.screen import SCREEN
from app.screens.picture.state import PAGE

show(SCREEN, PAGE)

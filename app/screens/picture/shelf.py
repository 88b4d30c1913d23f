"""The shelf: ten kernels as what they make of the picture; pressing one chooses it."""

from __future__ import annotations

from app.components.shelf import Kernel, shelf
from app.page.browser import commits_taken
from app.page.page import Page
from app.pictures.cached import shelf_glimpses
from app.screens.picture.source import PictureShown
from app.screens.picture.state import LOUPE, SHELF_KEY
from kernels import CATALOGUE
from lessons.views.shelf import SHELF, on_shelf


def draw_shelf(page: Page[PictureShown], shown: PictureShown) -> None:
    """Draw the shelf; the loupe shows large what somebody points at there."""
    view, picture = shown.view, shown.picture
    glimpses = shelf_glimpses(shown.content, picture, view)
    # The picture itself is seen in its colours also where it is filtered as grey.
    coloured = not (view.in_colour or picture.is_grey)
    kernels = [
        Kernel(
            name,
            title,
            CATALOGUE[name].title,
            glimpses.files[name],
            glimpses.original if coloured and name == "identity" else b"",
        )
        for name, title in SHELF.items()
    ]
    with page.styled("shelf"):
        shelf(
            kernels,
            on_shelf(view.kernel),
            preview=f"{page.key(LOUPE)} preview",
            key=page.key(SHELF_KEY),
            commits=commits_taken(page.key(SHELF_KEY)),
        )

"""The shelf: ten kernels as what they make of the picture; pressing one chooses it."""

from __future__ import annotations

from functools import partial

from app.components.shelf import Kernel, packed_pictures, shelf
from app.page.browser import commits_taken
from app.page.page import Page
from app.pictures.cached import kept_drawing, shelf_glimpses
from app.screens.picture.source import PictureShown
from app.screens.picture.state import LOUPE, SHELF_KEY
from kernels import CATALOGUE
from lessons.views.shelf import SHELF, on_shelf


def draw_shelf(page: Page[PictureShown], shown: PictureShown) -> None:
    """Draw the shelf; the loupe shows large what somebody points at there."""
    view, key = shown.view, page.key(SHELF_KEY)
    colours = (view.colour, *map(str, view.mix))
    kernels, pictures = kept_drawing(shown.content, (key, *colours), partial(_packed, key, shown))
    with page.styled("shelf"):
        shelf(
            kernels,
            on_shelf(view.kernel),
            pictures,
            preview=f"{page.key(LOUPE)} preview",
            key=key,
            commits=commits_taken(key),
        )


def _packed(key: str, shown: PictureShown) -> tuple[list[Kernel], bytes]:
    """The kernels with what they make of the picture, and all of that as one message."""
    view, picture = shown.view, shown.picture
    glimpses = shelf_glimpses(picture, view)
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
    return kernels, packed_pictures(kernels, key)

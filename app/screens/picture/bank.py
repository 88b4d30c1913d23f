"""Many kernels: a grid of feature maps, with ReLU and pooling, and where each kernel fires most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from app.components.gallery import Row, Tile, gallery
from app.page.browser import commits_taken
from app.page.page import Page
from app.page.workbench import draw_side_by_side
from app.pictures.cached import planes_of
from app.pictures.png import png_of
from app.screens.picture.source import PictureShown
from app.screens.picture.state import MAPS
from kernels import ConvSpec
from kernels.catalogue import ImageKernel
from kernels.catalogue.kernel_tools import describe_kernel
from kernels.pictures.display import DISPLAYS, Measured, number
from kernels.pictures.feature_map import feature_map
from kernels.pictures.images import shrink_to
from lessons.places import place_words
from lessons.views.banks import BANKS
from lessons.views.kernel_choice import settings_text, size_text
from lessons.views.picture import POOLS, PictureView

ROOM = 360
WHITE = 255


def draw_bank(page: Page[PictureShown], shown: PictureShown, present: bool) -> None:
    """Draw the feature map of every kernel of a bank; one that is opened becomes the kernel."""
    view = shown.view
    if not present:
        choices = {"bank": list_of_banks, "relu": _relu, "pool": _pool}
        draw_side_by_side(page, shown, choices, (2, 1, 1), vertical_alignment="bottom")
    bank = BANKS[view.bank]
    planes = planes_of(shown.picture, False)
    tiles = [_tile(view, Shown.of(kernel), planes) for kernel in bank.kernels]
    own = Shown("own - -", f"Chosen: {view.kernel.title}", view.kernel.numbers,
                view.kernel.divisor, view.kernel.offset)  # fmt: skip
    gallery(
        [
            Row(f"{len(tiles)} kernels, {len(tiles)} feature maps", tiles, bank.note),
            Row(
                f"The picture, and the kernel that is chosen{'' if present else ' on the left'}",
                [_original(shown), _tile(view, own, planes)],
            ),
        ],
        columns=4,
        present=present,
        key=page.key(MAPS),
        commits=commits_taken(page.key(MAPS)),
    )


def list_of_banks(page: Page[PictureShown], _shown: PictureShown) -> None:
    """Which kernels are shown together."""
    titles = {name: bank.title for name, bank in BANKS.items()}
    st.selectbox("Kernels", list(titles), format_func=titles.get, key=page.key("bank"))


def _relu(page: Page[PictureShown], _shown: PictureShown) -> None:
    meaning = "Negative answers become 0: only what a kernel looks for."
    st.toggle("ReLU", key=page.key("relu"), help=meaning)


def _pool(page: Page[PictureShown], _shown: PictureShown) -> None:
    st.selectbox(
        "Max pooling",
        list(POOLS),
        format_func=lambda side: "none" if side == 1 else f"{side} × {side}, stride {side}",
        key=page.key("pool"),
    )


def _original(shown: PictureShown) -> Tile:
    """The picture itself, in its colours."""
    pixels = shown.picture.pixels
    facts = () if shown.picture.is_grey else ("Shown in colour, filtered as grey",)
    file = png_of(shrink_to(pixels, ROOM, ROOM))
    return Tile("original", "Original", file, pixels.shape[1:], facts, role="input")


@dataclass(frozen=True, eq=False)
class Shown:
    """A kernel of the gallery: its id there, its title, and its numbers."""

    id: str
    title: str
    taps: np.ndarray
    divisor: float
    offset: float

    @classmethod
    def of(cls, kernel: ImageKernel) -> Shown:
        """A kernel of a bank; the id brings it back."""
        title = kernel.title
        if kernel.name == "gabor":
            angle, wavelength = kernel.settings["orientation"], kernel.settings["wavelength"]
            title = f"Gabor {number(angle)}°, {number(wavelength)} pixels"
        id = f"{kernel.name} {size_text(kernel.size)} {settings_text(dict(kernel.settings))}"
        return cls(id, title, kernel.taps, kernel.divisor, kernel.offset)


def _tile(view: PictureView, kernel: Shown, planes: np.ndarray) -> Tile:
    spec = ConvSpec(1, 1, kernel.taps.shape, padding="same", bias=False, padding_mode="replicate")
    weights = kernel.taps / kernel.divisor
    found = feature_map(planes, weights, spec, kernel.offset, relu=view.relu, pool=view.pool)
    shown = DISPLAYS["rescale" if view.relu else "signed"](found.values, Measured.of(found.values))
    row, column = found.answer
    others = found.ties - 1
    more = f", and at {others:,} other place{'s' if others > 1 else ''}" if others else ""
    white = WHITE * float(describe_kernel(kernel.taps, kernel.divisor).total) + kernel.offset
    facts = (
        f"Highest: {number(found.highest)} at picture {place_words((row, column))}{more}",
        f"Flat white gives {number(white)}",
    )
    return Tile(
        f"{kernel.id} {row} {column}",
        kernel.title,
        png_of(shrink_to(shown.pixels[None], ROOM, ROOM)),
        found.values.shape,
        facts,
        mark=found.place,
        kernel=tuple(map(tuple, kernel.taps.tolist())),
        role="output",
        open=True,
    )

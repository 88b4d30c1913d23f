"""Many kernels: a grid of feature maps, with ReLU and pooling, and where each kernel fires most."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.components.gallery import Row, Tile, gallery
from app.components.png import png_of
from app.session import picture_state as state
from app.session.banks import BANKS
from app.session.cached import planes_of
from app.session.kernel_choice import settings_text
from app.session.picture_kernel import open_map
from app.session.picture_view import POOLS, PictureView
from app.session.uploads import Picture
from kernels import ConvSpec
from kernels.catalogue import ImageKernel
from kernels.display import DISPLAYS, Measured, number
from kernels.feature_map import feature_map
from kernels.images import shrink_to
from kernels.kernel_tools import describe_kernel

ROOM = 360
WHITE = 255


def render_bank(view: PictureView, picture: Picture, *, present: bool = False) -> None:
    """Draw the feature map of every kernel of a bank; one that is opened becomes the kernel."""
    if not present:
        _render_choice()
    bank = BANKS[view.bank]
    planes = planes_of(picture, False)
    tiles = [_tile(view, kernel, planes) for kernel in bank.kernels]
    gallery(
        [Row(f"{len(tiles)} kernels, {len(tiles)} feature maps", tiles, bank.note)],
        columns=4,
        same_scale=view.pool > 1,
        present=present,
        key=state.MAPS,
        on_open_change=open_map,
    )


def _render_choice() -> None:
    bank, relu, pool = st.columns([2, 1, 1], vertical_alignment="bottom")
    bank.selectbox(
        "Kernels", list(BANKS), format_func=lambda name: BANKS[name].title, key="picture_bank"
    )
    relu.toggle(
        "ReLU", key="picture_relu", help="Negative answers become 0: only what a kernel looks for."
    )
    pool.selectbox(
        "Max pooling",
        list(POOLS),
        format_func=lambda side: "none" if side == 1 else f"{side} × {side}, stride {side}",
        key="picture_pool",
    )


def _tile(view: PictureView, kernel: ImageKernel, planes: np.ndarray) -> Tile:
    spec = ConvSpec(1, 1, kernel.taps.shape, padding="same", bias=False, padding_mode="replicate")
    found = feature_map(planes, kernel.weights, spec, kernel.offset, relu=view.relu, pool=view.pool)
    shown = DISPLAYS["rescale" if view.relu else "signed"](found.values, Measured.of(found.values))
    row, column = found.place
    total = describe_kernel(kernel.taps, kernel.divisor).total
    more = f", and at {found.ties - 1:,} other places" if found.ties > 1 else ""
    facts = (
        f"Highest: {number(found.highest)} at row {row}, column {column}{more}",
        f"Flat white gives {number(WHITE * float(total) + kernel.offset)}",
    )
    settings = settings_text(dict(kernel.settings))
    size = "x".join(map(str, kernel.taps.shape))
    return Tile(
        f"{kernel.name} {size} {settings}",
        _title(kernel),
        png_of(shrink_to(shown.pixels[None], ROOM, ROOM)),
        found.values.shape,
        facts,
        mark=found.place,
        kernel=tuple(map(tuple, kernel.taps.tolist())),
        role="output",
        open=True,
    )


def _title(kernel: ImageKernel) -> str:
    """The kernel's name, with the settings that set it apart in its bank."""
    if kernel.name != "gabor":
        return kernel.title
    angle, wavelength = kernel.settings["orientation"], kernel.settings["wavelength"]
    return f"Gabor {number(angle)}°, {number(wavelength)} pixels"

"""Colour channels: what a kernel does with red, green and blue, and what grey loses."""

from __future__ import annotations

import functools

import numpy as np
import streamlit as st

from app.components.gallery import Operator, Row, Tile, gallery
from app.page.page import Page
from app.page.plain import show_notes
from app.pictures.png import png_of
from app.pictures.uploads import Picture
from app.screens.picture.source import PictureShown
from app.screens.picture.state import MAPS
from kernels.pictures.display import DISPLAYS, Measured, number
from kernels.pictures.images import shrink_to, to_grey
from kernels.pictures.photograph import whole_answer
from lessons.views.picture import PictureView

PLANES = (("Red", "red"), ("Green", "green"), ("Blue", "blue"))
ROOM = 420


def draw_colours(page: Page[PictureShown], shown: PictureShown, present: bool) -> None:
    """Draw three planes, their parts of a sum over colours, and three ways to treat colour."""
    view, picture = shown.view, shown.picture
    if picture.is_grey:
        way = "Leave the presenter view and choose" if present else "Choose"
        show_notes([f"This picture is grey, so it has one channel. {way} a picture with colours."])
        return
    if not present and page.offers("mix"):
        _draw_mix(page)
    gallery(
        [*_sum_rows(view, picture), _ways(view, picture)],
        same_scale=True,
        present=present,
        key=page.key(MAPS),
    )


def _draw_mix(page: Page[PictureShown]) -> None:
    st.caption(
        "A kernel for a colour picture has a slice for each channel, here one set of numbers times "
        "three weights. Each slice is laid on its own plane, and the three sums are added to one."
    )
    with page.styled("row"):
        boxes = st.columns(3)
    for n, (box, (name, _)) in enumerate(zip(boxes, PLANES, strict=True)):
        box.number_input(f"{name} slice × ", -100.0, 100.0, key=page.key(f"mix_{n}"), step=0.1,
                         format="%g")  # fmt: skip


def _sum_rows(view: PictureView, picture: Picture) -> list[Row]:
    """The planes; and what each of them adds to the sum, all on one scale."""
    taps = view.kernel.weights
    slices = np.multiply.outer(view.mix, taps)
    parts = [
        whole_answer(picture.pixels[n : n + 1], slices[n], view.layer)[0]
        for n in range(len(PLANES))
    ]
    (total,) = whole_answer(picture.pixels, slices, view.layer, view.kernel.offset)
    measured = Measured.of(np.stack([*parts, total]))._replace(planes=1)
    planes: list[Tile | Operator] = []
    shares: list[Tile | Operator] = []
    for n, (name, tint) in enumerate(PLANES):
        plane = picture.pixels[n]
        planes.append(
            Tile(f"plane {tint}", name, png_of(shrink_to(plane[None], ROOM, ROOM)), plane.shape,
                 (f"values {plane.min()} to {plane.max()}",), tint=tint, role="input")
        )  # fmt: skip
        if n:
            shares.append(Operator("+"))
        shares.append(
            _tile(f"part {tint}", f"{name} × {number(view.mix[n])}", parts[n], measured, tint)
        )
    whole = png_of(shrink_to(picture.pixels, ROOM, ROOM))
    planes += [
        Operator("=", "together make"),
        Tile("original", "Original", whole, picture.size, ("three values a pixel",), role="input"),
    ]
    added = f"+ {number(view.kernel.offset)} " if view.kernel.offset else ""
    shares += [Operator(f"{added}="), _tile("sum", "Sum: one map", total, measured, "")]
    note = "One scale for all four: " + DISPLAYS["signed"](total, measured).sentence
    return [
        Row("The picture: three planes", planes),
        Row("Each slice on its plane, then the sum", shares, note),
    ]


def _tile(name: str, title: str, values: np.ndarray, measured: Measured, tint: str) -> Tile:
    shown = DISPLAYS["signed"](values, measured)
    return Tile(
        name, title, png_of(shrink_to(shown.pixels[None], ROOM, ROOM)), values.shape,
        (_range(values),), tint=tint, role="output",
    )  # fmt: skip


def _ways(view: PictureView, picture: Picture) -> Row:
    """Grey first, each colour by itself, and summed over colours, side by side."""
    taps, offset = view.kernel.weights, view.kernel.offset
    display = "signed" if view.display == "colours" else view.display
    ways = [
        ("grey", "Grey first", to_grey(picture.pixels)[None], taps, "1 plane in, 1 map out"),
        ("each", "Each colour by itself", picture.pixels, taps, "3 planes in, 3 maps out"),
        ("sum", "Summed over colours", picture.pixels, np.multiply.outer(view.mix, taps),
         "3 planes in, 1 map out"),
    ]  # fmt: skip
    answers = [
        whole_answer(planes, weights, view.layer, offset) for _, _, planes, weights, _ in ways
    ]
    # One scale for all, or the rounding of a flat map would be blown up to edges.
    measured = functools.reduce(Measured.joined, map(Measured.of, answers))._replace(planes=3)
    tiles = []
    for (name, title, _, _, channels), values in zip(ways, answers, strict=True):
        shown = DISPLAYS[display](values, measured)
        tiles.append(
            Tile(f"way {name}", title, png_of(shrink_to(shown.pixels, ROOM, ROOM)),
                 values.shape[1:], (channels, _range(values)), role="output")
        )  # fmt: skip
    grey = to_grey(picture.pixels)
    scale = f"One scale for all: {shown.sentence}"
    note = scale if np.ptp(grey) else (
        f"{scale} Every colour of this picture has the same grey, {grey.flat[0]}: made grey it is "
        "flat, and no kernel can find an edge in it. The colours still have theirs."
    )  # fmt: skip
    return Row("Three ways to treat colour", tiles, note)


def _range(values: np.ndarray) -> str:
    return f"values {number(float(values.min()))} to {number(float(values.max()))}"

"""One output number from three planes: the stage, and each slice's own share of the feature map."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.components.gallery import Operator, Row, Tile, gallery
from app.page.page import Page
from app.page.stage import render_stage
from app.pictures.any_picture import kept_for_samples, small_planes
from app.pictures.png import png_of
from app.screens.channels.state import STAGE
from kernels import conv2d
from kernels.ops.trace import step_place
from kernels.pictures.display import DISPLAYS, Measured, number
from lessons.places import place_words
from lessons.views.channels import ChannelsView
from lessons.views.colour_steppers import colour_steppers
from lessons.views.pictures import PictureFacts

PLANES = ("red", "green", "blue")
ROOM = 300


def draw_cell(page: Page[ChannelsView], view: ChannelsView, present: bool) -> None:
    """Draw the stage, and below it the planes and the partial maps of the kernel shown."""
    render_stage(
        view.scene,
        key=page.key(STAGE),
        present=present,
        predict=view.predict,
        formulas=page.remembered("formulas"),
        steppers=page.offered(colour_steppers(view)),
    )
    if present:
        return
    for sentence in view.scene.filled():
        st.caption(sentence)
    # While the stage hides its sums, nothing else may tell them.
    rows = [plane_row(view), *([] if view.predict else [sum_row(view)])]
    gallery(rows, columns=5, same_scale=True, enlarged=True, key=page.key("slices"))


def draw_place(page: Page[ChannelsView], view: ChannelsView) -> None:
    """The photograph with a ring where the planes are cut out."""
    if view.own_input:
        return
    top, left = view.corner
    tile = Tile(
        "place",
        view.picture.title,
        _small_picture(view.picture),
        view.picture.size,
        (
            f"Rows {top} to {top + view.patch - 1}, columns {left} to {left + view.patch - 1}: "
            f"{view.patch} × {view.patch} pixels in 3 planes.",
        ),
        mark=(view.row, view.column),
    )
    gallery([Row("", [tile])], columns=1, key=page.key("place"))


def draw_picture(page: Page[ChannelsView], view: ChannelsView) -> None:
    """The photograph as it is, in colour."""
    picture = view.picture
    tile = Tile("picture", picture.title, _small_picture(picture), picture.size)
    gallery([Row("", [tile])], columns=1, key=page.key("whole_picture"))


def plane_row(view: ChannelsView) -> Row:
    """The input's three planes as pictures."""
    planes = view.scene.input_array()
    measured = Measured.of(planes)
    display = "clip" if measured.low >= 0 and measured.high > 100 else "rescale"
    tiles = []
    for n, colour in enumerate(PLANES):
        plane = planes[n]
        shown = DISPLAYS[display](plane, measured._replace(planes=1))
        tiles.append(
            Tile(
                f"plane {colour}", f"Channel {n}: {colour}", png_of(shown.pixels[None]),
                plane.shape, (f"{number(plane.min())} to {number(plane.max())}",),
                tint=colour, role="input",
            )
        )  # fmt: skip
    return Row("The input: three planes", tiles)


def sum_row(view: ChannelsView) -> Row:
    """What each slice of the kernel shown makes of its plane, the bias, and their sum: one map.

    A ring marks the step's place; beside it stand that place's partial sums.
    """
    scene = view.scene
    x, weights, whole = scene.input_array(), scene.weight_array(), scene.output()
    map_shown, place = step_place(scene.step, whole.shape[1:], len(whole))
    slices = weights[map_shown]
    parts = partial_maps(x, slices)
    bias = scene.bias_array()
    added = 0.0 if bias is None else float(bias[map_shown])
    measured = Measured.of(np.stack([*parts, whole[map_shown]]))._replace(planes=1)

    def tile(name: str, title: str, values: np.ndarray, **more: object) -> Tile:
        shown = DISPLAYS["signed"](values, measured)
        facts = (f"{number(values.min())} to {number(values.max())}",)
        return Tile(name, title, png_of(shown.pixels[None]), values.shape, facts, mark=place,
                    mark_note=number(values[place]), role="output", **more)  # fmt: skip

    items: list[Tile | Operator] = []
    for n, colour in enumerate(PLANES):
        if n:
            items.append(Operator("+"))
        kernel = tuple(map(tuple, slices[n].tolist()))
        items.append(tile(f"part {colour}", colour.capitalize(), parts[n],
                          kernel=kernel, tint=colour))  # fmt: skip
    if bias is not None:
        items += [Operator("+"), Tile("bias", "Bias", b"", (1, 1), kernel=((added,),))]
    items += [Operator("="), tile("map", f"Feature map {map_shown}", whole[map_shown])]
    said = sum_sentence(parts[:, place[0], place[1]], bias is not None, added, place, map_shown)
    scale = DISPLAYS["signed"](whole[map_shown], measured).sentence
    return Row(f"Kernel {map_shown}: each slice on its own plane, then one sum", items,
               f"{said} One scale for all four. {scale}")  # fmt: skip


def partial_maps(planes: np.ndarray, slices: np.ndarray) -> np.ndarray:
    """Each plane under its own slice alone, (C, H_out, W_out): a depthwise convolution.

    >>> partial_maps(np.ones((3, 2, 2)), np.ones((3, 2, 2))).ravel().tolist()
    [4.0, 4.0, 4.0]
    """
    return conv2d(planes, slices[:, None], groups=len(planes))


def sum_sentence(
    parts: np.ndarray, has_bias: bool, bias: float, place: tuple[int, ...], map_shown: int
) -> str:
    """The partial sums of one place in one line.

    >>> sum_sentence(np.array([4.0, -1.0, 2.0]), True, -20.0, (0, 1), 1)
    'Feature map 1, row 0, column 1: red 4, green −1, blue 2; 4 − 1 + 2 − 20 (bias) = −15.'
    """
    named = ", ".join(f"{name} {number(part)}" for name, part in zip(PLANES, parts, strict=True))
    line = number(parts[0]) + "".join(f" {_signed(part)}" for part in parts[1:])
    if has_bias:
        line += f" {_signed(bias)} (bias)"
    total = number(float(parts.sum()) + bias)
    return f"Feature map {map_shown}, {place_words(place)}: {named}; {line} = {total}."


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'} {number(abs(value))}"


@kept_for_samples
def _small_picture(picture: PictureFacts) -> bytes:
    return png_of(small_planes(picture, ROOM))

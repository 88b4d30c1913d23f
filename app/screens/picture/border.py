"""Padding and stride: one corner under each padding mode, and pictures that get smaller."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from app.components.gallery import Row, Tile, gallery
from app.page.page import Page
from app.pictures.cached import kept_drawing, planes_of
from app.pictures.png import png_of
from app.screens.picture.controls import MODE_NAMES
from app.screens.picture.loupe import result_settings
from app.screens.picture.source import PictureShown
from app.screens.picture.state import MAPS
from kernels import ConvSpec, ShapeError, layer_formulas
from kernels.layers.padding_modes import PADDING_MODES
from kernels.ops.padding import pad_input
from kernels.pictures.display import DISPLAYS, Measured
from kernels.pictures.images import shrink_to
from kernels.pictures.photograph import whole_answer
from lessons.views.picture import MODES, PictureView

INSIDE = 18
STRIDES = (1, 2, 3, 4)
ROOM = 360


def draw_border(page: Page[PictureShown], shown: PictureShown, present: bool) -> None:
    """Draw a corner with what each mode puts around it, then larger strides."""
    view = shown.view
    planes = planes_of(shown.picture, view.in_colour)
    # Each is drawn for all strides, the corners for every padding as well.
    corners = kept_drawing(
        shown.content,
        ("corners", *result_settings(view, ("stride", "padding", "mode"))),
        lambda: _corners(view, planes, shown.picture.pixels),
    )
    strides = kept_drawing(
        shown.content,
        ("strides", *result_settings(view, ("stride",))),
        lambda: _strides(view, planes),
    )
    gallery(
        corners,
        enlarged=True,
        present=present,
        key=page.key(MAPS),
    )
    gallery(
        [strides],
        same_scale=True,
        present=present,
        key=page.key(f"{MAPS}_stride"),
    )


class Corner(NamedTuple):
    """A corner of a picture: whether it is the last rows', and the last columns'."""

    bottom: bool
    right: bool

    @property
    def words(self) -> str:
        return f"{'bottom' if self.bottom else 'top'} {'right' if self.right else 'left'}"

    def cut(self, array: np.ndarray, height: int, width: int) -> np.ndarray:
        """So many rows and columns at this corner of (C, H, W)."""
        rows = slice(-height, None) if self.bottom else slice(height)
        columns = slice(-width, None) if self.right else slice(width)
        return array[:, rows, columns]


def _liveliest(planes: np.ndarray) -> Corner:
    """The corner in which most is to be seen."""
    corners = [Corner(bottom, right) for bottom in (False, True) for right in (False, True)]
    return max(corners, key=lambda corner: corner.cut(planes, INSIDE, INSIDE).std())


def _corners(view: PictureView, planes: np.ndarray, seen: np.ndarray) -> list[Row]:
    """The corner under each mode as it is read, and what becomes of it.

    planes : what is filtered; seen : the same picture, in its colours where it has any
    """
    size = planes.shape[1:]
    kept = [min(INSIDE, n) for n in size]
    corner = _liveliest(planes)
    read, answers = [], {}
    for mode in MODES:
        spec = ConvSpec(1, 1, view.kernel.size, 1, "same", bias=False, padding_mode=mode)
        try:
            axes = spec.axes(size)
        except ShapeError:
            continue  # a picture with fewer pixels than are to be mirrored
        rows, columns = (
            axis.after if last else axis.before for axis, last in zip(axes, corner, strict=True)
        )
        cut = corner.cut(pad_input(seen, axes, mode), kept[0] + rows, kept[1] + columns)
        # The picture goes on where the tile ends: no border is drawn there.
        top = kept[0] - size[0] if corner.bottom else rows
        left = kept[1] - size[1] if corner.right else columns
        around = (
            f"{rows} {'below' if corner.bottom else 'above'} and {columns} to the "
            f"{'right' if corner.right else 'left'}"
        )
        read.append(
            Tile(f"read {mode}", MODE_NAMES[mode], png_of(np.ascontiguousarray(cut)),
                 cut.shape[1:], (around,), frame=(top, left, *size),
                 hatched=not PADDING_MODES[mode].copies, role="input")
        )  # fmt: skip
        # The cells that the windows of the corner read, and no others.
        there = [n + k - 1 for n, k in zip(kept, view.kernel.size, strict=True)]
        padded = corner.cut(pad_input(planes, axes, mode), *there)
        answers[mode] = whole_answer(
            padded, view.weights, replace(spec, padding=0), view.kernel.offset
        )
    if not answers:
        return []
    measured = Measured.of(np.concatenate(list(answers.values())))
    measured = measured._replace(planes=len(next(iter(answers.values()))))
    display = "signed" if view.display == "colours" else view.display
    results = []
    for mode, values in answers.items():
        shown = DISPLAYS[display](values, measured)
        pixels = np.ascontiguousarray(shown.pixels)
        results.append(
            Tile(f"result {mode}", f"Result with {mode}", png_of(pixels), values.shape[1:],
                 role="output")
        )  # fmt: skip
    title = (
        f"The {corner.words} {kept[0]} × {kept[1]} pixels, with the cells that padding 'same' adds"
    )
    return [
        Row(title, read, "" if len(seen) == len(planes) else "Shown in colour, filtered as grey."),
        Row("What the kernel makes of them", results, shown.sentence),
    ]


def _strides(view: PictureView, planes: np.ndarray) -> Row:
    tiles = []
    for stride in STRIDES:
        padding = "same" if stride == 1 else "same_upper"
        layer = replace(view.layer, stride=(stride, stride))
        if isinstance(view.layer.padding, str) and view.layer.padding.startswith("same"):
            layer = replace(layer, padding=padding)
        values = whole_answer(planes, view.weights, layer, view.kernel.offset)
        shown = DISPLAYS[view.display](
            values if len(values) > 1 else values[0], Measured.of(values)
        )
        pixels = shown.pixels if shown.pixels.ndim == 3 else shown.pixels[None]
        formula = layer_formulas(layer, planes.shape[1:])
        sizes = [f for f in formula if f.id in ("height", "width")]
        facts = tuple(f"{f.label}: {f.arithmetic} = {f.result:,}" for f in sizes)
        tiles.append(
            Tile(f"stride {stride}", f"Stride {stride}", png_of(shrink_to(pixels, ROOM, ROOM)),
                 values.shape[1:], facts, role="output")
        )  # fmt: skip
    return Row("A larger stride, a smaller picture", tiles)

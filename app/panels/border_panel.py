"""Padding and stride: one corner under each padding mode, and pictures that get smaller."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.components.gallery import Row, Tile, gallery
from app.components.png import png_of
from app.panels.picture_controls import MODE_NAMES
from app.session import picture_state as state
from app.session.cached import planes_of
from app.session.picture_kernel import open_map
from app.session.picture_view import MODES, PictureView
from app.session.uploads import Picture
from kernels import ConvSpec, ShapeError, layer_formulas
from kernels.display import DISPLAYS, Measured
from kernels.images import shrink_to
from kernels.padding import pad_input
from kernels.photograph import whole_answer

INSIDE = 18
STRIDES = (1, 2, 3, 4)
ROOM = 360


def render_border(view: PictureView, picture: Picture, *, present: bool = False) -> None:
    """Draw the top left corner with what each mode puts around it, then larger strides."""
    planes = planes_of(picture, view.in_colour)
    gallery(
        [*_corners(view, planes)],
        enlarged=True,
        present=present,
        key=state.MAPS,
        on_open_change=open_map,
    )
    gallery(
        [_strides(view, planes)],
        same_scale=True,
        present=present,
        key=f"{state.MAPS}_stride",
        on_open_change=open_map,
    )


def _corners(view: PictureView, planes: np.ndarray) -> list[Row]:
    size = planes.shape[1:]
    read, answers = [], {}
    for mode in MODES:
        spec = ConvSpec(1, 1, view.kernel.size, 1, "same", bias=False, padding_mode=mode)
        try:
            axes = spec.axes(size)
        except ShapeError:
            continue  # a picture with fewer pixels than are to be mirrored
        before = [axis.before for axis in axes]
        kept = [min(INSIDE, n) for n in size]
        padded = pad_input(planes, axes, mode)
        cut = padded[:, : before[0] + kept[0], : before[1] + kept[1]]
        word = MODE_NAMES[mode]
        around = f"{before[0]} above and {before[1]} to the left"
        read.append(
            Tile(f"read {mode}", word, png_of(cut), cut.shape[1:], (around,),
                 frame=(*before, *kept), role="input")
        )  # fmt: skip
        values = whole_answer(planes, view.weights, spec, view.kernel.offset)
        answers[mode] = values[:, : kept[0], : kept[1]]
    if not answers:
        return []
    measured = Measured.of(np.concatenate(list(answers.values())))
    measured = measured._replace(planes=len(next(iter(answers.values()))))
    display = "signed" if view.display == "colours" else view.display
    results = []
    for mode, values in answers.items():
        shown = DISPLAYS[display](values, measured)
        results.append(
            Tile(f"result {mode}", f"Result with {mode}", png_of(shown.pixels), values.shape[1:],
                 role="output")
        )  # fmt: skip
    corner = f"The top left {INSIDE} × {INSIDE} pixels, with the cells that padding 'same' adds"
    return [
        Row(corner, read),
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
        facts = tuple(f"{f.label}: {f.numbers} = {f.result:,}" for f in sizes)
        tiles.append(
            Tile(f"stride {stride}", f"Stride {stride}", png_of(shrink_to(pixels, ROOM, ROOM)),
                 values.shape[1:], facts, role="output")
        )  # fmt: skip
    return Row("A larger stride, a smaller picture", tiles)

"""A 1 x 1 convolution on a photograph: it mixes the colours of each pixel, and looks no farther."""

from __future__ import annotations

import numpy as np
import streamlit as st

from app.components.gallery import Operator, Row, Tile, gallery
from app.page.layer_counts import layer_count
from app.page.page import Page
from app.page.workbench import draw_offered
from app.pictures.any_picture import kept_for_samples, small_planes
from app.pictures.png import png_of
from app.screens.channels.slices import PLANES, partial_maps
from app.screens.channels.state import is_hidden
from kernels import ConvSpec, conv2d
from kernels.pictures.display import DISPLAYS, Measured, number
from kernels.reading.notation import number_text
from lessons.views.channels import COLOURS, ChannelsView
from lessons.views.colour_kernels import MIXES
from lessons.views.pictures import PictureFacts

ROOM = 340


def draw_mix(page: Page[ChannelsView], view: ChannelsView, present: bool) -> None:
    """Draw the planes and what the mix makes of them: one map as a sum, three as a picture."""
    rows = [Row("The input: three planes", _input_tiles(view.picture))]
    if not is_hidden(page, view):
        rows.append(sum_of_planes(view) if len(view.mix) == 1 else maps_row(view))
    gallery(rows, present=present, key=page.key("mixed"))


def mixed(planes: np.ndarray, mix: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """Convolve colour planes with a 1 x 1 kernel for each row of the mix, its last number the bias.

    >>> mixed(np.array([[[200]], [[100]], [[0]]]), ((0.299, 0.587, 0.114, 0),)).tolist()
    [[[118.5]]]
    """
    rows = np.array(mix)
    return conv2d(planes, rows[:, :-1, None, None], rows[:, -1])


def sum_of_planes(view: ChannelsView) -> Row:
    """Each plane times its weight, the bias, and the one map that they add up to."""
    planes, (weights,) = _planes(view.picture), view.mix
    *shares, bias = weights
    parts = partial_maps(planes, np.array(shares)[:, None, None])
    (whole,) = mixed(planes, view.mix)
    measured = Measured.of(np.stack([*parts, whole]))._replace(planes=1)
    display = "signed" if measured.low < -0.5 else "clip"
    items: list[Tile | Operator] = []
    for n in range(COLOURS):
        items += [Operator("+")] if n else []
        items.append(_part_tile(view.picture, n, shares[n], display, measured))
    if bias:
        items += [Operator("+"), Tile("bias", "Bias", b"", (1, 1), kernel=((bias,),))]
    shown = DISPLAYS[display](whole, measured)
    items += [Operator("="), _map_tile("map 0", "Feature map 0", whole, shown.pixels)]
    said = f"Feature map 0 = {mix_sentence(weights)}. {_counted(1)} {shown.sentence}"
    return Row("The output: each plane times its weight, then one sum", items, said)


@kept_for_samples
def _part_tile(
    picture: PictureFacts, n: int, share: float, display: str, measured: Measured
) -> Tile:
    """One plane times its weight, as it is shown beside others of this range."""
    (part,) = partial_maps(_planes(picture)[n : n + 1], np.full((1, 1, 1), share))
    pixels = DISPLAYS[display](part, measured).pixels
    title = f"{PLANES[n].capitalize()} × {number_text(share).replace('-', '−')}"
    return _map_tile(f"part {PLANES[n]}", title, part, pixels, tint=PLANES[n])


def _map_tile(
    name: str, title: str, values: np.ndarray, pixels: np.ndarray, tint: str = ""
) -> Tile:
    facts = (f"{number(values.min())} to {number(values.max())}",)
    return Tile(name, title, png_of(pixels[None]), values.shape, facts, tint=tint, role="output")


def maps_row(view: ChannelsView) -> Row:
    """The three maps that come out, and the picture that they make as colours."""
    planes = _planes(view.picture)
    maps = mixed(planes, view.mix)
    shown = DISPLAYS["clip"](maps, Measured.of(maps))
    items: list[Tile | Operator] = [
        Tile(f"map {n}", f"Feature map {n}", png_of(shown.pixels[n : n + 1]), maps.shape[1:],
             (mix_sentence(weights),), role="output")
        for n, weights in enumerate(view.mix)
    ]  # fmt: skip
    together = Tile("together", "As a colour picture", png_of(shown.pixels), maps.shape[1:],
                    (shown.sentence,), role="output")  # fmt: skip
    return Row(
        "The output: three feature maps", [*items, Operator("→"), together], _counted(len(maps))
    )


def _counted(maps: int) -> str:
    line = " ".join(factor.text for factor in layer_count(ConvSpec(COLOURS, maps, 1)).terms)
    return f"{line} parameters. Each pixel is mixed by itself."


def mix_sentence(weights: tuple[float, ...]) -> str:
    """One row of the mix as a sum.

    >>> mix_sentence((0.299, 0.587, 0.114, 0)), mix_sentence((-1, 0, 0, 255))
    ('0.299 red + 0.587 green + 0.114 blue', '−1 red + 255')
    """
    *shares, bias = weights
    terms = [
        (share, f"{number_text(abs(share))} {name}")
        for share, name in zip(shares, PLANES, strict=True)
        if share
    ]
    terms += [(bias, number_text(abs(bias)))] if bias else []
    line = "".join(f" {'−' if value < 0 else '+'} {text}" for value, text in terms)
    line = line.removeprefix(" + ")
    return line.replace(" − ", "−", 1) if line.startswith(" − ") else line or "0"


def draw_mix_controls(page: Page[ChannelsView], view: ChannelsView) -> None:
    """The ready mixes, the number of maps, and a box for each weight and bias."""
    draw_offered(page, view, {"mix": _ready_mixes, "outputs": _outputs, "weights": _weights})


def _ready_mixes(page: Page[ChannelsView], _view: ChannelsView) -> None:
    st.selectbox("Mix", list(MIXES), index=None, placeholder="Your own", key=page.key("mix"))


def _outputs(page: Page[ChannelsView], _view: ChannelsView) -> None:
    st.segmented_control("Channels out", (1, COLOURS), required=True, key=page.key("outputs"))


def _weights(page: Page[ChannelsView], view: ChannelsView) -> None:
    with page.styled("tight"):
        for row in range(len(view.mix)):
            st.caption(f"Kernel {row}: × red, × green, × blue, + bias")
            boxes = st.container(horizontal=True)
            for n, name in enumerate((*PLANES, "bias")):
                boxes.number_input(
                    f"Kernel {row}: {name}", -1000.0, 1000.0, key=page.key(f"mix_{row}_{n}"),
                    step=0.1 if n < COLOURS else 1.0, format="%g", label_visibility="collapsed",
                )  # fmt: skip


@kept_for_samples
def _planes(picture: PictureFacts) -> np.ndarray:
    return small_planes(picture, ROOM)


@kept_for_samples
def _input_tiles(picture: PictureFacts) -> tuple[Tile, ...]:
    planes = _planes(picture)
    return tuple(
        Tile(f"plane {name}", f"Channel {n}: {name}", png_of(planes[n : n + 1]), planes.shape[1:],
             (f"{planes[n].min()} to {planes[n].max()}",), tint=name, role="input")
        for n, name in enumerate(PLANES)
    )  # fmt: skip

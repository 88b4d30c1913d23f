"""A 1 x 1 convolution on a photograph: it mixes the colours of each pixel, and looks no farther."""

from __future__ import annotations

import functools

import numpy as np
import streamlit as st

from app.components.gallery import Operator, Row, Tile, gallery
from app.components.png import png_of
from app.panels.depth_counts import layer_count
from app.panels.slices_panel import PLANES
from app.session import channels_state as state
from app.session.channels_view import COLOURS, ChannelsView
from app.session.colour_kernels import MIXES
from app.session.samples import sample_picture
from kernels import ConvSpec, conv2d
from kernels.display import DISPLAYS, Measured
from kernels.images import shrink_to
from kernels.notation import number_text

ROOM = 340
_STYLE = """<style>
.st-key-mixing [data-testid="stHorizontalBlock"] { flex-wrap: nowrap; }
.st-key-mixing [data-testid="stColumn"] { min-width: 0 !important; flex: 1 1 0 !important; }
.st-key-mixing [data-testid="stHorizontalBlock"] { gap: 0.25rem; }
.st-key-mixing input { font-variant-numeric: tabular-nums; padding-inline: 0.4rem; }
.st-key-mixing button { display: none; }
</style>"""


def render_mix(view: ChannelsView, *, present: bool = False) -> None:
    """Draw the planes and what the mix makes of them: one map on one line, three on two."""
    items = _input_tiles(view.picture)
    hidden = state.is_hidden(view)
    if len(view.mix) == 1:
        sums = [piece for tile in items for piece in (Operator("+"), tile)][1:]
        rows = [Row("Three planes, each times its weight, make one map", sums)]
        if not hidden:
            output = output_row(view)
            rows = [Row(rows[0].title, [*sums, Operator("="), *output.items], output.note)]
    else:
        rows = [Row("The input: three planes", items)]
        rows += [] if hidden else [output_row(view)]
    gallery(rows, present=present, key="stage_mix")


def mixed(planes: np.ndarray, mix: tuple[tuple[float, ...], ...]) -> np.ndarray:
    """Convolve colour planes with a 1 x 1 kernel for each row of the mix, its last number the bias.

    >>> mixed(np.array([[[200]], [[100]], [[0]]]), ((0.299, 0.587, 0.114, 0),)).tolist()
    [[[118.5]]]
    """
    rows = np.array(mix)
    return conv2d(planes, rows[:, :-1, None, None], rows[:, -1])


def output_row(view: ChannelsView) -> Row:
    """The maps that come out, and for three of them the picture that they make as colours."""
    planes = _planes(view.picture)
    maps = mixed(planes, view.mix)
    measured = Measured.of(maps)
    one_signed = len(maps) == 1 and measured.low < -0.5
    display = DISPLAYS["signed" if one_signed else "clip"]
    items: list[Tile | Operator] = []
    for n, (values, weights) in enumerate(zip(maps, view.mix, strict=True)):
        shown = display(values, Measured.of(values))
        # What was done to three maps is said once, below the picture that they make.
        facts = (mix_sentence(weights), *((shown.sentence,) if len(maps) == 1 else ()))
        items.append(
            Tile(f"map {n}", f"Map {n}", png_of(shown.pixels[None]), values.shape, facts,
                 role="output")
        )  # fmt: skip
    if len(maps) == COLOURS:
        shown = DISPLAYS["clip"](maps, measured)
        items += [
            Operator("→"),
            Tile("together", "As a colour picture", png_of(shown.pixels), maps.shape[1:],
                 (shown.sentence,), role="output"),
        ]  # fmt: skip
    layer = ConvSpec(COLOURS, len(maps), 1)
    count = " ".join(factor.text for factor in layer_count(layer).terms)
    note = f"{count} parameters. Each pixel is mixed by itself."
    return Row(f"The output: {len(maps)} map{'s' if len(maps) > 1 else ''}", items, note)


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


def render_mix_controls(view: ChannelsView) -> None:
    """The ready mixes, the number of maps, and a box for each weight and bias."""
    st.html(_STYLE)
    st.selectbox(
        "Mix",
        list(MIXES),
        index=None,
        placeholder="Your own",
        key="channels_mix",
        on_change=state.choose_mix,
    )
    st.segmented_control(
        "Maps out",
        (1, COLOURS),
        required=True,
        key="channels_outputs",
        on_change=state.choose_outputs,
    )
    with st.container(key="mixing"):
        for row in range(len(view.mix)):
            st.caption(f"Map {row}: × red, × green, × blue, + bias")
            for n, (box, name) in enumerate(zip(st.columns(4), (*PLANES, "bias"), strict=True)):
                box.number_input(
                    f"Map {row}: {name}", -1000.0, 1000.0, key=f"channels_mix_{row}_{n}",
                    step=0.1 if n < COLOURS else 1.0, format="%g", label_visibility="collapsed",
                )  # fmt: skip


@functools.cache  # four sample pictures, made small once
def _planes(picture: str) -> np.ndarray:
    return shrink_to(sample_picture(picture).pixels, ROOM, ROOM)


@functools.cache
def _input_tiles(picture: str) -> tuple[Tile, ...]:
    planes = _planes(picture)
    return tuple(
        Tile(f"plane {name}", f"Channel {n}: {name}", png_of(planes[n : n + 1]), planes.shape[1:],
             (f"{planes[n].min()} to {planes[n].max()}",), tint=name, role="input")
        for n, name in enumerate(PLANES)
    )  # fmt: skip

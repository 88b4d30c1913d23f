"""The Channels page's controls: for each look its own, with bounds that let no move be illegal."""

from __future__ import annotations

import math
from functools import partial
from types import MappingProxyType

import streamlit as st

from app.page.layer_controls import larger_sizes, numbers_box, step_box
from app.page.page import Page
from app.page.plain import show_error
from app.page.workbench import draw_folded, draw_offered, draw_side_by_side
from app.pictures.any_picture import catalogue
from app.screens.channels import state
from app.screens.channels.mixing import draw_mix_controls
from app.screens.channels.slices import draw_picture, draw_place
from kernels.errors import LARGEST_COUNT
from kernels.scene.limits import legal_groups
from lessons.views.channels import (
    MAX_CHANNELS,
    MAX_KERNEL,
    MAX_MAPS,
    MAX_PATCH,
    MAX_SIDE,
    MAX_SIZE,
    MIN_KERNEL,
    MIN_PATCH,
    ChannelsView,
)
from lessons.views.colour_kernels import SENTENCES
from lessons.views.pictures import titles

# From a digit's to a camera's.
PICTURE_SIZES = (
    (28, 28), (32, 32), (64, 64), (224, 224), (480, 640), (1080, 1920), (1536, 2048), (3000, 4000),
)  # fmt: skip
ChannelsPage = Page[ChannelsView]


def draw_cell_controls(page: ChannelsPage, view: ChannelsView) -> None:
    """Controls of one output number: where its planes come from, and its kernels."""
    draw_offered(page, view, {"source": _source})
    if not view.own_input:
        draw_side_by_side(page, view, PLACE)
    kernels = partial(_draw_kernels, page, view)
    draw_folded(page, state.KERNELS_DRAWER, "Kernels and bias", kernels)
    if not view.own_weights:
        lines = [f"Kernel {n}: {SENTENCES[n]}." for n in range(view.scene.conv.out_channels)]
        st.caption("  \n".join(lines))


def _draw_kernels(page: ChannelsPage, view: ChannelsView) -> None:
    draw_side_by_side(page, view, {"maps": _maps, "kernel": _kernel})
    draw_offered(page, view, {"bias": _bias})
    larger_sizes(page, view.scene, MAX_PATCH)


def draw_mixing_controls(page: ChannelsPage, view: ChannelsView) -> None:
    """Controls of the mix: the picture and the weights."""
    draw_offered(page, view, {"picture": _picture})
    draw_mix_controls(page, view)


def draw_layer_controls(page: ChannelsPage, view: ChannelsView) -> None:
    """Controls of the layer that is counted."""
    draw_offered(page, view, {"example": _example})
    if view.look == "dense":
        draw_offered(page, view, {"size": _size, "dense": _dense})
    draw_side_by_side(page, view, {"cin": _channels_in, "cout": _channels_out})
    draw_side_by_side(
        page, view, {"k": _size_of_kernel, "bias": _bias}, vertical_alignment="bottom"
    )
    if view.look == "separable" and view.layer.bias:
        draw_offered(page, view, {"dbias": _depthwise_bias})
    rest = {"groups": _groups} if view.look == "weights" else {"sides": _sides}
    draw_offered(page, view, rest)


def draw_numbers(page: ChannelsPage, view: ChannelsView) -> None:
    """The scene's numbers and its step as plain boxes: to type or to paste."""
    draw_offered(page, view, {"step": _step})
    boxes = {"x": "Input", "w": "Kernel", **({"b": "Bias"} if view.layer.bias else {})}
    texts = {f"{name}_text": partial(_text, name, title) for name, title in boxes.items()}
    draw_side_by_side(page, view, texts)
    if view.own_weights and page.offers("w_text"):
        st.button("Back to the ready kernels", on_click=page.callback(state.back_to_ready_kernels))


NUMBERS = ("step", "x_text", "w_text", "b_text")
"""The boxes of `draw_numbers`."""


def _step(page: ChannelsPage, view: ChannelsView) -> None:
    step_box(page, view.scene)


def _text(name: str, title: str, page: ChannelsPage, _view: ChannelsView) -> None:
    numbers_box(page, f"{name}_text", title, ", red first.", high=200)


def predict_first(page: ChannelsPage, _view: ChannelsView) -> None:
    """Whether results are hidden until they are asked for."""
    st.toggle(
        "Predict first",
        key=page.key("predict"),
        help="Hides the results until you press Enter or Reveal: think first, then look.",
    )


def _source(page: ChannelsPage, view: ChannelsView) -> None:
    names = titles(catalogue(), colour=True)
    names[state.DIGITS] = "Small whole numbers"
    if state.source_of(view) == state.OWN:
        names[state.OWN] = "Your own numbers"
    st.selectbox("Planes from", list(names), format_func=names.get, key=page.key("source"))
    draw_place(page, view)


def _picture(page: ChannelsPage, view: ChannelsView) -> None:
    names = titles(catalogue(), colour=True)
    st.selectbox("Picture", list(names), format_func=names.get, key=page.key("picture"))
    draw_picture(page, view)


def _row(page: ChannelsPage, view: ChannelsView) -> None:
    st.number_input("Row", 0, view.picture.size[0] - 1, key=page.key("row"))


def _column(page: ChannelsPage, view: ChannelsView) -> None:
    st.number_input("Column", 0, view.picture.size[1] - 1, key=page.key("column"))


def _patch(page: ChannelsPage, _view: ChannelsView) -> None:
    st.number_input("Side", MIN_PATCH, MAX_PATCH, key=page.key("patch"))


PLACE = MappingProxyType({"row": _row, "column": _column, "patch": _patch})


def _maps(page: ChannelsPage, _view: ChannelsView) -> None:
    st.number_input("Kernels", 1, MAX_MAPS, key=page.key("maps"), help="As many output channels.")


def _kernel(page: ChannelsPage, view: ChannelsView) -> None:
    most = min(MAX_KERNEL, *view.scene.input_size)
    st.number_input("Kernel size", min(MIN_KERNEL, most), most, key=page.key("kernel"))


def _example(page: ChannelsPage, view: ChannelsView) -> None:
    examples = {
        name: title for name, (title, looks, _) in state.EXAMPLES.items() if view.look in looks
    }
    st.selectbox(
        "Example",
        list(examples),
        format_func=examples.get,
        index=None,
        placeholder="Your own",
        key=page.key("example"),
    )


def _channels_in(page: ChannelsPage, _view: ChannelsView) -> None:
    st.number_input("Channels in", 1, MAX_CHANNELS, key=page.key("cin"))


def _channels_out(page: ChannelsPage, _view: ChannelsView) -> None:
    st.number_input("Channels out", 1, MAX_CHANNELS, key=page.key("cout"))


def _size_of_kernel(page: ChannelsPage, _view: ChannelsView) -> None:
    st.number_input("Kernel size", 1, MAX_SIZE, key=page.key("k"))


def _bias(page: ChannelsPage, _view: ChannelsView) -> None:
    st.toggle("Bias", key=page.key("bias"), help="One number for each kernel, added to its sums.")


def _depthwise_bias(page: ChannelsPage, _view: ChannelsView) -> None:
    meaning = "Off, only the 1×1 layer has biases: what a first one adds, it can add as well."
    st.toggle("Bias on the depthwise layer, too", key=page.key("dbias"), help=meaning)


def _groups(page: ChannelsPage, view: ChannelsView) -> None:
    layer = view.layer
    groups = legal_groups(layer.in_channels, layer.out_channels)
    if len(groups) == 1:
        st.caption(
            f"Groups: only 1, as no other number divides both {layer.in_channels} and "
            f"{layer.out_channels}."
        )
        return
    st.select_slider(
        "Groups",
        groups,
        format_func=lambda n: f"{n}: depthwise" if n == layer.in_channels > 1 else str(n),
        key=page.key("groups"),
        help="Input and output channels are cut into as many groups; a kernel sees its own "
        "group's channels. Only numbers that divide both are offered.",
    )


def _longest_side(view: ChannelsView) -> int:
    return min(MAX_SIDE, math.isqrt(LARGEST_COUNT // view.layer.in_channels))


def _size(page: ChannelsPage, view: ChannelsView) -> None:
    listed = [size for size in PICTURE_SIZES if max(size) <= _longest_side(view)]
    sizes = [state.size_text(size) for size in sorted({*listed, view.size}, key=math.prod)]
    if len(sizes) > 1:
        st.select_slider("Picture size (height × width)", sizes, key=page.key("size"))


def _sides(page: ChannelsPage, view: ChannelsView) -> None:
    height, width = st.columns(2)
    height.number_input("Picture height", 1, _longest_side(view), key=page.key("height"))
    width.number_input("Picture width", 1, _longest_side(view), key=page.key("width"))


def _dense(page: ChannelsPage, _view: ChannelsView) -> None:
    st.text_input(
        "Fully connected layers",
        key=page.key("dense"),
        help="The nodes of each layer one after the other, outputs last, such as 100 100 1.",
    )
    if fault := page.fault("dense"):
        show_error(fault)

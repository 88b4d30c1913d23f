"""The Channels page's controls: for each look its own, with bounds that let no move be illegal."""

from __future__ import annotations

import math

import streamlit as st

from app.page.address import presenting
from app.page.layer_counts import plural
from app.page.plain import show_error
from app.pictures.any_picture import named_picture, picture_titles
from app.screens.channels import state
from app.screens.channels.colour_kernels import SENTENCES
from app.screens.channels.mixing import mix_sentence, render_mix_controls
from app.screens.channels.slices import render_picture, render_place
from app.screens.channels.view import (
    MAX_CHANNELS,
    MAX_KERNEL,
    MAX_MAPS,
    MAX_PATCH,
    MAX_SIDE,
    MAX_SIZE,
    MIN_KERNEL,
    MIN_PATCH,
    ChannelsView,
    colour_samples,
)
from kernels.errors import LARGEST_COUNT
from kernels.scene.settle import legal_groups

# From a digit's to a camera's.
PICTURE_SIZES = (
    (28, 28), (32, 32), (64, 64), (224, 224), (480, 640), (1080, 1920), (1536, 2048), (3000, 4000),
)  # fmt: skip


def render_depth_controls(view: ChannelsView) -> None:
    """Draw the controls of the look that is open."""
    if view.look == "cell":
        _render_source(view, digits=True)
        _render_kernels(view)
    elif view.look == "mix":
        _render_source(view, digits=False)
        render_mix_controls(view)
    else:
        _render_layer(view)


def render_numbers(view: ChannelsView) -> None:
    """The scene's numbers and its step as plain boxes: to type or to paste."""
    st.number_input(
        "Step (counted from 0)",
        0,
        view.scene.steps - 1,
        key="channels_step",
        help="Which output number is shown, row by row, channel by channel.",
    )
    boxes = {"x": "Input", "w": "Kernel", **({"b": "Bias"} if view.layer.bias else {})}
    for column, (key, name) in zip(st.columns(len(boxes)), boxes.items(), strict=True):
        with column:
            st.text_area(
                f"{name} numbers",
                key=f"channels_{key}_text",
                height=200,
                help="One row a line, numbers apart by spaces; an empty line between channels, "
                "red first.",
            )
            if error := state.PAGE.fault(f"{key}_text"):
                show_error(error)
    if view.own_weights:
        st.button("Back to the ready kernels", on_click=state.replace_view, kwargs={"w": ""})


def render_reveal(view: ChannelsView) -> None:
    """While results are hidden: the question, and the button and the key that answer it."""
    # The stage hides and reveals each of its numbers by itself.
    if view.look == "cell" or not state.is_hidden(view):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="reveal"):
        st.button(
            "Reveal",
            key="channels_reveal",
            shortcut="Enter",
            on_click=state.reveal,
            args=(view.question,),
        )
        if presenting():
            st.subheader(question_of(view), anchor=False)
        else:
            st.markdown(question_of(view))


def question_of(view: ChannelsView) -> str:
    """What is to be predicted, with every number that is needed for it."""
    layer = view.layer
    height, width = layer.kernel_size
    biases = "with biases" if layer.bias else "without biases"
    out = f"{layer.out_channels:,} {plural('channel', layer.out_channels)} out"
    given = f"{layer.in_channels:,} {plural('channel', layer.in_channels)} in, {out}, "
    given += f"{height} × {width} kernels, {biases}"
    picture = f"on {view.size[0]:,} × {view.size[1]:,}"
    if view.look == "weights":
        groups = f", {layer.groups} groups" if layer.groups > 1 else ""
        return f"{given}{groups}. How many weights, and how many parameters?"
    if view.look == "separable":
        return f"{given}, {picture}. How many parameters and multiply-adds, one way and the other?"
    if view.look == "dense":
        nodes = ", ".join(f"{n:,}" for n in view.dense)
        return (
            f"A picture of {view.size[0]:,} × {view.size[1]:,} with {layer.in_channels} "
            f"{plural('channel', layer.in_channels)}. How many weights do fully connected "
            f"layers of {nodes} nodes have, and how many a convolution: {out}, {height} × {width} "
            "kernels?"
        )
    lines = "; ".join(f"feature map {n} = {mix_sentence(row)}" for n, row in enumerate(view.mix))
    return f"What does it look like? {lines[0].upper()}{lines[1:]}."


def _render_source(view: ChannelsView, *, digits: bool) -> None:
    names = picture_titles(colour_samples(), colour=True)
    if digits:
        names[state.DIGITS] = "Small whole numbers"
        if state.source_of(view) == state.OWN:
            names[state.OWN] = "Your own numbers"
    key = "channels_source" if digits else "channels_picture"
    st.selectbox(
        "Planes from" if digits else "Picture",
        list(names),
        format_func=names.get,
        key=key,
    )
    if not digits:
        render_picture(view)
        return
    render_place(view)
    if view.own_input:
        return
    height, width = named_picture(view.picture).size
    row, column, side = st.columns(3)
    row.number_input("Row", 0, height - 1, key="channels_row")
    column.number_input("Column", 0, width - 1, key="channels_column")
    side.number_input("Side", MIN_PATCH, MAX_PATCH, key="channels_patch")


def _render_kernels(view: ChannelsView) -> None:
    maps, kernel = st.columns(2)
    maps.number_input(
        "Kernels",
        1,
        MAX_MAPS,
        key="channels_maps",
        help="As many output channels.",
    )
    most = min(MAX_KERNEL, *view.scene.input_size)
    kernel.number_input("Kernel size", min(MIN_KERNEL, most), most, key="channels_kernel")
    _render_bias()
    if not view.own_weights:
        lines = [f"Kernel {n}: {SENTENCES[n]}." for n in range(view.scene.conv.out_channels)]
        st.caption("  \n".join(lines))


def _render_layer(view: ChannelsView) -> None:
    layer = view.layer
    examples = {
        name: title for name, (title, looks, _) in state.EXAMPLES.items() if view.look in looks
    }
    st.selectbox(
        "Example",
        list(examples),
        format_func=examples.get,
        index=None,
        placeholder="Your own",
        key="channels_example",
    )
    most = min(MAX_SIDE, math.isqrt(LARGEST_COUNT // layer.in_channels))
    if view.look == "dense":
        _render_dense(view, most)
    cin, cout = st.columns(2)
    cin.number_input("Channels in", 1, MAX_CHANNELS, key="channels_cin")
    cout.number_input("Channels out", 1, MAX_CHANNELS, key="channels_cout")
    k, bias = st.columns(2, vertical_alignment="bottom")
    k.number_input("Kernel size", 1, MAX_SIZE, key="channels_k")
    with bias:
        _render_bias()
    if view.look == "weights":
        _render_groups(view)
        return
    height, width = st.columns(2)
    height.number_input("Picture height", 1, most, key="channels_height")
    width.number_input("Picture width", 1, most, key="channels_width")


def _render_groups(view: ChannelsView) -> None:
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
        key="channels_groups",
        help="Input and output channels are cut into as many groups; a kernel sees its own "
        "group's channels. Only numbers that divide both are offered.",
    )


def _render_dense(view: ChannelsView, most: int) -> None:
    listed = [size for size in PICTURE_SIZES if max(size) <= most]
    sizes = [state.size_text(size) for size in sorted({*listed, view.size}, key=math.prod)]
    if len(sizes) > 1:
        st.select_slider(
            "Picture size (height × width)",
            sizes,
            key="channels_size",
        )
    st.text_input(
        "Fully connected layers",
        key="channels_dense",
        help="The nodes of each layer one after the other, outputs last, such as 100 100 1.",
    )
    if error := state.PAGE.fault("dense"):
        show_error(error)


def _render_bias() -> None:
    st.toggle("Bias", key="channels_bias", help="One number for each kernel, added to its sums.")
